//! A budget table as the official form prints it.

use std::collections::HashSet;

use budget_model::{
    Aspect, Cell, Classification, Column, Doubts, FigureRef, Placement, Role, Row, Scope, Side, Table, TableKind,
};
use rust_xlsxwriter::XlsxError;

use super::annotated::Notes;
use super::page::{Area, Page};
use crate::OmissionKind;

/// Levels of header words that are shown; a real form has three.
const MOST_LEVELS: usize = 6;

/// A grid of rows below a header. A table that shows revenue and expenditure next to each other has two, any other one.
struct Block<'t> {
    /// 收入 or 支出, above the header.
    title: Option<&'static str>,
    left: u16,
    /// 类, 款, 项: how many of them have a column of their own.
    code_levels: u16,
    /// Header of the code columns.
    code_title: &'static str,
    /// Header of the names.
    name_title: &'static str,
    /// Whether there is a column of names of units.
    unit: bool,
    /// Whether there is a column of project names.
    project: bool,
    /// Columns of words, by index, with their header words.
    texts: Vec<(u16, &'t [String])>,
    /// Columns of figures, by index.
    columns: Vec<(u16, &'t Column)>,
    /// A gap stands for a row that only the other block has.
    rows: Vec<Option<Numbered<'t>>>,
}

/// A row and its index in the table.
type Numbered<'t> = (u32, &'t Row);

impl Block<'_> {
    fn name_column(&self) -> u16 {
        self.left + self.code_levels
    }

    fn unit_column(&self) -> Option<u16> {
        self.unit.then(|| self.name_column() + 1)
    }

    fn project_column(&self) -> Option<u16> {
        self.project.then(|| self.name_column() + 1 + u16::from(self.unit))
    }

    fn first_text(&self) -> u16 {
        self.name_column() + 1 + u16::from(self.unit) + u16::from(self.project)
    }

    fn first_figure(&self) -> u16 {
        self.first_text().saturating_add(self.texts.len() as u16)
    }

    /// The column behind the block.
    fn end(&self) -> u16 {
        self.first_figure().saturating_add(self.columns.len() as u16)
    }

    fn header_levels(&self) -> usize {
        let texts = self.texts.iter().map(|(_, header)| header.len());
        let figures =
            self.columns.iter().map(|(_, column)| levels(column.path()).len()).chain(texts).max().unwrap_or(1);
        let codes = if self.code_levels > 0 { 2 } else { 1 };
        figures.max(codes) + usize::from(self.title.is_some())
    }
}

/// The header words of a column that are shown, top to bottom.
fn levels(path: &[String]) -> &[String] {
    path.get(path.len().saturating_sub(MOST_LEVELS)..).unwrap_or(path)
}

/// Writes the sheet of a table.
pub(super) fn write(
    page: &mut Page<'_>,
    table: &Table,
    number: u32,
    scope: Scope,
    notes: &Notes,
) -> Result<(), XlsxError> {
    let notes = |row, column| notes.of(FigureRef { table: number, row, column });
    if table.columns.len() + table.text_columns.len() > usize::from(u16::MAX) - 8 {
        return Err(XlsxError::RowColumnLimitError);
    }
    let blocks = blocks(page, table);
    let last = blocks.last().map_or(0, |block| block.end().saturating_sub(1));
    let across = |row: u32| Area { right: last, ..Area::cell(row, 0) };

    let styles = page.styles;
    if let Some(number) = &table.number {
        page.text(across(0), &number.text, &styles.left)?;
    }
    page.text(across(1), &table.title.text, &styles.title)?;
    page.heighten(1, 30);
    unit_line(page, table, scope, last)?;

    let top = 3;
    let depth = blocks.iter().map(Block::header_levels).max().unwrap_or(1) as u32;
    for block in &blocks {
        header(page, block, top, top + depth - 1)?;
    }
    let mut row = top + depth;
    // Only tables with one block number their columns.
    if let [block] = blocks.as_slice() {
        number_columns(page, block, row)?;
        row += 1;
    }
    let freeze = match blocks.as_slice() {
        [block] if block.columns.len() > 4 => block.first_figure(),
        _ => 0,
    };
    page.header_ends(row, freeze)?;

    let count = blocks.iter().map(|block| block.rows.len()).max().unwrap_or(0);
    let coded = blocks.iter().filter(|block| block.code_levels > 0 && !block.rows.is_empty());
    for block in coded {
        let bottom = row + block.rows.len() as u32 - 1;
        page.digits_are_text(Area { right: block.name_column() - 1, bottom, ..Area::cell(row, block.left) })?;
    }
    for index in 0..count {
        for block in &blocks {
            write_row(page, table, block, row, block.rows.get(index).copied().flatten(), notes)?;
        }
        row += 1;
    }
    if let Some(sentence) = &table.declared_empty {
        page.text(across(row), &sentence.text, &styles.sentence)?;
        row += 1;
    }
    for note in &table.notes {
        page.text(across(row), &note.text, &styles.left)?;
        row += 1;
    }
    Ok(())
}

