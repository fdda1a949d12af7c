//! Forms that a layout names, read with all layouts taken out: the words alone say the same, or less, and nothing else.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[allow(unreachable_pub, dead_code)]
mod common;

use std::collections::{BTreeMap, HashMap};

use budget_model::{Coordinates, Disclosure, Place};
use budget_parse::{LayoutSet, Registry};
use budget_parse_xlsx::WorkbookReader;
use budget_testkit::{Books, Config, disclosure, workbook};

#[derive(Debug, PartialEq, Eq)]
struct Figure {
    value: String,
    kind: &'static str,
    /// Empty where the column is of unknown meaning.
    column: String,
    coordinates: Option<Coordinates>,
}

/// The certain figures by their places.
fn figures(read: &Disclosure) -> HashMap<Place, Figure> {
    let mut figures = HashMap::new();
    for table in &read.tables {
        for (index, row) in (0..).zip(&table.rows) {
            for cell in row.cells.iter().filter(|cell| table.doubts_of(row, cell).is_empty()) {
                let column = table.columns[usize::from(cell.column)].id.clone();
                let coordinates = table.coordinates(index, cell);
                let value = cell.amount.value.to_string();
                figures.insert(cell.amount.place, Figure { value, kind: table.kind.as_str(), column, coordinates });
            }
        }
    }
    figures
}

/// What the words say otherwise than the layout, and how many figures have the same, and no coordinates.
fn compare(named: &Disclosure, bare: &Disclosure, counts: &mut [usize; 2]) -> Vec<String> {
    let mut different = BTreeMap::new();
    let of_words = figures(bare);
    for (place, layout) in figures(named) {
        let said = match of_words.get(&place) {
            None => format!("{} {} is not certain", layout.kind, layout.column),
            Some(words) if (&words.value, words.kind) != (&layout.value, layout.kind) => {
                format!("{} {} is {} {}", layout.kind, layout.value, words.kind, words.value)
            }
            // 预算数 is amount or total where it is the whole.
            Some(words) if !words.column.is_empty() && whole(&words.column) != whole(&layout.column) => {
                format!("{}: column {} is {}", layout.kind, layout.column, words.column)
            }
            Some(words) => match (&words.coordinates, &layout.coordinates) {
                (Some(words), Some(layout)) if words == layout => {
                    counts[0] += 1;
                    continue;
                }
                (Some(words), Some(own)) => {
                    format!("{} column {}: {own:?} is {words:?}", layout.kind, layout.column)
                }
                _ => {
                    counts[1] += 1;
                    continue;
                }
            },
        };
        different.entry(said).or_insert(place);
    }
    different.into_iter().map(|(said, place)| format!("{place:?} {said}")).collect()
}

fn whole(id: &str) -> &str {
    if id == "amount" { "total" } else { id }
}

#[test]
fn a_form_without_its_layout_is_read_as_with_it_or_has_no_coordinates() {
    let mut all = BTreeMap::new();
    for layout in LayoutSet::built_in().layouts() {
        let mut counts = [0; 2];
        let mut different = Vec::new();
        for seed in 0..8 {
            let config = Config::random_of(&layout.id, seed);
            let books = Books::random(seed, &config);
            let bytes = workbook(&disclosure(&books, &config), &books, &config).unwrap();
            let read = |layouts: LayoutSet| {
                Registry::new().with_reader(WorkbookReader).with_layouts(layouts).read(&bytes, None).unwrap()
            };
            different.extend(compare(&read(LayoutSet::built_in()), &read(common::no_layouts()), &mut counts));
        }
        different.dedup();
        println!(
            "{}: {} figures have the same coordinates, {} none; {}",
            layout.id,
            counts[0],
            counts[1],
            different.len()
        );
        assert!(counts[0] > 10 * counts[1], "{}: {counts:?}", layout.id);
        all.insert(layout.id.clone(), different);
    }
    all.retain(|_, different| !different.is_empty());
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
fn a_fixture_is_read_the_same_with_and_without_layouts() {
    for file in common::fixtures() {
        let (named, bare) = (common::read(&file, &LayoutSet::built_in()), common::read(&file, &common::no_layouts()));
        let (Ok(named), Ok(bare)) = (named, bare) else { panic!("{}", file.display()) };
        let different = compare(&named, &bare, &mut [0; 2]);
        assert!(different.is_empty(), "{}: {different:#?}", file.display());
    }
}
