//! Documents whose figures are cut off instead of rounded: 4.56 and 3.38 of 4.568 and 3.387, below 7.95.
//!
//! Each figure that is cut off stands for up to one unit of its last decimal more than it shows, so a whole is never less than its
//! printed parts and may be more than rounding can explain. Where all small differences of a document go that way, it cuts off.

use budget_model::Decimal;

use crate::book::Book;
use crate::breakdown::table_of;
use crate::check::{Check, Expression, Term};
use crate::checks::Checks;
use crate::defect::Defect;
use crate::pattern::Pattern;
use crate::text::Text;

static TRUNCATED: Text = Text::new(
    "全文数字按截去尾数（而非四舍五入）取位：有尾差的 {0} 处合计都大于分项之和，且差额都小于各分项末位一个单位之和，其中 {1} 处超出四舍五入可解释的范围。以下按截去尾数判断",
    "the figures of this document are cut off, not rounded: {0} wholes are a little more than the sum of their parts, and none is less. {1} of the differences are more than rounding explains. Everything else is judged accordingly",
);

/// Wholes that are a little more than their parts, before that is more than chance: one in 4,096.
const FEWEST: usize = 12;

/// Whether the figures of a document are cut off: what shows it, if it matters.
pub(crate) fn find(book: &Book<'_>, checks: &Checks, decided: &[bool], failing: &[bool]) -> Option<Pattern> {
    if !failing.contains(&true) {
        return None;
    }
    let (mut more, mut explained) = (0_usize, Vec::new());
    for ((index, check), (decided, failing)) in checks.from(0).enumerate().zip(decided.iter().zip(failing)) {
        if !decided || table_of(book, check).is_none() {
            continue;
        }
        match cut_off(book, check) {
            Some(apart) if apart.is_zero() => {}
            Some(apart) if apart.is_sign_negative() => return None,
            Some(_) => {
                more += 1;
                explained.extend(failing.then_some(index));
            }
            None => {}
        }
    }
    if more < FEWEST || explained.is_empty() {
        return None;
    }
    let arguments = vec![more.to_string().into(), explained.len().to_string().into()];
    Some(Pattern {
        checks: explained,
        suspects: Vec::new(),
        defect: Defect::Truncated,
        severity: Some(budget_model::Severity::Info),
        message: &TRUNCATED,
        arguments,
    })
}

/// By how much a whole is more than its parts, where that is less than cut ends may come to, either way. `None` for other
/// differences and for what is no plain sum of several positive parts.
fn cut_off(book: &Book<'_>, check: Check<'_>) -> Option<Decimal> {
    let (Expression::Sum(parts), [whole]) = (check.expected, check.found) else { return None };
    if parts.len() < 2 {
        return None;
    }
    let (found, unit) = worth(book, *whole)?;
    let (mut sum, mut ends) = (Decimal::ZERO, Decimal::ZERO);
    for part in parts {
        let (value, end) = worth(book, *part)?;
        // A whole that is printed less exactly than its parts may be less than they are.
        if unit > end && !end.is_zero() {
            return None;
        }
        (sum, ends) = (sum.checked_add(value)?, ends.checked_add(end)?);
    }
    let apart = found.checked_sub(sum)?;
    (apart.abs() < ends).then_some(apart)
}

/// A figure that is not negative, and one unit of its last decimal (none of a plain 0), in the unit of the sum.
fn worth(book: &Book<'_>, term: Term) -> Option<(Decimal, Decimal)> {
    let figure = book.figure(term.figure)?;
    let value = figure.value.checked_mul(term.weight)?;
    let digits = if figure.is_exact(figure.value) { 0 } else { 10_i64.checked_pow(figure.zeros_of(figure.value))? };
    let unit = Decimal::try_new(digits, figure.value.scale()).ok()?;
    (value >= Decimal::ZERO && term.weight > Decimal::ZERO).then_some((value, unit.checked_mul(term.weight)?))
}
