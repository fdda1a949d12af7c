//! The grammar of printed numbers: `7,332.07`, `-0.5`, `６．００`.

use budget_model::{Decimal, Unit};
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{opt, recognize};
use nom::multi::many1;
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use crate::lexicon::around::{CURRENCIES, NOT_EXACT};

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

/// What a whole token or cell of a column of figures says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Printed {
    /// A dash, or nothing: the cell is blank.
    Blank,
    /// A figure, and the unit printed behind it.
    Figure(Decimal, Option<Unit>),
    /// Digits that are no number as a whole: `1O0.00`, `1.2.3`. No part of them is one.
    Damaged,
    /// Words.
    Words,
}

/// Marks in front of a figure below zero: `△100.00`, `负3`.
const NEGATIVE: &[char] = &['-', '－', '—', '–', '−', '‑', '﹣', '△', '▲', '∆', '负'];

/// Signs of money in front of a figure: `￥404.17`.
const CURRENCY: &[char] = &['¥', '￥'];

/// Marks of footnotes behind a figure: `197.29①`, `100.00*`.
const FOOTNOTES: &[char] =
    &['*', '＊', '※', '†', '‡', '#', '＃', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '₁', '₂', '₃'];

/// Separators in numbers, also those that a bad extraction makes of them.
const SEPARATORS: &[char] =
    &['.', ',', '，', '。', '．', '、', '·', '\'', '’', '‘', '`', ';', ':', '_', '?', '\u{fffd}'];

/// Letters that text recognition reads for digits.
const LIKE_DIGITS: &[char] =
    &['O', 'o', 'l', 'I', 'i', '|', 'S', 's', 'B', 'Z', 'z', 'q', 'g', 'b', 'D', 'Q', 'e', 'E', '〇', '○'];

/// Reads a token or cell without white space inside as a whole.
///
/// Accountants print figures below zero as `△100.00`, `(0.73)` or `12-`.
pub(crate) fn printed(text: &str) -> Printed {
    let text = crate::text::trim(text);
    if text
        .chars()
        .all(|character| matches!(character, '-' | '－' | '—' | '–' | '−' | '―' | '_' | '/' | '\\' | '.' | '…'))
    {
        return Printed::Blank;
    }
    match signed(text) {
        Some((value, unit)) => Printed::Figure(value, unit),
        None if is_damaged(text) || is_qualified(text) => Printed::Damaged,
        None => Printed::Words,
    }
}

/// A figure with all that may stand around it.
fn signed(text: &str) -> Option<(Decimal, Option<Unit>)> {
    // A spreadsheet's mark of text: '742.52
    let text = text.strip_prefix(['\'', '‘', '’', '`']).unwrap_or(text);
    let is_footnote = |character: char| matches!(character, '①'..='⑳') || FOOTNOTES.contains(&character);
    let text = without_note(text.trim_end_matches(is_footnote));
    let inside = text.strip_prefix(['(', '（']).and_then(|inside| inside.strip_suffix([')', '）']));
    let (text, unit) = with_unit(inside.unwrap_or(text));
    let mut signs = usize::from(inside.is_some());
    let text = CURRENCIES.strip_from(text).map_or(text, |(_, rest)| rest);
    let unsigned = text.trim_start_matches(CURRENCY);
    let unsigned = match unsigned.strip_prefix(NEGATIVE) {
        Some(rest) => {
            signs += 1;
            rest.trim_start_matches(CURRENCY)
        }
        None => unsigned.strip_prefix(['+', '＋']).unwrap_or(unsigned),
    };
    let unsigned = match unsigned.strip_suffix(['-', '－', '−']) {
        Some(rest) => {
            signs += 1;
            rest
        }
        None => unsigned,
    };
    // Two signs together may mean anything; a code such as `008` is no figure.
    let leading_zero = unsigned.starts_with('0') && unsigned.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if signs > 1 || leading_zero || !unsigned.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let mut value = parse_number(unsigned).or_else(|| apostrophes(unsigned))?;
    value.set_sign_negative(signs == 1 && !value.is_zero());
    Some((value, unit))
}

/// A figure without the number of a note behind it: `197.29[1]`, `197.29注1`.
fn without_note(text: &str) -> &str {
    let Some((figure, note)) = text.rsplit_once(['[', '［', '〔', '【', '注']) else { return text };
    let number = note.trim_end_matches([']', '］', '〕', '】']).trim_start_matches('注');
    let is_note = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    let has_decimals = figure.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() >= 2);
    if is_note && has_decimals { figure } else { text }
}

/// `1'000.00`: apostrophes in place of all commas.
fn apostrophes(text: &str) -> Option<Decimal> {
    let has_commas = text.contains([',', '，']);
    (!has_commas && text.contains(['\'', '’'])).then(|| parse_number(&text.replace(['\'', '’'], ","))).flatten()
}

