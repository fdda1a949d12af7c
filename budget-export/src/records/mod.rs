//! A disclosure as flat records, for the formats that are lists of rows: CSV files and the plain sheets of a workbook.
//!
//! Each file is a [`Resource`]; its [`FIELDS`](Resource::FIELDS) are name, type, meaning and value in one place, so header,
//! schema and rows cannot drift apart.

mod cells;
mod diagnostics;
mod documents;
mod facts;
mod passages;
mod performance;
mod projects;

use std::fmt;

use budget_model::{Coordinates, Label, Place};
use serde::Serialize;

pub(crate) use cells::Cells;
pub use cells::cell_key;
pub(crate) use diagnostics::Diagnostics;
pub(crate) use documents::Documents;
pub(crate) use facts::Facts;
pub(crate) use passages::Passages;
pub(crate) use performance::{Indicators, PerformanceFunds, PerformanceTables};
pub(crate) use projects::Projects;

use crate::document::Entry;
use crate::schema::{FieldKind, FieldSchema, Reference, TableSchema, Value};

/// One kind of record. The first field is the key.
pub(crate) trait Resource: Sized + 'static {
    /// Name of the file without extension.
    const NAME: &'static str;
    /// The name of its sheet.
    const SHEET: &'static str;
    /// What a record is.
    const DESCRIPTION: &'static str;
    /// The columns, the key first.
    const FIELDS: &'static [Field<Self>];
    /// The name of the key.
    const KEY: &'static [&'static str] = match Self::FIELDS {
        [key, ..] => &[key.name],
        [] => &[],
    };
    /// What the fields of one record are read from.
    type Row<'a>: Located;

    /// The records of a document, in document order.
    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = Self::Row<'a>> + 'a>;
}

/// What the fields shared by several resources need to know.
pub(crate) trait Located {
    fn document(&self) -> Entry<'_>;
    fn place(&self) -> Option<Place> {
        None
    }
    fn coordinates(&self) -> Option<&Coordinates> {
        None
    }
}

/// One column of a resource.
pub(crate) struct Field<R: Resource> {
    /// Name in the header.
    pub(crate) name: &'static str,
    /// Name in the header of a sheet.
    pub(crate) title: &'static str,
    /// What it holds.
    pub(crate) description: &'static str,
    /// Its type.
    pub(crate) kind: FieldKind,
    /// The value of a record.
    pub(crate) get: Get<R>,
}

type Get<R> = for<'a, 'b> fn(&'b <R as Resource>::Row<'a>) -> Value<'b>;

impl<R: Resource> Field<R> {
    const fn new(
        name: &'static str,
        title: &'static str,
        description: &'static str,
        kind: FieldKind,
        get: Get<R>,
    ) -> Self {
        Self { name, title, description, kind, get }
    }
}

/// The word that serde writes for a value of a plain enum.
struct Word<T>(T);

impl<T: Serialize> fmt::Display for Word<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

fn words<T: Serialize>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(|value| Word(value).to_string()).collect()
}

impl<T: Serialize> From<Word<T>> for Value<'_> {
    fn from(word: Word<T>) -> Self {
        word.to_string().into()
    }
}

fn label(label: Option<&Label>) -> Value<'_> {
    label.map(|label| label.text.as_str()).into()
}

fn joined<'a, T: AsRef<str>>(parts: &[T], separator: &str) -> Value<'a> {
    parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(separator).into()
}

/// The description of a resource as the table of a file: its first field is the key, and all but documents belong to one.
#[cfg(feature = "csv")]
pub(crate) fn schema<R: Resource>() -> TableSchema {
    const OF_DOCUMENT: Reference = Reference { fields: &["doc"], table: "documents", to: &["doc"] };
    let field = |field: &Field<R>| FieldSchema {
        name: field.name,
        title: field.title,
        description: field.description,
        kind: field.kind,
        is_required: false,
    };
    TableSchema {
        name: R::NAME,
        title: R::SHEET,
        description: R::DESCRIPTION,
        key: R::KEY,
        references: if R::NAME == OF_DOCUMENT.table { Vec::new() } else { vec![OF_DOCUMENT] },
        fields: R::FIELDS.iter().map(field).collect(),
    }
}

/// Fields that several resources share.
mod shared {
    use budget_model::{Flow, Nature, Phase, Place, Source, ThreePublicItem, YearRef};

    use super::{Field, FieldKind, Located, Resource, Value, Word, words};

    pub(super) const fn doc<R: Resource>() -> Field<R> {
        Field::new("doc", "文档", "Id of the document", FieldKind::Key, |row| Value::from(row.document().info.id()))
    }

