//! `findings`: what does not agree in a document, and what was unusual in reading it; `finding_figures`: the figures that a
//! finding speaks of.

use budget_export::{FieldKind, Reference, Value};
use budget_model::{Decimal, Diagnostic, Language, Place, Severity};
use budget_rules::{Defect, Finding, Part, Subject};

use super::shared::{self, Of, words};
use crate::record::{Record, Target};
use crate::table::{Field, OF_DOCUMENT, OfDocument, Table};

pub(crate) struct Findings;

pub(crate) struct FindingRow<'a> {
    record: &'a Record<'a>,
    /// From 1, among those of its origin.
    number: usize,
    what: What<'a>,
}

#[derive(Clone, Copy)]
enum What<'a> {
    /// A rule found it.
    Check(&'a Finding),
    /// The reader said it.
    Reading(&'a Diagnostic),
}

impl<'a> FindingRow<'a> {
    fn check(&self) -> Option<&'a Finding> {
        match self.what {
            What::Check(finding) => Some(finding),
            What::Reading(_) => None,
        }
    }

    /// The figure that is likeliest wrong, else the first that takes part.
    fn target(&self) -> Option<Target> {
        let finding = self.check()?;
        Some(self.record.target(subjects(finding).next()?))
    }

    fn message(&self, language: Language) -> Value<'a> {
        match self.what {
            What::Check(finding) => finding.message(language).into(),
            What::Reading(diagnostic) => diagnostic.message(language).into(),
        }
    }

    fn shown(&self, of: fn(&budget_rules::Arithmetic) -> Decimal) -> Value<'a> {
        self.check().and_then(|finding| finding.arithmetic.first()).map(of).into()
    }
}

fn finding_key(record: &Record<'_>, number: usize) -> String {
    format!("{}:n{number}", record.key)
}

/// Every figure that a finding speaks of, the suspects first.
fn subjects(finding: &Finding) -> impl Iterator<Item = Subject> {
    let suspects = finding.suspects.iter().map(|suspect| suspect.subject);
    let parts = finding.arithmetic.iter().flat_map(|check| &check.contributions).map(|part| part.subject);
    suspects.chain(parts)
}

impl Of for FindingRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        match self.what {
            What::Check(finding) => finding.places.first().copied(),
            What::Reading(diagnostic) => diagnostic.places.first().copied(),
        }
    }
}

const ORIGINS: fn() -> Vec<String> = || ["check", "reading"].map(str::to_owned).into();
const SEVERITIES: fn() -> Vec<String> = || words(Severity::ALL, Severity::as_str);

/// A record that a finding may speak of, if it speaks of one of this kind.
macro_rules! target {
    ($name:literal, $title:literal, $description:literal, $kind:ident) => {
        Field::new($name, $title, $description, FieldKind::Text, |row| match row.target() {
            Some(Target::$kind(key)) => key.into(),
            _ => Value::Null,
        })
    };
}

impl Table for Findings {
    const NAME: &'static str = "findings";
    const TITLE: &'static str = "问题";
    const DESCRIPTION: &'static str = "One record for each thing that does not agree in a document (check), or that was \
        unusual in reading it (reading). At most one of cell, statement, project_key and indicator is set: the figure that is \
        likeliest wrong, else the first that takes part";
    const KEY: &'static [&'static str] = &["finding"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("finding", "编号", "Key of the record", FieldKind::Key, |row| match row.what {
            What::Check(_) => finding_key(row.record, row.number).into(),
            What::Reading(_) => format!("{}:g{}", row.record.key, row.number).into(),
        }),
        shared::entity_id(),
        shared::entity(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::always("origin", "来源", "Found by a rule, or said in reading", FieldKind::Word(ORIGINS), |row| {
            match row.what {
                What::Check(_) => "check",
                What::Reading(_) => "reading",
            }
            .into()
        }),
        Field::always("rule", "规则", "Id of the rule, or code of the remark", FieldKind::Text, |row| {
            match row.what {
                What::Check(finding) => finding.rule.as_str().into(),
                What::Reading(diagnostic) => diagnostic.code.as_str().into(),
            }
        }),
        Field::always("severity", "程度", "How serious it is", FieldKind::Word(SEVERITIES), |row| {
            match row.what {
                What::Check(finding) => finding.severity,
                What::Reading(diagnostic) => diagnostic.code.severity(),
            }
            .as_str()
            .into()
        }),
        Field::new(
            "fingerprint",
            "指纹",
            "Number by which the finding is known again in another version of the file",
            FieldKind::Text,
            |row| row.check().map(|finding| finding.fingerprint.to_string()).into(),
        ),
        Field::new("message_zh", "说明", "The message in Chinese", FieldKind::Text, |row| {
            row.message(Language::Chinese)
        }),
        Field::new("message_en", "英文说明", "The message in English", FieldKind::Text, |row| {
            row.message(Language::English)
        }),
        Field::new(
            "defect",
            "差错类型",
            "What happened to the figure, where the numbers show it",
            FieldKind::Text,
            |row| row.check().and_then(|finding| finding.defect).map(Defect::as_str).into(),
        ),
        Field::new(
            "is_decided",
            "可判定",
            "Whether the checks say which figure is likeliest wrong",
            FieldKind::Flag,
            |row| row.check().map(|finding| finding.is_decided).into(),
        ),
        Field::new(
            "expected",
            "应为",
            "What the figure should be, in the unit of the check",
            FieldKind::Number,
            |row| row.shown(budget_rules::Arithmetic::expected_shown),
        ),
        Field::new("found", "实为", "What it is", FieldKind::Number, |row| row.shown(|check| check.found)),
        Field::new("difference", "相差", "Found less expected", FieldKind::Number, |row| {
            row.shown(budget_rules::Arithmetic::difference_shown)
        }),
        target!("cell", "单元格", "The figure of a table that it speaks of", Cell),
        target!("statement", "文字中的数字", "The figure of the text that it speaks of", Statement),
        target!("project_key", "项目编号", "The project that it speaks of", Project),
        target!("indicator", "指标编号", "The indicator that it speaks of", Indicator),
        shared::page(),
        shared::line(),
        shared::across(),
        shared::sheet(),
        shared::place(),
    ];
    type Row<'a> = FindingRow<'a>;
}

