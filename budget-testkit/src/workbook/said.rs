//! The text as sheets with a line a row, or with a cell for each part.

use budget_model::{Disclosure, Section};
use rust_xlsxwriter::{Workbook, XlsxError};

use super::merge;
use crate::Config;
use crate::style::Style;

/// The parts in front of the tables, the heading of their part included.
pub(super) fn before(workbook: &mut Workbook, disclosure: &Disclosure, config: &Config) -> Result<(), XlsxError> {
    let end = tables(disclosure, config);
    parts(workbook, "概况", disclosure.sections.get(..end).unwrap_or_default(), &[], config)
}

/// The parts behind the tables.
pub(super) fn behind(workbook: &mut Workbook, disclosure: &Disclosure, config: &Config) -> Result<(), XlsxError> {
    let sign_off = disclosure.sign_off.iter().flat_map(|sign_off| sign_off.name.iter().chain(&sign_off.date));
    let sign_off: Vec<&str> = sign_off.map(|label| label.text.as_str()).collect();
    let sections = disclosure.sections.get(tables(disclosure, config)..).unwrap_or_default();
    parts(workbook, "说明", sections, &sign_off, config)
}

/// How many sections there are up to the tables.
fn tables(disclosure: &Disclosure, config: &Config) -> usize {
    let last = Style::of(config).part_before_tables();
    disclosure.sections.iter().position(|section| section.path == last).map_or(0, |index| index + 1)
}

/// The text a line a row on one sheet or, where the form has a sheet for each part, the heading in one cell and all below
/// it in another.
fn parts(
    workbook: &mut Workbook,
    name: &str,
    sections: &[Section],
    more: &[&str],
    config: &Config,
) -> Result<(), XlsxError> {
    let style = Style::of(config);
    let lines = |sections: &[Section]| -> Vec<String> {
        let of_section = |section: &Section| {
            let paragraphs = section.paragraphs.iter().map(|paragraph| paragraph.text.clone());
            std::iter::once(style.heading(section)).chain(paragraphs).collect::<Vec<_>>()
        };
        sections.iter().flat_map(of_section).collect()
    };
    if style.contents().is_empty() {
        let all = [lines(sections), more.iter().map(|line| (*line).to_owned()).collect()].concat();
        return rows(workbook, name, &all);
    }
    let is_inside = |_: &Section, next: &Section| next.path.contains('.');
    for part in sections.chunk_by(is_inside) {
        let all = lines(part);
        let Some((heading, below)) = all.split_first() else { continue };
        let number = part.first().map_or("", |section| &section.path);
        let sheet = workbook.add_worksheet().set_name(format!("第{number}项"))?;
        merge(sheet, (0, 0, 0, 12), heading)?;
        merge(sheet, (2, 0, 16, 12), &below.join("\n"))?;
    }
    Ok(())
}

fn rows(workbook: &mut Workbook, name: &str, all: &[String]) -> Result<(), XlsxError> {
    if all.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet().set_name(name)?;
    for (row, line) in (0..).zip(all) {
        sheet.write_string(row, 0, line)?;
    }
    Ok(())
}
