//! The grammar of the explanatory sentences: figures with their units, directions, points in time, document numbers.
//!
//! A text is cut into [`Token`]s; what is not one of the others is a word. Which figure measures what is decided by
//! [`super::facts`], from the tokens around it.

use budget_model::{Decimal, Unit};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, not, opt, peek, recognize, value, verify};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::vocabulary::{DIRECTIONS, Direction, PER, UNITS, UnitClass};
use crate::leading_number;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// A number with its unit.
    Figure(Figure<'t>),
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
    /// The unit as printed, empty if there is none.
    pub(super) unit: &'t str,
    /// The class of the unit.
    pub(super) class: Option<UnitClass>,
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
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let previous = tokens.last().map(|last| &last.token);
        let (token, length) = match token(rest, previous) {
            Ok((after, token)) if after.len() < rest.len() => (token, rest.len() - after.len()),
            // No text is without a token; a single character is one in any case.
            _ => (Token::Word(""), rest.chars().next().map_or(1, char::len_utf8)),
        };
        // A word that goes on (第 before a digit, a character that only looked like the start of a direction) is one word.
        let is_word = matches!(token, Token::Word(_));
        match tokens.last_mut() {
            Some(last) if is_word && matches!(last.token, Token::Word(_)) => {
                last.end = at + length;
                last.token = Token::Word(text.get(last.start..last.end).unwrap_or(""));
            }
            _ => {
                let token = if is_word { Token::Word(text.get(at..at + length).unwrap_or("")) } else { token };
                tokens.push(Spanned { token, start: at, end: at + length });
            }
        }
        at += length;
    }
    tokens
}

fn token<'t>(rest: &'t str, previous: Option<&Token<'t>>) -> IResult<&'t str, Token<'t>> {
    let Some(first) = rest.chars().next() else { return fail(rest) };
    if is_digit(first) {
        let in_formula = matches!(previous, Some(Token::Mark('*' | '×' | '＊' | '=' | '＝' | '+' | '＋' | '÷')));
        let in_name = match previous {
            Some(Token::Word(word)) => {
                word.ends_with(|character: char| character == '第' || character.is_ascii_alphabetic())
            }
            _ => false,
        };
        if in_name {
            return map(take_while_m_n(1, 20, is_digit), Token::Word).parse(rest);
        }
        if !in_formula {
            // Most numbers are figures; what follows the digits tells whether to try anything else.
            let behind = rest.chars().take(LONGEST_NUMBER).find(|character| !is_digit(*character)).unwrap_or('0');
            if "年月日号-－—–~～至到与和、及".contains(behind)
                && let Ok(found) = alt((time, document_number)).parse(rest)
            {
                return Ok(found);
            }
            let at_start =
                matches!(previous, None | Some(Token::Mark('；' | ';' | '：' | ':' | '。' | '，' | ',' | '（' | '(')));
            if at_start && let Ok(found) = item_number(rest) {
                return Ok(found);
            }
        }
        return alt((figure, map(take_while_m_n(1, 40, is_digit), Token::Word))).parse(rest);
    }
    if matches!(first, '-' | '－' | '−') && matches!(previous, Some(Token::Direction(_))) {
        return alt((figure, mark)).parse(rest);
    }
    if is_mark(first) {
        let opens = matches!(first, '〔' | '【' | '［' | '[' | '（' | '(' | '《');
        return if opens { alt((reference, mark)).parse(rest) } else { mark(rest) };
    }
    if may_start_direction(first) {
        return alt((map(direction, Token::Direction), word)).parse(rest);
    }
    word(rest)
}

fn fail(input: &str) -> IResult<&str, Token<'_>> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Eof)))
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
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
    )
}

fn may_start_direction(character: char) -> bool {
    matches!(character, '增' | '减' | '上' | '下' | '降' | '缩' | '压' | '调' | '核')
}

fn mark(input: &str) -> IResult<&str, Token<'_>> {
    map(nom::character::complete::anychar, Token::Mark).parse(input)
}

/// One character, then everything up to what another token may start with.
fn word(input: &str) -> IResult<&str, Token<'_>> {
    let mut characters = input.char_indices();
    characters.next();
    let ends = |character: char| match character {
        '\u{4e00}'..='\u{9fff}' => may_start_direction(character),
        _ => is_digit(character) || is_mark(character),
    };
    let end = characters.find(|(_, character)| ends(*character)).map_or(input.len(), |(at, _)| at);
    let (word, rest) = input.split_at_checked(end).unwrap_or((input, ""));
    Ok((rest, Token::Word(word)))
}

fn direction(input: &str) -> IResult<&str, Direction> {
    let found = DIRECTIONS.iter().find_map(|(word, direction)| Some((input.strip_prefix(word)?, *direction)));
    found.ok_or_else(|| nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag)))
}

/// A number and the unit behind it: `4,105.36万元`, `15.50元/人/年`, `37`.
fn figure(input: &str) -> IResult<&str, Token<'_>> {
    // A full-width comma separates clauses here, never thousands.
    let is_part = |character: char| is_digit(character) || matches!(character, ',' | '.' | '-' | '－' | '−');
    let end = input.char_indices().take(LONGEST_NUMBER).find(|(_, character)| !is_part(*character));
    let number_text = end.map_or(input, |(end, _)| input.get(..end).unwrap_or(input));
    if end.is_none() && input.len() > LONGEST_NUMBER {
        return fail(input);
    }
    let number = |_: &str| leading_number(number_text);
    let (_, (number, length)) = map_opt(nom::combinator::rest, number).parse(input)?;
    let rest = input.get(length..).unwrap_or("");
    let (rest, unit) = opt(unit).parse(rest)?;
    let (unit, class) = unit.map_or(("", None), |(unit, class)| (unit, Some(class)));
    Ok((rest, Token::Figure(Figure { value: number, unit, class })))
}

/// Longest number in characters; more digits than a decimal holds are none.
const LONGEST_NUMBER: usize = 64;

/// A unit with what it is per: `万元`, `元/人/年`, `台（套）`.
fn unit(input: &str) -> IResult<&str, (&str, UnitClass)> {
    let known = UNITS.iter().find(|(unit, _)| input.starts_with(unit));
    let Some((unit, class)) = known else {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag)));
    };
    let mut length = unit.len();
    while let Some(per) = input.get(length..).and_then(|rest| rest.strip_prefix(['/', '／'])) {
        let slash = input.len() - length - per.len();
        let Some(word) = PER.iter().find(|word| per.starts_with(**word)) else { break };
        length += slash + word.len();
    }
    let (unit, rest) = input.split_at_checked(length).unwrap_or((input, ""));
    Ok((rest, (unit, *class)))
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
    value(Token::Ordinal, (digits, one_of(".．、"), not(peek(nom::character::complete::satisfy(is_digit)))))
        .parse(input)
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
