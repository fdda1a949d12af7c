//! `documents.csv`: one record per document, the parent of all others.

use budget_model::{Place, Scope, Stage, Table};

use super::{Field, FieldKind, Located, Resource, Value, label, words};
use crate::document::Entry;

pub(crate) struct Documents;

pub(crate) struct DocumentRow<'a>(Entry<'a>);

impl Located for DocumentRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.0
    }

    fn place(&self) -> Option<Place> {
        self.0.disclosure.entity.as_ref().map(|entity| entity.place)
    }
}

impl Resource for Documents {
    const NAME: &'static str = "documents";
    const SHEET: &'static str = "文档";
    const DESCRIPTION: &'static str = "One record per disclosure document";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("doc", "文档", "Id of the document, never all digits", FieldKind::Key, |at| {
            Value::from(at.0.info.id())
        }),
        Field::new("file", "文件", "Name of the file it was read from", FieldKind::Text, |at| {
            Value::from(at.0.info.file())
        }),
        Field::new("sha256", "SHA-256", "SHA-256 of that file, in hexadecimal", FieldKind::Text, |at| {
            Value::from(at.0.info.sha256())
        }),
        Field::new("entity", "部门（单位）", "Name of the entity that discloses", FieldKind::Text, |at| {
            label(at.0.disclosure.entity.as_ref())
        }),
        Field::new(
            "region",
            "行政区划",
            "Where the entity is: names from the province down",
            FieldKind::Text,
            |at| Value::from(at.0.disclosure.region.as_ref().map_or("", |region| &region.name)),
        ),
        Field::new("region_code", "行政区划代码", "Its code in GB/T 2260", FieldKind::Text, |at| {
            Value::from(at.0.disclosure.region.as_ref().and_then(|region| region.code).map(|code| code.to_string()))
        }),
        Field::new(
            "region_guess",
            "区划为推断",
            "Whether the region is inferred and not printed as that of the entity",
            FieldKind::Flag,
            |at| Value::from(at.0.disclosure.region.as_ref().map(|region| region.is_guess)),
        ),
        Field::new("year", "年度", "Budget year", FieldKind::Year, |at| Value::from(at.0.disclosure.year)),
        Field::new("stage", "阶段", "Budget or final accounts", FieldKind::Word(|| words(Stage::ALL)), |at| {
            Value::from(at.0.disclosure.stage.as_str())
        }),
        Field::new("scope", "范围", "Department or single unit", FieldKind::Word(|| words(Scope::ALL)), |at| {
            Value::from(at.0.disclosure.scope.as_str())
        }),
        Field::new("unit", "单位", "Unit of the tables", FieldKind::Text, |at| {
            Value::from(at.0.disclosure.unit.as_str())
        }),
        Field::new("layout", "版式", "Id of the layout it was read with", FieldKind::Text, |at| {
            Value::from(&at.0.disclosure.layout)
        }),
        Field::new("tables", "预算表数", "Number of budget tables", FieldKind::Integer, |at| {
            Value::from(at.0.disclosure.tables.len())
        }),
        Field::new("figures", "表内数字", "Figures printed in budget tables", FieldKind::Integer, |at| {
            Value::from(at.0.disclosure.tables.iter().map(Table::figure_count).sum::<usize>())
        }),
        Field::new("certain", "确定数字", "Figures of which nothing is in doubt", FieldKind::Integer, |at| {
            Value::from(at.0.disclosure.tables.iter().map(Table::certain_count).sum::<usize>())
        }),
        Field::new(
            "ambiguous",
            "不确定数字",
            "Figures with more than one possible column",
            FieldKind::Integer,
            |at| Value::from(at.0.disclosure.tables.iter().map(Table::ambiguous_count).sum::<usize>()),
        ),
        Field::new(
            "characters",
            "原文字数",
            "Characters of the source, without white space",
            FieldKind::Integer,
            |at| Value::from(at.0.disclosure.ledger.characters),
        ),
        Field::new("characters_read", "已读字数", "Those of them that were read", FieldKind::Integer, |at| {
            Value::from(at.0.disclosure.ledger.characters_read)
        }),
        Field::new("numbers", "原文数字", "Numbers of the source", FieldKind::Integer, |at| {
            Value::from(at.0.disclosure.ledger.numbers)
        }),
        Field::new("numbers_read", "已读数字", "Those of them that were read", FieldKind::Integer, |at| {
            Value::from(at.0.disclosure.ledger.numbers_read)
        }),
    ];
    type Row<'a> = DocumentRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = DocumentRow<'a>> + 'a> {
        Box::new(std::iter::once(DocumentRow(document)))
    }
}
