//! The columns of a table of targets: its header, or that of the page before where a page has none.

use std::ops::Range;

use budget_model::Unit;

use super::super::sheet::{Field as Cell, Sheet};
use crate::performance::head;
use crate::performance::vocabulary::{
    Column, Field, GRID_FIELDS, HEADER, OVERALL_FIELDS, PROJECT_FIELDS, SHARED_FIELDS,
};
use crate::text::fold;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// A part of an indicator.
    Cell(Column),
    /// A field of the project that the indicators are of, in a list of projects.
    Project(Field),
    Unknown,
}

/// A column, which may be wider than one of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) start: usize,
    pub(super) means: Means,
    /// Its word, where the vocabulary has it: 项目概况.
    pub(super) word: &'static str,
}

/// The column of a field of projects.
#[derive(Clone, Debug)]
pub(super) struct ProjectColumn {
    pub(super) field: Field,
    /// The word above it.
    pub(super) word: &'static str,
    /// The columns of the grid below that.
    pub(super) below: Range<usize>,
}

/// The columns of the indicators, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// The rows of the header; empty on a page without one.
    pub(super) rows: Range<usize>,
    pub(super) headings: Vec<Heading>,
    /// The unit of money in a heading: 项目总额（万元）.
    pub(super) money: Option<Unit>,
}

impl Columns {
    /// The header that begins in a row, if one does: names of indicators, their values, and a word that only such tables have.
    pub(super) fn read(sheet: &Sheet<'_>, row: usize) -> Option<Self> {
        if sheet.row(row).len() > MOST_COLUMNS {
            return None;
        }
        if let [field] = sheet.row(row) {
            return Self::in_one_cell(sheet, row, &field.text());
        }
        let mut columns = Self { rows: row..row + 1, headings: Vec::new(), money: None };
        columns.add(sheet, row);
        if !columns.has(Column::Name)
            && let Some(side) = columns.headings.iter_mut().find(|heading| heading.means == Means::Cell(Column::Side))
        {
            // 活动 | 绩效指标 | 指标性质 | 指标值
            side.means = Means::Cell(Column::Name);
        }
        let is_own = |column: &Column| columns.has(*column);
        let speaks = [Column::Level1, Column::Level2, Column::Sign, Column::Unit, Column::Weight, Column::Achieved]
            .iter()
            .any(is_own);
        // 绩效指标 over 一级指标 | 二级指标 | 指标值 has its columns below; alone it ends where the whole header does.
        let ends = |means: &dyn Fn(Means) -> bool| {
            let field = sheet.row(row).iter().find(|field| means(Meaning::of(&field.folded).means))?;
            Some(field.cell.rows().end)
        };
        let is_alone = ends(&|means| matches!(means, Means::Cell(Column::Side | Column::Name)))
            == ends(&|means| means == Means::Project(Field::Goal));
        let has_columns = columns.has(Column::Name) && columns.has(Column::Value) && speaks;
        let is_told = columns.is_told() && is_alone;
        if !has_columns && !is_told {
            return None;
        }
        // 其中： over 财政资金 | 其他资金; but 绩效指标, beside the whole block, is no measure.
        let is_head =
            |field: &&Cell<'_>| !matches!(Meaning::of(&field.folded).means, Means::Cell(Column::Side) | Means::Unknown);
        let ends = sheet.row(row).iter().filter(is_head).map(|field| field.cell.rows().end as usize);
        let end = ends.max().unwrap_or(row + 1).min(row + MOST_HEADER_ROWS);
        for below in row + 1..end {
            columns.add(sheet, below);
        }
        columns.rows.end = end;
        // 指标内容 behind 三级指标 and 指标值 says more of the name.
        let further = columns.headings.iter_mut().filter(|heading| heading.means == Means::Cell(Column::Name)).skip(1);
        further.for_each(|heading| heading.means = Means::Cell(Column::Remark));
        Some(columns)
    }