fn unit_line(page: &mut Page<'_>, table: &Table, scope: Scope, last: u16) -> Result<(), XlsxError> {
    let title = match scope {
        Scope::Department => "编制部门：",
        Scope::Unit | Scope::Own => "编制单位：",
    };
    let compiler = table.compiler.as_ref().map_or_else(String::new, |label| format!("{title}{}", label.text));
    let unit = format!("单位：{}", table.unit);
    let styles = page.styles;
    match last.checked_sub(1) {
        None => page.text(Area::cell(2, 0), &format!("{compiler}　{unit}"), &styles.left),
        Some(middle) => {
            // The unit needs about as much room as one column of figures.
            page.text(Area { right: middle, ..Area::cell(2, 0) }, &compiler, &styles.left)?;
            page.text(Area::cell(2, last), &unit, &styles.right)
        }
    }
}

/// Divides a table into its blocks.
fn blocks<'t>(page: &mut Page<'_>, table: &'t Table) -> Vec<Block<'t>> {
    let columns: Vec<_> = (0..).zip(&table.columns).collect();
    // A table that shows both sides has no rows of either where it is empty.
    let two_sided = match table.rows.as_slice() {
        [] => matches!(table.kind, TableKind::Overview | TableKind::Appropriation),
        rows => rows.iter().any(|row| row.side.is_some()),
    };
    if !two_sided {
        return vec![single(table, columns)];
    }
    page.report.omit(OmissionKind::RowWithoutSide, table.rows.iter().filter(|row| row.side.is_none()).count());
    let (right, left): (Vec<_>, Vec<_>) =
        (0..).zip(&table.rows).partition(|(_, row)| row.side == Some(Side::Expenditure));
    // The revenue side shows only the columns it uses: 合计, where expenditure is divided by kind of budget.
    let used: HashSet<u16> = left.iter().flat_map(|(_, row)| &row.cells).map(|cell| cell.column).collect();
    let revenue_columns: Vec<_> =
        columns.iter().filter(|(index, _)| *index == 0 || used.contains(index)).copied().collect();
    let (left, right) = level_totals(left, right);
    let titles = match table.kind {
        TableKind::Appropriation => ["财政拨款收入", "财政拨款支出"],
        _ => ["收入", "支出"],
    };
    let side = |title, left, name_title, columns, rows: Vec<Option<Numbered<'t>>>| {
        let words = Words::of(table, rows.iter().flatten().map(|(_, row)| *row));
        let Words { unit, project, texts } = words;
        Block {
            title: Some(title),
            left,
            code_levels: 0,
            code_title: "",
            name_title,
            unit,
            project,
            texts,
            columns,
            rows,
        }
    };
    let [revenue_title, expenditure_title] = titles;
    let revenue = side(revenue_title, 0, "项目", revenue_columns, left);
    let expenditure = side(expenditure_title, revenue.end(), "功能分类", columns, right);
    vec![revenue, expenditure]
}

