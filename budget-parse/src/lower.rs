//! From a raw document to a disclosure.

use std::collections::HashMap;

use budget_model::{Diagnostic, DiagnosticCode, Disclosure, Label, Place, Role, Scope, Stage};

use crate::consumption::Consumption;
use crate::layout::LayoutSet;
use crate::outline::{self, RegionKind};
use crate::raw::{Block, Line, RawDocument};
use crate::table;
use crate::text::{begins, is_space, squeeze, trim_start};
use crate::{ReadError, ReadErrorKind, grid, narrative, performance, placement};

/// Lowers a raw document into the model.
///
/// # Errors
///
/// [`ReadErrorKind::NothingFound`] if there is no table and no section of a disclosure.
pub(crate) fn disclosure(raw: &RawDocument<'_>, layouts: &LayoutSet) -> Result<Disclosure, ReadError> {
    let has_grids = raw.blocks.iter().any(|block| matches!(block, Block::Grid(_)));
    let text: Vec<&Line<'_>> = raw
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Line(line) => Some(line),
            Block::Grid(_) => None,
        })
        .collect();
    let mut year = year(&text);
    let grids = if has_grids { grid::read(&raw.blocks, layouts, year) } else { Default::default() };
    year = year.or(grids.year);
    // Lines that became the title or caption of a grid are taken; the text of cells outside tables is prose like any other.
    let mut used = grids.used_lines.iter().copied().peekable();
    let free = text.into_iter().enumerate().filter(|(index, _)| used.next_if_eq(index).is_none()).map(|(_, line)| line);
    let lines: Vec<&Line<'_>> = free.chain(&grids.prose).collect();

    let nothing = || ReadError::new(ReadErrorKind::NothingFound);
    let outline = outline::outline(&lines, layouts, year).ok_or_else(nothing)?;
    let (layout, uncertain) = match grids.layout {
        Some(layout) => (layout, grids.uncertain),
        None => (outline.layout, outline.uncertain),
    };
    let mut consumption = Consumption::new(lines.len());
    let mut document = Disclosure {
        year,
        stage: stage(&lines),
        unit: layout.unit.clone(),
        layout: layout.id.clone(),
        sheets: raw.sheets.clone(),
        diagnostics: raw.diagnostics.iter().chain(&grids.diagnostics).cloned().collect(),
        ..Disclosure::default()
    };
    let unplaced = table::read(&lines, outline.layout, &outline.regions, &mut document.diagnostics, &mut consumption);
    let (placed, mut placing) = placement::place(unplaced, &mut document.diagnostics);
    let of_text = placed.len();
    document.tables = placed;
    document.tables.extend(grids.tables);
    document.entity = entity(&document);
    document.scope = scope(&document);

    let ranges = |kind: fn(&RegionKind) -> bool| -> Vec<_> {
        outline.regions.iter().filter(|region| kind(&region.kind)).map(|region| region.lines.clone()).collect()
    };
    let prose = ranges(|kind| matches!(kind, RegionKind::Prose));
    let form = narrative::Form { sections: &layout.sections, parts: &outline.parts };
    narrative::read(&lines, &prose, form, &mut document, &mut consumption);
    if let Some(tables) = document.tables.get_mut(..of_text) {
        placing.with_text(tables, &document.facts);
        placing.report(tables, &mut document.diagnostics);
    }
    let targets = ranges(|kind| matches!(kind, RegionKind::Performance));
    performance::read(&lines, &targets, &mut document, &mut consumption);
    document.performance.extend(grids.performance);

    if document.tables.is_empty() && document.performance.is_empty() && document.facts.is_empty() {
        return Err(nothing());
    }
    // What another form prescribes is not missing here, and a form of budgets prescribes nothing to final accounts (决算).
    if !uncertain && document.stage == Stage::Budget {
        document.required = layout.required();
    }
    report_missing(&mut document, layout, uncertain);
    document.ledger = consumption.ledger(&lines);
    report_unread(&mut document, &lines, &outline.regions);
    document.ledger.add(grids.ledger);
    Ok(document)
}

