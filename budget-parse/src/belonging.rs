//! What does not belong together in one file: tables of another entity or another year, a table that is printed twice.
//! It is said, and everything stays where it is printed; nothing is merged.

use std::collections::{BTreeMap, HashSet};

use budget_model::{Diagnostic, DiagnosticCode, Disclosure, Label, Place, Role, Stage, Table};

use crate::identity::is_name;
use crate::lexicon::Lexicon;
use crate::text::fold;

/// Says what does not belong to the document. `cover` is the name in its first title.
pub(crate) fn report(document: &Disclosure, cover: Option<&Label>) -> Vec<Diagnostic> {
    let mut found = other_entities(document, cover);
    found.extend(other_years(document));
    found.extend(other_stage(document));
    found.extend(repeated(&document.tables));
    found
}

/// Names of others: compilers of tables, and that on the cover, which are neither the entity nor one of its units.
fn other_entities(document: &Disclosure, cover: Option<&Label>) -> Vec<Diagnostic> {
    let Some(entity) = &document.entity else { return Vec::new() };
    let own = bare(&entity.text);
    let units: HashSet<String> = document
        .tables
        .iter()
        .flat_map(|table| &table.rows)
        .flat_map(|row| row.unit.iter().chain((row.role == Role::Unit).then_some(&row.label)))
        .map(|label| bare(&label.text))
        .collect();
    // Of a text without an end, and of more names than a document has, nothing is said.
    const MOST_NAMES: usize = 50;
    const LONGEST: usize = 1 << 20;
    let mut prose = String::new();
    for text in document.sections.iter().flat_map(|section| &section.paragraphs) {
        if prose.len() > LONGEST {
            break;
        }
        prose.push_str(&fold(&text.text));
        prose.push('\n');
    }
    let is_known = |name: &str| {
        own.contains(name)
            || name.contains(own.as_str())
            || units.iter().any(|unit| unit.contains(name) || name.contains(unit.as_str()))
            || document.organisation.subordinate_units.iter().any(|unit| bare(&unit.text).contains(name))
            || prose.contains(name)
    };
    let mut names: BTreeMap<String, (&str, Place, usize)> = BTreeMap::new();
    for label in document.tables.iter().filter_map(|table| table.compiler.as_ref()).chain(cover) {
        if is_name(&label.text) {
            names.entry(bare(&label.text)).or_insert((&label.text, label.place, 0)).2 += 1;
        }
    }
    let others = names.into_iter().take(MOST_NAMES).filter(|(name, _)| !is_known(name));
    others
        .map(|(_, other)| other)
        .map(|(name, place, count)| {
            let arguments = [name.to_owned(), entity.text.clone(), count.to_string()];
            Diagnostic::new(DiagnosticCode::EntityDiffers, arguments).at(place)
        })
        .collect()
}

/// A name without brackets and what is in them: （汇总）, （本级）.
fn bare(name: &str) -> String {
    let folded = fold(name);
    folded.split_once('(').map_or(folded.as_str(), |(front, _)| front).to_owned()
}

/// Tables whose titles name another year than the document.
fn other_years(document: &Disclosure) -> Option<Diagnostic> {
    let year = document.year?;
    let of_other = |table: &&Table| {
        Lexicon::title(&table.title.text).and_then(|title| title.year).is_some_and(|printed| printed != year)
    };
    let others: Vec<&Table> = document.tables.iter().filter(of_other).collect();
    let first = others.first()?;
    let arguments = [first.title.text.clone(), year.to_string(), others.len().to_string()];
    Some(Diagnostic::new(DiagnosticCode::YearDiffers, arguments).at(first.title.place))
}

/// Budget tables among final accounts, and the other way round.
fn other_stage(document: &Disclosure) -> Option<Diagnostic> {
    let is_final = document.stage == Stage::Final;
    let shown = || document.tables.iter().filter(|table| table.kind.shows_budget() || table.kind.is_final());
    let others: Vec<&Table> = shown().filter(|table| table.kind.is_final() != is_final).collect();
    // One title with another word is a slip, or a table that both documents have.
    const FEWEST: usize = 2;
    let first = others.first().filter(|_| others.len() >= FEWEST && others.len() < shown().count())?;
    let arguments = [first.title.text.clone(), others.len().to_string()];
    Some(Diagnostic::new(DiagnosticCode::StageDiffers, arguments).at(first.title.place))
}

/// Tables that are printed twice: the same title, compiler, rows and figures.
fn repeated(tables: &[Table]) -> Vec<Diagnostic> {
    /// A table of fewer figures may be like another by chance.
    const FEWEST: usize = 3;
    let mut seen: HashSet<(String, Vec<(u16, String)>)> = HashSet::new();
    let mut found = Vec::new();
    for table in tables.iter().filter(|table| table.figure_count() >= FEWEST) {
        let mut key = format!("{} {}", table.kind.as_str(), fold(&table.title.text));
        key += &table.compiler.as_ref().map(|label| bare(&label.text)).unwrap_or_default();
        let mut figures: Vec<(u16, String)> = Vec::new();
        for row in &table.rows {
            key += &fold(&row.label.text);
            figures.extend(row.cells.iter().map(|cell| (cell.column, cell.amount.value.normalize().to_string())));
        }
        if !seen.insert((key, figures)) {
            let arguments = [table.title.text.as_str()];
            found.push(Diagnostic::new(DiagnosticCode::TableRepeated, arguments).at(table.title.place));
        }
    }
    found
}
