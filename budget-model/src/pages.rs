//! On which page something stood.

use crate::Place;

/// The pages of the places of one document.
///
/// A sheet counts as one page, at its position in the workbook; where every sheet is named as a page (`p7`, `Page 7`, `第7页`),
/// as converters of PDF name them, at the number in its name.
#[derive(Clone, Copy, Debug)]
pub struct Pages<'d> {
    sheets: &'d [String],
    are_named: bool,
}

impl<'d> Pages<'d> {
    pub(crate) fn new(sheets: &'d [String]) -> Self {
        Self { sheets, are_named: sheets.iter().all(|name| page_number(name).is_some()) }
    }

    /// The page of a place.
    #[must_use]
    pub fn of(self, place: Place) -> Option<u32> {
        let Place::Cell { sheet, .. } = place else { return place.page() };
        let name = self.sheets.get(usize::from(sheet)).filter(|_| self.are_named);
        name.and_then(|name| page_number(name)).or(Some(u32::from(sheet) + 1))
    }
}

/// The number in the name of a sheet that is one page of a document: `p7`, `Page 7`, `第7页`.
fn page_number(name: &str) -> Option<u32> {
    let name = name.trim();
    let lower = name.to_ascii_lowercase();
    let number = match name.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')) {
        Some(number) => number,
        None => lower.strip_prefix("page").or_else(|| lower.strip_prefix('p'))?,
    };
    let number = number.trim_matches([' ', '_', '-', '.']);
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok()).flatten().filter(|page| *page > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_that_are_all_named_as_pages_are_these_pages() {
        let page = |sheets: &[&str], sheet| {
            let sheets: Vec<_> = sheets.iter().map(|name| (*name).to_owned()).collect();
            Pages::new(&sheets).of(Place::Cell { sheet, row: 1, column: 1 })
        };
        assert_eq!(page(&["p5", "p7"], 1), Some(7));
        assert_eq!(page(&["Page 3", "第12页", "Page_4"], 1), Some(12));
        assert_eq!(page(&["p5", "收入总表"], 0), Some(1));
        assert_eq!(page(&["p5", "p"], 0), Some(1));
        assert_eq!(page(&["部门", "单位"], 1), Some(2));
        assert_eq!(page(&[], 3), Some(4));
        assert_eq!(Pages::new(&[]).of(Place::Text { page: 9, line: 1, column: 1 }), Some(9));
    }
}
