//! What is said of pages beside their content: text that nobody sees, numbers that are cut, pages that could not be read.

use std::collections::{BTreeMap, HashSet};

use budget_document::Document;
use budget_model::{Diagnostic, DiagnosticCode, HiddenReason, HiddenText, Place, UnreadPage, UnreadReason};

use crate::page::{Glyph, Page};
use crate::stop::Ended;
use crate::table::Sheet;
use crate::text::{TextLine, is_gap, levels};

/// A page whose images take this share of it, in hundredths, and that has hardly any text, is a scan.
const SCAN_SHARE: i32 = 30;
/// A stamp or a page number on a scan is not its text.
const SCAN_GLYPHS: usize = 8;
/// Most examples that a diagnostic names.
const EXAMPLES: usize = 5;
/// Shorter runs of digits (ordinals, page numbers) say nothing of amounts.
const SHORTEST_NUMBER: usize = 3;

/// Notes on the pages of a document.
#[derive(Debug, Default)]
pub(crate) struct Report {
    hidden: Vec<HiddenText>,
    unread: Vec<UnreadPage>,
    /// Pages with text of their own.
    with_text: usize,
    pages: u32,
    /// Numbers that can be seen.
    seen: HashSet<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// A page that could not be drawn.
    pub(crate) fn fail(&mut self, page: u32, ended: Ended) {
        self.pages = self.pages.max(page);
        let reason = match ended {
            Ended::TooMuch => UnreadReason::TooLarge,
            Ended::Broken => UnreadReason::Damaged,
        };
        self.unread.push(UnreadPage::new(page, reason));
        let arguments = [page.to_string(), reason.as_str().to_owned()];
        self.diagnostics.push(Diagnostic::new(DiagnosticCode::PageUnread, arguments));
    }

    /// A page that was drawn.
    pub(crate) fn page(&mut self, page: &Page, sheet: &Sheet) {
        self.pages = self.pages.max(sheet.page);
        let visible = page.glyphs.iter().filter(|glyph| glyph.hidden.is_none());
        let count = visible.clone().filter(|glyph| !budget_document::text::is_space(glyph.character)).count();
        if count < SCAN_GLYPHS && page.image_share >= SCAN_SHARE {
            self.unread.push(UnreadPage::new(sheet.page, UnreadReason::Image));
            self.diagnostics.push(Diagnostic::new(DiagnosticCode::PageIsImage, [sheet.page.to_string()]));
        } else if count > 0 {
            self.with_text += 1;
        }
        if page.unmapped > 0 {
            let arguments = [sheet.page.to_string(), page.unmapped.to_string()];
            self.diagnostics.push(Diagnostic::new(DiagnosticCode::CharactersUnknown, arguments));
        }
        self.cut(visible.clone(), sheet);
        for level in levels(visible) {
            for word in level.chunk_by(|left, right| !is_gap(left, right)) {
                self.seen.extend(numbers(word.iter().map(|glyph| glyph.character)));
            }
        }
        self.hide(page, sheet);
    }

