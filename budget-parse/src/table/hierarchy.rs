//! Which row is a part of which: 总计 ← 单位 ← 类 ← 款 ← 项, or as the form prints its rows.

use std::collections::HashMap;

use budget_model::{
    Code, Decimal, Diagnostic, DiagnosticCode, Dimensions, Interval, Label, Meaning, Role, Row, Side, Source,
};

use super::classes;
use crate::layout::{Shape, TableForm};
use crate::text::fold;
use crate::work::Work;

/// Fills in `part_of`, and the dimensions that printed rows have in the form. What stays open is a diagnostic about `title`.
///
/// `is_unit` knows the names of units from elsewhere in the document; they tell units from projects in a list.
/// `first_figure` is the first figure of each row, which is its total in all these forms.
pub(crate) fn assign_parts(
    form: &TableForm,
    rows: &mut [Row],
    is_unit: &dyn Fn(&str) -> bool,
    first_figure: &[Option<Decimal>],
    title: &Label,
    work: &mut Work,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match form.shape {
        Shape::TwoSided => {
            printed_rows(form, rows, Some(Side::Revenue));
            let total = rows.iter().position(|row| row.side == Some(Side::Expenditure) && row.role == Role::Total);
            by_code(rows, total, Some(Side::Expenditure));
            // The two totals are the same money; the revenue side is all sources, like the expenditure side.
            for row in rows.iter_mut().filter(|row| row.role == Role::Total && row.dimensions == Dimensions::default())
            {
                row.dimensions.source = form.dimensions.source.or(Some(Source::All));
            }
            classes::name_rows(rows);
        }
        Shape::Labelled => printed_rows(form, rows, None),
        Shape::Classified | Shape::Projects => {
            let total = rows.iter().position(|row| row.role == Role::Total);
            by_code(rows, total, None);
        }
        Shape::Listed => {
            let division = listed(rows, is_unit, first_figure, work);
            let open = rows.iter().find(|row| row.role != Role::Total && row.part_of.is_none());
            let is_open = matches!(division, Division::Several | Division::GivenUp);
            if let Some(row) = open.filter(|_| is_open) {
                let words = [title.text.as_str(), row.label.text.as_str()];
                let uncertain = Diagnostic::new(DiagnosticCode::ListDivisionUncertain, words);
                diagnostics.push(uncertain.at(row.label.place).at(title.place));
            }
        }
        Shape::SingleRow => {}
    }
}

/// Rows that the form prints: the level of the form decides.
fn printed_rows(form: &TableForm, rows: &mut [Row], side: Option<Side>) {
    let total = rows.iter().position(|row| row.side == side && row.role == Role::Total);
    let mut above: Vec<(u8, usize)> = Vec::new();
    let mut next_form = 0;
    for index in 0..rows.len() {
        let Some(row) = rows.get_mut(index).filter(|row| row.side == side) else { continue };
        let label = fold(&row.label.text);
        let matches = |form: &crate::layout::RowForm| form.labels.contains(&label);
        // Labels repeat (政府性基金预算拨款 of the year and carried over), so the search goes on behind the last hit.
        let behind = form.rows.iter().skip(next_form).position(matches).map(|offset| next_form + offset);
        let Some(found) = behind.or_else(|| form.rows.iter().position(matches)) else {
            if row.role != Role::Total {
                // What the form does not print is of no source that is known.
                row.meaning = Meaning::Unknown;
            }
            continue;
        };
        let Some(printed) = form.rows.get(found) else { continue };
        next_form = found + 1;
        row.dimensions = printed.dimensions;
        if row.role == Role::Total {
            continue;
        }
        above.retain(|(level, _)| *level < printed.level);
        row.part_of = above.last().map(|(_, row)| *row).or(total).map(|whole| whole as u32);
        above.push((printed.level, index));
    }
}

/// Rows with codes, under units where there are some.
fn by_code(rows: &mut [Row], total: Option<usize>, side: Option<Side>) {
    let mut unit = None;
    // The last row of each code that can have parts, in the current unit.
    let mut wholes: HashMap<Code, usize> = HashMap::new();
    for index in 0..rows.len() {
        let Some(row) = rows.get_mut(index).filter(|row| row.side == side) else { continue };
        match row.code {
            None if row.role == Role::Unit => {
                unit = Some(index);
                wholes.clear();
                row.part_of = total.map(|total| total as u32);
            }
            None => {}
            Some(code) => {
                // A row without a project may be the sum of rows of the same code with projects.
                let same = row.project.is_some().then(|| wholes.get(&code)).flatten();
                let whole = same.or_else(|| {
                    std::iter::successors(code.parent(), |code| code.parent()).find_map(|code| wholes.get(&code))
                });
                let whole = whole.copied().or(unit).or(total);
                row.part_of = whole.filter(|whole| *whole != index).map(|whole| whole as u32);
                if row.project.is_none() {
                    wholes.insert(code, index);
                }
            }
        }
    }
}

