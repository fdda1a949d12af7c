//! What a reader found, held against what it should have found.

mod certain;
mod said;

use std::collections::BTreeMap;
use std::fmt;

use budget_model::{Aspect, Cell, Diagnostic, DiagnosticCode, Disclosure, Placement, Row, Side, Table, TableKind};
use budget_parse::text::fold;

pub use certain::certain_and_wrong;

/// How two disclosures compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many figures of each kind of table were read in the right place.
    pub counts: BTreeMap<TableKind, Count>,
    /// How many figures the text states, read rightly or not.
    pub facts: usize,
    /// How many projects the text describes.
    pub projects: usize,
    /// How many indicators the performance tables have.
    pub indicators: usize,
    /// Everything that was read wrong and looks certain.
    pub differences: Vec<Difference>,
}

/// Figures that were read rightly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Read in the right column, with certainty.
    pub certain: usize,
    /// The right column is among several.
    pub ambiguous: usize,
    /// Those of the ambiguous whose most plausible column is the right one.
    pub plausible: usize,
    /// Something other than the column is in doubt: nothing is claimed.
    pub doubtful: usize,
}

/// Something that was read wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table; `None` for what belongs to no table.
    pub table: Option<TableKind>,
    /// The row: side, code, name and project.
    pub row: String,
    /// The column, or what else was compared.
    pub column: String,
    /// What is true.
    pub expected: String,
    /// What was read.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table.map_or("document", TableKind::as_str);
        write!(f, "{table}, {}, {}: {} was read as {}", self.row, self.column, self.expected, self.found)
    }
}

impl Comparison {
    /// Figures of all tables.
    #[must_use]
    pub fn total(&self) -> Count {
        self.counts.values().fold(Count::default(), |sum, count| sum + *count)
    }

    /// Adds the counts and differences of another document.
    pub fn add(&mut self, other: Self) {
        for (kind, count) in other.counts {
            let sum = self.counts.entry(kind).or_default();
            *sum = *sum + count;
        }
        self.facts += other.facts;
        self.projects += other.projects;
        self.indicators += other.indicators;
        self.differences.extend(other.differences);
    }

    fn differ(&mut self, table: Option<TableKind>, row: &str, column: &str, expected: &str, found: &str) {
        self.differences.push(Difference {
            table,
            row: row.to_owned(),
            column: column.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        });
    }

    fn equal(&mut self, table: Option<TableKind>, row: &str, column: &str, expected: &str, found: &str) {
        if expected != found {
            self.differ(table, row, column, expected, found);
        }
    }
}

impl std::ops::Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            certain: self.certain + other.certain,
            ambiguous: self.ambiguous + other.ambiguous,
            plausible: self.plausible + other.plausible,
            doubtful: self.doubtful + other.doubtful,
        }
    }
}

/// Compares the tables and the text of a disclosure with what they should be.
///
/// A figure that is certain must stand where it is expected; one that is ambiguous must have the truth among its candidates.
/// Rows, names and what they are a part of must be equal. Places are not compared, and neither are names of projects whose
/// border the reader reports as uncertain, nor the wholes of a list whose sums, as it reports, divide it in several ways. Of the text, headings, stated figures with what they are about and why they changed, the
/// organisation, projects, performance targets, glossary and sign-off must be equal, in the order of print; levels of an
/// indicator that the reader is not sure of are not compared.
///
/// ```
/// use budget_testkit::{Books, Config, compare, disclosure};
///
/// let config = Config::default();
/// let expected = disclosure(&Books::random(7, &config), &config);
/// assert_eq!(compare(&expected, &expected).differences, []);
/// ```
#[must_use]
pub fn compare(expected: &Disclosure, read: &Disclosure) -> Comparison {
    let mut comparison = Comparison::default();
    let show = |value: &dyn fmt::Debug| format!("{value:?}");
    let name = |disclosure: &Disclosure| disclosure.entity.as_ref().map(|entity| entity.text.clone());
    comparison.equal(None, "", "layout", &expected.layout, &read.layout);
    comparison.equal(None, "", "year", &show(&expected.year), &show(&read.year));
    comparison.equal(None, "", "scope", expected.scope.as_str(), read.scope.as_str());
    comparison.equal(None, "", "entity", &show(&name(expected)), &show(&name(read)));
    for table in &expected.tables {
        match read.tables.iter().filter(|found| found.kind == table.kind).collect::<Vec<_>>().as_slice() {
            [found] => Tables { expected: table, found, read }.compare(&mut comparison),
            other => {
                let found = format!("{} tables", other.len());
                comparison.differ(Some(table.kind), "", "table", &table.title.text, &found);
            }
        }
    }
    for found in read.tables.iter().filter(|found| !expected.tables.iter().any(|table| table.kind == found.kind)) {
        comparison.differ(Some(found.kind), "", "table", "no such table", &found.title.text);
    }
    said::compare(expected, read, &mut comparison);
    comparison
}

