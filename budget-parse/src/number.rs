//! The grammar of printed numbers: `7,332.07`, `-0.5`, `６．００`.

use budget_model::Decimal;
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{opt, recognize};
use nom::multi::many1;
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

fn digits(input: &str) -> IResult<&str, &str> {
    take_while1(|character: char| character.is_ascii_digit()).parse(input)
}

/// Groups of three behind a comma: `7,332`. A comma that is not followed by exactly three digits ends the number.
fn grouped(input: &str) -> IResult<&str, &str> {
    let leading = take_while_m_n(1, 3, |character: char| character.is_ascii_digit());
    let group = (one_of(",，"), take_while_m_n(3, 3, |character: char| character.is_ascii_digit()));
    let (rest, number) = recognize(pair(leading, many1(group))).parse(input)?;
    if rest.starts_with(|character: char| character.is_ascii_digit()) {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Digit)));
    }
    Ok((rest, number))
}

/// A number at the start of the input: sign, digits with or without separators, decimals.
///
/// Returns the rest of the input and the number with its printed scale.
fn number(input: &str) -> IResult<&str, Decimal> {
    let sign = opt(one_of("+-－—−"));
    let decimals = opt(preceded(char('.'), take_while(|character: char| character.is_ascii_digit())));
    let (rest, (sign, whole, decimals)) = (sign, alt((grouped, digits)), decimals).parse(input)?;
    let failed = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Digit));
    // A point without digits behind it ends a sentence or is half of a wrapped number; it is no part of this one.
    let (rest, decimals) = match decimals {
        Some("") => (input.get(input.len() - rest.len() - 1..).unwrap_or(rest), ""),
        Some(decimals) => (rest, decimals),
        None => (rest, ""),
    };
    let digits = || whole.bytes().chain(decimals.bytes()).filter(u8::is_ascii_digit).map(|byte| byte - b'0');
    let mut value = if whole.len() + decimals.len() <= 18 {
        let value = digits().fold(0, |value, digit| value * 10 + i64::from(digit));
        Decimal::new(value, decimals.len() as u32)
    } else {
        let longer = |value: i128, digit| value.checked_mul(10)?.checked_add(i128::from(digit));
        let value = digits().try_fold(0, longer).ok_or_else(failed)?;
        Decimal::try_from_i128_with_scale(value, decimals.len() as u32).map_err(|_| failed())?
    };
    if matches!(sign, Some(sign) if sign != '+') {
        value.set_sign_negative(true);
    }
    Ok((rest, value))
}

/// The number that the whole text is, if it is one.
///
/// ```
/// use budget_parse::parse_number;
///
/// assert_eq!(parse_number("7,332.07").unwrap().to_string(), "7332.07");
/// assert_eq!(parse_number("17.00").unwrap().to_string(), "17.00");
/// assert_eq!(parse_number("－0.50").unwrap().to_string(), "-0.50");
/// assert!(parse_number("7,33.07").is_none());
/// assert!(parse_number("17.00万元").is_none());
/// ```
#[must_use]
pub fn parse_number(text: &str) -> Option<Decimal> {
    let (value, length) = leading_number(text)?;
    (length == text.len()).then_some(value)
}

/// The number at the start of the text and how many bytes it takes, if there is one.
#[must_use]
pub fn leading_number(text: &str) -> Option<(Decimal, usize)> {
    let first = text.chars().next()?;
    if !first.is_ascii() {
        if !matches!(first, '０'..='９' | '－' | '＋' | '—' | '−') {
            return None;
        }
        // Full-width digits are rare; only then is a copy made, which keeps one character for one character.
        let folded: String = text.chars().map(crate::text::fold_char).collect();
        let (rest, value) = number(&folded).ok()?;
        let characters = folded.chars().count() - rest.chars().count();
        let length = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
        return Some((value, length));
    }
    // Most of what is asked about is words.
    if !matches!(first, '0'..='9' | '+' | '-') {
        return None;
    }
    plain(text.as_bytes()).or_else(|| {
        let (rest, value) = number(text).ok()?;
        Some((value, text.len() - rest.len()))
    })
}

/// What most numbers are: some digits, perhaps with decimals. `None` leaves the text to the grammar.
fn plain(text: &[u8]) -> Option<(Decimal, usize)> {
    const MOST_DIGITS: usize = 18;
    let (mut value, mut point) = (0i64, None);
    let mut at = 0;
    while let Some(byte) = text.get(at).filter(|_| at <= MOST_DIGITS) {
        match byte {
            b'0'..=b'9' => value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?,
            b'.' if point.is_none() && at > 0 => point = Some(at),
            // A separator: `7,332` or `7，332`.
            b',' | 0xef => return None,
            _ => break,
        }
        at += 1;
    }
    let decimals = point.map_or(0, |point| at - point - 1);
    let is_whole = at > 0 && at <= MOST_DIGITS && point.is_none_or(|_| decimals > 0);
    is_whole.then(|| (Decimal::new(value, decimals as u32), at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_printed_scale() {
        for (text, shown) in
            [("0.00", "0.00"), ("6,000.06", "6000.06"), ("１２．５", "12.5"), ("1712", "1712"), ("-3.10", "-3.10")]
        {
            assert_eq!(parse_number(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_only_begins_with_a_number_is_not_one() {
        for text in
            ["", "-", "1,23", "12.", "1.2.3", "17.00万元", "2024年", "12,345,6", "99999999999999999999999999999999"]
        {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_sentence_end_is_not_part_of_a_number() {
        assert_eq!(leading_number("12.主要").map(|(_, length)| length), Some(2));
        assert_eq!(leading_number("1,000,5").map(|(_, length)| length), Some(5));
    }

    proptest::proptest! {
        #[test]
        fn a_plain_number_is_what_the_grammar_makes_of_it(text in "[0-9]{0,20}[.,，元]?[0-9]{0,3}[.,，元]?") {
            if let Some((value, length)) = plain(text.as_bytes()) {
                let (rest, by_grammar) = number(&text).unwrap();
                assert_eq!((value.to_string(), length), (by_grammar.to_string(), text.len() - rest.len()));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            if let Some((_, length)) = leading_number(&text) {
                assert!(text.is_char_boundary(length));
            }
        }
    }
}
