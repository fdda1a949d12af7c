//! The list of contents (目录) in front of the text: its entries read like headings, and head nothing.

use std::ops::Range;

use super::prose::Prose;
use crate::text::fold;

/// What a list of contents is headed by.
const HEADINGS: [&str; 2] = ["目录", "目次"];

/// Lines at the front among which a list of contents begins.
const FRONT: usize = 60;

/// Most lines of a list of contents.
const LONGEST: usize = 300;

/// Longest entry in characters, without the dots in front of its page.
const LONGEST_ENTRY: usize = 45;

/// Fewest characters of a line that an entry may begin with: 第一部分.
const SHORTEST: usize = 3;

/// The lines of the list of contents, as indices of spans; empty if there is none.
///
/// It ends where a page begins with one of its entries (`第一部分` and below it `部门概况`), where its first entry is printed
/// again in a text without pages, at the latest with the page before the first sentence.
pub(super) fn find(prose: &Prose<'_>) -> Range<usize> {
    let entry = |span: usize| entry(prose.slice(span..span + 1));
    let is_heading = |span: &usize| entry(*span).is_some_and(|text| HEADINGS.contains(&text.as_str()));
    let count = prose.spans.len();
    let Some(start) = (0..count.min(FRONT)).find(is_heading) else { return 0..0 };
    let mut entries: Vec<String> = Vec::new();
    let mut end = start + 1;
    for span in start + 1..count.min(start + LONGEST) {
        let Some(text) = entry(span) else { break };
        // 第一部分 … 第四部分 名词解释, and below them 第一部分 again
        if entries.first().is_some_and(|first| text.chars().count() >= SHORTEST && first.starts_with(&text)) {
            end = span;
            break;
        }
        if prose.begins_page(span) {
            end = span;
            let opens = |entry: &String| {
                text.chars().count() >= SHORTEST && (entry.starts_with(&text) || text.starts_with(entry.as_str()))
            };
            if entries.iter().any(opens) {
                break;
            }
        }
        if text.chars().count() >= SHORTEST {
            entries.push(text);
        }
        if span + 1 == count.min(start + LONGEST) {
            end = start + 1;
        }
    }
    start..end
}

/// A line as an entry, folded and without its page; `None` for a sentence.
fn entry(line: &str) -> Option<String> {
    let folded = fold(line);
    let text = folded.trim_end_matches(|character: char| character.is_ascii_digit()).trim_end_matches(is_leader);
    let is_sentence = text.contains(['。', ',', ';']) || text.chars().count() > LONGEST_ENTRY;
    (!is_sentence).then(|| text.to_owned())
}

/// The dots between an entry and its page.
fn is_leader(character: char) -> bool {
    matches!(character, '.' | '…' | '·' | '-' | '—' | '_' | '⋯')
}

#[cfg(test)]
mod tests {
    use budget_document::Line;

    use super::*;

    fn found(pages: &[&[&str]]) -> Range<usize> {
        let lines: Vec<Line<'_>> = (1..)
            .zip(pages)
            .flat_map(|(page, lines)| {
                lines.iter().enumerate().map(move |(at, line)| Line::new(*line, page, 1).page_start(at == 0))
            })
            .collect();
        let lines: Vec<&Line<'_>> = lines.iter().collect();
        find(&Prose::new(&lines, std::slice::from_ref(&(0..lines.len()))))
    }

    #[test]
    fn a_list_of_contents_ends_where_a_page_begins_with_an_entry() {
        let contents = ["目 录", "第一部分 单位概况……1", "一、主要职责", "第二部分 预算表…5"];
        let rest = ["一、主要职责", "组织群众文化活动，开展辅导。"];
        assert_eq!(found(&[&["云溪县文化馆2026年预算"], &contents, &["第一部分", "单位概况"], &rest]), 1..5);
        // Without such a page, with the page before the first sentence.
        assert_eq!(found(&[&contents[..3], &["群众文化服务情况", "云溪县文化馆组织群众文化活动，开展辅导。"]]), 0..3);
    }

    #[test]
    fn a_list_of_contents_ends_where_its_first_entry_is_printed_again() {
        let text = [
            "目 录",
            "第一部分 单位概况",
            "一、主要职责",
            "第二部分 名词解释",
            "第一部分 单位概况",
            "一、主要职责",
            "组织群众文化活动，开展辅导。",
        ];
        assert_eq!(found(&[&text]), 0..4);
    }

    #[test]
    fn without_a_heading_there_is_no_list_of_contents() {
        assert_eq!(found(&[&["第一部分 单位概况", "一、主要职责", "组织群众文化活动，开展辅导。"]]), 0..0);
    }
}
