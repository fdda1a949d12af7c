//! The organisation (part 1): functions, subordinate units, internal divisions.

use budget_model::{Label, Organisation};

use super::blocks::Block;
use super::prose::Prose;
use super::vocabulary::{DIVISIONS, Topic};

/// Collects the organisation from the paragraphs of part 1.
#[derive(Debug, Default)]
pub(super) struct OrganisationReader {
    /// The list that numbered paragraphs belong to, after a sentence that announces one.
    list: List,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    None,
    Units,
    Divisions,
}

impl OrganisationReader {
    /// Takes a paragraph of part 1.
    pub(super) fn take(&mut self, topic: Topic, prose: &Prose<'_>, block: &Block<'_>, organisation: &mut Organisation) {
        match topic {
            Topic::Functions if block.ordinal.is_some() && !block.text.is_empty() => {
                organisation.functions.push(prose.label(block.start, block.text))
            }
            Topic::Structure => self.structure(prose, block, organisation),
            _ => {}
        }
    }

    fn structure(&mut self, prose: &Prose<'_>, block: &Block<'_>, organisation: &mut Organisation) {
        if block.ordinal.is_some() && self.list != List::None {
            let item = block.text.trim_end_matches(['。', '；', ';', '，']);
            let label = prose.label(block.start, item);
            match self.list {
                List::Units => organisation.subordinate_units.push(label),
                List::Divisions | List::None => organisation.divisions.push(label),
            }
            return;
        }
        let open = std::mem::take(&mut self.list);
        if let Some(target) = target(open, organisation).filter(|_| is_list(block.text)) {
            // The list begins on a line of its own.
            let list = names(block.text.trim_end_matches('。'));
            target.extend(list.into_iter().map(|(from, name)| prose.label(block.start + from, name)));
            return;
        }
        let mut at = 0;
        for sentence in block.text.split_inclusive('。') {
            let start = block.start + at;
            at += sentence.len();
            let Some((announcement, offset)) = announced(sentence) else { continue };
            let list = sentence.get(offset..).unwrap_or("").trim_end_matches('。');
            // The clause that counts says what is counted: 下设2个科室，分别是：…
            let clauses = announcement.rsplit('，').take(2);
            let kind = clauses.into_iter().find_map(kind_of_list).unwrap_or(List::None);
            if list.is_empty() {
                self.list = kind;
                continue;
            }
            let Some(target) = target(kind, organisation) else { continue };
            for (from, name) in names(list) {
                target.push(prose.label(start + offset + from, name));
            }
        }
    }
}

/// Where the names of a list belong.
fn target(list: List, organisation: &mut Organisation) -> Option<&mut Vec<Label>> {
    match list {
        List::Units => Some(&mut organisation.subordinate_units),
        List::Divisions => Some(&mut organisation.divisions),
        List::None => None,
    }
}

/// Whether a paragraph holds nothing but names.
fn is_list(text: &str) -> bool {
    const LONGEST_NAME: usize = 20;
    let list = text.trim_end_matches('。');
    !list.contains(|character: char| character.is_ascii_digit() || matches!(character, '。' | '：' | ':'))
        && names(list).iter().all(|(_, name)| name.chars().count() <= LONGEST_NAME)
}

/// Splits `下设2个科室，分别是：办公室` into the announcement and the offset of the list. What a budget is made up of
/// (预算包括：本级预算及…) is no list of units.
fn announced(sentence: &str) -> Option<(&str, usize)> {
    let openers = ["分别是", "分别为", "包括", "是", "为", "如下"];
    let (at, colon) = sentence.char_indices().find(|(_, character)| matches!(character, '：' | ':'))?;
    let before = sentence.get(..at)?;
    let subject = openers.iter().find_map(|opener| before.strip_suffix(opener))?;
    (!subject.ends_with("预算")).then_some((before, at + colon.len_utf8()))
}

fn kind_of_list(clause: &str) -> Option<List> {
    // 事业单位3家
    if clause.contains("预算单位") || (clause.contains("单位") && clause.ends_with('家')) {
        return Some(List::Units);
    }
    let counted = ["下设", "内设"].iter().any(|verb| clause.contains(verb));
    (counted || DIVISIONS.entries().iter().any(|word| clause.ends_with(word))).then_some(List::Divisions)
}