/// A table and what was read of it.
struct Tables<'t> {
    expected: &'t Table,
    found: &'t Table,
    read: &'t Disclosure,
}

/// What a row is known by.
fn key(row: &Row) -> String {
    let side = row.side.map_or("", |side| side.as_str());
    match row.code {
        Some(code) => format!("{side} {code}"),
        None => format!("{side} {}", fold(&row.label.text)),
    }
}

fn describe(row: &Row) -> String {
    let side = row.side.map_or("", |side| side.as_str());
    let code = row.code.map(|code| code.to_string()).unwrap_or_default();
    let project = row.project.as_ref().map_or("", |project| &project.text);
    [side, &code, &row.label.text, project]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}

impl Tables<'_> {
    fn compare(&self, comparison: &mut Comparison) {
        let kind = Some(self.expected.kind);
        let ids = |table: &Table| table.columns.iter().map(|column| column.id.clone()).collect::<Vec<_>>().join(" ");
        comparison.equal(kind, "", "columns", &ids(self.expected), &ids(self.found));
        comparison.equal(kind, "", "unit", self.expected.unit.as_str(), self.found.unit.as_str());
        comparison.equal(kind, "", "title", &fold(&self.expected.title.text), &fold(&self.found.title.text));
        let empty = |table: &Table| table.declared_empty.as_ref().map_or(String::new(), |label| label.text.clone());
        comparison.equal(kind, "", "declared empty", &empty(self.expected), &empty(self.found));

        // In a sheet the rows of both sides alternate, in a text they may: each side is in order.
        let sides = [None, Some(Side::Revenue), Some(Side::Expenditure)];
        let pairs: Vec<_> =
            sides.into_iter().flat_map(|side| align(&self.expected.rows, &self.found.rows, side)).collect();
        // Where each row was found, to compare what it is a part of.
        let mut places = vec![None; self.expected.rows.len()];
        for (expected, found) in &pairs {
            if let (Some(expected), Some(found)) = (expected, found)
                && let Some(place) = places.get_mut(*expected)
            {
                *place = Some(*found);
            }
        }
        for (expected, found) in pairs {
            let row = |rows: &'_ [Row], index: Option<usize>| index.and_then(|index| rows.get(index)).cloned();
            match (row(&self.expected.rows, expected), row(&self.found.rows, found)) {
                (Some(expected), Some(found)) => {
                    self.row(&expected, &found, comparison);
                    let whole = expected.part_of.and_then(|whole| places.get(whole as usize).copied().flatten());
                    let whole = whole.map(|whole| whole as u32);
                    if whole != found.part_of && !self.is_open(&found) {
                        let name = |row: Option<u32>| {
                            row.and_then(|row| self.found.rows.get(row as usize)).map_or("nothing".to_owned(), describe)
                        };
                        let (whole, part_of) = (name(whole), name(found.part_of));
                        comparison.differ(kind, &describe(&expected), "part of", &whole, &part_of);
                    }
                }
                (Some(expected), None) => comparison.differ(kind, &describe(&expected), "row", "a row", "nothing"),
                (None, Some(found)) => comparison.differ(kind, &describe(&found), "row", "nothing", "a row"),
                (None, None) => {}
            }
        }
    }

    /// Whether the reader says that it cannot tell what a row is a part of: the sums divide the list in several ways.
    fn is_open(&self, found: &Row) -> bool {
        let says_so = |diagnostic: &Diagnostic| {
            diagnostic.code == DiagnosticCode::ListDivisionUncertain
                && diagnostic.places.contains(&self.found.title.place)
        };
        found.part_of.is_none() && self.read.diagnostics.iter().any(says_so)
    }

    fn row(&self, expected: &Row, found: &Row, comparison: &mut Comparison) {
        let kind = Some(self.expected.kind);
        let name = describe(expected);
        let is_uncertain = found.doubts.has(Aspect::Row)
            || self.read.diagnostics.iter().any(|diagnostic| diagnostic.places.contains(&found.label.place));
        if !is_uncertain {
            let project = |row: &Row| row.project.as_ref().map_or(String::new(), |project| project.text.clone());
            comparison.equal(kind, &name, "name", &expected.label.text, &found.label.text);
            comparison.equal(kind, &name, "project", &project(expected), &project(found));
        }
        if !self.is_open(found) {
            comparison.equal(kind, &name, "role", expected.role.as_str(), found.role.as_str());
        }
        if expected.cells.len() != found.cells.len() {
            // 942 942, read as the one number 942942 whose value is in doubt: nothing is claimed.
            let is_doubtful = |cell: &Cell| self.found.doubts_of(found, cell).has(Aspect::Value);
            if found.cells.iter().any(is_doubtful) {
                let counts = comparison.counts.entry(self.expected.kind).or_default();
                counts.doubtful += expected.cells.len();
                return;
            }
            let cells = |row: &Row| row.cells.iter().map(|cell| cell.amount.value.to_string()).collect::<Vec<_>>();
            let (expected, found) = (cells(expected).join(" "), cells(found).join(" "));
            comparison.differ(kind, &name, "figures", &expected, &found);
            return;
        }
        for (cell, other) in expected.cells.iter().zip(&found.cells) {
            let doubts = self.found.doubts_of(found, other).without(Aspect::Column);
            if doubts.is_empty() {
                self.cell(&name, cell, other, comparison);
            } else {
                comparison.counts.entry(self.expected.kind).or_default().doubtful += 1;
            }
        }
    }

    fn cell(&self, row: &str, expected: &Cell, found: &Cell, comparison: &mut Comparison) {
        let kind = self.expected.kind;
        let id = |table: &Table, column: u16| {
            table.columns.get(usize::from(column)).map(|column| column.id.clone()).unwrap_or_default()
        };
        let column = id(self.expected, expected.column);
        if expected.amount.value.to_string() != found.amount.value.to_string() {
            let (expected, found) = (expected.amount.value.to_string(), found.amount.value.to_string());
            comparison.differ(Some(kind), row, &column, &expected, &found);
            return;
        }
        let candidates = match &found.placement {
            Placement::Ambiguous { candidates } => candidates.as_slice(),
            Placement::Printed | Placement::Inferred { .. } => &[found.column],
        };
        if !candidates.iter().any(|candidate| id(self.found, *candidate) == column) {
            let value = expected.amount.value.to_string();
            let columns: Vec<String> = candidates.iter().map(|candidate| id(self.found, *candidate)).collect();
            comparison.differ(Some(kind), row, &column, &value, &format!("a figure of {}", columns.join(" or ")));
            return;
        }
        let count = comparison.counts.entry(kind).or_default();
        if candidates.len() == 1 {
            count.certain += 1;
        } else {
            count.ambiguous += 1;
            count.plausible += usize::from(id(self.found, found.column) == column);
        }
    }
}

