//! The grammar of the explanatory sentences: figures with their units, directions, points in time, document numbers.
//!
//! A text is cut into [`Token`]s; what is not one of the others is a word. Which figure measures what is decided by
//! [`super::facts`], from the tokens around it.

use budget_model::{Decimal, Unit};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, one_of};
use nom::combinator::{not, opt, peek, recognize, value, verify};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::number::{LONGEST_NUMBER, Printed, damaged, is_digit, is_like_digit, printed};
use super::vocabulary::{DIRECTIONS, Direction, NOT_A_UNIT, PER, UNITS, UnitClass};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// A number with its unit.
    Figure(Figure<'t>),
    /// Digits that state no single number: `12,34万元`, `△3.50万元`, `10-20万元`. With the class of the unit behind them.
    NoFigure(Option<UnitClass>),
    /// 增加, 下降 …
    Direction(Direction),
    /// A year, month, day or a span of them: `2024年7-12月`.
    Time,
    /// The number of a document: `〔2024〕31号`.
    Reference,
    /// The number of an item inside a sentence: `1.` in `其中：1.…`.
    Ordinal,
    /// A punctuation mark or sign.
    Mark(char),
    /// Anything else.
    Word(&'t str),
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure<'t> {
    pub(super) value: Decimal,
    /// Bytes up to the last digit, a sign or bracket included.
    pub(super) length: usize,
    /// The unit as printed, empty if there is none.
    pub(super) unit: &'t str,
    /// The class of the unit.
    pub(super) class: Option<UnitClass>,
    /// Whether it stands in brackets: 减少（0.73）万元.
    pub(super) bracketed: bool,
}

impl Figure<'_> {
    /// The unit for the model. 万 alone stands for 万元.
    pub(super) fn model_unit(&self) -> Option<Unit> {
        match self.unit {
            "" => None,
            "万" => Some(Unit::TenThousandYuan),
            unit => Some(Unit::from(unit)),
        }
    }
}

/// A token and the bytes it takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spanned<'t> {
    pub(super) token: Token<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The tokens of a text without white space.
pub(super) fn tokens(text: &str) -> Vec<Spanned<'_>> {
    let mut tokens: Vec<Spanned<'_>> = Vec::with_capacity(text.len() / 12 + 4);
    let mut at = 0;
    while let Some((rest, first)) = text.get(at..).and_then(|rest| Some((rest, rest.chars().next()?))) {
        let previous = tokens.last().map(|last| &last.token);
        // What is no other token is a word.
        let (token, length) = token(rest, first, previous).unwrap_or_else(|| (Token::Word(""), word_length(rest)));
        let end = at + length;
        // A word that goes on (第 before a digit, a character that only looked like the start of a direction) is one word.
        let is_word = matches!(token, Token::Word(_));
        match tokens.last_mut() {
            Some(last) if is_word && matches!(last.token, Token::Word(_)) => {
                last.end = end;
                last.token = Token::Word(text.get(last.start..end).unwrap_or(""));
            }
            _ => {
                let token = if is_word { Token::Word(text.get(at..end).unwrap_or("")) } else { token };
                tokens.push(Spanned { token, start: at, end });
            }
        }
        at = end;
    }
    tokens
}

/// The token other than a word that a text begins with, and its length in bytes; also digits that are part of a word.
fn token<'t>(rest: &'t str, first: char, previous: Option<&Token<'t>>) -> Option<(Token<'t>, usize)> {
    if is_digit(first) {
        return number(rest, previous);
    }
    if may_start_direction(first) {
        return direction(rest);
    }
    if first == '负' {
        let behind = rest.get(first.len_utf8()..).unwrap_or("");
        return behind.starts_with(is_digit).then(|| no_figure(rest, first.len_utf8()));
    }
    if is_like_digit(first) {
        return damaged_number(rest, previous);
    }
    if !is_mark(first) {
        return None;
    }
    let behind = rest.get(first.len_utf8()..).unwrap_or("");
    let found = match first {
        // A sign of accounts in front of a figure; what it means here nobody says.
        '△' | '▲' | '▽' | '▼' if behind.starts_with(is_digit) => Some(no_figure(rest, first.len_utf8())),
        '-' | '－' | '−' | '—' | '–' if behind.starts_with(is_digit) => signed(rest, first, previous),
        '（' | '(' if matches!(previous, Some(Token::Direction(_))) => bracketed(rest),
        // The year of a document's number.
        '〔' | '【' | '［' | '[' | '（' | '(' | '《' if behind.starts_with(['1', '2']) => parsed(reference, rest),
        _ => None,
    };
    found.or(Some((Token::Mark(first), first.len_utf8())))
}

