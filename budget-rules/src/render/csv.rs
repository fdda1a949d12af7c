//! Findings as CSV: one row for each figure that takes part in a finding.

use budget_model::Severity;

use crate::report::{Contribution, Finding, Part, Report};

const HEADER: &str = "finding,rule,severity,message_zh,message_en,check,check_rule,part,name,place,value,unit,weight,\
                      found,expected,difference,slack,suspect,fitting,fingerprint,silenced";

/// The findings of a report as CSV with a header row (RFC 4180, UTF-8).
///
/// A finding has one row for each figure of each of its checks, and one row if it has none. `suspect` is the rank of the
/// figure among those that may be wrong, `silenced` the reason why the finding does not count. Text that a spreadsheet would take for a formula has an apostrophe in front.
#[must_use]
pub fn to_csv(report: &Report, sheets: &[String]) -> String {
    let mut csv = format!("{HEADER}\r\n");
    for (index, finding) in report.findings.iter().enumerate() {
        let mut any = false;
        for (number, check) in finding.arithmetic.iter().enumerate() {
            for entry in &check.contributions {
                any = true;
                let suspect = finding.suspects.iter().position(|suspect| suspect.subject == entry.subject);
                let fitting = suspect.and_then(|rank| finding.suspects.get(rank)?.fitting);
                let mut row = head(index, finding);
                row.extend([(number + 1).to_string(), check.rule.clone()]);
                row.extend(figure(entry, sheets));
                row.extend([check.found, check.expected, check.difference, check.slack].map(|value| value.to_string()));
                // Where nothing says which of them is wrong, all are first.
                let rank = suspect.map(|rank| if finding.is_decided { rank + 1 } else { 1 });
                row.push(rank.map(|rank| rank.to_string()).unwrap_or_default());
                row.push(fitting.map(|fitting| fitting.to_string()).unwrap_or_default());
                row.extend(tail(finding));
                push(&mut csv, &row);
            }
        }
        if !any {
            let mut row = head(index, finding);
            let place = finding.places.first().map(|place| place.describe(sheets)).unwrap_or_default();
            row.extend(["", "", "", "", &place].map(str::to_owned));
            let tail = tail(finding);
            row.resize(HEADER.split(',').count() - tail.len(), String::new());
            row.extend(tail);
            push(&mut csv, &row);
        }
    }
    csv
}

fn head(index: usize, finding: &Finding) -> Vec<String> {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    vec![
        (index + 1).to_string(),
        finding.rule.clone(),
        severity.to_owned(),
        guarded(&finding.message.zh),
        guarded(&finding.message.en),
    ]
}

fn tail(finding: &Finding) -> [String; 2] {
    let silence = finding.silenced.as_ref();
    [finding.fingerprint.to_string(), silence.map(|silence| guarded(&silence.reason)).unwrap_or_default()]
}

fn figure(entry: &Contribution, sheets: &[String]) -> [String; 6] {
    let part = match entry.part {
        Part::Found => "found",
        Part::Part => "part",
        Part::Base => "base",
        Part::Factor => "factor",
    };
    [
        part.to_owned(),
        guarded(&entry.name),
        entry.place.describe(sheets),
        entry.value.to_string(),
        guarded(entry.unit.as_str()),
        entry.weight.normalize().to_string(),
    ]
}

/// Text that must arrive as text in a spreadsheet.
pub(crate) fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\'']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// Adds a row.
pub(crate) fn push(csv: &mut String, row: &[String]) {
    for (index, field) in row.iter().enumerate() {
        if index > 0 {
            csv.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            csv.push('"');
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(field);
        }
    }
    csv.push_str("\r\n");
}
