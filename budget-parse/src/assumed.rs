//! Tables that print no unit: the default of their form is assumed, and compared with the tables that print one.

use std::collections::{HashMap, HashSet};

use budget_model::{
    Amount, Aspect, Coordinates, Decimal, Diagnostic, DiagnosticCode, Disclosure, Doubts, Interval, Table, Unit,
};

/// Figures that have to agree before an assumed unit is one to rely on.
const FEW: usize = 3;

/// Units that a table may be in.
const CANDIDATES: [Unit; 5] =
    [Unit::Yuan, Unit::HundredYuan, Unit::ThousandYuan, Unit::TenThousandYuan, Unit::HundredMillionYuan];

/// The values that a figure stands for, in yuan.
type Stated = (Amount, Decimal);

/// Marks the tables whose unit is assumed, and takes the mark away where figures of equal coordinates in tables that print
/// their unit agree under the assumed unit and under no other.
pub(crate) fn settle(document: &mut Disclosure) {
    document.unit = usual(&document.tables).unwrap_or_else(|| document.unit.clone());
    let is_open =
        |table: &Table| table.figure_count() > 0 && (table.unit_place.is_none() || table.unit == Unit::Unknown);
    if !document.tables.iter().any(is_open) {
        return;
    }
    let printed = printed(document.tables.iter().filter(|table| !is_open(table)));
    let mut titles: Vec<&str> = Vec::new();
    let mut places = Vec::new();
    let mut units: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for table in document.tables.iter_mut().filter(|table| is_open(table)) {
        let agreements = agreements(table, &printed);
        let own = agreements.get(&table.unit).copied().unwrap_or(0);
        let other = agreements
            .iter()
            .filter(|(unit, _)| **unit != table.unit)
            .max_by_key(|(unit, count)| (**count, unit.as_str()));
        let (other, count) = other.map_or((&Unit::Unknown, 0), |(unit, count)| (unit, *count));
        if table.unit_place.is_none() && own >= FEW && count == 0 {
            continue;
        }
        if own == 0 && count >= FEW {
            let arguments = [table.title.text.as_str(), table.unit.as_str(), other.as_str()];
            let arguments = arguments.map(|argument| if argument.is_empty() { "?" } else { argument });
            found.push(Diagnostic::new(DiagnosticCode::UnitContradicted, arguments).at(table.title.place));
        }
        table.doubts.add(Aspect::Unit);
    }
    for table in document.tables.iter().filter(|table| table.doubts.has(Aspect::Unit)) {
        titles.push(&table.title.text);
        places.push(table.title.place);
        let unit = if table.unit == Unit::Unknown { "?" } else { table.unit.as_str() };
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    if !titles.is_empty() {
        let arguments = [titles.len().to_string(), titles.join("、"), units.join("、")];
        let mut diagnostic = Diagnostic::new(DiagnosticCode::UnitAssumed, arguments);
        diagnostic.places = places;
        document.diagnostics.push(diagnostic);
    }
    document.diagnostics.extend(found);
}

/// The unit that most tables print.
fn usual(tables: &[Table]) -> Option<Unit> {
    let mut counts: HashMap<&Unit, usize> = HashMap::new();
    for table in tables.iter().filter(|table| table.unit_place.is_some() && table.unit.in_yuan().is_some()) {
        *counts.entry(&table.unit).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(unit, count)| (*count, unit.as_str())).map(|(unit, _)| unit.clone())
}

/// The certain figures of tables that print their unit, by what they are figures of.
fn printed<'t>(tables: impl Iterator<Item = &'t Table>) -> HashMap<Coordinates, Vec<Stated>> {
    let mut printed: HashMap<Coordinates, Vec<Stated>> = HashMap::new();
    for table in tables {
        let Some(factor) = table.unit.in_yuan() else { continue };
        for (index, row) in (0..).zip(&table.rows) {
            for cell in row.cells.iter().filter(|cell| !cell.amount.value.is_zero()) {
                if let Some(at) = table.coordinates(index, cell) {
                    let stated = printed.entry(at).or_default();
                    if stated.len() < FEW {
                        stated.push((cell.amount, factor));
                    }
                }
            }
        }
    }
    printed
}

/// How many figures of a table agree with the printed ones under each unit.
fn agreements(table: &Table, printed: &HashMap<Coordinates, Vec<Stated>>) -> HashMap<Unit, usize> {
    let mut counts = HashMap::new();
    let mut seen: HashSet<Decimal> = HashSet::new();
    for (index, row) in (0..).zip(&table.rows) {
        for cell in &row.cells {
            let certain = table.doubts_of(row, cell) == Doubts::NONE;
            // One figure that is repeated is one agreement.
            if !certain || cell.amount.value.is_zero() || !seen.insert(cell.amount.value) {
                continue;
            }
            let Some(stated) = table.coordinates_at(index, cell.column).and_then(|at| printed.get(&at)) else {
                continue;
            };
            for unit in CANDIDATES {
                let Some(factor) = unit.in_yuan() else { continue };
                let own = scaled(cell.amount, factor);
                if stated.iter().any(|(amount, factor)| own.is_some() && meets(own, scaled(*amount, *factor))) {
                    *counts.entry(unit).or_default() += 1;
                }
            }
        }
    }
    counts
}

fn scaled(amount: Amount, factor: Decimal) -> Option<Interval> {
    let Interval { low, high } = amount.interval();
    Some(Interval { low: low.checked_mul(factor)?, high: high.checked_mul(factor)? })
}

fn meets(one: Option<Interval>, other: Option<Interval>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.meets(other))
}
