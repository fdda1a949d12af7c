//! Number formats: what a stored number is shown as.
//!
//! People publish what the sheet shows. `0!.0000` shows 20322100 as `2032.2100`, `0.00,,` shows 2032210000 as `2032.21`, so the
//! stored number is another one than the printed one. A number is printed here as its format says, and what was printed is
//! read like any printed figure; formats that cannot be printed exactly say so.

use budget_document::text::is_space;
use budget_model::Decimal;

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A number and nothing else, with the decimals that are shown.
    Number(Decimal),
    /// A number with other characters: `12.5%`, `3.2万`, or a dash for zero.
    Text(String),
    /// Nothing.
    Nothing,
    /// This is not known: dates, fractions, exponents, numerals.
    Unknown,
}

/// A number format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberFormat {
    sections: Vec<Section>,
}

/// What holds for some numbers: those above zero, below zero, zero, or those of a condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    tokens: Vec<Token>,
    condition: Option<(Comparison, Decimal)>,
    /// `[Red]`
    has_colour: bool,
    /// Whether something in it is not understood.
    is_unknown: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Shown as it is.
    Literal(char),
    /// `0`, `#` or `?`
    Digit(char),
    Point,
    /// Separates thousands, or divides by a thousand.
    Comma,
    Percent,
    /// `General`: the number as it is.
    General,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

/// More sections and characters than a format has.
const MOST_SECTIONS: usize = 4;
const LONGEST: usize = 1_000;
/// More decimals than anybody shows.
const MOST_DECIMALS: usize = 20;

/// The format of a number that has none.
const GENERAL: &[&str] = &["general", "g/通用格式", "通用格式", "standard", "常规", "@"];

impl NumberFormat {
    pub(crate) fn general() -> Self {
        let section = Section { tokens: vec![Token::General], ..Section::default() };
        Self { sections: vec![section] }
    }

    /// Reads the code of a format.
    pub(crate) fn new(code: &str) -> Self {
        if GENERAL.contains(&code.trim().to_lowercase().as_str()) || code.is_empty() {
            return Self::general();
        }
        let characters: Vec<char> = code.chars().take(LONGEST).collect();
        let mut rest = characters.as_slice();
        let mut sections = Vec::new();
        while sections.len() < MOST_SECTIONS {
            let (section, behind) = Section::read(rest);
            sections.push(section);
            match behind {
                Some(behind) => rest = behind,
                None => break,
            }
        }
        Self { sections }
    }

    /// The format that a program knows by its number alone.
    pub(crate) fn built_in(number: u16) -> Self {
        Self::new(match number {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            5 | 6 => "¥#,##0;¥-#,##0",
            7 | 8 => "¥#,##0.00;¥-#,##0.00",
            37 | 38 => "#,##0;-#,##0",
            39 | 40 => "#,##0.00;-#,##0.00",
            41 | 42 => "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
            43 | 44 => "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            11..=36 | 45..=48 | 50..=58 => "E",
            _ => "General",
        })
    }

    /// What a number is shown as.
    pub(crate) fn show(&self, value: Decimal) -> Shown {
        let Some((section, is_of_negatives)) = self.section(value) else { return Shown::Unknown };
        if section.is_unknown {
            return Shown::Unknown;
        }
        // [>9999]0!.0,"万";0 shows some numbers in 万 and others not: a small one is in another unit than its table.
        let scales = |section: &Section| section.scales();
        if !value.is_zero() && !section.scales() && self.sections.iter().any(scales) {
            return Shown::Unknown;
        }
        let negative = value.is_sign_negative() && !value.is_zero();
        // What the sign is in a section with a condition, programs do not agree on.
        if negative && section.condition.is_some() {
            return Shown::Unknown;
        }
        let Some(mut text) = section.print(value) else { return Shown::Unknown };
        // A section for numbers below zero shows them without their sign.
        if negative && !is_of_negatives {
            text.insert(0, '-');
        }
        if let Some((first, "%")) = text.split_once('\n') {
            // 0.00,,⏎%: the percent sign is moved out of sight, into a second line.
            text = first.to_owned();
        }
        shown(&text, value, section.has_colour)
    }

