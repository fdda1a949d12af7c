//! How amounts and dates are written.

use budget_model::Decimal;

/// An amount of 元 in 万元, with two decimals and a separator for every three digits: `1,285.40`.
pub(crate) fn in_ten_thousand(yuan: Decimal) -> String {
    let amount = yuan.checked_div(Decimal::from(10_000)).unwrap_or(yuan).round_dp(2);
    grouped(&format!("{amount:.2}"))
}

/// A share of a whole in percent, with one decimal; nothing of nothing.
pub(crate) fn percent(part: Decimal, whole: Decimal) -> String {
    let share = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(whole));
    share.map_or_else(String::new, |share| format!("{:.1}%", share.round_dp(1)))
}

/// A printed number with a separator for every three digits before the point.
pub(crate) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(decimals) = decimals {
        text.push('.');
        text.push_str(decimals);
    }
    text
}

/// A number of bytes as people say it: `1.2 MB`.
pub(crate) fn bytes(count: usize) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{} kB", count.div_ceil(1_000)),
        _ => format!("{}.{} MB", count / 1_000_000, count % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_three() {
        assert_eq!(["0", "123", "1234.50", "-1234567"].map(grouped), ["0", "123", "1,234.50", "-1,234,567"]);
        assert_eq!(in_ten_thousand(Decimal::from(12_854_000)), "1,285.40");
        assert_eq!(in_ten_thousand(Decimal::from(49)), "0.00");
    }

    #[test]
    fn a_share_of_nothing_is_not_said() {
        assert_eq!(percent(1.into(), 3.into()), "33.3%");
        assert_eq!(percent(1.into(), 0.into()), "");
    }

    #[test]
    fn sizes_have_a_unit() {
        assert_eq!([999, 1_000, 1_250_000].map(bytes), ["999 B", "1 kB", "1.2 MB"]);
    }
}
