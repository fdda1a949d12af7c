//! `projects`: one record for each place that describes a project, or the work of the whole entity.

use budget_export::{FieldKind, Value};
use budget_model::{Label, PerformanceKind, PerformancePurpose, PerformanceTable, Place, Project, Unit};

use super::shared::{self, Of, in_yuan};
use crate::record::Record;
use crate::table::{Field, OfDocument, Table};

pub(crate) struct Projects;

pub(crate) struct ProjectRow<'a> {
    record: &'a Record<'a>,
    index: usize,
    from: From<'a>,
}

/// Where a project is described.
#[derive(Clone, Copy)]
enum From<'a> {
    Text(&'a Project),
    Performance(&'a PerformanceTable),
}

fn text<'a>(label: Option<&'a Label>) -> Value<'a> {
    label.map(|label| label.text.as_str()).into()
}

impl<'a> ProjectRow<'a> {
    fn of_text(&self, field: fn(&Project) -> Option<&Label>) -> Value<'a> {
        match self.from {
            From::Text(project) => text(field(project)),
            From::Performance(_) => Value::Null,
        }
    }

    fn of_table(&self, field: fn(&PerformanceTable) -> Option<&Label>) -> Value<'a> {
        match self.from {
            From::Text(_) => Value::Null,
            From::Performance(table) => text(field(table)),
        }
    }

    fn amount(&self) -> Option<(budget_model::Decimal, &'a Unit)> {
        match self.from {
            From::Text(project) => project.amount.as_ref().map(|amount| (amount.value, &amount.unit)),
            From::Performance(table) => table.total.map(|amount| (amount.value, &table.money_unit)),
        }
    }

    fn fiscal(&self) -> Option<(budget_model::Decimal, &'a Unit)> {
        match self.from {
            From::Text(_) => None,
            From::Performance(table) => table.fiscal.map(|amount| (amount.value, &table.money_unit)),
        }
    }
}

impl Of for ProjectRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        Some(match self.from {
            From::Text(project) => project.name.place,
            From::Performance(table) => table.title.place,
        })
    }
}

const ORIGINS: fn() -> Vec<String> =
    || ["text", "targets", "self-evaluation", "entity-targets", "entity-self-evaluation"].map(str::to_owned).into();

fn yuan<'a>(amount: Option<(budget_model::Decimal, &Unit)>) -> Value<'a> {
    amount.and_then(|(value, unit)| in_yuan(value, unit)).map(|yuan| yuan.normalize()).into()
}

impl Table for Projects {
    const NAME: &'static str = "projects";
    const TITLE: &'static str = "项目";
    const DESCRIPTION: &'static str = "One record for each place that describes a project: in the text, in a table of \
        performance targets, in a self-evaluation; and for each such table of the whole entity. One project may have several";
    const KEY: &'static [&'static str] = &["project_key"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("project_key", "编号", "Key of the record", FieldKind::Key, |row| {
            match row.from {
                From::Text(_) => row.record.text_project(row.index),
                From::Performance(_) => row.record.performance(row.index),
            }
            .into()
        }),
        shared::entity_id(),
        shared::entity(),
        shared::region(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::always(
            "origin",
            "来源",
            "Where it is described; entity-… is the whole entity and no project",
            FieldKind::Word(ORIGINS),
            |row| {
                match row.from {
                    From::Text(_) => "text",
                    From::Performance(table) => {
                        let is_of_entity = table.kind == PerformanceKind::Overall;
                        match (is_of_entity, table.purpose) {
                            (false, PerformancePurpose::SelfEvaluation) => "self-evaluation",
                            (false, _) => "targets",
                            (true, PerformancePurpose::SelfEvaluation) => "entity-self-evaluation",
                            (true, _) => "entity-targets",
                        }
                    }
                }
                .into()
            },
        ),
        Field::new("project", "项目名称", "Name of the project", FieldKind::Text, |row| match row.from {
            From::Text(project) => project.name.text.as_str().into(),
            From::Performance(table) => text(table.name.as_ref()),
        }),
        Field::new("budget_unit", "预算单位", "Unit that the table names", FieldKind::Text, |row| {
            row.of_table(|table| table.unit.as_ref())
        }),
        Field::new("amount", "金额", "Amount of the year, all money, in `unit`", FieldKind::Number, |row| {
            row.amount().map(|(value, _)| value).into()
        }),
        Field::new("fiscal", "财政拨款", "Appropriation in it, in `unit`", FieldKind::Number, |row| {
            row.fiscal().map(|(value, _)| value).into()
        }),
        Field::new("unit", "单位", "Unit of the amounts", FieldKind::Text, |row| {
            row.amount().or(row.fiscal()).map(|(_, unit)| unit.as_str()).into()
        }),
        Field::new("amount_yuan", "金额（元）", "The amount in yuan", FieldKind::Number, |row| yuan(row.amount())),
        Field::new("fiscal_yuan", "财政拨款（元）", "The appropriation in yuan", FieldKind::Number, |row| {
            yuan(row.fiscal())
        }),
        Field::new(
            "responsible_unit",
            "承担单位",
            "Unit that carries it out, or department in charge",
            FieldKind::Text,
            |row| match row.from {
                From::Text(project) => text(project.unit_in_charge.as_ref()),
                From::Performance(table) => text(table.department.as_ref()),
            },
        ),
        Field::new("policy_basis", "政策依据", "Policy that the project rests on", FieldKind::Text, |row| {
            row.of_text(|project| project.policy_basis.as_ref())
        }),
        Field::new("allocation", "资金分配情况", "How the money is divided", FieldKind::Text, |row| {
            row.of_text(|project| project.allocation.as_ref())
        }),
        Field::new("period", "执行时间", "When the money is spent", FieldKind::Text, |row| {
            row.of_text(|project| project.period.as_ref())
        }),
        Field::new("goal", "绩效目标", "The goal in words", FieldKind::Text, |row| {
            row.of_table(|table| table.goal.as_ref())
        }),
        Field::new("achievement", "完成情况", "What became of the goal", FieldKind::Text, |row| {
            row.of_table(|table| table.achievement.as_ref())
        }),
        Field::new("score", "总得分", "Score in all of a self-evaluation", FieldKind::Number, |row| {
            match row.from {
                From::Text(_) => Value::Null,
                From::Performance(table) => table.score.map(|score| score.value).into(),
            }
        }),
        Field::new(
            "further",
            "其他栏目",
            "What the form prints besides, a line each: its caption, `：`, its text",
            FieldKind::Text,
            |row| {
                let lines: Vec<_> = match row.from {
                    From::Text(project) => {
                        let line = |field: &budget_model::Field| format!("{}：{}", field.label, field.value.text);
                        project.further.iter().map(line).collect()
                    }
                    From::Performance(table) => {
                        table.details.iter().map(|detail| format!("{}：{}", detail.caption, detail.text.text)).collect()
                    }
                };
                lines.join("\n").into()
            },
        ),
        shared::page(),
        shared::line(),
        shared::across(),
        shared::sheet(),
        shared::place(),
    ];
    type Row<'a> = ProjectRow<'a>;
}

impl OfDocument for Projects {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(ProjectRow<'a>)) {
        for (index, project) in record.disclosure.projects.iter().enumerate() {
            add(ProjectRow { record, index, from: From::Text(project) });
        }
        for (index, table) in record.disclosure.performance.iter().enumerate() {
            add(ProjectRow { record, index, from: From::Performance(table) });
        }
    }
}
