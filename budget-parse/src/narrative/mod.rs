//! The prose: sections, stated figures, projects, glossary.

use std::ops::Range;

use budget_model::Disclosure;

use crate::consumption::Consumption;
use crate::raw::Line;

/// Reads the prose of a document into the disclosure, whose tables are already there.
pub(crate) fn read(
    lines: &[&Line<'_>],
    regions: &[Range<usize>],
    disclosure: &mut Disclosure,
    consumption: &mut Consumption,
) {
    let _ = (lines, regions, disclosure, consumption);
}
