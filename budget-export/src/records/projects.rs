//! `projects.csv`: one record per numbered project of the text.

use budget_model::{Place, Project};

use super::{Field, FieldKind, Located, Resource, Value, joined, label, shared};
use crate::document::Entry;

pub(crate) struct Projects;

pub(crate) struct ProjectRow<'a> {
    document: Entry<'a>,
    /// Order in the document; the printed number may repeat.
    order: usize,
    project: &'a Project,
}

impl Located for ProjectRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        Some(self.project.name.place)
    }
}

impl Resource for Projects {
    const NAME: &'static str = "projects";
    const SHEET: &'static str = "项目";
    const DESCRIPTION: &'static str = "One record per project described in the text";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("project", "编号", "Key of the record", FieldKind::Key, |at| {
            Value::from(format!("{}:p{}", at.document.info.id(), at.order))
        }),
        shared::doc(),
        Field::new("no", "序号", "Printed number", FieldKind::Integer, |at| Value::from(at.project.number)),
        Field::new("name", "项目名称", "Name of the project", FieldKind::Text, |at| {
            Value::from(&at.project.name.text)
        }),
        Field::new("policy_basis", "设立的政策依据", "Policy it rests on", FieldKind::Text, |at| {
            label(at.project.policy_basis.as_ref())
        }),
        Field::new("amount", "预算安排规模", "Amount", FieldKind::Number, |at| {
            Value::from(at.project.amount.as_ref().map(|amount| amount.value))
        }),
        Field::new("unit_in_charge", "项目承担单位", "Unit that carries it out", FieldKind::Text, |at| {
            label(at.project.unit_in_charge.as_ref())
        }),
        Field::new("allocation", "资金分配情况", "How the money is divided", FieldKind::Text, |at| {
            label(at.project.allocation.as_ref())
        }),
        Field::new("period", "资金执行时间", "When the money is spent", FieldKind::Text, |at| {
            label(at.project.period.as_ref())
        }),
        Field::new("extra", "其他", "Further fields, label=text joined by ||", FieldKind::Text, |at| {
            let fields = at.project.further.iter().map(|field| format!("{}={}", field.label, field.value.text));
            joined(&fields.collect::<Vec<_>>(), " || ")
        }),
        Field::new("amount_unit", "单位", "Unit of the amount", FieldKind::Text, |at| {
            Value::from(at.project.amount.as_ref().map(|amount| amount.unit.as_str()))
        }),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
    ];
    type Row<'a> = ProjectRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = ProjectRow<'a>> + 'a> {
        let projects = document.disclosure.projects.iter().zip(1..);
        Box::new(projects.map(move |(project, order)| ProjectRow { document, order, project }))
    }
}