    fn cut<'g>(&mut self, visible: impl Iterator<Item = &'g Glyph> + Clone, sheet: &Sheet) {
        if !visible.clone().any(|glyph| glyph.is_cut) {
            return;
        }
        let (mut words, mut places): (Vec<String>, Vec<Place>) = (Vec::new(), Vec::new());
        for level in levels(visible) {
            for word in level.chunk_by(|left, right| !is_gap(left, right)).filter(|word| crate::table::is_cut(word)) {
                if let Some(line) = TextLine::of(word, false).filter(|_| words.len() < EXAMPLES) {
                    places.push(sheet.place(&line.area));
                    words.push(line.text);
                }
            }
        }
        if words.is_empty() {
            return;
        }
        let found = Diagnostic::new(DiagnosticCode::NumberCut, [sheet.page.to_string(), words.join("、")]);
        self.diagnostics.push(places.into_iter().fold(found, Diagnostic::at));
    }

    fn hide(&mut self, page: &Page, sheet: &Sheet) {
        let mut by_reason: BTreeMap<HiddenReason, Vec<&Glyph>> = BTreeMap::new();
        for glyph in &page.glyphs {
            if let Some(hiding) = glyph.hidden {
                by_reason.entry(hiding).or_default().push(glyph);
            }
        }
        for (hiding, glyphs) in by_reason {
            for line in levels(glyphs).iter().filter_map(|level| TextLine::of(level, false)) {
                self.hidden.push(HiddenText::new(line.text, hiding, sheet.place(&line.area)));
            }
        }
    }

    /// Whether nothing of the document is text, and which of its pages are images: `1-3, 5`.
    pub(crate) fn without_text(&self) -> Option<String> {
        let images = self.unread.iter().filter(|page| page.reason == UnreadReason::Image).map(|page| page.page);
        let is_without = self.with_text == 0 && self.unread.iter().all(|page| page.reason == UnreadReason::Image);
        is_without.then(|| ranges(images))
    }

    /// Hands everything over to the document.
    pub(crate) fn conclude(mut self, document: &mut Document<'_>) {
        if !self.hidden.is_empty() {
            let mut reasons: Vec<HiddenReason> = self.hidden.iter().map(|text| text.reason).collect();
            reasons.sort_unstable();
            reasons.dedup();
            let reasons: Vec<&str> = reasons.into_iter().map(HiddenReason::as_str).collect();
            let arguments = [self.hidden.len().to_string(), reasons.join(", ")];
            let found = Diagnostic::new(DiagnosticCode::HiddenText, arguments);
            self.diagnostics.push(self.hidden.first().map_or(found.clone(), |text| found.at(text.place)));
        }
        self.hidden_numbers();
        document.hidden_text = self.hidden;
        document.unread_pages = self.unread;
        document.diagnostics.append(&mut self.diagnostics);
    }

    /// Numbers that stand nowhere visible: a second table below the edge of the page.
    fn hidden_numbers(&mut self) {
        let is_unseen = |number: &String| {
            number.chars().filter(char::is_ascii_digit).count() >= SHORTEST_NUMBER && !self.seen.contains(number)
        };
        let (mut words, mut places, mut count) = (Vec::new(), Vec::new(), 0_usize);
        for text in self.hidden.iter().filter(|text| text.reason != HiddenReason::Doubled) {
            for number in numbers(text.text.chars()).into_iter().filter(is_unseen) {
                count += 1;
                if words.len() < EXAMPLES {
                    words.push(number);
                    places.push(text.place);
                }
            }
        }
        if count > 0 {
            let found = Diagnostic::new(DiagnosticCode::HiddenNumbers, [count.to_string(), words.join("、")]);
            self.diagnostics.push(places.into_iter().fold(found, Diagnostic::at));
        }
    }
}

/// The numbers in a text, as printed.
fn numbers(text: impl Iterator<Item = char>) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for character in text {
        let is_part = character.is_ascii_digit() || matches!(character, '.' | ',');
        match numbers.last_mut() {
            Some(number) if is_part => number.push(character),
            Some(number) if !number.is_empty() => numbers.push(String::new()),
            _ => {}
        }
    }
    numbers.retain(|number| number.bytes().any(|byte| byte.is_ascii_digit()));
    numbers
}

/// Numbers in growing order as ranges: `1-3, 5`.
fn ranges(numbers: impl Iterator<Item = u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let words =
        ranges.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_row_are_named_by_the_first_and_the_last() {
        assert_eq!(ranges([1, 2, 3, 5, 7, 8].into_iter()), "1-3, 5, 7-8");
    }

    #[test]
    fn numbers_are_found_in_text() {
        assert_eq!(numbers("收入1,234.50万元，支出 17".chars()), ["1,234.50", "17"]);
    }
}
