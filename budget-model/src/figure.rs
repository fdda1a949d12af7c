//! Figures one by one: what is printed where, and how to name it.

use serde::{Deserialize, Serialize};

use crate::{Amount, Cell, Code, Column, Coordinates, Disclosure, Doubts, Place, Row, Table};

/// The place of a figure in a table: its row and column, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// Index into [`Table::rows`].
    pub row: u32,
    /// Index into [`Table::columns`].
    pub column: u16,
}

impl Position {
    /// A row and a column.
    #[must_use]
    pub const fn new(row: u32, column: u16) -> Self {
        Self { row, column }
    }

    /// The same position in a table of a document.
    #[must_use]
    pub const fn of(self, table: u32) -> FigureRef {
        FigureRef { table, row: self.row, column: self.column }
    }
}

/// A figure of a budget table of a document, by index: what rules find, and exports mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FigureRef {
    /// Index into [`Disclosure::tables`].
    pub table: u32,
    /// Index into [`Table::rows`].
    pub row: u32,
    /// Index into [`Table::columns`].
    pub column: u16,
}

impl FigureRef {
    /// Its place in its table.
    #[must_use]
    pub const fn position(self) -> Position {
        Position { row: self.row, column: self.column }
    }
}

/// A printed figure together with everything that is said of it.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'t> {
    table: &'t Table,
    index: u32,
    row: &'t Row,
    cell: &'t Cell,
}

impl<'t> Figure<'t> {
    /// The table it stands in.
    #[must_use]
    pub fn table(&self) -> &'t Table {
        self.table
    }

    /// Its row and its column, the most plausible one if several are possible.
    #[must_use]
    pub fn position(&self) -> Position {
        Position { row: self.index, column: self.cell.column }
    }

    /// Its row.
    #[must_use]
    pub fn row(&self) -> &'t Row {
        self.row
    }

    /// The cell that holds it.
    #[must_use]
    pub fn cell(&self) -> &'t Cell {
        self.cell
    }

    /// Its column, the most plausible one if several are possible; `None` only in a table that contradicts itself.
    #[must_use]
    pub fn column(&self) -> Option<&'t Column> {
        self.table.columns.get(usize::from(self.cell.column))
    }

    /// The number and where it stands.
    #[must_use]
    pub fn amount(&self) -> &'t Amount {
        &self.cell.amount
    }

    /// Where it stands in the source.
    #[must_use]
    pub fn place(&self) -> Place {
        self.cell.amount.place
    }

    /// Everything that is in doubt of it.
    #[must_use]
    pub fn doubts(&self) -> Doubts {
        self.table.doubts_of(self.row, self.cell)
    }

    /// Whether nothing of it is in doubt.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.doubts().is_empty()
    }

    /// What it is a figure of; `None` if anything of it is in doubt, or if nobody knows what its column means.
    #[must_use]
    pub fn coordinates(&self) -> Option<Coordinates> {
        self.table.coordinates(self.index, self.cell)
    }
}

impl Table {
    /// The printed figures, row by row in the order of print, those in doubt among them.
    ///
    /// ```
    /// # use budget_model::Table;
    /// fn certain_sum(table: &Table, id: &str) -> budget_model::Decimal {
    ///     let leaves = table.figures().filter(|figure| table.is_leaf(figure.position().row));
    ///     let column = table.column(id);
    ///     leaves
    ///         .filter(|figure| figure.is_certain() && Some(figure.position().column) == column)
    ///         .map(|figure| figure.amount().value)
    ///         .sum()
    /// }
    /// ```
    pub fn figures(&self) -> impl Iterator<Item = Figure<'_>> {
        (0..).zip(&self.rows).flat_map(move |(index, row)| self.figures_of(index, row))
    }

    /// The printed figures of a row, in the order of print.
    pub fn figures_in(&self, row: u32) -> impl Iterator<Item = Figure<'_>> {
        self.rows.get(row as usize).into_iter().flat_map(move |entry| self.figures_of(row, entry))
    }

    fn figures_of<'t>(&'t self, index: u32, row: &'t Row) -> impl Iterator<Item = Figure<'t>> {
        row.cells.iter().map(move |cell| Figure { table: self, index, row, cell })
    }

    /// The rows of a code, with their indices: more than one where units, projects or second classifications divide it.
    pub fn by_code(&self, code: Code) -> impl Iterator<Item = (u32, &Row)> {
        (0..).zip(&self.rows).filter(move |(_, row)| row.code == Some(code))
    }

    /// The rows that add up to a row, with their indices.
    pub fn children(&self, row: u32) -> impl Iterator<Item = (u32, &Row)> {
        (0..).zip(&self.rows).filter(move |(_, part)| part.part_of == Some(row))
    }

    /// The index of a column by its id (`total`, `project`) or, as columns of unknown meaning have none, by its label.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<u16> {
        let of = |by: fn(&Column) -> &str| (0..).zip(&self.columns).find(|(_, column)| by(column) == name);
        let found = of(|column| &column.id).filter(|_| !name.is_empty()).or_else(|| of(|column| &column.label));
        found.map(|(index, _)| index)
    }

    /// The figure of a row, by its code or its printed name, in a column, by its id or label, if it is printed there for
    /// certain. `None` where several rows have that code or name.
    ///
    /// ```
    /// # use budget_model::{Amount, Table};
    /// fn project_expenditure(table: &Table) -> Option<&Amount> {
    ///     Some(table.get("2101599", "project")?.amount())
    /// }
    /// ```
    #[must_use]
    pub fn get(&self, row: &str, column: &str) -> Option<Figure<'_>> {
        let column = self.column(column)?;
        let code = row.parse::<Code>().ok();
        let is_row = |entry: &Row| match code {
            Some(code) => entry.code == Some(code),
            None => entry.label.text == row,
        };
        let mut rows = (0..).zip(&self.rows).filter(|(_, entry)| is_row(entry));
        let (Some((index, entry)), None) = (rows.next(), rows.next()) else { return None };
        self.figures_of(index, entry).find(|figure| figure.position().column == column).filter(Figure::is_certain)
    }
}

