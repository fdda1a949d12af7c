//! The numbered projects of the text (项目支出情况说明): labelled fields, one paragraph each.

use budget_model::{Diagnostic, DiagnosticCode, Field, Label, Project, StatedAmount};

use super::blocks::{Block, field};
use super::grammar::{Token, tokens};
use super::prose::Prose;
use super::vocabulary::{EXPECTED_FIELDS, FIELD_LABELS, ProjectField, name_label};

/// A field as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PrintedField<'t> {
    pub(super) kind: ProjectField,
    pub(super) label: &'t str,
    pub(super) value: &'t str,
    /// Offset of the value in the prose.
    pub(super) start: usize,
}

/// The name of the project that a block opens: its text and offset.
pub(super) fn opened<'t>(block: &Block<'t>) -> Option<(&'t str, usize)> {
    let (label, value) = field(block.text)?;
    (label == name_label()).then_some((value, block.start + block.text.len() - value.len()))
}

/// The labelled field that a block is.
pub(super) fn labelled<'t>(block: &Block<'t>) -> Option<PrintedField<'t>> {
    // A paragraph with an ordinal belongs to the field before it.
    let (label, value) = field(block.text).filter(|_| block.ordinal.is_none())?;
    let known = FIELD_LABELS.find(label).map(|(_, kind)| *kind);
    let kind = known.unwrap_or(ProjectField::Further);
    Some(PrintedField { kind, label, value, start: block.start + block.text.len() - value.len() })
}

/// A project without fields.
pub(super) fn project(number: u32, name: Label) -> Project {
    Project {
        number,
        name,
        policy_basis: None,
        amount: None,
        unit_in_charge: None,
        allocation: None,
        period: None,
        further: Vec::new(),
    }
}

/// Puts a field into its place in the project; a field whose place is taken is kept among the further ones.
pub(super) fn fill(project: &mut Project, printed: &PrintedField<'_>, prose: &Prose<'_>) {
    let label = prose.label(printed.start, printed.value);
    if printed.kind == ProjectField::Amount
        && project.amount.is_none()
        && let Some(amount) = stated_amount(printed, prose)
    {
        project.amount = Some(amount);
        return;
    }
    let slot = match printed.kind {
        ProjectField::PolicyBasis => Some(&mut project.policy_basis),
        ProjectField::UnitInCharge => Some(&mut project.unit_in_charge),
        ProjectField::Allocation => Some(&mut project.allocation),
        ProjectField::Period => Some(&mut project.period),
        ProjectField::Amount | ProjectField::Further => None,
    };
    match slot {
        Some(slot @ None) => *slot = Some(label),
        _ => project.further.push(Field { label: printed.label.to_owned(), value: label }),
    }
}

/// The amount that a field consists of; `None` if the field says anything else as well.
fn stated_amount(printed: &PrintedField<'_>, prose: &Prose<'_>) -> Option<StatedAmount> {
    let tokens = tokens(printed.value);
    let (first, rest) = tokens.split_first()?;
    let Token::Figure(figure) = &first.token else { return None };
    let unit = figure.model_unit().filter(|unit| unit.in_yuan().is_some())?;
    let ends = rest.iter().all(|token| matches!(token.token, Token::Mark('。' | '；' | '，')));
    ends.then(|| StatedAmount { value: figure.value, unit, place: prose.place(printed.start + first.start) })
}

/// Adds a paragraph without a label to the field before it.
pub(super) fn extend(project: &mut Project, last: Option<ProjectField>, text: &str) -> bool {
    let slot = match last {
        None => Some(&mut project.name),
        Some(ProjectField::PolicyBasis) => project.policy_basis.as_mut(),
        Some(ProjectField::UnitInCharge) => project.unit_in_charge.as_mut(),
        Some(ProjectField::Allocation) => project.allocation.as_mut(),
        Some(ProjectField::Period) => project.period.as_mut(),
        Some(ProjectField::Further) => project.further.last_mut().map(|field| &mut field.value),
        Some(ProjectField::Amount) => None,
    };
    let found = slot.is_some();
    if let Some(label) = slot {
        label.text.push_str(text);
    }
    found
}