/// How far rows are searched for that were lost or added.
const LOOK_AHEAD: usize = 64;

/// Which row of a side is which, in order: pairs of indices, one of them missing where a row has no partner.
fn align(expected: &[Row], found: &[Row], side: Option<Side>) -> Vec<(Option<usize>, Option<usize>)> {
    let of_side = |rows: &[Row]| -> (Vec<usize>, Vec<String>) {
        rows.iter().enumerate().filter(|(_, row)| row.side == side).map(|(index, row)| (index, key(row))).unzip()
    };
    let ((left_rows, left), (right_rows, right)) = (of_side(expected), of_side(found));
    let mut pairs = Vec::with_capacity(left.len());
    let (mut at, mut other) = (0, 0);
    while let (Some(one), Some(two)) = (left.get(at), right.get(other)) {
        if one == two {
            pairs.push((Some(at), Some(other)));
            (at, other) = (at + 1, other + 1);
            continue;
        }
        let ahead = |keys: &[String], from: usize, key: &String| {
            keys.iter().skip(from).take(LOOK_AHEAD).position(|other| other == key)
        };
        match (ahead(&left, at, two), ahead(&right, other, one)) {
            (Some(lost), added) if added.is_none_or(|added| lost <= added) => {
                pairs.extend((at..at + lost).map(|row| (Some(row), None)));
                at += lost;
            }
            (_, Some(added)) => {
                pairs.extend((other..other + added).map(|row| (None, Some(row))));
                other += added;
            }
            _ => {
                pairs.push((Some(at), None));
                pairs.push((None, Some(other)));
                (at, other) = (at + 1, other + 1);
            }
        }
    }
    pairs.extend((at..left.len()).map(|row| (Some(row), None)));
    pairs.extend((other..right.len()).map(|row| (None, Some(row))));
    let index = |rows: &[usize], at: Option<usize>| at.and_then(|at| rows.get(at).copied());
    pairs.into_iter().map(|(left, right)| (index(&left_rows, left), index(&right_rows, right))).collect()
}