    /// A header whose frame another program lost, above rows that have theirs: `一级指标 二级指标 指标内容 指标值`.
    fn in_one_cell(sheet: &Sheet<'_>, row: usize, text: &str) -> Option<Self> {
        let words = text.split_whitespace().take(MOST_COLUMNS).enumerate();
        let headings = words.map(|(start, word)| match Meaning::of(&fold(word)) {
            Meaning { means: Means::Unknown, .. } => None,
            Meaning { means, word, .. } => Some(Heading { start, means, word }),
        });
        let columns = Self { rows: row..row + 1, headings: headings.collect::<Option<_>>()?, money: None };
        if !columns.has(Column::Name) || !columns.has(Column::Value) {
            return None;
        }
        columns.on_page(sheet, row + 1..sheet.rows.len()).map(|placed| Self { rows: row..row + 1, ..placed })
    }

    fn add(&mut self, sheet: &Sheet<'_>, row: usize) {
        for field in sheet.row(row) {
            let Meaning { means, word, money } = Meaning::of(&field.folded);
            self.money = self.money.take().or(money);
            let heading = Heading { start: field.column, means, word };
            match self.headings.binary_search_by_key(&field.column, |heading| heading.start) {
                Ok(at) => {
                    if let Some(old) = self.headings.get_mut(at) {
                        *old = heading;
                    }
                }
                Err(at) => self.headings.insert(at, heading),
            }
        }
    }

    /// The same columns on a page that prints no header, told from the right: what is cut off or merged over several pages
    /// stands on the left. `None` if the cells do not look like it.
    pub(super) fn on_page(&self, sheet: &Sheet<'_>, rows: Range<usize>) -> Option<Self> {
        let wide = |row: &usize| sheet.row(*row).len() > 1;
        // A column of merged cells may have nothing in it on this page.
        let mut starts: Vec<usize> = Vec::new();
        for cell in sheet.grid.cells().iter().filter(|cell| rows.contains(&(cell.row as usize))) {
            let is_column = cell.is_merged() && cell.height > 1 || wide(&(cell.row as usize));
            if let Err(at) = starts.binary_search(&(cell.column as usize))
                && is_column
                && (cell.is_merged() || !cell.value.is_blank())
            {
                starts.insert(at, cell.column as usize);
            }
        }
        let headings = self.moved(&starts).unwrap_or_else(|| self.aligned(&starts));
        let columns = Self { rows: rows.start..rows.start, headings, money: None };
        let (mut fits, mut all) = (0_usize, 0_usize);
        for row in rows.filter(wide) {
            all += 1;
            let has = |column| columns.fields(sheet, row, column).next().is_some();
            let is_signed =
                columns.fields(sheet, row, Column::Sign).all(|field| super::rows::sign(&field.folded).is_some());
            fits += usize::from(has(Column::Name) && has(Column::Value) && is_signed);
        }
        (fits > 0 && fits * 2 >= all).then_some(columns)
    }

    /// The columns where the page has the same tracks, perhaps less some on the left: any of them may be blank on the page.
    fn moved(&self, starts: &[usize]) -> Option<Vec<Heading>> {
        let (last, before) = (*starts.last()?, self.headings.last()?.start);
        let moved = |heading: &Heading| (heading.start + last).checked_sub(before);
        let is_known = |start: &usize| self.headings.iter().any(|heading| moved(heading) == Some(*start));
        let headings = self.headings.iter().filter_map(|heading| Some(Heading { start: moved(heading)?, ..*heading }));
        starts.iter().all(is_known).then(|| headings.collect())
    }

    /// The columns by their order, from the right.
    fn aligned(&self, starts: &[usize]) -> Vec<Heading> {
        let skipped = self.headings.len().saturating_sub(starts.len());
        let beside = starts.len().saturating_sub(self.headings.len());
        let known = self.headings.iter().skip(skipped);
        starts.iter().skip(beside).zip(known).map(|(start, heading)| Heading { start: *start, ..*heading }).collect()
    }

    /// Takes the cells of the header whose words are known.
    pub(super) fn take(&self, sheet: &mut Sheet<'_>) {
        for row in self.rows.clone() {
            if sheet.row(row).len() == 1 {
                sheet.take_row(row);
            }
            for heading in self.headings.iter().filter(|heading| heading.means != Means::Unknown) {
                sheet.take(row, heading.start);
            }
        }
    }

