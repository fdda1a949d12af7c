//! `documents`: one record for each file of the set, and whether it counts.

use budget_export::{FieldKind, Reference};
use budget_model::{Holds, Scope, Stage};

use super::shared::words;
use crate::manifest::{Document, Run};
use crate::standing::{SET_ASIDE, Standing};
use crate::table::{Field, Table};

pub(crate) struct Documents;

pub(crate) struct DocumentRow<'a> {
    pub(crate) document: &'a Document,
    pub(crate) standing: &'a Standing,
    pub(crate) run: Option<&'a Run>,
}

const STAGES: fn() -> Vec<String> = || words(Stage::ALL, Stage::as_str);
const SCOPES: fn() -> Vec<String> = || words(Scope::ALL, Scope::as_str);
const HOLDS: fn() -> Vec<String> = || words(Holds::ALL, Holds::as_str);
const REASONS: fn() -> Vec<String> = || SET_ASIDE.map(str::to_owned).into();

macro_rules! counts {
    ($(($name:ident, $title:literal, $description:literal))*) => {
        [$(Field::always(stringify!($name), $title, $description, FieldKind::Integer, |row| row.document.$name.into())),*]
    };
}

const COUNTS: [Field<Documents>; 11] = counts! {
    (tables, "预算表数", "Budget tables")
    (figures, "表内数字", "Figures printed in budget tables")
    (figures_certain, "确定数字", "Figures of which nothing is in doubt")
    (statements, "文字中的数字", "Figures stated in the text")
    (findings, "问题数", "Findings of the rules")
    (characters, "原文字数", "Characters of the source, without white space")
    (characters_read, "已读字数", "Those of them that were read")
    (numbers, "原文数字", "Numbers of the source")
    (numbers_read, "已读数字", "Those of them that were read")
    (unread_pages, "未读页数", "Pages that could not be read: what stands on them is unknown")
    (hidden_lines, "隐藏文字", "Lines of text that nobody sees")
};

impl Table for Documents {
    const NAME: &'static str = "documents";
    const TITLE: &'static str = "文档";
    const DESCRIPTION: &'static str = "One record for each file that was read, and whether it counts: of an entity, year, \
        stage and scope one document counts for its figures and one for its words, the others are set aside";
    const KEY: &'static [&'static str] = &["document"];
    const REFERENCES: &'static [Reference] =
        &[Reference { fields: &["entity_id"], table: "entities", to: &["entity_id"] }];
    const FIELDS: &'static [Field<Self>] = &{
        let [
            tables,
            figures,
            figures_certain,
            statements,
            findings,
            characters,
            characters_read,
            numbers,
            numbers_read,
            unread_pages,
            hidden_lines,
        ] = COUNTS;
        [
            Field::always(
                "document",
                "文档",
                "Key: d and 16 digits of the SHA-256 of the file; -2, -3 … behind it for copies, whose records are those of \
                    the first",
                FieldKind::Key,
                |row| row.standing.key.as_str().into(),
            ),
            Field::new("path", "文件", "Where the file lay", FieldKind::Text, |row| {
                row.document.path.as_str().into()
            }),
            Field::new("sha256", "SHA-256", "SHA-256 of the file, in hexadecimal", FieldKind::Text, |row| {
                row.document.sha256.as_str().into()
            }),
            Field::new("entity_id", "部门（单位）标识", "Key of the entity", FieldKind::Text, |row| {
                row.document.entity_id.as_deref().into()
            }),
            Field::new("entity", "部门（单位）", "Name of the entity as printed", FieldKind::Text, |row| {
                row.document.entity.as_deref().into()
            }),
            Field::new("region", "行政区划", "Names of the region from the province down", FieldKind::Text, |row| {
                row.document.region.as_deref().into()
            }),
            Field::new(
                "region_code",
                "行政区划代码",
                "Its code in GB/T 2260, six digits",
                FieldKind::Text,
                |row| row.document.region_code.as_deref().into(),
            ),
            Field::new(
                "region_is_guess",
                "区划为推断",
                "Whether the region is inferred and not printed as that of the entity",
                FieldKind::Flag,
                |row| row.document.region_is_guess.into(),
            ),
            Field::new("year", "年度", "Budget year", FieldKind::Year, |row| row.document.year.into()),
            Field::always("stage", "文档类别", "Budget or final accounts", FieldKind::Word(STAGES), |row| {
                row.document.stage.as_str().into()
            }),
            Field::always("scope", "范围", "Whole department or single unit", FieldKind::Word(SCOPES), |row| {
                row.document.scope.as_str().into()
            }),
            Field::new("unit", "单位", "Unit of most of its tables", FieldKind::Text, |row| {
                row.document.unit.as_str().into()
            }),
            Field::new(
                "layout",
                "版式",
                "Layout that it was read with; null if from its words",
                FieldKind::Text,
                |row| row.document.layout.as_str().into(),
            ),
            Field::always("holds", "内容", "Tables, text or both", FieldKind::Word(HOLDS), |row| {
                row.document.holds.as_str().into()
            }),
            tables,
            figures,
            figures_certain,
            statements,
            findings,
            characters,
            characters_read,
            numbers,
            numbers_read,
            unread_pages,
            hidden_lines,
            Field::always("run", "批次", "Run that added it, from 1", FieldKind::Integer, |row| {
                row.document.run.into()
            }),
            Field::new("software", "软件版本", "Version of the software of that run", FieldKind::Text, |row| {
                row.run.map(|run| run.software.as_str()).into()
            }),
            Field::new(
                "duplicate_of",
                "同内容文档",
                "The first document of the same content",
                FieldKind::Text,
                |row| row.standing.duplicate_of.as_deref().into(),
            ),
            Field::new(
                "counted_as",
                "计入单位",
                "Entity that it counts for: its own, or the one that this is another spelling of; null without entity or year",
                FieldKind::Text,
                |row| row.standing.counted_as.as_deref().into(),
            ),
            Field::always(
                "version_count",
                "版本数",
                "Documents of this entity, year, stage and scope, copies not counted",
                FieldKind::Integer,
                |row| row.standing.version_count.into(),
            ),
            Field::always("counts_figures", "计入数字", "Whether its figures count", FieldKind::Flag, |row| {
                row.standing.counts_figures.into()
            }),
            Field::always("counts_words", "计入文字", "Whether what its text says counts", FieldKind::Flag, |row| {
                row.standing.counts_words.into()
            }),
            Field::new("set_aside", "未计入原因", "Why it counts for nothing", FieldKind::Word(REASONS), |row| {
                row.standing.set_aside.into()
            }),
        ]
    };
    type Row<'a> = DocumentRow<'a>;
}
