//! Lists of records: what their columns are called and hold, and a value of any of them.
//!
//! Every format that is a list of records is made from the same descriptions, so that types, names and meanings are the same in
//! CSV, in a data package, in a workbook and in Parquet.

use std::borrow::Cow;

use budget_model::{Code, Decimal};

/// A value of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing is there. A text without characters is nothing.
    Null,
    /// Text, a word of a list, a code or a key.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A decimal; its scale is the number of decimals that were printed.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
}

impl Value<'_> {
    /// Whether nothing is there.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text) }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Cow::Borrowed(text).into()
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Cow::<str>::Owned(text).into()
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Decimal> for Value<'_> {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<Code> for Value<'_> {
    fn from(code: Code) -> Self {
        code.to_string().into()
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {
        $(impl From<$integer> for Value<'_> {
            fn from(number: $integer) -> Self {
                Self::Integer(number.into())
            }
        })*
    };
}

from_integers!(i64 u32 u16 u8);

/// Counts beyond what a column of whole numbers holds do not occur.
impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The type of a column.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum FieldKind {
    /// Names the record, or a record that it belongs to.
    Key,
    /// Text of the document.
    Text,
    /// One of a fixed list of words.
    Word(fn() -> Vec<String>),
    /// A classification code: digits that are no number.
    Code,
    /// A whole number.
    Integer,
    /// A plain decimal, with the decimals that were printed.
    Number,
    /// A year.
    Year,
    /// `true` or `false`.
    Flag,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    /// Its name in files.
    pub name: &'static str,
    /// Its name for people, in Chinese.
    pub title: &'static str,
    /// What it holds.
    pub description: &'static str,
    /// Its type.
    pub kind: FieldKind,
    /// Whether every record has it.
    pub is_required: bool,
}

/// Columns that name a record of another table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The columns here.
    pub fields: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// Its columns.
    pub to: &'static [&'static str],
}

/// A list of records.
#[derive(Clone, Debug)]
pub struct TableSchema {
    /// Its name in files.
    pub name: &'static str,
    /// Its name for people, in Chinese.
    pub title: &'static str,
    /// What a record is.
    pub description: &'static str,
    /// The columns that tell the records apart.
    pub key: &'static [&'static str],
    /// What its records belong to.
    pub references: Vec<Reference>,
    /// The columns.
    pub fields: Vec<FieldSchema>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_characters_is_nothing() {
        assert_eq!(Value::from(""), Value::Null);
        assert_eq!(Value::from(Some(String::new())), Value::Null);
        assert_eq!(Value::from(None::<u32>), Value::Null);
        assert_eq!(Value::from(Some("0")), Value::Text("0".into()));
    }
}
