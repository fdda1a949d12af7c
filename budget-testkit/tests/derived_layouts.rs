//! A layout that is derived from a workbook reads the text of the same document.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[allow(unreachable_pub, dead_code)]
mod common;

use budget_parse::{LayoutSet, Registry, derived_layout};
use budget_parse_text::TextReader;
use budget_parse_xlsx::WorkbookReader;
use budget_testkit::{Books, Config, certain_and_wrong, disclosure, text, workbook};

/// 预算数 is amount or total where it is the whole.
fn of_one_word(mut read: budget_model::Disclosure) -> budget_model::Disclosure {
    let columns = read.tables.iter_mut().flat_map(|table| &mut table.columns);
    columns.filter(|column| column.id == "amount").for_each(|column| column.id = "total".to_owned());
    read
}

#[test]
fn the_text_of_a_form_is_read_with_the_layout_that_its_workbook_gave() {
    for layout in LayoutSet::built_in().layouts() {
        let seed = 3;
        let mut config = Config { layout: layout.id.clone(), ..Config::default() };
        config.prose = false;
        let books = Books::random(seed, &config);
        let expected = disclosure(&books, &config);
        let bytes = workbook(&expected, &books, &config).unwrap();
        let grids = Registry::new().with_reader(WorkbookReader).with_layouts(common::no_layouts());
        let toml = derived_layout(&grids.read(&bytes, None).unwrap(), "derived", "推得的版式").unwrap();
        let mut derived = LayoutSet::empty();
        derived.add(&toml).unwrap_or_else(|error| panic!("{}: {error}\n{toml}", layout.id));

        let printed = text(&expected, &books, &config);
        let read = |layouts: LayoutSet| {
            Registry::new().with_reader(TextReader).with_layouts(layouts).read(printed.as_bytes(), None).unwrap()
        };
        let certain = |read: &budget_model::Disclosure| -> usize {
            read.tables.iter().map(budget_model::Table::certain_count).sum()
        };
        let (own, built_in) = (read(derived), read(LayoutSet::built_in()));
        println!("{}: {} of {} figures are certain", layout.id, certain(&own), certain(&built_in));
        assert!(2 * certain(&own) >= certain(&built_in), "{}: {toml}", layout.id);
        let wrong = certain_and_wrong(&of_one_word(expected), &of_one_word(own));
        assert!(wrong.is_empty(), "{}: {wrong:#?}\n{toml}", layout.id);
    }
}

#[test]
fn what_is_derived_from_a_fixture_is_a_layout() {
    for file in common::fixtures() {
        let read = common::read(&file, &common::no_layouts()).unwrap();
        if let Some(toml) = derived_layout(&read, "derived", "推得的版式") {
            LayoutSet::empty().add(&toml).unwrap_or_else(|error| panic!("{}: {error}\n{toml}", file.display()));
        }
    }
}

#[test]
fn the_example_of_the_reference_page_is_a_layout() {
    let page = include_str!("../../docs/layouts.md");
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    LayoutSet::empty().add(example).unwrap();
}
