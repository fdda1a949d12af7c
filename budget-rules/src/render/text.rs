//! A report for people.

use std::fmt;

use budget_model::{Decimal, Language, Place, Severity};
use unicode_width::UnicodeWidthStr;

use crate::check::Relation;
use crate::figure::Subject;
use crate::report::{Arithmetic, Contribution, Finding, Form, Part, Report};

/// A report as text, ready to be displayed.
///
/// ```
/// use budget_model::{Disclosure, Language};
/// use budget_rules::{Checker, TextReport};
///
/// let report = Checker::new().check(&Disclosure::default());
/// let text = TextReport::new(&report).language(Language::English).to_string();
/// assert!(text.contains("no findings"));
/// ```
pub struct TextReport<'a> {
    report: &'a Report,
    language: Language,
    lines: Option<&'a dyn Fn(Place) -> Option<String>>,
    sheets: &'a [String],
    rounding: bool,
    rules: bool,
}

impl fmt::Debug for TextReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextReport")
            .field("report", &self.report)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl<'a> TextReport<'a> {
    /// The findings of a report in Chinese.
    #[must_use]
    pub fn new(report: &'a Report) -> Self {
        Self { report, language: Language::Chinese, lines: None, sheets: &[], rounding: false, rules: false }
    }

    /// In another language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// With the line of the source under each finding, as `lines` gives it.
    #[must_use]
    pub fn lines(mut self, lines: &'a dyn Fn(Place) -> Option<String>) -> Self {
        self.lines = Some(lines);
        self
    }

    /// With these names of sheets in places.
    #[must_use]
    pub fn sheets(mut self, sheets: &'a [String]) -> Self {
        self.sheets = sheets;
        self
    }

    /// With the differences that rounding explains, if the report has them
    /// ([`Checker::with_rounding`](crate::Checker::with_rounding)).
    #[must_use]
    pub fn with_rounding(mut self) -> Self {
        self.rounding = true;
        self
    }

    /// With what each rule checked.
    #[must_use]
    pub fn with_rules(mut self) -> Self {
        self.rules = true;
        self
    }

    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    fn finding(&self, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
        let severity = match finding.severity {
            Severity::Error => self.say("错误", "error"),
            Severity::Warning => self.say("警告", "warning"),
            Severity::Info => self.say("提示", "info"),
        };
        writeln!(f, "{severity}[{}] {}", finding.rule, finding.message(self.language))?;
        if let Some(place) = finding.places.first() {
            self.source(f, *place)?;
        }
        if let Some(first) = finding.arithmetic.first() {
            self.arithmetic(f, first)?;
        }
        for (index, suspect) in finding.suspects.iter().enumerate() {
            let word = if index == 0 {
                self.say("最可能有误", "most likely wrong")
            } else {
                self.say("也可能有误", "or else")
            };
            write!(f, "  {word}: {} = {}", suspect.name, suspect.value)?;
            if let Some(fitting) = suspect.fitting {
                write!(f, " ({} {fitting})", self.say("改为下值则相符:", "would fit as"))?;
            }
            writeln!(f, "  {}", self.place(suspect.subject, suspect.place))?;
        }
        let others: Vec<_> = finding.arithmetic.iter().skip(1).collect();
        if !others.is_empty() {
            writeln!(f, "  {} {}:", self.say("由此不符的其他检查", "other checks that fail for it"), others.len())?;
            for other in others {
                write!(f, "    [{}] ", other.rule)?;
                self.line(f, other)?;
            }
        }
        writeln!(f)
    }

    /// Where a figure stands, and in which document.
    fn place(&self, subject: Subject, place: Place) -> String {
        match subject {
            // The sheets are those of the other document, and not known here.
            Subject::LastYear { .. } => {
                format!("{}{}", self.say("上年文件 ", "last year's document "), place.describe(&[]))
            }
            _ => place.describe(self.sheets),
        }
    }

    /// The line of the source with the figure marked.
    fn source(&self, f: &mut fmt::Formatter<'_>, place: Place) -> fmt::Result {
        let number = place.describe(self.sheets);
        writeln!(f, "  --> {number}")?;
        let Some(line) = self.lines.and_then(|lines| lines(place)) else { return Ok(()) };
        let line = line.replace('\t', " ");
        let margin = place.line().to_string();
        writeln!(f, "  {margin} | {line}")?;
        if let Place::Text { column, .. } = place {
            let before: String = line.chars().take((column as usize).saturating_sub(1)).collect();
            let marked = line
                .chars()
                .skip(before.chars().count())
                .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
                .count();
            let (indent, marks) = (before.width(), marked.max(1));
            writeln!(f, "  {:margin$} | {:indent$}{:^<marks$}", "", "", "", margin = margin.len())?;
        }
        Ok(())
    }

    /// One check on one line: `17.50 ≠ 12.00 + 5.00 = 17.00`.
    fn line(&self, f: &mut fmt::Formatter<'_>, arithmetic: &Arithmetic) -> fmt::Result {
        let sign = match arithmetic.relation {
            Relation::Equal if arithmetic.difference.is_zero() => "=",
            Relation::Equal => "≠",
            Relation::AtMost => "≰",
            Relation::AtLeast => "≱",
        };
        let side = |part: Part| arithmetic.contributions.iter().filter(move |entry| entry.part == part);
        write!(f, "{} {sign} ", sum(side(Part::Found)))?;
        match arithmetic.form {
            Form::Sum => write!(f, "{}", sum(side(Part::Part)))?,
            Form::Percent => write!(f, "100 × {} ÷ {}", bracketed(side(Part::Part)), bracketed(side(Part::Base)))?,
            Form::Product => {
                let factors: Vec<String> =
                    side(Part::Factor).map(|entry| format!("{}{}", entry.value, entry.unit)).collect();
                write!(f, "{}", factors.join(" × "))?;
            }
            Form::Number => write!(f, "{}", arithmetic.expected)?,
        }
        let (expected, difference) = (arithmetic.expected_shown(), arithmetic.difference_shown());
        writeln!(
            f,
            " = {expected}; {} {difference}, {} {}",
            self.say("相差", "difference"),
            self.say("舍入至多", "rounding at most"),
            arithmetic.slack.round_dp(6).normalize()
        )
    }

    fn arithmetic(&self, f: &mut fmt::Formatter<'_>, arithmetic: &Arithmetic) -> fmt::Result {
        write!(f, "  ")?;
        self.line(f, arithmetic)?;
        let width = arithmetic.contributions.iter().map(|entry| entry.value.to_string().len()).max().unwrap_or(0);
        for entry in &arithmetic.contributions {
            let sign = match (entry.part, entry.weight.is_sign_negative()) {
                (Part::Found, _) => "=",
                (Part::Base, false) => "÷",
                (Part::Factor, _) => "×",
                (_, true) => "-",
                (_, false) => "+",
            };
            let place = self.place(entry.subject, entry.place);
            writeln!(f, "    {sign} {:>width$} {}  {}  {place}", entry.value.to_string(), entry.unit, entry.name)?;
        }
        Ok(())
    }
}

