//! Numbers as lists print them: 三, （iv）, ⑤.

/// How the number of a level is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// 1, 2, 3; also what is not known
    #[default]
    Decimal,
    /// 01, 02, 03
    Padded,
    /// １, ２, ３
    FullWidth,
    /// ①, ②, ③
    Circled,
    /// ⑴, ⑵, ⑶
    InParentheses,
    /// ⒈, ⒉, ⒊
    WithFullStop,
    /// a, b, c
    Lower,
    /// A, B, C
    Upper,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
    /// 十、二十、一〇一
    Chinese,
    /// 十、二十、一百零一
    ChineseThousand,
    /// 十、二十、百一
    Japanese,
    /// 一〇、二〇、一〇一
    Digits,
    /// 壹拾、贰拾、壹佰零壹
    Legal,
    /// 甲、乙、丙
    Stems,
    /// 子、丑、寅
    Branches,
    /// ㊀、㊁、㊂
    CircledChinese,
    /// - 1 -
    InDashes,
    /// Nothing, beside words that may stand in the text of the level.
    None,
    /// A mark that is no number.
    Bullet,
}

/// The numerals by the name of their format.
const NUMERALS: &[(&str, Numeral)] = &[
    ("decimalZero", Numeral::Padded),
    ("decimalFullWidth", Numeral::FullWidth),
    ("decimalFullWidth2", Numeral::FullWidth),
    ("decimalEnclosedCircle", Numeral::Circled),
    ("decimalEnclosedCircleChinese", Numeral::Circled),
    ("decimalEnclosedParen", Numeral::InParentheses),
    ("decimalEnclosedFullstop", Numeral::WithFullStop),
    ("lowerLetter", Numeral::Lower),
    ("upperLetter", Numeral::Upper),
    ("lowerRoman", Numeral::LowerRoman),
    ("upperRoman", Numeral::UpperRoman),
    ("chineseCounting", Numeral::Chinese),
    ("taiwaneseCounting", Numeral::Chinese),
    ("chineseCountingThousand", Numeral::ChineseThousand),
    ("taiwaneseCountingThousand", Numeral::ChineseThousand),
    ("japaneseCounting", Numeral::Japanese),
    ("ideographDigital", Numeral::Digits),
    ("japaneseDigitalTenThousand", Numeral::Digits),
    ("taiwaneseDigital", Numeral::Digits),
    ("chineseLegalSimplified", Numeral::Legal),
    ("ideographTraditional", Numeral::Stems),
    ("ideographZodiac", Numeral::Branches),
    ("ideographEnclosedCircle", Numeral::CircledChinese),
    ("numberInDash", Numeral::InDashes),
    ("bullet", Numeral::Bullet),
    ("none", Numeral::None),
];

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

impl Numeral {
    /// The numeral of a format.
    pub(crate) fn of(format: &str) -> Self {
        NUMERALS.iter().find(|(name, _)| *name == format).map_or(Self::Decimal, |(_, numeral)| *numeral)
    }

    /// A number written like this; in digits where this way of writing ends.
    pub(crate) fn write(self, number: u32) -> String {
        let decimal = || number.to_string();
        let written = match self {
            Self::Decimal => None,
            Self::Padded => Some(format!("{number:02}")),
            Self::FullWidth => Some(decimal().chars().filter_map(|digit| shifted('０', digit.to_digit(10)?)).collect()),
            Self::Circled => match number {
                1..=20 => one('①', number),
                21..=35 => one('㉑', number - 20),
                36..=50 => one('㊱', number - 35),
                _ => None,
            },
            Self::InParentheses => one('⑴', number).filter(|_| number <= 20),
            Self::WithFullStop => one('⒈', number).filter(|_| number <= 20),
            Self::Lower => letters('a', number),
            Self::Upper => letters('A', number),
            Self::LowerRoman => roman(number).map(|roman| roman.to_lowercase()),
            Self::UpperRoman => roman(number),
            Self::Chinese if number > 99 => Some(digits(number, &DIGITS)),
            Self::Chinese => counted(number, &DIGITS, &['十', '百', '千'], '零', true),
            Self::ChineseThousand => counted(number, &DIGITS, &['十', '百', '千'], '零', true),
            Self::Japanese => japanese(number),
            Self::Digits => Some(digits(number, &DIGITS)),
            Self::Legal => counted(number, &LEGAL, &['拾', '佰', '仟'], '零', false),
            Self::Stems => nth("甲乙丙丁戊己庚辛壬癸", number),
            Self::Branches => nth("子丑寅卯辰巳午未申酉戌亥", number),
            Self::CircledChinese => nth("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", number),
            Self::InDashes => Some(format!("- {number} -")),
            Self::None | Self::Bullet => Some(String::new()),
        };
        written.unwrap_or_else(decimal)
    }
}

fn shifted(first: char, by: u32) -> Option<char> {
    char::from_u32(u32::from(first).checked_add(by)?)
}

