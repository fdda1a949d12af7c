//! The lines of a table region: its title, header, page numbers and unit lines taken away, the rest cut into tokens.

use std::cell::Cell;
use std::ops::Range;

use budget_document::Line;
use budget_model::{Label, Place, Unit};

use super::broken::Habit;
use super::tokens::{Cutter, Token, TokenKind, pieces};
use super::wrapped;
use crate::consumption::Consumption;
use crate::layout::{Shape, TableForm};
use crate::lexicon::{Lexicon, column_numbers, table_number, units};
use crate::page_number::page_number;
use crate::text::{fold, squeeze, trim, trim_start};

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
    /// The header has words that the form does not have, so what its columns are is open.
    pub(crate) has_unknown_header: bool,
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
    wrapped::join(&reader.cutter, &mut reader.flow.lines);
    wrapped::integers_in_names(&reader.cutter, &mut reader.flow.lines);
    reader.flow
}

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
    cutter: Cutter<'d, 'f>,
    /// The first line of the header, folded.
    header: String,
    ahead: Cell<Ahead>,
    flow: Flow<'d>,
}

/// How far lines were looked at for the end of a header, so that none is looked at for every line above it.
#[derive(Clone, Copy, Default)]
struct Ahead {
    /// These lines decide nothing.
    undecided: (usize, usize),
    /// What the line behind them decides, if it was looked at.
    ends: Option<bool>,
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
            has_unknown_header: false,
            ends_with_total: None,
        };
        let habit = Habit::of(lines.get(region.clone()).unwrap_or_default(), scale);
        let cutter = Cutter { lines, region, form, scale, habit };
        Self { cutter, header: String::new(), ahead: Cell::default(), flow }
    }

    /// The number above the title and the title itself, which may take two lines.
    fn title(&mut self, title: usize, consumption: &mut Consumption) {
        let label = |line: &'d Line<'d>| {
            let start = line.text.len() - trim_start(&line.text).len();
            Label::new(squeeze(&line.text), line.place(start))
        };
        for index in self.cutter.region.start..title {
            if let Some(line) = self.cutter.lines.get(index) {
                self.flow.number = Some(label(line));
                consumption.whole(index);
            }
        }
        let Some(line) = self.cutter.lines.get(title) else { return };
        self.flow.title = label(line);
        let named = units::behind_title(&self.flow.title.text).map(|(name, unit)| (name.to_owned(), unit));
        if let Some((name, unit)) = named {
            // 部门收入总体情况表（单位：万元）
            self.flow.unit = Some((unit, self.flow.title.place));
            self.flow.title.text = name;
        }
        consumption.whole(title);
        self.cutter.region.start = title + 1;
        if !self.flow.title.text.ends_with('表')
            && let Some(next) = self.cutter.lines.get(title + 1)
        {
            self.flow.title.text.push_str(&squeeze(&next.text));
            consumption.whole(title + 1);
            self.cutter.region.start = title + 2;
        }
    }

    fn body(&mut self, consumption: &mut Consumption) {
        let mut mode = Mode::Header;
        let mut below_page_number = false;
        // Where column numbers that stand one a line end.
        let mut numbers_end = 0;
        for index in self.cutter.region.clone() {
            let Some(line) = self.cutter.lines.get(index).copied() else { continue };
            if index < numbers_end {
                consumption.whole(index);
                continue;
            }
            if self.is_page_number(index, line) {
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
            let numbered = numbered_columns(line).map(|columns| (columns, index + 1));
            let numbered = numbered.or_else(|| self.numbers_below(index).filter(|_| mode == Mode::Header));
            if let Some((columns, end)) = numbered {
                self.flow.numbered_columns = self.flow.numbered_columns.or(Some(columns));
                consumption.whole(index);
                numbers_end = end;
                mode = Mode::Body;
                self.flow.ends_with_total = None;
                continue;
            }
            let tokens = self.cutter.tokens(index, line);
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
                        let total = tokens.first().filter(|token| tokens.len() == 1 && token.is_total());
                        self.flow.ends_with_total = total.cloned();
                    }
                    continue;
                }
                // Rows with codes begin with a code or the total, so words above them are a header.
                let is_above = self.flow.lines.is_empty() && self.cutter.form.shape == Shape::Classified;
                if is_above
                    && !self.has_figure_or_code(&tokens)
                    && !is_sentence(&line.text)
                    && self.has_unknown(&tokens)
                {
                    self.flow.has_unknown_header = true;
                }
                // Words that the layout does not know, above the end of the header: left to the ledger as unread.
                if !self.has_figure_or_code(&tokens) && !is_sentence(&line.text) && self.header_ends_ahead(index) {
                    self.flow.has_unknown_header = true;
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
        table_number::is_number(&folded)
            || self.cutter.form.folded_titles.iter().any(|title| Lexicon::is_title_of(&folded, title))
    }

    /// `编制部门：云溪县文化馆 单位：万元`, together or apart.
    fn compiler_line(&mut self, index: usize, line: &'d Line<'d>, consumption: &mut Consumption) -> bool {
        let text: &'d str = &line.text;
        let Some(caption) = units::caption_line(text) else { return false };
        if let Some(name) = caption.compiler.filter(|name| !name.is_empty()) {
            let at = name.as_ptr() as usize - text.as_ptr() as usize;
            self.flow.compiler.get_or_insert_with(|| Label::new(squeeze(name), line.place(at)));
        }
        if let Some(phrase) = caption.unit {
            self.flow.unit.get_or_insert_with(|| (phrase.unit, line.place(phrase.start)));
        }
        consumption.whole(index);
        true
    }

    fn has_figure_or_code(&self, tokens: &[Token<'d>]) -> bool {
        tokens.iter().any(|token| match token.kind {
            TokenKind::Code(_) => true,
            // A bare integer may be anything where figures have decimals.
            TokenKind::Figure(amount) => amount.value.scale() > 0 || self.cutter.scale == 0,
            // A figure that cannot be read is one; the rest of a wrapped one is not.
            TokenKind::Unread => true,
            TokenKind::Dash | TokenKind::Text(_) => false,
        })
    }

    /// Whether every word of a line is a piece of the header vocabulary.
    fn is_header(&self, tokens: &[Token<'d>]) -> bool {
        tokens.iter().all(|token| match token.kind {
            TokenKind::Text(text) => self.cutter.form.is_header_piece(&fold(text)),
            _ => false,
        })
    }

    /// Whether a line of a header has a word that the form does not have.
    fn has_unknown(&self, tokens: &[Token<'d>]) -> bool {
        tokens.iter().any(|token| match token.kind {
            TokenKind::Text(text) => !token.is_total() && !self.cutter.form.is_header_piece(&fold(text)),
            _ => false,
        })
    }

    /// Whether a line of a header is the total row at the top of a page: its figures follow.
    fn is_total_row(&self, tokens: &[Token<'d>], index: usize) -> bool {
        let [token] = tokens else { return false };
        let below = self.cutter.lines.get(index + 1).filter(|_| index + 1 < self.cutter.region.end);
        let is_figure = |line: &Line<'_>| {
            trim_start(&line.text).starts_with(|first: char| first.is_ascii_digit()) && numbered_columns(line).is_none()
        };
        token.is_total() && !self.flow.lines.is_empty() && below.is_some_and(|line| is_figure(line))
    }

    /// Whether a piece of a header word below words that are no header is the end of a wrapped name.
    fn ends_name(&self, tokens: &[Token<'d>], index: usize) -> bool {
        let [Token { kind: TokenKind::Text(text), .. }] = tokens else { return false };
        let above = self.flow.lines.last().and_then(|line| line.last());
        !self.cutter.form.words.contains(&fold(text))
            && above.is_some_and(|above| above.line + 1 == index && matches!(above.kind, TokenKind::Text(_)))
    }

    /// Whether a header stands at or below a line, before any row: it begins as the first header of the table does, or ends
    /// as a header does.
    fn header_ahead(&self, index: usize) -> bool {
        let lines = self.cutter.lines.get(index..self.cutter.region.end.min(index + HEADER_LINES)).unwrap_or_default();
        let rows = lines
            .iter()
            .zip(index..)
            .take_while(|(line, index)| !self.has_figure_or_code(&self.cutter.tokens(*index, line)));
        let is_first = |line: &Line<'_>| !self.header.is_empty() && fold(&line.text) == self.header;
        self.header_ends_ahead(index) || rows.into_iter().any(|(line, _)| is_first(line))
    }

    /// Whether the end of a header stands at or below a line, before any row: a row of column numbers, the columns 类, 款 and
    /// 项, or other words that only a header has.
    fn header_ends_ahead(&self, index: usize) -> bool {
        let end = self.cutter.region.end.min(index + HEADER_LINES);
        let mut ahead = self.ahead.get();
        if !(ahead.undecided.0..=ahead.undecided.1).contains(&index) {
            ahead = Ahead { undecided: (index, index), ends: None };
        }
        while ahead.ends.is_none() && ahead.undecided.1 < end {
            ahead.ends = self.ends_header(ahead.undecided.1);
            ahead.undecided.1 += usize::from(ahead.ends.is_none());
        }
        self.ahead.set(ahead);
        ahead.undecided.1 < end && ahead.ends == Some(true)
    }

    /// Whether a line ends a header, or is a row; `None` if it may be inside of one.
    fn ends_header(&self, index: usize) -> Option<bool> {
        let line = self.cutter.lines.get(index).copied()?;
        if numbered_columns(line).is_some() {
            return Some(true);
        }
        let words = fold(&line.text);
        let is_mark = match self.cutter.form.shape {
            Shape::Classified | Shape::Projects => {
                Lexicon::code_columns().iter().any(|word| words.contains(word.as_str()))
            }
            _ => Lexicon::ends_header_of_sides(&words),
        };
        let is_row = || self.has_figure_or_code(&self.cutter.tokens(index, line));
        is_mark.then_some(true).or_else(|| is_row().then_some(false))
    }

    /// How many columns the numbers number that stand one a line from here on, and where they end: `甲` / `乙` / `1` / `2`.
    fn numbers_below(&self, index: usize) -> Option<(usize, usize)> {
        let lines = self.cutter.lines.get(index..self.cutter.region.end.min(index + HEADER_LINES))?;
        let is_short = |line: &&&Line<'_>| line.text.len() <= 40 && pieces(&line.text).nth(1).is_none();
        let texts: Vec<&str> = lines.iter().take_while(is_short).map(|line| trim(&line.text)).collect();
        // The longest run counts: a code or figure below ends it.
        let mut found = None;
        for length in 3..=texts.len() {
            match column_numbers::count(texts.get(..length)?) {
                Some(count) if count > 1 => found = Some((count, index + length)),
                _ if found.is_some() => break,
                _ => {}
            }
        }
        found
    }

    /// Whether a line is the number of a page. A bare number may as well be a figure, in a table without decimals, the rest of
    /// one, or a code.
    fn is_page_number(&self, index: usize, line: &Line<'_>) -> bool {
        let may_be = || {
            let at_edge = line.page_start || self.cutter.lines.get(index + 1).is_none_or(|below| below.page_start);
            (self.cutter.scale > 0 || at_edge) && !self.completes_figure(line) && !self.is_lone_code(line)
        };
        page_number(&line.text).is_some_and(|number| number.is_marked || may_be())
    }

    /// Whether a lone integer is a class code whose name stands in the lines below.
    fn is_lone_code(&self, line: &Line<'_>) -> bool {
        matches!(self.cutter.form.shape, Shape::Classified | Shape::Projects)
            && self.cutter.class_code(trim(&line.text)).is_some()
    }

    /// Whether a lone integer is the rest of a figure that was wrapped in the lines before.
    fn completes_figure(&self, line: &Line<'_>) -> bool {
        wrapped::completes(&self.cutter, &self.flow.lines, trim(&line.text))
    }
}

/// Whether a line is part of a sentence, not of a header.
fn is_sentence(text: &str) -> bool {
    Lexicon::is_note(text) || Lexicon::declares_empty(text) || text.contains('。')
}

/// The number of numbered columns of a `※ ※ ※ ※ 1 2 3` row, or of a bare `1 2 3` row.
pub(crate) fn numbered_columns(line: &Line<'_>) -> Option<usize> {
    // Most lines are longer or begin otherwise.
    if line.text.len() > LONGEST_NUMBER_ROW {
        return None;
    }
    let texts = || pieces(&line.text).map(|(_, piece)| piece);
    let count = column_numbers::count(texts())?;
    // Two bare numbers are figures as well.
    let is_bare = texts().all(|piece| piece.bytes().all(|byte| byte.is_ascii_digit()));
    (count > 0 && (count > 2 || !is_bare)).then_some(count)
}

/// Bytes of the longest row of column numbers.
const LONGEST_NUMBER_ROW: usize = 600;
