//! A story (the body, the notes): elements become lines and grids in the order of reading.

use std::collections::HashMap;

use budget_document::{Limits, ReadError};
use budget_model::{HiddenReason, HiddenText, Place};

use crate::markup::{Element, Space, Step, Visitor};
use crate::numbering::Counters;
use crate::paragraph::{self, Paragraph, Piece, is_blank};
use crate::styles::Styles;
use crate::symbol::symbol;
use crate::table::{Merge, Table};

/// What is read of a document, part by part.
pub(crate) struct Story<'d> {
    styles: &'d Styles,
    counters: Counters<'d>,
    limits: Limits,
    open: Vec<Open>,
    flows: Vec<Flow>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    fields: Vec<Field>,
    blocks: u32,
    lines: usize,
    cells: usize,
    /// The lines of notes, by their kind and id.
    noted: HashMap<(NoteKind, String), Vec<Piece>>,
    /// The notes in the order of their marks.
    pub(crate) notes: Vec<(NoteKind, String)>,
    pub(crate) hidden: Vec<HiddenText>,
    pub(crate) changes: Changes,
    pub(crate) has_pictures: bool,
}

/// What comes one below the other: the body, a cell, a text box, a note.
#[derive(Default)]
struct Flow {
    pieces: Vec<Piece>,
    /// The place of the cell that it is, or is in.
    cell: Option<Place>,
    /// The text of a paragraph that goes on with the next one.
    carried: String,
    carried_at: Option<Place>,
}

/// Tracked changes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Changes {
    pub(crate) inserted: usize,
    pub(crate) deleted: usize,
    pub(crate) first: Option<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NoteKind {
    Footnote,
    Endnote,
}

/// Where in a field the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// `PAGEREF _Toc1`, which is not shown
    Instruction,
    Result,
}

/// An element that is open.
#[derive(Debug, PartialEq, Eq)]
enum Open {
    /// One that only holds others.
    Other,
    Alternate {
        is_chosen: bool,
    },
    Paragraph,
    ParagraphProperties,
    MarkProperties,
    NumberProperties,
    Run,
    RunProperties,
    /// The length of the text before it, and whether blanks at its ends count.
    Text(usize, bool),
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
    Note(NoteKind, String),
}

impl<'d> Story<'d> {
    pub(crate) fn new(styles: &'d Styles, counters: Counters<'d>, limits: &Limits) -> Self {
        Self {
            styles,
            counters,
            limits: *limits,
            open: Vec::new(),
            flows: vec![Flow::default()],
            paragraphs: Vec::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            blocks: 0,
            lines: 0,
            cells: 0,
            noted: HashMap::new(),
            notes: Vec::new(),
            hidden: Vec::new(),
            changes: Changes::default(),
            has_pictures: false,
        }
    }

    /// Everything in the order of reading, with the notes at the end.
    pub(crate) fn pieces(&mut self) -> Vec<Piece> {
        let flow = std::mem::take(&mut self.flows).into_iter().next().unwrap_or_default();
        let mut pieces = flow.finish();
        let (mut footnotes, mut endnotes) = (0_u32, 0_u32);
        for (kind, id) in std::mem::take(&mut self.notes) {
            let (count, numeral) = match kind {
                NoteKind::Footnote => (&mut footnotes, crate::numeral::Numeral::Decimal),
                NoteKind::Endnote => (&mut endnotes, crate::numeral::Numeral::LowerRoman),
            };
            *count += 1;
            let mut note = self.noted.remove(&(kind, id)).unwrap_or_default();
            if let Some(Piece::Line(first)) = note.first_mut() {
                first.text = format!("[{}] {}", numeral.write(*count), first.text.trim_start());
            }
            pieces.extend(note);
        }
        pieces
    }

    fn flow(&mut self) -> Option<&mut Flow> {
        self.flows.last_mut()
    }

    fn begin_flow(&mut self, cell: Option<Place>) {
        let cell = cell.or_else(|| self.flows.last().and_then(|flow| flow.cell));
        self.flows.push(Flow { cell, ..Flow::default() });
    }

    fn end_flow(&mut self) -> Vec<Piece> {
        self.flows.pop().map(Flow::finish).unwrap_or_default()
    }

