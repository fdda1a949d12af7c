//! Rows that are known by the number and the name of a class of functions (功能分类 类): 一、一般公共服务支出.

use budget_model::{Code, Role, Row, Side};

use crate::lexicon::Lexicon;
use crate::text::is_numeral;

/// The class that a row is about which some forms number instead of printing the code: 一、一般公共服务支出.
pub(crate) fn numbered(text: &str) -> Option<Code> {
    let name = numbered_name(text)?;
    let (class, _) = Lexicon::functions().iter().find(|(_, official)| official == name)?;
    Code::from_number(*class)
}

/// Whether more words can make it the numbered name of a class.
pub(crate) fn begins_numbered(text: &str) -> bool {
    numbered_name(text).is_some_and(|name| Lexicon::functions().iter().any(|(_, official)| official.starts_with(name)))
}

/// Whether a label is numbered as in the forms that print no codes: `一、…`, `1、…`.
pub(crate) fn is_numbered(text: &str) -> bool {
    let behind = text.trim_start_matches(|digit: char| digit.is_ascii_digit() || is_numeral(digit));
    behind.len() < text.len() && behind.starts_with('、')
}

fn numbered_name(text: &str) -> Option<&str> {
    // 二十四 is the longest; words of any length pass here again and again.
    const LONGEST: usize = 4;
    let (at, _) = text.char_indices().take(LONGEST + 1).find(|(_, digit)| !is_numeral(*digit))?;
    text.get(at..)?.strip_prefix('、')
}

/// Gives the expenditure rows that are known by number and name their class.
///
/// Such a row is a part of the total of its side, which its form shows by numbering it.
pub(crate) fn name_rows(rows: &mut [Row]) {
    let total = rows.iter().position(|row| row.side == Some(Side::Expenditure) && row.role == Role::Total);
    for row in rows {
        if row.side != Some(Side::Expenditure) || row.role != Role::Label || row.part_of.is_some() {
            continue;
        }
        if numbered_name(&row.label.text).is_some() {
            row.part_of = total.map(|total| total as u32);
            row.dimensions.function = row.dimensions.function.or(numbered(&row.label.text));
        }
    }
}
