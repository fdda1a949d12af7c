//! A line of a table as tokens: codes, figures and words.

use std::ops::Range;

use budget_document::Line;
use budget_model::{Amount, Code, CodeLevel, Place, TableKind, Unit};

use super::broken::{self, Habit};
use super::{classes, wrapped};
use crate::layout::{Shape, TableForm};
use crate::lexicon::Lexicon;
use crate::number::{Printed, parse_number, printed};
use crate::text::{has_decimals, trim, trim_start, word_end};

/// A piece of a line between white space.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token<'d> {
    pub(crate) kind: TokenKind<'d>,
    /// Index of the line.
    pub(crate) line: usize,
    /// Bytes of the line.
    pub(crate) span: Range<usize>,
    /// Where it stands.
    pub(crate) place: Place,
    /// The rest of a figure that was wrapped: lines and bytes.
    pub(crate) rest: Vec<(usize, Range<usize>)>,
    /// Whether the value of the figure is in doubt.
    pub(crate) is_doubtful: bool,
    /// The unit printed behind the figure.
    pub(crate) unit: Option<Unit>,
}

impl<'d> Token<'d> {
    fn new(kind: TokenKind<'d>, line: usize, span: Range<usize>, place: Place) -> Self {
        Self { kind, line, span, place, rest: Vec::new(), is_doubtful: false, unit: None }
    }

    /// 合计, 总计
    pub(super) fn is_total(&self) -> bool {
        matches!(&self.kind, TokenKind::Text(text) if Lexicon::is_total_of_table(text))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind<'d> {
    /// A classification code (one token for `210 15 99`).
    Code(Code),
    /// A figure.
    Figure(Amount),
    /// A dash in place of a figure: the cell is blank, but its column counts.
    Dash,
    /// Digits that are no figure as a whole: `1O0.00`. A figure stands here, and it is not known which.
    Unread,
    /// Words.
    Text(&'d str),
}

/// Digits of a 类: 201.
const CLASS_DIGITS: usize = 3;

/// Cuts the lines of a region.
pub(super) struct Cutter<'d, 'f> {
    pub(super) lines: &'d [&'d Line<'d>],
    pub(super) region: Range<usize>,
    pub(super) form: &'f TableForm,
    /// Decimals that figures of this table are printed with.
    pub(super) scale: u32,
    pub(super) habit: Habit,
}

impl<'d> Cutter<'d, '_> {
    /// The tokens of a line.
    pub(super) fn tokens(&self, index: usize, line: &'d Line<'d>) -> Vec<Token<'d>> {
        let text: &'d str = &line.text;
        let mut tokens: Vec<Token<'d>> = Vec::with_capacity(4);
        let mut pieces = pieces(text).peekable();
        let mut places = Places::new(line);
        while let Some((start, piece)) = pieces.next() {
            let end = start + piece.len();
            let place = places.at(start);
            let may_be_code = match self.form.shape {
                Shape::Classified | Shape::Projects => tokens.is_empty(),
                Shape::TwoSided => true,
                _ => false,
            };
            let is_class = self.form.shape != Shape::TwoSided || piece.len() == CLASS_DIGITS;
            if may_be_code
                && is_class
                && let Some(code) = self.class_code(piece)
            {
                // A figure may look like a class; a code has its name behind it, or stands alone at the start of a line.
                let (code, end) = self.rest_of_code(code, end, &mut pieces);
                let next = pieces.peek().map(|(_, next)| *next);
                let named = next.is_some_and(|next| {
                    !next.starts_with(|c: char| c.is_ascii_digit()) && !is_dash(next) && !self.is_other_label(next)
                });
                if named || (tokens.is_empty() && !self.is_whole_amount(piece, next, index)) {
                    tokens.push(Token::new(TokenKind::Code(code), index, start..end, place));
                    continue;
                }
            }
            if let Some(token) = self.numeric(piece, index, start, place) {
                tokens.push(token);
            } else if is_dash(piece) {
                tokens.push(Token::new(TokenKind::Dash, index, start..end, place));
            } else if let Some(at) = self.glued_figure(piece)
                && let (Some(word), Some(figure)) = (piece.get(..at), piece.get(at..))
            {
                tokens.push(Token::new(TokenKind::Text(word), index, start..start + at, place));
                let place = places.at(start + at);
                tokens.extend(self.numeric(figure, index, start + at, place));
            } else {
                tokens.push(Token::new(TokenKind::Text(piece), index, start..end, place));
            }
        }
        broken::join(text, &mut tokens, self.scale, self.habit);
        self.words_with_numbers(text, &mut tokens);
        spaced_words(text, tokens)
    }

