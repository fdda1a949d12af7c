//! What was checked, what was not and why; what was not read.

use budget_model::{Diagnostic, Disclosure};
use budget_rules::{RuleReport, Sums};
use serde::Serialize;

use crate::findings::Checked;
use crate::words::Words;

/// Entries of a list that are shown.
const MOST: usize = 200;

/// What one rule did.
#[derive(Clone, Debug, Serialize)]
struct RuleView {
    id: String,
    title: String,
    checked: u32,
    violated: u32,
    undecided: u32,
    reasons: Vec<String>,
}

/// The checks of a document.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ChecksView {
    rules: Vec<RuleView>,
    checked: u32,
    undecided: u32,
    sums: [u32; 3],
    silenced: Vec<(String, String)>,
    last_year: Option<String>,
}

impl ChecksView {
    pub(crate) fn of(checked: &Checked<'_>, words: Words) -> Self {
        let report = checked.report;
        let Sums { established, contradicted, open } = report.sums;
        let silenced = report.silenced();
        let silenced = silenced.map(|(finding, why)| (finding.message(words.language).to_owned(), why.reason.clone()));
        Self {
            rules: report.rules.iter().map(|rule| Self::rule(rule, checked, words)).collect(),
            checked: report.checked(),
            undecided: report.undecided(),
            sums: [established, contradicted, open],
            silenced: silenced.take(MOST).collect(),
            last_year: checked.last_year.map(|info| info.file().to_owned()),
        }
    }

    fn rule(rule: &RuleReport, checked: &Checked<'_>, words: Words) -> RuleView {
        let title = checked.rule(&rule.rule).map(|rule| rule.title.in_language(words.language).to_owned());
        let said = [("not_applicable", &rule.not_applicable), ("blocked", &rule.blocked)];
        let reasons = said.into_iter().flat_map(|(word, reasons)| {
            let reasons = reasons.iter().map(move |reason| reason.in_language(words.language));
            reasons.map(move |reason| format!("{}{reason}", words.of(word)))
        });
        RuleView {
            id: rule.rule.clone(),
            title: title.unwrap_or_default(),
            checked: rule.checked,
            violated: rule.violated,
            undecided: rule.undecided,
            reasons: reasons.collect(),
        }
    }
}

/// A remark of reading.
#[derive(Clone, Debug, Serialize)]
struct RemarkView {
    severity: &'static str,
    severity_name: &'static str,
    message: String,
    place: String,
}

/// How much of a document was read.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReadView {
    numbers: u64,
    numbers_read: u64,
    share: String,
    remarks: Vec<RemarkView>,
    more_remarks: usize,
    unread: Vec<(String, String)>,
    more_unread: usize,
    unread_pages: Vec<u32>,
    hidden: Vec<(String, String)>,
    more_hidden: usize,
}

impl ReadView {
    pub(crate) fn of(disclosure: &Disclosure, words: Words) -> Self {
        let ledger = &disclosure.ledger;
        let remark = |diagnostic: &Diagnostic| {
            let severity = diagnostic.code.severity();
            let place = diagnostic.places.first().map(|place| place.describe(&disclosure.sheets));
            RemarkView {
                severity: severity.as_str(),
                severity_name: severity.name(words.language),
                message: diagnostic.message(words.language),
                place: place.unwrap_or_default(),
            }
        };
        let mut remarks: Vec<&Diagnostic> = disclosure.diagnostics.iter().collect();
        remarks.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.code.severity()));
        let unread = ledger.unread.iter().map(|label| (label.place.describe(&disclosure.sheets), label.text.clone()));
        let hidden = disclosure.hidden_text.iter();
        let hidden = hidden.map(|hidden| (hidden.place.describe(&disclosure.sheets), hidden.text.clone()));
        Self {
            numbers: ledger.numbers,
            numbers_read: ledger.numbers_read,
            share: crate::shown::percent(ledger.numbers_read.into(), ledger.numbers.into()),
            more_remarks: remarks.len().saturating_sub(MOST),
            remarks: remarks.into_iter().take(MOST).map(remark).collect(),
            unread: unread.take(MOST).collect(),
            more_unread: ledger.unread.len().saturating_sub(MOST),
            unread_pages: disclosure.unread_pages.iter().map(|page| page.page).collect(),
            hidden: hidden.take(MOST).collect(),
            more_hidden: disclosure.hidden_text.len().saturating_sub(MOST),
        }
    }
}
