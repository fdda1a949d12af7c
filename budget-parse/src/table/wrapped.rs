//! Figures that a narrow cell wraps: `122.9` / `0`, `1,027` / `,381.` / `54`.
//!
//! All figures of a document have the same number of decimals, which tells where one ends.

use budget_document::Line;
use budget_model::{Amount, Decimal};

use super::tokens::{Cutter, Token, TokenKind};
use crate::layout::Shape;
use crate::number::parse_number;
use crate::text::trim;

/// Most lines that the rest of a figure takes.
const MOST_RESTS: usize = 3;

/// Fewer digits in front of a figure that is one without them may belong to a name.
const SHORTEST_HEAD: usize = 4;

/// The decimals most figures of these tables have, those at a line end together with what was wrapped.
pub(super) fn usual_scale<'l>(tables: impl Iterator<Item = &'l [&'l Line<'l>]>) -> u32 {
    let mut counts = [0usize; 5];
    for table in tables {
        // Digits alone on the line below. Last on a page, they may be its number.
        let mut digits_below = 0;
        let mut ends_page = true;
        for line in table.iter().rev() {
            let bytes = line.text.as_bytes();
            for point in memchr::memchr_iter(b'.', bytes) {
                let behind = bytes.get(point + 1..).unwrap_or_default();
                let printed = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let rest = behind.get(printed..).unwrap_or_default();
                let is_figure = point.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit)
                    && rest.first().is_none_or(u8::is_ascii_whitespace);
                let wrapped = if rest.iter().all(u8::is_ascii_whitespace) { digits_below } else { 0 };
                if let Some(count) = counts.get_mut(printed + wrapped).filter(|_| is_figure) {
                    *count += 1;
                }
            }
            digits_below = if ends_page { 0 } else { lone_digits(&line.text) };
            ends_page = line.page_start;
        }
    }
    let most = counts.iter().enumerate().skip(1).max_by_key(|(scale, count)| (**count, *scale));
    most.filter(|(_, count)| **count > 0).map_or(0, |(scale, _)| scale as u32)
}

/// How many digits a line has that has nothing else.
fn lone_digits(text: &str) -> usize {
    let text = trim(text);
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.len() } else { 0 }
}

/// Joins the figures that are wrapped over lines of tokens.
pub(super) fn join<'d>(cutter: &Cutter<'d, '_>, lines: &mut Vec<Vec<Token<'d>>>) {
    for at in 0..lines.len() {
        let Some((head, below)) = lines.get_mut(at..).and_then(<[_]>::split_first_mut) else { break };
        let Some(head) = head.last_mut() else { continue };
        let Some((value, count)) =
            head_of(cutter, head).and_then(|text| figure(cutter.scale, text, rests(cutter, below)))
        else {
            continue;
        };
        head.kind = TokenKind::Figure(Amount { value, place: head.place });
        head.is_doubtful = false;
        for line in below.iter_mut().take(count) {
            let rest = line.remove(0);
            head.rest.push((rest.line, rest.span));
        }
    }
    lines.retain(|line| !line.is_empty());
}

/// Whether digits that stand alone complete a figure that is wrapped over the last of these lines.
pub(super) fn completes(cutter: &Cutter<'_, '_>, lines: &[Vec<Token<'_>>], digits: &str) -> bool {
    (1..=MOST_RESTS).any(|count| {
        let last = lines.len().checked_sub(count).and_then(|start| lines.get(start..)).and_then(<[_]>::split_first);
        let head = last.and_then(|(head, between)| Some((head_of(cutter, head.last()?)?, between)));
        head.is_some_and(|(head, between)| {
            let rests = rests(cutter, between).chain(std::iter::once((digits, true)));
            figure(cutter.scale, head, rests).is_some_and(|(_, needed)| needed == count)
        })
    })
}

/// The text of a token that a figure can begin with.
fn head_of<'d>(cutter: &Cutter<'d, '_>, token: &Token<'_>) -> Option<&'d str> {
    let may_be = matches!(token.kind, TokenKind::Figure(_) | TokenKind::Unread | TokenKind::Text(_));
    cutter.slice(token).filter(|_| may_be)
}

/// The first piece of each line, and whether it stands alone there.
fn rests<'d>(cutter: &Cutter<'d, '_>, lines: &[Vec<Token<'_>>]) -> impl Iterator<Item = (&'d str, bool)> {
    lines.iter().map_while(|line| Some((cutter.slice(line.first()?)?, line.len() == 1)))
}

