//! The spelling in which texts are compared with the lexicon.

use crate::text::{self, fold};

/// Longest text that is looked at, in characters: a header cell or title is shorter.
pub(super) const LONGEST: usize = 96;

/// A text as the lexicon spells it: no white space, quotes or line marks, ASCII brackets, `出国(境)费` as `出国境费`.
/// A text that is too long to be a word of a form is empty.
pub(super) fn plain(text: &str) -> String {
    let mut plain = spelled(text);
    while plain.ends_with([':', '、', ',', ';', '。', '.', '-']) {
        plain.pop();
    }
    plain
}

/// A text in the spelling of the lexicon, with the punctuation at its end.
pub(super) fn spelled(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|character| {
        !matches!(character, '"' | '\'' | '《' | '》' | '*' | '＊' | '·' | '_' | '#' | '★' | '☆' | '○')
    });
    if folded.chars().count() > LONGEST {
        return String::new();
    }
    let plain = folded.replace("()", "").replace("[]", "").replace('[', "(").replace(']', ")");
    without_small_brackets(&plain)
}

/// `因公出国(境)费`, `维修(护)费`: a bracket of one character belongs to the word, unless it counts.
fn without_small_brackets(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('(') {
        let (before, behind) = rest.split_at(at);
        output.push_str(before);
        let mut inside = behind.chars();
        inside.next();
        match (inside.next(), inside.next()) {
            (Some(single), Some(')')) if !is_counting(single) => {
                output.push(single);
                rest = inside.as_str();
            }
            _ => {
                output.push('(');
                rest = behind.get(1..).unwrap_or_default();
            }
        }
    }
    output + rest
}

/// A character that numbers something, or is the level of a class.
fn is_counting(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || text::is_numeral(character)
        || matches!(character, '类' | '款' | '项' | '续' | '元')
}

/// The text behind its ordinals: `一、`, `(一)`, `1.`, `(1)`, `1、(一)`, `①`, `第一`.
pub(super) fn behind_ordinal(text: &str) -> &str {
    let mut rest = text;
    // Two ordinals stand in front of a label at most: 1(一)一般公共预算资金.
    for _ in 0..2 {
        let trimmed = rest.trim_start_matches(['、', '.', ':', ',', '-']);
        let Some(next) = behind_one(trimmed) else { return trimmed };
        rest = next;
    }
    rest
}

fn behind_one(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    // 第二部分
    if let Some(number) = text.strip_prefix('第') {
        let rest = number.trim_start_matches(is_numeral);
        return rest.strip_prefix("部分").filter(|_| rest.len() < number.len());
    }
    if matches!(first, '①'..='⑳') {
        return text.get(first.len_utf8()..);
    }
    if first == '(' {
        let close = text.find(')')?;
        let inside = text.get(1..close)?;
        let is_ordinal = !inside.is_empty() && inside.chars().all(is_numeral);
        return if is_ordinal { text.get(close + 1..) } else { None };
    }
    let rest = text.trim_start_matches(is_numeral);
    if rest.len() == text.len() {
        return None;
    }
    // 2026年 and 30101 are no ordinals.
    if text.len() - rest.len() > 12 {
        return None;
    }
    let marked = rest.strip_prefix(['、', '.', ')', ':', ','])?;
    // 1.5 is a number.
    (!marked.starts_with(|next: char| next.is_ascii_digit())).then_some(marked)
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || text::is_numeral(character)
}

/// The text behind a numeral without its mark: `一一般公共预算资金`. Only where the rest is known may it be left out.
pub(super) fn behind_bare_numeral(text: &str) -> Option<&str> {
    let first = text.chars().next().filter(|first| is_numeral(*first))?;
    let rest = text.get(first.len_utf8()..)?;
    // 十一 and 二十四 are numerals of more than one character; 一一般 begins with one of them only.
    Some(if first == '一' { rest } else { rest.trim_start_matches(|next| is_numeral(next) && next != '一') })
}
