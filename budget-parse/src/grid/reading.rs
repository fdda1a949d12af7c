//! From grids to tables and lines.

use std::collections::HashSet;
use std::ops::Range;

use budget_model::{
    Diagnostic, DiagnosticCode, Label, Ledger, Meaning, PerformanceTable, Place, Role, Row, Table, Unit,
};

use super::around::{Above, LINES_AROUND, Part, above};
use super::caption::Caption;
use super::draft::Draft;
use super::header::Content;
use super::piece::{self, Piece};
use super::records::{self, Passage, Records};
use super::sheet::{Field, Sheet};
use super::table::{self, Made};
use super::targets::Targets;
use super::{decimals, heading, naming, performance, sheet, units, verdict};
use crate::layout::{Layout, LayoutSet, Shape};
use crate::lexicon::{Lexicon, around};
use crate::sums;
use crate::table::hierarchy;
use crate::text::{fold, is_space, squeeze};
use crate::work::Work;
use crate::years::Years;
use budget_document::{Block, CellValue, Line};

/// What was read of the grids of a document.
#[derive(Debug, Default)]
pub(crate) struct GridReading<'l> {
    /// The layout that fits best; `None` if no table was found.
    pub(crate) layout: Option<&'l Layout>,
    /// Whether another layout would have fitted as well.
    pub(crate) uncertain: bool,
    /// The year that titles and headings name.
    pub(crate) year: Option<u16>,
    /// The tables, in document order.
    pub(crate) tables: Vec<Table>,
    /// Whether a layout names the columns of each of them; the others are read from their words.
    pub(crate) named: Vec<bool>,
    /// The performance targets, those that are listed as records first.
    pub(crate) performance: Vec<PerformanceTable>,
    /// The text of cells that belong to no table, in document order, each with the number of lines of the document before it.
    pub(crate) prose: Vec<(usize, Line<'static>)>,
    /// How many lines of the document stand before each grid.
    pub(crate) before: Vec<usize>,
    /// Indices, among the lines of the document, of those that are titles, captions or notes of a grid, in order.
    pub(crate) used_lines: Vec<usize>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether blanks alone keep the columns of some table.
    pub(crate) is_set_by_blanks: bool,
    /// A title without a table, as the last thing of a page.
    cut_off: Option<CutOff>,
    /// Performance targets in their printed form, and the rows they are in by grid.
    targets: Targets,
    forms: Vec<(usize, Range<usize>)>,
    /// Cells of tables, read and unread, and the used lines. What is in `prose` is not counted here.
    pub(crate) ledger: Ledger,
}

