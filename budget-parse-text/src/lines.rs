//! Pages and lines.

use budget_document::Line;
use budget_document::text::trim_end;
use budget_parse::page_number::is_page_number;

/// The lines of a text that are not blank.
///
/// A page begins after a form feed. Where a text has none, a line that begins with a single space directly after another
/// line is the first of its page: extractors leave the form feed as a space there.
pub(crate) fn lines<'t>(text: &'t str, limit: usize) -> Option<Vec<Line<'t>>> {
    let has_form_feeds = memchr::memchr(b'\x0c', text.as_bytes()).is_some();
    let mut lines: Vec<Line<'t>> = Vec::with_capacity((text.len() / 32).min(4096));
    let (mut page, mut number) = (1u32, 0u32);
    let (mut after_blank, mut page_start) = (true, true);
    // Blank lines right before the current one.
    let mut blanks = 0u32;
    let mut start = 0;
    let bytes = text.as_bytes();
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes).chain(std::iter::once(text.len())) {
        let line = text.get(start..end).unwrap_or_default();
        // A line ends with LF, CR LF or CR; between CR and LF is no line, nor behind the last end.
        let is_none = start == end && (end == text.len() || bytes.get(end.wrapping_sub(1)..=end) == Some(b"\r\n"));
        start = end + 1;
        if is_none {
            continue;
        }
        number = number.saturating_add(1);
        for (index, piece) in line.split('\x0c').enumerate() {
            if index > 0 {
                page = page.saturating_add(1);
                page_start = true;
            }
            let content = trim_end(piece);
            if content.is_empty() {
                after_blank = true;
                blanks += 1;
                continue;
            }
            if !has_form_feeds && !page_start && !after_blank && is_indented_by_one(content) {
                page = page.saturating_add(1);
                page_start = true;
            }
            if lines.len() >= limit {
                return None;
            }
            lines.push(Line::new(content, page, number).after_blank(after_blank).page_start(page_start));
            after_blank = false;
            // A number alone, set off from the text above by more than one blank line, is the foot of its page.
            page_start = !has_form_feeds && blanks > 1 && is_page_number(content);
            if page_start {
                page = page.saturating_add(1);
            }
            blanks = 0;
        }
    }
    Some(lines)
}

fn is_indented_by_one(line: &str) -> bool {
    let mut bytes = line.bytes();
    bytes.next() == Some(b' ') && bytes.next().is_some_and(|byte| byte != b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(text: &str) -> Vec<(u32, u32, bool, bool, String)> {
        let lines = lines(text, 100).unwrap();
        lines
            .into_iter()
            .map(|line| (line.page, line.number, line.after_blank, line.page_start, line.text.into_owned()))
            .collect()
    }

    #[test]
    fn blank_lines_are_counted_and_remembered() {
        let lines = summary("一\n\n二\n三 \r\n\r\n四");
        let expected = [
            (1, 1, true, true, "一"),
            (1, 3, true, false, "二"),
            (1, 4, false, false, "三"),
            (1, 6, true, false, "四"),
        ];
        assert_eq!(lines, expected.map(|(page, line, blank, start, text)| (page, line, blank, start, text.to_owned())));
    }

    #[test]
    fn a_page_begins_after_a_form_feed_or_its_remains() {
        let pages = |text: &str| summary(text).iter().map(|line| (line.0, line.3)).collect::<Vec<_>>();
        assert_eq!(pages("一\n\x0c二\n三"), [(1, true), (2, true), (2, false)]);
        assert_eq!(pages("一\n 二\n三"), [(1, true), (2, true), (2, false)]);
        assert_eq!(pages("一\n\n 二"), [(1, true), (1, false)]);
        assert_eq!(pages("一\n  二"), [(1, true), (1, false)]);
        assert_eq!(pages("一\n\n\n\n12\n\n二"), [(1, true), (1, false), (2, true)]);
        assert_eq!(pages("一\n\n\n\n- 12 -\n 二"), [(1, true), (1, false), (2, true)]);
    }

    #[test]
    fn more_lines_than_allowed_are_refused() {
        assert!(lines("一\n二\n三", 2).is_none());
    }
}
