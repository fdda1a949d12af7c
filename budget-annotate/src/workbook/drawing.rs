//! The boxes in which comments are shown: the old drawings that spreadsheet programs still want for them.

use std::fmt::Write as _;

use super::package::broken;
use super::sheet::Cell;
use crate::error::Kind;

/// The kind of shape that a comment is.
const KIND: &str = "_x0000_t202";
/// Numbers of shapes begin behind this one.
const FIRST: u32 = 1024;

/// A drawing without shapes.
pub(crate) const EMPTY: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout></xml>";

/// A drawing with a box for each of some cells. Such drawings are written by hand and often no markup, so only their end is looked
/// for.
pub(crate) fn with_more(drawing: &str, part: &str, cells: impl Iterator<Item = (Cell, usize)>) -> Result<String, Kind> {
    let end = drawing.rfind("</xml>").ok_or_else(|| broken(part))?;
    let (before, behind) = drawing.split_at(end);
    let names: String = [
        ("v", "urn:schemas-microsoft-com:vml"),
        ("o", "urn:schemas-microsoft-com:office:office"),
        ("x", "urn:schemas-microsoft-com:office:excel"),
    ]
    .into_iter()
    .filter(|(prefix, _)| !drawing.contains(&format!("xmlns:{prefix}=")))
    .map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\""))
    .collect();
    let mut shapes = String::new();
    if !before.contains(&format!("id=\"{KIND}\"")) {
        shapes += &format!(
            "<v:shapetype{names} id=\"{KIND}\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
        );
    }
    let numbers = before.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.split(|character: char| !character.is_ascii_digit()).next()?;
        digits.parse::<u32>().ok()
    });
    let last = numbers.max().unwrap_or(0).clamp(FIRST, u32::MAX / 2);
    for (number, ((row, column), lines)) in (last + 1..).zip(cells) {
        // From the cell at the right to three columns further, and as many rows as the note has lines.
        let (left, top) = (column, row.saturating_sub(2));
        let bottom = top.saturating_add(u32::try_from(lines.clamp(3, 20)).unwrap_or(20)).saturating_add(1);
        // Writing to a string cannot fail.
        let _ = write!(
            shapes,
            "<v:shape{names} id=\"_x0000_s{number}\" type=\"#{KIND}\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 12, {top}, 4, {}, 12, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            left.saturating_add(4),
            row - 1,
            column - 1,
        );
    }
    Ok(format!("{before}{shapes}{behind}"))
}