/// A figure and the unit behind it: `408.04万元`.
fn with_unit(text: &str) -> (&str, Option<Unit>) {
    let figure = text.trim_end_matches(['百', '千', '万', '亿', '元', '%', '％']);
    match text.get(figure.len()..).and_then(Unit::known) {
        Some(unit) => (figure, Some(unit)),
        None => (text, None),
    }
}

/// Whether a text that is no figure is one that was damaged: nothing but digits, separators, marks and letters that look like
/// digits, with a digit and something that parts it. Names have other letters (`5G`), ordinals one point at their end (`1.`).
fn is_damaged(text: &str) -> bool {
    let (text, _) = with_unit(text);
    let mark = |character: char| NEGATIVE.contains(&character) || CURRENCY.contains(&character);
    let core = text
        .trim_start_matches(|character| mark(character) || matches!(character, '(' | '（' | '+' | '\''))
        .trim_end_matches(|character| mark(character) || matches!(character, ')' | '）' | '*' | '①'..='⑳'));
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let letters = core.chars().filter(|character| LIKE_DIGITS.contains(character)).count();
    let separators = core.chars().filter(|character| SEPARATORS.contains(character)).count();
    let others = core.chars().count() - digits - letters - separators;
    if digits == 0 || others > 0 {
        return false;
    }
    // 1. and 2、 number what follows; 2024:12 and 1:1 are no figures either.
    let is_ordinal = letters == 0 && separators == 1 && core.ends_with(SEPARATORS) && digits <= 2;
    let parted = core.char_indices().any(|(at, character)| {
        matches!(character, '.' | ',' | '，' | '。' | '．' | '\'' | '’')
            && core
                .get(at + character.len_utf8()..)
                .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit() || LIKE_DIGITS.contains(&next)))
    });
    let clear_letters = core
        .chars()
        .all(|character| character.is_ascii_digit() || matches!(character, 'O' | 'o' | 'I' | 'l' | '|' | '〇'));
    !is_ordinal && (parted || core.ends_with(['.', ',', '，']) || (letters > 0 && digits >= 2 && clear_letters))
}

/// Marks that say that a figure is not exactly this, or something else of it.
const QUALIFIERS: &[char] = &[
    '*', '＊', '※', '#', '＃', '<', '>', '=', '＜', '＞', '＝', '≈', '≥', '≤', '~', '～', '$', '＄', '€', '£', '@',
    '^', '?', '？', '!', '！', '/', '(', ')', '（', '）', '[', ']', '【', '】', '万', '亿', '千', '百', '元',
];

/// Whether a text is a figure with decimals and something around it that leaves open what it is: `约408.04`, `*408.04`,
/// `408.04左右`. It is not understood, but it is a figure.
fn is_qualified(text: &str) -> bool {
    let is_digit = |character: char| character.is_ascii_digit();
    let (Some(start), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else { return false };
    let (Some(front), Some(figure), Some(behind)) = (text.get(..start), text.get(start..=last), text.get(last + 1..))
    else {
        return false;
    };
    // 2.0 stands in names: 智慧旅游2.0
    let has_decimals = figure.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() >= 2);
    let are_qualifiers = |mut words: &str| {
        while let Some(rest) =
            words.strip_prefix(QUALIFIERS).or_else(|| NOT_EXACT.strip_from(words).map(|(_, rest)| rest))
        {
            words = rest;
        }
        words.trim_start_matches(CURRENCY).trim_start_matches(NEGATIVE).is_empty()
    };
    has_decimals && parse_number(figure).is_some() && are_qualifiers(front) && are_qualifiers(behind)
}

/// A figure in a cell of its own, where blanks may stand inside.
///
/// Returns the value, its unit, and whether the blanks leave its value in doubt: `2, 032.21` and `1 234.50` have one reading,
/// `4 08.04` may be two figures.
pub(crate) fn in_cell(text: &str) -> (Printed, bool) {
    let text = crate::text::trim(text);
    let pieces: Vec<&str> = text.split(crate::text::is_space).filter(|piece| !piece.is_empty()).collect();
    let squeezed = pieces.concat();
    let read = printed(&squeezed);
    let Printed::Figure(..) = read else { return (read, false) };
    let ends_number = |piece: &str| piece.ends_with(|last: char| last.is_ascii_digit());
    let begins_number = |piece: &str| piece.starts_with(|first: char| first.is_ascii_digit());
    let mut broken = pieces.windows(2).filter(|pair| match pair {
        [left, right] => ends_number(left) && begins_number(right),
        _ => false,
    });
    if broken.next().is_none() {
        return (read, false);
    }
    // Two lines of a cell may be two figures.
    let is_grouped = !text.contains(['\n', '\r']) && is_grouped(&pieces);
    (read, !is_grouped)
}