/// The character of a number in a row that begins with 1.
fn one(first: char, number: u32) -> Option<String> {
    shifted(first, number.checked_sub(1)?).map(String::from)
}

fn nth(characters: &str, number: u32) -> Option<String> {
    characters.chars().nth(number.checked_sub(1)? as usize).map(String::from)
}

/// a … z, aa, bb … zz, aaa
fn letters(first: char, number: u32) -> Option<String> {
    const LONGEST: u32 = 30;
    let index = number.checked_sub(1)?;
    let times = index / 26 + 1;
    (times <= LONGEST).then(|| shifted(first, index % 26))?.map(|letter| String::from(letter).repeat(times as usize))
}

fn roman(mut number: u32) -> Option<String> {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return None;
    }
    let mut written = String::new();
    for (value, part) in PARTS {
        while number >= value {
            written.push_str(part);
            number -= value;
        }
    }
    Some(written)
}

/// 101 → 一〇一
fn digits(number: u32, digits: &[char; 10]) -> String {
    number.to_string().chars().filter_map(|digit| digits.get(digit.to_digit(10)? as usize)).collect()
}

/// 12 → 十二, 101 → 一百零一, with a zero for ranks left out; 1 is not said before the first ten.
fn counted(number: u32, digits: &[char; 10], ranks: &[char; 3], zero: char, short_ten: bool) -> Option<String> {
    if number == 0 || number > 9999 {
        return None;
    }
    let mut written = String::new();
    let mut is_left_out = false;
    for rank in (0..4_u32).rev() {
        let digit = number / 10_u32.pow(rank) % 10;
        if digit == 0 {
            is_left_out = !written.is_empty();
            continue;
        }
        if std::mem::take(&mut is_left_out) {
            written.push(zero);
        }
        if !(short_ten && rank == 1 && digit == 1 && written.is_empty()) {
            written.extend(digits.get(digit as usize));
        }
        written.extend(rank.checked_sub(1).and_then(|rank| ranks.get(rank as usize)));
    }
    Some(written)
}

/// 12 → 十二, 101 → 百一: neither a one before a rank nor a zero is said.
fn japanese(number: u32) -> Option<String> {
    if number == 0 || number > 9999 {
        return None;
    }
    let mut written = String::new();
    for (value, rank) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / value % 10;
        if digit > 1 || (digit == 1 && value == 1) {
            written.extend(DIGITS.get(digit as usize));
        }
        if digit > 0 {
            written.push_str(rank);
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, written) in [
            ("decimal", ["1", "10", "12", "20", "101", "1010"]),
            ("decimalZero", ["01", "10", "12", "20", "101", "1010"]),
            ("decimalFullWidth", ["１", "１０", "１２", "２０", "１０１", "１０１０"]),
            ("decimalEnclosedCircle", ["①", "⑩", "⑫", "⑳", "101", "1010"]),
            ("decimalEnclosedParen", ["⑴", "⑽", "⑿", "⒇", "101", "1010"]),
            ("decimalEnclosedFullstop", ["⒈", "⒑", "⒓", "⒛", "101", "1010"]),
            ("lowerLetter", ["a", "j", "l", "t", "wwww", "1010"]),
            ("upperRoman", ["I", "X", "XII", "XX", "CI", "MX"]),
            ("chineseCounting", ["一", "十", "十二", "二十", "一〇一", "一〇一〇"]),
            ("chineseCountingThousand", ["一", "十", "十二", "二十", "一百零一", "一千零一十"]),
            ("japaneseCounting", ["一", "十", "十二", "二十", "百一", "千十"]),
            ("ideographDigital", ["一", "一〇", "一二", "二〇", "一〇一", "一〇一〇"]),
            ("chineseLegalSimplified", ["壹", "壹拾", "壹拾贰", "贰拾", "壹佰零壹", "壹仟零壹拾"]),
            ("ideographTraditional", ["甲", "癸", "12", "20", "101", "1010"]),
            ("ideographZodiac", ["子", "酉", "亥", "20", "101", "1010"]),
            ("bullet", ["", "", "", "", "", ""]),
            ("whatever", ["1", "10", "12", "20", "101", "1010"]),
        ] {
            let numeral = Numeral::of(format);
            assert_eq!([1, 10, 12, 20, 101, 1010].map(|number| numeral.write(number)), written, "{format}");
        }
    }

    #[test]
    fn no_number_is_too_large_or_too_small_to_be_written_shortly() {
        for (_, numeral) in NUMERALS {
            for number in [0, 21, 35, 36, 50, 51, 780, 781, 9999, 10_000, u32::MAX] {
                assert!(numeral.write(number).chars().count() <= 40, "{numeral:?} {number}");
            }
        }
        assert_eq!([21, 35, 36, 50].map(|number| Numeral::Circled.write(number)), ["㉑", "㉟", "㊱", "㊿"]);
    }
}
