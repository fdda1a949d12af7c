//! Notes of tables, and the sentences with which they say that they are empty on purpose.

use super::around::{EMPTY_SENTENCES, EMPTY_WORDS, NOTE_STARTS};

/// Longer texts with the words of an empty table are sentences, whatever marks they lack; 未安排支出的实户资金 is a row.
const LONGEST_LABEL: usize = 12;

/// Whether a folded text is a note or a sentence, and not the name of a row: 注：…, 此表无数据, 本表为空表。
pub(super) fn is_note(folded: &str) -> bool {
    let bare = folded.trim_start_matches('(');
    let is_sentence =
        || folded.contains(['。', ',', ';', '；']) || folded.chars().count() > LONGEST_LABEL && !folded.ends_with('表');
    folded.ends_with('。')
        || NOTE_STARTS.strip_from(bare).is_some()
        || EMPTY_WORDS.is_in(folded)
        || EMPTY_SENTENCES.is_in(folded) && is_sentence()
}

/// Whether a sentence says that its table is empty on purpose: 云溪县文化馆2026年没有使用“三公”经费，故本表为空表。
pub(super) fn declares_empty(sentence: &str) -> bool {
    EMPTY_WORDS.is_in(sentence) || EMPTY_SENTENCES.is_in(sentence)
}
