//! The reference of all rules, made from what the rules say about themselves.

use std::fmt::Write;

use budget_model::{Severity, Stage};

use crate::rules::RULES;

/// The reference in Markdown, as it stands in `docs/rules.md`.
#[must_use]
pub fn reference() -> String {
    let mut page = String::from(
        "# Rules\n\nGenerated from the rules (`cargo run -p budget-rules --example rules`); do not edit.\n\n\
         Nothing is concluded from tables that nobody knows (kind `other`), from columns of unknown meaning, and from figures of \
         another year or phase than the budget of the year: 上年数、增减额、执行数 are compared with no budget.\n\n\
         | id | severity | 问题 | defect |\n| --- | --- | --- | --- |\n",
    );
    for rule in RULES.iter().map(|rule| rule.describe()) {
        let (id, severity) = (rule.id, severity(rule.severity));
        let _ = writeln!(page, "| [{id}](#{id}) | {severity} | {} | {} |", rule.title.zh, rule.title.en);
    }
    for (rule, of_budgets) in RULES.iter().map(|rule| (rule.describe(), !rule.holds_in(Stage::Final))) {
        let message = rule.example_message();
        let _ = write!(
            page,
            "\n## {}\n\n**{}** {}{}\n\n{}\n\n{}\n\nExample: {} — {}\n\nMessage: {} — {}\n",
            rule.id,
            severity(rule.severity),
            rule.title.en,
            if of_budgets { " (budgets only 只适用于预算)" } else { "" },
            rule.explanation.zh,
            rule.explanation.en,
            rule.example.zh,
            rule.example.en,
            message.zh,
            message.en
        );
    }
    page
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
