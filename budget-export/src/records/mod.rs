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

use std::fmt::{self, Write};

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
    pub(crate) kind: Kind,
    /// Appends the value of a record; nothing if there is none.
    pub(crate) put: Put<R>,
}

type Put<R> = for<'a, 'b> fn(&'b <R as Resource>::Row<'a>, &mut String);

impl<R: Resource> Field<R> {
    const fn new(name: &'static str, title: &'static str, description: &'static str, kind: Kind, put: Put<R>) -> Self {
        Self { name, title, description, kind, put }
    }
}

/// The type of a column.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Names the record, or the record it belongs to.
    Key,
    /// Text of the document.
    Text,
    /// One of a fixed list of words.
    Word(fn() -> Vec<String>),
    /// A classification code.
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

fn show(out: &mut String, value: impl fmt::Display) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{value}");
}

fn show_some(out: &mut String, value: Option<impl fmt::Display>) {
    if let Some(value) = value {
        show(out, value);
    }
}

fn text(out: &mut String, text: Option<&str>) {
    out.push_str(text.unwrap_or_default());
}

fn label(out: &mut String, label: Option<&Label>) {
    text(out, label.map(|label| label.text.as_str()));
}

fn joined<T: AsRef<str>>(out: &mut String, parts: &[T], separator: &str) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        out.push_str(part.as_ref());
    }
}

/// Fields that several resources share.
mod shared {
    use budget_model::{Flow, Nature, Phase, Place, Source, ThreePublicItem, YearRef};

    use super::{Field, Kind, Located, Resource, Word, show_some, text, words};

    pub(super) const fn doc<R: Resource>() -> Field<R> {
        Field::new("doc", "文档", "Id of the document", Kind::Key, |row, out| out.push_str(row.document().info.id()))
    }

    pub(super) const fn page<R: Resource>() -> Field<R> {
        let description = "Page, or number of the sheet in a workbook, from 1; where all sheets are named as pages, the number \
            in the name";
        Field::new("page", "页", description, Kind::Integer, |row, out| {
            show_some(out, row.place().and_then(|place| row.document().pages.of(place)));
        })
    }

    pub(super) const fn line<R: Resource>() -> Field<R> {
        Field::new("line", "行", "Line of the text, or row of the sheet, from 1", Kind::Integer, |row, out| {
            show_some(out, row.place().map(Place::line));
        })
    }

    pub(super) const fn position<R: Resource>() -> Field<R> {
        let description = "Character in the line, or column of the sheet, from 1";
        Field::new("position", "位置", description, Kind::Integer, |row, out| {
            show_some(out, row.place().map(Place::column));
        })
    }

    pub(super) const fn sheet<R: Resource>() -> Field<R> {
        Field::new("sheet", "工作表", "Sheet of the source, where it is a workbook", Kind::Text, |row, out| {
            if let Some(Place::Cell { sheet, .. }) = row.place() {
                let names = &row.document().disclosure.sheets;
                text(out, names.get(usize::from(sheet)).map(String::as_str));
            }
        })
    }

    pub(super) const fn source<R: Resource>() -> Field<R> {
        Field::new(
            "source",
            "资金来源",
            "Coordinate: source of the money",
            Kind::Word(|| words(Source::TREE)),
            |row, out| {
                show_some(out, row.coordinates().map(|at| Word(at.source)));
            },
        )
    }

    pub(super) const fn nature<R: Resource>() -> Field<R> {
        Field::new(
            "nature",
            "支出性质",
            "Coordinate: kind of spending",
            Kind::Word(|| words(Nature::TREE)),
            |row, out| {
                show_some(out, row.coordinates().map(|at| Word(at.nature)));
            },
        )
    }

    pub(super) const fn function<R: Resource>() -> Field<R> {
        let description = "Coordinate: function classification code; empty for all functions";
        Field::new("function", "功能分类", description, Kind::Code, |row, out| {
            show_some(out, row.coordinates().and_then(|at| at.function));
        })
    }

    pub(super) const fn economic<R: Resource>() -> Field<R> {
        let description = "Coordinate: economic classification code of departments (3xx); empty for all classes";
        Field::new("economic", "经济分类", description, Kind::Code, |row, out| {
            show_some(out, row.coordinates().and_then(|at| at.economic));
        })
    }

    pub(super) const fn government_economic<R: Resource>() -> Field<R> {
        let description = "Coordinate: economic classification code of the government (5xx); empty for all classes";
        Field::new("government_economic", "政府经济分类", description, Kind::Code, |row, out| {
            show_some(out, row.coordinates().and_then(|at| at.government_economic));
        })
    }

    pub(super) const fn phase<R: Resource>() -> Field<R> {
        let description = "Coordinate: budget, adjusted, executed or final; empty where the table does not say";
        Field::new("phase", "阶段", description, Kind::Word(|| words(Phase::ALL)), |row, out| {
            show_some(out, row.coordinates().and_then(|at| at.phase).map(Word));
        })
    }

    pub(super) const fn year<R: Resource>() -> Field<R> {
        let description =
            "Coordinate: this year, last year or the change between them; empty for the year of the document";
        Field::new("year", "年度", description, Kind::Word(|| words(YearRef::ALL)), |row, out| {
            show_some(out, row.coordinates().and_then(|at| at.year).map(Word));
        })
    }

    pub(super) const fn flow<R: Resource>() -> Field<R> {
        let description =
            "Coordinate: revenue, expenditure, balance or distribution; empty where the table does not say";
        Field::new("flow", "流向", description, Kind::Word(|| words(Flow::ALL)), |row, out| {
            show_some(out, row.coordinates().and_then(|at| at.flow).map(Word));
        })
    }

    pub(super) const fn three_public<R: Resource>() -> Field<R> {
        let description = "Coordinate: item of the three public expenses";
        Field::new(
            "three_public",
            "“三公”经费",
            description,
            Kind::Word(|| words(ThreePublicItem::ALL)),
            |row, out| {
                show_some(out, row.coordinates().and_then(|at| at.three_public).map(Word));
            },
        )
    }

    pub(super) const fn project<R: Resource>() -> Field<R> {
        Field::new("project", "项目", "Coordinate: project", Kind::Text, |row, out| {
            text(out, row.coordinates().and_then(|at| at.project.as_deref()));
        })
    }

    pub(super) const fn budget_unit<R: Resource>() -> Field<R> {
        Field::new("budget_unit", "预算单位", "Coordinate: subordinate unit", Kind::Text, |row, out| {
            text(out, row.coordinates().and_then(|at| at.unit.as_deref()));
        })
    }
}
