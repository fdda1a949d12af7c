//! One damaged line harms the table it stands in, and no other.
//!
//! What is read of the first document and what is read of the damaged one are compared part by part. Every table whose lines
//! were not touched must be read again, with the same rows and amounts, and every figure in the same column:
//!
//! - a figure that was placed by its own table (order, sums, total row, hierarchy) reads exactly as before;
//! - a figure that needed another table or the text may lose its certainty when these are damaged, and then its column is
//!   among the candidates; another certain column is a failure;
//! - a figure that was ambiguous keeps one of its candidates.
//!
//! The lines of a table go from the line before its number or title to the title of the next table or the heading that ends
//! it: without these, nobody could say where it ends.
//!
//! Three things are learned from other tables and may be forgotten when those are damaged: where the name of a function ends
//! and that of its project begins, which names of a list are units, and the layout, as long as no more than one table is
//! whole. The characters and amounts of such a row stay, but it may be a part of another row, and its figures may lose
//! certainty.
//!
//! `BUDGET_DAMAGE_STEP=1` damages every line; without it, so few that the test stays short.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use budget_model::{Cell, Evidence, Place, Placement, Table, TableKind};
use budget_parse_text::read_text;

const SAMPLE: &str = include_str!("../../examples/disclosure.txt");

/// What is done to a text of lines.
#[derive(Clone, Copy, Debug)]
enum Damage {
    /// Everything behind a line is gone.
    CutAfter(usize),
    Deleted(usize),
    Doubled(usize),
    /// A line and the next one change places.
    Swapped(usize),
}

impl Damage {
    /// The damage of every kind at a line.
    fn all(line: usize) -> [Self; 4] {
        [Self::CutAfter(line), Self::Deleted(line), Self::Doubled(line), Self::Swapped(line)]
    }

    fn apply(self, lines: &[&str]) -> String {
        let mut lines = lines.to_vec();
        match self {
            Self::CutAfter(line) => lines.truncate(line),
            Self::Deleted(line) => drop(lines.remove(line - 1)),
            Self::Doubled(line) => lines.insert(line, lines[line - 1]),
            Self::Swapped(line) if line < lines.len() => lines.swap(line - 1, line),
            Self::Swapped(_) => {}
        }
        lines.join("\n")
    }

    /// The lines of the whole text that it touches.
    fn touches(self) -> RangeInclusive<u32> {
        match self {
            Self::CutAfter(line) => line as u32 + 1..=u32::MAX,
            Self::Deleted(line) | Self::Doubled(line) => line as u32..=line as u32,
            Self::Swapped(line) => line as u32..=line as u32 + 1,
        }
    }

    /// Where a line outside of the damage stands afterwards.
    fn moved(self, line: u32) -> u32 {
        match self {
            Self::Deleted(deleted) if line as usize > deleted => line - 1,
            Self::Doubled(doubled) if line as usize > doubled => line + 1,
            _ => line,
        }
    }
}

/// The tables of a whole document, and the lines of each.
struct Whole<'t> {
    lines: Vec<&'t str>,
    layout: String,
    tables: Vec<(Table, RangeInclusive<u32>)>,
}

impl<'t> Whole<'t> {
    fn of(text: &'t str) -> Self {
        let disclosure = read_text(text.as_bytes()).unwrap();
        let lines: Vec<&str> = text.split('\n').collect();
        let mut tables: Vec<(Table, RangeInclusive<u32>)> = Vec::new();
        let headings = disclosure.sections.iter().map(|section| section.heading.place.line());
        let titles = disclosure.tables.iter().map(|table| table.title.place.line());
        let mut ends: Vec<u32> = headings.chain(titles).collect();
        ends.sort_unstable();
        for table in disclosure.tables {
            let first = table.number.as_ref().unwrap_or(&table.title).place.line();
            let title = table.title.place.line();
            let end = ends.iter().copied().find(|line| *line > title).unwrap_or(lines.len() as u32);
            tables.push((table, first - 1..=end));
        }
        Self { lines, layout: disclosure.layout, tables }
    }

    /// Compares what is read of the damaged document; says what differs, and counts the figures that lost certainty.
    fn compare(&self, damage: Damage, count: &mut Count) -> Result<(), String> {
        let touched = damage.touches();
        let damaged = read_text(damage.apply(&self.lines).as_bytes()).ok();
        count.read += usize::from(damaged.is_some());
        let by_title: HashMap<u32, &Table> =
            damaged.iter().flat_map(|damaged| &damaged.tables).map(|table| (table.title.place.line(), table)).collect();
        let is_whole = |lines: &RangeInclusive<u32>| touched.start() > lines.end() || lines.start() > touched.end();
        let outside = self.tables.iter().all(|(_, lines)| is_whole(lines));
        let untouched: Vec<&Table> =
            self.tables.iter().filter(|(_, lines)| is_whole(lines)).map(|(table, _)| table).collect();
        if untouched.len() <= 1 && damaged.as_ref().is_some_and(|damaged| damaged.layout != self.layout) {
            return Ok(());
        }
        for table in untouched {
            let title = &table.title.text;
            let after = by_title.get(&damage.moved(table.title.place.line()));
            let after = after.ok_or_else(|| format!("{damage:?}: {title} is gone"))?;
            let learns = !outside && table.kind == TableKind::Carryover;
            same(table, after, learns, count).map_err(|difference| format!("{damage:?}: {title}: {difference}"))?;
            count.compared += 1;
        }
        Ok(())
    }
}

