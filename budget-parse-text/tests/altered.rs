//! One altered figure costs certainty near it at most; it never moves another figure.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use std::path::PathBuf;

use budget_model::{Disclosure, Place};
use budget_parse_text::read_text;

/// Place, column and certainty of every figure.
fn figures(disclosure: &Disclosure) -> Vec<(Place, String, bool)> {
    let mut figures = Vec::new();
    for table in &disclosure.tables {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            let column = table.columns[usize::from(cell.column)].id.clone();
            figures.push((cell.amount.place, column, cell.placement.is_certain()));
        }
    }
    figures
}

/// What altering every figure of the tables in turn, one digit each, does to the placement of all figures.
#[derive(Default, Debug)]
struct Count {
    altered: usize,
    wrong_and_certain: usize,
    moved: usize,
    lost_certainty: usize,
}

fn alter_each(text: &str, count: &mut Count) {
    let lines: Vec<&str> = text.split('\n').collect();
    let before = figures(&read_text(text.as_bytes()).unwrap());
    for (altered, ..) in &before {
        let Place::Text { line, column, .. } = *altered else { continue };
        let index = line as usize - 1;
        let mut characters: Vec<char> = lines[index].chars().collect();
        // The first digit changes by more than rounding explains, the number of digits does not change.
        let at = column as usize - 1;
        let digit = characters[at].to_digit(10).unwrap();
        characters[at] = char::from_digit(if digit == 9 { 4 } else { digit + 1 }, 10).unwrap();
        let changed: String = characters.into_iter().collect();
        let mut copy = lines.clone();
        copy[index] = &changed;
        let after = figures(&read_text(copy.join("\n").as_bytes()).unwrap());
        assert_eq!(after.len(), before.len(), "a figure was lost when {altered:?} was altered");
        count.altered += 1;
        for ((place, column, certain), (place_after, column_after, certain_after)) in before.iter().zip(&after) {
            assert_eq!(place, place_after);
            count.lost_certainty += usize::from(*certain && !certain_after && place != altered);
            if column != column_after && *certain {
                count.moved += usize::from(place != altered);
                count.wrong_and_certain += usize::from(*certain_after);
                if *certain_after || place != altered {
                    println!("altered {altered:?}: {place:?} {column} -> {column_after}, certain {certain_after}");
                }
            }
        }
    }
}

#[test]
#[ignore = "needs ../shared"]
fn altering_any_figure_of_a_seed_never_misplaces_a_figure_with_certainty() {
    let folder = std::env::var_os("BUDGET_SEEDS_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds"), PathBuf::from);
    let mut seeds = 0;
    for entry in std::fs::read_dir(folder).expect("the seeds folder must be there") {
        let path = entry.unwrap().path();
        let mut count = Count::default();
        alter_each(&std::fs::read_to_string(&path).unwrap(), &mut count);
        println!("{}: {count:?}", path.display());
        assert!(count.altered > 0);
        assert_eq!(count.wrong_and_certain, 0, "{}", path.display());
        assert_eq!(count.moved, 0, "{}", path.display());
        seeds += 1;
    }
    assert!(seeds > 0);
}