impl Disclosure {
    /// The printed figures of all tables, with a reference to each.
    pub fn figures(&self) -> impl Iterator<Item = (FigureRef, Figure<'_>)> {
        let tables = (0..).zip(&self.tables);
        tables.flat_map(|(index, table)| table.figures().map(move |figure| (figure.position().of(index), figure)))
    }

    /// The figure that a reference names, certain or not.
    #[must_use]
    pub fn figure(&self, at: FigureRef) -> Option<Figure<'_>> {
        let table = self.tables.get(at.table as usize)?;
        table.figures_in(at.row).find(|figure| figure.position().column == at.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aspect, Label, Placement, Role, TableKind};

    const PLACE: Place = Place::Text { page: 2, line: 7, column: 3 };

    fn table() -> Table {
        let mut table = Table::new(TableKind::Expenditure, Label::new("支出总表", PLACE));
        table.columns = vec![Column::new("total", "合计"), Column::new("project", "项目支出")];
        table.columns.push(Column::unknown("备用", vec!["其中".to_owned(), "备用".to_owned()]));
        let rows = [("合计", None, None), ("卫生健康支出", Code::from_number(210), Some(0))];
        let row = |(name, code, part_of)| {
            let mut row = Row::new(Role::Label, Label::new(name, PLACE));
            (row.code, row.part_of) = (code, part_of);
            let amount = Amount { value: 5.into(), place: PLACE };
            row.cells = (0..3).map(|column| Cell::new(column, amount, Placement::Printed)).collect();
            row
        };
        table.rows.extend(rows.map(row));
        table.rows[1].cells[1].placement = Placement::Ambiguous { candidates: vec![1, 0] };
        table
    }

    #[test]
    fn figures_come_row_by_row_with_all_that_is_said_of_them() {
        let table = table();
        let figures: Vec<_> = table.figures().collect();
        assert_eq!(figures.len(), table.figure_count());
        assert_eq!(figures[4].position(), Position::new(1, 1));
        assert_eq!((figures[4].doubts(), figures[4].place()), (Doubts::of(Aspect::Column), PLACE));
        assert_eq!(figures[4].coordinates(), None);
        assert_eq!(figures[3].coordinates().and_then(|at| at.function), Code::from_number(210));
        // Certain as printed, and a figure of nobody knows what.
        assert!(figures[2].is_certain() && figures[2].coordinates().is_none());
    }

    #[test]
    fn a_figure_is_found_by_code_or_name_and_by_column() {
        let mut table = table();
        assert_eq!(table.get("210", "total").map(|figure| figure.position()), Some(Position::new(1, 0)));
        assert_eq!(table.get("合计", "备用").map(|figure| figure.position()), Some(Position::new(0, 2)));
        assert!(table.get("210", "project").is_none(), "its column is in doubt");
        assert!(table.get("211", "total").is_none() && table.get("210", "").is_none());
        assert_eq!(table.children(0).map(|(index, _)| index).collect::<Vec<_>>(), [1]);
        table.rows.push(table.rows[1].clone());
        assert_eq!(table.by_code("210".parse().unwrap()).count(), 2);
        assert!(table.get("210", "total").is_none(), "two rows have the code");
    }

    #[test]
    fn a_reference_leads_back_to_its_figure() {
        let disclosure = Disclosure { tables: vec![table(), table()], ..Disclosure::default() };
        assert_eq!(disclosure.figures().count(), 12);
        for (at, figure) in disclosure.figures() {
            assert_eq!(disclosure.figure(at).map(|found| found.position()), Some(figure.position()));
        }
        assert!(disclosure.figure(Position::new(0, 9).of(1)).is_none());
    }
}