/// Reads the grids of a document.
pub(crate) fn read<'l>(blocks: &[Block<'_>], layouts: &'l LayoutSet, year: Option<u16>) -> GridReading<'l> {
    let lines: Vec<&Line<'_>> = blocks.iter().filter_map(Block::line).collect();
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut line = 0;
    for block in blocks {
        match block {
            Block::Line(_) => line += 1,
            Block::Grid(grid) => {
                let first = parts.last().map_or(0, |part: &Part<'_>| part.before.end);
                parts.push(Part { sheet: Sheet::new(grid), before: first..line, behind: line..line });
            }
        }
        if let Some(part) = parts.last_mut() {
            part.behind.end = line;
        }
    }
    let mut reading =
        GridReading { year: years(visible(&parts).map(|part| &part.sheet)).or(year), ..GridReading::default() };
    let sheets = parts.iter_mut().map(|part| &mut part.sheet).filter(|sheet| !sheet.is_hidden());
    reading.performance = performance::read(sheets, &mut reading.diagnostics);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut others: Vec<(usize, Rest)> = Vec::new();
    for (index, part) in parts.iter_mut().enumerate() {
        reading.error_cells(&part.sheet);
        reading.part(part, index, &lines, &mut drafts, &mut others);
    }
    reading.before = parts.iter().map(|part| part.before.end).collect();
    let last = reading.cut_off.take();
    reading.report_cut_off(last);
    let targets = std::mem::take(&mut reading.targets).finish(&mut reading.diagnostics);
    reading.performance.extend(targets);
    reading.finish(drafts, layouts);
    for (index, rest) in others {
        let Some(part) = parts.get_mut(index) else { continue };
        match rest {
            Rest::Records(records) => reading.records(&part.sheet, records, index),
            Rest::Rows(rows) => reading.outside(&mut part.sheet, rows, index),
        }
    }
    reading.used_lines.sort_unstable();
    for line in reading.used_lines.iter().filter_map(|index| lines.get(*index)) {
        sheet::count(&line.text, true, &mut reading.ledger);
    }
    reading
}

/// A title whose table begins on the next page.
#[derive(Debug)]
struct CutOff {
    title: Label,
    caption: Caption,
    /// The grid it stands in.
    part: usize,
}

/// What of a grid is no budget table.
enum Rest {
    Records(Records),
    Rows(Range<usize>),
}

impl<'l> GridReading<'l> {
    fn error_cells(&mut self, sheet: &Sheet<'_>) {
        for field in sheet.rows.iter().flatten() {
            // A formula without a result is reported by the reader.
            if let CellValue::Error(text) = &field.cell.value
                && !text.is_empty()
            {
                self.diagnostics.push(Diagnostic::new(DiagnosticCode::ErrorCell, [text.as_ref()]).at(field.place()));
            }
        }
    }

    /// Reads one grid.
    fn part(
        &mut self,
        part: &mut Part<'_>,
        index: usize,
        lines: &[&Line<'_>],
        drafts: &mut Vec<Draft>,
        others: &mut Vec<(usize, Rest)>,
    ) {
        let is_hidden = part.sheet.is_hidden();
        if let Some(records) = records::kind(&part.sheet).filter(|_| !is_hidden) {
            return others.push((index, Rest::Records(records)));
        }
        let rows = part.sheet.rows.len();
        let mut above = Some(above(part, lines));
        let forms = if is_hidden { Vec::new() } else { self.targets_of(part, index, above.as_ref()) };
        let mut pieces = piece::cut(&part.sheet);
        pieces.retain_mut(|piece| piece.leave_out(&forms));
        // The title stands at the foot of the page before.
        match (self.cut_off.take(), pieces.first_mut()) {
            (Some(cut), Some(first)) if cut.part + 1 == index && first.title.is_none() => {
                first.title = Some(cut.title);
                first.caption.complete(cut.caption);
            }
            (cut, _) => self.report_cut_off(cut),
        }
        let pieces = pieces;
        let mut row = 0;
        for piece in &pieces {
            if !self.piece(&mut part.sheet, index, piece, &mut above, drafts) {
                let before = self.cut_off.take();
                self.report_cut_off(before);
                self.cut_off =
                    piece.title.clone().map(|title| CutOff { title, caption: piece.caption.clone(), part: index });
                continue;
            }
            let before = self.cut_off.take();
            self.report_cut_off(before);
            others.push((index, Rest::Rows(row..piece.rows.start.max(row))));
            self.report_unused(&part.sheet, piece);
            row = piece.rows.end.max(row);
        }
        others.push((index, Rest::Rows(row..rows)));
        if row > 0 {
            self.notes_below(part, lines, drafts);
        }
    }

    /// Reads the performance targets of a grid; returns their rows.
    fn targets_of(&mut self, part: &mut Part<'_>, index: usize, above: Option<&Above>) -> Vec<Range<usize>> {
        let is_title = |text: &str| Lexicon::title(text).is_some_and(|title| title.performance.is_some());
        let above = above.filter(|above| above.title.as_ref().is_some_and(|(_, title)| is_title(&title.text)));
        let title = above.and_then(|above| above.title.as_ref()).map(|(_, title)| title);
        let forms = self.targets.page(&mut part.sheet, index, title, &mut self.diagnostics);
        if let Some(above) = above.filter(|_| !forms.is_empty()) {
            self.used_lines.extend(&above.used);
        }
        self.forms.extend(forms.iter().map(|form| (index, form.clone())));
        forms
    }

    /// Makes a piece of a page a table or the rest of one; `false` if it is neither.
    fn piece(
        &mut self,
        sheet: &mut Sheet<'_>,
        part: usize,
        piece: &Piece,
        above: &mut Option<Above>,
        drafts: &mut Vec<Draft>,
    ) -> bool {
        // What stands in the lines above a grid is for its first table.
        let over = if piece.title.is_none() { above.take() } else { None };
        let named = over.as_ref().and_then(|above| above.title.as_ref()).map(|(_, title)| title.clone());
        let is_title = named.as_ref().is_some_and(|title| super::meaning::title(&title.text, None).is_some());
        let over_title = named.as_ref().filter(|_| is_title);
        let over_caption = over.as_ref().filter(|_| is_title).map(|over| &over.caption);
        if let Some(last) = drafts.last_mut()
            && last.goes_on(sheet, part, piece, over_title, over_caption)
        {
            // 收入总体情况表, printed once more above the rest of the table
            self.used_lines.extend(over.iter().filter(|_| is_title).flat_map(|over| &over.used));
            return true;
        }
        let has_table = piece.header.has_figures();
        let is_declared_empty = piece.cells.iter().any(|row| is_declared_empty(sheet, *row));
        let is_known = piece.title.is_some() || is_title || has_known_words(piece);
        if !is_known || !(has_table || (is_declared_empty && piece.header.rows.is_empty())) {
            return false;
        }
        let mut draft = Draft::begin(sheet, part, piece, named.filter(|_| is_title));
        if let Some(over) = over.filter(|_| is_title) {
            draft.caption.complete(over.caption);
            self.used_lines.extend(over.used);
        }
        if let Some(last) = drafts.last().filter(|last| last.may_have_half(&draft)) {
            let title = last.title.as_ref().map_or(String::new(), |title| title.text.clone());
            let place = sheet.row(piece.rows.start).first().map(Field::place);
            let found = Diagnostic::new(DiagnosticCode::TableHalf, [title]);
            self.diagnostics.push(place.into_iter().fold(found, Diagnostic::at));
        }
        drafts.push(draft);
        true
    }

    /// A title with its unit, of a table that comes nowhere. Without a unit it may be a heading or an entry of a list.
    fn report_cut_off(&mut self, cut_off: Option<CutOff>) {
        let Some(cut) = cut_off.filter(|cut| cut.caption.unit.is_some()) else { return };
        let found = Diagnostic::new(DiagnosticCode::TableWithoutFigures, [cut.title.text]).at(cut.title.place);
        self.diagnostics.push(found);
    }

    /// Cells of a table that nothing was made of.
    fn report_unused(&mut self, sheet: &Sheet<'_>, piece: &Piece) {
        let counters: HashSet<usize> = piece
            .header
            .columns
            .iter()
            .filter(|column| column.content == Content::Counter)
            .map(|column| column.first)
            .collect();
        for field in piece.rows.clone().flat_map(|row| sheet.row(row)) {
            // 行次 of rows without an entry
            if counters.contains(&field.column) {
                sheet::count(&field.text(), true, &mut self.ledger);
                continue;
            }
            field.count(&mut self.ledger);
            if field.used || matches!(field.cell.value, CellValue::Error(_)) {
                continue;
            }
            let text = field.text();
            let has_number = text.chars().any(|character| character.is_ascii_digit());
            let code = if has_number { DiagnosticCode::NumberNotUnderstood } else { DiagnosticCode::TextNotUnderstood };
            self.diagnostics.push(Diagnostic::new(code, [squeeze(&text)]).at(field.place()));
        }
    }

    /// Lines of text right below a grid that are notes of its last table.
    fn notes_below(&mut self, part: &Part<'_>, lines: &[&Line<'_>], drafts: &mut [Draft]) {
        let Some(draft) = drafts.last_mut() else { return };
        for index in part.behind.clone().take(LINES_AROUND) {
            let Some(line) = lines.get(index) else { return };
            let label = Label::new(squeeze(&line.text), line.place(0));
            let is_ended = |note: &Label| note.text.ends_with(['。', '；', ';']);
            if let Some(note) = draft.notes.last_mut().filter(|note| !is_ended(note))
                && self.used_lines.last() == Some(&index.wrapping_sub(1))
                && !Lexicon::begins_note(&label.text)
                && label.text.contains(['。', '，'])
            {
                // A note of two lines: 注：本表反映…结 / 转资金安排的实际支出。
                note.text.push_str(&label.text);
                self.used_lines.push(index);
                continue;
            }
            if !Lexicon::is_note(&label.text) {
                return;
            }
            if draft.declared_empty.is_none() && Lexicon::declares_empty(&label.text) {
                draft.declared_empty = Some(label);
            } else if Lexicon::begins_note(&label.text) {
                draft.notes.push(label);
            } else {
                return;
            }
            self.used_lines.push(index);
        }
    }

    /// A sheet of records.
    fn records(&mut self, sheet: &Sheet<'_>, records: Records, index: usize) {
        for (row, fields) in sheet.rows.iter().enumerate() {
            let passage =
                if records == Records::Texts && row > 0 { records::passage(sheet, row) } else { Passage::Restated };
            match (passage, fields.first()) {
                (Passage::Line(text), Some(first)) => self.line(text, row, index, first.place()),
                (Passage::Unread, _) => fields.iter().for_each(|field| field.count(&mut self.ledger)),
                _ if matches!(records, Records::Targets | Records::Indicators | Records::Funds) => self.listed(fields),
                _ => fields.iter().for_each(|field| sheet::count(&field.text(), true, &mut self.ledger)),
            }
        }
    }

    /// A row that is read already; what was not understood of it is reported.
    fn listed(&mut self, fields: &[Field<'_>]) {
        for field in fields {
            field.count(&mut self.ledger);
        }
        if let Some(first) = fields.iter().find(|field| !field.used) {
            let text = one_line(&first.text());
            self.diagnostics.push(Diagnostic::new(DiagnosticCode::TextNotUnderstood, [text]).at(first.place()));
        }
    }

    fn line(&mut self, text: String, row: usize, index: usize, place: Place) {
        let line = Line::new(text, index as u32 + 1, place.line());
        let before = self.before.get(index).copied().unwrap_or_default();
        self.prose.push((before, line.after_blank(true).page_start(row == 0).at(place)));
    }

    /// Rows outside of budget tables: performance targets in their printed form, and prose.
    fn outside(&mut self, sheet: &mut Sheet<'_>, rows: Range<usize>, index: usize) {
        if sheet.is_hidden() {
            // Nobody published it.
            let fields = sheet.rows.iter().take(rows.end).skip(rows.start).flatten();
            return fields.for_each(|field| field.count(&mut self.ledger));
        }
        let mut row = rows.start;
        let forms: Vec<Range<usize>> =
            self.forms.iter().filter(|(part, _)| *part == index).map(|(_, form)| form.clone()).collect();
        for form in forms.into_iter().filter(|form| form.start < rows.end && form.end > rows.start) {
            self.prose(sheet, row, form.start, index);
            for row in form.start.max(row)..form.end.min(rows.end) {
                self.listed(sheet.row(row));
            }
            row = form.end.max(row);
        }
        self.prose(sheet, row, rows.end, index);
    }

    /// Rows outside of tables as lines: one for each line of a cell that stands alone in its row, else one for each row.
    ///
    /// A list of contents only names what comes later; it is read, but no line is made of it.
    fn prose(&mut self, sheet: &Sheet<'_>, start: usize, end: usize, index: usize) {
        if sheet
            .rows
            .iter()
            .find(|fields| !fields.is_empty())
            .is_some_and(|fields| matches!(fields.as_slice(), [title] if around::CONTENTS.contains(&title.folded)))
        {
            for field in sheet.rows.iter().take(end).skip(start).flatten() {
                sheet::count(&field.text(), true, &mut self.ledger);
            }
            return;
        }
        // The first row of a sheet of text names its part of the form.
        let first_row = if start == 0 { (0..end).find(|row| !sheet.row(*row).is_empty()) } else { None };
        let mut heading = first_row.and_then(|row| match (sheet.row(row), self.layout) {
            ([title], Some(layout)) => Some((row, heading::of_sheet(title, layout)?)),
            _ => None,
        });
        for row in start..end {
            let fields = sheet.row(row);
            let Some(first) = fields.first() else { continue };
            let part = heading.take_if(|(at, _)| *at == row);
            let texts = match (fields, part) {
                (_, Some((_, heading))) => vec![heading],
                ([field], _) => field.text().lines().map(str::to_owned).collect(),
                (fields, _) => vec![fields.iter().map(|field| one_line(&field.text())).collect::<Vec<_>>().join(" ")],
            };
            for text in texts.into_iter().filter(|text| !text.chars().all(is_space)) {
                self.line(text, row, index, first.place());
            }
        }
    }

    /// Fills in what only all tables together tell.
    fn finish(&mut self, drafts: Vec<Draft>, layouts: &'l LayoutSet) {
        let choice = naming::choose(&drafts, layouts, self.year);
        self.layout = choice.layout;
        self.uncertain = choice.is_uncertain;
        let usual = self.layout.map_or(Unit::Unknown, |layout| layout.unit.clone());
        let year = self.year;
        let mut made: Vec<Made<'l>> = drafts
            .into_iter()
            .zip(&choice.namings)
            .map(|(draft, naming)| {
                let usual = naming.as_ref().map_or(&usual, |naming| &naming.layout.unit);
                table::make(draft, naming.as_ref(), usual, year)
            })
            .collect();
        for made in &mut made {
            let is_single = made.form.is_some_and(|form| form.shape == Shape::SingleRow);
            if is_single && made.table.rows.is_empty() {
                // The form prints one row without a name; here nothing was filled in.
                made.table.rows.push(Row::new(Role::Total, Label::new("", made.table.title.place)));
            }
            let unknown: Vec<String> = made
                .table
                .columns
                .iter()
                // What 数量 counts is no money, and no word nobody knows.
                .filter(|column| {
                    column.meaning == Meaning::Unknown && !Lexicon::leaf(&fold(&column.label)).is_quantity()
                })
                .map(|column| column.label.clone())
                .collect();
            if !unknown.is_empty() {
                let arguments = [made.table.title.text.clone(), unknown.join("、"), unknown.len().to_string()];
                self.diagnostics
                    .push(Diagnostic::new(DiagnosticCode::ColumnUnknown, arguments).at(made.table.title.place));
            }
        }
        decimals::restore(made.iter_mut().map(|made| decimals::Decimals {
            unit: &made.table.unit,
            rows: &mut made.table.rows,
            shown: made.shows_decimals,
        }));
        units::settle(&mut made);
        let printed = sums::Printed::of(made.iter().map(|made| &made.table));
        for (index, made) in made.iter_mut().enumerate().filter(|(_, made)| made.form.is_none()) {
            let (columns, rows) = &made.panels;
            sums::establish_columns(&mut made.table, index, columns, &printed);
            sums::establish_rows(&mut made.table, index, rows, &printed);
            super::meaning::below_units(&mut made.table);
        }
        let mut units: HashSet<String> = HashSet::new();
        for made in &made {
            units.extend(made.table.compiler.iter().map(|label| label.text.clone()));
            units.extend(made.table.rows.iter().filter(|row| row.role == Role::Unit).map(|row| row.label.text.clone()));
        }
        let rows: usize = made.iter().map(|made| made.table.rows.len()).sum();
        let mut work = Work::of(ROW_BYTES * rows);
        let is_unit = |name: &str| units.contains(name);
        for made in &mut made {
            let Some(form) = made.form else { continue };
            let first = |row: &Row| row.cells.first().map(|cell| cell.amount.value);
            let first_figure: Vec<_> = made.table.rows.iter().map(first).collect();
            let (title, rows) = (&made.table.title, &mut made.table.rows);
            let diagnostics = &mut self.diagnostics;
            hierarchy::assign_parts(form, rows, &is_unit, &first_figure, title, &mut work, diagnostics);
        }
        for made in made.iter_mut().filter(|made| made.is_set_by_blanks) {
            self.is_set_by_blanks = true;
            verdict::give(&mut made.table, made.words.as_ref(), &mut self.diagnostics);
        }
        self.named = made.iter().map(|made| made.form.is_some()).collect();
        self.tables = made.into_iter().map(|made| made.table).collect();
    }
}

/// Whether a row is the sentence that declares a table empty.
fn is_declared_empty(sheet: &Sheet<'_>, row: usize) -> bool {
    matches!(sheet.row(row), [field] if Lexicon::is_note(&field.folded) && Lexicon::declares_empty(&field.folded))
}

/// Whether at least two words of a header are known; other grids are charts, lists, letters in boxes.
fn has_known_words(piece: &Piece) -> bool {
    const FEW: usize = 2;
    let words: HashSet<String> = piece.header.columns.iter().flat_map(|column| column.folded_path()).collect();
    words.iter().filter(|word| Lexicon::is_header_word(word)).take(FEW).count() == FEW
}

/// The year that the titles and headings of sheets name.
fn years<'s, 'g: 's>(sheets: impl Iterator<Item = &'s Sheet<'g>>) -> Option<u16> {
    let mut years = Years::default();
    for fields in sheets.flat_map(|sheet| &sheet.rows) {
        fields.iter().for_each(|field| years.add(&field.text(), false, fields.len() == 1));
    }
    years.most()
}

/// What a row is counted as where work is measured by the length of a text.
const ROW_BYTES: usize = 32;

/// The parts that are not hidden.
fn visible<'p, 'g>(parts: &'p [Part<'g>]) -> impl Iterator<Item = &'p Part<'g>> {
    parts.iter().filter(|part| !part.sheet.is_hidden())
}

/// A text of several lines as one.
fn one_line(text: &str) -> String {
    text.lines().map(|line| line.trim_matches(is_space)).collect()
}
