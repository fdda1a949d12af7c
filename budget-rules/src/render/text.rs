//! A report for people.

use std::fmt;

use budget_model::{Language, Place, Severity};

use crate::defect::Defect;
use crate::figure::Subject;
use crate::render::source_line::SourceLine;
use crate::render::suspects::listed;
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
    width: Option<usize>,
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
        Self {
            report,
            language: Language::Chinese,
            lines: None,
            sheets: &[],
            width: None,
            rounding: false,
            rules: false,
        }
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

    /// With lines of the source cut around the figure, so that they are not wider than so many cells of a terminal.
    #[must_use]
    pub fn width(mut self, width: usize) -> Self {
        self.width = Some(width);
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

    /// Behind a word and before what it says.
    fn colon(&self) -> &'static str {
        self.say("：", ": ")
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
            writeln!(f, "  {}{}", self.say("疑为：", "looks like: "), defect.describe().in_language(self.language))?;
        }
        let is_alone = finding.suspects.len() == 1;
        if !finding.is_decided && !is_alone && !finding.suspects.is_empty() {
            let undecided =
                self.say("其中之一有误，无从断定是哪一个：", "one of these is wrong, and nothing says which:");
            writeln!(f, "  {undecided}")?;
        }
        // Of a run of figures every one is wrong.
        let is_run = matches!(finding.defect, Some(Defect::ShiftedColumn | Defect::ExchangedRows));
        for (index, entry) in listed(finding).into_iter().enumerate() {
            let suspect = entry.suspect;
            let word = match (index, finding.is_decided) {
                _ if is_run => self.say("有误", "wrong"),
                (0, true) => self.say("最可能有误", "most likely wrong"),
                (_, true) => self.say("也可能有误", "or else"),
                (_, false) => self.say("可能有误", "may be wrong"),
            };
            write!(f, "  {word}{}{} = {}", self.colon(), suspect.name(self.language), suspect.value)?;
            match (suspect.fitting, self.language) {
                (None, _) => {}
                (Some(fitting), Language::Chinese) => write!(f, "（改为 {fitting} 则相符）")?,
                (Some(fitting), Language::English) => write!(f, " (would fit as {fitting})")?,
            }
            writeln!(f, "  {}", self.place(suspect.subject, suspect.place))?;
            match (entry.more, entry.is_column, self.language) {
                (0, ..) => {}
                (more, true, Language::Chinese) => writeln!(f, "    同表同栏另有 {more} 个数字")?,
                (more, false, Language::Chinese) => writeln!(f, "    同表同行另有 {more} 个数字")?,
                (more, true, Language::English) => writeln!(f, "    and {more} more in this column of the table")?,
                (more, false, Language::English) => writeln!(f, "    and {more} more in this row of the table")?,
            }
        }
        let others: Vec<_> = finding.arithmetic.iter().skip(1).collect();
        if !others.is_empty() {
            match self.language {
                Language::Chinese => writeln!(f, "  由此不符的其他检查 {} 项：", others.len())?,
                Language::English => writeln!(f, "  other checks that fail for it {}:", others.len())?,
            }
            for other in others {
                writeln!(f, "    {}", self.in_a_line(other))?;
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
            let (reason, comma) = (self.say("（理由：", " (reason: "), self.say("，", ", "));
            write!(f, "{word}[{}] {message}{reason}{}", finding.rule, silence.reason)?;
            for more in [&silence.by, &silence.date].into_iter().flatten() {
                write!(f, "{comma}{more}")?;
            }
            writeln!(f, "{}", self.say("）", ")"))?;
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
        let margin = place.line().to_string();
        let column = match place {
            Place::Text { column, .. } => Some(column),
            _ => None,
        };
        // Two cells of indentation, three of the rule beside the number.
        let width = self.width.map(|width| width.saturating_sub(margin.len() + 5));
        let shown = SourceLine::new(&line, column, width);
        writeln!(f, "  {margin} | {}", shown.text)?;
        if let Some((indent, marks)) = shown.marks {
            writeln!(f, "  {:margin$} | {:indent$}{:^<marks$}", "", "", "", margin = margin.len())?;
        }
        Ok(())
    }

    /// A check by its rule, what it compares, and how that differs.
    fn in_a_line(&self, arithmetic: &Arithmetic) -> String {
        let (sides, sentence) = (self.sides(arithmetic), arithmetic.sentence(self.language));
        format!("[{}] {sides}{}{sentence}", arithmetic.rule, self.colon())
    }

    /// What is compared with what, by name, each side with its place.
    fn sides(&self, arithmetic: &Arithmetic) -> String {
        let name = |entry: &Contribution| {
            let (name, place) = (entry.name(self.language), self.place(entry.subject, entry.place));
            format!("{name}{}{place}{}", self.say("（", " ("), self.say("）", ")"))
        };
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
            let (value, name) = (entry.value.to_string(), entry.name(self.language));
            writeln!(f, "    {role:pad$} {value:>width$} {}  {name}  {place}", entry.unit)?;
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
                writeln!(f, "  {}", self.in_a_line(entry))?;
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
                        let reason = reason.in_language(self.language);
                        write!(f, "{}{word}{}{reason}", self.say("；", "; "), self.colon())?;
                    }
                }
                writeln!(f)?;
            }
            writeln!(f)?;
        }
        let count = |severity| self.report.count(severity);
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