/// What a project lacks.
pub(super) fn missing(project: &Project) -> impl Iterator<Item = Diagnostic> + '_ {
    let lacks = |field: ProjectField| match field {
        ProjectField::PolicyBasis => project.policy_basis.is_none(),
        ProjectField::Amount => project.amount.is_none(),
        ProjectField::UnitInCharge => project.unit_in_charge.is_none(),
        ProjectField::Allocation => project.allocation.is_none(),
        ProjectField::Period => project.period.is_none(),
        ProjectField::Further => false,
    };
    EXPECTED_FIELDS.iter().filter(move |(_, field)| lacks(*field)).map(|(label, _)| {
        Diagnostic::new(DiagnosticCode::ProjectFieldMissing, [project.name.text.as_str(), label]).at(project.name.place)
    })
}

#[cfg(test)]
mod tests {
    use budget_model::DiagnosticCode;

    use super::super::testing::read_prose;

    const HEAD: &str = "第三部分 2025年部门预算情况说明\n七、关于云溪县文化馆 2025年一般公共预算项目支出情况说明\n";

    fn text(label: &Option<budget_model::Label>) -> &str {
        label.as_ref().map_or("", |label| &label.text)
    }

    #[test]
    fn a_project_has_its_fields_whatever_the_numbering() {
        for (first, second) in [("（一）", "（二）"), ("1.", "2."), ("", "")] {
            let disclosure = read_prose(&format!(
                "{HEAD}{first}项目名称：乡村文化活动专项资金，用于支持乡镇和村组织群众开展文
化活动
设立的政策依据：设立的政策依据：云财教〔2024〕12号文件关于下达文化活动专项资
金的通知。
预算安排规模：1,200.50万元
项目承担单位：云溪县文化馆
资金分配情况：演出费 1,000.00万元；场地费 200.50万元。
资金执行时间：2025年1月-12月
补贴人数：≥300人
{second}项目名称：免费开放补助
预算安排规模：3万元
"
            ));
            let project = &disclosure.projects[0];
            assert_eq!(project.name.text, "乡村文化活动专项资金，用于支持乡镇和村组织群众开展文化活动");
            assert_eq!(
                text(&project.policy_basis),
                "设立的政策依据：云财教〔2024〕12号文件关于下达文化活动专项资金的通知。"
            );
            assert_eq!(project.amount.as_ref().unwrap().value.to_string(), "1200.50");
            assert_eq!(text(&project.unit_in_charge), "云溪县文化馆");
            assert_eq!(text(&project.allocation), "演出费1,000.00万元；场地费200.50万元。");
            assert_eq!(text(&project.period), "2025年1月-12月");
            assert_eq!(project.further[0].label, "补贴人数");
            assert_eq!(disclosure.projects[1].number, 2);
            let values: Vec<_> = disclosure.facts.iter().map(|fact| fact.value.to_string()).collect();
            assert_eq!(values, ["1200.50", "1000.00", "200.50", "300", "3"]);
            let missing: Vec<_> = disclosure
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.code == DiagnosticCode::ProjectFieldMissing)
                .map(|diagnostic| diagnostic.arguments[1].as_str())
                .collect();
            assert_eq!(missing, ["设立的政策依据", "项目承担单位", "资金分配情况", "资金执行时间"]);
        }
    }

    #[test]
    fn an_amount_that_says_more_is_kept_as_a_field_with_its_figures() {
        let disclosure =
            read_prose(&format!("{HEAD}（一）项目名称：展览\n预算安排规模：5.00万元，其中：上年结转 1.00万元\n"));
        let project = &disclosure.projects[0];
        assert_eq!(project.amount, None);
        assert_eq!(project.further[0].value.text, "5.00万元，其中：上年结转1.00万元");
        assert_eq!(disclosure.facts.len(), 2);
    }
}
