//! Classification codes: function classification (功能分类) and economic classification (经济分类).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

/// The level of a classification code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CodeLevel {
    /// 类: three digits, `210`
    Class,
    /// 款: five digits, `21015`
    Group,
    /// 项: seven digits, `2101599`
    Item,
}

/// A classification code: three, five or seven digits, each level continuing the one above.
///
/// Function codes (功能分类科目, `2101599`) and economic codes (部门预算支出经济分类科目, `30201`) have the same form;
/// the table a code stands in says which one it is.
///
/// ```
/// use budget_model::{Code, CodeLevel};
///
/// let item: Code = "2101599".parse().unwrap();
/// assert_eq!(item.level(), CodeLevel::Item);
/// assert_eq!(item.parent().unwrap().to_string(), "21015");
/// assert!(item.is_below("210".parse().unwrap()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(try_from = "String")]
pub struct Code(u32);

impl Code {
    /// A code from its digits as a number: `210`, `21015` or `2101599`.
    ///
    /// `None` if the number does not have three, five or seven digits.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        matches!(number, 100..=999 | 10_000..=99_999 | 1_000_000..=9_999_999).then_some(Self(number))
    }

    /// The digits as a number.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    /// Class, group or item.
    #[must_use]
    pub fn level(self) -> CodeLevel {
        match self.0 {
            0..=999 => CodeLevel::Class,
            1_000..=99_999 => CodeLevel::Group,
            _ => CodeLevel::Item,
        }
    }

    /// The code one level up; `None` for a class.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        (self.level() > CodeLevel::Class).then_some(Self(self.0 / 100))
    }

    /// The class (类) this code belongs to.
    #[must_use]
    pub fn class(self) -> Self {
        match self.level() {
            CodeLevel::Class => self,
            CodeLevel::Group => Self(self.0 / 100),
            CodeLevel::Item => Self(self.0 / 10_000),
        }
    }

    /// Whether this code is a part of `whole` (and not `whole` itself).
    #[must_use]
    pub fn is_below(self, whole: Self) -> bool {
        std::iter::successors(self.parent(), |code| code.parent()).any(|code| code == whole)
    }
}

/// The text is not a classification code: it does not consist of three, five or seven digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCode(());

impl fmt::Display for InvalidCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a classification code has three, five or seven digits and no leading zero")
    }
}

impl std::error::Error for InvalidCode {}

impl FromStr for Code {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidCode(()));
        }
        text.parse().ok().and_then(Self::from_number).ok_or(InvalidCode(()))
    }
}

impl TryFrom<String> for Code {
    type Error = InvalidCode;

    fn try_from(text: String) -> Result<Self, InvalidCode> {
        text.parse()
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_three_five_or_seven_digits() {
        for good in ["201", "20132", "2013299", "30101"] {
            assert_eq!(good.parse::<Code>().unwrap().to_string(), good);
        }
        for bad in ["", "20", "2013", "201329", "20132990", "012", "+21", "２０１", "99999999999"] {
            assert!(bad.parse::<Code>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_class_is_above_its_groups_and_items_and_nothing_else() {
        let code = |text: &str| text.parse::<Code>().unwrap();
        assert!(code("2101599").is_below(code("210")));
        assert!(code("2101599").is_below(code("21015")));
        assert!(!code("2101599").is_below(code("21011")));
        assert!(!code("210").is_below(code("210")));
        assert_eq!(code("2101599").class(), code("210"));
    }
}
