//! Findings as they are shown: both sides, the arithmetic, and where it stands.

use std::collections::HashSet;

use budget_export::DocumentInfo;
use budget_model::{Disclosure, FigureRef, Language, Place, Severity};
use budget_rules::{Arithmetic, Contribution, Description, Finding, Part, Report, Subject};
use serde::Serialize;

use crate::original::Original;
use crate::pages::{CropView, Mark, Pages};
use crate::prose;
use crate::tables::{ExcerptView, FoundIn, Tables, cell_id};
use crate::words::Words;

/// Findings that are shown; the others are counted.
pub(crate) const MOST: usize = 1000;
/// Figures of one arithmetic that are shown.
const MOST_FIGURES: usize = 60;
/// Lines of text that are shown for a finding.
const MOST_LINES: usize = 6;
/// Further checks that a finding lists.
const MOST_OTHERS: usize = 20;

/// What was found out about a document.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The report of the checks.
    pub report: &'a Report,
    /// What the rules say about themselves, as [`Checker::descriptions`](budget_rules::Checker::descriptions) lists them.
    pub rules: &'a [&'static Description],
    /// The document of the year before that it was compared with.
    pub last_year: Option<&'a DocumentInfo>,
}

impl Checked<'_> {
    pub(crate) fn rule(&self, id: &str) -> Option<&'static Description> {
        self.rules.iter().copied().find(|rule| rule.id == id)
    }

    /// The findings that are shown.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.report.open().take(MOST)
    }
}

/// A finding as it is shown.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FindingView {
    number: usize,
    severity: &'static str,
    severity_name: &'static str,
    rule: String,
    title: String,
    message: String,
    explanation: String,
    sentence: String,
    figures: Vec<FigureView>,
    more_figures: usize,
    defect: String,
    is_decided: bool,
    suspects: Vec<SuspectView>,
    others: Vec<OtherView>,
    more_others: usize,
    places: Vec<PlaceView>,
    crops: Vec<CropView>,
    lines: Vec<LineView>,
    excerpt: Option<ExcerptView>,
}

/// A figure of an arithmetic.
#[derive(Clone, Debug, Serialize)]
struct FigureView {
    role: &'static str,
    is_found: bool,
    value: String,
    unit: String,
    name: String,
    place: PlaceView,
}

/// A figure that may be wrong.
#[derive(Clone, Debug, Serialize)]
struct SuspectView {
    name: String,
    value: String,
    fitting: Option<String>,
    place: PlaceView,
}

/// Another check that the same figure breaks.
#[derive(Clone, Debug, Serialize)]
struct OtherView {
    title: String,
    sentence: String,
}

/// A place, and where in the report it leads.
#[derive(Clone, Debug, Serialize)]
struct PlaceView {
    text: String,
    href: String,
}

/// A line of a text with the figure in it.
#[derive(Clone, Debug, Serialize)]
struct LineView {
    place: String,
    before: String,
    figure: String,
    after: String,
}

/// What places lead to.
pub(crate) struct Shown<'a> {
    pub(crate) disclosure: &'a Disclosure,
    pub(crate) original: Original<'a>,
    pub(crate) tables: &'a Tables<'a>,
    pub(crate) pages: &'a Pages,
    pub(crate) words: Words,
}

/// The first finding that speaks of each figure of a table.
pub(crate) fn found_in(checked: &Checked<'_>) -> FoundIn {
    let mut found = FoundIn::new();
    for (number, finding) in (1..).zip(checked.shown()) {
        for figure in cells(finding) {
            found.entry(figure).or_insert(number);
        }
    }
    found
}