    fn next_block(&mut self) -> u32 {
        self.blocks = self.blocks.saturating_add(1);
        self.blocks
    }

    /// Whether text that comes now is shown: it is in no instruction of a field.
    fn is_shown(&self) -> bool {
        !self.fields.contains(&Field::Instruction)
    }

    fn push(&mut self, text: &str) {
        if self.is_shown()
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.push(text);
        }
    }

    fn changed(&mut self, is_inserted: bool) {
        let place = self.paragraphs.last().map(|paragraph| paragraph.place);
        let place = place.or_else(|| self.flows.last().and_then(|flow| flow.cell));
        self.changes.first = self.changes.first.or(place);
        let count = if is_inserted { &mut self.changes.inserted } else { &mut self.changes.deleted };
        *count += 1;
    }

    fn begin_paragraph(&mut self) {
        let cell = self.flows.last().and_then(|flow| flow.cell);
        let place = cell.unwrap_or_else(|| Place::Block { block: self.next_block(), row: 0, column: 1 });
        self.paragraphs.push(Paragraph::new(place));
    }

    fn end_paragraph(&mut self) -> Result<(), ReadError> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        // An instruction does not go on behind its paragraph; one that nobody ended must not take the rest away.
        self.fields.retain(|field| *field == Field::Result);
        for line in paragraph::lines(&paragraph.hidden, paragraph.place) {
            self.hide(line.text, HiddenReason::Invisible, line.place)?;
        }
        let number =
            if paragraph.runs_on { None } else { self.counters.next(paragraph.style.as_deref(), &paragraph.number) };
        let Some(flow) = self.flows.last_mut() else { return Ok(()) };
        if paragraph.runs_on {
            flow.carried.push_str(&paragraph.text);
            if !is_blank(&flow.carried) {
                flow.carried_at.get_or_insert(paragraph.place);
            }
            flow.pieces.extend(paragraph.boxes);
            return Ok(());
        }
        let place = flow.carried_at.take().unwrap_or(paragraph.place);
        let text =
            [number.as_deref().unwrap_or_default(), &std::mem::take(&mut flow.carried), &paragraph.text].concat();
        let lines = paragraph::lines(&text, place);
        self.lines = self.lines.saturating_add(lines.len());
        flow.pieces.extend(lines.into_iter().map(Piece::Line));
        flow.pieces.extend(paragraph.boxes);
        self.limits.check_lines(self.lines)
    }

    fn hide(&mut self, text: String, reason: HiddenReason, place: Place) -> Result<(), ReadError> {
        self.hidden.push(HiddenText::new(text, reason, place));
        self.limits.check_lines(self.hidden.len())
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        let mut covered = Vec::new();
        let pieces = table.finish(|line| covered.push(line));
        if let Some(flow) = self.flow() {
            flow.pieces.extend(pieces);
        }
        covered.into_iter().try_for_each(|line| self.hide(line.text, HiddenReason::Covered, line.place))
    }

    /// An element of Word: what is open then, or nothing if it is passed over.
    fn word(&mut self, element: &Element<'_>) -> Result<Option<Open>, ReadError> {
        if self.open.last() == Some(&Open::Run) && self.mark(element) {
            return Ok(None);
        }
        let open = match (self.open.last(), element.name) {
            (Some(Open::ParagraphProperties | Open::MarkProperties | Open::NumberProperties), _) => {
                self.of_paragraph(element)
            }
            (Some(Open::RunProperties), _) => {
                self.of_run(element);
                None
            }
            (Some(Open::RowProperties | Open::CellProperties), _) => {
                self.of_cell(element);
                None
            }
            (Some(Open::Run), "rPr") => Some(Open::RunProperties),
            (Some(Open::Paragraph), "pPr") => Some(Open::ParagraphProperties),
            (Some(Open::Row), "trPr") => Some(Open::RowProperties),
            (Some(Open::Cell), "tcPr") => Some(Open::CellProperties),
            (_, name) if PASSED_OVER.contains(&name) => None,
            (_, "ins" | "moveTo") => {
                self.changed(true);
                Some(Open::Other)
            }
            (_, "del" | "moveFrom") => {
                self.changed(false);
                None
            }
            (_, "p") => {
                self.begin_paragraph();
                Some(Open::Paragraph)
            }
            (_, "r") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.is_run_hidden = self.styles.is_hidden(paragraph.style.as_deref()).unwrap_or(false);
                }
                Some(Open::Run)
            }
            (_, "t") => self.begin_text(element.attribute("space").as_deref() == Some("preserve")),
            (_, "tbl") => {
                let block = self.next_block();
                self.tables.push(Table::new(block));
                Some(Open::Table)
            }
            (_, "tr") if !self.tables.is_empty() => {
                self.tables.last_mut().into_iter().for_each(Table::begin_row);
                Some(Open::Row)
            }
            (_, "tc") if !self.tables.is_empty() => {
                self.cells = self.cells.saturating_add(1);
                self.limits.check_cells(self.cells)?;
                let place = self.tables.last_mut().map(Table::begin_cell);
                self.begin_flow(place);
                Some(Open::Cell)
            }
            (_, "txbxContent") => {
                self.begin_flow(None);
                Some(Open::TextBox)
            }
            (_, "footnote") => Some(self.begin_note(NoteKind::Footnote, element)),
            (_, "endnote") => Some(self.begin_note(NoteKind::Endnote, element)),
            _ => Some(Open::Other),
        };
        Ok(open)
    }

    fn begin_note(&mut self, kind: NoteKind, element: &Element<'_>) -> Open {
        self.begin_flow(None);
        Open::Note(kind, element.attribute("id").unwrap_or_default())
    }

    fn begin_text(&self, keeps_blanks: bool) -> Option<Open> {
        let paragraph = self.paragraphs.last()?;
        self.is_shown().then(|| Open::Text(paragraph.length(), keeps_blanks))
    }

    /// Properties of a paragraph, of its mark, of its number.
    fn of_paragraph(&mut self, element: &Element<'_>) -> Option<Open> {
        let parent = self.open.last();
        match (parent, element.name) {
            (Some(Open::ParagraphProperties), "rPr") => return Some(Open::MarkProperties),
            (Some(Open::ParagraphProperties), "numPr") => return Some(Open::NumberProperties),
            (Some(Open::MarkProperties), "ins" | "moveTo") => self.changed(true),
            (Some(Open::MarkProperties), "del" | "moveFrom") => self.changed(false),
            _ => {}
        }
        let parent = self.open.last();
        let paragraph = self.paragraphs.last_mut()?;
        match (parent, element.name) {
            (Some(Open::ParagraphProperties), "pStyle") => paragraph.style = element.value(),
            (Some(Open::NumberProperties), "numId") => paragraph.number.list = element.value(),
            (Some(Open::NumberProperties), "ilvl") => paragraph.number.level = element.number(),
            (Some(Open::MarkProperties), "del" | "moveFrom") => paragraph.runs_on = true,
            (Some(Open::MarkProperties), "vanish") => paragraph.runs_on |= element.is_on(),
            _ => {}
        }
        None
    }

    /// Properties of a run.
    fn of_run(&mut self, element: &Element<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match element.name {
            "rStyle" => {
                if let Some(is_hidden) = element.value().and_then(|style| self.styles.is_hidden(Some(&style))) {
                    paragraph.is_run_hidden = is_hidden;
                }
            }
            "vanish" => paragraph.is_run_hidden = element.is_on(),
            _ => {}
        }
    }

    /// Properties of a row or a cell.
    fn of_cell(&mut self, element: &Element<'_>) {
        match element.name {
            "ins" | "cellIns" => self.changed(true),
            "del" | "cellDel" => self.changed(false),
            _ => {}
        }
        let is_row = self.open.last() == Some(&Open::RowProperties);
        let Some(table) = self.tables.last_mut() else { return };
        match element.name {
            "gridBefore" if is_row => table.skip_columns(element.number().unwrap_or(0)),
            "del" if is_row => table.is_row_deleted = true,
            "gridSpan" => table.cell.width = element.number().unwrap_or(1),
            "vMerge" => table.cell.vertical = Some(Merge::of(element.value().as_deref())),
            "hMerge" => table.cell.horizontal = Some(Merge::of(element.value().as_deref())),
            _ => {}
        }
    }

    /// Whether an element of a run is one character, or the mark of something.
    fn mark(&mut self, element: &Element<'_>) -> bool {
        match element.name {
            "tab" | "ptab" => self.push("\t"),
            // Of a line, a column or a page: the text goes on in another line.
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let (font, position) = (element.attribute("font"), element.attribute("char"));
                let found = symbol(font.as_deref().unwrap_or_default(), position.as_deref().unwrap_or_default());
                self.push(found.map(String::from).as_deref().unwrap_or_default());
            }
            "fldChar" => match element.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::Instruction),
                Some("separate") => self.fields.last_mut().into_iter().for_each(|field| *field = Field::Result),
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            // The mark itself would become a digit of the figure before it.
            "footnoteReference" => self.note(NoteKind::Footnote, element),
            "endnoteReference" => self.note(NoteKind::Endnote, element),
            _ => return false,
        }
        true
    }

    fn note(&mut self, kind: NoteKind, element: &Element<'_>) {
        let is_hidden = self.paragraphs.last().is_some_and(|paragraph| paragraph.is_run_hidden);
        if self.is_shown() && !is_hidden && !self.open.iter().any(|open| matches!(open, Open::Note(..))) {
            self.notes.extend(element.attribute("id").map(|id| (kind, id)));
        }
    }
}

