//! Which printed figures of a table are parts of which others, along its rows.

use budget_model::{Aspect, Position, Table};

/// Wholes above a row, at most. Forms have five.
const MOST_LEVELS: usize = 16;

/// The figures of a table as wholes and parts. A row that prints nothing in a column is passed over there: the figure below it
/// is a part of the next row that does.
pub(crate) struct Sums {
    columns: usize,
    /// Of each row and column, whether a figure is printed there for certain.
    printed: Vec<bool>,
    /// Of each row and column, whether a figure is printed below as a part of it.
    has_parts: Vec<bool>,
    /// The row that each row is a part of.
    wholes: Vec<Option<u32>>,
}

impl Sums {
    pub(crate) fn of(table: &Table) -> Self {
        let size = table.rows.len().saturating_mul(table.columns.len());
        let mut sums = Self {
            columns: table.columns.len(),
            printed: vec![false; size],
            has_parts: vec![false; size],
            wholes: table.rows.iter().map(|row| row.part_of).collect(),
        };
        let known = || table.figures().filter(|figure| !figure.doubts().has(Aspect::Column));
        for figure in known() {
            let at = sums.index(figure.position());
            if let Some(printed) = at.and_then(|at| sums.printed.get_mut(at)) {
                *printed = true;
            }
        }
        for figure in known() {
            let at = figure.position();
            let whole = sums.above(at).next().map(|row| Position::new(row, at.column));
            if let Some(has_parts) = whole.and_then(|at| sums.index(at)).and_then(|at| sums.has_parts.get_mut(at)) {
                *has_parts = true;
            }
        }
        sums
    }

    /// Whether no part of a figure is printed.
    pub(crate) fn is_leaf(&self, at: Position) -> bool {
        !self.index(at).and_then(|at| self.has_parts.get(at)).is_some_and(|has_parts| *has_parts)
    }

    /// The next and the topmost row that contain a figure and print its column.
    pub(crate) fn wholes(&self, at: Position) -> Option<(u32, u32)> {
        let mut above = self.above(at);
        let next = above.next()?;
        Some((next, above.last().unwrap_or(next)))
    }

    /// How many rows contain a row.
    pub(crate) fn level(&self, row: u32) -> usize {
        self.chain(row).count()
    }

    fn chain(&self, row: u32) -> impl Iterator<Item = u32> {
        let up = |row: u32| self.wholes.get(row as usize).copied().flatten();
        // Bounded, so that a document made by hand with a cycle of rows ends as well.
        std::iter::successors(up(row), move |row| up(*row)).take(MOST_LEVELS)
    }

    fn above(&self, at: Position) -> impl Iterator<Item = u32> {
        let is_printed = move |row: &u32| {
            let index = self.index(Position::new(*row, at.column));
            *row != at.row && index.and_then(|index| self.printed.get(index)).is_some_and(|printed| *printed)
        };
        self.chain(at.row).filter(is_printed)
    }

    fn index(&self, at: Position) -> Option<usize> {
        let column = usize::from(at.column);
        (column < self.columns).then(|| (at.row as usize).checked_mul(self.columns)?.checked_add(column)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use budget_model::{Amount, Cell, Column, Label, Place, Placement, Role, Row, TableKind};

    use super::*;

    const PLACE: Place = Place::Text { page: 1, line: 1, column: 1 };

    /// 合计 ← 201 ← 20101 (blank in the first column) ← 2010101
    fn table() -> Table {
        let mut table = Table::new(TableKind::Expenditure, Label::new("支出总表", PLACE));
        table.columns = vec![Column::new("total", "合计"), Column::new("project", "项目支出")];
        for (part_of, columns) in [(None, vec![0, 1]), (Some(0), vec![0]), (Some(1), vec![1]), (Some(2), vec![0, 1])] {
            let mut row = Row::new(Role::Item, Label::new("", PLACE));
            row.part_of = part_of;
            let amount = Amount { value: 5.into(), place: PLACE };
            row.cells = columns.into_iter().map(|column| Cell::new(column, amount, Placement::Printed)).collect();
            table.rows.push(row);
        }
        table
    }

    #[test]
    fn a_blank_row_between_two_figures_is_passed_over() {
        let sums = Sums::of(&table());
        let at = Position::new;
        assert_eq!(sums.wholes(at(3, 0)), Some((1, 0)), "the group prints nothing in the first column");
        assert_eq!(sums.wholes(at(3, 1)), Some((2, 0)), "nor the class in the second");
        let leaves = [at(0, 0), at(1, 0), at(3, 0), at(0, 1), at(2, 1), at(3, 1)].map(|at| sums.is_leaf(at));
        assert_eq!(leaves, [false, false, true, false, false, true]);
        assert_eq!(sums.wholes(at(0, 0)), None);
        assert_eq!(sums.level(3), 3);
    }

    #[test]
    fn a_figure_whose_column_is_in_doubt_is_no_part_of_anything() {
        let mut table = table();
        table.rows[3].cells[0].placement = Placement::Ambiguous { candidates: vec![0, 1] };
        let sums = Sums::of(&table);
        assert!(sums.is_leaf(Position::new(1, 0)), "what is below it may be of another column");
    }

    #[test]
    fn rows_that_contain_each_other_end() {
        let mut table = table();
        table.rows[0].part_of = Some(3);
        let sums = Sums::of(&table);
        assert_eq!(sums.level(0), MOST_LEVELS);
        assert!(sums.wholes(Position::new(0, 0)).is_some());
    }
}
