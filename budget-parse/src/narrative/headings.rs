//! What headings speak of: the topic that their words give, whatever ordinal stands before them.

use super::vocabulary::{HEADING_ENDS, TOPIC_WORDS, TOPICS, Topic, TopicEntry};

/// Longest heading without an ordinal, in characters.
const LONGEST: usize = 45;

/// Longest run-in heading in characters: 机关运行经费。2026年…
const LONGEST_RUN_IN: usize = 24;

/// The topic that the words of a heading give, and what it fixes of the figures below; `None` if it is one that nobody knows.
pub(super) fn topic(heading: &str, entity: &str) -> Option<&'static TopicEntry> {
    // 关于云溪县国有资本运营中心2025年收支预算情况的总体说明 is about neither capital nor the centre.
    let without = (!entity.is_empty() && heading.contains(entity)).then(|| heading.replace(entity, ""));
    let heading = without.as_deref().unwrap_or(heading);
    let mut words: Vec<&str> = Vec::new();
    for (at, first) in heading.char_indices() {
        for word in TOPIC_WORDS.candidates(first) {
            if heading.get(at..).is_some_and(|rest| rest.starts_with(word)) {
                words.push(word);
            }
        }
    }
    let fits = |entry: &&TopicEntry| entry.words.iter().all(|word| words.contains(&word.as_str()));
    TOPICS.iter().find(fits)
}

/// Whether a short line, without its ordinal, is a heading by its words: it names a topic and ends like a heading.
pub(super) fn names_topic(line: &str) -> bool {
    let line = line.trim_end_matches(['：', ':']);
    let is_short = line.len() <= 3 * LONGEST && line.chars().count() <= LONGEST;
    is_short && !line.ends_with('表') && HEADING_ENDS.strip_end_of(line).is_some() && topic(line, "").is_some()
}

/// Whether a short text is hardly more than the words of a topic: 机关运行经费.
pub(super) fn is_topic(text: &str) -> bool {
    text.chars().count() <= LONGEST_TOPIC && !text.starts_with(['负', '承', '组']) && topic(text, "").is_some()
}

/// Longest words of a topic in characters.
const LONGEST_TOPIC: usize = 10;

/// Whether a heading is that of the tables: 2025年部门预算公开表.
pub(super) fn is_of_tables(heading: &str) -> bool {
    ["表", "表格", "表格部分"].iter().any(|end| heading.ends_with(end))
}

/// Whether a heading explains tables, even among them: 收支预算总体情况说明.
pub(super) fn explains(heading: &str) -> bool {
    let heading = heading.trim_end_matches(['：', ':']);
    heading.ends_with("说明") || heading.ends_with("情况")
}

/// The heading that a paragraph with an ordinal begins with, and the bytes up to the end of its mark:
/// （一）机关运行经费。2026年…
pub(super) fn run_in(text: &str) -> Option<(&str, usize)> {
    let (at, mark) =
        text.char_indices().take(LONGEST_RUN_IN + 1).find(|(_, mark)| matches!(mark, '。' | '：' | ':'))?;
    let heading = text.get(..at).filter(|heading| !heading.is_empty())?;
    let is_heading = !heading.contains(['，', '；', ',', ';']) && !heading.chars().any(|digit| digit.is_ascii_digit());
    let behind = at + mark.len_utf8();
    // A label alone in its line is no heading of what follows in it.
    (is_heading && behind < text.len()).then_some((heading, behind))
}

/// The topic of a heading; [`Topic::Other`] if it is one that nobody knows.
pub(super) fn topic_of(heading: &str, entity: &str) -> Topic {
    topic(heading, entity).map_or(Topic::Other, |entry| entry.topic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topic_of_a_heading_is_in_its_words() {
        for (heading, expected) in [
            ("关于云溪县文化馆2025年收支预算情况的总体说明", Topic::Overview),
            ("收支预算总体情况说明", Topic::Overview),
            ("部门收支总体情况", Topic::Overview),
            ("收入预算", Topic::Income),
            ("支出预算情况说明", Topic::Expenditure),
            ("财政拨款收支预算总体情况说明", Topic::Appropriation),
            ("财政拨款支出预算情况说明", Topic::AppropriationUse),
            ("一般公共预算支出预算情况说明", Topic::General),
            ("一般公共预算基本支出预算情况说明", Topic::Basic),
            ("财政拨款“三公”经费预算情况说明", Topic::ThreePublic),
            ("国有资产占有使用情况", Topic::Assets),
            ("专业性名词解释", Topic::Glossary),
            ("委托业务费情况", Topic::Other),
        ] {
            assert_eq!(topic_of(heading, ""), expected, "{heading}");
        }
        assert_eq!(topic_of("云溪县国有资本运营中心收支预算总体情况", "云溪县国有资本运营中心"), Topic::Overview);
    }

    #[test]
    fn a_line_without_an_ordinal_is_a_heading_by_its_words() {
        assert!(names_topic("2026年单位预算编制说明") && names_topic("名词解释"));
        for line in ["2026年单位收入预算总表", "云溪县文化馆", "主要工作任务", "公务接待费"] {
            assert!(!names_topic(line), "{line}");
        }
    }

    #[test]
    fn a_heading_may_run_into_its_paragraph() {
        assert_eq!(run_in("机关运行经费。2026年安排3万元。").map(|(heading, _)| heading), Some("机关运行经费"));
        assert_eq!(run_in("收入预算：2026年收入预算3万元").map(|(heading, _)| heading), Some("收入预算"));
        assert_eq!(run_in("2026年收入预算3万元。"), None);
        assert_eq!(run_in("组织群众文化活动，开展辅导。"), None);
    }
}