    /// The section that holds for a number, and whether it is that of numbers below zero.
    fn section(&self, value: Decimal) -> Option<(&Section, bool)> {
        let sections = self.sections.get(..self.sections.len().min(3))?;
        if sections.iter().any(|section| section.condition.is_some()) {
            let holds = |section: &&Section| section.condition.is_some_and(|condition| condition.holds(value));
            let free = || sections.iter().rfind(|section| section.condition.is_none());
            return Some((sections.iter().find(holds).or_else(free)?, false));
        }
        let at = match sections.len() {
            3 if value.is_zero() => 2,
            2 | 3 if value.is_sign_negative() && !value.is_zero() => 1,
            _ => 0,
        };
        Some((sections.get(at)?, at == 1))
    }
}

trait Holds {
    fn holds(self, value: Decimal) -> bool;
}

impl Holds for (Comparison, Decimal) {
    fn holds(self, value: Decimal) -> bool {
        let (comparison, bound) = self;
        match comparison {
            Comparison::Less => value < bound,
            Comparison::AtMost => value <= bound,
            Comparison::Equal => value == bound,
            Comparison::Other => value != bound,
            Comparison::AtLeast => value >= bound,
            Comparison::More => value > bound,
        }
    }
}

impl Section {
    /// Reads a section; returns what stands behind its semicolon.
    fn read(characters: &[char]) -> (Self, Option<&[char]>) {
        let mut section = Self::default();
        let mut rest = characters;
        while let Some((character, behind)) = rest.split_first() {
            rest = behind;
            match character {
                ';' => return (section, Some(rest)),
                '"' => {
                    let length = rest.iter().position(|character| *character == '"').unwrap_or(rest.len());
                    section.tokens.extend(rest.iter().take(length).copied().map(Token::Literal));
                    rest = rest.get(length + 1..).unwrap_or_default();
                }
                '[' => {
                    let length = rest.iter().position(|character| *character == ']').unwrap_or(rest.len());
                    section.bracket(&rest.iter().take(length).collect::<String>());
                    rest = rest.get(length + 1..).unwrap_or_default();
                }
                '\\' | '!' => {
                    section.tokens.extend(rest.first().copied().map(Token::Literal));
                    rest = rest.get(1..).unwrap_or_default();
                }
                // As wide as the next character, or filled with it.
                '_' | '*' => rest = rest.get(1..).unwrap_or_default(),
                '0' | '#' | '?' => section.tokens.push(Token::Digit(*character)),
                '.' => section.tokens.push(Token::Point),
                ',' => section.tokens.push(Token::Comma),
                '%' => section.tokens.push(Token::Percent),
                'G' | 'g' => {
                    // General, G/通用格式
                    let text: String = [*character].iter().chain(rest.iter().take(6)).collect();
                    let length = if text.eq_ignore_ascii_case("general") {
                        6
                    } else if text.to_lowercase().starts_with("g/通用格式") {
                        5
                    } else {
                        section.is_unknown = true;
                        0
                    };
                    section.tokens.push(Token::General);
                    rest = rest.get(length..).unwrap_or_default();
                }
                // 1/2, 1E+03, dates, and @, which is text.
                '/' | '@' => section.is_unknown = true,
                letter if letter.is_ascii_alphabetic() => section.is_unknown = true,
                other => section.tokens.push(Token::Literal(*other)),
            }
        }
        (section, None)
    }

    /// Whether numbers are shown as others than they are: `0!.0000`, `0,`, `0"万"`.
    fn scales(&self) -> bool {
        let last = self.tokens.iter().rposition(|token| matches!(token, Token::Digit(_)));
        let first = self.tokens.iter().position(|token| matches!(token, Token::Digit(_)));
        let Some((first, last)) = first.zip(last) else { return false };
        self.tokens.iter().enumerate().any(|(at, token)| match token {
            Token::Comma => at > last,
            Token::Literal('.') => (first..last).contains(&at),
            Token::Literal('万' | '亿' | '千' | '百') => at > last,
            _ => false,
        })
    }

    /// What stands in square brackets: a colour, a condition, a currency.
    fn bracket(&mut self, inside: &str) {
        const COLOURS: &[&str] = &[
            "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黑色", "蓝色", "青色", "绿色",
            "洋红", "红色", "白色", "黄色",
        ];
        let lower = inside.to_lowercase();
        let is_numbered =
            |word: &str| lower.strip_prefix(word).is_some_and(|number| number.trim().parse::<u8>().is_ok());
        if COLOURS.contains(&lower.as_str()) || is_numbered("color") || is_numbered("颜色") {
            self.has_colour = true;
        } else if let Some(currency) = inside.strip_prefix('$') {
            // [$￥-804]
            let sign = currency.split_once('-').map_or(currency, |(sign, _)| sign);
            self.tokens.extend(sign.chars().map(Token::Literal));
        } else if let Some(condition) = condition(inside) {
            self.condition = Some(condition);
        } else {
            self.is_unknown = true;
        }
    }

