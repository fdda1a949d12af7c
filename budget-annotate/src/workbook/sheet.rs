//! A sheet with other styles of some cells, and with the drawing that its comments need.

use std::collections::BTreeMap;

use super::markup::{Edits, Tag, TagKind, tags};
use super::package::broken;
use super::styles::Styles;
use crate::error::Kind;
use crate::note::Colour;

/// A cell: its row and its column, from 1.
pub(crate) type Cell = (u32, u32);

/// What stands behind the place of the drawing, and what may hold such things.
const BEHIND: &[&str] = &[
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// The relation of the drawing that a sheet has already.
pub(crate) fn drawing(markup: &str) -> Option<String> {
    let mut tags = tags(markup).map_while(|tag| tag);
    tags.find(|tag| tag.depth == 2 && tag.is_open() && tag.local() == "legacyDrawing")?.attribute("id")
}

/// The sheet with colours behind some cells. `drawing` is the relation of a drawing that is to be added, in a namespace.
pub(crate) fn coloured(
    markup: &str,
    part: &str,
    colours: &BTreeMap<Cell, Colour>,
    styles: Option<&mut Styles<'_>>,
    drawing: Option<(&str, &str)>,
) -> Result<String, Kind> {
    let mut edits = Edits::default();
    let (mut cells, mut styles) = (Cells::default(), styles);
    let (mut root, mut place) = (None, None);
    for tag in tags(markup) {
        let tag = tag.ok_or_else(|| broken(part))?;
        if tag.depth == 1 {
            root = Some(tag);
            continue;
        }
        if tag.depth == 2 && tag.kind != TagKind::Open && !BEHIND.contains(&tag.local()) {
            place = Some(tag.span.end);
        }
        if let Some(cell) = cells.next(&tag)
            && let (Some(colour), Some(styles)) = (colours.get(&cell), styles.as_deref_mut())
        {
            let format = tag.attribute("s").and_then(|format| format.parse().ok()).unwrap_or(0);
            if let Some(format) = styles.coloured(format, *colour) {
                edits.replace(tag.span.clone(), tag.with_attribute("s", &format.to_string()));
            }
        }
    }
    let (Some(root), Some(place)) = (root, place) else { return Err(broken(part)) };
    if let Some((id, namespace)) = drawing {
        let prefix = root.prefix();
        edits.insert(place, format!("<{prefix}legacyDrawing xmlns:r=\"{namespace}\" r:id=\"{id}\"/>"));
    }
    Ok(edits.apply(markup))
}

/// Which cell a tag begins. Rows and cells need not say where they are.
#[derive(Default)]
struct Cells {
    is_inside: bool,
    row: u32,
    column: u32,
}

impl Cells {
    fn next(&mut self, tag: &Tag<'_>) -> Option<Cell> {
        match (tag.depth, tag.local()) {
            (2, local) => self.is_inside = local == "sheetData" && tag.kind == TagKind::Open,
            (3, "row") if self.is_inside && tag.is_open() => {
                let given = tag.attribute("r").and_then(|row| row.parse().ok());
                self.row = given.unwrap_or_else(|| self.row.saturating_add(1));
                self.column = 0;
            }
            (4, "c") if self.is_inside && tag.is_open() => {
                let given = tag.attribute("r").and_then(|cell| position(&cell));
                (self.row, self.column) = given.unwrap_or((self.row, self.column.saturating_add(1)));
                return Some((self.row, self.column));
            }
            _ => {}
        }
        None
    }
}

/// `B7` as row 7 and column 2.
pub(crate) fn position(cell: &str) -> Option<Cell> {
    let digits = cell.find(|character: char| character.is_ascii_digit())?;
    let (letters, row) = cell.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
        column.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    })?;
    let row = row.parse().ok()?;
    (row > 0 && column > 0).then_some((row, column))
}

/// Row 7 and column 2 as `B7`.
pub(crate) fn name((row, column): Cell) -> String {
    let (mut letters, mut rest) = (Vec::new(), column);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_does() {
        for (cell, text) in [((7, 2), "B7"), ((1, 26), "Z1"), ((12, 27), "AA12"), ((9, 16_384), "XFD9")] {
            assert_eq!((name(cell).as_str(), position(text)), (text, Some(cell)));
        }
        assert!(["", "7", "B", "B0", "b-7", "ZZZZZZZZZZ1"].iter().all(|text| position(text).is_none()));
    }
}
