//! What happened to a figure that is wrong: how the printed one came of the one that would fit.

use budget_model::{Decimal, FigureRef, YearRef};
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::figure::Subject;
use crate::slip;
use crate::text::Text;

/// The kind of a defect, where the figures show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Defect {
    /// One digit is another: 412.57 for 462.57.
    Digit,
    /// Two neighbouring digits are exchanged: 412.75 for 412.57.
    ExchangedDigits,
    /// A digit is left out: 41.57 for 412.57.
    LostDigit,
    /// A digit too many: 4112.57 for 412.57.
    AddedDigit,
    /// The decimal point, zeros or the unit: ten, a hundred … times too much or too little.
    PowerOfTen,
    /// The sign is the opposite one.
    Sign,
    /// The figure of the row above or below, or of the column beside it.
    CopiedFigure,
    /// The figure of last year.
    LastYearsFigure,
    /// A run of figures stands one row too high or too low.
    ShiftedColumn,
    /// A row that the total does not contain.
    RowLeftOut,
    /// A row that the total contains and the table does not show.
    RowMissing,
    /// Money of a total that no row of the document shows: rows are withheld.
    RowsWithheld,
    /// The figures of two rows stand in each other's place.
    ExchangedRows,
    /// Two parts of the document state a figure differently, and what contains it by the same amount.
    CarriedDifference,
    /// No sum of the document holds: its figures do not belong to its tables.
    NoSumHolds,
    /// The figures of the document are cut off, not rounded.
    Truncated,
    /// A table differs from the others in most of what both state: it is of another year or unit.
    OtherTable,
}