    /// The text of a number, without the sign; `None` beyond what a decimal holds.
    fn print(&self, value: Decimal) -> Option<String> {
        let digits: Vec<usize> = self.places(|token| matches!(token, Token::Digit(_)));
        let point = self.tokens.iter().position(|token| *token == Token::Point);
        let is_whole = |at: &usize| point.is_none_or(|point| *at < point);
        let decimals = digits.iter().filter(|at| !is_whole(at)).count();
        if decimals > MOST_DECIMALS {
            return None;
        }
        let (first_whole, last_whole) = (digits.iter().copied().find(is_whole), digits.iter().copied().rfind(is_whole));
        // A comma between digits separates thousands; behind the last digit, before or behind the point, it divides.
        let last = digits.last().copied();
        let between =
            |at: &usize| first_whole.is_some_and(|first| first < *at) && last_whole.is_some_and(|last| *at < last);
        let commas = self.places(|token| *token == Token::Comma);
        let is_grouped = commas.iter().any(between);
        let divides = |at: &&usize| {
            !between(at) && (last.is_some_and(|last| last < **at) || last_whole.is_some_and(|last| last < **at))
        };
        let mut number = value.abs();
        for _ in commas.iter().filter(divides) {
            number = number
                .checked_mul(Decimal::new(1, 3))
                .filter(|shown| shown.scale() == number.scale() + 3 || number.is_zero())?;
        }
        for _ in self.places(|token| *token == Token::Percent) {
            number = number.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        let exact = general(number);
        if number.scale() > decimals as u32 {
            let half = Decimal::new(5, decimals as u32 + 1);
            number = number.checked_add(half)?.trunc_with_scale(decimals as u32);
        }
        number.rescale(decimals as u32);
        if number.scale() != decimals as u32 {
            return None;
        }
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.trim_start_matches('0');
        let mut output = String::new();
        // Digits that have no place of their own stand before the first one.
        let places = digits.iter().filter(|at| is_whole(at)).count();
        let mut left = whole.len().max(places);
        let mut fraction_at = 0;
        for (at, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Literal(character) => output.push(*character),
                Token::Percent => output.push('%'),
                Token::Point => {
                    // Numbers without digits before the point: .00
                    output.push_str(if places == 0 { whole } else { "" });
                    output.push('.');
                }
                Token::Comma => {}
                Token::General => output.push_str(&exact),
                Token::Digit(kind) if is_whole(&at) => {
                    let here = if Some(at) == first_whole { left + 1 - places.min(left) } else { 1 };
                    for _ in 0..here {
                        // Position from the right; digits that the number does not have are padded.
                        let digit = whole.len().checked_sub(left).and_then(|at| whole.get(at..=at));
                        match (digit, kind) {
                            (Some(digit), _) => output.push_str(digit),
                            (None, '0') => output.push('0'),
                            _ => {}
                        }
                        left = left.saturating_sub(1);
                        let printed = digit.is_some() || *kind == '0';
                        if is_grouped && printed && left > 0 && left % 3 == 0 {
                            output.push(',');
                        }
                    }
                }
                Token::Digit(kind) => {
                    let rest = fraction.get(fraction_at..).unwrap_or_default();
                    fraction_at += 1;
                    if *kind == '0' || rest.bytes().any(|digit| digit != b'0') {
                        output.push_str(rest.get(..1).unwrap_or_default());
                    }
                }
            }
        }
        Some(output)
    }

    fn places(&self, is: impl Fn(&Token) -> bool) -> Vec<usize> {
        self.tokens.iter().enumerate().filter(|(_, token)| is(token)).map(|(at, _)| at).collect()
    }
}

/// A number without a format: as exact as eleven characters are, so that 1985.25000000001 is 1985.25.
fn general(number: Decimal) -> String {
    const MOST_CHARACTERS: usize = 11;
    let exact = number.normalize().to_string();
    let Some((whole, decimals)) = exact.split_once('.') else { return exact };
    let room = MOST_CHARACTERS.saturating_sub(whole.len() + 1);
    if decimals.len() <= room {
        return exact;
    }
    let half = Decimal::try_new(5, room as u32 + 1).ok();
    let rounded = half.and_then(|half| number.checked_add(half)).map(|sum| sum.trunc_with_scale(room as u32));
    rounded.map_or(exact, |rounded| rounded.normalize().to_string())
}