fn sum<'e>(entries: impl Iterator<Item = &'e Contribution>) -> String {
    let mut text = String::new();
    for entry in entries {
        let sign = if entry.weight.is_sign_negative() { '-' } else { '+' };
        let value = match entry.weight.abs() {
            one if one == Decimal::ONE => entry.value.to_string(),
            weight => format!("{} × {}", entry.value, weight.normalize()),
        };
        let negative = entry.value.is_sign_negative() && !entry.value.is_zero();
        let value = if negative { format!("({value})") } else { value };
        match (text.is_empty(), sign) {
            (true, '+') => text.push_str(&value),
            (true, _) => text = format!("-{value}"),
            (false, sign) => text.push_str(&format!(" {sign} {value}")),
        }
    }
    if text.is_empty() { "0".to_owned() } else { text }
}

fn bracketed<'e>(entries: impl Iterator<Item = &'e Contribution>) -> String {
    let text = sum(entries);
    if text.contains(' ') { format!("({text})") } else { text }
}

impl fmt::Display for TextReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.report.findings {
            self.finding(f, finding)?;
        }
        if self.rounding && !self.report.rounding.is_empty() {
            writeln!(f, "{}", self.say("舍入可以解释的差异", "differences that rounding explains"))?;
            for entry in &self.report.rounding {
                write!(f, "  [{}] ", entry.rule)?;
                self.line(f, entry)?;
            }
            writeln!(f)?;
        }
        if self.rules {
            let width = self.report.rules.iter().map(|rule| rule.rule.len()).max().unwrap_or(0);
            for rule in &self.report.rules {
                write!(f, "{:width$}  {} {}", rule.rule, rule.checked, self.say("项", "checked"))?;
                let reasons = [
                    (self.say("不适用", "not applicable"), &rule.not_applicable),
                    (self.say("无法判断", "blocked"), &rule.blocked),
                ];
                for (word, reasons) in reasons {
                    for reason in reasons {
                        write!(f, "; {word}: {}", reason.in_language(self.language))?;
                    }
                }
                writeln!(f)?;
            }
            writeln!(f)?;
        }
        let count = |severity| self.report.findings.iter().filter(|finding| finding.severity == severity).count();
        let checked = self.report.checked();
        if self.report.findings.is_empty() {
            return match self.language {
                Language::Chinese => writeln!(f, "检查 {checked} 项，未发现问题"),
                Language::English => writeln!(f, "{checked} cases checked, no findings"),
            };
        }
        let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
        match self.language {
            Language::Chinese => writeln!(f, "检查 {checked} 项：错误 {errors}，警告 {warnings}，提示 {infos}"),
            Language::English => {
                writeln!(f, "{checked} cases checked: {errors} errors, {warnings} warnings, {infos} infos")
            }
        }
    }
}
