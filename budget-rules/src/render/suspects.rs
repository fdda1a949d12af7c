//! Which suspects of a finding are listed.

use budget_model::FigureRef;

use crate::figure::Subject;
use crate::report::{Finding, Suspect};

/// Suspects that are listed one by one.
const LISTED: usize = 6;

/// A suspect, and how many others are only counted because they stand in its column or row.
pub(super) struct Listed<'a> {
    pub(super) suspect: &'a Suspect,
    pub(super) more: usize,
    /// Whether the others share its column; else they share its row.
    pub(super) is_column: bool,
}

/// The suspects of a finding. Where any of many may be wrong, those of one column of a table are one entry, and what is then
/// alone in its column is one with its row.
pub(super) fn listed(finding: &Finding) -> Vec<Listed<'_>> {
    let suspects = &finding.suspects;
    let alone = |suspect| Listed { suspect, more: 0, is_column: true };
    if finding.is_decided || suspects.len() <= LISTED {
        return suspects.iter().map(alone).collect();
    }
    let in_column = |at: &FigureRef| suspects.iter().filter_map(cell).filter(|other| same_column(other, at)).count();
    let is_column = |at: &FigureRef| in_column(at) > 1;
    let mut listed: Vec<Listed<'_>> = Vec::new();
    for suspect in suspects {
        let same = cell(suspect).and_then(|at| {
            let of_column = is_column(&at);
            listed.iter_mut().find(|entry| {
                cell(entry.suspect).is_some_and(|first| match of_column {
                    true => entry.is_column && same_column(&first, &at),
                    false => !entry.is_column && (first.table, first.row) == (at.table, at.row),
                }) && std::mem::discriminant(&entry.suspect.subject) == std::mem::discriminant(&suspect.subject)
            })
        });
        match same {
            Some(entry) => entry.more += 1,
            None => listed.push(Listed { suspect, more: 0, is_column: cell(suspect).is_none_or(|at| is_column(&at)) }),
        }
    }
    listed
}

fn cell(suspect: &Suspect) -> Option<FigureRef> {
    match suspect.subject {
        Subject::Cell(at) | Subject::LastYear(at) => Some(at),
        _ => None,
    }
}

fn same_column(one: &FigureRef, other: &FigureRef) -> bool {
    (one.table, one.column) == (other.table, other.column)
}

#[cfg(test)]
mod tests {
    use budget_model::{Decimal, Place};

    use super::*;

    fn suspect(table: u32, row: u32, column: u16) -> Suspect {
        Suspect {
            subject: Subject::Cell(FigureRef { table, row, column }),
            name: String::new(),
            name_en: None,
            place: Place::Text { page: 1, line: row, column: 1 },
            value: Decimal::ONE,
            fitting: None,
        }
    }

    #[test]
    fn many_suspects_of_one_column_or_row_are_one_entry() {
        let mut suspects: Vec<Suspect> = (0..5).map(|row| suspect(0, row, 2)).collect();
        suspects.extend((3..6).map(|column| suspect(0, 9, column)));
        let mut finding = Finding { suspects, ..Finding::default() };
        let counts =
            |finding: &Finding| listed(finding).iter().map(|entry| (entry.more, entry.is_column)).collect::<Vec<_>>();
        assert_eq!(counts(&finding), [(4, true), (2, false)]);
        finding.suspects.truncate(6);
        assert_eq!(counts(&finding).len(), 6);
    }
}
