//! Pages that a file lacks: the numbers printed on its pages jump, or end before the number of pages that they name.

use std::collections::BTreeMap;

use budget_document::Line;
use budget_model::{Diagnostic, DiagnosticCode, Place};

use crate::page_number::{PageNumber, page_number};

/// Fewest steps from a page to the next that show that pages are numbered one after the other.
const STEPS: usize = 3;
/// Where more of the steps jump, the numbers are no count of the pages of this file.
const STEPS_PER_JUMP: usize = 5;

/// A page number and where it stands.
type Printed = (PageNumber, Place);

/// From a page with a number to the next one.
struct Step {
    number: u32,
    /// How many more the number has grown by than there are pages.
    lacking: i64,
    /// Where the next number stands.
    place: Place,
}

impl Step {
    /// Pages between the two that print no number count as well.
    fn between(((page, (one, _)), (next_page, (next, place))): ((&u32, &Printed), (&u32, &Printed))) -> Self {
        let lacking = i64::from(next.number) - i64::from(one.number) - (i64::from(*next_page) - i64::from(*page));
        Self { number: one.number, lacking, place: *place }
    }
}

/// What the page numbers of a document say of pages that are not there.
pub(crate) fn report(lines: &[&Line<'_>]) -> Vec<Diagnostic> {
    let printed = printed(lines);
    let steps: Vec<Step> = printed.iter().zip(printed.iter().skip(1)).map(Step::between).collect();
    let regular = steps.iter().filter(|step| step.lacking == 0).count();
    let jumps: Vec<&Step> = steps.iter().filter(|step| step.lacking > 0).collect();
    if regular < STEPS || regular < jumps.len() * STEPS_PER_JUMP {
        return Vec::new();
    }
    let missing = |after: u32, count: i64, place: Place| {
        Diagnostic::new(DiagnosticCode::PagesMissing, [after.to_string(), count.to_string()]).at(place)
    };
    let mut found: Vec<Diagnostic> =
        jumps.into_iter().map(|step| missing(step.number, step.lacking, step.place)).collect();
    // 第 15 页，共 17 页 on the last page of the file, which has fewer pages
    let last_page = lines.iter().map(|line| line.page).max();
    if let Some((page, (last, place))) = printed.last_key_value()
        && let Some(of) = last.of.filter(|of| last_page == Some(*page) && *of > last.number && of > page)
        && printed.values().filter(|(number, _)| number.of == Some(of)).count() > STEPS
    {
        found.push(missing(last.number, i64::from(of - last.number), *place));
    }
    found
}

/// The number that each page prints: the one that is marked as such, else a number alone at its head or foot.
fn printed(lines: &[&Line<'_>]) -> BTreeMap<u32, Printed> {
    let text: Vec<&&Line<'_>> = lines.iter().filter(|line| !line.is_of_cell()).collect();
    let mut printed = BTreeMap::new();
    for page in text.chunk_by(|one, next| one.page == next.page) {
        let of = |line: &&&Line<'_>| Some((page_number(&line.text)?, line.place(0)));
        let mut marked = page.iter().filter_map(of).filter(|(number, _)| number.is_marked);
        let found = match (marked.next(), marked.next()) {
            (Some(found), None) => Some(found),
            (None, _) => page.last().and_then(of).or_else(|| page.first().and_then(of)),
            _ => None,
        };
        if let (Some(line), Some(found)) = (page.first(), found) {
            printed.insert(line.page, found);
        }
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(feet: &[&'static str]) -> Vec<Vec<String>> {
        let lines: Vec<Line<'_>> = (1..)
            .zip(feet)
            .flat_map(|(page, foot)| [Line::new("云溪县文化馆", page, 1), Line::new(*foot, page, 2)])
            .collect();
        report(&lines.iter().collect::<Vec<_>>()).into_iter().map(|found| found.arguments).collect()
    }

    #[test]
    fn a_jump_of_the_page_numbers_is_said() {
        assert_eq!(said(&["- 1 -", "- 2 -", "- 3 -", "- 4 -", "- 5 -", "- 6 -", "- 9 -", "- 10 -"]), [["6", "2"]]);
        assert_eq!(said(&["1", "2", "3", "4", "5", "6", "8", "9"]), [["6", "1"]]);
    }

    #[test]
    fn pages_without_a_number_and_numbers_that_begin_anew_are_no_gaps() {
        assert!(said(&["- 1 -", "- 2 -", "- 3 -", "- 4 -", "无页码", "- 6 -", "- 1 -", "- 2 -"]).is_empty());
        // Numbers of another count: every second one.
        assert!(said(&["1", "3", "5", "7", "9", "11"]).is_empty());
    }

    #[test]
    fn a_file_that_ends_before_the_count_of_its_pages_is_cut() {
        let feet = ["第1页，共8页", "第2页，共8页", "第3页，共8页", "第4页，共8页", "第5页，共8页"];
        assert_eq!(said(&feet), [["5", "3"]]);
    }
}
