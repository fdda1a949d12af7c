//! Two figures, and whether they differ.

use budget_model::{Aspect, Cell, Column, Decimal, Doubts, Interval, Placement, Row, Table, Unit};

use super::{FigureChange, Printed};

/// How many figures were compared.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) compared: u32,
    pub(super) undecided: u32,
}

/// Two tables that belong together.
pub(super) struct Pair<'t> {
    pub(super) before: &'t Table,
    pub(super) after: &'t Table,
    /// The columns of each that have no partner in the other.
    pub(super) alone: [&'t [usize]; 2],
}

/// What stands at a place of a table.
#[derive(Clone, Copy)]
struct Standing<'t> {
    cell: Option<&'t Cell>,
    /// What is in doubt of it, that it is blank among it.
    doubts: Doubts,
}

impl Pair<'_> {
    /// The figures of two rows, one of which may not be there, in two columns. `None` if they are equal, or both blank.
    pub(super) fn figure(
        &self,
        before: Option<&Row>,
        after: Option<&Row>,
        (of_before, of_after): (Option<u16>, Option<u16>),
        count: &mut Count,
    ) -> Option<FigureChange> {
        let one = standing(self.before, before, of_before, self.alone[0]);
        let other = standing(self.after, after, of_after, self.alone[1]);
        if one.cell.is_none() && other.cell.is_none() {
            return None;
        }
        let column = of_after.and_then(|at| self.after.columns.get(usize::from(at)));
        let column = column.or_else(|| self.before.columns.get(usize::from(of_before?)))?;
        let is_alone = before.is_none() || after.is_none();
        // A column that only one of them has is said once, not row by row.
        if !is_alone && (of_before.is_none() || of_after.is_none()) {
            return None;
        }
        let is_certain = one.doubts.is_empty() && other.doubts.is_empty();
        let scales = self.scales(column);
        let equality = match (one.cell, other.cell) {
            (Some(one), Some(other)) => scales.and_then(|scales| self.is_equal(one, other, scales)),
            (Some(cell), None) | (None, Some(cell)) => Some(!is_alone && cell.amount.value.is_zero()),
            (None, None) => Some(true),
        };
        count.compared += 1;
        let is_decided = is_certain && equality.is_some();
        count.undecided += u32::from(!is_decided);
        // In doubt, and printed alike: there is nothing to show.
        if equality == Some(true) {
            return None;
        }
        let printed = |standing: Standing<'_>| {
            let cell = standing.cell?;
            Some(Printed { value: cell.amount.value, place: cell.amount.place, doubts: standing.doubts })
        };
        let mut change = FigureChange {
            column: column.id.clone(),
            label: column.label.clone(),
            before: printed(one),
            after: printed(other),
            is_certain: is_decided,
            difference: None,
            unit: Unit::Unknown,
            percent: None,
        };
        if let (Some(one), Some(other), Some((of_one, of_other)), true) = (one.cell, other.cell, scales, is_decided) {
            let difference = scaled(other, of_other).zip(scaled(one, of_one));
            change.difference =
                difference.and_then(|(other, one)| other.checked_sub(one)).map(|shown| shown.normalize());
            change.unit = match (column.adds_up(), self.before.unit == self.after.unit) {
                (false, _) => Unit::Unknown,
                (true, true) => self.after.unit.clone(),
                (true, false) => Unit::Yuan,
            };
            change.percent = difference.and_then(|(other, one)| {
                let difference = other.checked_sub(one)?.checked_mul(Decimal::ONE_HUNDRED)?;
                let percent = difference.checked_div(one.abs())?;
                Some(percent.round_dp(2).normalize())
            });
            // What is a percentage already differs in points.
            change.percent = change.percent.filter(|_| column.adds_up());
        }
        Some(change)
    }

    /// What each of two figures of a column is multiplied with to be compared. `None` if that is not known.
    fn scales(&self, column: &Column) -> Option<(Decimal, Decimal)> {
        let (before, after) = (&self.before.unit, &self.after.unit);
        // 增长% has no unit of money, whatever the table says.
        if before == after || (column.is_known() && !column.adds_up()) {
            return Some((Decimal::ONE, Decimal::ONE));
        }
        let is_money = column.is_known() && self.before.kind.shows_budget();
        before.in_yuan().zip(after.in_yuan()).filter(|_| is_money)
    }

    /// Whether some amount is printed like both. `None` if the numbers are too large to say.
    fn is_equal(&self, one: &Cell, other: &Cell, (of_one, of_other): (Decimal, Decimal)) -> Option<bool> {
        if of_one == of_other && one.amount.value.scale() == other.amount.value.scale() {
            return Some(one.amount.value == other.amount.value);
        }
        Some(interval(one, of_one)?.meets(interval(other, of_other)?))
    }
}

/// The amounts that print like a figure. A zero without decimals stands for nothing at all.
fn interval(cell: &Cell, scale: Decimal) -> Option<Interval> {
    let value = cell.amount.value;
    if value.is_zero() && value.scale() == 0 {
        return Some(Interval::ZERO);
    }
    let Interval { low, high } = cell.amount.interval();
    Some(Interval { low: low.checked_mul(scale)?, high: high.checked_mul(scale)? })
}

fn scaled(cell: &Cell, scale: Decimal) -> Option<Decimal> {
    cell.amount.value.checked_mul(scale)
}

fn standing<'t>(table: &Table, row: Option<&'t Row>, column: Option<u16>, alone: &[usize]) -> Standing<'t> {
    let Some((row, column)) = row.zip(column) else { return Standing { cell: None, doubts: Doubts::NONE } };
    let cell = row.cell(column);
    let doubts = match cell {
        Some(cell) => table.doubts_of(row, cell),
        None if may_be_there(table, row, column, alone) => Doubts::of(Aspect::Column),
        None => Doubts::NONE,
    };
    Standing { cell, doubts }
}

/// Whether a place without a figure may have one: something unread, a figure that may stand there, or one of which anything but
/// the unit is in doubt, or that stands in a column without a partner, and which may be two figures or belong to another row or column.
fn may_be_there(table: &Table, row: &Row, column: u16, alone: &[usize]) -> bool {
    let may_be = |cell: &Cell| {
        let is_candidate =
            matches!(&cell.placement, Placement::Ambiguous { candidates } if candidates.contains(&column));
        is_candidate || !is_settled(cell.doubts) || alone.contains(&usize::from(cell.column))
    };
    !is_settled(table.doubts | row.doubts) || row.unread_at(column).is_some() || row.cells.iter().any(may_be)
}

/// Whether nothing but the unit is in doubt.
pub(super) fn is_settled(doubts: Doubts) -> bool {
    doubts.without(Aspect::Unit).is_empty()
}