/// What was compared.
#[derive(Debug, Default)]
struct Count {
    read: usize,
    compared: usize,
    certain: usize,
    lost: usize,
}

/// A place as line below the title, and column.
fn below(table: &Table, place: Place) -> (u32, u32) {
    (place.line().wrapping_sub(table.title.place.line()), place.column())
}

/// A table without its figures, with places below its title, and without what it learns from other tables.
fn rows(table: &Table, learns: bool) -> impl Iterator<Item = impl PartialEq + std::fmt::Debug> {
    table.rows.iter().map(move |row| {
        let project = row.project.as_ref().map_or("", |project| &project.text);
        let mut name: Vec<char> = row.label.text.chars().chain(project.chars()).collect();
        if learns {
            name.sort_unstable();
        }
        let learned = (!learns).then(|| (row.role, row.part_of, row.project.as_ref().map(|project| &project.text)));
        (row.side, row.code, name, below(table, row.label.place), learned, row.dimensions, row.cells.len())
    })
}

fn same(before: &Table, after: &Table, learns: bool, count: &mut Count) -> Result<(), String> {
    let (rows_before, rows_after): (Vec<_>, Vec<_>) = (rows(before, learns).collect(), rows(after, learns).collect());
    if let Some((before, after)) = rows_before.iter().zip(&rows_after).find(|(before, after)| before != after) {
        return Err(format!("row {before:?} became {after:?}"));
    }
    if rows_before.len() != rows_after.len() || before.columns != after.columns || before.unit != after.unit {
        return Err(format!("{} rows became {}", rows_before.len(), rows_after.len()));
    }
    let cells = |table: &Table| -> Vec<Cell> { table.rows.iter().flat_map(|row| row.cells.clone()).collect() };
    for (old, new) in cells(before).iter().zip(&cells(after)) {
        let same_amount = old.amount.value == new.amount.value
            && old.amount.value.scale() == new.amount.value.scale()
            && below(before, old.amount.place) == below(after, new.amount.place);
        let by_itself = match old.placement {
            Placement::Inferred { by } => by <= Evidence::Hierarchy && !learns,
            _ => false,
        };
        let same_column = match by_itself {
            true => old.column == new.column && old.placement == new.placement,
            false => columns(old).iter().any(|column| columns(new).contains(column)),
        };
        count.certain += usize::from(old.placement.is_certain());
        count.lost += usize::from(old.placement.is_certain() && !new.placement.is_certain());
        if !same_amount || !same_column {
            return Err(format!("{old:?} became {new:?}"));
        }
    }
    Ok(())
}

/// Every column that a figure may stand in.
fn columns(cell: &Cell) -> Vec<u16> {
    match &cell.placement {
        Placement::Ambiguous { candidates } => candidates.clone(),
        _ => vec![cell.column],
    }
}

/// Damages every so many lines of a document in every way.
fn damage_each(name: &str, text: &str, usual: usize) {
    let step = std::env::var("BUDGET_DAMAGE_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(usual);
    let whole = Whole::of(text);
    let mut count = Count::default();
    let mut failures = Vec::new();
    for line in (1..=whole.lines.len()).step_by(step) {
        failures.extend(Damage::all(line).into_iter().filter_map(|damage| whole.compare(damage, &mut count).err()));
    }
    println!("{name}: {count:?}");
    assert!(failures.is_empty(), "{name}: {} times:\n{}", failures.len(), failures.join("\n"));
    assert!(count.read > 0 && count.compared > 0 && count.certain > count.compared, "{name}: {count:?}");
}

#[test]
fn a_damaged_line_of_the_sample_changes_no_other_table() {
    damage_each("sample", SAMPLE, 97);
}

#[test]
#[ignore = "needs ../shared"]
fn a_damaged_line_of_a_seed_changes_no_other_table() {
    let folder = std::env::var_os("BUDGET_SEEDS_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds"), PathBuf::from);
    let mut seeds = 0;
    for entry in std::fs::read_dir(folder).expect("the seeds folder must be there") {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        damage_each(&path.display().to_string(), &text, 397);
        seeds += 1;
    }
    assert!(seeds > 0);
}
