//! Findings as remarks on the cells of a workbook.

use budget_export::Annotation;
use budget_model::{FigureRef, Language};
use budget_rules::{Checker, Finding, Report, Subject};

/// The findings of a report that are not silenced, in a language.
pub(crate) fn annotations(checker: &Checker<'_>, report: &Report, language: Language) -> Vec<Annotation> {
    report.open().map(|finding| annotation(checker, finding, language)).collect()
}

fn annotation(checker: &Checker<'_>, finding: &Finding, language: Language) -> Annotation {
    let rule = checker.descriptions().find(|rule| rule.id == finding.rule);
    let arithmetic = finding.arithmetic.first();
    let suspects = finding.suspects.iter().map(|suspect| match suspect.fitting {
        Some(fitting) => format!("{} = {} → {fitting}", suspect.name(language), suspect.value),
        None => format!("{} = {}", suspect.name(language), suspect.value),
    });
    let involved = finding.suspects.iter().map(|suspect| suspect.subject);
    let involved = involved.chain(
        finding.arithmetic.iter().flat_map(|check| &check.contributions).map(|contribution| contribution.subject),
    );
    let mut cells: Vec<FigureRef> = Vec::new();
    for subject in involved {
        if let Subject::Cell(cell) = subject
            && !cells.contains(&cell)
        {
            cells.push(cell);
        }
    }
    Annotation {
        severity: finding.severity,
        code: finding.rule.clone(),
        title: rule.map(|rule| rule.title.in_language(language).to_owned()).unwrap_or_default(),
        message: finding.message(language).to_owned(),
        expected: arithmetic.map(|check| check.expected_shown()),
        found: arithmetic.map(|check| check.found),
        difference: arithmetic.map(|check| check.difference_shown()),
        places: finding.places.clone(),
        suspects: suspects.collect(),
        cells,
    }
}
