//! Reading decimals from their text with the sign of a zero: `减少0.00` is `-0.00`, which [`Decimal::from_str`] forgets.
//!
//! [`Decimal::from_str`]: std::str::FromStr

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de::Error};

/// For `deserialize_with`.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).map_err(|error| D::Error::custom(format_args!("{text:?} is not a decimal: {error}")))
}

/// For `deserialize_with`, where there may be none.
pub(crate) fn read_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let decimal = parse(&text).map_err(|error| D::Error::custom(format_args!("{text:?} is not a decimal: {error}")))?;
    Ok(Some(decimal))
}

fn parse(text: &str) -> Result<Decimal, rust_decimal::Error> {
    let mut decimal = Decimal::from_str_exact(text)?;
    decimal.set_sign_negative(text.starts_with('-'));
    Ok(decimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize, serde::Serialize)]
    struct Printed {
        #[serde(deserialize_with = "read")]
        value: Decimal,
        #[serde(deserialize_with = "read_option")]
        other: Option<Decimal>,
    }

    #[test]
    fn a_decimal_keeps_its_digits_its_scale_and_its_sign() {
        for text in ["-0.00", "0.00", "17.00", "17", "-3.1", "79228162514264337593543950335"] {
            let json = format!(r#"{{"value":"{text}","other":"{text}"}}"#);
            let printed: Printed = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&printed).unwrap(), json);
        }
    }

    #[test]
    fn text_that_is_not_a_decimal_is_an_error_that_quotes_it() {
        for text in ["", "-", "1,000", "NaN", "79228162514264337593543950336"] {
            let json = format!(r#"{{"value":"{text}","other":null}}"#);
            let error = serde_json::from_str::<Printed>(&json).err().unwrap().to_string();
            assert!(error.contains(&format!("\"{text}\" is not a decimal")), "{error}");
        }
    }
}
