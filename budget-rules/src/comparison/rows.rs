//! Which columns and rows of two tables belong together.

use budget_model::{Code, Decimal, Label, Role, Row, Side, Table};

use super::figures::{Count, Pair, is_settled};
use super::pairing::{Pairing, When};
use super::passed_over::PassedOver;
use super::{ColumnChange, FigureChange, Presence, RowChange, text_of};

/// The columns and rows that differ. What is missing may stand where a document was not read.
pub(super) fn changes(
    before: &Table,
    after: &Table,
    [passed_before, passed_after]: [&PassedOver; 2],
    count: &mut Count,
) -> (Vec<ColumnChange>, Vec<RowChange>) {
    let columns = pair_columns(before, after);
    let rows = pair_rows(before, after);
    let (dropped, added): (Vec<usize>, Vec<usize>) = (columns.dropped().collect(), columns.added().collect());
    let pair = Pair { before, after, alone: [&dropped, &added] };
    let partners: Vec<(Option<u16>, Option<u16>)> = columns
        .after()
        .map(|(one, other)| (one.map(|one| one as u16), Some(other as u16)))
        .chain(columns.dropped().map(|one| (Some(one as u16), None)))
        .collect();
    let mut changes = Vec::new();
    let indices = rows.after().map(|(one, other)| (one, Some(other)));
    for (one, other) in indices.chain(rows.dropped().map(|one| (Some(one), None))) {
        let found = [(before, one), (after, other)].map(|(table, index)| index.and_then(|at| table.rows.get(at)));
        let [earlier, later] = found;
        let mut figures: Vec<FigureChange> =
            partners.iter().filter_map(|columns| pair.figure(earlier, later, *columns, count)).collect();
        let Some(row) = later.or(earlier) else { continue };
        let table = if later.is_some() { after } else { before };
        let in_doubt = |table: &Table, row: &Row| !is_settled(table.doubts | row.doubts);
        // Figures in doubt may be those of another row.
        let printed = figures.iter().flat_map(|figure| figure.before.iter().chain(&figure.after));
        let is_shown = printed.map(|printed| printed.doubts).any(is_settled);
        let presence = match (earlier, later) {
            (Some(_), Some(_)) => Presence::Both,
            _ if figures.is_empty() => continue,
            _ if in_doubt(table, row) || !is_shown => Presence::Unclear,
            (None, _) if !passed_before.may_hold(row.code, &row.label) && !may_have(before, row) => Presence::Added,
            (_, None) if !passed_after.may_hold(row.code, &row.label) && !may_have(after, row) => Presence::Dropped,
            _ => Presence::Unclear,
        };
        if presence == Presence::Unclear {
            for figure in figures.iter_mut().filter(|figure| figure.is_certain) {
                figure.is_certain = false;
                count.undecided += 1;
            }
        }
        let has_figures = |row: Option<&Row>| row.is_some_and(|row| !row.cells.is_empty());
        let renamed_from = earlier.zip(later).and_then(|(earlier, later)| {
            let is_other = name(&earlier.label) != name(&later.label);
            let is_used = has_figures(Some(earlier)) || has_figures(Some(later));
            (is_other && is_used).then(|| earlier.label.text.clone())
        });
        if figures.is_empty() && renamed_from.is_none() {
            continue;
        }
        let index = other.or(one).unwrap_or_default() as u32;
        changes.push(RowChange {
            code: row.code,
            name: row.label.text.clone(),
            renamed_from,
            project: row.project.as_ref().map(|project| project.text.clone()),
            unit: table.unit_of(index).map(str::to_owned),
            role: row.role,
            presence,
            in_doubt: earlier.is_some_and(|row| in_doubt(before, row)) || later.is_some_and(|row| in_doubt(after, row)),
            figures,
        });
    }
    // Stable: the others stay in their order.
    changes.sort_by_key(|row| row.role != Role::Total);
    let mut differing = column_changes(after, &added, before, &dropped, Presence::Added);
    differing.extend(column_changes(before, &dropped, after, &added, Presence::Dropped));
    (differing, changes)
}

/// The columns of figures that have no partner. Where the other table has one of unknown meaning, or is in doubt, that may be it.
fn column_changes(
    table: &Table,
    alone: &[usize],
    other: &Table,
    others: &[usize],
    presence: Presence,
) -> Vec<ColumnChange> {
    let is_unknown = |index: &usize| other.columns.get(*index).is_some_and(|column| !column.is_known());
    let may_have = !is_settled(other.doubts) || others.iter().any(is_unknown);
    let of = |index: usize| {
        let column = table.columns.get(index)?;
        let figures = table.figures().filter(|figure| usize::from(figure.position().column) == index);
        let figures: Vec<bool> = figures.map(|figure| is_settled(figure.doubts())).collect();
        let is_certain = column.is_known() && !may_have && figures.contains(&true);
        let presence = if is_certain { presence } else { Presence::Unclear };
        let change = ColumnChange { id: column.id.clone(), label: column.label.clone(), presence };
        (!figures.is_empty()).then_some(change)
    };
    alone.iter().copied().filter_map(of).collect()
}