/// What is not printed, or says how something else is.
const PASSED_OVER: &[&str] = &[
    "delInstrText",
    "delText",
    "docPartBody",
    "ffData",
    "instrText",
    "customXmlPr",
    "pPr",
    "rPr",
    "rt",
    "rubyPr",
    "sdtEndPr",
    "sdtPr",
    "sectPr",
    "smartTagPr",
    "tblGrid",
    "tblPr",
    "tblPrEx",
    "tcPr",
    "trPr",
];

impl Flow {
    fn finish(mut self) -> Vec<Piece> {
        if let Some(place) = self.carried_at {
            self.pieces.extend(paragraph::lines(&self.carried, place).into_iter().map(Piece::Line));
        }
        self.pieces
    }
}

impl Visitor for Story<'_> {
    fn begin(&mut self, element: &Element<'_>) -> Result<Step, ReadError> {
        let open = match (element.space, element.name) {
            (Space::Word, _) => self.word(element)?,
            (Space::Math, "t") => self.begin_text(true),
            (Space::Compatibility, "AlternateContent") => Some(Open::Alternate { is_chosen: false }),
            (Space::Compatibility, name @ ("Choice" | "Fallback")) => match self.open.last_mut() {
                Some(Open::Alternate { is_chosen: true }) => None,
                // Word's emoji, which are text in the fallback alone.
                Some(Open::Alternate { .. })
                    if name == "Choice" && element.attribute("Requires").as_deref() == Some("w16se") =>
                {
                    None
                }
                Some(Open::Alternate { is_chosen }) => {
                    *is_chosen = true;
                    Some(Open::Other)
                }
                _ => Some(Open::Other),
            },
            (Space::Other, "pic" | "imagedata") => {
                self.has_pictures = true;
                Some(Open::Other)
            }
            _ => Some(Open::Other),
        };
        let Some(open) = open else { return Ok(Step::Over) };
        self.open.push(open);
        Ok(Step::Into)
    }

    fn text(&mut self, text: &str) {
        if matches!(self.open.last(), Some(Open::Text(..)))
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.push_markup(text);
        }
    }

    fn end(&mut self) -> Result<(), ReadError> {
        match self.open.pop() {
            Some(Open::Text(length, false)) => {
                self.paragraphs.last_mut().into_iter().for_each(|paragraph| paragraph.trim_from(length));
                Ok(())
            }
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Table) => self.end_table(),
            Some(Open::Row) => {
                self.tables.last_mut().into_iter().for_each(Table::end_row);
                Ok(())
            }
            Some(Open::Cell) => {
                let content = self.end_flow();
                self.tables.last_mut().map_or(Ok(()), |table| table.end_cell(content))
            }
            Some(Open::TextBox) => {
                let content = self.end_flow();
                match (self.paragraphs.last_mut(), self.flows.last_mut()) {
                    (Some(paragraph), _) => paragraph.boxes.extend(content),
                    (None, Some(flow)) => flow.pieces.extend(content),
                    (None, None) => {}
                }
                Ok(())
            }
            Some(Open::Note(kind, id)) => {
                let content = self.end_flow();
                self.noted.insert((kind, id), content);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