/// Names under units under the total. Returns how the sums divide the list.
fn listed(
    rows: &mut [Row],
    is_known: &dyn Fn(&str) -> bool,
    first_figure: &[Option<Decimal>],
    work: &mut Work,
) -> Division {
    let total = rows.iter().position(|row| row.role == Role::Total);
    let figure = |index: usize| first_figure.get(index).copied().flatten();
    let names: Vec<usize> = (0..rows.len()).filter(|index| Some(*index) != total).collect();
    let mut is_unit: Vec<bool> = rows.iter().map(|row| row.role == Role::Unit || is_known(&row.label.text)).collect();
    // The sums tell the others.
    let known: Vec<bool> = names.iter().map(|index| is_unit.get(*index).is_some_and(|unit| *unit)).collect();
    let figures: Option<Vec<Decimal>> = names.iter().map(|index| figure(*index)).collect();
    let division = match (total.and_then(figure), figures) {
        (Some(total), Some(figures)) => units_by_sums(total, &figures, &known, work).unwrap_or(Division::GivenUp),
        _ => Division::None,
    };
    if let Division::One(wholes) = &division {
        for (index, whole) in names.iter().zip(wholes) {
            if let Some(flag) = is_unit.get_mut(*index) {
                *flag = *whole;
            }
        }
    }
    // Units that are known by name need not be all, so without a division they do not make up the total either.
    let is_divided = !matches!(division, Division::Several | Division::GivenUp);
    let mut unit = None;
    for index in names {
        let Some(row) = rows.get_mut(index) else { continue };
        let whole = if is_unit.get(index).copied().unwrap_or(false) {
            row.role = Role::Unit;
            unit = Some(index);
            total
        } else {
            unit.or(total)
        };
        row.part_of = whole.map(|whole| whole as u32).filter(|_| is_divided);
    }
    division
}

/// Longer lists are divided by names alone.
const MOST_LISTED: usize = 2_000;

/// How a list divides into units, each the sum of the figures behind it up to the next unit.
enum Division {
    /// In no such way.
    None,
    /// In one way: which figures are units.
    One(Vec<bool>),
    /// In several, so that nobody can say which row is a part of which.
    Several,
    /// It was too much work to find out.
    GivenUp,
}

/// What it costs to add a figure to a sum.
const ADDED: usize = 4;

/// Divides a list by its sums; units together are the total. `known` are units already. `None` if it is too much work.
fn units_by_sums(total: Decimal, figures: &[Decimal], known: &[bool], work: &mut Work) -> Option<Division> {
    if figures.is_empty() || figures.len() > MOST_LISTED {
        return Some(Division::None);
    }
    // For each figure, if it is a unit: where its parts end, and in how many ways everything from here on divides.
    let mut ways: Vec<(usize, u8)> = vec![(0, 0); figures.len()];
    for (at, figure) in figures.iter().enumerate().rev() {
        let unit = Interval::printed(*figure);
        let mut parts = Interval::ZERO;
        for (part, figure) in figures.iter().enumerate().skip(at + 1) {
            work.take(ADDED)?;
            parts = parts + Interval::printed(*figure);
            if parts.low > unit.high || known.get(part).is_some_and(|known| *known) {
                break;
            }
            let behind = ways.get(part + 1).map_or(1, |(_, ways)| *ways);
            if let Some(here) = ways.get_mut(at).filter(|_| behind > 0 && unit.meets(parts)) {
                *here = (part + 1, here.1.saturating_add(behind));
            }
        }
    }
    if ways.first().is_none_or(|(_, ways)| *ways != 1) {
        let several = ways.first().is_some_and(|(_, ways)| *ways > 1);
        return Some(if several { Division::Several } else { Division::None });
    }
    let mut wholes = vec![false; figures.len()];
    let mut units = Interval::ZERO;
    let mut at = 0;
    while let (Some(figure), Some(whole), Some((end, _))) = (figures.get(at), wholes.get_mut(at), ways.get(at)) {
        *whole = true;
        units = units + Interval::printed(*figure);
        at = *end;
    }
    let total = Interval::printed(total);
    // A list of next to nothing adds up without units as well.
    let all = figures.iter().fold(Interval::ZERO, |sum, figure| sum + Interval::printed(*figure));
    Some(match units.meets(total) {
        true if all.meets(total) && !known.contains(&true) => Division::Several,
        true => Division::One(wholes),
        false => Division::None,
    })
}
