//! The lines of a table region as tokens: codes, figures and words, without the header, page numbers and unit lines.

use std::ops::Range;

use budget_model::{Amount, Code, CodeLevel, Label, Place, TableKind, Unit};

use crate::consumption::Consumption;
use crate::layout::{Shape, TableForm};
use crate::number::parse_number;
use crate::outline::{is_table_number, is_title};
use crate::raw::Line;
use crate::text::{begins, fold, is_space, squeeze, trim, trim_start};

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
    /// The rest of a figure that was wrapped: line and bytes.
    pub(crate) rest: Option<(usize, Range<usize>)>,
}

impl<'d> Token<'d> {
    fn new(kind: TokenKind<'d>, line: usize, span: Range<usize>, place: Place) -> Self {
        Self { kind, line, span, place, rest: None }
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
    /// Words.
    Text(&'d str),
}

/// The body of a table region.
#[derive(Debug)]
pub(crate) struct Flow<'d> {
    /// The tokens of the body, line by line.
    pub(crate) lines: Vec<Vec<Token<'d>>>,
    /// The printed number of the table: `表1`.
    pub(crate) number: Option<Label>,
    pub(crate) title: Label,
    /// 编制部门
    pub(crate) compiler: Option<Label>,
    pub(crate) unit: Option<(Unit, Place)>,
    /// How many columns the ※ row numbers.
    pub(crate) numbered_columns: Option<usize>,
    /// The header ends with 合计 alone: an empty total row, or the last column.
    pub(crate) ends_with_total: Option<Token<'d>>,
}

/// Cuts a region into tokens. `scale` is the number of decimals that figures of the document usually have.
pub(crate) fn flow<'d>(
    lines: &'d [&'d Line<'d>],
    region: Range<usize>,
    title: usize,
    form: &TableForm,
    scale: u32,
    consumption: &mut Consumption,
) -> Flow<'d> {
    let mut reader = FlowReader::new(lines, region, title, form, scale);
    reader.title(title, consumption);
    reader.body(consumption);
    reader.join_wrapped_figures();
    reader.integers_in_names();
    reader.flow
}

/// Digits of a 类: 201.
const CLASS_DIGITS: usize = 3;

/// The longest header of a form, wrapped at two characters a line.
const HEADER_LINES: usize = 80;

/// Where the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Below the title, or below a page break: header lines may follow.
    Header,
    Body,
}

struct FlowReader<'d, 'f> {
    lines: &'d [&'d Line<'d>],
    region: Range<usize>,
    form: &'f TableForm,
    /// Decimals that figures of this table are printed with.
    scale: u32,
    /// The first line of the header, folded.
    header: String,
    flow: Flow<'d>,
}

impl<'d, 'f> FlowReader<'d, 'f> {
    fn new(lines: &'d [&'d Line<'d>], region: Range<usize>, title: usize, form: &'f TableForm, scale: u32) -> Self {
        let place = lines.get(title).map_or(Place::Text { page: 1, line: 1, column: 1 }, |line| line.place(0));
        let flow = Flow {
            lines: Vec::new(),
            number: None,
            title: Label::new("", place),
            compiler: None,
            unit: None,
            numbered_columns: None,
            ends_with_total: None,
        };
        Self { lines, region, form, scale, header: String::new(), flow }
    }

    /// The number above the title and the title itself, which may take two lines.
    fn title(&mut self, title: usize, consumption: &mut Consumption) {
        let label = |line: &'d Line<'d>| {
            let start = line.text.len() - trim_start(&line.text).len();
            Label::new(squeeze(&line.text), line.place(start))
        };
        for index in self.region.start..title {
            if let Some(line) = self.lines.get(index) {
                self.flow.number = Some(label(line));
                consumption.whole(index);
            }
        }
        let Some(line) = self.lines.get(title) else { return };
        self.flow.title = label(line);
        consumption.whole(title);
        self.region.start = title + 1;
        if !self.flow.title.text.ends_with('表')
            && let Some(next) = self.lines.get(title + 1)
        {
            self.flow.title.text.push_str(&squeeze(&next.text));
            consumption.whole(title + 1);
            self.region.start = title + 2;
        }
    }

