//! The tables that a reader should find: views of the books in the forms of a layout.

use std::collections::BTreeSet;

use budget_model::{
    Amount, Cell, Code, Coordinates, Decimal, Dimensions, Disclosure, Nature, Place, Placement, Role, Row, Scope, Side,
    Source, Table, TableKind, Unit,
};
use budget_parse::{Layout, Shape, TableForm};

use crate::books::{Books, Money};
use crate::prose::{ALL, label};
use crate::style::Style;
use crate::{Config, classification, prose};

/// Nothing generated has a place of its own: what is compared is what is said, not where.
pub(crate) const NOWHERE: Place = Place::Text { page: 1, line: 1, column: 1 };

/// The disclosure that a reader should come to; every column is known, and places mean nothing.
///
/// ```
/// use budget_testkit::{Books, Config, disclosure};
///
/// let config = Config::random(7);
/// let expected = disclosure(&Books::random(7, &config), &config);
/// assert_eq!(expected.layout, config.layout);
/// assert!(expected.tables.iter().all(|table| table.ambiguous_count() == 0));
/// ```
#[must_use]
pub fn disclosure(books: &Books, config: &Config) -> Disclosure {
    let Some(layout) = config.form() else { return Disclosure::default() };
    let tables = (1..).zip(&layout.tables).map(|(number, form)| Draft::new(books, config, &layout, form).table(number));
    let mut disclosure = Disclosure {
        entity: Some(label(&books.department)),
        year: Some(books.year),
        scope: config.scope,
        unit: layout.unit.clone(),
        layout: layout.id.clone(),
        tables: tables.collect(),
        ..Disclosure::default()
    };
    prose::write(&mut disclosure, books, config);
    disclosure
}

/// An amount in yuan as it is printed in a unit: 万元 with two decimals, 元 with two decimals or none.
///
/// Half a cent is rounded up.
#[must_use]
pub fn printed(yuan: u64, unit: &Unit, config: &Config) -> Decimal {
    match unit {
        Unit::TenThousandYuan => Decimal::new(yuan.saturating_add(50) as i64 / 100, 2),
        _ if config.habits.cents => Decimal::new(yuan.saturating_mul(100) as i64, 2),
        _ => Decimal::from(yuan),
    }
}

/// A table in the making.
struct Draft<'b> {
    books: &'b Books,
    config: &'b Config,
    form: &'b TableForm,
    style: Style,
    unit: Unit,
    rows: Vec<Row>,
}

impl<'b> Draft<'b> {
    fn new(books: &'b Books, config: &'b Config, layout: &Layout, form: &'b TableForm) -> Self {
        let unit = form.unit.as_ref().unwrap_or(&layout.unit).clone();
        Self { books, config, form, style: Style::of(config), unit, rows: Vec::new() }
    }

    fn table(mut self, number: usize) -> Table {
        let money: Vec<&Money> = self.books.money.iter().filter(|money| self.is_inside(money)).collect();
        match self.form.shape {
            Shape::TwoSided => self.two_sided(&money),
            Shape::Classified => self.totalled(&money, |draft, total| draft.tree(&money, total, None, false)),
            Shape::Projects => self.totalled(&money, |draft, total| draft.units(&money, total)),
            Shape::Labelled => self.printed_rows(None, None),
            Shape::Listed => self.totalled(&money, |draft, total| draft.units(&money, total)),
            Shape::SingleRow => {
                self.push(row(Role::Total, ""));
            }
        }
        let mut table = Table::new(self.form.kind, label(&self.style.title(self.form, self.books.year)));
        table.number = self.style.number(number).map(|number| label(&number));
        table.compiler = Some(label(&self.books.department));
        table.unit = self.unit.clone();
        table.unit_place = Some(NOWHERE);
        table.dimensions = self.form.dimensions;
        table.columns.clone_from(&self.form.columns);
        table.rows = std::mem::take(&mut self.rows);
        self.fill(&mut table);
        if table.figure_count() == 0 {
            table.declared_empty = Some(label(&self.style.declared_empty(self.form, &table, self.books)));
        }
        table
    }

    /// Whether the table, whatever its rows and columns, is about this money.
    fn is_inside(&self, money: &Money) -> bool {
        money.is_at(&Coordinates {
            source: self.form.dimensions.source.unwrap_or(Source::All),
            nature: self.form.dimensions.nature.unwrap_or(Nature::All),
            ..ALL
        })
    }

