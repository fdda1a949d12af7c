//! Exact amounts, their units, and the interval that a printed number stands for.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

use crate::Place;

/// A printed number and where it stood.
///
/// The scale of the decimal is the printed one: `17.00` and `17` are equal as numbers but differ in precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Amount {
    /// The number, with the decimals that were printed.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[serde(deserialize_with = "crate::decimal::read")]
    pub value: Decimal,
    /// Where its first character stood.
    pub place: Place,
}

impl Amount {
    /// The numbers that round to this one at its printed precision.
    #[must_use]
    pub fn interval(&self) -> Interval {
        Interval::printed(self.value)
    }
}

/// A unit of measure, as printed: `元`, `万元`, `%`, `人`, `元/人/年` …
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(from = "String")]
#[non_exhaustive]
pub enum Unit {
    /// Not printed, or not understood. Nothing is assumed.
    #[default]
    Unknown,
    /// 元
    Yuan,
    /// 百元
    HundredYuan,
    /// 千元
    ThousandYuan,
    /// 万元, the unit of most disclosures
    TenThousandYuan,
    /// 百万元
    MillionYuan,
    /// 千万元
    TenMillionYuan,
    /// 亿元
    HundredMillionYuan,
    /// %
    Percent,
    /// Anything else, as printed.
    Other(String),
}

impl Unit {
    /// The unit as it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown => "",
            Self::Yuan => "元",
            Self::HundredYuan => "百元",
            Self::ThousandYuan => "千元",
            Self::TenThousandYuan => "万元",
            Self::MillionYuan => "百万元",
            Self::TenMillionYuan => "千万元",
            Self::HundredMillionYuan => "亿元",
            Self::Percent => "%",
            Self::Other(text) => text,
        }
    }

    /// The unit of this name, if it is one of money or %.
    #[must_use]
    pub fn known(name: &str) -> Option<Self> {
        Some(match name {
            "元" => Self::Yuan,
            "百元" => Self::HundredYuan,
            "千元" => Self::ThousandYuan,
            "万元" => Self::TenThousandYuan,
            "百万元" => Self::MillionYuan,
            "千万元" => Self::TenMillionYuan,
            "亿元" => Self::HundredMillionYuan,
            "%" | "％" => Self::Percent,
            _ => return None,
        })
    }

    /// How many yuan one unit is, for units of money.
    #[must_use]
    pub fn in_yuan(&self) -> Option<Decimal> {
        match self {
            Self::Yuan => Some(Decimal::ONE),
            Self::HundredYuan => Some(Decimal::ONE_HUNDRED),
            Self::ThousandYuan => Some(Decimal::ONE_THOUSAND),
            Self::TenThousandYuan => Some(Decimal::from(10_000)),
            Self::MillionYuan => Some(Decimal::from(1_000_000)),
            Self::TenMillionYuan => Some(Decimal::from(10_000_000)),
            Self::HundredMillionYuan => Some(Decimal::from(100_000_000)),
            Self::Unknown | Self::Percent | Self::Other(_) => None,
        }
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl From<String> for Unit {
    fn from(text: String) -> Self {
        Self::known(&text).unwrap_or(if text.is_empty() { Self::Unknown } else { Self::Other(text) })
    }
}

impl From<&str> for Unit {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Other(text) => text,
            known => known.as_str().to_owned(),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A closed interval: the values that a printed number, or a sum of printed numbers, may stand for.
///
/// A figure printed to 0.01 stands for everything within half of 0.01 around it, a sum of *n* of them for *n* times as
/// wide an interval. Two statements disagree when their intervals do not meet; there is no other tolerance anywhere.
///
/// ```
/// use budget_model::Interval;
/// use rust_decimal::Decimal;
///
/// let printed = |text: &str| Interval::printed(text.parse::<Decimal>().unwrap());
/// let parts = printed("904.93") + printed("5.42");
/// assert!(parts.meets(printed("910.35")));
/// assert!(parts.meets(printed("910.36"))); // explained by rounding
/// assert!(!parts.meets(printed("910.37")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The lowest value.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub low: Decimal,
    /// The highest value.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub high: Decimal,
}

impl Interval {
    /// Nothing at all, with no rounding: the sum of no terms.
    pub const ZERO: Self = Self { low: Decimal::ZERO, high: Decimal::ZERO };

    /// The values that are printed as `value` at its scale.
    #[must_use]
    pub fn printed(value: Decimal) -> Self {
        let half = Decimal::new(5, value.scale().saturating_add(1).min(Decimal::MAX_SCALE));
        Self { low: value.saturating_sub(half), high: value.saturating_add(half) }
    }

    /// Whether one value lies in both.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

impl std::ops::Add for Interval {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { low: self.low.saturating_add(other.low), high: self.high.saturating_add(other.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_survives_its_text() {
        for text in ["", "元", "百元", "千元", "万元", "百万元", "千万元", "亿元", "%", "元/人/年", "辆"]
        {
            assert_eq!(Unit::from(text).as_str(), text);
            assert_eq!(String::from(Unit::from(text)), text);
        }
    }

    #[test]
    fn an_integer_stands_for_half_a_unit_around_it() {
        let interval = Interval::printed(Decimal::from(3));
        assert_eq!(interval.low, Decimal::new(25, 1));
        assert_eq!(interval.high, Decimal::new(35, 1));
    }

    #[test]
    fn the_largest_decimal_does_not_overflow() {
        let sum = Interval::printed(Decimal::MAX) + Interval::printed(Decimal::MAX);
        assert_eq!(sum.high, Decimal::MAX);
    }
}