/// Where the figures of the findings stand.
pub(crate) fn marks(checked: &Checked<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (number, finding) in (1..).zip(checked.shown()) {
        let mark = |is_subject: bool| move |place: Place| Mark { finding: number, is_subject, place };
        let suspects = finding.suspects.iter().filter(|suspect| is_of_document(suspect.subject));
        let subjects: Vec<Place> = match finding.suspects.is_empty() {
            true => finding.places.iter().copied().take(1).collect(),
            false => suspects.map(|suspect| suspect.place).collect(),
        };
        let compared = finding.arithmetic.first().into_iter().flat_map(|check| &check.contributions);
        let compared = compared.filter(|entry| is_of_document(entry.subject)).map(|entry| entry.place);
        let compared: Vec<Place> = match finding.arithmetic.is_empty() {
            true => finding.places.iter().copied().skip(1).collect(),
            false => compared.take(MOST_FIGURES).collect(),
        };
        marks.extend(subjects.iter().copied().map(mark(true)));
        marks.extend(compared.into_iter().filter(|place| !subjects.contains(place)).map(mark(false)));
    }
    marks
}

fn is_of_document(subject: Subject) -> bool {
    !matches!(subject, Subject::LastYear(_))
}

/// The figures of tables that a finding speaks of, the suspects first.
fn cells(finding: &Finding) -> Vec<FigureRef> {
    let suspects = finding.suspects.iter().map(|suspect| suspect.subject);
    let others = finding.arithmetic.first().into_iter().flat_map(|check| &check.contributions);
    let all = suspects.chain(others.map(|entry| entry.subject));
    let mut seen = HashSet::new();
    let cell = |subject| match subject {
        Subject::Cell(cell) => Some(cell),
        _ => None,
    };
    all.filter_map(cell).filter(|cell| seen.insert(*cell)).collect()
}

impl Shown<'_> {
    /// The findings, the most serious first.
    pub(crate) fn findings(&self, checked: &Checked<'_>) -> Vec<FindingView> {
        (1..).zip(checked.shown()).map(|(number, finding)| self.finding(number, finding, checked)).collect()
    }

    fn finding(&self, number: usize, finding: &Finding, checked: &Checked<'_>) -> FindingView {
        let language = self.words.language;
        let rule = checked.rule(&finding.rule);
        let title = |id: &str| match checked.rule(id) {
            Some(rule) => rule.title.in_language(language).to_owned(),
            None => id.to_owned(),
        };
        let first = finding.arithmetic.first();
        let figures = first.map_or(&[][..], |check| &check.contributions);
        let others = finding.arithmetic.get(1..).unwrap_or_default();
        let crops = self.pages.crops(number);
        let lines = self.lines(finding);
        let cells = cells(finding);
        let lines = if crops.is_empty() && lines.is_empty() { self.quotes(finding) } else { lines };
        let excerpt = if crops.is_empty() && !matches!(self.original, Original::Lines(_)) {
            self.tables.excerpt(&cells)
        } else {
            None
        };
        FindingView {
            number,
            severity: finding.severity.as_str(),
            severity_name: finding.severity.name(language),
            rule: finding.rule.clone(),
            title: title(&finding.rule),
            message: finding.message(language).to_owned(),
            explanation: rule.map(|rule| rule.explanation.in_language(language).to_owned()).unwrap_or_default(),
            sentence: first.map(|check| check.sentence(language)).unwrap_or_default(),
            figures: figures.iter().take(MOST_FIGURES).map(|entry| self.figure(number, entry)).collect(),
            more_figures: figures.len().saturating_sub(MOST_FIGURES),
            defect: finding.defect.map(|defect| defect.describe().in_language(language).to_owned()).unwrap_or_default(),
            is_decided: finding.is_decided || finding.suspects.len() == 1,
            suspects: finding
                .suspects
                .iter()
                .take(MOST_FIGURES)
                .map(|suspect| SuspectView {
                    name: suspect.name(language).to_owned(),
                    value: suspect.value.to_string(),
                    fitting: suspect.fitting.map(|value| value.to_string()),
                    place: self.place(number, Some(suspect.subject), suspect.place),
                })
                .collect(),
            others: others.iter().take(MOST_OTHERS).map(|check| other(check, title(&check.rule), language)).collect(),
            more_others: others.len().saturating_sub(MOST_OTHERS),
            places: finding.places.iter().take(MOST_FIGURES).map(|place| self.place(number, None, *place)).collect(),
            crops,
            lines,
            excerpt,
        }
    }

    fn figure(&self, number: usize, entry: &Contribution) -> FigureView {
        FigureView {
            role: entry.role(self.words.language),
            is_found: entry.part == Part::Found,
            value: entry.value.to_string(),
            unit: entry.unit.to_string(),
            name: entry.name(self.words.language).to_owned(),
            place: self.place(number, Some(entry.subject), entry.place),
        }
    }

    /// A place in words, with the page or the figure of a table that it leads to.
    fn place(&self, finding: usize, subject: Option<Subject>, place: Place) -> PlaceView {
        if let Some(Subject::LastYear(_)) = subject {
            let text = format!("{} {}", self.words.of("last_years"), place.describe(&[]));
            return PlaceView { text, href: String::new() };
        }
        let text = place.describe(&self.disclosure.sheets);
        let of_page = place.page().and_then(|page| self.pages.link(finding, page));
        let of_cell = match subject {
            Some(Subject::Cell(cell)) => Some(format!("#{}", cell_id(cell))),
            _ => None,
        };
        PlaceView { text, href: of_page.or(of_cell).unwrap_or_default() }
    }

    /// The words that the figures of a finding were read from, where the original cannot be shown.
    fn quotes(&self, finding: &Finding) -> Vec<LineView> {
        let sheets = &self.disclosure.sheets;
        let quote = |place: &Place| {
            let fact = self.disclosure.facts.iter().find(|fact| fact.place == *place)?;
            let (before, figure, after) = prose::quoted(fact);
            let (before, figure, after) = (before.to_owned(), figure.to_owned(), after.to_owned());
            Some(LineView { place: place.describe(sheets), before, figure, after })
        };
        finding.places.iter().take(MOST_LINES).filter_map(quote).collect()
    }

    /// The lines of a text that a finding speaks of.
    fn lines(&self, finding: &Finding) -> Vec<LineView> {
        let Original::Lines(read) = self.original else { return Vec::new() };
        let suspects = finding.suspects.iter().map(|suspect| (suspect.subject, suspect.place));
        let compared = finding.arithmetic.first().into_iter().flat_map(|check| &check.contributions);
        let compared = compared.map(|entry| (entry.subject, entry.place));
        let named = suspects.chain(compared).filter(|(subject, _)| is_of_document(*subject)).map(|(_, place)| place);
        let mut seen = HashSet::new();
        let places = named.chain(finding.places.iter().copied()).filter(|place| seen.insert(*place));
        let line = |place: Place| Some((place, read(place)?));
        places.filter_map(line).take(MOST_LINES).map(|(place, line)| marked(place, &line)).collect()
    }
}

