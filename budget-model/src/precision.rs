//! How exact figures are, and what they are in 元.
//!
//! Budgets are drawn up in 万元 with two decimals. Turned into 元 (or printed with four decimals), each figure is still
//! rounded to 100 元, and ends in zeros that say nothing: 408.04 + 1624.17 = 2032.21 may be off by 0.01, and then
//! 4080400 + 16241700 = 20322100 is off by 100.

use crate::{Aspect, Column, Decimal, Figure, Table, TableKind, Unit};

/// What one unit of the last decimal of 万元 is in 元.
const STEP: i64 = 100;

/// Figures that must end in zeros before that is more than chance.
const FEWEST: usize = 5;

/// Whether figures, each with its unit, were converted from 万元: nearly all of them are multiples of 100 元, and are printed
/// more exactly than that.
///
/// ```
/// use budget_model::{Decimal, Unit, are_converted};
///
/// let yuan = |values: [i64; 6]| values.map(|value| (&Unit::Yuan, Decimal::from(value)));
/// assert!(are_converted(yuan([4080400, 16241700, 20322100, 315500, 904900, 27600])));
/// assert!(!are_converted(yuan([4080412, 16241756, 20322168, 315505, 904931, 27608])));
/// ```
#[must_use]
pub fn are_converted<'u>(figures: impl IntoIterator<Item = (&'u Unit, Decimal)>) -> bool {
    let (mut all, mut multiples, mut round) = (0, 0, 0);
    for (unit, value) in figures.into_iter().filter(|(_, value)| !value.is_zero()) {
        let Some(in_yuan) = unit.in_yuan() else { continue };
        // 40 among 31.9900 and 276.9000 says nothing.
        if unit.digits_below_hundred(value) == 0 {
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

impl Unit {
    /// How many last digits of a number printed in this unit are below 100 元: none in 万元 with two decimals, two in 元 without
    /// decimals. None either where the unit is not one of money.
    #[must_use]
    pub fn digits_below_hundred(&self, value: Decimal) -> u32 {
        let last = self.in_yuan().and_then(|yuan| yuan.checked_mul(Decimal::try_new(1, value.scale()).ok()?));
        let digits = |last: Decimal| {
            (1..12_u32)
                .take_while(|power| {
                    last.checked_mul(Decimal::from(10_i64.pow(*power))).is_some_and(|unit| unit <= Decimal::from(STEP))
                })
                .count() as u32
        };
        last.map_or(0, digits)
    }
}

impl Table {
    /// Whether its figures were converted from 万元, and are exact to 100 元 although they are printed more exactly. This looks at
    /// every figure.
    #[must_use]
    pub fn is_converted(&self) -> bool {
        let unit = self.finest_unit();
        let is_money = |column: u16| self.columns.get(usize::from(column)).is_some_and(Column::adds_up);
        let cells = self.rows.iter().flat_map(|row| &row.cells).filter(|cell| is_money(cell.column));
        are_converted(cells.map(|cell| (unit, cell.amount.value)))
    }

    /// The unit that its figures may be in. One that is only assumed may be any, and what is printed in 元 has the most zeros.
    #[must_use]
    pub fn finest_unit(&self) -> &Unit {
        let is_open = self.doubts.has(Aspect::Unit) || self.unit == Unit::Unknown;
        if is_open { &Unit::Yuan } else { &self.unit }
    }
}

impl Figure<'_> {
    /// The amount in 元, with the decimals that are left of the printed ones: 17.00 万元 is 170000, 17.001234 万元 is 170012.34.
    ///
    /// `None` if it is no money for all that is known: the unit of the table is no money or is in doubt, the column [does not
    /// hold money](Column::holds_money), or it stands in a table of “三公”经费 in a row that nobody knows, which may count 团组 or
    /// 人次; and if it is too large. What else is in doubt of it is for [`doubts`](Self::doubts) to say.
    #[must_use]
    pub fn in_yuan(&self) -> Option<Decimal> {
        let factor = self.unit_in_yuan()?;
        let value = self.amount().value;
        let mut yuan = value.checked_mul(factor)?;
        // Units of money are powers of ten, so that nothing is rounded here.
        yuan.rescale(value.scale().saturating_sub(places(factor)));
        Some(yuan)
    }

    /// Half of the unit of the last printed decimal, in 元: what was rounded away is no more than that. Where the table
    /// [was converted from 万元](Table::is_converted), which is handed in because it takes a look at the whole table, it is at least
    /// 50 元.
    ///
    /// `None` where [`in_yuan`](Self::in_yuan) says nothing.
    ///
    /// ```
    /// # use budget_model::{Decimal, Table};
    /// /// How far the figures of a table may be off together.
    /// fn rounding(table: &Table) -> Decimal {
    ///     let is_converted = table.is_converted();
    ///     table.figures().filter_map(|figure| figure.half_unit_in_yuan(is_converted)).sum()
    /// }
    /// ```
    #[must_use]
    pub fn half_unit_in_yuan(&self, is_converted: bool) -> Option<Decimal> {
        self.in_yuan()?;
        let scale = self.amount().value.scale().checked_add(1)?;
        let half = Decimal::try_new(5, scale).ok()?.checked_mul(self.unit_in_yuan()?)?.normalize();
        Some(if is_converted { half.max(Decimal::from(STEP / 2)) } else { half })
    }

    /// What one of its unit is in 元, if it is money.
    fn unit_in_yuan(&self) -> Option<Decimal> {
        let table = self.table();
        let counts = matches!(table.kind, TableKind::ThreePublic | TableKind::FinalThreePublic);
        let is_money = self.column().is_some_and(Column::holds_money) && (self.row().meaning.is_known() || !counts);
        table.unit.in_yuan().filter(|_| is_money && !self.doubts().has(Aspect::Unit))
    }
}

/// How many zeros a power of ten has.
fn places(power: Decimal) -> u32 {
    std::iter::successors(Some(power), |rest| rest.checked_div(Decimal::TEN))
        .take_while(|rest| *rest >= Decimal::TEN)
        .take(Decimal::MAX_SCALE as usize)
        .count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Amount, Cell, Label, Meaning, Place, Placement, Role, Row, YearRef};

    const PLACE: Place = Place::Text { page: 1, line: 1, column: 1 };

    /// A table with a row of one figure for each of the values.
    fn table(unit: Unit, values: &[&str]) -> Table {
        let mut table = Table::new(TableKind::Expenditure, Label::new("支出总表", PLACE));
        table.unit = unit;
        table.columns = vec![Column::new("total", "合计")];
        table.rows.extend(values.iter().map(|value| {
            let mut row = Row::new(Role::Item, Label::new("行政运行", PLACE));
            let amount = Amount { value: value.parse().unwrap(), place: PLACE };
            row.cells.push(Cell::new(0, amount, Placement::Printed));
            row
        }));
        table
    }

    fn in_yuan(table: &Table) -> Vec<Option<String>> {
        table.figures().map(|figure| figure.in_yuan().map(|yuan| yuan.to_string())).collect()
    }

    fn halves(table: &Table, is_converted: bool) -> Vec<String> {
        let halves = table.figures().map(|figure| figure.half_unit_in_yuan(is_converted).unwrap());
        halves.map(|half| half.to_string()).collect()
    }

    #[test]
    fn figures_that_end_in_zeros_were_converted_from_ten_thousands() {
        let exact = ["4080412", "16241756", "20322168", "315505", "904931", "27608"];
        let converted = ["4080400", "16241700", "20322100", "315500", "904900", "27600"];
        let round = ["4080000", "16240000", "20320000", "310000", "900000", "20000"];
        assert!(table(Unit::Yuan, &converted).is_converted());
        assert!(!table(Unit::Yuan, &exact).is_converted() && !table(Unit::Yuan, &round).is_converted());
        assert!(!table(Unit::Yuan, &converted[..4]).is_converted(), "four are chance");
        assert!(
            table(Unit::TenThousandYuan, &["408.0400", "1624.1700", "0.3100", "31.9900", "276.9000"]).is_converted()
        );
        assert!(!table(Unit::TenThousandYuan, &["408.04", "1624.17", "0.31", "31.99", "276.90"]).is_converted());
    }

    #[test]
    fn a_unit_that_is_only_assumed_may_be_any() {
        let mut table = table(Unit::TenThousandYuan, &["4080400", "16241700", "20322100", "315500", "904900", "27600"]);
        assert!(!table.is_converted());
        table.doubts.add(Aspect::Unit);
        assert_eq!(*table.finest_unit(), Unit::Yuan);
        assert!(table.is_converted());
    }

    #[test]
    fn digits_below_a_hundred_yuan_depend_on_unit_and_scale() {
        let digits = |unit: Unit, value: &str| unit.digits_below_hundred(value.parse().unwrap());
        assert_eq!([digits(Unit::Yuan, "4080400"), digits(Unit::Yuan, "4080400.00")], [2, 4]);
        assert_eq!([digits(Unit::TenThousandYuan, "408.04"), digits(Unit::TenThousandYuan, "408.0400")], [0, 2]);
        assert_eq!([digits(Unit::Percent, "5"), digits(Unit::Unknown, "5")], [0, 0]);
    }

    #[test]
    fn an_amount_in_yuan_has_the_decimals_that_are_left() {
        let some = |values: &[&str]| values.iter().map(|value| Some((*value).to_owned())).collect::<Vec<_>>();
        let values = ["17.00", "17.001234", "-3.1", "0.00", "12"];
        assert_eq!(
            in_yuan(&table(Unit::TenThousandYuan, &values)),
            some(&["170000", "170012.34", "-31000", "0", "120000"])
        );
        assert_eq!(in_yuan(&table(Unit::Yuan, &values)), some(&["17.00", "17.001234", "-3.1", "0.00", "12"]));
    }

    #[test]
    fn what_is_no_money_for_certain_has_no_amount_in_yuan() {
        let known = table(Unit::TenThousandYuan, &["17.00"]);
        let mut assumed = known.clone();
        assumed.doubts.add(Aspect::Unit);
        let mut of_cell = known.clone();
        of_cell.rows[0].cells[0].doubts.add(Aspect::Unit);
        let mut percent = known.clone();
        percent.columns[0].dimensions.year = Some(YearRef::ChangePercent);
        let mut share = known.clone();
        share.columns[0].label = "占比（%）".to_owned();
        let mut unknown = known.clone();
        unknown.columns[0].meaning = Meaning::Unknown;
        let mut without = known.clone();
        without.columns.clear();
        for table in [assumed, of_cell, percent, share, unknown, without] {
            assert_eq!(in_yuan(&table), [None], "{table:?}");
            assert!(table.figures().all(|figure| figure.half_unit_in_yuan(true).is_none()));
        }
        assert_eq!(in_yuan(&table(Unit::from("辆"), &["3"])), [None]);
        assert_eq!(in_yuan(&table(Unit::HundredMillionYuan, &["79228162514264337593543950335"])), [None]);
    }

    #[test]
    fn rows_that_nobody_knows_count_something_else_beside_three_public_items() {
        let mut table = table(Unit::TenThousandYuan, &["3"]);
        table.rows[0].meaning = Meaning::Unknown;
        assert!(in_yuan(&table)[0].is_some());
        table.kind = TableKind::FinalThreePublic;
        assert_eq!(in_yuan(&table), [None]);
    }

    #[test]
    fn half_of_the_last_decimal_is_fifty_yuan_where_figures_were_converted() {
        let values = ["17.00", "17.0000", "17", "17.000000"];
        let ten_thousands = table(Unit::TenThousandYuan, &values);
        assert_eq!(halves(&ten_thousands, false), ["50", "0.5", "5000", "0.005"]);
        assert_eq!(halves(&ten_thousands, true), ["50", "50", "5000", "50"]);
        assert_eq!(halves(&table(Unit::Yuan, &["1700", "1700.00"]), false), ["0.5", "0.005"]);
    }
}
