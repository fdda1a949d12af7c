//! The end of the document: glossary (名词解释) and sign-off (落款).

use budget_model::{SignOff, Term};

use super::blocks::{Block, is_date};
use super::prose::Prose;

/// The entry that a paragraph of the glossary is: `一、财政拨款：指…`.
pub(super) fn term(prose: &Prose<'_>, block: &Block<'_>) -> Option<Term> {
    block.ordinal?;
    let (at, colon) = block.text.char_indices().find(|(_, character)| matches!(character, '：' | ':'))?;
    let behind = at + colon.len_utf8();
    let term = block.text.get(..at).filter(|term| !term.is_empty())?;
    let definition = block.text.get(behind..)?;
    Some(Term { term: prose.label(block.start, term), definition: prose.label(block.start + behind, definition) })
}

/// Finds name and date at the end of the document. Returns how many of the last blocks they are.
pub(super) fn sign_off(prose: &Prose<'_>, blocks: &[Block<'_>]) -> Option<(SignOff, usize)> {
    let (date, before) = blocks.split_last()?;
    if !is_date(date.text) {
        return None;
    }
    let is_name = |block: &&Block<'_>| {
        block.ordinal.is_none()
            && block.text.chars().count() <= LONGEST_NAME
            && !block.text.contains(['。', '；', '：', ':', '，'])
    };
    let name = before.last().filter(is_name).map(|block| prose.label(block.start, block.text));
    let count = 1 + usize::from(name.is_some());
    Some((SignOff { name, date: Some(prose.label(date.start, date.text)) }, count))
}

/// Longest name of a signing entity in characters.
const LONGEST_NAME: usize = 40;

#[cfg(test)]
mod tests {
    use super::super::testing::read_prose;

    #[test]
    fn terms_and_sign_off_are_told_apart() {
        let disclosure = read_prose(
            "第四部分 名词解释
名词解释：
一、财政拨款:指由一般公共预算、政府性基金预
算安排的财政拨款数。
二、“三公”经费：指因公出国（境）费，其中:旅
费和住宿费。
43
云溪县文化馆
2025年 2月 1日",
        );
        let terms: Vec<_> =
            disclosure.glossary.iter().map(|term| (term.term.text.as_str(), term.definition.text.as_str())).collect();
        assert_eq!(
            terms,
            [
                ("财政拨款", "指由一般公共预算、政府性基金预算安排的财政拨款数。"),
                ("“三公”经费", "指因公出国（境）费，其中:旅费和住宿费。")
            ]
        );
        let sign_off = disclosure.sign_off.unwrap();
        assert_eq!(sign_off.name.unwrap().text, "云溪县文化馆");
        assert_eq!(sign_off.date.unwrap().text, "2025年2月1日");
        assert_eq!(disclosure.ledger.characters, disclosure.ledger.characters_read);
    }

    #[test]
    fn a_document_without_a_date_has_no_sign_off() {
        let disclosure = read_prose("第四部分 名词解释\n一、财政拨款：指财政拨款数。\n云溪县文化馆");
        assert_eq!(disclosure.sign_off, None);
        assert_eq!(disclosure.glossary.len(), 1);
    }
}
