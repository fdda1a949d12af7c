//! From the numbers of a workbook to exact decimals.

use std::fmt::Write;

use budget_document::CellValue;
use budget_model::Decimal;

use crate::format::{NumberFormat, Shown};

/// The content of a cell before it is known whether it shows what it stores.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stored {
    /// Text, an error value, nothing.
    Cell(CellValue<'static>),
    /// A number and what it is shown as.
    Number(Decimal, Shown),
}

impl Stored {
    /// A binary number in a number format.
    pub(crate) fn float(number: f64, format: &NumberFormat) -> Self {
        match exact(number) {
            Ok(value) => Self::Number(value, format.show(value)),
            Err(text) => Self::Cell(CellValue::Text(text.into())),
        }
    }
}

/// A number as the decimal it was typed as.
///
/// A workbook stores binary numbers. Their shortest decimal text is the number that was typed, or, after a calculation,
/// that number with noise in the last of 16 or 17 digits; then the shortest decimal within that noise is taken. What is
/// beyond any amount of money (NaN, 1e308) is given back as text and is reported where a figure is expected.
pub(crate) fn exact(number: f64) -> Result<Decimal, String> {
    let mut text = String::with_capacity(24);
    // Writing to a string does not fail; if it did, the text would be no number.
    let _ = write!(text, "{number}");
    match short(&text).map_or_else(|| Decimal::from_str_exact(&text), Ok) {
        Ok(exact) => Ok(without_noise(exact)),
        // More than 28 decimals, or more than 28 digits.
        Err(_) => match text.parse::<Decimal>() {
            Ok(rounded) if rounded.scale() > 0 => Ok(without_noise(rounded)),
            _ => Err(format!("{number:e}")),
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

/// How many decimals noise takes at least: `7332.070000000005`, but not `12345678901234.56`.
const NOISE_DIGITS: u32 = 3;

/// The shortest decimal that a binary number cannot be told from after a few calculations.
fn without_noise(value: Decimal) -> Decimal {
    // Decimals of up to 15 digits are stored without loss.
    if value.mantissa().unsigned_abs() < 10_u128.pow(15) {
        return value;
    }
    let Some(noise) = value.abs().checked_mul(Decimal::new(4, 15)) else { return value };
    // Noise stands behind zeros or nines, so much falls away with it; else the last digits were typed.
    (0..=value.scale().saturating_sub(NOISE_DIGITS))
        .map(|decimals| value.round_dp(decimals))
        .find(|rounded| (value - rounded).abs() <= noise)
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(number: f64) -> String {
        exact(number).map_or_else(|text| format!("text {text}"), |number| number.to_string())
    }

    #[test]
    fn a_number_is_the_decimal_that_was_typed() {
        for (number, text) in [
            (17.0, "17"),
            (7332.07, "7332.07"),
            (-0.5, "-0.5"),
            (0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1e-7, "0.0000001"),
            (-123_456.789, "-123456.789"),
            (1e18, "1000000000000000000"),
            (7_332.070_000_000_005, "7332.07"),
            (123_456_789_012.34, "123456789012.34"),
            (12_345_678_901_234.56, "12345678901234.56"),
            (1.0 / 3.0, "0.3333333333333333"),
        ] {
            assert_eq!(read(number), text);
        }
    }

    #[test]
    fn what_is_no_amount_is_text() {
        for number in [f64::NAN, f64::INFINITY, 1e308, -1e300, 1e29] {
            assert!(read(number).starts_with("text "), "{number}");
        }
        assert_eq!(read(1e-300), "0.0000000000000000000000000000");
    }
}
