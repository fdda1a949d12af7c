//! Tables with one row a code, a project or a name: the tokens of the body become rows.

use std::ops::Range;

use budget_document::Line;
use budget_model::{Amount, Aspect, Code, CodeLevel, Label, Role, Unread};

use super::flow::Flow;
use super::names::{self, KnownNames};
use super::rows::{Body, Draft, is_no_name, is_no_project, is_spaced};
use super::tokens::{Token, TokenKind};
use crate::layout::Shape;
use crate::lexicon::Lexicon;
use crate::text::{fold, squeeze};

/// Reads the rows of a classified, project or listed table.
///
/// `known` are the names that codes carry in other tables of the document.
pub(crate) fn read(flow: &Flow<'_>, shape: Shape, lines: &[&Line<'_>], known: &KnownNames) -> Body {
    let tokens: Vec<&Token<'_>> = flow.lines.iter().flatten().collect();
    let next_code = next(&tokens, |kind| matches!(kind, TokenKind::Code(_)));
    let next_stop = next(&tokens, |kind| matches!(kind, TokenKind::Text(text) if text.ends_with('。')));
    let mut reader = RowReader {
        lines,
        known,
        shape,
        tokens,
        next_code,
        next_stop,
        body: Body::default(),
        current: None,
        is_loose: false,
    };
    reader.read();
    if reader.body.rows.is_empty()
        && shape != Shape::Listed
        && let Some(total) = &flow.ends_with_total
        && let Some(label) = reader.label(total)
    {
        reader.body.used.push((total.line, total.span.clone(), total.place));
        reader.body.rows.push(Draft::new(Role::Total, label));
    }
    reader.body
}

/// A row that is being read.
struct Open {
    code: Option<Code>,
    role: Role,
    pieces: Vec<Label>,
    /// Pieces on the line on which the row begins.
    on_first_line: usize,
    first_line: usize,
    /// The line of its first figure.
    figure_line: Option<usize>,
    /// The last line that something of it was taken from.
    last_line: usize,
    /// The row is in doubt for what stands around it.
    is_doubtful: bool,
    /// Words behind its figures belong to its name.
    has_late_words: bool,
    figures: Vec<Option<Amount>>,
    unread: Vec<Unread>,
}

struct RowReader<'r, 'd> {
    lines: &'r [&'r Line<'r>],
    known: &'r KnownNames,
    shape: Shape,
    tokens: Vec<&'r Token<'d>>,
    /// For each token, the first code and the first end of a sentence at or behind it.
    next_code: Vec<usize>,
    next_stop: Vec<usize>,
    body: Body,
    current: Option<Open>,
    /// Words right before belong to no row, so they may be a part of the next one's name.
    is_loose: bool,
}