/// By id, else by the words, which are all that is known of a column of unknown meaning.
fn pair_columns(before: &Table, after: &Table) -> Pairing {
    let mut pairing = Pairing::new(before.columns.len(), after.columns.len());
    let id =
        |table: &Table, at: usize| table.columns.get(at).map(|column| column.id.clone()).filter(|id| !id.is_empty());
    pairing.by(|at| id(before, at), |at| id(after, at), When::AsMany);
    let label = |table: &Table, at: usize| table.columns.get(at).map(|column| column.label.clone());
    pairing.by(|at| label(before, at), |at| label(after, at), When::Unique);
    pairing
}

/// What a row is called.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    side: Option<Side>,
    code: Option<Code>,
    label: String,
    project: Option<String>,
    unit: Option<String>,
}

/// Name, words beside it, name of the row it is a part of, its figures.
type Key = (Name, Vec<String>, Option<String>, Vec<Decimal>);

fn pair_rows(before: &Table, after: &Table) -> Pairing {
    let (ours, theirs) = (keys(before), keys(after));
    let mut pairing = Pairing::new(ours.len(), theirs.len());
    let mut by = |key: &dyn Fn(&Key) -> Option<Key>, when| {
        pairing.by(|at| ours.get(at).and_then(key), |at| theirs.get(at).and_then(key), when);
    };
    let bare = |name: &Name| (name.clone(), Vec::new(), None, Vec::new());
    // First with all that is printed beside the name, then with less and less of it; alike rows first, so that one more or one
    // less among rows of one name does not shift the others.
    by(&|key| Some(key.clone()), When::Any);
    by(&|(name, words, whole, _)| Some((name.clone(), words.clone(), whole.clone(), Vec::new())), When::AsMany);
    by(&|(name, _, _, figures)| Some((name.clone(), Vec::new(), None, figures.clone())), When::Any);
    by(&|(name, ..)| Some(bare(name)), When::AsMany);
    // The same code under another name, then the same name where a document prints no code.
    let coded = |name: &Name| name.code.is_some().then(|| bare(&Name { label: String::new(), ..name.clone() }));
    by(&|(name, ..)| coded(name), When::Unique);
    let named = |name: &Name| bare(&Name { code: None, ..name.clone() });
    let uncoded = |key: &Key| key.0.code.is_none().then(|| named(&key.0));
    let any = |key: &Key| Some(named(&key.0));
    pairing.by(|at| ours.get(at).and_then(uncoded), |at| theirs.get(at).and_then(any), When::Unique);
    pairing.by(|at| ours.get(at).and_then(any), |at| theirs.get(at).and_then(uncoded), When::Unique);
    // The same name, of another unit, or of one that only one of them names.
    let alone = |key: &Key| Some(bare(&Name { unit: None, ..key.0.clone() }));
    pairing.by(|at| ours.get(at).and_then(alone), |at| theirs.get(at).and_then(alone), When::Unique);
    // The total, whatever its word: 总计, 合计.
    let total = |table: &Table, at: usize| {
        let row = table.rows.get(at).filter(|row| row.role == Role::Total && row.code.is_none())?;
        Some((row.side, row.dimensions.flow))
    };
    pairing.by(|at| total(before, at), |at| total(after, at), When::Unique);
    pairing
}

fn keys(table: &Table) -> Vec<Key> {
    let key = |(index, row): (u32, &Row)| {
        let called = Name {
            side: row.side,
            code: row.code,
            label: name(&row.label),
            project: row.project.as_ref().map(name),
            unit: table.unit_of(index).map(str::to_owned),
        };
        let words = row.texts.iter().map(|text| text_of(&text.text)).collect();
        let whole = row.part_of.and_then(|whole| table.rows.get(whole as usize)).map(|whole| name(&whole.label));
        (called, words, whole, row.cells.iter().map(|cell| cell.amount.value).collect())
    };
    (0..).zip(&table.rows).map(key).collect()
}

/// A name as it is compared: brackets of both widths are one.
fn name(label: &Label) -> String {
    let folded = |one| match one {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '，' => ',',
        other => other,
    };
    text_of(label).chars().map(folded).collect()
}

/// Whether a table may have a row that was not found in it: one with its code or name is in doubt there.
fn may_have(table: &Table, row: &Row) -> bool {
    let is_like =
        |entry: &Row| (entry.code.is_some() && entry.code == row.code) || name(&entry.label) == name(&row.label);
    !is_settled(table.doubts) || table.rows.iter().any(|entry| !is_settled(entry.doubts) && is_like(entry))
}
