//! How exact the figures of a table are, where they were converted from 万元.
//!
//! Budgets are drawn up in 万元 with two decimals. Turned into 元 (or printed with four decimals), each figure is still
//! rounded to 100 元, and ends in zeros that say nothing: 408.04 + 1624.17 = 2032.21 may be off by 0.01, and then
//! 4080400 + 16241700 = 20322100 is off by 100.

use budget_model::{Aspect, Column, Decimal, Table, Unit};

/// What one unit of the last decimal of 万元 is in 元.
const STEP: i64 = 100;

/// Figures that must end in zeros before that is more than chance.
const FEWEST: usize = 5;

/// Whether the figures of a table were converted from 万元.
pub(crate) fn is_converted(table: &Table) -> bool {
    let unit = unit(table);
    let is_money = |column: u16| table.columns.get(usize::from(column)).is_some_and(Column::adds_up);
    let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| is_money(cell.column));
    are_converted(cells.map(|cell| (unit, cell.amount.value)))
}

/// The unit that the figures of a table may be in. One that is only assumed may be any, and what is printed in 元 has the most
/// zeros.
pub(crate) fn unit(table: &Table) -> &Unit {
    let is_open = table.doubts.has(Aspect::Unit) || table.unit == Unit::Unknown;
    if is_open { &Unit::Yuan } else { &table.unit }
}

/// Whether figures were converted from 万元: nearly all of them are multiples of 100 元, and are printed more exactly than
/// that.
pub(crate) fn are_converted<'u>(figures: impl Iterator<Item = (&'u Unit, Decimal)>) -> bool {
    let (mut all, mut multiples, mut round) = (0, 0, 0);
    for (unit, value) in figures.filter(|(_, value)| !value.is_zero()) {
        let Some(in_yuan) = unit.in_yuan() else { continue };
        // 40 among 31.9900 and 276.9000 says nothing.
        if zeros(unit, value) == 0 {
            continue;
        }
        all += 1;
        let is_multiple = |of: i64| {
            let yuan = value.checked_mul(in_yuan).and_then(|yuan| yuan.checked_rem(Decimal::from(of)));
            yuan.is_some_and(|rest| rest.is_zero())
        };
        multiples += usize::from(is_multiple(STEP));
        round += usize::from(is_multiple(10 * STEP));
    }
    // Round amounts (50000, 120000) are as exact as they look.
    multiples >= FEWEST && 10 * multiples >= 9 * all && 2 * round < all
}

/// How many last digits of a printed number are below 100 元.
pub(crate) fn zeros(unit: &Unit, value: Decimal) -> u32 {
    let last = unit.in_yuan().and_then(|yuan| yuan.checked_mul(Decimal::try_new(1, value.scale()).ok()?));
    let digits = |last: Decimal| {
        (1..12_u32)
            .take_while(|power| {
                last.checked_mul(Decimal::from(10_i64.pow(*power))).is_some_and(|unit| unit <= Decimal::from(STEP))
            })
            .count() as u32
    };
    last.map_or(0, digits)
}