/// The names of a list with 、 between them, and where each begins; 、 inside brackets separates nothing.
fn names(list: &str) -> Vec<(usize, &str)> {
    let mut names = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, character) in list.char_indices().chain([(list.len(), '、')]) {
        match character {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' | '，' | '；' | ';' if depth == 0 || at == list.len() => {
                if let Some(name) = list.get(start..at).filter(|name| !name.is_empty()) {
                    names.push((start, name));
                }
                start = at + character.len_utf8();
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::testing::read_prose;

    fn texts(labels: &[budget_model::Label]) -> Vec<&str> {
        labels.iter().map(|label| label.text.as_str()).collect()
    }

    #[test]
    fn functions_divisions_and_units_are_listed_in_order() {
        let disclosure = read_prose(
            "第一部分 2025年部门概况
一、主要职能
云溪县文化馆是县文化局所属事业单位，主要职责是：
（一）组织群众文化活动，开展群众文化培训和辅导，
指导乡镇文化站工作。
（2）收集整理民间文艺。
二、机构设置及人员情况
云溪县文化馆下设 3个科室，分别是：办公室（财务、
人事）、培训部、创作部。
纳入云溪县文化馆 2025年部门预算编制范围的下属预算
单位包括：
1、云溪县文化馆（本级）
2、云溪县少年宫
云溪县文化馆编制数 12，实有人数 14人，其中：在职
11人，减少 1人；退休 3人，增加 1人。",
        );
        let organisation = &disclosure.organisation;
        assert_eq!(
            texts(&organisation.functions),
            ["组织群众文化活动，开展群众文化培训和辅导，指导乡镇文化站工作。", "收集整理民间文艺。"]
        );
        assert_eq!(texts(&organisation.divisions), ["办公室（财务、人事）", "培训部", "创作部"]);
        assert_eq!(texts(&organisation.subordinate_units), ["云溪县文化馆（本级）", "云溪县少年宫"]);
    }

    #[test]
    fn a_list_may_begin_on_a_line_of_its_own() {
        let disclosure = read_prose(
            "第一部分 部门概况
二、机构设置及人员情况
云溪县文化馆无下属预算单位，下设 1个科室，分别是：

培训部。

云溪县文化馆编制数 12，实有人数 14人，其中：在职 14
人，增加 0人。",
        );
        assert_eq!(texts(&disclosure.organisation.divisions), ["培训部"]);
    }

    #[test]
    fn what_a_budget_is_made_up_of_is_no_unit() {
        let disclosure = read_prose(
            "第一部分 部门概况
二、机构设置及人员情况
从预算单位构成看，云溪县文化馆的预算包括：云溪县文化馆本级预算及下属 1家预算单位
在内的汇总预算。
纳入预算编制范围的下属预算单位包括：
1、云溪县文化馆（本级）
2、云溪县少年宫",
        );
        let organisation = &disclosure.organisation;
        assert_eq!(texts(&organisation.subordinate_units), ["云溪县文化馆（本级）", "云溪县少年宫"]);
        assert!(organisation.divisions.is_empty());
    }

    #[test]
    fn units_counted_by_kind_announce_their_list() {
        let disclosure = read_prose(
            "第二部分 机构设置
云溪县文化馆预算是包括云溪县文化馆本部以及下属 1家预算单位的综合收支计划。
本部门中，行政单位 1家，事业单位 1家，具体包括：
1.云溪县文化馆本部
2.云溪县少年宫",
        );
        assert_eq!(texts(&disclosure.organisation.subordinate_units), ["云溪县文化馆本部", "云溪县少年宫"]);
    }

    #[test]
    fn an_entity_without_units_has_none() {
        let disclosure = read_prose(
            "第一部分 部门概况\n二、机构设置及人员情况\n云溪县文化馆无下属预算单位，下设 2个处室，分别是：办公室、业务室。",
        );
        assert!(disclosure.organisation.subordinate_units.is_empty());
        assert_eq!(texts(&disclosure.organisation.divisions), ["办公室", "业务室"]);
        assert_eq!(disclosure.organisation.divisions[1].place.column(), 31);
    }
}
