//! Headings of parts and sections, which end a run of tables.

use super::around::{EXPLANATION_ENDS, EXPLANATION_STARTS, REMARKS};
use crate::text::is_numeral;

/// `第三部分2025年部门预算情况说明`
pub(crate) fn is_of_part(folded: &str) -> bool {
    folded.strip_prefix('第').is_some_and(|rest| rest.trim_start_matches(is_numeral).starts_with("部分"))
}

/// `一、关于…说明`: what follows the tables in documents without part headings.
pub(crate) fn begins_explanation(folded: &str) -> bool {
    behind_numeral(folded).is_some_and(|rest| EXPLANATION_STARTS.strip_from(rest).is_some())
}

/// `一、收入支出决算总体情况说明`: what follows the tables of forms that the layout does not have.
pub(crate) fn is_explanation(folded: &str) -> bool {
    begins_explanation(folded)
        || behind_numeral(folded).is_some_and(|rest| EXPLANATION_ENDS.strip_end_of(rest).is_some())
}

/// The heading that follows the last performance table: `(五)其他需说明的事项`.
pub(crate) fn is_of_remarks(folded: &str) -> bool {
    let rest = folded.strip_prefix('(').map(|rest| rest.trim_start_matches(is_numeral));
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix(')')) else { return false };
    let words = REMARKS.entries();
    words.first().is_some_and(|first| rest.starts_with(*first)) && words.iter().all(|word| rest.contains(*word))
}

/// What stands behind 一、.
fn behind_numeral(folded: &str) -> Option<&str> {
    let rest = folded.trim_start_matches(is_numeral);
    rest.strip_prefix('、').filter(|_| rest.len() < folded.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_sentences() {
        assert!(is_of_part("第三部分2025年部门预算情况说明"));
        assert!(!is_of_part("第三人"));
        assert!(begins_explanation("一、关于云溪县文化馆2025年收支预算的说明") && !begins_explanation("一、教育支出"));
        assert!(is_explanation("二、收入决算情况说明") && !is_explanation("说明"));
        assert!(is_of_remarks("(五)其他需说明的事项") && !is_of_remarks("(五)其他支出"));
    }
}
