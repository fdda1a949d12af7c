//! Figures: every printed number of a disclosure, wherever it stands, as something that can be compared.

use budget_model::{Aspect, Decimal, Doubts, FigureRef, Interval, Place};
use serde::{Deserialize, Serialize};

/// A figure of a [`Book`](crate::Book).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub(crate) u32);

impl FigureId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which amount of a performance table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PerformanceAmount {
    /// 年度预算总额
    Total,
    /// 财政拨款
    Fiscal,
    /// 其他资金
    Other,
    /// 上级安排
    FromAbove,
    /// 本级安排
    OwnLevel,
}

impl PerformanceAmount {
    /// The words printed before it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Total => "年度预算总额",
            Self::Fiscal => "财政拨款",
            Self::Other => "其他资金",
            Self::FromAbove => "上级安排",
            Self::OwnLevel => "本级安排",
        }
    }
}

/// Where a figure stands in the model, by index. An exporter uses it to mark the cell.
///
/// The order is that of authority: where nothing else decides which of two statements is wrong, the later one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Subject {
    /// A figure that last year's document states. Its place is one in that document.
    LastYear(FigureRef),
    /// A cell of a budget table.
    Cell(FigureRef),
    /// 预算安排规模 of a project of the text.
    Project {
        /// Index into [`Disclosure::projects`](budget_model::Disclosure::projects).
        project: u32,
    },
    /// An amount of a performance table.
    Performance {
        /// Index into [`Disclosure::performance`](budget_model::Disclosure::performance).
        table: u32,
        /// Which amount.
        amount: PerformanceAmount,
    },
    /// A figure stated in the text.
    Fact {
        /// Index into [`Disclosure::facts`](budget_model::Disclosure::facts).
        fact: u32,
    },
    /// The target value of an indicator.
    Indicator {
        /// Index into [`Disclosure::performance`](budget_model::Disclosure::performance).
        table: u32,
        /// Index of the indicator.
        indicator: u32,
    },
    /// The weight of an indicator.
    Weight {
        /// Index into [`Disclosure::performance`](budget_model::Disclosure::performance).
        table: u32,
        /// Index of the indicator.
        indicator: u32,
    },
    /// A number inside 资金分配情况 of a project.
    Allocation {
        /// Index into [`Disclosure::projects`](budget_model::Disclosure::projects).
        project: u32,
        /// Byte offset in the text of the field.
        offset: u32,
    },
    /// A number inside 项目总体目标 of a performance table.
    Goal {
        /// Index into [`Disclosure::performance`](budget_model::Disclosure::performance).
        table: u32,
        /// Byte offset in the text of the field.
        offset: u32,
    },
}

/// A printed number, with what is needed to compare it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure<'a> {
    /// Where it stands in the model.
    pub subject: Subject,
    /// The number as printed.
    pub value: Decimal,
    /// Its unit as printed; empty if none is.
    pub unit: &'a str,
    /// Where it stands in the source.
    pub place: Place,
    /// What one of its unit is in the unit of the disclosure's tables (1 for everything that is not money).
    pub factor: Decimal,
    /// How many of its last digits say nothing: amounts in 万元 that were turned into 元 end in zeros.
    pub zeros: u32,
    /// What of it is in doubt.
    pub doubts: Doubts,
    /// How it was made from the number that it stands for.
    pub rounding: Rounding,
}

/// How a printed number was made from the one that it stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Not at all: it is a count, which nobody rounds (people, vehicles, the points of a weight).
    Counted,
    /// To the nearest number of its decimals (四舍五入).
    #[default]
    Nearest,
    /// Its further decimals were cut off (截去尾数).
    CutOff,
}

/// The part of a document whose figures share a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    LastYear(u32),
    Table(u32),
    Performance(u32),
    Text,
}

impl Subject {
    pub(crate) fn origin(self) -> Origin {
        match self {
            Self::LastYear(FigureRef { table, .. }) => Origin::LastYear(table),
            Self::Cell(FigureRef { table, .. }) => Origin::Table(table),
            Self::Performance { table, .. }
            | Self::Indicator { table, .. }
            | Self::Weight { table, .. }
            | Self::Goal { table, .. } => Origin::Performance(table),
            Self::Project { .. } | Self::Fact { .. } | Self::Allocation { .. } => Origin::Text,
        }
    }
}

impl Figure<'_> {
    /// Whether it is in doubt what number it is, in which row, table or column. What depends on the choice between several
    /// columns, or on the unit, is decided where it is compared.
    pub(crate) fn is_doubtful(&self) -> bool {
        !self.doubts.without(Aspect::Unit).is_empty()
    }

    /// The values that are printed like this, in the figure's own unit.
    #[must_use]
    pub fn interval(&self) -> Interval {
        self.interval_of(self.value)
    }

    /// The values that another number in the place of this one would stand for. A zero without decimals stands for
    /// nothing at all, not for anything below a half.
    pub(crate) fn interval_of(&self, value: Decimal) -> Interval {
        if self.is_exact(value) {
            return Interval { low: value, high: value };
        }
        // Half of the last digit that says something.
        let zeros = self.zeros_of(value);
        let half = Decimal::try_new(5, value.scale() + 1).ok().filter(|_| zeros > 0);
        let of_zeros =
            half.zip(10_i64.checked_pow(zeros)).and_then(|(half, unit)| half.checked_mul(Decimal::from(unit)));
        let interval = match of_zeros {
            Some(half) => Interval { low: value.saturating_sub(half), high: value.saturating_add(half) },
            None => Interval::printed(value),
        };
        let Interval { low, high } = interval;
        match self.rounding {
            // What was cut off lies between it and one unit more, away from zero.
            Rounding::CutOff if value.is_sign_negative() => {
                Interval { low: value.saturating_sub(high.saturating_sub(low)), high: value }
            }
            Rounding::CutOff => Interval { low: value, high: value.saturating_add(high.saturating_sub(low)) },
            _ => interval,
        }
    }

    /// How many last digits of another number in the place of this one say nothing.
    pub(crate) fn zeros_of(&self, value: Decimal) -> u32 {
        let unit = 10_i128.checked_pow(self.zeros).filter(|_| self.zeros > 0 && value.scale() == self.value.scale());
        let ends_in_zeros = |unit: i128| value.mantissa() != 0 && value.mantissa() % unit == 0;
        if unit.is_some_and(ends_in_zeros) { self.zeros } else { 0 }
    }

    /// Whether another number in the place of this one would stand for itself alone.
    pub(crate) fn is_exact(&self, value: Decimal) -> bool {
        self.rounding == Rounding::Counted || (value.is_zero() && value.scale() == 0)
    }
}