    fn body(&mut self, consumption: &mut Consumption) {
        let mut mode = Mode::Header;
        let mut below_page_number = false;
        for index in self.region.clone() {
            let Some(line) = self.lines.get(index).copied() else { continue };
            if is_page_number(line) && !self.completes_figure(line) && !self.is_lone_code(line) {
                consumption.whole(index);
                below_page_number = true;
                continue;
            }
            let page_start = std::mem::take(&mut below_page_number) || line.page_start;
            if self.is_repeated_title(line) {
                consumption.whole(index);
                mode = Mode::Header;
                continue;
            }
            if self.compiler_line(index, line, consumption) {
                if self.flow.lines.is_empty() || self.header_ahead(index + 1) {
                    mode = Mode::Header;
                }
                continue;
            }
            if let Some(columns) = numbered_columns(line) {
                self.flow.numbered_columns = self.flow.numbered_columns.or(Some(columns));
                consumption.whole(index);
                mode = Mode::Body;
                self.flow.ends_with_total = None;
                continue;
            }
            let tokens = self.tokens(index, line);
            if page_start && !self.flow.lines.is_empty() && self.header_ahead(index) {
                mode = Mode::Header;
            }
            if mode == Mode::Header {
                if self.is_header(&tokens) && !self.is_total_row(&tokens, index) && !self.ends_name(&tokens, index) {
                    consumption.whole(index);
                    if self.flow.lines.is_empty() && self.header.is_empty() {
                        self.header = fold(&line.text);
                    }
                    if self.flow.lines.is_empty() {
                        let total = tokens.first().filter(|token| tokens.len() == 1 && is_total(token));
                        self.flow.ends_with_total = total.cloned();
                    }
                    continue;
                }
                // Words that the layout does not know, above the end of the header: left to the ledger as unread.
                if !self.has_figure_or_code(&tokens) && !is_sentence(&line.text) && self.header_ends_ahead(index) {
                    continue;
                }
            }
            // A sentence above or inside the header does not end it; the first figure or code does.
            if self.has_figure_or_code(&tokens) {
                mode = Mode::Body;
            }
            if !tokens.is_empty() {
                self.flow.lines.push(tokens);
            }
        }
    }

    /// The title or number of the table once more, at the top of another page.
    fn is_repeated_title(&self, line: &Line<'_>) -> bool {
        if !line.text.ends_with('表') && !trim_start(&line.text).starts_with(['表', '附']) || line.text.len() > 120 {
            return false;
        }
        let folded = fold(&line.text);
        is_table_number(&folded) || self.form.folded_titles.iter().any(|title| is_title(&folded, title))
    }

    /// `编制部门：云溪县文化馆 单位：万元`, together or apart.
    fn compiler_line(&mut self, index: usize, line: &'d Line<'d>, consumption: &mut Consumption) -> bool {
        let text: &'d str = &line.text;
        let trimmed = trim_start(text);
        if !matches!(trimmed.chars().next(), Some('编' | '填' | '公' | '单' | '金')) {
            return false;
        }
        let start = text.len() - trimmed.len();
        let is_compiler = ["编制部门", "编制单位", "填报部门", "填报单位", "公开部门", "公开单位"]
            .iter()
            .find_map(|word| trimmed.strip_prefix(word))
            .and_then(|rest| trim_start(rest).strip_prefix(['：', ':']));
        let is_unit = ["单位：", "单位:", "金额单位：", "金额单位:"].iter().find_map(|word| trimmed.strip_prefix(word));
        let (compiler, unit) = match (is_compiler, is_unit) {
            (Some(rest), _) => {
                let unit = rest.find("单位：").or_else(|| rest.find("单位:"));
                match unit.and_then(|at| Some((rest.get(..at)?, rest.get(at..)?))) {
                    Some((name, unit)) => (Some(name.trim_end_matches("金额")), unit.split(['：', ':']).nth(1)),
                    None => (Some(rest), None),
                }
            }
            (None, Some(unit)) => (None, Some(unit)),
            (None, None) => return false,
        };
        if let Some(name) = compiler.map(trim).filter(|name| !name.is_empty()) {
            let at = name.as_ptr() as usize - text.as_ptr() as usize;
            self.flow.compiler.get_or_insert_with(|| Label::new(squeeze(name), line.place(at)));
        }
        if let Some(unit) = unit.map(squeeze).filter(|unit| Unit::from(unit.as_str()).in_yuan().is_some()) {
            let at = text.rfind("单位").unwrap_or(start);
            self.flow.unit.get_or_insert_with(|| (Unit::from(unit), line.place(at)));
        }
        consumption.whole(index);
        true
    }

