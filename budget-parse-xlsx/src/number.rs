//! From the numbers of a workbook to exact decimals.

use std::fmt::Write;

use budget_model::Decimal;
use budget_parse::CellValue;

/// A number as the decimal it was typed as, with at least `decimals` digits behind the point.
///
/// A workbook stores binary numbers. Their shortest decimal text is the number that was typed, or, after a calculation,
/// that number with noise in the last of 16 or 17 digits; then the shortest decimal within that noise is taken. What is
/// beyond any amount of money (NaN, 1e308) becomes text and is reported where a figure is expected.
pub(crate) fn from_float(number: f64, decimals: u32) -> CellValue<'static> {
    let mut text = String::with_capacity(24);
    // Writing to a string does not fail; if it did, the text would be no number.
    let _ = write!(text, "{number}");
    match short(&text).map_or_else(|| Decimal::from_str_exact(&text), Ok) {
        Ok(exact) => CellValue::Number(shown(without_noise(exact), decimals)),
        // More than 28 decimals, or more than 28 digits.
        Err(_) => match text.parse::<Decimal>() {
            Ok(rounded) if rounded.scale() > 0 => CellValue::Number(shown(without_noise(rounded), decimals)),
            _ => CellValue::Text(format!("{number:e}").into()),
        },
    }
}

/// A decimal of up to 18 digits, which nearly all are.
fn short(text: &str) -> Option<Decimal> {
    let (digits, negative) = text.strip_prefix('-').map_or((text, false), |digits| (digits, true));
    if digits.len() > 18 {
        return None;
    }
    let mut mantissa: i64 = 0;
    let mut scale = None;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                scale = scale.map(|scale| scale + 1);
            }
            b'.' if scale.is_none() => scale = Some(0),
            _ => return None,
        }
    }
    let mantissa = if negative { -mantissa } else { mantissa };
    Decimal::try_new(mantissa, scale.unwrap_or(0)).ok()
}

/// With the zeros that a number format shows.
pub(crate) fn shown(mut value: Decimal, decimals: u32) -> Decimal {
    if value.scale() < decimals {
        value.rescale(decimals);
    }
    value
}

/// The shortest decimal that a binary number cannot be told from after a few calculations.
fn without_noise(value: Decimal) -> Decimal {
    // Decimals of up to 15 digits are stored without loss.
    if value.mantissa().unsigned_abs() < 10_u128.pow(15) {
        return value;
    }
    let Some(noise) = value.abs().checked_mul(Decimal::new(4, 15)) else { return value };
    (0..value.scale())
        .map(|decimals| value.round_dp(decimals))
        .find(|rounded| (value - rounded).abs() <= noise)
        .unwrap_or(value)
}

/// Digits behind the point that a number format shows; 0 for formats that do not say (`General`).
///
/// Percentages, fractions and exponents show another number than the stored one, so their decimals do not count.
pub(crate) fn decimals(format: &str) -> u32 {
    let positive = format.split(';').next().unwrap_or_default();
    let mut digits = 0;
    let mut behind_point = false;
    let mut characters = positive.chars();
    while let Some(character) = characters.next() {
        match character {
            // "text", \x, _x and [condition] stand for themselves.
            '"' => characters.by_ref().take_while(|character| *character != '"').for_each(drop),
            '[' => characters.by_ref().take_while(|character| *character != ']').for_each(drop),
            '\\' | '_' | '*' => drop(characters.next()),
            '.' => behind_point = true,
            '0' if behind_point => digits += 1,
            // An optional digit shows nothing where there is none.
            '#' | '?' | ',' | '0' | ' ' | '-' | '(' | ')' | '+' | '¥' | '￥' | '$' => {}
            _ => return 0,
        }
    }
    u32::min(digits, 10)
}

/// The same for a number format that is known by its number alone.
pub(crate) fn built_in_decimals(format: u16) -> u32 {
    match format {
        // 0.00, #,##0.00, and those of accounting.
        2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(number: f64, decimals: u32) -> String {
        match from_float(number, decimals) {
            CellValue::Number(number) => number.to_string(),
            CellValue::Text(text) => format!("text {text}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_number_is_the_decimal_that_was_typed() {
        for (number, text) in
            [(17.0, "17"), (7332.07, "7332.07"), (-0.5, "-0.5"), (0.0, "0"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001")]
        {
            assert_eq!(read(number, 0), text);
        }
        assert_eq!(read(-123_456.789, 2), "-123456.789");
        assert_eq!(read(1e18, 0), "1000000000000000000");
        assert_eq!(read(7_332.070_000_000_005, 0), "7332.07");
        assert_eq!(read(123_456_789_012.34, 0), "123456789012.34");
        assert_eq!(read(1.0 / 3.0, 0), "0.333333333333333");
    }

    #[test]
    fn a_format_adds_zeros_and_takes_nothing_away() {
        assert_eq!(read(17.0, 2), "17.00");
        assert_eq!(read(17.125, 2), "17.125");
        assert_eq!(read(0.0, 2), "0.00");
    }

    #[test]
    fn what_is_no_amount_is_text() {
        for number in [f64::NAN, f64::INFINITY, 1e308, -1e300, 1e29] {
            assert!(read(number, 2).starts_with("text "), "{number}");
        }
        assert_eq!(read(1e-300, 0), "0.0000000000000000000000000000");
    }

    #[test]
    fn the_decimals_of_a_format_are_those_it_always_shows() {
        for (format, shown) in [
            ("General", 0),
            ("0.00", 2),
            ("#,##0.00_);(#,##0.00)", 2),
            ("0", 0),
            ("#,##0.0#", 1),
            ("0.00%", 0),
            ("0.00E+00", 0),
            ("yyyy-mm-dd", 0),
            ("@", 0),
            ("\"约\"0.0", 1),
            ("[Red]#,##0.00", 2),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ", 2),
        ] {
            assert_eq!(decimals(format), shown, "{format}");
        }
    }
}