fn single<'t>(table: &'t Table, columns: Vec<(u16, &'t Column)>) -> Block<'t> {
    let deepest = table.rows.iter().filter_map(|row| row.code).map(|code| code_parts(&code.to_string()).len()).max();
    let (code_title, named) = match table.classification {
        Classification::Economic => ("经济分类科目编码", "经济分类科目名称"),
        Classification::GovernmentEconomic => ("政府预算支出经济分类科目编码", "政府预算支出经济分类科目名称"),
        _ => ("功能分类科目编码", "功能分类科目名称"),
    };
    let (code_levels, code_title, name_title) = match table.kind {
        TableKind::GeneralBasic => (deepest.unwrap_or(0).max(2), code_title, named),
        TableKind::ThreePublic => (deepest.unwrap_or(0), "科目编码", "“三公”经费支出内容"),
        TableKind::Carryover => (deepest.unwrap_or(0), "科目编码", "项目"),
        TableKind::Income
        | TableKind::Expenditure
        | TableKind::General
        | TableKind::GeneralProject
        | TableKind::Fund
        | TableKind::StateCapital => (3, code_title, named),
        _ => (deepest.unwrap_or(0), code_title, if deepest.is_some() { named } else { "项目" }),
    };
    let Words { unit, project, texts } = Words::of(table, table.rows.iter());
    Block {
        title: None,
        left: 0,
        code_levels: code_levels as u16,
        code_title,
        name_title,
        unit,
        project: project || table.kind == TableKind::GeneralProject,
        texts,
        columns,
        rows: (0..).zip(&table.rows).map(Some).collect(),
    }
}

/// The columns of words that rows fill besides code and name.
struct Words<'t> {
    unit: bool,
    project: bool,
    texts: Vec<(u16, &'t [String])>,
}

impl<'t> Words<'t> {
    fn of(table: &'t Table, rows: impl Iterator<Item = &'t Row>) -> Self {
        let mut words = Self { unit: false, project: false, texts: Vec::new() };
        let mut used = HashSet::new();
        for row in rows {
            words.unit |= row.unit.is_some();
            words.project |= row.project.is_some();
            used.extend(row.texts.iter().map(|text| text.column));
        }
        // A column that no row fills is printed all the same, where the table has one block of rows. Beside codes it is most
        // likely one of the columns of codes and names, which the form prints anyway.
        let is_bare = table.rows.iter().all(|row| row.side.is_none() && row.code.is_none());
        let is_shown = |column: &u16| used.contains(column) || is_bare;
        let texts = (0..).zip(&table.text_columns).filter(|(column, _)| is_shown(column));
        words.texts = texts.map(|(column, text)| (column, levels(&text.header))).collect();
        words
    }
}

/// Both totals stand in the last row, as on the form: a gap comes before the total of the shorter side.
fn level_totals<'t>(
    left: Vec<Numbered<'t>>,
    right: Vec<Numbered<'t>>,
) -> (Vec<Option<Numbered<'t>>>, Vec<Option<Numbered<'t>>>) {
    let ends_in_total = |rows: &[Numbered<'_>]| rows.last().is_some_and(|(_, row)| row.role == Role::Total);
    let height = if ends_in_total(&left) && ends_in_total(&right) { left.len().max(right.len()) } else { 0 };
    let stretch = |rows: Vec<Numbered<'t>>| {
        let gap = height.saturating_sub(rows.len());
        let mut rows: Vec<_> = rows.into_iter().map(Some).collect();
        if gap > 0 {
            let total = rows.pop().flatten();
            rows.resize(height - 1, None);
            rows.push(total);
        }
        rows
    };
    (stretch(left), stretch(right))
}

/// 2101599 as 210, 15, 99.
fn code_parts(digits: &str) -> Vec<&str> {
    [0..3, 3..5, 5..7].into_iter().filter_map(|range| digits.get(range)).collect()
}