    /// As the columns of the page before where the header is repeated, its words perhaps damaged.
    pub(super) fn complete(&mut self, before: &Self) {
        if self.headings.len() == before.headings.len() {
            for (heading, before) in self.headings.iter_mut().zip(&before.headings) {
                if heading.means == Means::Unknown {
                    (heading.means, heading.word) = (before.means, before.word);
                }
            }
        }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.headings.iter().any(|heading| heading.means == Means::Cell(column))
    }

    /// Whether the rows of several projects stand in it: 项目名称 | … | 一级指标 | …
    pub(super) fn is_list(&self) -> bool {
        self.headings.iter().any(|heading| heading.means == Means::Project(Field::Name))
    }

    /// Whether the indicators of each project are told in one cell: 项目名称 | … | 绩效目标 | 绩效指标
    pub(super) fn is_told(&self) -> bool {
        let has_goal = self.headings.iter().any(|heading| heading.means == Means::Project(Field::Goal));
        self.is_list() && has_goal && self.has(Column::Name) && !self.has(Column::Value)
    }

    /// The columns of the grid that are below a heading.
    fn below(&self, index: usize) -> Range<usize> {
        let start = |index: usize| self.headings.get(index).map_or(usize::MAX, |heading| heading.start);
        start(index)..start(index + 1)
    }

    /// The columns of the grid below the first heading of a kind.
    pub(super) fn range(&self, means: Means) -> Option<Range<usize>> {
        self.headings.iter().position(|heading| heading.means == means).map(|index| self.below(index))
    }

    /// The columns of the grid below each heading of a kind behind the first.
    pub(super) fn further(&self, column: Column) -> Vec<Range<usize>> {
        let of = |heading: &Heading| heading.means == Means::Cell(column);
        let indices = self.headings.iter().enumerate().filter(|(_, heading)| of(heading)).skip(1);
        indices.map(|(index, _)| self.below(index)).collect()
    }

    /// The cells of a row below a heading.
    pub(super) fn fields<'s, 'g>(
        &self,
        sheet: &'s Sheet<'g>,
        row: usize,
        column: Column,
    ) -> impl Iterator<Item = &'s Cell<'g>> + use<'s, 'g> {
        let below = self.range(Means::Cell(column)).unwrap_or_default();
        sheet.row(row).iter().filter(move |field| below.contains(&field.column))
    }

    /// The columns of fields of projects.
    pub(super) fn projects(&self) -> impl Iterator<Item = ProjectColumn> + '_ {
        self.headings.iter().enumerate().filter_map(|(index, heading)| match heading.means {
            Means::Project(field) => Some(ProjectColumn { field, word: heading.word, below: self.below(index) }),
            _ => None,
        })
    }
}

/// No form has as many columns.
const MOST_COLUMNS: usize = 64;

/// A header has few rows; more are cells merged over the body as well.
const MOST_HEADER_ROWS: usize = 3;

/// What a heading says.
struct Meaning {
    means: Means,
    word: &'static str,
    money: Option<Unit>,
}

impl Meaning {
    fn of(folded: &str) -> Self {
        let (text, money) = head::bare(folded, |word| {
            HEADER.contains(word)
                || [&*GRID_FIELDS, &*PROJECT_FIELDS, &*SHARED_FIELDS].iter().any(|list| list.contains(word))
        });
        if let Some((word, column)) = HEADER.find(text) {
            return Self { means: Means::Cell(*column), word, money: None };
        }
        let lists = [&*GRID_FIELDS, &*PROJECT_FIELDS, &*SHARED_FIELDS, &*OVERALL_FIELDS];
        match lists.into_iter().find_map(|list| list.find(text)) {
            Some((_, Field::Caption)) | None => Self { means: Means::Unknown, word: "", money },
            Some((word, field)) => Self { means: Means::Project(*field), word, money },
        }
    }
}
