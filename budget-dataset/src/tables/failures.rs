//! `failures`: files that are no documents of the set.

use budget_export::{FieldKind, Reference};

use crate::manifest::Failure;
use crate::table::{Field, Table};

pub(crate) struct Failures;

pub(crate) struct FailureRow<'a> {
    pub(crate) failure: &'a Failure,
}

const OUTCOMES: fn() -> Vec<String> = || ["failed", "skipped"].map(str::to_owned).into();

impl Table for Failures {
    const NAME: &'static str = "failures";
    const TITLE: &'static str = "未读文件";
    const DESCRIPTION: &'static str = "One record for each file and run that came to nothing, and why";
    const KEY: &'static [&'static str] = &["path", "run"];
    const REFERENCES: &'static [Reference] = &[];
    const FIELDS: &'static [Field<Self>] = &[
        Field::always("path", "文件", "Where the file lay", FieldKind::Text, |row| row.failure.path.as_str().into()),
        Field::always("run", "批次", "Run that met it, from 1", FieldKind::Integer, |row| row.failure.run.into()),
        Field::new("code", "代码", "What is wrong, as a word that does not change", FieldKind::Text, |row| {
            row.failure.code.as_str().into()
        }),
        Field::new("message", "说明", "What is wrong and what to do", FieldKind::Text, |row| {
            row.failure.message.as_str().into()
        }),
        Field::new("message_place", "位置", "Where in the file", FieldKind::Text, |row| {
            row.failure.place.as_deref().into()
        }),
        Field::always(
            "outcome",
            "结果",
            "failed, or skipped for a file that is no disclosure",
            FieldKind::Word(OUTCOMES),
            |row| row.failure.outcome.as_str().into(),
        ),
    ];
    type Row<'a> = FailureRow<'a>;
}