/// The word of a direction that a text begins with; `增加（减少）` leaves it to the sign.
fn direction(text: &str) -> Option<(Token<'_>, usize)> {
    let ((_, direction), behind) = DIRECTIONS.strip_from(text)?;
    let other = behind.strip_prefix(['（', '(', '/', '／', '或']).and_then(|other| DIRECTIONS.strip_from(other));
    match other {
        Some(((_, other), rest)) if other != direction => {
            let rest = rest.strip_prefix(['）', ')']).unwrap_or(rest);
            Some((Token::Direction(Direction::Either), text.len() - rest.len()))
        }
        _ => Some((Token::Direction(*direction), text.len() - behind.len())),
    }
}

/// A figure with a sign where one can stand: `增加-3.50万元`, `增减额为-3.50万元`. Behind other words a dash may be one between
/// words; behind a letter or digit it is part of a code.
fn signed<'t>(rest: &'t str, sign: char, previous: Option<&Token<'t>>) -> Option<(Token<'t>, usize)> {
    let is_sign = matches!(sign, '-' | '－' | '−');
    match previous {
        Some(Token::Direction(_)) if is_sign => figure(rest),
        Some(Token::Word(word)) if is_sign && word.ends_with(['为', '是', '额', '率']) => figure(rest),
        Some(Token::Mark('：' | ':')) if is_sign => figure(rest),
        Some(Token::Direction(_)) => Some(no_figure(rest, sign.len_utf8())),
        Some(Token::Word(word)) if !word.ends_with(|end: char| end.is_ascii() || is_digit(end)) => {
            Some(no_figure(rest, sign.len_utf8()))
        }
        _ => None,
    }
}

/// The figure in brackets behind a direction: `减少（0.73）万元`, `减少（0.73万元）`, `下降（-2.10）%`. Brackets stand for less, as a sign
/// does: behind a word for more they contradict it.
fn bracketed(text: &str) -> Option<(Token<'_>, usize)> {
    let open = text.chars().next()?.len_utf8();
    let inside = text.get(open..)?;
    if time(inside).is_ok() || !inside.starts_with(|first: char| is_digit(first) || matches!(first, '-' | '－' | '−'))
    {
        return None;
    }
    let (Token::Figure(figure), length) = figure(inside)? else { return None };
    let behind = inside.get(length..)?.strip_prefix(['）', ')'])?;
    let closed = text.len() - behind.len();
    let (unit, class) = match figure.class {
        Some(class) => (figure.unit, class),
        None => unit(behind)?,
    };
    if figure.class.is_some() && self::unit(behind).is_some() {
        // 减少（0.73元）万元
        let (class, units) = units(behind);
        return Some((Token::NoFigure(class), closed + units));
    }
    let end = if figure.class.is_some() { closed } else { closed + unit.len() };
    let length = open + figure.length;
    Some((
        Token::Figure(Figure { value: negative(figure.value), length, unit, class: Some(class), bracketed: true }),
        end,
    ))
}

/// The same number with a negative sign, zero included: 减少0.00 is -0.00.
pub(super) fn negative(mut value: Decimal) -> Decimal {
    value.set_sign_negative(true);
    value
}

/// A number whose first digit is printed as a letter: `支出l4,808.61万元`, `占O.58%`. In a name (`COVID19`) or without a unit it is
/// none.
fn damaged_number<'t>(rest: &'t str, previous: Option<&Token<'t>>) -> Option<(Token<'t>, usize)> {
    let in_name =
        matches!(previous, Some(Token::Word(word)) if word.ends_with(|end: char| end.is_ascii_alphanumeric()));
    let length = if in_name { 0 } else { damaged(rest) };
    let (unit, class) = unit(rest.get(length..).filter(|_| length > 0)?)?;
    Some((Token::NoFigure(Some(class)), length + unit.len()))
}

/// Digits behind `front` bytes that are no figure, with the unit behind them.
fn no_figure(text: &str, front: usize) -> (Token<'_>, usize) {
    let (_, length) = printed(text.get(front..).unwrap_or(""));
    let end = front + length;
    let (class, units) = units(text.get(end..).unwrap_or(""));
    (Token::NoFigure(class), end + units)
}

