//! The prose: sections, stated figures, organisation, projects, glossary, sign-off.
//!
//! ```text
//! lines ──prose──▶ joined text ──blocks──▶ headings and paragraphs ──sections──▶ model
//!                                                    │
//!                                    grammar ──▶ tokens ──facts──▶ figures ──coordinates──▶ the cube
//! ```

mod blocks;
mod contents;
mod coordinates;
mod evidence;
mod facts;
mod glossary;
#[cfg(test)]
mod gold;
mod grammar;
mod headings;
mod names;
mod number;
mod ordinal;
mod organisation;
mod position;
mod projects;
mod prose;
mod sections;
mod subjects;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod vocabulary;

pub(crate) use evidence::settle;

use std::ops::Range;

use budget_document::Line;
use budget_model::Disclosure;

use crate::consumption::Consumption;

/// What the form says of the prose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form<'l> {
    /// The headings that it asks for.
    pub(crate) sections: &'l [String],
    /// Lines that head a part without saying its number, in order, and the number of the part.
    pub(crate) parts: &'l [(usize, usize)],
}

/// Reads the prose of a document into the disclosure, whose tables are already there.
pub(crate) fn read(
    lines: &[&Line<'_>],
    regions: &[Range<usize>],
    form: Form<'_>,
    disclosure: &mut Disclosure,
    consumption: &mut Consumption,
) {
    let mut prose = prose::Prose::new(lines, regions);
    prose.number_parts(form.parts);
    let narrative = sections::read(&prose, form.sections, disclosure);
    for line in narrative.lines.into_iter().chain(prose.page_numbers.iter().copied()) {
        consumption.whole(line);
    }
    disclosure.sections.extend(narrative.sections);
    disclosure.organisation = narrative.organisation;
    disclosure.facts.extend(narrative.facts);
    disclosure.projects.extend(narrative.projects);
    disclosure.glossary.extend(narrative.glossary);
    disclosure.sign_off = narrative.sign_off;
    disclosure.diagnostics.extend(narrative.diagnostics);
}
