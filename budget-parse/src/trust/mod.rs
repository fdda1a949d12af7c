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

use budget_document::Line;
use budget_model::{Aspect, Diagnostic, DiagnosticCode, Doubts, Label, Table};

use crate::layout::{Shape, TableForm};
use crate::outline::{Region, RegionKind};
use crate::table::UnplacedTable;
use frame::Frame;
use signs::{Names, Sign};
use sums::Stated;

/// A table is damaged if at least this many of its rows show signs of disorder …
const FEWEST_SIGNS: usize = 3;
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
    let with_rows = tables.iter().zip(&trust.tables).filter(|(table, _)| !table.table.rows.is_empty());
    let is_disordered = is_disordered(with_rows.map(|(table, finding)| finding.is_damaged(&table.table)));
    for (table, finding) in tables.iter_mut().zip(&trust.tables) {
        if is_disordered || finding.is_damaged(&table.table) {
            table.table.doubts |= Doubts::of(Aspect::Row) | Doubts::of(Aspect::Column);
        }
    }
    trust
}

impl Trust {
    /// Takes back the doubt of the tables that their own sums confirm, adds it where the sums contradict the reading, and
    /// says what is wrong with each table.
    pub(crate) fn conclude(&self, tables: &mut [Table], diagnostics: &mut Vec<Diagnostic>) {
        let stated = Stated::of(tables);
        let contradicted: Vec<bool> = tables
            .iter()
            .zip(&self.tables)
            .map(|(table, finding)| sums::contradict(table, finding.shape, &stated))
            .collect();
        let bad = tables.iter().zip(&self.tables).zip(&contradicted);
        let is_disordered = is_disordered(
            bad.filter(|((table, _), _)| !table.rows.is_empty())
                .map(|((table, finding), contradicted)| *contradicted || finding.is_damaged(table)),
        );
        let order = Doubts::of(Aspect::Row) | Doubts::of(Aspect::Column);
        for ((table, finding), contradicted) in tables.iter_mut().zip(&self.tables).zip(contradicted) {
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
                report(
                    DiagnosticCode::RowsMixed,
                    vec![count.to_string(), all.to_string(), example.unwrap_or_default()],
                );
            } else if contradicted {
                table.doubts |= order;
                report(DiagnosticCode::SumsContradict, Vec::new());
            } else if is_disordered && table.figure_count() > 0 {
                // A name beside the wrong figures, or a figure on the wrong side, breaks no sum where rows have no codes.
                let confirmed = finding.shape == Shape::Classified
                    && count == 0
                    && finding.frame.is_sound()
                    && sums::confirm(table, finding.shape);
                if confirmed {
                    table.doubts = table.doubts.without(Aspect::Row).without(Aspect::Column);
                } else {
                    table.doubts |= order;
                    report(DiagnosticCode::OrderUnconfirmed, Vec::new());
                }
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

/// Whether the text of a document as a whole is not in the order of rows, going by which of its tables are not.
fn is_disordered(tables: impl Iterator<Item = bool>) -> bool {
    let (mut damaged, mut all) = (0, 0);
    for is_damaged in tables {
        all += 1;
        damaged += usize::from(is_damaged);
    }
    damaged >= FEWEST_DAMAGED && damaged * SHARE_OF_DAMAGED >= all
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