fn header(page: &mut Page<'_>, block: &Block<'_>, top: u32, bottom: u32) -> Result<(), XlsxError> {
    let format = &page.styles.header;
    let mut top = top;
    let last = block.end().saturating_sub(1);
    if let Some(title) = block.title {
        page.text(Area { top, left: block.left, bottom: top, right: last }, title, format)?;
        top += 1;
    }
    if block.code_levels > 0 {
        let right = block.name_column() - 1;
        page.text(Area { top, left: block.left, bottom: bottom - 1, right }, block.code_title, format)?;
        for (column, level) in (block.left..=right).zip(["类", "款", "项"]) {
            page.text(Area::cell(bottom, column), level, format)?;
            page.widen(column, 5);
        }
    }
    let down = |column: u16| Area { top, bottom, ..Area::cell(top, column) };
    page.text(down(block.name_column()), block.name_title, format)?;
    page.fit(block.name_column(), block.name_title, 0, 20, 44);
    for (column, title) in [(block.unit_column(), "单位名称"), (block.project_column(), "项目名称")] {
        if let Some(column) = column {
            page.text(down(column), title, format)?;
            page.widen(column, 20);
        }
    }
    let texts: Vec<_> = (block.first_text()..).zip(block.texts.iter().map(|(_, header)| *header)).collect();
    header_words(page, &texts, top, bottom)?;
    let figures: Vec<_> =
        (block.first_figure()..).zip(block.columns.iter().map(|(_, column)| levels(column.path()))).collect();
    header_words(page, &figures, top, bottom)
}

/// Adjacent columns that share their leading words share a cell; the last word of a column reaches down to the bottom.
fn header_words(page: &mut Page<'_>, words: &[(u16, &[String])], top: u32, bottom: u32) -> Result<(), XlsxError> {
    let format = &page.styles.header;
    for (level, row) in (top..=bottom).enumerate() {
        let mut rest = words;
        while let Some(((column, levels), others)) = rest.split_first() {
            rest = others;
            let Some(word) = levels.get(level) else { continue };
            if level + 1 == levels.len() {
                page.text(Area { bottom, ..Area::cell(row, *column) }, word, format)?;
                // Long words are wrapped, into four lines or so.
                page.fit(*column, word, 0, 12, 14);
                continue;
            }
            let shares = |(_, other): &(u16, &[String])| {
                other.len() > level + 1 && other.starts_with(levels.get(..=level).unwrap_or_default())
            };
            let shared = rest.iter().take_while(|other| shares(other)).count();
            let right = column.saturating_add(shared as u16);
            page.text(Area { right, ..Area::cell(row, *column) }, word, format)?;
            rest = rest.get(shared..).unwrap_or_default();
        }
    }
    Ok(())
}

/// The row of ※ and column numbers.
fn number_columns(page: &mut Page<'_>, block: &Block<'_>, row: u32) -> Result<(), XlsxError> {
    let format = &page.styles.code;
    for column in block.left..block.first_figure() {
        page.text(Area::cell(row, column), "※", format)?;
    }
    for (column, number) in (block.first_figure()..block.end()).zip(1..) {
        page.text(Area::cell(row, column), &i32::to_string(&number), format)?;
    }
    if block.end() > block.left {
        page.digits_are_text(Area { right: block.end() - 1, ..Area::cell(row, block.left) })?;
    }
    Ok(())
}

fn write_row<'n>(
    page: &mut Page<'_>,
    table: &Table,
    block: &Block<'_>,
    at: u32,
    row: Option<Numbered<'_>>,
    notes: impl Fn(u32, u16) -> Option<&'n str>,
) -> Result<(), XlsxError> {
    let mut filled = vec![false; usize::from(block.end() - block.left)];
    if let Some((index, row)) = row {
        fill_row(page, table, block, at, row, &mut filled, |column| notes(index, column))?;
    }
    for (column, _) in (block.left..).zip(filled).filter(|(_, filled)| !filled) {
        page.sheet.write_blank(at, column, &page.styles.name)?;
    }
    Ok(())
}

