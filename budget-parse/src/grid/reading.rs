//! From grids to tables and lines.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use budget_model::{
    Aspect, Diagnostic, DiagnosticCode, Doubts, Label, Ledger, PerformanceTable, Place, Role, Row, Table,
};

use super::around::{Above, LINES_AROUND, Part, above};
use super::caption::{self, Caption};
use super::header::{Content, Header};
use super::records::{self, Passage, Records};
use super::region::{self, Region};
use super::sheet::{Field, Sheet};
use super::{body, heading, performance, sheet, targets, year};
use crate::layout::{Layout, LayoutSet, Shape, TableForm};
use crate::raw::{Block, CellValue, Line};
use crate::table::{declares_empty, hierarchy};
use crate::text::{is_space, squeeze};
use crate::work::Work;

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
    /// The performance targets, those that are listed as records first.
    pub(crate) performance: Vec<PerformanceTable>,
    /// The text of cells that belong to no table, in document order.
    pub(crate) prose: Vec<Line<'static>>,
    /// Indices, among the lines of the document, of those that are titles, captions or notes of a grid, in order.
    pub(crate) used_lines: Vec<usize>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Cells of tables, read and unread, and the used lines. What is in `prose` is not counted here.
    pub(crate) ledger: Ledger,
}

/// Reads the grids of a document.
pub(crate) fn read<'l>(blocks: &[Block<'_>], layouts: &'l LayoutSet, year: Option<u16>) -> GridReading<'l> {
    let lines: Vec<&Line<'_>> =
        blocks.iter().filter_map(|block| if let Block::Line(line) = block { Some(line) } else { None }).collect();
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
        GridReading { year: year::read(visible(&parts).map(|part| &part.sheet)).or(year), ..GridReading::default() };
    reading.choose_layout(&parts, &lines, layouts);
    let sheets = parts.iter_mut().map(|part| &mut part.sheet).filter(|sheet| !sheet.is_hidden());
    reading.performance = performance::read(sheets, &mut reading.diagnostics);
    let mut drafts: Vec<Draft<'l>> = Vec::new();
    for (index, part) in parts.iter_mut().enumerate() {
        reading.error_cells(&part.sheet);
        reading.part(part, index, &lines, &mut drafts);
    }
    reading.finish(drafts);
    reading.used_lines.sort_unstable();
    for line in reading.used_lines.iter().filter_map(|index| lines.get(*index)) {
        sheet::count(&line.text, true, &mut reading.ledger);
    }
    reading
}

/// A table that may go on in the next grid.
struct Draft<'l> {
    form: &'l TableForm,
    table: Table,
    header: Option<Header>,
    /// The grid it was last found in.
    part: usize,
    /// Whether the reader knew how its numbers are shown.
    shows_decimals: bool,
    /// Whether it has no title and header of its own, or says that it goes on from another page.
    goes_on: bool,
    /// Whether it stands in a hidden sheet: a copy of last year, a draft.
    is_hidden: bool,
}

impl<'l> GridReading<'l> {
    /// The layout whose titles and header words are found most often; the right year decides between equals.
    fn choose_layout(&mut self, parts: &[Part<'_>], lines: &[&Line<'_>], layouts: &'l LayoutSet) {
        let mut best: Option<(i64, &'l Layout)> = None;
        for layout in layouts.layouts() {
            let mut score = 0;
            for part in visible(parts) {
                if records::kind(&part.sheet).is_some() {
                    continue;
                }
                let above = above(part, lines);
                let named = above.title.as_ref().and_then(|(title, _)| caption::title(title, layout));
                for region in regions(&part.sheet, layout, &above) {
                    let columns = layout.tables.get(region.form).map_or(1, |form| form.columns.len()).max(1) as i64;
                    let found = region.header.as_ref().map_or(0, |header| header.figure_columns() as i64);
                    let fit = region.header.as_ref().map_or(0, |header| header.fit);
                    // A title that is known says more than a header that fits.
                    let is_named = region.title.is_some() || named == Some(region.form);
                    let title = if is_named { 100_000 } else { 50_000 };
                    score += title + 100_000 * found / columns + fit.min(10_000);
                }
            }
            if score > 0 && self.year.is_some_and(|year| (layout.years.0..=layout.years.1).contains(&year)) {
                score += 1;
            }
            match best {
                _ if score == 0 => {}
                Some((other, best)) if score == other => self.uncertain |= !layout.reads_like(best),
                Some((other, _)) if score < other => {}
                _ => {
                    self.uncertain = false;
                    best = Some((score, layout));
                }
            }
        }
        self.layout = best.map(|(_, layout)| layout);
    }

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
    fn part(&mut self, part: &mut Part<'_>, index: usize, lines: &[&Line<'_>], drafts: &mut Vec<Draft<'l>>) {
        let is_hidden = part.sheet.is_hidden();
        if let Some(records) = records::kind(&part.sheet).filter(|_| !is_hidden) {
            return self.records(&part.sheet, records, index);
        }
        let rows = part.sheet.rows.len();
        let Some(layout) = self.layout else { return self.outside(&mut part.sheet, 0..rows, index) };
        let above = above(part, lines);
        let mut found = regions(&part.sheet, layout, &above);
        let last =
            drafts.last().filter(|draft| found.is_empty() && draft.part + 1 == index && draft.is_hidden == is_hidden);
        let goes_on = last.and_then(|draft| draft.header.clone().zip(Some(draft.form)));
        if let Some((header, form)) = goes_on
            && region::goes_on_below(&part.sheet, &header)
        {
            let header = Header { body: 0, rows: Vec::new(), captions: Vec::new(), ..header };
            let form = layout.tables.iter().position(|other| std::ptr::eq(other, form)).unwrap_or_default();
            found.push(Region { form, title: None, start: 0, end: rows, header: Some(header) });
        }
        let mut row = 0;
        for region in &found {
            self.outside(&mut part.sheet, row..region.start, index);
            row = region.end;
            let Some(form) = layout.tables.get(region.form) else { continue };
            let draft = self.table(&mut part.sheet, layout, form, region, &above);
            self.add(Draft { part: index, is_hidden, ..draft }, drafts);
        }
        self.outside(&mut part.sheet, row..rows, index);
        if !found.is_empty() {
            self.used_lines.extend(above.used.clone());
            self.notes_below(part, lines, drafts);
        }
    }

