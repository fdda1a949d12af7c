//! `texts.csv`: everything said in words that no other record holds, passage by passage.

use budget_model::{Disclosure, Label, Place};

use super::{Field, FieldKind, Located, Resource, Value, shared};
use crate::document::Entry;

pub(crate) struct Passages;

pub(crate) struct PassageRow<'a> {
    document: Entry<'a>,
    number: usize,
    passage: Passage<'a>,
}

/// A text, what it is, and what it belongs to.
struct Passage<'a> {
    kind: &'static str,
    of: String,
    label: &'a Label,
}

impl Located for PassageRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        Some(self.passage.label.place)
    }
}

const KINDS: [&str; 15] = [
    "table_number",
    "table_title",
    "table_compiler",
    "table_empty",
    "table_note",
    "heading",
    "paragraph",
    "function",
    "subordinate_unit",
    "division",
    "term",
    "definition",
    "sign_off_name",
    "sign_off_date",
    "unread",
];

fn passages(disclosure: &Disclosure) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    let mut add = |kind, of: &str, label| passages.push(Passage { kind, of: of.to_owned(), label });
    for (table, number) in disclosure.tables.iter().zip(1..) {
        let of = i32::to_string(&number);
        table.number.iter().for_each(|label| add("table_number", &of, label));
        add("table_title", &of, &table.title);
        table.compiler.iter().for_each(|label| add("table_compiler", &of, label));
        table.declared_empty.iter().for_each(|label| add("table_empty", &of, label));
        table.notes.iter().for_each(|label| add("table_note", &of, label));
    }
    for section in &disclosure.sections {
        add("heading", &section.path, &section.heading);
        section.paragraphs.iter().for_each(|label| add("paragraph", &section.path, label));
    }
    let organisation = &disclosure.organisation;
    organisation.functions.iter().for_each(|label| add("function", "", label));
    organisation.subordinate_units.iter().for_each(|label| add("subordinate_unit", "", label));
    organisation.divisions.iter().for_each(|label| add("division", "", label));
    for term in &disclosure.glossary {
        add("term", "", &term.term);
        add("definition", &term.term.text, &term.definition);
    }
    if let Some(sign_off) = &disclosure.sign_off {
        sign_off.name.iter().for_each(|label| add("sign_off_name", "", label));
        sign_off.date.iter().for_each(|label| add("sign_off_date", "", label));
    }
    disclosure.ledger.unread.iter().for_each(|label| add("unread", "", label));
    passages
}

impl Resource for Passages {
    const NAME: &'static str = "texts";
    const SHEET: &'static str = "文字";
    const DESCRIPTION: &'static str = "One record per heading, paragraph, note, definition and piece of unread text";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("text_key", "编号", "Key of the record", FieldKind::Key, |at| {
            Value::from(format!("{}:x{}", at.document.info.id(), at.number))
        }),
        shared::doc(),
        Field::new("kind", "类别", "What the text is", FieldKind::Word(|| KINDS.map(str::to_owned).into()), |at| {
            Value::from(at.passage.kind)
        }),
        Field::new("of", "所属", "Order of its table, path of its section, or its term", FieldKind::Text, |at| {
            Value::from(&at.passage.of)
        }),
        Field::new("text", "文字", "The text", FieldKind::Text, |at| Value::from(&at.passage.label.text)),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
    ];
    type Row<'a> = PassageRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = PassageRow<'a>> + 'a> {
        let passages = passages(document.disclosure).into_iter().zip(1..);
        Box::new(passages.map(move |(passage, number)| PassageRow { document, number, passage }))
    }
}