impl Defect {
    /// The word used in CSV and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Digit => "digit",
            Self::ExchangedDigits => "exchanged-digits",
            Self::LostDigit => "lost-digit",
            Self::AddedDigit => "added-digit",
            Self::PowerOfTen => "power-of-ten",
            Self::Sign => "sign",
            Self::CopiedFigure => "copied-figure",
            Self::LastYearsFigure => "last-years-figure",
            Self::ShiftedColumn => "shifted-column",
            Self::RowLeftOut => "row-left-out",
            Self::RowMissing => "row-missing",
            Self::RowsWithheld => "rows-withheld",
            Self::ExchangedRows => "exchanged-rows",
            Self::CarriedDifference => "carried-difference",
            Self::NoSumHolds => "no-sum-holds",
            Self::Truncated => "truncated",
            Self::OtherTable => "other-table",
        }
    }

    /// The kind in words.
    #[must_use]
    pub fn describe(self) -> Text {
        match self {
            Self::Digit => Text::new("一位数字有误", "one digit is wrong"),
            Self::ExchangedDigits => Text::new("相邻两位数字颠倒", "two neighbouring digits are exchanged"),
            Self::LostDigit => Text::new("少了一位数字", "a digit is left out"),
            Self::AddedDigit => Text::new("多了一位数字", "there is a digit too many"),
            Self::PowerOfTen => {
                Text::new("小数点、末位零或单位有误", "a slip of the decimal point, of zeros or of the unit")
            }
            Self::Sign => Text::new("正负号相反", "the sign is the opposite one"),
            Self::CopiedFigure => Text::new(
                "与相邻行或栏的数字相同，疑为误抄",
                "the same as a neighbouring figure, probably copied from it",
            ),
            Self::LastYearsFigure => Text::new("与上年数相同，疑为误填上年数", "the same as last year's figure"),
            Self::ShiftedColumn => Text::new("整栏错行", "a column is off by a row"),
            Self::RowLeftOut => Text::new("合计漏计一行", "the total does not contain a row"),
            Self::RowMissing => Text::new("缺一行", "a row is missing"),
            Self::RowsWithheld => Text::new("有未列出的行", "rows are not listed"),
            Self::ExchangedRows => Text::new("两行数字互换", "the figures of two rows are exchanged"),
            Self::CarriedDifference => {
                Text::new("一处不同，差额带入各级合计", "a figure differs, and what contains it by the same amount")
            }
            Self::NoSumHolds => Text::new("表内合计多数不成立", "most sums of the document fail"),
            Self::Truncated => Text::new("按截去尾数取位", "the figures are cut off, not rounded"),
            Self::OtherTable => Text::new("整表与其他表不符", "a table as a whole differs from the others"),
        }
    }

    /// The kind of a single wrong figure; `None` if the two numbers do not show it.
    pub(crate) fn of(printed: Decimal, fitting: Decimal) -> Option<Self> {
        if printed == -fitting && !printed.is_zero() {
            return Some(Self::Sign);
        }
        if slip::power(printed, fitting).is_some() {
            return Some(Self::PowerOfTen);
        }
        let (printed, fitting) = (printed.abs().mantissa().to_string(), fitting.abs().mantissa().to_string());
        let (wrong, right) = (printed.as_bytes(), fitting.as_bytes());
        let same_start = wrong.iter().zip(right).take_while(|(a, b)| a == b).count();
        let same_end = wrong.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
        match wrong.len().checked_sub(right.len()) {
            Some(0) => match wrong.len().saturating_sub(same_start + same_end) {
                1 => Some(Self::Digit),
                2 => {
                    let pair = |of: &[u8]| Some((*of.get(same_start)?, *of.get(same_start + 1)?));
                    let exchanged = pair(wrong).zip(pair(right)).is_some_and(|((a, b), (c, d))| (a, b) == (d, c));
                    exchanged.then_some(Self::ExchangedDigits)
                }
                _ => None,
            },
            Some(1) => (same_start + same_end >= right.len()).then_some(Self::AddedDigit),
            None if wrong.len() + 1 == right.len() => (same_start + same_end >= wrong.len()).then_some(Self::LostDigit),
            _ => None,
        }
    }

    /// The kind, where the figures beside it in its table show that it is a copy.
    pub(crate) fn of_copy(book: &Book<'_>, subject: Subject) -> Option<Self> {
        let Subject::Cell(FigureRef { table, row, column }) = subject else { return None };
        let printed = book.disclosure().tables.get(table as usize)?;
        let value = |row: Option<u32>, column: Option<u16>| {
            Some(printed.rows.get(row? as usize)?.cell(column?)?.amount.value).filter(|value| is_long(*value))
        };
        let own = value(Some(row), Some(column))?;
        let year = |column: u16| printed.columns.get(usize::from(column))?.dimensions.year;
        let last = (0..printed.columns.len() as u16).filter(|other| year(*other) == Some(YearRef::Last));
        let is_last = last.into_iter().any(|other| other != column && value(Some(row), Some(other)) == Some(own));
        if is_last && year(column) != Some(YearRef::Last) {
            return Some(Self::LastYearsFigure);
        }
        let beside = [row.checked_sub(1), row.checked_add(1)];
        beside.into_iter().any(|row| value(row, Some(column)) == Some(own)).then_some(Self::CopiedFigure)
    }
}

/// Whether a number has so many digits that two are not equal by chance.
pub(crate) fn is_long(value: Decimal) -> bool {
    value.normalize().mantissa().unsigned_abs() >= 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_to_a_figure_is_told_from_the_one_that_fits() {
        let of = |printed: &str, fitting: &str| Defect::of(printed.parse().unwrap(), fitting.parse().unwrap());
        assert_eq!(of("412.57", "462.57"), Some(Defect::Digit));
        assert_eq!(of("412.75", "412.57"), Some(Defect::ExchangedDigits));
        assert_eq!(of("42.57", "412.57"), Some(Defect::LostDigit));
        assert_eq!(of("4112.57", "412.57"), Some(Defect::AddedDigit));
        assert_eq!(of("41.26", "412.57"), Some(Defect::PowerOfTen));
        assert_eq!(of("3000", "30000"), Some(Defect::PowerOfTen));
        assert_eq!(of("-3.50", "3.50"), Some(Defect::Sign));
        assert_eq!(of("412.57", "981.03"), None);
        assert_eq!(of("0.00", "12.00"), None);
    }
}