impl RowReader<'_, '_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at).copied() {
            match &token.kind {
                TokenKind::Code(code) => {
                    self.open(token.line, Some(*code), Role::from(code.level()));
                    self.used(token);
                    at += 1;
                }
                TokenKind::Figure(amount) => {
                    at += 1;
                    self.figure(Some(*amount), token);
                }
                // Left unread; the columns of the row's other figures are not known without it.
                TokenKind::Unread => {
                    at += 1;
                    let label = self.label(token);
                    if let (Some(row), Some(label)) = (&mut self.current, label) {
                        row.unread.push(Unread::new(None, label.text, token.place));
                    }
                }
                TokenKind::Dash => {
                    at += 1;
                    self.figure(None, token);
                }
                TokenKind::Text(_) => at = self.words(at),
            }
        }
        self.close();
    }

    fn figure(&mut self, amount: Option<Amount>, token: &Token<'_>) {
        let Some(row) = &mut self.current else {
            self.is_loose = true;
            return;
        };
        // A row of a table whose columns are kept by blanks has all its figures on one line.
        let spaced = self.lines.get(token.line).is_some_and(|line| is_spaced(&line.text));
        row.is_doubtful |= row.figure_line.is_some_and(|line| line != token.line) && spaced;
        row.is_doubtful |= token.line > row.last_line + 1;
        row.figure_line.get_or_insert(token.line);
        row.last_line = token.rest.iter().map(|(line, _)| *line).fold(token.line, usize::max);
        row.figures.push(amount);
        self.used(token);
    }

    /// A run of words: more of the current row, a new row, or a sentence. Returns where to go on.
    fn words(&mut self, at: usize) -> usize {
        let end =
            self.tokens.iter().skip(at).position(|token| !is_words(token)).map_or(self.tokens.len(), |run| at + run);
        // The total row is one of its own, whatever stands before it.
        let total = self.tokens.get(end.wrapping_sub(1)).filter(|_| end > at + 1);
        let end = if total
            .is_some_and(|token| self.label(token).is_some_and(|label| Lexicon::is_total_of_table(&label.text)))
        {
            end - 1
        } else {
            end
        };
        let leads_to_figures = matches!(
            self.tokens.get(end).map(|token| &token.kind),
            Some(TokenKind::Figure(_) | TokenKind::Dash | TokenKind::Unread)
        );
        let joined = self.squeezed(at..end);
        if leads_to_figures && Lexicon::is_total_of_table(&joined) {
            self.open(self.line_of(at), None, Role::Total);
            self.take_words(at..end);
            return end;
        }
        if let Some(end) = self.sentence(at, end) {
            return end;
        }
        match &self.current {
            // The row waits for its figures: these words are its name.
            Some(row) if row.figures.is_empty() && row.unread.is_empty() => self.take_words(at..end),
            // The words have figures of their own: a unit or a listed project.
            _ if leads_to_figures => {
                let role = if self.shape == Shape::Listed { Role::Label } else { Role::Unit };
                self.open(self.line_of(at), None, role);
                self.take_words(at..end);
            }
            Some(row) if row.role != Role::Total && self.goes_on(row, at) => {
                self.take_words(at..end);
                if let Some(row) = &mut self.current {
                    row.has_late_words = true;
                }
            }
            // A total row without any figure, last in the table.
            _ if end == self.tokens.len() && Lexicon::is_total_of_table(&joined) => {
                self.open(self.line_of(at), None, Role::Total);
                self.take_words(at..end);
            }
            // They may be a part of the name above or below.
            row => {
                if row.as_ref().is_some_and(|row| row.role != Role::Total)
                    && let Some(row) = &mut self.current
                {
                    row.is_doubtful = true;
                }
                self.is_loose = true;
            }
        }
        end
    }

    /// Whether words behind the figures of a row are the rest of its name: a page break cut it, or the name that its code
    /// carries elsewhere is not complete without them.
    fn goes_on(&self, row: &Open, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let below_break = self.lines.get(token.line).is_some_and(|line| line.page_start);
        let known = self.known.of(row.code);
        let so_far: String = row.pieces.iter().map(|piece| fold(&piece.text)).collect();
        below_break || !known.is_empty() && !known.iter().any(|name| so_far.contains(name))
    }

    /// A note or the sentence that declares the table empty, from `at`; returns its end.
    fn sentence(&mut self, at: usize, end: usize) -> Option<usize> {
        let first = self.tokens.get(at).map(|token| &token.kind)?;
        let is_note = matches!(first, TokenKind::Text(text) if Lexicon::begins_note(text));
        // A sentence ends at the full stop, whatever figures it states, but never runs into a row.
        let limit = self.next_code.get(at).copied().unwrap_or(self.tokens.len());
        let full_stop = self.next_stop.get(at).copied().filter(|stop| *stop < limit);
        let stop = match full_stop {
            Some(stop) if is_note || stop < end => stop + 1,
            _ if is_note => limit,
            _ => return None,
        };
        let text = self.squeezed(at..stop);
        let place = self.tokens.get(at).and_then(|token| self.label(token))?.place;
        self.close();
        for index in at..stop {
            if let Some(token) = self.tokens.get(index).copied() {
                self.used(token);
            }
        }
        let label = Label { text, place };
        if self.body.declared_empty.is_none() && Lexicon::declares_empty(&label.text) {
            self.body.declared_empty = Some(label);
        } else {
            self.body.notes.push(label);
        }
        Some(stop)
    }

    fn open(&mut self, line: usize, code: Option<Code>, role: Role) {
        self.close();
        self.current = Some(Open {
            code,
            role,
            pieces: Vec::new(),
            on_first_line: 0,
            first_line: line,
            figure_line: None,
            last_line: line,
            is_doubtful: std::mem::take(&mut self.is_loose) && role != Role::Total,
            has_late_words: false,
            figures: Vec::new(),
            unread: Vec::new(),
        });
    }

    fn close(&mut self) {
        let Some(row) = self.current.take() else { return };
        let place = row.pieces.first().map(|piece| piece.place);
        let place = place.or(row.figures.iter().flatten().next().map(|amount| amount.place));
        let place = place.or(self.lines.get(row.first_line).map(|line| line.place(0)));
        let Some(place) = place else { return };
        let is_item = row.code.is_some_and(|code| code.level() == CodeLevel::Item);
        let mut draft = Draft::new(row.role, Label::new("", place));
        if self.shape == Shape::Projects && row.code.is_some() {
            let known = self.known.of(row.code);
            // Projects stand at items; above them, all words are the name unless the known name says otherwise.
            let names =
                if is_item || !known.is_empty() { names::split(&row.pieces, known, row.on_first_line) } else { None };
            if let Some(names) = names {
                if !names.certain {
                    self.body.uncertain_names.push(self.body.rows.len());
                }
                draft.label = names.label;
                draft.project = names.project;
            } else if let Some(label) = names::join(&row.pieces) {
                draft.label = label;
            }
        } else if let Some(label) = names::join(&row.pieces) {
            draft.label = label;
        }
        if self.is_doubtful(&row, &draft) {
            draft.doubts.add(Aspect::Row);
            // 05 行政事业单位养老支出: the rest of a broken code is no unit whose parts follow.
            if row.role == Role::Unit {
                draft.role = Role::Label;
            }
        }
        if !row.unread.is_empty() {
            // Which of its columns holds what was not understood is open.
            draft.doubts.add(Aspect::Column);
        }
        draft.code = row.code;
        draft.figures = row.figures;
        draft.unread = row.unread;
        self.body.rows.push(draft);
    }

    /// Whether the code, the name or the figures of a row may belong to another one.
    fn is_doubtful(&self, row: &Open, draft: &Draft) -> bool {
        if row.is_doubtful {
            return true;
        }
        let (label, shape) = (&draft.label.text, self.shape);
        // The name that the same code has elsewhere settles what the lines leave open.
        let is_known = self.known.of(row.code).iter().any(|name| *name == fold(label));
        let spaced =
            self.lines.get(row.figure_line.unwrap_or(row.first_line)).is_some_and(|line| is_spaced(&line.text));
        let on_one_line =
            row.figure_line.is_none_or(|line| line == row.first_line) && row.on_first_line == row.pieces.len();
        let is_broken =
            (spaced && !on_one_line && !is_known) || (row.has_late_words && !is_known && draft.project.is_none());
        match row.role {
            Role::Total => spaced && row.figure_line.is_some_and(|line| line != row.first_line),
            Role::Label if shape == Shape::Listed => is_broken || is_no_project(label),
            _ if row.code.is_none() => is_broken || is_no_name(label),
            _ => {
                let project = draft.project.as_ref();
                let no_name = if shape == Shape::Projects && project.is_none() { is_no_project } else { is_no_name };
                is_broken || no_name(label) || project.is_some_and(|project| is_no_project(&project.text))
            }
        }
    }

    fn take_words(&mut self, range: Range<usize>) {
        for index in range {
            let Some(token) = self.tokens.get(index).copied() else { continue };
            let Some(label) = self.label(token) else { continue };
            let Some(row) = &mut self.current else { continue };
            if token.line == row.first_line {
                row.on_first_line += 1;
            }
            row.is_doubtful |= token.line > row.last_line + 1;
            row.last_line = row.last_line.max(token.line);
            if is_broken_number(&label.text) && !row.pieces.is_empty() {
                row.unread.push(Unread::new(None, label.text, token.place));
                continue;
            }
            row.pieces.push(label);
            self.used(token);
        }
    }

    fn label(&self, token: &Token<'_>) -> Option<Label> {
        let line = self.lines.get(token.line)?;
        Some(Label::new(squeeze(line.text.get(token.span.clone())?), token.place))
    }

    fn line_of(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.line)
    }

    fn squeezed(&self, range: Range<usize>) -> String {
        let slices = self.tokens.get(range).unwrap_or_default().iter();
        slices.filter_map(|token| self.lines.get(token.line)?.text.get(token.span.clone())).map(squeeze).collect()
    }

    fn used(&mut self, token: &Token<'_>) {
        self.body.used.push((token.line, token.span.clone(), token.place));
        self.body.used.extend(token.rest.iter().map(|(line, span)| (*line, span.clone(), token.place)));
    }
}

/// For each token, the index of the first at or behind it that is wanted; the number of tokens where there is none.
fn next(tokens: &[&Token<'_>], is_wanted: fn(&TokenKind<'_>) -> bool) -> Vec<usize> {
    let mut next = vec![tokens.len(); tokens.len()];
    let mut found = tokens.len();
    for (index, (token, next)) in tokens.iter().zip(&mut next).enumerate().rev() {
        if is_wanted(&token.kind) {
            found = index;
        }
        *next = found;
    }
    next
}

/// Whether a token stands in place of a figure and is no number: `1O0.00`, `△100.00`, `.36`.
pub(super) fn is_broken_number(text: &str) -> bool {
    let begins = text.starts_with(|first: char| {
        first.is_ascii_digit() || matches!(first, '.' | ',' | '△' | '▲' | '-' | '+' | '(' | '（')
    });
    begins
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.contains(['.', ',', '△', '▲'])
        && !text.chars().any(|character| matches!(character, '\u{4e00}'..='\u{9fff}'))
}

fn is_words(token: &&Token<'_>) -> bool {
    matches!(token.kind, TokenKind::Text(_))
}
