//! Two years or two versions of one disclosure, table by table and row by row.
//!
//! Tables are paired by what they are about and who compiled them, rows by their codes, else by their names, columns by
//! their ids. What is equal is counted and left out. Two figures are equal if they are printed alike, or, where units or
//! decimals differ, if some amount prints like both; a blank beside a zero is no difference. From a figure that is in doubt,
//! nothing is concluded: it is shown as undecided where it is not printed alike. Rows and tables without figures are not
//! compared.

mod csv;
mod figures;
mod pairing;
mod passed_over;
mod rows;
mod tables;

use budget_model::{Code, Decimal, Disclosure, Doubts, Label, Place, Role, Scope, Stage, TableKind, Unit};
use serde::{Deserialize, Serialize};

/// What differs between two disclosures.
///
/// ```
/// use budget_model::Disclosure;
/// use budget_rules::Comparison;
///
/// let comparison = Comparison::new(&Disclosure::default(), &Disclosure::default());
/// assert!(comparison.is_equal() && comparison.tables.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// What the first document says of itself.
    pub before: Head,
    /// What the second document says of itself.
    pub after: Head,
    /// Number of figures that were compared, each pair once.
    pub compared: u32,
    /// Number of figures from which nothing is concluded, because they are in doubt.
    pub undecided: u32,
    /// The tables that differ or whose units do, in the order of the second document; then those that only the first has.
    pub tables: Vec<TableChange>,
}

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The entity (部门, 单位).
    pub entity: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Stage,
    /// Department or single unit.
    pub scope: Scope,
    /// Whether every page was read. If not, what is missing may stand on the others.
    pub is_complete: bool,
}

/// Whether something stands in both documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// In both.
    Both,
    /// Only in the second.
    Added,
    /// Only in the first.
    Dropped,
    /// In one of them for certain; whether in the other is not known.
    Unclear,
}

/// A table that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChange {
    /// What it is about.
    pub kind: TableKind,
    /// Its title, that of the second document if both have it.
    pub title: String,
    /// Who compiled it, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiler: Option<String>,
    /// In which of the documents it stands.
    pub presence: Presence,
    /// The unit of its figures in the first document and in the second; amounts of different units are compared in yuan.
    pub units: (Unit, Unit),
    /// The columns of figures that only one of the documents has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnChange>,
    /// The rows that differ, totals first, then in the order of the second document; those that only the first has at last.
    pub rows: Vec<RowChange>,
}

/// A column that one of the documents does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChange {
    /// Its id; empty where its meaning is not known.
    pub id: String,
    /// Its name.
    pub label: String,
    /// In which of the documents it stands.
    pub presence: Presence,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Its name, that of the second document if both have it.
    pub name: String,
    /// Its name in the first document, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed_from: Option<String>,
    /// The project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// The unit (预算单位) it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it is in the arithmetic of its table.
    pub role: Role,
    /// In which of the documents it stands.
    pub presence: Presence,
    /// Whether its code or name is in doubt in one of the documents: then another name is no difference.
    pub in_doubt: bool,
    /// The figures that differ or are undecided; all figures of a row that only one document has.
    pub figures: Vec<FigureChange>,
}

/// A figure that differs, or of which that cannot be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureChange {
    /// The id of its column; empty where its meaning is not known.
    pub column: String,
    /// The name of its column.
    pub label: String,
    /// What the first document prints; nothing if the place is blank or the row or column is not there.
    pub before: Option<Printed>,
    /// What the second document prints.
    pub after: Option<Printed>,
    /// Whether nothing of both is in doubt, so that they differ for certain.
    pub is_certain: bool,
    /// Second minus first, where both are printed for certain.
    pub difference: Option<Decimal>,
    /// The unit of the difference: that of both figures, else 元.
    pub unit: Unit,
    /// The difference in percent of the first, to 0.01; nothing where that is zero.
    pub percent: Option<Decimal>,
}

/// A printed figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The number as printed.
    pub value: Decimal,
    /// Where it stands in its document.
    pub place: Place,
    /// What is in doubt of it.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    pub doubts: Doubts,
}

