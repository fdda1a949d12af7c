//! Figures that blanks break inside a line: `2, 032.21`, `1,863 .69`, `4 08.04`, `1 234.50`.
//!
//! A piece that cannot stand alone belongs to its neighbour; where both could stand alone, their figure is in doubt.

use budget_document::Line;
use budget_model::Amount;

use super::tokens::{Token, TokenKind, pieces};
use crate::number::parse_number;

/// How the figures of a table are printed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    /// Whether nearly all decimals are as many as usual: not where a spreadsheet prints 100, 35.5 and 12.34.
    pub(super) is_uniform: bool,
    /// Whether no figure from a thousand on is printed in one piece, so that blanks may part the thousands.
    parts_thousands: bool,
}

impl Habit {
    pub(super) fn of(lines: &[&Line<'_>], scale: u32) -> Self {
        let (mut usual, mut other, mut whole) = (0usize, 0usize, 0usize);
        for (_, piece) in lines.iter().flat_map(|line| pieces(&line.text)) {
            if !is_numeric(piece) {
                continue;
            }
            match decimals(piece) {
                Some(count) if count == scale as usize => usual += 1,
                Some(count) if count > 0 => other += 1,
                _ => {}
            }
            let digits = piece.find('.').unwrap_or(piece.len());
            let is_year = matches!(piece.parse(), Ok(1900..=2099));
            let is_code = matches!(piece.len(), 5 | 7) && !piece.contains(['.', ',']);
            whole += usize::from(digits > 3 && !is_year && !is_code && parse_number(piece).is_some());
        }
        Self { is_uniform: scale > 0 && usual > 0 && other * 20 <= usual, parts_thousands: whole == 0 }
    }
}

/// How two neighbouring pieces belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bond {
    /// They are two figures.
    None,
    /// They may be one.
    Possible,
    /// One of them cannot stand alone.
    Certain,
}

/// Joins the pieces of broken figures among the tokens of a line; what cannot stand alone and fits nowhere is unread.
pub(super) fn join(text: &str, tokens: &mut Vec<Token<'_>>, scale: u32, habit: Habit) {
    let slice = |token: &Token<'_>| {
        let may_be = !matches!(token.kind, TokenKind::Code(_) | TokenKind::Dash);
        text.get(token.span.clone()).filter(|piece| may_be && (is_numeric(piece) || *piece == ","))
    };
    let bonds: Vec<Bond> = tokens
        .windows(2)
        .enumerate()
        .map(|(index, pair)| match pair {
            [left, right] => {
                let is_near = text.get(left.span.end..right.span.start).is_some_and(|gap| gap.chars().count() == 1);
                match (slice(left), slice(right)) {
                    (Some(a), Some(b)) if is_near => bond(a, b, index == 0, scale, habit),
                    _ => Bond::None,
                }
            }
            _ => Bond::None,
        })
        .collect();
    if bonds.iter().all(|bond| *bond == Bond::None) {
        return;
    }
    let mut joined = Vec::with_capacity(tokens.len());
    let mut bonds = bonds.into_iter();
    let mut run: Vec<Token<'_>> = Vec::new();
    let mut run_bonds: Vec<Bond> = Vec::new();
    for token in tokens.drain(..) {
        run.push(token);
        match bonds.next() {
            Some(bond) if bond != Bond::None => run_bonds.push(bond),
            _ => close(text, &mut run, &mut run_bonds, scale, habit, &mut joined),
        }
    }
    *tokens = joined;
}

/// A run of pieces that belong together becomes one figure, if it is one.
fn close<'d>(
    text: &str,
    run: &mut Vec<Token<'d>>,
    bonds: &mut Vec<Bond>,
    scale: u32,
    habit: Habit,
    joined: &mut Vec<Token<'d>>,
) {
    let whole: String = run.iter().filter_map(|token| text.get(token.span.clone())).collect();
    let has_decimals = !habit.is_uniform || decimals(&whole).is_some_and(|count| count == scale as usize);
    let value = parse_number(&whole).filter(|_| has_decimals && !has_leading_zero(&whole));
    match (value, run.as_slice()) {
        (Some(value), [first, .., last]) => {
            let mut token = first.clone();
            token.span.end = last.span.end;
            token.kind = TokenKind::Figure(Amount { value, place: first.place });
            token.is_doubtful = bonds.contains(&Bond::Possible);
            joined.push(token);
            run.clear();
        }
        _ => {
            // A fragment that fits nowhere is no figure, and neither is what it was broken from.
            for (index, token) in run.iter_mut().enumerate() {
                let left = index.checked_sub(1).and_then(|index| bonds.get(index));
                if left == Some(&Bond::Certain) || bonds.get(index) == Some(&Bond::Certain) {
                    token.kind = TokenKind::Unread;
                }
            }
            joined.append(run);
        }
    }
    bonds.clear();
}

fn bond(left: &str, right: &str, is_first: bool, scale: u32, habit: Habit) -> Bond {
    let is_group = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    // 1. 基本支出
    let is_ordinal = is_first && left.len() <= 3 && left.ends_with('.');
    let is_open = left.ends_with([',', '.']) && !is_ordinal || right.starts_with([',', '.']);
    if is_open || (has_leading_zero(right) && (right.contains('.') || is_group(right)) && !left.contains('.')) {
        return Bond::Certain;
    }
    let right_whole = right.split(['.', ',']).next().unwrap_or_default();
    let in_thousands = habit.parts_thousands
        && is_group(right_whole)
        && left.len() <= 3
        && left.bytes().all(|byte| byte.is_ascii_digit());
    match decimals(left) {
        None if in_thousands => Bond::Possible,
        None if habit.is_uniform && decimals(right) == Some(scale as usize) => Bond::Possible,
        // 12.3 4
        Some(count)
            if habit.is_uniform
                && count < scale as usize
                && count + right.len() == scale as usize
                && right.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            Bond::Possible
        }
        _ => Bond::None,
    }
}

/// Whether a text begins with a zero that no number begins with: `08.04`, but not `0.04`.
pub(super) fn has_leading_zero(text: &str) -> bool {
    text.starts_with('0') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
}

fn is_numeric(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}

fn decimals(text: &str) -> Option<usize> {
    text.rsplit_once('.').map(|(_, decimals)| decimals.len())
}