impl OfDocument for Findings {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(FindingRow<'a>)) {
        for (number, finding) in (1..).zip(record.report.open()) {
            add(FindingRow { record, number, what: What::Check(finding) });
        }
        for (number, diagnostic) in (1..).zip(&record.disclosure.diagnostics) {
            add(FindingRow { record, number, what: What::Reading(diagnostic) });
        }
    }
}

pub(crate) struct FindingFigures;

pub(crate) struct FindingFigureRow<'a> {
    record: &'a Record<'a>,
    finding: usize,
    /// From 1.
    number: usize,
    finding_of: &'a Finding,
    subject: Subject,
}

impl<'a> FindingFigureRow<'a> {
    fn part(&self) -> Option<&'a budget_rules::Contribution> {
        let parts = self.finding_of.arithmetic.iter().flat_map(|check| &check.contributions);
        let subject = self.subject;
        parts.into_iter().find(|part| part.subject == subject)
    }

    fn suspect(&self) -> Option<(usize, &'a budget_rules::Suspect)> {
        (1..).zip(&self.finding_of.suspects).find(|(_, suspect)| suspect.subject == self.subject)
    }

    fn target(&self) -> Target {
        self.record.target(self.subject)
    }
}

impl Of for FindingFigureRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        self.suspect().map(|(_, suspect)| suspect.place).or_else(|| self.part().map(|part| part.place))
    }
}

const PARTS: fn() -> Vec<String> = || ["found", "part", "base", "factor"].map(str::to_owned).into();

macro_rules! figure_target {
    ($name:literal, $title:literal, $description:literal, $kind:ident) => {
        Field::new($name, $title, $description, FieldKind::Text, |row| match row.target() {
            Target::$kind(key) => key.into(),
            _ => Value::Null,
        })
    };
}

impl Table for FindingFigures {
    const NAME: &'static str = "finding_figures";
    const TITLE: &'static str = "问题涉及的数字";
    const DESCRIPTION: &'static str = "One record for each finding and each figure that takes part in it. At most one of \
        cell, statement, project_key and indicator is set; none if the figure stands in another document";
    const KEY: &'static [&'static str] = &["finding", "figure_no"];
    const REFERENCES: &'static [Reference] =
        &[OF_DOCUMENT, Reference { fields: &["finding"], table: "findings", to: &["finding"] }];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("finding", "问题编号", "The finding", FieldKind::Key, |row| {
            finding_key(row.record, row.finding).into()
        }),
        Field::always(
            "figure_no",
            "序号",
            "Order in the finding, the likeliest wrong first",
            FieldKind::Integer,
            |row| row.number.into(),
        ),
        Field::new(
            "part",
            "作用",
            "Stated side, part of a sum, base of a share, or factor",
            FieldKind::Word(PARTS),
            |row| {
                row.part()
                    .map(|part| match part.part {
                        Part::Found => "found",
                        Part::Part => "part",
                        Part::Base => "base",
                        Part::Factor => "factor",
                    })
                    .into()
            },
        ),
        Field::new(
            "suspect_rank",
            "可疑次序",
            "Rank among the figures that may be wrong, from 1; null for the others",
            FieldKind::Integer,
            |row| row.suspect().map(|(rank, _)| rank).into(),
        ),
        Field::new("value", "数值", "The number as printed", FieldKind::Number, |row| {
            let value = row.suspect().map(|(_, suspect)| suspect.value);
            value.or_else(|| row.part().map(|part| part.value)).into()
        }),
        Field::new("fitting", "相符数值", "The number with which the checks would hold", FieldKind::Number, |row| {
            row.suspect().and_then(|(_, suspect)| suspect.fitting).into()
        }),
        Field::new("unit", "单位", "Unit of the number", FieldKind::Text, |row| {
            row.part().map(|part| part.unit.as_str()).into()
        }),
        Field::new("figure_name", "名称", "Its name in the words of the document", FieldKind::Text, |row| {
            let name = row.suspect().map(|(_, suspect)| suspect.name.as_str());
            name.or_else(|| row.part().map(|part| part.name.as_str())).into()
        }),
        figure_target!("cell", "单元格", "The figure of a table", Cell),
        figure_target!("statement", "文字中的数字", "The figure of the text", Statement),
        figure_target!("project_key", "项目编号", "The project", Project),
        figure_target!("indicator", "指标编号", "The indicator", Indicator),
        shared::page(),
        shared::place(),
    ];
    type Row<'a> = FindingFigureRow<'a>;
}

impl OfDocument for FindingFigures {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(FindingFigureRow<'a>)) {
        for (finding, finding_of) in (1..).zip(record.report.open()) {
            let mut seen = std::collections::HashSet::new();
            let distinct = subjects(finding_of).filter(|subject| seen.insert(*subject));
            for (number, subject) in (1..).zip(distinct) {
                add(FindingFigureRow { record, finding, number, finding_of, subject });
            }
        }
    }
}
