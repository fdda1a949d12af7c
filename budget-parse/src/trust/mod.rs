//! Whether the text of a table can be trusted: that its rows are rows, its names names, and its columns those of the form.
//!
//! A text has no cells. What an extractor writes may run down the columns of a table, mix its rows, or put the header between
//! them (`pdftotext FILE -`, copy and paste), and what is read from it can look like a table and be none. So every table of a
//! text is looked at as a whole: its [frame] (title and header), each of its [rows](signs), and its [sums]. A row that shows
//! a sign of disorder is in doubt. A table of which many rows do is in doubt as a whole, and where this holds of several
//! tables of a document, nobody has put its text in order: then a table is certain only if its own sums confirm every row.

mod frame;
mod signs;
mod sums;

use budget_model::{Aspect, Diagnostic, DiagnosticCode, Doubts, Label, Table};

use crate::layout::{Shape, TableForm};
use crate::outline::{Region, RegionKind};
use crate::raw::Line;
use crate::table::UnplacedTable;
use frame::Frame;
use signs::{Names, Sign};

/// A table is damaged if at least this many of its rows show signs of disorder …
const FEWEST_SIGNS: usize = 2;
/// … and at least one of this many does.
const SHARE_OF_SIGNS: usize = 4;

/// A document is in disorder if at least this many of its tables are damaged …
const FEWEST_DAMAGED: usize = 2;
/// … and at least one of this many is.
const SHARE_OF_DAMAGED: usize = 4;

/// What was found about the tables of a text.
pub(crate) struct Trust {
    tables: Vec<Finding>,
}

/// What was found about a table.
struct Finding {
    shape: Shape,
    /// For each row, the first sign of disorder.
    signs: Vec<Option<Sign>>,
    frame: Frame,
}

impl Finding {
    /// The rows that show a sign.
    fn rows(&self) -> impl Iterator<Item = (usize, Sign)> + '_ {
        self.signs.iter().enumerate().filter_map(|(row, sign)| Some((row, (*sign)?)))
    }

    /// Whether so many rows show a sign that the others cannot be trusted either.
    fn is_damaged(&self, table: &Table) -> bool {
        let count = self.rows().count();
        let far = self.rows().any(|(_, sign)| sign == Sign::FarBeyond);
        // Rows that the form prints need not have figures, so they do not speak for the others.
        let all = table.rows.iter().zip(&self.signs).filter(|(row, sign)| row.code.is_some() || sign.is_some()).count();
        let all = if all > count { all } else { table.rows.len() };
        far || count >= FEWEST_SIGNS && count * SHARE_OF_SIGNS >= all
    }
}

/// Looks at the structure of the tables and marks what it puts in doubt, before their figures have columns, so that nothing
/// is concluded from it.
pub(crate) fn examine(lines: &[&Line<'_>], regions: &[Region], tables: &mut [UnplacedTable<'_>]) -> Trust {
    let names = Names::of(tables);
    let of_tables = regions.iter().filter_map(|region| match region.kind {
        RegionKind::Table { title, .. } => Some((title, region)),
        _ => None,
    });
    let mut found = Vec::with_capacity(tables.len());
    for (table, (title, region)) in tables.iter_mut().zip(of_tables) {
        let frame = Frame::of(lines, region, title, table);
        let signs = signs::of_rows(table, &names);
        for (row, sign) in table.table.rows.iter_mut().zip(&signs) {
            if sign.is_some() {
                row.doubts.add(Aspect::Row);
            }
        }
        frame.mark(&mut table.table, &table.figures);
        found.push(Finding { shape: table.form.shape, signs, frame });
    }
    let trust = Trust { tables: found };
    let is_disordered = trust.is_disordered(tables.iter().map(|table| &table.table));
    for (table, finding) in tables.iter_mut().zip(&trust.tables) {
        if is_disordered || finding.is_damaged(&table.table) {
            table.table.doubts |= Doubts::of(Aspect::Row) | Doubts::of(Aspect::Column);
        }
    }
    trust
}

impl Trust {
    /// Whether the text of the document as a whole is not in the order of rows.
    fn is_disordered<'t>(&self, tables: impl Iterator<Item = &'t Table>) -> bool {
        let with_rows = self.tables.iter().zip(tables).filter(|(_, table)| !table.rows.is_empty());
        let (mut damaged, mut all) = (0, 0);
        for (finding, table) in with_rows {
            all += 1;
            damaged += usize::from(finding.is_damaged(table));
        }
        damaged >= FEWEST_DAMAGED && damaged * SHARE_OF_DAMAGED >= all
    }

    /// Takes back the doubt of the tables that their own sums confirm, adds it where the sums contradict the reading, and
    /// says what is wrong with each table.
    pub(crate) fn conclude(&self, tables: &mut [Table], diagnostics: &mut Vec<Diagnostic>) {
        let is_disordered = self.is_disordered(tables.iter());
        let order = Doubts::of(Aspect::Row) | Doubts::of(Aspect::Column);
        for (table, finding) in tables.iter_mut().zip(&self.tables) {
            let title = table.title.text.clone();
            let place = table.title.place;
            let mut report = |code: DiagnosticCode, arguments: Vec<String>| {
                let arguments = std::iter::once(title.clone()).chain(arguments);
                diagnostics.push(Diagnostic::new(code, arguments).at(place));
            };
            let count = finding.rows().count();
            let example = finding.rows().next().and_then(|(row, _)| table.rows.get(row)).map(example);
            let all = table.rows.len();
            if finding.is_damaged(table) {
                report(DiagnosticCode::RowsMixed, vec![count.to_string(), all.to_string(), example.unwrap_or_default()]);
            } else if is_disordered && table.figure_count() > 0 {
                // A name beside the wrong figures, or a figure on the wrong side, breaks no sum where rows have no codes.
                let confirmed =
                    finding.shape == Shape::Classified && count == 0 && finding.frame.is_sound() && sums::confirm(table);
                if confirmed {
                    table.doubts = table.doubts.without(Aspect::Row).without(Aspect::Column);
                } else {
                    report(DiagnosticCode::OrderUnconfirmed, Vec::new());
                }
            } else if sums::contradict(table) {
                table.doubts |= order;
                report(DiagnosticCode::SumsContradict, Vec::new());
            } else if let Some(example) = example {
                report(DiagnosticCode::RowsDoubtful, vec![count.to_string(), example]);
            }
            for (code, arguments) in finding.frame.findings() {
                if table.figure_count() > 0 {
                    report(code, arguments);
                }
            }
        }
    }
}

/// A row in a message: its code and the beginning of its name.
fn example(row: &budget_model::Row) -> String {
    const LONGEST: usize = 24;
    let name: String = row.label.text.chars().take(LONGEST).collect();
    let more = if row.label.text.chars().count() > LONGEST { "…" } else { "" };
    let code = row.code.map(|code| code.to_string() + " ").unwrap_or_default();
    format!("{code}{name}{more}")
}

/// The words of a label, for comparing.
fn folded(label: &Label) -> String {
    crate::text::fold(&label.text)
}

/// How many figures a row of a form can have.
fn columns_of(form: &TableForm, side: Option<budget_model::Side>) -> usize {
    if form.shape == Shape::TwoSided && side == Some(budget_model::Side::Revenue) { 1 } else { form.columns.len() }
}