    /// The token of a piece of digits: a figure, or one that was damaged. `None` for words and dashes.
    fn numeric(&self, piece: &'d str, index: usize, start: usize, place: Place) -> Option<Token<'d>> {
        let span = start..start + piece.len();
        // What follows a blank inside a figure, or a line end: 08.04
        let is_rest = broken::has_leading_zero(piece) && piece.contains('.');
        let (value, unit) = match parse_number(piece).filter(|_| !is_rest) {
            Some(value) => (value, None),
            None => match printed(piece) {
                // （2） and 12- stand in names as well.
                Printed::Figure(value, unit) if value.scale() > 0 || begins_figure(piece) => (value, unit),
                Printed::Damaged => return Some(Token::new(TokenKind::Unread, index, span, place)),
                _ => return None,
            },
        };
        let mut token = Token::new(TokenKind::Figure(Amount { value, place }), index, span, place);
        // Two figures that were glued: 1985.25201
        token.is_doubtful = self.habit.is_uniform && value.scale() > self.scale;
        token.unit = unit;
        Some(token)
    }

    /// A number in front of words on the same line belongs to the words: `2025 年综合业务费`, `103 号）`.
    fn words_with_numbers(&self, text: &'d str, tokens: &mut [Token<'d>]) {
        let mut words_behind = false;
        for token in tokens.iter_mut().rev() {
            match token.kind {
                TokenKind::Text(_) => words_behind = true,
                TokenKind::Code(_) => words_behind = false,
                // In a table with two sides, a figure of the left side stands before the words of the right one.
                TokenKind::Figure(amount)
                    if words_behind
                        && (self.form.shape != Shape::TwoSided || (amount.value.scale() == 0 && self.scale > 0)) =>
                {
                    if let Some(word) = text.get(token.span.clone()) {
                        token.kind = TokenKind::Text(word);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn class_code(&self, piece: &str) -> Option<Code> {
        if !matches!(piece.len(), 3 | 5 | 7) {
            return None;
        }
        let code: Code = piece.parse().ok()?;
        let class = code.class().number();
        let plausible = match self.form.kind {
            TableKind::GeneralBasic => matches!(class, 301..=399 | 501..=599),
            _ => matches!(class, 201..=239),
        };
        plausible.then_some(code)
    }

    /// Whether a piece that looks like a code, with no name behind it on its line, is an amount: one in whole yuan with another
    /// one, the label of another row or a line that does not begin with a name behind it, or a wrapped one whose rest is on
    /// the next lines.
    fn is_whole_amount(&self, piece: &str, next: Option<&str>, index: usize) -> bool {
        let is_class = piece.len() == CLASS_DIGITS;
        let mut below =
            self.lines.get(index + 1..self.region.end).unwrap_or_default().iter().map(|line| trim(&line.text));
        match next {
            Some(next) => {
                (self.scale == 0 && (is_dash(next) || parse_number(next).is_some())) || self.is_other_label(next)
            }
            None if is_class => false,
            None if self.scale > 0 => {
                let rests = below.map_while(|line| {
                    let (_, rest) = pieces(line).next()?;
                    Some((rest, rest.len() == line.len()))
                });
                wrapped::figure(self.scale, piece, rests).is_some()
            }
            None => below.next().is_none_or(|below| {
                below.starts_with(|c: char| c.is_ascii_digit()) || Lexicon::begins_with_total(below)
            }),
        }
    }

    /// Whether a text that should be the name of a class is the label of another row: 一、教育支出 and 1、一般公共预算 have
    /// no code.
    fn is_other_label(&self, text: &str) -> bool {
        self.form.shape == Shape::TwoSided && classes::is_numbered(text)
    }

    /// The 款 and 项 behind a 类, in columns of their own.
    fn rest_of_code<'p>(
        &self,
        class: Code,
        mut end: usize,
        pieces: &mut std::iter::Peekable<impl Iterator<Item = (usize, &'p str)>>,
    ) -> (Code, usize) {
        let mut code = class;
        while code.level() != CodeLevel::Item {
            let two_digits = |piece: &&str| piece.len() == 2 && piece.bytes().all(|byte| byte.is_ascii_digit());
            let next = pieces.peek().map(|(_, piece)| *piece).filter(two_digits);
            let next: Option<u32> = next.and_then(|piece| piece.parse().ok());
            let Some(longer) = next.and_then(|next| Code::from_number(code.number() * 100 + next)) else { break };
            code = longer;
            if let Some((start, piece)) = pieces.next() {
                end = start + piece.len();
            }
        }
        (code, end)
    }

    /// Where a figure begins that is glued to the word before it: `缴费支出33.87`.
    fn glued_figure(&self, piece: &str) -> Option<usize> {
        if !piece.contains(|character: char| character.is_ascii_digit()) {
            return None;
        }
        let core = piece.trim_end_matches(['百', '千', '万', '亿', '元', '）', ')']);
        let (last, character) = core.char_indices().rev().find(|(_, character)| ends_word(*character))?;
        let mut at = last + character.len_utf8();
        // 支出（0.73）
        if piece.ends_with([')', '）']) && matches!(character, '(' | '（') {
            at = last;
        }
        let figure = piece.get(at..)?;
        let is_figure = match printed(figure) {
            Printed::Figure(value, _) => self.scale > 0 && value.scale() == self.scale,
            Printed::Damaged => figure.contains('.') && has_decimals(figure),
            _ => false,
        };
        (at > 0 && is_figure).then_some(at)
    }

    pub(super) fn slice(&self, token: &Token<'_>) -> Option<&'d str> {
        self.lines.get(token.line)?.text.get(token.span.clone())
    }
}

/// The places of offsets into a line, left to right, each counted from the one before.
struct Places<'l> {
    line: &'l Line<'l>,
    at: usize,
    place: Place,
}

impl<'l> Places<'l> {
    fn new(line: &'l Line<'l>) -> Self {
        Self { line, at: 0, place: line.place(0) }
    }

    fn at(&mut self, offset: usize) -> Place {
        let more = self.line.text.get(self.at..offset).map_or(0, |text| text.chars().count() as u32);
        if let Place::Text { column, .. } = &mut self.place {
            *column += more;
        }
        self.at = offset;
        self.place
    }
}

/// The pieces of a line between white space, with their offsets.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = text.len() - trim_start(text.get(at..)?).len();
        at = word_end(text, start);
        Some((start, text.get(start..at)?)).filter(|(_, piece)| !piece.is_empty())
    })
}

/// Whether a character ends the word in front of a figure: no digit, mark or letter that may be a part of the figure.
fn ends_word(character: char) -> bool {
    match character {
        '负' | '〇' => false,
        '（' | '(' | '）' | ')' | '：' | ':' | '”' | '》' | '】' | ']' => true,
        other => ('\u{3400}'..='\u{9fff}').contains(&other),
    }
}

/// Whether a piece begins with a sign that only figures have.
fn begins_figure(piece: &str) -> bool {
    piece.starts_with(['△', '▲', '∆', '¥', '￥', '负', '-', '－', '−', '–'])
}

/// A dash in place of a figure.
fn is_dash(piece: &str) -> bool {
    matches!(piece, "-" | "—" | "－" | "–" | "——")
}

/// Words printed with a space between their characters are one: `收 入 总 计`.
fn spaced_words<'d>(text: &'d str, tokens: Vec<Token<'d>>) -> Vec<Token<'d>> {
    let is_single = |token: &Token<'_>| matches!(token.kind, TokenKind::Text(text) if text.chars().nth(1).is_none());
    if tokens.windows(2).all(|pair| !pair.iter().all(is_single)) {
        return tokens;
    }
    let mut merged: Vec<Token<'d>> = Vec::with_capacity(tokens.len());
    let mut in_run = false;
    for token in tokens {
        let single = is_single(&token);
        match merged.last_mut().filter(|_| in_run && single) {
            Some(last) => {
                last.span.end = token.span.end;
                if let Some(word) = text.get(last.span.clone()) {
                    last.kind = TokenKind::Text(word);
                }
            }
            None => merged.push(token),
        }
        // 计 ends a word: the totals of both sides stand next to each other.
        in_run = single
            && !matches!(merged.last().map(|last| &last.kind), Some(TokenKind::Text(word)) if word.ends_with('计'));
    }
    merged
}