/// An integer at a line end whose words follow on the next line belongs to them (`2024` / `年补助`), in a table that prints
/// its figures with decimals.
pub(super) fn integers_in_names<'d>(cutter: &Cutter<'d, '_>, lines: &mut [Vec<Token<'d>>]) {
    if cutter.scale == 0 || cutter.form.shape == Shape::TwoSided {
        return;
    }
    for index in 0..lines.len() {
        let words_follow = match lines.get(index + 1).and_then(|line| line.first()) {
            Some(next @ Token { kind: TokenKind::Text(_), .. }) => !next.is_total(),
            _ => false,
        };
        let Some(line) = lines.get_mut(index).filter(|_| words_follow) else { continue };
        let after_figure = line.iter().rev().nth(1).is_some_and(|token| matches!(token.kind, TokenKind::Figure(_)));
        let Some(last) = line.last_mut().filter(|_| !after_figure) else { continue };
        if matches!(last.kind, TokenKind::Figure(amount) if amount.value.scale() == 0) && last.rest.is_empty() {
            let word = cutter.slice(last);
            last.kind = word.map_or(last.kind.clone(), TokenKind::Text);
        }
    }
}

/// The figure that a piece makes with the first of those below it, and how many of these it takes. Each of them comes with
/// whether it stands alone on its line; a figure that goes on behind it can have nothing beside it.
pub(super) fn figure<'t>(
    scale: u32,
    head: &str,
    below: impl Iterator<Item = (&'t str, bool)>,
) -> Option<(Decimal, usize)> {
    if scale == 0 || !is_numeric(head) || decimals(head).is_some_and(|decimals| decimals >= scale as usize) {
        return None;
    }
    let mut whole = head.to_owned();
    let mut width = head.len();
    for (count, (tail, is_alone)) in (1..=MOST_RESTS).zip(below) {
        if !is_numeric(tail) {
            return None;
        }
        // Where both are numbers of their own, the first is an integer, and figures have decimals. A short one, or a year,
        // may belong to a name.
        let is_long = whole.len() >= SHORTEST_HEAD && !matches!(whole.parse(), Ok(1900..=2099));
        let is_figure = decimals(tail) == Some(scale as usize) && parse_number(tail).is_some();
        if is_figure && !is_long && parse_number(&whole).is_some() {
            return None;
        }
        // A figure does not end with a separator nor begin with one. Otherwise the lines of a cell are equally wide.
        let is_open = tail.starts_with([',', '.']) || whole.ends_with([',', '.']) || (is_long && tail.len() == width);
        whole.push_str(tail);
        if decimals(&whole) == Some(scale as usize) {
            return parse_number(&whole).map(|value| (value, count));
        }
        if !is_alone || !is_open {
            return None;
        }
        width = tail.len();
    }
    None
}

fn is_numeric(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}

fn decimals(text: &str) -> Option<usize> {
    text.rsplit_once('.').map(|(_, decimals)| decimals.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str) -> Option<(String, usize)> {
        let mut lines = text.lines();
        let head = lines.next()?;
        let below = lines.map(|line| line.split_once(' ').map_or((line, true), |(first, _)| (first, false)));
        figure(2, head, below).map(|(value, count)| (value.to_string(), count))
    }

    #[test]
    fn a_figure_goes_on_until_it_has_its_decimals() {
        for (lines, value, count) in [
            ("122.9\n0", "122.90", 1),
            ("1099.\n74 总计", "1099.74", 1),
            ("78260\n1.12\n90794", "782601.12", 1),
            ("1,027\n,381.\n54", "1027381.54", 2),
            ("21271\n234.5\n0", "21271234.50", 2),
            ("21271\n23456\n7.50", "21271234567.50", 2),
        ] {
            assert_eq!(wrapped(lines), Some((value.to_owned(), count)), "{lines}");
        }
    }

    #[test]
    fn numbers_of_names_and_whole_figures_begin_none() {
        for lines in
            ["122.90\n0", "2024\n1.12", "12\n1.12", "2024\n1234\n.50", "103\n号", "1,027\n,381. 5\n54", "第\n1.12"]
        {
            assert_eq!(wrapped(lines), None, "{lines}");
        }
    }

    #[test]
    fn wrapped_figures_count_with_all_their_decimals() {
        let line = |text: &'static str| Line::new(text, 1, 1);
        let scale = |lines: &[&'static str]| {
            let lines: Vec<_> = lines.iter().map(|text| line(text)).collect();
            let lines: Vec<_> = lines.iter().collect();
            usual_scale(std::iter::once(lines.as_slice()))
        };
        assert_eq!(scale(&["总计 3.50", "907.5", "7", "473.8", "4", "1099.", "74", "合计"]), 2);
        // The last line is the number of the page.
        assert_eq!(scale(&["907.57", "12"]), 2);
        assert_eq!(scale(&["1. 收入", "12", "合计"]), 0);
    }
}
