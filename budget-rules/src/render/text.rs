//! A report for people.

use std::fmt;

use budget_model::{Language, Place, Severity};
use unicode_width::UnicodeWidthStr;

use crate::defect::Defect;
use crate::figure::Subject;
use crate::report::{Arithmetic, Contribution, Finding, Part, Report, Sums};

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
        let severity = finding.severity.name(self.language);
        writeln!(f, "{severity}[{}] {}", finding.rule, finding.message(self.language))?;
        if let Some(place) = finding.places.first() {
            self.source(f, *place)?;
        }
        if let Some(first) = finding.arithmetic.first() {
            self.arithmetic(f, first)?;
        }
        if let Some(defect) = finding.defect {
            writeln!(f, "  {}: {}", self.say("疑为", "looks like"), defect.describe().in_language(self.language))?;
        }
        let is_alone = finding.suspects.len() == 1;
        if !finding.is_decided && !is_alone && !finding.suspects.is_empty() {
            let undecided = self.say("其中之一有误，无从断定是哪一个", "one of these is wrong, and nothing says which");
            writeln!(f, "  {undecided}:")?;
        }
        // Of a run of figures every one is wrong.
        let is_run = matches!(finding.defect, Some(Defect::ShiftedColumn | Defect::ExchangedRows));
        for (index, suspect) in finding.suspects.iter().enumerate() {
            let word = match (index, finding.is_decided) {
                _ if is_run => self.say("有误", "wrong"),
                (0, true) => self.say("最可能有误", "most likely wrong"),
                (_, true) => self.say("也可能有误", "or else"),
                (_, false) => self.say("可能有误", "may be wrong"),
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
                writeln!(f, "    [{}] {}: {}", other.rule, self.sides(other), other.sentence(self.language))?;
            }
        }
        writeln!(f)
    }

    /// Only sums that a table keeps are checked; the others are counted.
    fn sums(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sums { established, contradicted, open } = self.report.sums;
        match (contradicted.saturating_add(open), self.language) {
            (0, _) => Ok(()),
            (_, Language::Chinese) => {
                writeln!(
                    f,
                    "表内加总关系：成立 {established}，不成立（表式未作此约定，不检查） {contradicted}，未定 {open}"
                )
            }
            (_, Language::English) => {
                writeln!(
                    f,
                    "sums of tables: {established} established, {contradicted} contradicted (not promised, not checked), {open} open"
                )
            }
        }
    }

    /// What could not be checked is no pass, and is said.
    fn undecided(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.report.undecided(), self.language) {
            (0, _) => Ok(()),
            (undecided, Language::Chinese) => {
                writeln!(f, "另有 {undecided} 项因有未读出或存疑的数字，无法判断")
            }
            (undecided, Language::English) => {
                writeln!(f, "{undecided} more could not be decided, with figures that were not read or are in doubt")
            }
        }
    }

    /// What does not count because a person said so: one line each, with the reason.
    fn silenced(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (finding, silence) in self.report.silenced() {
            let word = self.say("已排除", "silenced");
            let message = finding.message(self.language);
            write!(f, "{word}[{}] {message} ({}: {}", finding.rule, self.say("理由", "reason"), silence.reason)?;
            for more in [&silence.by, &silence.date].into_iter().flatten() {
                write!(f, ", {more}")?;
            }
            writeln!(f, ")")?;
        }
        Ok(())
    }

    /// Where a figure stands, and in which document.
    fn place(&self, subject: Subject, place: Place) -> String {
        match subject {
            // The sheets are those of the other document, and not known here.
            Subject::LastYear(_) => {
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

    /// What is compared with what, by name, each side with its place.
    fn sides(&self, arithmetic: &Arithmetic) -> String {
        let name = |entry: &Contribution| format!("{}（{}）", entry.name, self.place(entry.subject, entry.place));
        let mut sides = [Part::Found, Part::Part, Part::Base, Part::Factor].into_iter().filter_map(|part| {
            let mut entries = arithmetic.contributions.iter().filter(|entry| entry.part == part);
            let first = name(entries.next()?);
            let more = entries.count();
            Some(match (more, self.language) {
                (0, _) => first,
                (_, Language::Chinese) => format!("{first}等 {} 项", more + 1),
                (_, Language::English) => format!("{first} and {more} more"),
            })
        });
        let first = sides.next().unwrap_or_default();
        sides.fold(first, |all, side| format!("{all} {} {side}", self.say("对照", "against")))
    }

    fn arithmetic(&self, f: &mut fmt::Formatter<'_>, arithmetic: &Arithmetic) -> fmt::Result {
        writeln!(f, "  {}", arithmetic.sentence(self.language))?;
        let width = arithmetic.contributions.iter().map(|entry| entry.value.to_string().len()).max().unwrap_or(0);
        for entry in &arithmetic.contributions {
            let role = entry.role(self.language);
            let pad = if self.language == Language::English { 7 } else { 2 };
            let place = self.place(entry.subject, entry.place);
            writeln!(f, "    {role:pad$} {:>width$} {}  {}  {place}", entry.value.to_string(), entry.unit, entry.name)?;
        }
        Ok(())
    }
}

impl fmt::Display for TextReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in self.report.open() {
            self.finding(f, finding)?;
        }
        if self.rounding && !self.report.rounding.is_empty() {
            writeln!(f, "{}", self.say("舍入可以解释的差异", "differences that rounding explains"))?;
            for entry in &self.report.rounding {
                writeln!(f, "  [{}] {}: {}", entry.rule, self.sides(entry), entry.sentence(self.language))?;
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
        let count = |severity| self.report.open().filter(|finding| finding.severity == severity).count();
        let checked = self.report.checked();
        if self.report.verdict().is_none() {
            match self.language {
                Language::Chinese => writeln!(f, "检查 {checked} 项，未发现问题")?,
                Language::English => writeln!(f, "{checked} cases checked, no findings")?,
            }
            self.sums(f)?;
            self.undecided(f)?;
            return self.silenced(f);
        }
        let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
        match self.language {
            Language::Chinese => writeln!(f, "检查 {checked} 项：错误 {errors}，警告 {warnings}，提示 {infos}")?,
            Language::English => {
                writeln!(f, "{checked} cases checked: {errors} errors, {warnings} warnings, {infos} infos")?;
            }
        }
        self.sums(f)?;
        self.undecided(f)?;
        self.silenced(f)
    }
}
