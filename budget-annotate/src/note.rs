//! The words and colours of a note, the same in every format.

use budget_export::Annotation;
use budget_model::{Language, Severity};

/// Who wrote a note.
pub(crate) const AUTHOR: &str = "budget";

/// Longer messages are cut off.
const LONGEST: usize = 2000;
/// So many suspects are named.
const MOST_SUSPECTS: usize = 10;

/// A colour by its parts of red, green and blue.
pub(crate) type Colour = [u8; 3];

/// The colour behind a figure: lighter where it only takes part. Black text stays readable on all of them.
pub(crate) const fn highlight(severity: Severity, is_first: bool) -> Colour {
    match (severity, is_first) {
        (Severity::Error, true) => [255, 158, 150],
        (Severity::Error, false) => [255, 219, 214],
        (Severity::Warning, true) => [255, 217, 102],
        (Severity::Warning, false) => [255, 242, 204],
        (Severity::Info, true) => [158, 205, 255],
        (Severity::Info, false) => [221, 235, 255],
    }
}

/// The name of a severity.
pub(crate) const fn word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Info, Language::Chinese) => "提示",
        (Severity::Error, Language::English) => "error",
        (Severity::Warning, Language::English) => "warning",
        (Severity::Info, Language::English) => "info",
    }
}

/// What stands at the first place of an annotation.
pub(crate) fn full(number: usize, annotation: &Annotation, language: Language) -> String {
    let mut note = match language {
        Language::Chinese => format!("{number}. {}：{}", word(annotation.severity, language), annotation.title),
        Language::English => format!("{number}. {}: {}", word(annotation.severity, language), annotation.title),
    };
    note += "\n";
    note += &cut(&annotation.message);
    let perhaps = match language {
        Language::Chinese => "可能有误：",
        Language::English => "perhaps wrong: ",
    };
    for suspect in annotation.suspects.iter().take(MOST_SUSPECTS) {
        note += &format!("\n{perhaps}{}", cut(suspect));
    }
    note + &match language {
        Language::Chinese => format!("\n（规则 {}）", annotation.code),
        Language::English => format!("\n(rule {})", annotation.code),
    }
}

/// What stands at its other places.
pub(crate) fn reference(number: usize, annotation: &Annotation, language: Language) -> String {
    let word = word(annotation.severity, language);
    match language {
        Language::Chinese => format!("见问题 {number}（{word}）：{}", annotation.title),
        Language::English => format!("see finding {number} ({word}): {}", annotation.title),
    }
}

/// A text that is not too long for a note.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