    pub(super) const fn page<R: Resource>() -> Field<R> {
        let description = "Page, or number of the sheet in a workbook, from 1; where all sheets are named as pages, the number \
            in the name";
        Field::new("page", "页", description, FieldKind::Integer, |row| {
            Value::from(row.place().and_then(|place| row.document().pages.of(place)))
        })
    }

    pub(super) const fn line<R: Resource>() -> Field<R> {
        Field::new("line", "行", "Line of the text, or row of the sheet, from 1", FieldKind::Integer, |row| {
            Value::from(row.place().map(Place::line))
        })
    }

    pub(super) const fn position<R: Resource>() -> Field<R> {
        let description = "Character in the line, or column of the sheet, from 1";
        Field::new("position", "位置", description, FieldKind::Integer, |row| {
            Value::from(row.place().map(Place::column))
        })
    }

    pub(super) const fn sheet<R: Resource>() -> Field<R> {
        Field::new("sheet", "工作表", "Sheet of the source, where it is a workbook", FieldKind::Text, |row| {
            let Some(Place::Cell { sheet, .. }) = row.place() else { return Value::Null };
            row.document().disclosure.sheets.get(usize::from(sheet)).into()
        })
    }

    pub(super) const fn source<R: Resource>() -> Field<R> {
        Field::new(
            "source",
            "资金来源",
            "Coordinate: source of the money",
            FieldKind::Word(|| words(Source::TREE)),
            |row| Value::from(row.coordinates().map(|at| Word(at.source))),
        )
    }

    pub(super) const fn nature<R: Resource>() -> Field<R> {
        Field::new(
            "nature",
            "支出性质",
            "Coordinate: kind of spending",
            FieldKind::Word(|| words(Nature::TREE)),
            |row| Value::from(row.coordinates().map(|at| Word(at.nature))),
        )
    }

    pub(super) const fn function<R: Resource>() -> Field<R> {
        let description = "Coordinate: function classification code; empty for all functions";
        Field::new("function", "功能分类", description, FieldKind::Code, |row| {
            Value::from(row.coordinates().and_then(|at| at.function))
        })
    }

    pub(super) const fn economic<R: Resource>() -> Field<R> {
        let description = "Coordinate: economic classification code of departments (3xx); empty for all classes";
        Field::new("economic", "经济分类", description, FieldKind::Code, |row| {
            Value::from(row.coordinates().and_then(|at| at.economic))
        })
    }

    pub(super) const fn government_economic<R: Resource>() -> Field<R> {
        let description = "Coordinate: economic classification code of the government (5xx); empty for all classes";
        Field::new("government_economic", "政府经济分类", description, FieldKind::Code, |row| {
            Value::from(row.coordinates().and_then(|at| at.government_economic))
        })
    }

    pub(super) const fn phase<R: Resource>() -> Field<R> {
        let description = "Coordinate: budget, adjusted, executed or final; empty where the table does not say";
        Field::new("phase", "阶段", description, FieldKind::Word(|| words(Phase::ALL)), |row| {
            Value::from(row.coordinates().and_then(|at| at.phase).map(Word))
        })
    }

    pub(super) const fn year<R: Resource>() -> Field<R> {
        let description =
            "Coordinate: this year, last year or the change between them; empty for the year of the document";
        Field::new("year", "年度", description, FieldKind::Word(|| words(YearRef::ALL)), |row| {
            Value::from(row.coordinates().and_then(|at| at.year).map(Word))
        })
    }

    pub(super) const fn flow<R: Resource>() -> Field<R> {
        let description =
            "Coordinate: revenue, expenditure, balance or distribution; empty where the table does not say";
        Field::new("flow", "流向", description, FieldKind::Word(|| words(Flow::ALL)), |row| {
            Value::from(row.coordinates().and_then(|at| at.flow).map(Word))
        })
    }

    pub(super) const fn three_public<R: Resource>() -> Field<R> {
        let description = "Coordinate: item of the three public expenses";
        Field::new(
            "three_public",
            "“三公”经费",
            description,
            FieldKind::Word(|| words(ThreePublicItem::ALL)),
            |row| Value::from(row.coordinates().and_then(|at| at.three_public).map(Word)),
        )
    }

    pub(super) const fn project<R: Resource>() -> Field<R> {
        Field::new("project", "项目", "Coordinate: project", FieldKind::Text, |row| {
            Value::from(row.coordinates().and_then(|at| at.project.as_deref()))
        })
    }

    pub(super) const fn budget_unit<R: Resource>() -> Field<R> {
        Field::new("budget_unit", "预算单位", "Coordinate: subordinate unit", FieldKind::Text, |row| {
            Value::from(row.coordinates().and_then(|at| at.unit.as_deref()))
        })
    }
}