impl Comparison {
    /// Compares two disclosures, the earlier one first.
    #[must_use]
    pub fn new(before: &Disclosure, after: &Disclosure) -> Self {
        let mut count = figures::Count::default();
        let tables = tables::changes(before, after, &mut count);
        let (before, after) = (Head::of(before), Head::of(after));
        Self { before, after, compared: count.compared, undecided: count.undecided, tables }
    }

    /// Whether nothing differs for certain. What is in doubt is [counted](Self::undecided) and makes no difference.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.is_of_one_entity() && self.is_of_one_year() && !self.tables.iter().any(TableChange::is_certain)
    }

    /// Whether both are of one entity, or one of them does not say whose it is.
    #[must_use]
    pub fn is_of_one_entity(&self) -> bool {
        match (&self.before.entity, &self.after.entity) {
            // A department and one of its units may have one name.
            (Some(before), Some(after)) => before == after && self.before.scope == self.after.scope,
            _ => true,
        }
    }

    /// Whether both are the budgets or the final accounts of one year, or one of them does not say of which.
    #[must_use]
    pub fn is_of_one_year(&self) -> bool {
        let is_same = match (self.before.year, self.after.year) {
            (Some(before), Some(after)) => before == after,
            _ => true,
        };
        is_same && self.before.stage == self.after.stage
    }

    /// How many rows and figures differ for certain.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for table in &self.tables {
            match table.presence {
                Presence::Both => {}
                Presence::Added => totals.tables_added += 1,
                Presence::Dropped => totals.tables_dropped += 1,
                Presence::Unclear => {}
            }
            for row in table.rows.iter().filter(|_| table.presence == Presence::Both) {
                totals.rows_renamed += usize::from(row.is_renamed());
                match row.presence {
                    Presence::Both => totals.figures += row.figures.iter().filter(|figure| figure.is_certain).count(),
                    Presence::Added => totals.rows_added += 1,
                    Presence::Dropped => totals.rows_dropped += 1,
                    Presence::Unclear => {}
                }
            }
        }
        totals
    }

    /// The differences as CSV with a header row (RFC 4180, UTF-8), one row for each figure, and one for each row, column or
    /// table without figures. Text that a spreadsheet would take for a formula has an apostrophe in front.
    #[must_use]
    pub fn to_csv(&self, sheets_before: &[String], sheets_after: &[String]) -> String {
        csv::write(self, sheets_before, sheets_after)
    }
}

/// What differs for certain, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Tables that only the second document has.
    pub tables_added: usize,
    /// Tables that only the first document has.
    pub tables_dropped: usize,
    /// Rows, of tables in both, that only the second has.
    pub rows_added: usize,
    /// Rows, of tables in both, that only the first has.
    pub rows_dropped: usize,
    /// Rows with another name.
    pub rows_renamed: usize,
    /// Figures of rows in both.
    pub figures: usize,
}

impl TableChange {
    /// Whether something of it differs for certain.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        match self.presence {
            Presence::Both => {
                let of_rows = self.rows.iter().any(RowChange::is_certain);
                of_rows || self.columns.iter().any(|column| column.presence != Presence::Unclear)
            }
            Presence::Added | Presence::Dropped => true,
            Presence::Unclear => false,
        }
    }
}

impl RowChange {
    /// Whether it has another name for certain.
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        self.renamed_from.is_some() && !self.in_doubt
    }

    /// Whether something of it differs for certain.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        match self.presence {
            Presence::Both => self.is_renamed() || self.figures.iter().any(|figure| figure.is_certain),
            Presence::Added | Presence::Dropped => true,
            Presence::Unclear => false,
        }
    }
}

impl Head {
    fn of(disclosure: &Disclosure) -> Self {
        let entity = disclosure.entity.as_ref().map(text_of).filter(|entity| !entity.is_empty());
        Self {
            entity,
            year: disclosure.year,
            stage: disclosure.stage,
            scope: disclosure.scope,
            is_complete: disclosure.is_complete(),
        }
    }
}

/// A printed text without white space, which formats keep or lose.
fn text_of(label: &Label) -> String {
    label.text.chars().filter(|one| !one.is_whitespace()).collect()
}
