//! Tables whose rows the form prints: two sides next to each other, labelled rows, a single row.

use budget_document::Line;
use budget_model::{Amount, Aspect, Code, Label, Role, Side, Unread};

use super::classes;
use super::flow::Flow;
use super::rows::{Body, Draft, is_no_name, is_spaced};
use super::tokens::{Token, TokenKind};
use crate::layout::{Shape, TableForm};
use crate::lexicon::Lexicon;
use crate::text::{fold, is_space, squeeze};

/// Reads the rows of a two-sided, labelled or single-row table.
pub(crate) fn read(flow: &Flow<'_>, form: &TableForm, lines: &[&Line<'_>]) -> Body {
    let mut reader = PrintedReader {
        form,
        lines,
        body: Body::default(),
        pending: Vec::new(),
        folded_pending: String::new(),
        open: None,
        last: 0,
        note: Vec::new(),
    };
    if form.shape == Shape::Labelled
        && let Some(total) = &flow.ends_with_total
        && !flow
            .lines
            .iter()
            .flatten()
            .any(|token| matches!(&token.kind, TokenKind::Text(text) if Lexicon::is_total_of_table(text)))
    {
        reader.words(total);
        reader.close_words();
    }
    for token in flow.lines.iter().flatten() {
        reader.token(token);
    }
    reader.close_words();
    reader.end_note();
    reader.doubt_nameless();
    if form.shape == Shape::SingleRow && reader.body.rows.is_empty() {
        // The form prints one row without a name; here nothing was filled in.
        reader.body.rows.push(Draft::new(Role::Total, Label::new("", flow.title.place)));
    }
    reader.body
}

struct PrintedReader<'r> {
    form: &'r TableForm,
    lines: &'r [&'r Line<'r>],
    body: Body,
    /// Words that do not have a row yet.
    pending: Vec<Label>,
    /// The same words, folded and joined.
    folded_pending: String,
    /// The row that takes figures.
    open: Option<usize>,
    /// The line of what was read last.
    last: usize,
    note: Vec<Label>,
}