/// The token that a text begins with whose first character is a digit.
fn number<'t>(rest: &'t str, previous: Option<&Token<'t>>) -> Option<(Token<'t>, usize)> {
    let word = |most: usize| {
        let digits = rest.chars().take(most).take_while(|character| is_digit(*character));
        Some((Token::Word(""), digits.map(char::len_utf8).sum()))
    };
    let in_name = match previous {
        Some(Token::Word(word)) => {
            word.ends_with(|character: char| character == '第' || character.is_ascii_alphabetic())
        }
        _ => false,
    };
    if in_name {
        return word(20);
    }
    let in_formula = matches!(previous, Some(Token::Mark('*' | '×' | '＊' | '=' | '＝' | '+' | '＋' | '÷')));
    // Most numbers are figures; what follows the digits tells whether to try anything else.
    let behind = rest.chars().take(LONGEST_NUMBER).find(|character| !is_digit(*character)).unwrap_or('0');
    let may_be_time = !in_formula && "年月日号-－—–~～至到与和、及".contains(behind);
    let may_be_item = !in_formula
        && matches!(behind, '.' | '．' | '、')
        && matches!(previous, None | Some(Token::Mark('；' | ';' | '：' | ':' | '。' | '，' | ',' | '（' | '(')));
    let time = || parsed(time, rest).or_else(|| parsed(document_number, rest));
    let found = may_be_time.then(time).flatten();
    let found = found.or_else(|| may_be_item.then(|| parsed(item_number, rest)).flatten());
    found.or_else(|| figure(rest)).or_else(|| word(40))
}

/// The range that goes on behind a figure: `10-20万元`, `5至8人`. None of its figures is stated.
fn range(behind: &str) -> Option<(Option<UnitClass>, usize)> {
    let mark = behind.chars().next().filter(|mark| "-－−—–~～至到".contains(*mark))?;
    let rest = behind.get(mark.len_utf8()..)?;
    // A span of years is none of money.
    if !rest.starts_with(is_digit) || time(rest).is_ok() {
        return None;
    }
    let (_, length) = printed(rest);
    let unit = unit(rest.get(length..)?);
    Some((unit.map(|(_, class)| class), mark.len_utf8() + length + unit.map_or(0, |(unit, _)| unit.len())))
}

/// What a parser finds at the beginning of a text, and its length.
fn parsed<'t>(parser: fn(&'t str) -> IResult<&'t str, Token<'t>>, text: &'t str) -> Option<(Token<'t>, usize)> {
    let (behind, token) = parser(text).ok()?;
    Some((token, text.len() - behind.len()))
}

/// Everything that ends a word: punctuation, brackets, signs of a formula.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '，' | ','
            | '。'
            | '；'
            | ';'
            | '：'
            | ':'
            | '、'
            | '（'
            | '('
            | '）'
            | ')'
            | '〔'
            | '〕'
            | '【'
            | '】'
            | '［'
            | '］'
            | '['
            | ']'
            | '《'
            | '》'
            | '*'
            | '×'
            | '＊'
            | '='
            | '＝'
            | '+'
            | '＋'
            | '÷'
            | '-'
            | '－'
            | '—'
            | '−'
            | '~'
            | '～'
            | '≥'
            | '≤'
            | '>'
            | '<'
            | '＞'
            | '＜'
            | '/'
            | '.'
            | '！'
            | '？'
            | '–'
            | '△'
            | '▲'
            | '▽'
            | '▼'
    )
}

fn may_start_direction(character: char) -> bool {
    matches!(character, '增' | '减' | '上' | '下' | '降' | '缩' | '压' | '调' | '核')
}

/// The length of one character and everything behind it up to what another token may start with.
fn word_length(input: &str) -> usize {
    let ends = |character: char| match character {
        '\u{4e00}'..='\u{9fff}' => may_start_direction(character) || character == '负',
        _ => is_digit(character) || is_mark(character) || is_like_digit(character),
    };
    let mut behind_first = input.char_indices();
    behind_first.next();
    behind_first.find(|(_, character)| ends(*character)).map_or(input.len(), |(at, _)| at)
}

