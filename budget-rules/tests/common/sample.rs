//! The sample disclosure of the workspace, and ways to spoil it.

use std::path::Path;

use budget_model::{Decimal, Disclosure, Fact, Measure, TableKind};

/// The sample as the reader of texts reads it.
pub(crate) fn sample() -> Disclosure {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/disclosure.txt");
    budget_parse_text::read_text(&std::fs::read(path).unwrap()).unwrap()
}

/// The first fact of a measure whose section begins and whose subject ends like this.
pub(crate) fn fact<'d>(disclosure: &'d mut Disclosure, section: &str, subject: &str, measure: Measure) -> &'d mut Fact {
    let wanted = |fact: &&mut Fact| {
        let last = fact.subject.last().is_some_and(|last| last.ends_with(subject));
        fact.section.starts_with(section) && last && fact.measure == measure
    };
    disclosure.facts.iter_mut().find(wanted).unwrap_or_else(|| panic!("no {measure:?} of {subject} in {section}"))
}

/// The figure in the first column of the row that has this code (or, if it is 0, of the first row).
pub(crate) fn cell(disclosure: &mut Disclosure, kind: TableKind, code: u32) -> &mut Decimal {
    let table = disclosure.tables.iter_mut().find(|table| table.kind == kind).unwrap();
    let code = budget_model::Code::from_number(code);
    let row = table.rows.iter_mut().find(|row| code.is_none() || row.code == code).unwrap();
    &mut row.cells.iter_mut().find(|cell| cell.column == 0).unwrap().amount.value
}