    /// Reads one table.
    fn table(
        &mut self,
        sheet: &mut Sheet<'_>,
        layout: &'l Layout,
        form: &'l TableForm,
        region: &Region,
        above: &Above,
    ) -> Draft<'l> {
        let mut caption = Caption::default();
        let title_row = region.title.map_or(region.start, |(row, _)| row);
        let rows_above = region.start..title_row;
        let captions = region.header.iter().flat_map(|header| &header.captions).copied();
        for row in rows_above.chain(captions).collect::<Vec<_>>() {
            if let Some(read) = caption::read(sheet.row(row)) {
                caption.complete(read);
                sheet.take_row(row);
            }
        }
        let title = region.title.and_then(|(row, column)| sheet.at(row, column).map(Field::label));
        if let Some((row, column)) = region.title {
            // 表1 or 单位：万元 may stand next to the title.
            for at in sheet.row(row).iter().map(|field| field.column).collect::<Vec<_>>() {
                let beside = sheet
                    .row(row)
                    .iter()
                    .find(|field| field.column == at)
                    .and_then(|field| caption::read(std::slice::from_ref(field)));
                if at == column || beside.is_some() {
                    sheet.take(row, at);
                }
                caption.complete(beside.unwrap_or_default());
            }
        }
        let body = match &region.header {
            Some(header) => {
                take_header(sheet, header);
                body::read(sheet, header, region.end, form)
            }
            None => {
                let header = Header::without_columns(title_row + 1);
                body::read(sheet, &header, region.end, form)
            }
        };
        if let Some(title) = title.as_ref().or(above.title.as_ref().map(|(_, title)| title)) {
            caption.complete(caption::of_title(title));
        }
        caption.complete(body.caption.clone());
        caption.complete(above.caption.clone());
        if let Some(header) = &region.header {
            caption.unit = caption.unit.or(header.unit.clone());
        }
        let first_place = sheet.rows.iter().skip(region.start).flatten().map(Field::place).next();
        let title = title.or(above.title.as_ref().map(|(_, title)| title.clone())).unwrap_or_else(|| {
            let name = form.titles.first().cloned().unwrap_or_default();
            Label::new(name, first_place.unwrap_or(Place::Cell { sheet: 0, row: 1, column: 1 }))
        });
        self.report_table(sheet, region, form, &title);
        let assumed = form.unit.clone().unwrap_or_else(|| layout.unit.clone());
        let (unit, unit_place) = caption.unit.map_or((assumed, None), |(unit, place)| (unit, Some(place)));
        let mut body = body;
        // 408.04元 in a table in 万元 is not what it should be, whichever of both is.
        let stated = body.stated_units.iter().filter(|(_, own)| *own != unit);
        let other_unit: HashSet<Place> = stated.map(|(place, _)| *place).collect();
        for cell in body.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if other_unit.contains(&cell.amount.place) {
                cell.doubts.add(Aspect::Value);
            }
        }
        let mut table = Table::new(form.kind, title);
        table.number = caption.number;
        table.compiler = caption.compiler;
        table.unit = unit;
        table.unit_place = unit_place;
        table.dimensions = form.dimensions;
        table.columns.clone_from(&form.columns);
        table.rows = body.rows;
        table.declared_empty = body.declared_empty;
        table.notes = body.notes;
        table.doubts = form_doubts(region.header.as_ref(), form);
        let header = region.header.clone();
        let goes_on = caption::is_continued(&table.title)
            || (region.title.is_none() && header.as_ref().is_some_and(|header| header.rows.is_empty()));
        Draft { form, table, header, part: 0, shows_decimals: body.shows_decimals, goes_on, is_hidden: false }
    }

    /// What the form has and the grid has not, what the grid has and the form has not, and cells nothing was made of.
    fn report_table(&mut self, sheet: &Sheet<'_>, region: &Region, form: &TableForm, title: &Label) {
        let other: HashSet<usize> = region
            .header
            .iter()
            .flat_map(|header| &header.columns)
            .filter(|column| column.content == Content::Other)
            .map(|column| column.at)
            .collect();
        if let Some(header) = &region.header {
            if header.figure_columns() != form.columns.len() {
                let counts = [title.text.clone(), header.figure_columns().to_string(), form.columns.len().to_string()];
                self.diagnostics.push(Diagnostic::new(DiagnosticCode::ColumnCountDiffers, counts).at(title.place));
            }
            for column in header.columns.iter().filter(|column| column.content == Content::Other) {
                let cells = (header.body..region.end)
                    .filter(|row| sheet.at(*row, column.at).is_some_and(|field| !field.used))
                    .count();
                let arguments = [title.text.clone(), column.label.text.clone(), cells.to_string()];
                self.diagnostics.push(Diagnostic::new(DiagnosticCode::ColumnUnknown, arguments).at(column.label.place));
            }
        }
        for field in (region.start..region.end).flat_map(|row| sheet.row(row)) {
            field.count(&mut self.ledger);
            if field.used || other.contains(&field.column) || matches!(field.cell.value, CellValue::Error(_)) {
                continue;
            }
            let text = field.text();
            let has_number = text.chars().any(|character| character.is_ascii_digit());
            let code = if has_number { DiagnosticCode::NumberNotUnderstood } else { DiagnosticCode::TextNotUnderstood };
            self.diagnostics.push(Diagnostic::new(code, [squeeze(&text)]).at(field.place()));
        }
    }

    /// Adds a table, or its rows to the table before, if it is the rest of it.
    fn add(&self, mut draft: Draft<'l>, drafts: &mut Vec<Draft<'l>>) {
        if draft.is_hidden {
            draft.table.doubts.add(Aspect::Table);
        }
        let has_total = |table: &Table| table.rows.iter().any(|row| row.role == Role::Total);
        let name = |table: &Table| table.compiler.as_ref().map(|label| label.text.clone());
        if let Some(last) = drafts.last_mut()
            && last.table.kind == draft.table.kind
            && last.is_hidden == draft.is_hidden
            && !matches!(last.form.shape, Shape::SingleRow)
            && !last.table.rows.is_empty()
            && !draft.table.rows.is_empty()
            && (draft.goes_on || !(has_total(&last.table) && has_total(&draft.table)))
            && (name(&last.table) == name(&draft.table) || name(&last.table).is_none() || name(&draft.table).is_none())
        {
            last.part = draft.part;
            last.shows_decimals |= draft.shows_decimals;
            last.table.rows.extend(draft.table.rows);
            last.table.notes.extend(draft.table.notes);
            last.table.compiler = last.table.compiler.take().or(draft.table.compiler);
            last.table.declared_empty = last.table.declared_empty.take().or(draft.table.declared_empty);
            last.header = draft.header.or(last.header.take());
            if last.table.unit_place.is_none() && draft.table.unit_place.is_some() {
                last.table.unit = draft.table.unit;
                last.table.unit_place = draft.table.unit_place;
            }
        } else {
            drafts.push(draft);
        }
    }

    /// Lines of text right below a grid that are notes of its last table.
    fn notes_below(&mut self, part: &Part<'_>, lines: &[&Line<'_>], drafts: &mut [Draft<'l>]) {
        let Some(draft) = drafts.last_mut() else { return };
        for index in part.behind.clone().take(LINES_AROUND) {
            let Some(line) = lines.get(index) else { return };
            let label = Label::new(squeeze(&line.text), line.place(0));
            if !body::is_note(&label.text) {
                return;
            }
            if draft.table.declared_empty.is_none() && declares_empty(&label.text) {
                draft.table.declared_empty = Some(label);
            } else if ["备注", "注"].iter().any(|word| label.text.starts_with(word)) {
                draft.table.notes.push(label);
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
                _ if matches!(records, Records::Targets | Records::Indicators) => self.listed(fields),
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
        self.prose.push(Line {
            text: Cow::Owned(text),
            page: index as u32 + 1,
            number: place.line(),
            after_blank: true,
            page_start: row == 0,
            cell: Some(place),
        });
    }

    /// Rows outside of budget tables: performance targets in their printed form, and prose.
    fn outside(&mut self, sheet: &mut Sheet<'_>, rows: Range<usize>, index: usize) {
        if sheet.is_hidden() {
            // Nobody published it.
            let fields = sheet.rows.iter().take(rows.end).skip(rows.start).flatten();
            return fields.for_each(|field| field.count(&mut self.ledger));
        }
        let mut row = rows.start;
        for form in targets::find(sheet, rows.clone()) {
            let Some((table, behind)) = targets::read(sheet, form.clone(), &mut self.diagnostics) else { continue };
            self.prose(sheet, row, form.start, index);
            for row in form.start..behind {
                self.listed(sheet.row(row));
            }
            self.performance.push(table);
            row = behind;
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
            .is_some_and(|fields| matches!(fields.as_slice(), [title] if title.folded == "目录"))
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
    fn finish(&mut self, mut drafts: Vec<Draft<'l>>) {
        for draft in &mut drafts {
            if draft.form.shape == Shape::SingleRow && draft.table.rows.is_empty() {
                // The form prints one row without a name; here nothing was filled in.
                draft.table.rows.push(Row::new(Role::Total, Label::new("", draft.table.title.place)));
            }
        }
        body::restore_decimals(drafts.iter_mut().map(|draft| body::Decimals {
            unit: &draft.table.unit,
            rows: &mut draft.table.rows,
            shown: draft.shows_decimals,
        }));
        let mut units: HashSet<String> = HashSet::new();
        for draft in &drafts {
            units.extend(draft.table.compiler.iter().map(|label| label.text.clone()));
            units
                .extend(draft.table.rows.iter().filter(|row| row.role == Role::Unit).map(|row| row.label.text.clone()));
        }
        let rows: usize = drafts.iter().map(|draft| draft.table.rows.len()).sum();
        let mut work = Work::of(ROW_BYTES * rows);
        let is_unit = |name: &str| units.contains(name);
        for draft in &mut drafts {
            let first = |row: &Row| row.cells.first().map(|cell| cell.amount.value);
            let first_figure: Vec<_> = draft.table.rows.iter().map(first).collect();
            let (title, rows) = (&draft.table.title, &mut draft.table.rows);
            let diagnostics = &mut self.diagnostics;
            hierarchy::assign_parts(draft.form, rows, &is_unit, &first_figure, title, &mut work, diagnostics);
        }
        self.tables = drafts.into_iter().map(|draft| draft.table).collect();
    }
}

/// What a row is counted as where work is measured by the length of a text.
const ROW_BYTES: usize = 32;

/// The parts that are not hidden.
fn visible<'p, 'g>(parts: &'p [Part<'g>]) -> impl Iterator<Item = &'p Part<'g>> {
    parts.iter().filter(|part| !part.sheet.is_hidden())
}

/// The tables of a grid under a layout.
fn regions(sheet: &Sheet<'_>, layout: &Layout, above: &Above) -> Vec<Region> {
    let found = region::find(sheet, layout);
    if !found.is_empty() {
        return found;
    }
    let named = above.title.as_ref().and_then(|(title, _)| caption::title(title, layout));
    let by_name = named.and_then(|form| region::of_form(sheet, layout, form));
    by_name.or_else(|| region::by_header(sheet, layout)).into_iter().collect()
}

/// A header that has not all columns of the form, or others beside them, may be that of another form, in which the same
/// words mean other money: 合计 and 基本支出 above last year's figures.
fn form_doubts(header: Option<&Header>, form: &TableForm) -> Doubts {
    let is_strange = |header: &Header| {
        header.figure_columns() != form.columns.len()
            || header
                .columns
                .iter()
                .any(|column| column.content == Content::Other && !body::is_counter(&column.label.text))
    };
    if header.is_some_and(is_strange) { Doubts::of(Aspect::Table) } else { Doubts::NONE }
}

/// The words of a header are read, but those of columns that the form does not have.
fn take_header(sheet: &mut Sheet<'_>, header: &Header) {
    let unknown: HashSet<Place> = header
        .columns
        .iter()
        .filter(|column| column.content == Content::Other)
        .map(|column| column.label.place)
        .collect();
    for row in &header.rows {
        let known: Vec<usize> = sheet
            .row(*row)
            .iter()
            .filter(|field| !unknown.contains(&field.place()))
            .map(|field| field.column)
            .collect();
        for column in known {
            sheet.take(*row, column);
        }
    }
}

/// A text of several lines as one.
fn one_line(text: &str) -> String {
    text.lines().map(|line| line.trim_matches(is_space)).collect()
}