impl PrintedReader<'_> {
    fn token(&mut self, token: &Token<'_>) {
        match &token.kind {
            TokenKind::Code(code) => {
                self.close_words();
                self.code(*code, token);
            }
            TokenKind::Figure(amount) => {
                self.close_words();
                self.figure(Some(*amount), token);
            }
            TokenKind::Dash => {
                self.close_words();
                self.figure(None, token);
            }
            TokenKind::Unread => {
                self.close_words();
                if self.form.shape == Shape::SingleRow && self.body.rows.is_empty() {
                    self.push(Draft::new(Role::Total, Label::new("", token.place)));
                }
                let text = self.lines.get(token.line).and_then(|line| line.text.get(token.span.clone()));
                let text = squeeze(text.unwrap_or_default());
                if let Some(row) = self.open.and_then(|open| self.body.rows.get_mut(open)) {
                    row.doubts.add(Aspect::Column);
                    row.unread.push(Unread::new(None, text, token.place));
                }
            }
            TokenKind::Text(_) => self.words(token),
        }
    }

    fn code(&mut self, code: Code, token: &Token<'_>) {
        let mut row = Draft::new(Role::from(code.level()), Label::new("", token.place));
        row.side = Some(Side::Expenditure);
        row.code = Some(code);
        self.push(row);
        self.used(token);
    }

    fn figure(&mut self, amount: Option<Amount>, token: &Token<'_>) {
        if self.form.shape == Shape::SingleRow && self.body.rows.is_empty() {
            self.push(Draft::new(Role::Total, Label::new("", token.place)));
        }
        let spaced = self.is_spaced(token.line);
        let last = std::mem::replace(&mut self.last, token.line);
        if let Some(row) = self.open.and_then(|open| self.body.rows.get_mut(open)) {
            // Where blanks keep the columns, a figure stands on the line of its label, and all figures of a row on one.
            let is_apart = spaced && last != token.line && !(row.label.text.is_empty() && row.figures.is_empty());
            if is_apart || token.line > last + 1 {
                row.doubts.add(Aspect::Row);
            }
            row.figures.push(amount);
            self.used(token);
        }
    }

    fn is_spaced(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| is_spaced(&line.text))
    }

    fn words(&mut self, token: &Token<'_>) {
        let Some(line) = self.lines.get(token.line) else { return };
        let Some(text) = line.text.get(token.span.clone()) else { return };
        let piece = Label::new(squeeze(text), token.place);
        // Two labels that blanks keep apart stand in two cells, each on a side of its own.
        if token.line == self.last && !self.pending.is_empty() && is_apart(&line.text, token.span.start) {
            self.close_words();
        }
        self.last = token.line;
        if !self.note.is_empty() || (Lexicon::begins_note(&piece.text) || piece.text.ends_with('。')) {
            // Words in front of the full stop that are no label of the form belong to the sentence.
            if self.is_complete() {
                self.close_words();
            }
            self.note.append(&mut self.pending);
            self.folded_pending.clear();
            self.open = None;
            let ends = piece.text.ends_with('。');
            self.note.push(piece);
            self.used(token);
            if ends {
                self.end_note();
            }
            return;
        }
        let folded = fold(&piece.text);
        // A class whose name is still missing takes the words, but not those of the other side.
        if let Some(row) = self.open.and_then(|open| self.body.rows.get_mut(open))
            && row.code.is_some()
            && row.figures.is_empty()
            && row.unread.is_empty()
            && !self.form.rows.iter().flat_map(|form| &form.labels).any(|label| label.starts_with(&folded))
            && !Lexicon::is_total_of_table(&folded)
            && (row.label.text.is_empty() || continues_class(&row.label.text, &piece.text))
        {
            if row.label.text.is_empty() {
                row.label.place = piece.place;
            }
            row.label.text.push_str(&piece.text);
            self.used(token);
            return;
        }
        if !self.pending.is_empty() && self.is_complete() {
            let extended = format!("{}{folded}", self.folded_pending);
            if !self.labels().any(|label| label.starts_with(&extended)) && !classes::begins_numbered(&extended) {
                self.close_words();
            }
        }
        self.pending.push(piece);
        self.folded_pending.push_str(&folded);
        self.used(token);
        if self.is_complete() && !self.may_continue() {
            self.close_words();
        }
    }

    fn pending_text(&self) -> String {
        self.pending.iter().map(|piece| piece.text.as_str()).collect()
    }

    fn labels(&self) -> impl Iterator<Item = &str> {
        let totals = [self.form.revenue_total.as_deref(), self.form.expenditure_total.as_deref()];
        let rows = self.form.rows.iter().flat_map(|row| &row.labels).map(String::as_str);
        rows.chain(totals.into_iter().flatten())
    }

    /// Whether the words so far are a label of the form, or the numbered name of a class.
    fn is_complete(&self) -> bool {
        self.labels().any(|label| label == self.folded_pending) || self.class().is_some()
    }

    /// The class on the expenditure side that the words so far number and name.
    fn class(&self) -> Option<Code> {
        classes::numbered(&self.folded_pending).filter(|_| self.form.shape == Shape::TwoSided)
    }

    /// Whether the words so far are the beginning of a longer label.
    fn may_continue(&self) -> bool {
        let text = self.folded_pending.as_str();
        self.labels().any(|label| label.len() > text.len() && label.starts_with(text))
            || (self.form.shape == Shape::TwoSided && self.class().is_none() && classes::begins_numbered(text))
    }

    /// The pending words become a row.
    fn close_words(&mut self) {
        let Some(first) = self.pending.first() else { return };
        let label = Label { text: self.pending_text(), place: first.place };
        // What the form does not print may be two labels, a caption, or a row of the other side.
        let is_known = self.is_complete();
        let is_class = self.class().is_some();
        self.pending.clear();
        let folded = std::mem::take(&mut self.folded_pending);
        let (side, role) = match self.form.shape {
            Shape::TwoSided if self.form.expenditure_total.as_ref() == Some(&folded) => {
                (Some(Side::Expenditure), Role::Total)
            }
            Shape::TwoSided if self.form.revenue_total.as_ref() == Some(&folded) => (Some(Side::Revenue), Role::Total),
            Shape::TwoSided if is_class => (Some(Side::Expenditure), Role::Label),
            Shape::TwoSided => (Some(Side::Revenue), Role::Label),
            _ if Lexicon::is_total_of_table(&folded) => (None, Role::Total),
            _ => (None, Role::Label),
        };
        let mut row = Draft::new(role, label);
        row.side = side;
        if !(is_known || side.is_none() && role == Role::Total) {
            row.doubts.add(Aspect::Row);
        }
        self.push(row);
    }

    fn push(&mut self, row: Draft) {
        self.open = Some(self.body.rows.len());
        self.body.rows.push(row);
    }

    /// A class without a name, or with one that it does not have officially, may have taken that of another row.
    fn doubt_nameless(&mut self) {
        for row in &mut self.body.rows {
            if row.code.is_some() && is_no_name(&row.label.text) {
                row.doubts.add(Aspect::Row);
            }
        }
    }

    fn end_note(&mut self) {
        let Some(first) = self.note.first() else { return };
        let label = Label { text: self.note.iter().map(|piece| piece.text.as_str()).collect(), place: first.place };
        self.note.clear();
        if self.body.declared_empty.is_none() && Lexicon::declares_empty(&label.text) {
            self.body.declared_empty = Some(label);
        } else {
            self.body.notes.push(label);
        }
    }

    fn used(&mut self, token: &Token<'_>) {
        self.body.used.push((token.line, token.span.clone(), token.place));
        self.body.used.extend(token.rest.iter().map(|(line, span)| (*line, span.clone(), token.place)));
    }
}

/// Whether blanks as wide as a column stand in front of what begins at an offset.
fn is_apart(line: &str, start: usize) -> bool {
    let before = line.get(..start).unwrap_or_default();
    before.chars().rev().take_while(|character| is_space(*character)).count() >= 2
}

/// Whether words go on with the name of a class that was wrapped: the official name begins with both together.
fn continues_class(name: &str, more: &str) -> bool {
    let longer = fold(&format!("{name}{more}"));
    Lexicon::functions().iter().any(|(_, official)| official.starts_with(&longer))
}