/// A number and the unit behind it: `4,105.36万元`, `15.50元/人/年`, `37`; and its length.
fn figure(input: &str) -> Option<(Token<'_>, usize)> {
    let sign = input.chars().next().filter(|sign| matches!(sign, '-' | '－' | '−')).map_or(0, char::len_utf8);
    let (number, mut length) = printed(input.get(sign..)?);
    if length == 0 {
        return None;
    }
    let behind = |length: usize| unit(input.get(sign + length..).unwrap_or(""));
    let mut found = behind(length);
    let value = match number {
        Printed::Number(value) => value,
        // Money: it may be one number as well as two.
        Printed::Ambiguous { .. } if found.is_some_and(|(_, class)| class == UnitClass::Money) => {
            return Some(no_figure(input, sign));
        }
        Printed::Ambiguous { number, length: first } => {
            length = first;
            found = None;
            number
        }
        Printed::Malformed => return Some(no_figure(input, sign)),
    };
    let value = if sign > 0 { negative(value) } else { value };
    let (unit, class) = found.map_or(("", None), |(unit, class)| (unit, Some(class)));
    let length = sign + length;
    let end = length + unit.len();
    // 3.19万元%, 408.04元万元, 575.00*万元: which unit it has, and whether the mark is a digit, nobody can say.
    let rest = input.get(length..).unwrap_or("");
    let (_, units) = units(rest);
    if units > unit.len()
        && (rest.starts_with(['*', '＊']) || class == Some(UnitClass::Money) || class == Some(UnitClass::Percent))
    {
        return Some(no_figure(input, sign));
    }
    if let Some((other, more)) = input.get(end..).and_then(range) {
        return Some((Token::NoFigure(other.or(class)), end + more));
    }
    Some((Token::Figure(Figure { value, length, unit, class, bracketed: false }), end))
}

/// The class of the units behind a number and their length; a mark of a footnote may stand in front of them: `575.00*万元`. Of
/// several units (`3.19万元%`) that of money counts.
fn units(text: &str) -> (Option<UnitClass>, usize) {
    let marked = text.strip_prefix(['*', '＊']).filter(|behind| unit(behind).is_some());
    let mut rest = marked.unwrap_or(text);
    let mut class = None;
    // One that the form prints, one that somebody added.
    for _ in 0..2 {
        let Some((unit, next)) = unit(rest) else { break };
        // 50.00万元人员经费: the word behind a unit.
        if class.is_some() && !matches!(next, UnitClass::Money | UnitClass::Percent) {
            break;
        }
        class = if class == Some(UnitClass::Money) { class } else { Some(next) };
        rest = rest.get(unit.len()..).unwrap_or("");
    }
    (class, text.len() - rest.len())
}

/// A unit with what it is per: `万元`, `元/人/年`, `台（套）`.
fn unit(input: &str) -> Option<(&str, UnitClass)> {
    let ((unit, class), behind) = UNITS.strip_from(input)?;
    let is_other = NOT_A_UNIT
        .iter()
        .any(|(word, next)| word.as_str() == *unit && behind.starts_with(|first| next.contains(first)));
    // 5万平方米, 3万余元: 万 alone is money only where nothing else is counted.
    let counts =
        *unit == "万" && behind.starts_with(char::is_alphabetic) && !behind.starts_with(['的', '用', '以', '和', '与']);
    if is_other || counts {
        return None;
    }
    let mut length = unit.len();
    while let Some(per) = input.get(length..).and_then(|rest| rest.strip_prefix(['/', '／'])) {
        let Some((_, behind)) = PER.strip_from(per) else { break };
        length = input.len() - behind.len();
    }
    Some((input.get(..length)?, *class))
}

/// Points in time and spans of them: `2025年度`, `2023与2024年`, `2024年2-6月份`, `2025年1月1日-2025年12月31日`.
fn time(input: &str) -> IResult<&str, Token<'_>> {
    let connector = || recognize(one_of("-－—–~～至到与和、及"));
    let more = (opt(connector()), time_item);
    value(Token::Time, (time_item, many0_count(more))).parse(input)
}

fn time_item(input: &str) -> IResult<&str, &str> {
    let year_number =
        || verify(take_while_m_n(4, 4, is_digit), |year: &str| year.starts_with("19") || year.starts_with("20"));
    let small =
        || verify(take_while_m_n(1, 2, is_digit), |number: &str| number.parse::<u8>().is_ok_and(|number| number <= 31));
    let year_unit = || alt((tag("年度"), tag("年底"), tag("年初"), tag("年末"), tag("年")));
    let year = || recognize((year_number(), year_unit()));
    // 2023与2024年: the first year has no unit of its own.
    let bare_year = recognize((year_number(), peek((one_of("-－—–~～至到与和、及"), year()))));
    let month_unit = || alt((tag("月份"), tag("月底"), tag("月初"), tag("月末"), tag("月")));
    let month = || recognize((small(), month_unit()));
    let day = recognize((small(), tag("日")));
    let bare_month = recognize((small(), peek((one_of("-－—–~～至到"), small(), alt((month_unit(), tag("日")))))));
    alt((year(), month(), day, bare_month, bare_year)).parse(input)
}

/// `31号`, `12条` after 第 is a word already.
fn document_number(input: &str) -> IResult<&str, Token<'_>> {
    value(Token::Reference, (take_while_m_n(1, 6, is_digit), tag("号"))).parse(input)
}