    fn push(&mut self, row: Row) -> u32 {
        self.rows.push(row);
        self.rows.len() as u32 - 1
    }

    /// Rows that the form prints, under a total if it does not print that among them.
    fn printed_rows(&mut self, side: Option<Side>, total: Option<u32>) {
        let mut above: Vec<(u8, u32)> = Vec::new();
        for form in &self.form.rows {
            above.retain(|(level, _)| *level < form.level);
            let role = if form.level == 0 { Role::Total } else { Role::Label };
            let part_of = above.last().map(|(_, row)| *row).or(total);
            let mut line = part(role, &squeezed(&form.label), part_of);
            line.side = side;
            line.dimensions = form.dimensions;
            let index = self.push(line);
            above.push((form.level, index));
        }
    }

    /// Revenue by the rows of the form, expenditure by class, each with its total below.
    fn two_sided(&mut self, money: &[&Money]) {
        let all = Dimensions { source: self.form.dimensions.source.or(Some(Source::All)), ..Dimensions::default() };
        let total = |side, text: Option<&String>| {
            let mut line = row(Role::Total, text.map_or("", String::as_str));
            line.side = Some(side);
            line.dimensions = all;
            line
        };
        let revenue_total = self.form.rows.len() as u32;
        self.printed_rows(Some(Side::Revenue), Some(revenue_total));
        self.push(total(Side::Revenue, self.form.revenue_total.as_ref()));
        let used: BTreeSet<Code> = money.iter().map(|money| money.function.class()).collect();
        let classes: Vec<(Code, &str)> = classification::printed_classes()
            .filter(|(code, _)| self.style.prints_all_classes() || used.contains(code))
            .collect();
        let expenditure_total = self.rows.len() + classes.len();
        // Without a code, a row is known by its words alone.
        let role = if self.style.prints_codes_of_classes() { Role::Class } else { Role::Label };
        for (ordinal, (code, name)) in (1..).zip(classes) {
            let mut line = part(role, &self.style.class(ordinal, name), Some(expenditure_total as u32));
            line.side = Some(Side::Expenditure);
            line.code = self.style.prints_codes_of_classes().then_some(code);
            line.dimensions.function = (!self.style.prints_codes_of_classes()).then_some(code);
            self.push(line);
        }
        self.push(total(Side::Expenditure, self.form.expenditure_total.as_ref()));
    }

    /// Rows under a total, which stands in front of them or behind.
    fn totalled(&mut self, money: &[&Money], rows: impl FnOnce(&mut Self, u32)) {
        if money.is_empty() {
            if self.style.prints_total_of_empty_table(self.form) {
                self.push(row(Role::Total, "合计"));
            }
            return;
        }
        if !self.config.habits.total_last {
            let total = self.push(row(Role::Total, self.style.total()));
            return rows(self, total);
        }
        // The index of the total is known only when everything above it is there.
        const BELOW: u32 = u32::MAX;
        rows(self, BELOW);
        let total = self.push(row(Role::Total, self.style.total()));
        for row in self.rows.iter_mut().filter(|row| row.part_of == Some(BELOW)) {
            row.part_of = Some(total);
        }
    }

    /// A row for each unit where there are several, and below it what it spends.
    fn units(&mut self, money: &[&Money], total: u32) {
        if self.books.units.len() == 1 {
            return self.below_unit(money, total);
        }
        for (unit, name) in self.books.units.iter().enumerate() {
            let money: Vec<&Money> = money.iter().copied().filter(|money| money.unit == unit).collect();
            if !money.is_empty() {
                let above = self.push(part(Role::Unit, name, Some(total)));
                self.below_unit(&money, above);
            }
        }
    }

    fn below_unit(&mut self, money: &[&Money], above: u32) {
        if self.form.shape == Shape::Projects {
            return self.tree(money, above, None, true);
        }
        let projects: BTreeSet<usize> = money.iter().filter_map(|money| money.project).collect();
        for project in projects.into_iter().filter_map(|project| self.books.projects.get(project)) {
            self.push(part(Role::Label, &project.name, Some(above)));
        }
    }