/// `>=100`, `=0`
fn condition(text: &str) -> Option<(Comparison, Decimal)> {
    const COMPARISONS: &[(&str, Comparison)] = &[
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("<>", Comparison::Other),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Equal),
    ];
    let (sign, comparison) = COMPARISONS.iter().find(|(sign, _)| text.starts_with(sign))?;
    let bound = text.strip_prefix(sign)?.trim();
    Some((*comparison, Decimal::from_str_exact(bound).ok()?))
}

/// What a number is whose cell shows this text. In red, a number below zero needs no sign.
pub(crate) fn shown(text: &str, value: Decimal, is_coloured: bool) -> Shown {
    let bare: String = text.chars().filter(|character| !is_space(*character)).collect();
    if bare.is_empty() {
        return Shown::Nothing;
    }
    let negative = value.is_sign_negative() && !value.is_zero();
    match printed(&bare) {
        Some((mut number, signs)) => {
            let is_right = match signs {
                0 => !negative || is_coloured || number.is_zero(),
                1 => negative,
                _ => false,
            };
            if !is_right {
                return Shown::Unknown;
            }
            number.set_sign_negative(negative && !number.is_zero());
            Shown::Number(number)
        }
        None if negative && !bare.starts_with(SIGNS) && !bare.starts_with(['(', '（']) => Shown::Unknown,
        None => Shown::Text(bare),
    }
}

/// What stands in front of a number below zero.
const SIGNS: [char; 6] = ['-', '－', '−', '△', '▲', '负'];