/// The budget year: the one most titles and headings name (`第二部分 2025 年部门预算公开表`).
fn year(lines: &[&Line<'_>]) -> Option<u16> {
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.text.len() < 200) {
        let Some(at) = line.text.find('年') else { continue };
        let (before, behind) = (line.text.get(..at).unwrap_or_default(), line.text.get(at..).unwrap_or_default());
        if !begins(behind, "年部门预算") && !begins(behind, "年单位预算") && part_heading(line).is_none() {
            continue;
        }
        let before = before.chars().rev().filter(|character| !is_space(*character));
        let digits = before.map_while(|character| character.to_digit(10)).take(4);
        let year = digits.zip([1, 10, 100, 1000]).map(|(digit, place)| digit * place).sum::<u32>();
        if let Ok(year @ 2000..=2099) = u16::try_from(year) {
            *counts.entry(year).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

/// 决算 in the part headings makes it final accounts.
fn stage(lines: &[&Line<'_>]) -> Stage {
    let is_final = lines.iter().filter_map(|line| part_heading(line)).any(|heading| heading.contains("决算"));
    if is_final { Stage::Final } else { Stage::Budget }
}

/// The heading of a part, without white space: `第二部分2025年部门预算公开表`.
fn part_heading(line: &Line<'_>) -> Option<String> {
    let may_be = line.text.len() < 200 && trim_start(&line.text).starts_with('第');
    may_be.then(|| squeeze(&line.text)).filter(|text| text.contains("部分"))
}

/// Who compiled the tables: the name most tables print.
fn entity(document: &Disclosure) -> Option<Label> {
    let mut counts: HashMap<&str, (usize, Place)> = HashMap::new();
    for label in document.tables.iter().filter_map(|table| table.compiler.as_ref()) {
        counts.entry(&label.text).or_insert((0, label.place)).0 += 1;
    }
    let (name, (_, place)) =
        counts.into_iter().max_by_key(|(_, (count, place))| (*count, std::cmp::Reverse(*place)))?;
    Some(Label::new(name, place))
}

/// Unit, if the tables call themselves 单位….
fn scope(document: &Disclosure) -> Scope {
    let units = document
        .tables
        .iter()
        .filter(|table| table.title.text.contains("单位收") || table.title.text.contains("单位支"))
        .count();
    if units > 0 { Scope::Unit } else { Scope::Department }
}

fn report_missing(document: &mut Disclosure, layout: &crate::Layout, uncertain: bool) {
    if uncertain {
        document.diagnostics.push(Diagnostic::new(DiagnosticCode::LayoutUncertain, [layout.name.as_str()]));
    }
    if document.year.is_none() {
        document.diagnostics.push(Diagnostic::new::<String>(DiagnosticCode::YearMissing, []));
    }
    if document.entity.is_none() {
        document.diagnostics.push(Diagnostic::new::<String>(DiagnosticCode::EntityMissing, []));
    }
    let mut found = Vec::new();
    for form in &layout.tables {
        let title = form.titles.first().map_or(form.kind.as_str(), String::as_str);
        let tables: Vec<_> = document.tables.iter().filter(|table| table.kind == form.kind).collect();
        match tables.as_slice() {
            [] => found.push(crate::reader::missing_table(title)),
            [table] => {
                let is_cut = !table.rows.is_empty()
                    && !matches!(form.shape, crate::Shape::SingleRow | crate::Shape::Listed)
                    && !table.rows.iter().any(|row| row.role == Role::Total);
                if is_cut {
                    found.push(Diagnostic::new(DiagnosticCode::TableCut, [title]).at(table.title.place));
                } else if table.figure_count() == 0 && table.declared_empty.is_none() {
                    found.push(Diagnostic::new(DiagnosticCode::TableWithoutFigures, [title]).at(table.title.place));
                }
            }
            [_, second, ..] => {
                found.push(Diagnostic::new(DiagnosticCode::TableRepeated, [title]).at(second.title.place));
            }
        }
    }
    document.diagnostics.extend(found);
}

/// Every line of the table part with something unread becomes a diagnostic, figures being more serious than words.
fn report_unread(document: &mut Disclosure, lines: &[&Line<'_>], regions: &[outline::Region]) {
    let in_tables: Vec<(u32, u32)> = regions
        .iter()
        .filter(|region| matches!(region.kind, RegionKind::Table { .. }))
        .filter_map(|region| {
            let first = lines.get(region.lines.start)?.number;
            let last = lines.get(region.lines.end.checked_sub(1)?)?.number;
            Some((first, last))
        })
        .collect();
    for label in &document.ledger.unread {
        if !in_tables.iter().any(|(first, last)| (*first..=*last).contains(&label.place.line())) {
            continue;
        }
        let has_number = label.text.bytes().any(|byte| byte.is_ascii_digit());
        let code = if has_number { DiagnosticCode::NumberNotUnderstood } else { DiagnosticCode::TextNotUnderstood };
        document.diagnostics.push(Diagnostic::new(code, [label.text.as_str()]).at(label.place));
    }
}
