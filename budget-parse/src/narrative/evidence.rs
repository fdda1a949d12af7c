//! What the tables say to the coordinates of the text.
//!
//! In a form that no layout names, what a section is about is read from its heading. Where its figures are those of the tables,
//! that is so. Where most of them differ from the tables, the section speaks of something else than its heading seems to say
//! (of one unit, with what was carried over), and nobody knows what its figures are figures of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use budget_model::{Coordinates, Decimal, Disclosure, Flow, Measure, Phase, Source, Stage, Unit, YearRef};

/// Takes the coordinates from the figures of sections that the tables contradict.
pub(crate) fn settle(disclosure: &mut Disclosure) {
    let printed = printed(disclosure);
    // Of each section the different amounts that agree, and how many do not.
    let mut sections: BTreeMap<&str, (BTreeSet<Decimal>, usize)> = BTreeMap::new();
    for fact in disclosure.facts.iter().filter(|fact| fact.measure == Measure::Amount) {
        let Some(coordinates) = &fact.coordinates else { continue };
        let Some((stated, known)) =
            money(fact.value, fact.unit.as_ref()).zip(printed.get(&plain(disclosure.stage, coordinates)))
        else {
            continue;
        };
        let (agree, differ) = sections.entry(section(&fact.section)).or_default();
        match known.iter().any(|known| is_same(stated, *known)) {
            true => _ = agree.insert(stated.value),
            false => *differ += 1,
        }
    }
    // One figure alone is another way to count in a budget. Of final accounts there is one way.
    let fewest = if disclosure.stage == Stage::Final { 2 } else { 1 };
    let is_contradicted = |(agree, differ): &(BTreeSet<Decimal>, usize)| *differ > agree.len() && *differ >= fewest;
    let contradicted: BTreeSet<String> =
        sections.into_iter().filter(|(_, found)| is_contradicted(found)).map(|(path, _)| path.to_owned()).collect();
    for fact in &mut disclosure.facts {
        if contradicted.contains(section(&fact.section)) {
            fact.coordinates = None;
        }
    }
}

/// Elements of the path of what is one section here: 3.五
const DEPTH: usize = 2;

fn section(path: &str) -> &str {
    path.match_indices('.').nth(DEPTH - 1).and_then(|(end, _)| path.get(..end)).unwrap_or(path)
}

/// An amount in yuan and what one of its last digit is worth.
#[derive(Clone, Copy, Debug)]
struct Money {
    value: Decimal,
    step: Decimal,
}

fn money(value: Decimal, unit: Option<&Unit>) -> Option<Money> {
    let yuan = unit?.in_yuan()?;
    let step = Decimal::new(1, value.scale()).checked_mul(yuan)?;
    Some(Money { value: value.checked_mul(yuan)?.normalize(), step })
}

/// Whether two amounts are one, printed with different precision; texts cut digits off as often as they round.
fn is_same(one: Money, other: Money) -> bool {
    one.value.saturating_sub(other.value).abs() < one.step.max(other.step)
}

/// The amounts of the budget of the year that the tables print, by coordinates.
fn printed(disclosure: &Disclosure) -> HashMap<Coordinates, Vec<Money>> {
    let mut printed: HashMap<Coordinates, Vec<Money>> = HashMap::new();
    for table in &disclosure.tables {
        for (index, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let coordinates = table.coordinates(index as u32, cell);
                if let Some((coordinates, money)) = coordinates.zip(money(cell.amount.value, Some(&table.unit))) {
                    printed.entry(plain(disclosure.stage, &coordinates)).or_default().push(money);
                }
            }
        }
    }
    printed
}

/// Coordinates without what goes without saying: planned (or, in final accounts, final), of this year; revenue or expenditure,
/// which are the same money in a budget.
fn plain(stage: Stage, coordinates: &Coordinates) -> Coordinates {
    let mut coordinates = coordinates.clone();
    coordinates.year = coordinates.year.filter(|year| *year != YearRef::This);
    match stage {
        Stage::Budget => {
            coordinates.phase = coordinates.phase.filter(|phase| *phase != Phase::Budget);
            coordinates.flow = coordinates.flow.filter(|flow| !matches!(flow, Flow::Revenue | Flow::Expenditure));
        }
        Stage::Final => {
            coordinates.phase = coordinates.phase.filter(|phase| *phase != Phase::Final);
            // 本年收入合计 is 收入合计: what was carried over is no revenue.
            if coordinates.source == Source::CurrentYear && coordinates.flow == Some(Flow::Revenue) {
                coordinates.source = Source::All;
            }
        }
    }
    coordinates
}

#[cfg(test)]
mod tests {
    use budget_model::{Cell, Column, Fact, Label, Place, Placement, Role, Row, Table, TableKind};

    use super::*;

    const PLACE: Place = Place::Text { page: 1, line: 1, column: 1 };

    fn document(stated: &[(&str, i64)]) -> Disclosure {
        let mut table = Table::new(TableKind::Overview, Label::new("收支总表", PLACE));
        table.unit = Unit::Yuan;
        table.columns.push(Column::new("amount", "预算数"));
        let mut row = Row::new(Role::Total, Label::new("合计", PLACE));
        let amount = budget_model::Amount { value: Decimal::new(125_678, 0), place: PLACE };
        row.cells.push(Cell::new(0, amount, Placement::Printed));
        table.rows.push(row);
        let fact = |(section, value): &(&str, i64)| Fact {
            section: (*section).to_owned(),
            subject: vec!["收入预算".to_owned()],
            measure: Measure::Amount,
            value: Decimal::new(*value, 2),
            unit: Some(Unit::TenThousandYuan),
            quote: String::new(),
            reason: None,
            place: PLACE,
            coordinates: Some(Coordinates::TOTAL),
        };
        Disclosure { tables: vec![table], facts: stated.iter().map(fact).collect(), ..Disclosure::default() }
    }

    #[test]
    fn a_section_that_the_tables_contradict_has_no_coordinates() {
        let mut disclosure = document(&[("3.一.(一)", 1256), ("3.二", 1257), ("3.三", 1300)]);
        settle(&mut disclosure);
        let known: Vec<bool> = disclosure.facts.iter().map(|fact| fact.coordinates.is_some()).collect();
        // 12.56万元 was cut off, 12.57万元 rounded.
        assert_eq!(known, [true, true, false]);
    }
}