/// Writes what a row holds; `filled` are the cells of the block that got something.
fn fill_row<'n>(
    page: &mut Page<'_>,
    table: &Table,
    block: &Block<'_>,
    at: u32,
    row: &Row,
    filled: &mut [bool],
    notes: impl Fn(u16) -> Option<&'n str>,
) -> Result<(), XlsxError> {
    // Whether a cell was blank until now.
    let mut fill = |column: u16| {
        let cell = filled.get_mut(usize::from(column - block.left));
        cell.is_some_and(|filled| !std::mem::replace(filled, true))
    };
    let code = row.code.map(|code| code.to_string()).unwrap_or_default();
    let level = match row.role {
        Role::Group => 1,
        Role::Item => 2,
        Role::Total | Role::Class | Role::Unit | Role::Label => 0,
    };
    let mut name = row.label.text.clone();
    if block.code_levels > 0 {
        for (column, part) in (block.left..block.name_column()).zip(code_parts(&code)) {
            page.text(Area::cell(at, column), part, &page.styles.code)?;
            fill(column);
        }
    } else if !code.is_empty() {
        name = format!("{code} {name}");
    }
    page.text(Area::cell(at, block.name_column()), &name, page.styles.name_at(level, row.role == Role::Total))?;
    fill(block.name_column());
    page.fit(block.name_column(), &name, usize::from(level) * 2, 20, 44);
    for (column, words) in [(block.unit_column(), &row.unit), (block.project_column(), &row.project)] {
        if let Some((column, words)) = column.zip(words.as_ref()) {
            page.text(Area::cell(at, column), &words.text, &page.styles.name)?;
            page.fit(column, &words.text, 0, 20, 40);
            fill(column);
        }
    }
    for text in &row.texts {
        let Ok(position) = block.texts.binary_search_by_key(&text.column, |(index, _)| *index) else {
            page.report.omit(OmissionKind::CellWithoutColumn, 1);
            continue;
        };
        let column = block.first_text() + position as u16;
        if fill(column) {
            page.text(Area::cell(at, column), &text.text.text, &page.styles.name)?;
            page.fit(column, &text.text.text, 0, 8, 40);
        } else {
            page.report.omit(OmissionKind::CellRepeated, 1);
        }
    }
    figures(page, table, block, at, row, fill, notes)
}

fn figures<'n>(
    page: &mut Page<'_>,
    table: &Table,
    block: &Block<'_>,
    at: u32,
    row: &Row,
    mut fill: impl FnMut(u16) -> bool,
    notes: impl Fn(u16) -> Option<&'n str>,
) -> Result<(), XlsxError> {
    for cell in &row.cells {
        let Ok(position) = block.columns.binary_search_by_key(&cell.column, |(index, _)| *index) else {
            page.report.omit(OmissionKind::CellWithoutColumn, 1);
            continue;
        };
        let column = block.first_figure() + position as u16;
        if !fill(column) {
            page.report.omit(OmissionKind::CellRepeated, 1);
            continue;
        }
        let doubts = table.doubts_of(row, cell);
        page.number(at, column, &cell.amount.value.to_string(), true, doubts.is_empty())?;
        // What is in doubt comes first and on lines of its own: that is how a reader tells it from anything else.
        let note = [candidates(table, cell), doubtful(doubts), notes(cell.column).map(str::to_owned)];
        let note: Vec<_> = note.into_iter().flatten().collect();
        if !note.is_empty() {
            page.note(at, column, &note.join("\n"))?;
        }
    }
    Ok(())
}

/// The note of a figure that is in doubt for more than its column.
fn doubtful(doubts: Doubts) -> Option<String> {
    let others = doubts.without(Aspect::Column);
    let names: Vec<_> = others.iter().map(Aspect::chinese).collect();
    (!others.is_empty())
        .then(|| format!("此数存疑：{}\nIn doubt: {}", names.join("、"), others.to_string().replace('|', ", ")))
}

/// The note of an ambiguous figure.
fn candidates(table: &Table, cell: &Cell) -> Option<String> {
    let Placement::Ambiguous { candidates } = &cell.placement else { return None };
    let labels = |separator: &str| {
        let labels: Vec<_> = candidates
            .iter()
            .filter_map(|index| table.columns.get(usize::from(*index)))
            .map(|column| column.label.as_str())
            .collect();
        labels.join(separator)
    };
    Some(format!("此数归栏不确定，可能的栏目：{}\nColumn uncertain. Candidates: {}", labels("、"), labels(", ")))
}
