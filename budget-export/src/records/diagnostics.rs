//! `diagnostics.csv`: what is wrong or unusual in the data.

use budget_model::{Diagnostic, DiagnosticCode, Language, Place, Severity};

use super::{Field, FieldKind, Located, Resource, Value, Word, joined, shared, words};
use crate::document::Entry;

pub(crate) struct Diagnostics;

pub(crate) struct DiagnosticRow<'a> {
    document: Entry<'a>,
    number: usize,
    diagnostic: &'a Diagnostic,
}

impl Located for DiagnosticRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        self.diagnostic.places.first().copied()
    }
}

impl Resource for Diagnostics {
    const NAME: &'static str = "diagnostics";
    const SHEET: &'static str = "提示";
    const DESCRIPTION: &'static str = "One record per thing that is wrong or unusual in the data";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("diagnostic", "编号", "Key of the record", FieldKind::Key, |at| {
            Value::from(format!("{}:g{}", at.document.info.id(), at.number))
        }),
        shared::doc(),
        Field::new("code", "代码", "What it is about", FieldKind::Word(|| words(DiagnosticCode::ALL)), |at| {
            Value::from(at.diagnostic.code.as_str())
        }),
        Field::new("severity", "程度", "How much it matters", FieldKind::Word(|| words(Severity::ALL)), |at| {
            Value::from(Word(at.diagnostic.code.severity()))
        }),
        Field::new("message_zh", "说明", "The message in Chinese", FieldKind::Text, |at| {
            Value::from(at.diagnostic.message(Language::Chinese))
        }),
        Field::new("message_en", "英文说明", "The message in English", FieldKind::Text, |at| {
            Value::from(at.diagnostic.message(Language::English))
        }),
        Field::new("arguments", "参数", "The arguments of the message, joined by ||", FieldKind::Text, |at| {
            joined(&at.diagnostic.arguments, " || ")
        }),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
        Field::new("places", "全部位置", "Every place it speaks of, joined by ||", FieldKind::Text, |at| {
            let sheets = &at.document.disclosure.sheets;
            let places: Vec<_> = at.diagnostic.places.iter().map(|place| place.describe(sheets)).collect();
            joined(&places, " || ")
        }),
    ];
    type Row<'a> = DiagnosticRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = DiagnosticRow<'a>> + 'a> {
        let diagnostics = document.disclosure.diagnostics.iter().zip(1..);
        Box::new(diagnostics.map(move |(diagnostic, number)| DiagnosticRow { document, number, diagnostic }))
    }
}
