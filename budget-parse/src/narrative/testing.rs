//! Helpers for the tests of this module.

use budget_document::Line;
use budget_model::{Disclosure, Stage};

use crate::LayoutSet;
use crate::consumption::Consumption;

/// The lines of a text that are not blank, numbered as printed.
pub(super) fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut blank = true;
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        lines.push(Line::new(line, 1, index as u32 + 1).after_blank(blank).page_start(lines.is_empty()));
        blank = false;
    }
    lines
}

/// Reads a text that is prose from end to end.
pub(super) fn read_prose(text: &str) -> Disclosure {
    read(text, Stage::Budget)
}

/// Reads the text of final accounts.
pub(super) fn read_accounts(text: &str) -> Disclosure {
    read(text, Stage::Final)
}

fn read(text: &str, stage: Stage) -> Disclosure {
    let lines = lines_of(text);
    let lines: Vec<&Line<'_>> = lines.iter().collect();
    let mut disclosure = Disclosure { year: Some(2025), stage, ..Disclosure::default() };
    let mut consumption = Consumption::new(lines.len());
    let layouts = LayoutSet::built_in();
    let expected = layouts.layouts().next().map(|layout| layout.sections.as_slice()).unwrap_or_default();
    let form = super::Form { sections: expected, parts: &[] };
    super::read(&lines, std::slice::from_ref(&(0..lines.len())), form, &mut disclosure, &mut consumption);
    disclosure.ledger = consumption.ledger(&lines);
    disclosure
}