    /// The classification codes in use below a code: 类, 款, 项, and the projects under each item if wanted.
    fn tree(&mut self, money: &[&Money], above: u32, whole: Option<Code>, with_projects: bool) {
        let economic = self.form.kind == TableKind::GeneralBasic;
        let code = |money: &&Money| {
            let code = if economic { money.economic } else { money.function };
            std::iter::successors(Some(code), |code| code.parent()).find(|code| code.parent() == whole)
        };
        let codes: BTreeSet<Code> = money.iter().filter_map(code).collect();
        for own in codes {
            let inside: Vec<&Money> = money.iter().copied().filter(|money| code(money) == Some(own)).collect();
            let name = if economic { classification::economic_name(own) } else { classification::function_name(own) };
            let mut line = part(Role::from(own.level()), name, Some(above));
            line.code = Some(own);
            let is_leaf = inside.iter().all(|money| economic && money.economic == own || money.function == own);
            if is_leaf && with_projects {
                let projects: BTreeSet<usize> = inside.iter().filter_map(|money| money.project).collect();
                for project in projects.into_iter().filter_map(|project| self.books.projects.get(project)) {
                    let mut line = line.clone();
                    line.project = Some(label(&project.name));
                    self.push(line);
                }
            } else {
                let index = self.push(line);
                if !is_leaf {
                    self.tree(&inside, index, Some(own), with_projects);
                }
            }
        }
    }

    /// The figures: what the books hold at the coordinates of each row and column.
    fn fill(&self, table: &mut Table) {
        let columns = table.columns.len() as u16;
        for index in 0..table.rows.len() {
            let Some(row) = table.rows.get(index) else { continue };
            // The revenue side has one column.
            let columns = if row.side == Some(Side::Revenue) { 1 } else { columns };
            let listed = self.form.shape == Shape::Listed && row.role == Role::Label;
            let name = listed.then(|| row.label.text.clone());
            let cells = (0..columns).filter_map(|column| {
                let mut at = table.coordinates_at(index as u32, column)?;
                at.project = name.clone().or(at.project);
                let value = printed(self.books.yuan(&at)?, &self.unit, self.config);
                Some(Cell::new(column, Amount { value, place: NOWHERE }, Placement::Printed))
            });
            let cells: Vec<Cell> = cells.collect();
            if let Some(row) = table.rows.get_mut(index) {
                row.cells = cells;
            }
        }
    }
}

fn row(role: Role, name: &str) -> Row {
    Row::new(role, label(name))
}

/// A row that is a part of another one.
fn part(role: Role, name: &str, whole: Option<u32>) -> Row {
    let mut row = row(role, name);
    row.part_of = whole;
    row
}

/// The coordinates of all money.
pub(crate) fn squeezed(text: &str) -> String {
    budget_parse::text::squeeze(text)
}

/// Whether the disclosure is of a single unit, in the words of its titles.
pub(crate) fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Department => "部门",
        Scope::Unit | Scope::Own => "单位",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> impl Iterator<Item = Table> {
        (0..60).flat_map(|seed| {
            let config = Config::random(seed);
            disclosure(&Books::random(seed, &config), &config).tables
        })
    }

    #[test]
    fn every_identity_holds_within_rounding_and_some_only_because_of_it() {
        let mut rounded = 0;
        for table in tables() {
            let figure = |at: budget_model::Position| {
                table.figure(at.row, at.column).map_or(Decimal::ZERO, |amount| amount.value)
            };
            for identity in table.identities() {
                // The revenue side has one column, whatever the other side is divided into.
                let of_revenue = table.rows.get(identity.whole.row as usize).map(|row| row.side);
                let along_columns = identity.parts.iter().all(|part| part.row == identity.whole.row);
                if of_revenue == Some(Some(Side::Revenue)) && along_columns {
                    continue;
                }
                assert!(table.holds(&identity), "{:?} {identity:?}", table.kind);
                let sum: Decimal = identity.parts.iter().map(|part| figure(*part)).sum();
                rounded += usize::from(sum != figure(identity.whole));
            }
        }
        assert!(rounded > 100);
    }

    #[test]
    fn a_table_without_money_is_declared_empty_and_no_other_one() {
        for table in tables() {
            assert_eq!(table.declared_empty.is_some(), table.figure_count() == 0, "{:?}", table.kind);
        }
    }

    #[test]
    fn an_amount_is_rounded_when_it_is_printed() {
        let show = |yuan, unit: &Unit| printed(yuan, unit, &Config::default()).to_string();
        assert_eq!(
            [49, 50, 149, 10_000].map(|yuan| show(yuan, &Unit::TenThousandYuan)),
            ["0.00", "0.01", "0.01", "1.00"]
        );
        assert_eq!(show(1_234, &Unit::Yuan), "1234.00");
    }
}
