//! The blocks of a form: a table that shows revenue and expenditure next to each other has two, any other one.

use std::collections::HashSet;

use budget_model::{Classification, Column, Role, Row, Side, Table, TableKind};

use super::FormColumn;

/// Levels of header words that are shown; a real form has three.
const MOST_LEVELS: usize = 6;
/// Columns of one kind that a block has at most; a sheet has 16,384.
const MOST_COLUMNS: usize = 16_000;

/// A grid of rows below a header.
pub(super) struct Block<'t> {
    /// 收入 or 支出, above the header.
    pub(super) title: Option<&'static str>,
    pub(super) left: u16,
    /// 类, 款, 项: how many of them have a column of their own.
    pub(super) code_levels: u16,
    /// Header of the code columns.
    pub(super) code_title: &'static str,
    /// Header of the names.
    pub(super) name_title: &'static str,
    /// Whether there is a column of names of units.
    unit: bool,
    /// Whether there is a column of project names.
    project: bool,
    /// Columns of words, by index, with their header words.
    pub(super) texts: Vec<(u16, &'t [String])>,
    /// Columns of figures, by index.
    pub(super) columns: Vec<(u16, &'t Column)>,
    /// A gap stands for a row that only the other block has.
    pub(super) rows: Vec<Option<Numbered<'t>>>,
}

/// A row and its index in the table.
pub(super) type Numbered<'t> = (u32, &'t Row);

impl Block<'_> {
    pub(super) fn name_column(&self) -> u16 {
        self.left.saturating_add(self.code_levels)
    }

    pub(super) fn unit_column(&self) -> Option<u16> {
        self.unit.then(|| self.name_column() + 1)
    }

    pub(super) fn project_column(&self) -> Option<u16> {
        self.project.then(|| self.name_column() + 1 + u16::from(self.unit))
    }

    pub(super) fn first_text(&self) -> u16 {
        self.name_column() + 1 + u16::from(self.unit) + u16::from(self.project)
    }

    pub(super) fn first_figure(&self) -> u16 {
        self.first_text().saturating_add(self.texts.len() as u16)
    }

    /// The column behind the block.
    pub(super) fn end(&self) -> u16 {
        self.first_figure().saturating_add(self.columns.len() as u16)
    }

    pub(super) fn header_levels(&self) -> usize {
        let texts = self.texts.iter().map(|(_, header)| header.len());
        let figures =
            self.columns.iter().map(|(_, column)| levels(column.path()).len()).chain(texts).max().unwrap_or(1);
        let codes = if self.code_levels > 0 { 2 } else { 1 };
        figures.max(codes) + usize::from(self.title.is_some())
    }

    /// Writes what its columns are for into those of the form.
    pub(super) fn name_columns(&self, columns: &mut [FormColumn]) {
        let kinds = [
            (self.left..self.name_column(), FormColumn::Code),
            (self.name_column()..self.name_column() + 1, FormColumn::Name),
            (self.name_column() + 1..self.first_text(), FormColumn::Party),
            (self.first_text()..self.first_figure(), FormColumn::Words),
            (self.first_figure()..self.end(), FormColumn::Figures),
        ];
        for (range, kind) in kinds {
            for column in range {
                if let Some(named) = columns.get_mut(usize::from(column)) {
                    *named = kind;
                }
            }
        }
    }
}

/// The header words of a column that are shown, top to bottom.
pub(super) fn levels(path: &[String]) -> &[String] {
    path.get(path.len().saturating_sub(MOST_LEVELS)..).unwrap_or(path)
}

/// Divides a table into its blocks.
pub(super) fn of(table: &Table) -> Vec<Block<'_>> {
    let columns: Vec<_> = (0..).zip(table.columns.iter().take(MOST_COLUMNS)).collect();
    // A table that shows both sides has no rows of either where it is empty.
    let two_sided = match table.rows.as_slice() {
        [] => matches!(table.kind, TableKind::Overview | TableKind::Appropriation),
        rows => rows.iter().any(|row| row.side.is_some()),
    };
    if !two_sided {
        return vec![single(table, columns)];
    }
    let (right, left): (Vec<_>, Vec<_>) =
        (0..).zip(&table.rows).partition(|(_, row)| row.side == Some(Side::Expenditure));
    // The revenue side shows only the columns it uses: 合计, where expenditure is divided by kind of budget.
    let used: HashSet<u16> = left.iter().flat_map(|(_, row)| &row.cells).map(|cell| cell.column).collect();
    let revenue_columns: Vec<_> =
        columns.iter().filter(|(index, _)| *index == 0 || used.contains(index)).copied().collect();
    let (left, right) = level_totals(left, right);
    let [revenue_title, expenditure_title] = match table.kind {
        TableKind::Appropriation => ["财政拨款收入", "财政拨款支出"],
        _ => ["收入", "支出"],
    };
    let revenue = side(table, revenue_title, 0, "项目", revenue_columns, left);
    // A column between them is left free.
    let behind = revenue.end().saturating_add(1);
    let expenditure = side(table, expenditure_title, behind, "功能分类", columns, right);
    vec![revenue, expenditure]
}

fn side<'t>(
    table: &'t Table,
    title: &'static str,
    left: u16,
    name_title: &'static str,
    columns: Vec<(u16, &'t Column)>,
    rows: Vec<Option<Numbered<'t>>>,
) -> Block<'t> {
    let Words { unit, project, texts } = Words::of(table, rows.iter().flatten().map(|(_, row)| *row));
    Block { title: Some(title), left, code_levels: 0, code_title: "", name_title, unit, project, texts, columns, rows }
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
        let texts = (0..).zip(table.text_columns.iter().take(MOST_COLUMNS)).filter(|(column, _)| is_shown(column));
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
pub(super) fn code_parts(digits: &str) -> Vec<&str> {
    [0..3, 3..5, 5..7].into_iter().filter_map(|range| digits.get(range)).collect()
}
