//! Performance target tables (绩效目标表).

use std::ops::Range;

use budget_model::Disclosure;

use crate::consumption::Consumption;
use crate::raw::Line;

/// Reads the performance tables of a document, one a region, into the disclosure.
pub(crate) fn read(
    lines: &[&Line<'_>],
    regions: &[Range<usize>],
    disclosure: &mut Disclosure,
    consumption: &mut Consumption,
) {
    let _ = (lines, regions, disclosure, consumption);
}