/// A year in brackets and the number behind it: `〔2024〕31号`, `（2017）120号`, `[2024]77号`.
fn reference(input: &str) -> IResult<&str, Token<'_>> {
    let year = delimited(
        one_of("〔【［[（(《"),
        verify(take_while_m_n(4, 4, is_digit), |year: &str| year.starts_with("19") || year.starts_with("20")),
        one_of("〕】］]）)》"),
    );
    let number = preceded(opt(char('第')), terminated(take_while_m_n(1, 6, is_digit), tag("号")));
    value(Token::Reference, (year, opt(number))).parse(input)
}

/// `1.` `2、` in front of an item, not in front of decimals.
fn item_number(input: &str) -> IResult<&str, Token<'_>> {
    let digits = take_while_m_n(1, 2, is_digit);
    let no_digit = || not(peek(nom::character::complete::satisfy(is_digit)));
    // 1.2025年预算: a year, no decimals.
    let year = peek(recognize((take_while_m_n(4, 4, is_digit), char('年'))));
    let separator = alt((recognize((one_of(".．、"), no_digit())), recognize((one_of(".．"), year))));
    value(Token::Ordinal, (digits, separator)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<String> {
        let figure = |spanned: &Spanned<'_>| match &spanned.token {
            Token::Figure(figure) => Some(format!("{} {}", figure.value, figure.unit)),
            _ => None,
        };
        tokens(text).iter().filter_map(figure).collect()
    }

    #[test]
    fn figures_keep_decimals_and_units() {
        assert_eq!(figures("收支总预算4,105.36万元。"), ["4105.36 万元"]);
        assert_eq!(figures("（320人*15.50元/人/年），占0.08%"), ["320 人", "15.50 元/人/年", "0.08 %"]);
        assert_eq!(
            figures("编制数37，214人，大型设备0台（套），25万（50*0.5）元"),
            ["37 ", "214 人", "0 台（套）", "25 万", "50 ", "0.5 "]
        );
        assert_eq!(figures("0.25万元/月*12月=3.00万元"), ["0.25 万元/月", "12 月", "3.00 万元"]);
        assert_eq!(figures("增加-3.50万元"), ["-3.50 万元"]);
        assert_eq!(figures("补贴９人"), ["9 人"]);
    }

    #[test]
    fn times_numbers_of_documents_and_of_items_are_no_figures() {
        for text in [
            "2025年度安排",
            "2023与2024年均未安排",
            "2024年2-6月份",
            "2024年7-12月新增",
            "2025年1月1日-2025年12月31日",
            "2025年1月1日至2025年12月20日",
            "2022年1月-12月",
            "云财教〔2024〕31号、【2003】8号、（2017）120号、[2024]77号、《2014》5号",
            "第12条、第3项",
            "其中：1.房屋；2、车辆",
            "截至2024年底",
            "COVID19",
        ] {
            assert_eq!(figures(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(figures("2025年5人"), ["5 人"]);
        assert_eq!(figures("10、2025年"), ["10 "]);
    }

    #[test]
    fn a_damaged_number_is_no_figure_and_no_part_of_one_is() {
        for text in [
            "支出l4,808.61万元",
            "占O.58%",
            "支出2,l31.23万元",
            "支出2l,831.43万元",
            "占25.O4%",
            "占3.19万元%",
            "预算408.04元万元",
            "预算408.04万元元",
            "预算575.00*万元",
            "占69.19*%",
            "预算356.07①万元",
            "减少（0.73元）万元",
        ] {
            assert_eq!(figures(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            figures("I类补助12人，APP1个，（50*12）元，5元/人，8万元人员经费"),
            ["12 人", "50 ", "12 ", "5 元/人", "8 万元"]
        );
    }

    #[test]
    fn tokens_cover_the_text_without_gaps() {
        let text = "一般公共预算6.50万元，比上年预算减少0.10万元；下设2个科室，上级（第3批）";
        let tokens = tokens(text);
        assert_eq!(tokens.first().map(|token| token.start), Some(0));
        assert_eq!(tokens.last().map(|token| token.end), Some(text.len()));
        assert!(tokens.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(tokens.iter().any(|token| token.token == Token::Direction(Direction::Down)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_into_tokens(text in "[0-9.,，。年月日号〔〕（）*/%万元人增加减少上第a\\PC]{0,40}") {
            let tokens = tokens(&text);
            assert_eq!(tokens.iter().map(|token| token.end - token.start).sum::<usize>(), text.len());
        }
    }
}
