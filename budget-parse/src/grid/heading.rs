//! Headings of the text that sheets hold, as lines.

use super::sheet::Field;
use crate::layout::Layout;

/// A title that is the heading of a part of the form, as a line with the number that the list of contents gives the part:
/// `云溪县文化馆主要职能` → `第一部分 云溪县文化馆主要职能`.
pub(super) fn of_sheet(title: &Field<'_>, layout: &Layout) -> Option<String> {
    Some(part(layout.part(&title.folded)?, title.text().trim()))
}

/// A heading by the path of its section: `3` → `第三部分`, `3.五` → `五、`, `3.五.(二)` → `（二）`; `#2` is one without an ordinal.
pub(super) fn of_path(path: &str, text: String) -> String {
    let number = path.rsplit('.').next().unwrap_or_default();
    match number.parse::<usize>() {
        Ok(0) => text,
        Ok(number) => part(number, &text),
        Err(_) if number.starts_with('#') => text,
        Err(_) if number.starts_with('(') => format!("（{}）{text}", number.trim_matches(['(', ')'])),
        Err(_) => format!("{number}、{text}"),
    }
}

fn part(number: usize, text: &str) -> String {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    match number.checked_sub(1).and_then(|index| NUMERALS.get(index)) {
        Some(numeral) => format!("第{numeral}部分 {text}"),
        None => format!("第{number}部分 {text}"),
    }
}