    fn has_figure_or_code(&self, tokens: &[Token<'d>]) -> bool {
        tokens.iter().any(|token| match token.kind {
            TokenKind::Code(_) => true,
            // A bare integer may be anything where figures have decimals.
            TokenKind::Figure(amount) => amount.value.scale() > 0 || self.scale == 0,
            TokenKind::Dash | TokenKind::Text(_) => false,
        })
    }

    /// Whether every word of a line is a piece of the header vocabulary.
    fn is_header(&self, tokens: &[Token<'d>]) -> bool {
        tokens.iter().all(|token| match token.kind {
            TokenKind::Text(text) => self.form.is_header_piece(&fold(text)),
            _ => false,
        })
    }

    /// Whether a line of a header is the total row at the top of a page: its figures follow.
    fn is_total_row(&self, tokens: &[Token<'d>], index: usize) -> bool {
        let [token] = tokens else { return false };
        let below = self.lines.get(index + 1).filter(|_| index + 1 < self.region.end);
        let is_figure = |line: &Line<'_>| {
            trim_start(&line.text).starts_with(|first: char| first.is_ascii_digit()) && numbered_columns(line).is_none()
        };
        is_total(token) && !self.flow.lines.is_empty() && below.is_some_and(|line| is_figure(line))
    }

    /// Whether a piece of a header word below words that are no header is the end of a wrapped name.
    fn ends_name(&self, tokens: &[Token<'d>], index: usize) -> bool {
        let [Token { kind: TokenKind::Text(text), .. }] = tokens else { return false };
        let above = self.flow.lines.last().and_then(|line| line.last());
        !self.form.words.contains(&fold(text))
            && above.is_some_and(|above| above.line + 1 == index && matches!(above.kind, TokenKind::Text(_)))
    }

    /// Whether a header stands at or below a line, before any row: it begins as the first header of the table does, or ends
    /// as a header does.
    fn header_ahead(&self, index: usize) -> bool {
        let lines = self.lines.get(index..self.region.end.min(index + HEADER_LINES)).unwrap_or_default();
        let rows =
            lines.iter().zip(index..).take_while(|(line, index)| !self.has_figure_or_code(&self.tokens(*index, line)));
        let is_first = |line: &Line<'_>| !self.header.is_empty() && fold(&line.text) == self.header;
        self.header_ends_ahead(index) || rows.into_iter().any(|(line, _)| is_first(line))
    }

    /// Whether the end of a header stands at or below a line, before any row: a row of column numbers, the columns 类, 款 and
    /// 项, or other words that only a header has.
    fn header_ends_ahead(&self, index: usize) -> bool {
        for index in index..self.region.end.min(index + HEADER_LINES) {
            let Some(line) = self.lines.get(index).copied() else { return false };
            if numbered_columns(line).is_some() {
                return true;
            }
            let words = fold(&line.text);
            let is_mark = match self.form.shape {
                Shape::Classified | Shape::Projects => words.contains("类款"),
                _ => words.contains("功能分类预算数") || words.contains("功能分类合计"),
            };
            if is_mark {
                return true;
            }
            if self.has_figure_or_code(&self.tokens(index, line)) {
                return false;
            }
        }
        false
    }

    /// Whether a lone integer is a class code whose name stands in the lines below.
    fn is_lone_code(&self, line: &Line<'_>) -> bool {
        matches!(self.form.shape, Shape::Classified | Shape::Projects) && self.class_code(trim(&line.text)).is_some()
    }

    /// Whether a lone integer is the rest of a figure that was wrapped in the line before.
    fn completes_figure(&self, line: &Line<'_>) -> bool {
        let last = self.flow.lines.last().and_then(|tokens| tokens.last());
        let Some(Token { kind: TokenKind::Figure(_) | TokenKind::Text(_), line: at, span, .. }) = last else {
            return false;
        };
        let head = self.lines.get(*at).and_then(|line| line.text.get(span.clone()));
        head.is_some_and(|head| self.joined(head, trim(&line.text)).is_some())
    }

    /// The tokens of a line.
    fn tokens(&self, index: usize, line: &'d Line<'d>) -> Vec<Token<'d>> {
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
                let named = next.is_some_and(|next| !next.starts_with(|c: char| c.is_ascii_digit()) && !is_dash(next));
                if named || (tokens.is_empty() && !self.is_whole_amount(piece, next, index)) {
                    tokens.push(Token::new(TokenKind::Code(code), index, start..end, place));
                    continue;
                }
            }
            let number = parse_number(piece);
            let kind = match number {
                Some(value) => TokenKind::Figure(Amount { value, place }),
                None if is_dash(piece) => TokenKind::Dash,
                None => {
                    if let Some(at) = self.glued_figure(piece)
                        && let (Some(word), Some(figure)) = (piece.get(..at), piece.get(at..))
                        && let Some(value) = parse_number(figure)
                    {
                        tokens.push(Token::new(TokenKind::Text(word), index, start..start + at, place));
                        let place = places.at(start + at);
                        let figure = TokenKind::Figure(Amount { value, place });
                        tokens.push(Token::new(figure, index, start + at..end, place));
                        continue;
                    }
                    TokenKind::Text(piece)
                }
            };
            tokens.push(Token::new(kind, index, start..end, place));
        }
        self.words_with_numbers(text, &mut tokens);
        spaced_words(text, tokens)
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

    fn class_code(&self, piece: &str) -> Option<Code> {
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
    /// one behind it or a line that does not begin with a name, or a wrapped one whose rest is on the next line.
    fn is_whole_amount(&self, piece: &str, next: Option<&str>, index: usize) -> bool {
        let is_class = piece.len() == CLASS_DIGITS;
        let below = self.lines.get(index + 1).filter(|_| index + 1 < self.region.end).map(|line| trim(&line.text));
        match next {
            Some(next) => self.scale == 0 && (is_dash(next) || parse_number(next).is_some()),
            None if is_class => false,
            None if self.scale > 0 => {
                let rest = below.and_then(|below| pieces(below).next());
                rest.is_some_and(|(_, rest)| self.joined(piece, rest).is_some())
            }
            None => below.is_none_or(|below| {
                below.starts_with(|c: char| c.is_ascii_digit()) || begins(below, "合计") || begins(below, "总计")
            }),
        }
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
        let point = memchr::memrchr(b'.', piece.as_bytes())?;
        let (head, decimals) = (piece.get(..point)?, piece.get(point + 1..)?);
        if decimals.len() != self.scale as usize
            || decimals.is_empty()
            || !decimals.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let at = head.trim_end_matches(|character: char| character.is_ascii_digit() || character == ',').len();
        (at > 0 && at < head.len() && !head.get(..at)?.ends_with('.')).then_some(at)
    }

    /// `122.9` at a line end and `0` at the start of the next are one figure.
    fn join_wrapped_figures(&mut self) {
        let lines = std::mem::take(&mut self.flow.lines);
        let mut joined: Vec<Vec<Token<'d>>> = Vec::with_capacity(lines.len());
        for mut tokens in lines {
            let tail = tokens.first().and_then(|token| self.slice(token));
            let head = joined.last_mut().and_then(|line| line.last_mut());
            if let (Some(head), Some(tail)) = (head, tail)
                && matches!(head.kind, TokenKind::Figure(_) | TokenKind::Text(_))
                && head.rest.is_none()
                && let Some(text) = self.lines.get(head.line).and_then(|line| line.text.get(head.span.clone()))
                && let Some(value) = self.joined(text, tail)
            {
                head.kind = TokenKind::Figure(Amount { value, place: head.place });
                let tail = tokens.remove(0);
                head.rest = Some((tail.line, tail.span));
            }
            if !tokens.is_empty() {
                joined.push(tokens);
            }
        }
        self.flow.lines = joined;
    }

    /// An integer at a line end whose words follow on the next line belongs to them (`2024` / `年补助`), in a table that
    /// prints its figures with decimals.
    fn integers_in_names(&mut self) {
        if self.scale == 0 || self.form.shape == Shape::TwoSided {
            return;
        }
        for index in 0..self.flow.lines.len() {
            let words_follow = match self.flow.lines.get(index + 1).and_then(|line| line.first()) {
                Some(next @ Token { kind: TokenKind::Text(_), .. }) => !is_total(next),
                _ => false,
            };
            let Some(line) = self.flow.lines.get_mut(index).filter(|_| words_follow) else { continue };
            let after_figure = line.iter().rev().nth(1).is_some_and(|token| matches!(token.kind, TokenKind::Figure(_)));
            let Some(last) = line.last_mut().filter(|_| !after_figure) else { continue };
            if matches!(last.kind, TokenKind::Figure(amount) if amount.value.scale() == 0) && last.rest.is_none() {
                let word = self.lines.get(last.line).and_then(|line| line.text.get(last.span.clone()));
                last.kind = word.map_or(last.kind.clone(), TokenKind::Text);
            }
        }
    }

    fn slice(&self, token: &Token<'_>) -> Option<&'d str> {
        self.lines.get(token.line)?.text.get(token.span.clone())
    }

    /// The figure that two pieces make, if the first is incomplete alone and both together have the usual decimals.
    fn joined(&self, head: &str, tail: &str) -> Option<budget_model::Decimal> {
        let scale = self.scale as usize;
        let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
        if scale == 0 || head.is_empty() || tail.is_empty() || !numeric(head) || !numeric(tail) {
            return None;
        }
        let decimals = |text: &str| text.rsplit_once('.').map(|(_, decimals)| decimals.len());
        if decimals(head).is_some_and(|decimals| decimals >= scale) {
            return None;
        }
        // Where both are numbers of their own, the first is an integer, and figures have decimals. A short one, or a year,
        // may belong to a name.
        let is_number = parse_number(tail).is_some() && decimals(tail) == Some(scale) && parse_number(head).is_some();
        if is_number && (head.len() < 4 || matches!(head.parse(), Ok(1900..=2099)) || tail.starts_with(',')) {
            return None;
        }
        let whole = format!("{head}{tail}");
        (decimals(&whole) == Some(scale)).then(|| parse_number(&whole)).flatten()
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
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text.char_indices();
    std::iter::from_fn(move || {
        let (start, _) = rest.find(|(_, character)| !is_space(*character))?;
        let end = rest.find(|(_, character)| is_space(*character)).map_or(text.len(), |(end, _)| end);
        Some((start, text.get(start..end)?))
    })
}

/// A dash in place of a figure.
fn is_dash(piece: &str) -> bool {
    matches!(piece, "-" | "—" | "－" | "–" | "——")
}

/// Whether a line is part of a sentence, not of a header.
fn is_sentence(text: &str) -> bool {
    ["没有", "未安排", "空表", "备注", "。"].iter().any(|word| text.contains(word))
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

/// The decimals most figures of these lines have.
pub(super) fn usual_scale<'l>(lines: impl Iterator<Item = &'l Line<'l>>) -> u32 {
    let mut counts = [0usize; 5];
    for line in lines {
        let bytes = line.text.as_bytes();
        for point in memchr::memchr_iter(b'.', bytes) {
            let behind = bytes.get(point + 1..).unwrap_or_default();
            let decimals = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_figure = point.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit)
                && behind.get(decimals).is_none_or(u8::is_ascii_whitespace);
            if let Some(count) = counts.get_mut(decimals).filter(|_| is_figure) {
                *count += 1;
            }
        }
    }
    let most = counts.iter().enumerate().skip(1).max_by_key(|(scale, count)| (**count, *scale));
    most.filter(|(_, count)| **count > 0).map_or(0, |(scale, _)| scale as u32)
}

/// Whether a point stands in front of a digit, or at a line end where a figure was wrapped; that of an ordinal (`1.`) stands
/// in front of words.
pub(super) fn has_point(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'.', bytes).any(|at| match bytes.get(at + 1) {
        Some(next) => next.is_ascii_digit(),
        None => at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit),
    })
}

/// `36`, `- 16 -`, `第16页`: a page number, alone on its line.
pub(crate) fn is_page_number(line: &Line<'_>) -> bool {
    if line.text.len() > 40 {
        return false;
    }
    let text = trim(&line.text);
    let text = text.strip_prefix('第').and_then(|text| text.strip_suffix('页')).unwrap_or(text);
    let text = text.trim_matches(|character| is_space(character) || matches!(character, '-' | '—' | '－' | '–'));
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number of numbered columns of a `※ ※ ※ ※ 1 2 3` row, or of a bare `1 2 3` row.
pub(crate) fn numbered_columns(line: &Line<'_>) -> Option<usize> {
    if !trim_start(&line.text).starts_with(['※', '*', '栏', '1']) {
        return None;
    }
    let mut stars = 0;
    let mut count = 0usize;
    for (_, piece) in pieces(&line.text) {
        match piece {
            "※" | "*" | "**" | "栏次" => stars += 1,
            _ if piece.parse() == Ok(count + 1) => count += 1,
            _ => return None,
        }
    }
    (count >= 3 || (stars > 0 && count > 0)).then_some(count)
}

fn is_total(token: &Token<'_>) -> bool {
    matches!(&token.kind, TokenKind::Text(text) if text.ends_with('计') && matches!(squeeze(text).as_str(), "合计" | "总计"))
}