fn other(check: &Arithmetic, title: String, language: Language) -> OtherView {
    OtherView { title, sentence: check.sentence(language) }
}

/// A line with the number at a place set apart.
fn marked(place: Place, line: &str) -> LineView {
    let at = match place {
        Place::Text { column, .. } => (column as usize).saturating_sub(1),
        _ => usize::MAX,
    };
    let before: String = line.chars().take(at).collect();
    let is_of_number = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    let figure: String = line.chars().skip(at).take_while(is_of_number).collect();
    let after = line.get(before.len() + figure.len()..).unwrap_or_default().to_owned();
    LineView { place: place.describe(&[]), before, figure, after }
}

/// How many findings there are of each severity, the most serious first.
pub(crate) fn counts(report: &Report) -> [(Severity, usize); 3] {
    [Severity::Error, Severity::Warning, Severity::Info].map(|severity| (severity, report.count(severity)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_of_a_line_is_set_apart() {
        let place = Place::Text { page: 1, line: 3, column: 4 };
        let line = marked(place, "合计 1,285.40 万元");
        assert_eq!((line.before.as_str(), line.figure.as_str(), line.after.as_str()), ("合计 ", "1,285.40", " 万元"));
        let beyond = marked(Place::Text { page: 1, line: 3, column: 99 }, "合计");
        assert_eq!((beyond.before.as_str(), beyond.after.as_str()), ("合计", ""));
    }
}