/// Whether blanks stand where commas would: `1 234 567.89`.
fn is_grouped(pieces: &[&str]) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return false };
    let Some((last, between)) = rest.split_last() else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let leading = first.trim_start_matches(|character: char| !character.is_ascii_digit());
    let whole = last.find(|character: char| !character.is_ascii_digit()).unwrap_or(last.len());
    (1..=3).contains(&leading.len())
        && digits(leading)
        && between.iter().all(|piece| piece.len() == 3 && digits(piece))
        && whole == 3
        && !last.get(whole..).is_some_and(|behind| behind.starts_with(','))
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

    #[test]
    fn a_figure_is_read_with_all_that_stands_around_it() {
        let read = |text: &str| match printed(text) {
            Printed::Figure(value, unit) => Some((value.to_string(), unit)),
            _ => None,
        };
        for (text, value) in [
            ("△100.00", "-100.00"),
            ("▲100", "-100"),
            ("12-", "-12"),
            ("负3", "-3"),
            ("－3", "-3"),
            ("(0.73)", "-0.73"),
            ("（0.73）", "-0.73"),
            ("￥404.17", "404.17"),
            ("-¥12", "-12"),
            ("'742.52", "742.52"),
            ("197.29①", "197.29"),
            ("100.00*", "100.00"),
            ("197.29[1]", "197.29"),
            ("197.29〔2〕", "197.29"),
            ("197.29注1", "197.29"),
            ("RMB404.17", "404.17"),
            ("1'000.00", "1000.00"),
            ("△0.00", "0.00"),
        ] {
            assert_eq!(read(text), Some((value.to_owned(), None)), "{text}");
        }
        assert_eq!(read("408.04万元"), Some(("408.04".to_owned(), Some(Unit::TenThousandYuan))));
        assert_eq!(read("294.67元"), Some(("294.67".to_owned(), Some(Unit::Yuan))));
        assert_eq!(read("(3.00%)"), Some(("-3.00".to_owned(), Some(Unit::Percent))));
    }

    #[test]
    fn no_part_of_damaged_digits_is_a_figure() {
        for text in [
            "1O0.00",
            "l00.00",
            "1O0",
            "1.2.3",
            "2,03.21",
            "08.04",
            ".69",
            "1,863.",
            ",381.",
            "294。67",
            "(-3.10)",
            "△-3.00",
            "12.3456.78",
            "S00.00",
            "2、032.21",
            "1'00.00",
            "△1O0.00",
            "约408.04",
            "*408.04",
            "408.04左右",
            "≈408.04",
            "$408.04",
        ] {
            assert_eq!(printed(text), Printed::Damaged, "{text}");
        }
    }

    #[test]
    fn words_with_digits_stay_words() {
        for text in [
            "5G",
            "2024年",
            "103号）",
            "1.",
            "2、",
            "(1)一般",
            "1.基本支出",
            "3D打印",
            "合计",
            "（一）",
            "COVID-19",
            "智慧旅游2.0",
            "溪上云乡12.50",
            "约3家",
            "项目1.2",
        ] {
            assert_eq!(printed(text), Printed::Words, "{text}");
        }
    }

    #[test]
    fn a_dash_is_a_blank() {
        for text in ["-", "—", "——", "--", "/", ""] {
            assert_eq!(printed(text), Printed::Blank, "{text}");
        }
    }

    #[test]
    fn blanks_in_a_cell_have_one_reading_or_leave_a_doubt() {
        let read = |text: &str| match in_cell(text) {
            (Printed::Figure(value, _), doubt) => Some((value.to_string(), doubt)),
            _ => None,
        };
        for (text, value, doubt) in [
            ("1 234.50", "1234.50", false),
            ("1 234 567.89", "1234567.89", false),
            ("2, 032.21", "2032.21", false),
            ("1,863 .69", "1863.69", false),
            ("- 3.00", "-3.00", false),
            ("408.04 万元", "408.04", false),
            ("1,027\n,381.54", "1027381.54", false),
            ("4 08.04", "408.04", true),
            ("100\n200", "100200", true),
            ("12 34", "1234", true),
        ] {
            assert_eq!(read(text), Some((value.to_owned(), doubt)), "{text}");
        }
        assert_eq!(read("12.00 34.00"), None);
    }

    proptest::proptest! {
        #[test]
        fn a_figure_has_the_digits_of_its_text(text in "[-△(（¥ ']{0,2}[0-9OlS]{1,4}[,，.'。 ]?[0-9O]{0,3}[,. ]?[0-9]{0,3}[)）①*元万-]{0,2}") {
            if let (Printed::Figure(value, _), _) = in_cell(&text) {
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                proptest::prop_assert_eq!(digits(&value.to_string()), digits(&text));
            }
        }
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