/// The number that a text without white space is, without its sign, and how many signs it has: `¥1,234.50`, `(12.00)`,
/// `-12`, `△12`.
fn printed(text: &str) -> Option<(Decimal, usize)> {
    const CURRENCY: [char; 3] = ['¥', '￥', '$'];
    let mut signs = 0;
    let mut rest = text;
    if let Some(inside) = rest.strip_prefix(['(', '（']).and_then(|inside| inside.strip_suffix([')', '）'])) {
        signs += 1;
        rest = inside;
    }
    rest = rest.trim_start_matches(CURRENCY);
    for sign in SIGNS {
        if let Some(behind) = rest.strip_prefix(sign) {
            signs += 1;
            rest = behind;
        }
    }
    rest = rest.trim_start_matches(CURRENCY);
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = is_digits(first)
        && is_digits(fraction)
        && !(first.is_empty() && fraction.is_empty())
        && groups.all(|group| group.len() == 3 && is_digits(group));
    if !is_number {
        return None;
    }
    let plain: String = rest.chars().filter(|character| *character != ',').collect();
    let plain = plain.trim_end_matches('.');
    let plain = if plain.starts_with('.') { format!("0{plain}") } else { plain.to_owned() };
    Some((Decimal::from_str_exact(&plain).ok()?, signs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(format: &str, number: &str) -> String {
        match NumberFormat::new(format).show(number.parse().unwrap()) {
            Shown::Number(number) => number.to_string(),
            Shown::Text(text) => format!("text {text}"),
            Shown::Nothing => "nothing".to_owned(),
            Shown::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn a_format_that_scales_shows_another_number_than_the_stored_one() {
        for (format, stored, shown) in [
            ("0!.0000", "20322100", "2032.2100"),
            ("0!.0000", "12", "0.0012"),
            ("0\\.0000", "20322149.6", "2032.2150"),
            ("0\".\"0000_ ", "-20322100", "-2032.2100"),
            ("0\\.0,\"万\"", "20322100", "text 2032.2万"),
            ("0\\.0,", "20322100", "2032.2"),
            ("0!.0,", "20322600", "2032.3"),
            ("0.00,,\n%", "20322100", "2032.21"),
            ("0.00,,\r\n%", "20322100", "2032.21"),
            ("#,##0.00,", "20322105", "20322.11"),
            ("0.00,,", "2032210000", "2032.21"),
            ("#,##0,", "1234567", "1235"),
            ("0,.00", "1234567", "1234.57"),
            ("0.00,\"千元\"", "20322100", "text 20322.10千元"),
            ("#,##0.00\"元\"", "1234.5", "text 1,234.50元"),
            ("0.00%", "0.1234", "text 12.34%"),
            ("0\"00\"", "203", "20300"),
        ] {
            assert_eq!(show(format, stored), shown, "{format}");
        }
    }

    #[test]
    fn a_number_has_the_decimals_that_are_shown() {
        for (format, stored, shown) in [
            ("General", "17.125", "17.125"),
            ("General", "1985.25000000001", "1985.25"),
            ("General", "-0.289999999999964", "-0.29"),
            ("General", "20322149.6123", "20322149.61"),
            ("G/通用格式", "-3", "-3"),
            ("General\"万\"", "3.5", "text 3.5万"),
            ("0.0\"元\"", "-3.5", "text -3.5元"),
            ("0.0\"元\";[Red]0.0\"元\"", "-3.5", "unknown"),
            ("0.00", "17", "17.00"),
            ("0.00", "2032.205", "2032.21"),
            ("0.00", "-2032.205", "-2032.21"),
            ("0.00", "-0.001", "0.00"),
            ("0", "0", "0"),
            ("#", "0", "nothing"),
            ("#,##0.0#", "1234.5", "1234.5"),
            ("#,##0.0#", "1234.56", "1234.56"),
            ("#.##", "5", "5"),
            (".00", "1234.5", "1234.50"),
            ("0.0?", "5", "5.0"),
            ("00000", "5", "5"),
            ("0000,000.00", "1234", "1234.00"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "1234.5", "1234.50"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1234.5", "-1234.50"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "text -"),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", "-1234.5", "-1234.50"),
            ("[$￥-804]#,##0.00", "12", "12.00"),
            ("￥#,##0.00;￥-#,##0.00", "-12", "-12.00"),
            ("[Red]#,##0.00", "12", "12.00"),
        ] {
            assert_eq!(show(format, stored), shown, "{format} of {stored}");
        }
    }

    #[test]
    fn sections_hold_for_some_numbers() {
        for (format, stored, shown) in [
            (";;;", "12", "nothing"),
            ("0.00;-0.00;;@", "0", "nothing"),
            ("0.00;-0.00;;@", "3", "3.00"),
            ("[=0]\"\";0.00", "0", "nothing"),
            ("[=0]\"\";0.00", "3", "3.00"),
            ("[=0]\"\";0.00", "-3", "-3.00"),
            ("0.00;\"△\"0.00", "-3", "-3.00"),
            ("0.00;[Red]0.00", "-3", "-3.00"),
            // A number below zero that is shown without any sign of it, and one above zero that is shown with one.
            ("0.00;0.00", "-3", "unknown"),
            ("-0.00", "3", "unknown"),
            ("[>=10000]0!.0000;0", "20322100", "2032.2100"),
            // In another unit than what is shown of greater numbers.
            ("[>=10000]0!.0000;0", "5", "unknown"),
            ("[>=10000]0!.0000;0", "0", "0"),
            ("[>9999]0!.0,\"万\";0", "4200", "unknown"),
            ("[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", "20322100", "text 2032.2万"),
            ("[<0]0.00;0", "-5", "unknown"),
        ] {
            assert_eq!(show(format, stored), shown, "{format} of {stored}");
        }
    }

    #[test]
    fn what_cannot_be_shown_exactly_is_not_known() {
        for format in ["0.00E+00", "# ?/?", "yyyy-mm-dd", "[h]:mm", "[DBNum2]0", "[DBNum1][$-804]General", "0.00;@x"] {
            assert_eq!(show(format, "-3.5"), "unknown", "{format}");
        }
        let long = "0".repeat(5_000);
        assert_eq!(show(&format!("0.{long}"), "3"), "unknown");
        assert_eq!(show("0,,,,,,,,,,", "3"), "unknown");
    }

    #[test]
    fn formats_are_known_by_number_too() {
        let show = |number, value: &str| NumberFormat::built_in(number).show(value.parse().unwrap());
        assert_eq!(show(4, "3"), Shown::Number(Decimal::new(300, 2)));
        assert_eq!(show(0, "3.25"), Shown::Number(Decimal::new(325, 2)));
        assert_eq!(show(10, "0.5"), Shown::Text("50.00%".to_owned()));
        assert_eq!(show(11, "0.5"), Shown::Unknown);
    }
}
