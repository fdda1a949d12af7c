//! `projects.csv`: one record per numbered project of the text.

use budget_model::{Place, Project};

use super::{Field, Kind, Located, Resource, label, shared, show, show_some, text};
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
        Field::new("project", "编号", "Key of the record", Kind::Key, |at, out| {
            show(out, format_args!("{}:p{}", at.document.info.id(), at.order));
        }),
        shared::doc(),
        Field::new("no", "序号", "Printed number", Kind::Integer, |at, out| show(out, at.project.number)),
        Field::new("name", "项目名称", "Name of the project", Kind::Text, |at, out| {
            out.push_str(&at.project.name.text);
        }),
        Field::new("policy_basis", "设立的政策依据", "Policy it rests on", Kind::Text, |at, out| {
            label(out, at.project.policy_basis.as_ref());
        }),
        Field::new("amount", "预算安排规模", "Amount", Kind::Number, |at, out| {
            show_some(out, at.project.amount.as_ref().map(|amount| amount.value));
        }),
        Field::new("unit_in_charge", "项目承担单位", "Unit that carries it out", Kind::Text, |at, out| {
            label(out, at.project.unit_in_charge.as_ref());
        }),
        Field::new("allocation", "资金分配情况", "How the money is divided", Kind::Text, |at, out| {
            label(out, at.project.allocation.as_ref());
        }),
        Field::new("period", "资金执行时间", "When the money is spent", Kind::Text, |at, out| {
            label(out, at.project.period.as_ref());
        }),
        Field::new("extra", "其他", "Further fields, label=text joined by ||", Kind::Text, |at, out| {
            for (index, field) in at.project.further.iter().enumerate() {
                let separator = if index > 0 { " || " } else { "" };
                show(out, format_args!("{separator}{}={}", field.label, field.value.text));
            }
        }),
        Field::new("amount_unit", "单位", "Unit of the amount", Kind::Text, |at, out| {
            text(out, at.project.amount.as_ref().map(|amount| amount.unit.as_str()));
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
