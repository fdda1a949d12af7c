//! What is known of the cube of money from the tables placed so far.
//!
//! Only figures whose columns are certain come in, and only identities that the cube itself promises are used: a whole is
//! the sum of its parts along sources and natures, and parts of nothing are nothing. Where two tables need not show the
//! same money (appropriations with or without what was carried over), the totals decide: if they differ, nothing is
//! concluded.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use budget_model::{
    Amount, Aspect, Cell, Chart, Classification, Code, Dimensions, Fact, Measure, Nature, Role, Row, Side, Source,
    Table, TableKind, ThreePublicItem, Unit,
};

use super::fixed::Fixed;
use super::options::{KnownSum, Mask};

/// Decimals that all knowledge is kept with.
pub(super) const SCALE: u32 = 4;

const SOURCES: usize = Source::TREE.len();
const NATURES: usize = Nature::TREE.len();

/// Totals by source and nature, and figures by function.
pub(super) struct Knowledge {
    /// What adds up to what in the document.
    chart: Chart,
    totals: [[Option<Fixed>; NATURES]; SOURCES],
    known_totals: usize,
    /// For each source the widest one that is, by its total, the same money.
    wide: [Source; SOURCES],
    functions: BTreeMap<Code, Vec<Stated>>,
    /// What the text states of the three public expenses.
    three_public: BTreeMap<ThreePublicItem, Vec<Stated>>,
}

/// A column, and what it fixes.
type Place = (usize, Source, Nature);

/// A figure of a function or an item, and the table it stands in; none if the text states it.
type Stated = (Option<TableKind>, Source, Nature, Fixed);

impl Knowledge {
    /// Collects what the certain figures of the tables and the figures of the text say. Tables come first: what they say
    /// of a total is not replaced by the text.
    pub(super) fn of(tables: &[Table], facts: &[Fact]) -> Self {
        let mut knowledge = Self {
            chart: Chart::of(tables),
            totals: [[None; NATURES]; SOURCES],
            known_totals: 0,
            wide: Source::TREE,
            functions: BTreeMap::new(),
            three_public: BTreeMap::new(),
        };
        for table in tables {
            knowledge.add(table);
        }
        for fact in facts {
            knowledge.add_fact(fact);
        }
        knowledge.complete();
        knowledge.wide = Source::TREE.map(|source| knowledge.widest(source));
        knowledge
    }

    fn add_fact(&mut self, fact: &Fact) {
        let Some(at) = fact.coordinates.as_ref().filter(|_| fact.measure == Measure::Amount) else { return };
        if fact.unit != Some(Unit::TenThousandYuan)
            || at.economic.is_some()
            || at.project.is_some()
            || at.unit.is_some()
        {
            return;
        }
        let Some(value) = Fixed::new(fact.value, SCALE) else { return };
        match (at.function, at.three_public) {
            (None, None) => self.total(at.source, at.nature, value),
            (Some(code), None) => state(self.functions.entry(code).or_default(), (None, at.source, at.nature, value)),
            (None, Some(item)) => {
                state(self.three_public.entry(item).or_default(), (None, at.source, at.nature, value))
            }
            (Some(_), Some(_)) => {}
        }
    }

    fn add(&mut self, table: &Table) {
        // What is in doubt teaches nothing.
        if !table.doubts.without(Aspect::Unit).is_empty() {
            return;
        }
        // Knowledge is kept in one unit; a table in another one says nothing here.
        if table.unit != Unit::TenThousandYuan || matches!(table.kind, TableKind::ThreePublic) {
            return;
        }
        if table.declared_empty.is_some() && table.figure_count() == 0 {
            let source = table.dimensions.source.unwrap_or(Source::All);
            self.total(source, table.dimensions.nature.unwrap_or(Nature::All), Fixed::ZERO);
            return;
        }
        // Most rows fix nothing, so their columns mean the same in all of them.
        let usual: Vec<Dimensions> =
            table.columns.iter().map(|column| table.dimensions.narrowed(column.dimensions)).collect();
        // The wholes of which some part is filled in.
        let filled = table.rows.iter().filter(|row| !row.cells.is_empty());
        let divided: HashSet<u32> = filled.filter_map(|row| row.part_of).collect();
        for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| row.doubts.is_empty()) {
            match (table.kind, row.side) {
                (TableKind::Overview | TableKind::Appropriation, Some(Side::Revenue)) => {
                    self.revenue_row(table, index, row, &divided)
                }
                _ => self.row(table, row, &usual),
            }
        }
        if table.kind == TableKind::GeneralProject {
            self.project_sums(table);
        }
    }

    /// A line of the revenue side: a source and its total.
    fn revenue_row(&mut self, table: &Table, index: usize, row: &Row, divided: &HashSet<u32>) {
        let Some(source) = row.dimensions.source else { return };
        // Table 4 repeats the year's appropriations; its blank lines say nothing that table 1 does not.
        let value = match row.cells.first() {
            Some(cell) if cell.doubts.is_empty() => Fixed::of(&cell.amount, SCALE),
            Some(_) => None,
            // A figure that could not be read is no blank.
            None if !row.doubts.is_empty() => None,
            None => {
                (table.kind == TableKind::Overview && blank_is_nothing(table, index, divided)).then_some(Fixed::ZERO)
            }
        };
        if let Some(value) = value {
            self.total(source, Nature::All, value);
        }
    }

    /// The certain figures of a row; `usual` is what the columns fix where the row fixes nothing.
    fn row(&mut self, table: &Table, row: &Row, usual: &[Dimensions]) {
        let is_total = row.role == Role::Total;
        if !is_total && row.code.is_none() || row.project.is_some() || row.dimensions.three_public.is_some() {
            return;
        }
        let is_usual = row.dimensions == Dimensions::default();
        let is_certain = |cell: &&Cell| cell.placement.is_certain() && (row.doubts | cell.doubts).is_empty();
        for cell in row.cells.iter().filter(is_certain) {
            let index = usize::from(cell.column);
            let (Some(column), Some(usual)) = (table.columns.get(index), usual.get(index)) else { continue };
            if column.dimensions.economic.is_some() {
                continue;
            }
            let fixed = match is_usual {
                true => *usual,
                false => table.dimensions.narrowed(row.dimensions).narrowed(column.dimensions),
            };
            let (source, nature) = (fixed.source.unwrap_or(Source::All), fixed.nature.unwrap_or(Nature::All));
            let Some(value) = Fixed::of(&cell.amount, SCALE) else { continue };
            if is_total {
                self.total(source, nature, value);
            } else if let Some(code) = row.code.filter(|_| table.classification == Classification::Function) {
                state(self.functions.entry(code).or_default(), (Some(table.kind), source, nature, value));
            }
        }
    }

    /// The projects of an item add up to the project expenditure of the item.
    fn project_sums(&mut self, table: &Table) {
        let mut sums: BTreeMap<Code, Fixed> = BTreeMap::new();
        for row in table.rows.iter().filter(|row| row.project.is_some()) {
            let figure = row.cells.iter().find(|cell| cell.column == 0).and_then(|cell| Fixed::of(&cell.amount, SCALE));
            if let (Some(code), Some(figure)) = (row.code, figure) {
                let sum = sums.entry(code).or_default();
                *sum = sum.plus(figure);
            }
        }
        for (code, sum) in sums {
            let known = self.functions.entry(code).or_default();
            state(known, (Some(table.kind), Source::GeneralPublicBudget, Nature::Project, sum));
        }
    }

    fn total(&mut self, source: Source, nature: Nature, value: Fixed) {
        let entry = &mut self.totals[source as usize][nature as usize];
        if entry.is_none() {
            *entry = Some(value);
            self.known_totals += 1;
        }
    }

    fn total_of(&self, source: Source, nature: Nature) -> Option<Fixed> {
        self.totals[source as usize][nature as usize]
    }

    /// Fills in totals that follow: parts of nothing, the last unknown part of a whole, a whole of known parts.
    fn complete(&mut self) {
        let chart = std::mem::take(&mut self.chart);
        let divided = Source::TREE.into_iter().map(|source| (source, chart.sources(source).collect::<Vec<_>>()));
        let divided: Vec<_> = divided.filter(|(_, parts)| !parts.is_empty()).collect();
        // What nobody states and no column divides stays unknown.
        let is_whole = |nature: Nature| Source::TREE.iter().any(|source| !chart.natures(*source, nature).is_empty());
        let wholes: Vec<Nature> = Nature::TREE.into_iter().filter(|nature| is_whole(*nature)).collect();
        let is_part = |nature: Nature| {
            let mut all = wholes.iter().flat_map(|whole| Source::TREE.map(|source| chart.natures(source, *whole)));
            all.any(|parts| parts.contains(&nature))
        };
        let is_known = |nature: Nature| self.totals.iter().flat_map(|of| of.get(nature as usize)).any(Option::is_some);
        let can_be_known = |nature: &Nature| is_known(*nature) || wholes.contains(nature) || is_part(*nature);
        let known: Vec<Nature> = Nature::TREE.into_iter().filter(can_be_known).collect();
        // Each round settles one more level in one direction of one of the two trees.
        for _ in 0..SOURCES + NATURES {
            let before = self.known_totals;
            for nature in &known {
                for (source, parts) in &divided {
                    self.follow((*source, *nature), parts.iter().map(|part| (*part, *nature)));
                }
            }
            for source in Source::TREE {
                for nature in &wholes {
                    let parts = chart.natures(source, *nature);
                    self.follow((source, *nature), parts.iter().map(|part| (source, *part)));
                }
            }
            if self.known_totals == before {
                break;
            }
        }
        self.chart = chart;
    }

    fn follow(&mut self, whole: (Source, Nature), mut parts: impl Iterator<Item = (Source, Nature)> + Clone) {
        if parts.clone().next().is_none() {
            return;
        }
        let known = |knowledge: &Self, (source, nature): (Source, Nature)| knowledge.total_of(source, nature);
        match known(self, whole) {
            Some(value) if value.value == 0 => {
                // A printed 0.00 may hide a little, a blank nothing; the parts can hide no more.
                for part in parts {
                    self.total(part.0, part.1, value);
                }
            }
            Some(value) => {
                let mut unknown = parts.clone().filter(|part| known(self, *part).is_none());
                if let (Some(missing), None) = (unknown.next(), unknown.next()) {
                    let rest = parts.filter_map(|part| known(self, part)).fold(value, Fixed::minus);
                    // A rest that rounding explains is nothing; a negative rest is a contradiction and no knowledge.
                    if rest.meets(Fixed::ZERO) {
                        let slack = rest.slack.saturating_add(rest.value.saturating_abs());
                        self.total(missing.0, missing.1, Fixed { value: 0, slack });
                    } else if rest.value > 0 {
                        self.total(missing.0, missing.1, rest);
                    }
                }
            }
            None => {
                let sum = parts.try_fold(Fixed::ZERO, |sum, part| Some(sum.plus(known(self, part)?)));
                if let Some(sum) = sum {
                    self.total(whole.0, whole.1, sum);
                }
            }
        }
    }

    /// The widest source that is, by its total, the same money.
    fn widened(&self, source: Source) -> Source {
        self.wide[source as usize]
    }

    fn widest(&self, source: Source) -> Source {
        let value = self.total_of(source, Nature::All).map(|fixed| fixed.value);
        let same = |wider: &&Source| {
            wider.contains(source)
                && value.is_some()
                && self.total_of(**wider, Nature::All).map(|fixed| fixed.value) == value
        };
        Source::TREE.iter().find(same).copied().unwrap_or(source)
    }

    /// How much money there can be where none is known: nothing where lines are blank, what rounding hides where 0.00 is
    /// printed. `None` if there may be some.
    fn nothing(&self, source: Source, nature: Nature) -> Option<i64> {
        let zero = |source, nature| self.total_of(source, nature).filter(|value| value.value == 0);
        let known = [zero(source, Nature::All), zero(source, nature), zero(Source::All, nature)];
        known.into_iter().flatten().map(|value| value.slack).min()
    }

    /// What is known of the rows of a table, as sums over its columns; figures at the scale of the table.
    pub(super) fn of_rows(&self, table: &Table, scale: u32) -> Vec<Vec<KnownSum>> {
        // Most rows fix nothing, so their columns mean the same in all of them.
        let usual = Columns::of(self, table, Dimensions::default(), scale);
        let of_row = |row: &Row| {
            if row.dimensions == Dimensions::default() {
                return usual.as_ref().map_or_else(Vec::new, |columns| self.of_row(table, row, columns, scale));
            }
            let columns = Columns::of(self, table, row.dimensions, scale);
            columns.map_or_else(Vec::new, |columns| self.of_row(table, row, &columns, scale))
        };
        table.rows.iter().map(of_row).collect()
    }

    fn of_row(&self, table: &Table, row: &Row, columns: &Columns, scale: u32) -> Vec<KnownSum> {
        let mut known: Vec<KnownSum> = columns.blank.into_iter().collect();
        known.extend(defined(row, &columns.all));
        let economic = table.classification != Classification::Function && row.role != Role::Total;
        if economic || row.project.is_some() || row.role == Role::Unit {
            return known;
        }
        let mut push = |source: Source, nature: Nature, value: Fixed| {
            if let Some((columns, hidden)) = columns.covering(self, source, nature)
                && let Some(value) = in_table(value.plus(Fixed { value: 0, slack: hidden }), table, scale)
            {
                known.push(KnownSum { columns, value });
            }
        };
        match (row.role, row.code) {
            _ if table.kind == TableKind::ThreePublic => {
                let stated = row.dimensions.three_public.and_then(|item| self.three_public.get(&item));
                for (_, source, nature, value) in stated.into_iter().flatten() {
                    push(*source, *nature, *value);
                }
            }
            (Role::Total, _) => {
                for source in Source::TREE {
                    for nature in Nature::TREE {
                        if let Some(value) = self.total_of(source, nature) {
                            push(source, nature, value);
                        }
                    }
                }
            }
            (_, Some(code)) => {
                let stated = self.functions.get(&code).map_or(&[][..], Vec::as_slice);
                for (_, source, nature, value) in stated.iter().filter(|(kind, ..)| *kind != Some(table.kind)) {
                    push(*source, *nature, *value);
                    if let Some((wider, hidden)) = widest_equal(stated, *source) {
                        push(wider, *nature, value.plus(Fixed { value: 0, slack: hidden }));
                    }
                }
            }
            _ => {}
        }
        known.sort_by_key(|known| (known.columns, known.value.value));
        known.dedup_by_key(|known| known.columns);
        known
    }

    /// Whether columns divide all the money of a source, but for what may be hidden by rounding.
    fn source_covered(&self, source: Source, by: &[Place]) -> Option<i64> {
        if by.iter().any(|(_, of, _)| *of == source) {
            return Some(0);
        }
        if let Some(hidden) = self.nothing(source, Nature::All) {
            return Some(hidden);
        }
        let mut parts = self.chart.sources(source);
        let hidden: Option<i64> = parts.clone().map(|part| self.source_covered(part, by)).sum();
        hidden.filter(|_| parts.next().is_some())
    }

    /// Whether columns divide all expenditure of a nature from a source.
    fn nature_covered(&self, source: Source, nature: Nature, by: &[Place]) -> bool {
        if by.iter().any(|(_, _, of)| *of == nature) {
            return true;
        }
        let parts = self.chart.natures(source, nature);
        !parts.is_empty() && parts.iter().all(|part| self.nature_covered(source, *part, by))
    }
}

/// The columns that hold some money, and how much rounding elsewhere may hide of it.
type Covering = (Mask, i64);

/// The columns of rows of a table.
struct Columns {
    all: Vec<Place>,
    /// Those that are no whole of others.
    leaves: Vec<Place>,
    /// Columns of money that the document does not have stay blank.
    blank: Option<KnownSum>,
    /// What was found to cover a source and nature; most rows ask for the same few.
    found: [[OnceCell<Option<Covering>>; NATURES]; SOURCES],
}

impl Columns {
    /// The columns of rows that fix `of_row`; `None` if the table divides by something else than source and nature.
    fn of(knowledge: &Knowledge, table: &Table, of_row: Dimensions, scale: u32) -> Option<Self> {
        let mut columns = Self {
            all: Vec::with_capacity(table.columns.len()),
            leaves: Vec::new(),
            blank: None,
            found: [const { [const { OnceCell::new() }; NATURES] }; SOURCES],
        };
        let (mut wholes, mut blank, mut hidden): (Mask, Mask, Fixed) = (0, 0, Fixed::ZERO);
        for (index, column) in table.columns.iter().enumerate() {
            let fixed = table.dimensions.narrowed(of_row).narrowed(column.dimensions);
            if fixed.economic.is_some() {
                return None;
            }
            wholes |= column.part_of.map_or(0, |whole| 1 << whole);
            let (source, nature) = (fixed.source.unwrap_or(Source::All), fixed.nature.unwrap_or(Nature::All));
            columns.all.push((index, source, nature));
            let carried = table.kind == TableKind::ThreePublic
                && knowledge.nothing(source.carried_over().unwrap_or(source), nature).is_none();
            if let Some(slack) = knowledge.nothing(source, nature).filter(|_| !carried) {
                blank |= 1 << index;
                hidden = hidden.plus(Fixed { value: 0, slack });
            }
        }
        columns.leaves = columns.all.iter().filter(|(index, ..)| wholes & (1 << index) == 0).copied().collect();
        let value = in_table(hidden, table, scale).filter(|_| blank != 0);
        columns.blank = value.map(|value| KnownSum { columns: blank, value });
        Some(columns)
    }

    /// The columns that together hold the money of a source and nature, and how much may be hidden by rounding elsewhere.
    fn covering(&self, knowledge: &Knowledge, source: Source, nature: Nature) -> Option<Covering> {
        let found = &self.found[source as usize][nature as usize];
        *found.get_or_init(|| self.find(knowledge, source, nature))
    }

    fn find(&self, knowledge: &Knowledge, source: Source, nature: Nature) -> Option<Covering> {
        let Self { all, leaves, .. } = self;
        let slack = |source| knowledge.total_of(source, Nature::All).map_or(0, |total| total.slack);
        let same = all.iter().find(|(_, other, of)| *of == nature && *other == source);
        if let Some((column, ..)) = same {
            return Some((1 << column, 0));
        }
        let wide = knowledge.widened(source);
        if let Some((column, other, _)) =
            all.iter().find(|(_, other, of)| *of == nature && knowledge.widened(*other) == wide)
        {
            // Totals that print alike may differ by what rounding hides in both.
            return Some((1 << column, slack(source).saturating_add(slack(*other))));
        }
        let inside = leaves.iter().filter(|(_, of, kind)| source.contains(*of) && nature.contains(*kind));
        let mask = inside.fold(0, |mask, (column, ..)| mask | 1 << column);
        if mask == 0 || !knowledge.nature_covered(source, nature, leaves) {
            return None;
        }
        Some((mask, knowledge.source_covered(source, leaves)?))
    }
}

/// Statements of one function that are kept; further ones, in documents that repeat themselves without end, are left out,
/// and what they would have settled stays open.
const MOST_STATED: usize = 64;

fn state(all: &mut Vec<Stated>, stated: Stated) {
    if all.len() < MOST_STATED && !all.contains(&stated) {
        if all.capacity() == 0 {
            // What a function usually has: its sources and natures in four tables.
            all.reserve(12);
        }
        all.push(stated);
    }
}

/// Whether a blank line of a form means that there is no such money: other parts of its whole are filled in, or the whole is
/// blank for the same reason. Where no part of a filled whole is, nobody divided it, and a blank says nothing.
///
/// `divided` are the wholes of which some part is filled in.
fn blank_is_nothing(table: &Table, row: usize, divided: &HashSet<u32>) -> bool {
    const MOST_LEVELS: usize = 8;
    let part_of = |row: usize| table.rows.get(row).and_then(|row| row.part_of);
    let is_filled = |row: &u32| table.rows.get(*row as usize).is_some_and(|row| !row.cells.is_empty());
    let whole = std::iter::successors(part_of(row), |whole| part_of(*whole as usize)).take(MOST_LEVELS).find(is_filled);
    whole.is_some_and(|whole| divided.contains(&whole))
}

/// The widest source that has the same total for a function (where all its money is general public budget, say), and how
/// much rounding may hide between the two.
fn widest_equal(stated: &[Stated], source: Source) -> Option<(Source, i64)> {
    let total = |of: Source| {
        let all = |(_, other, nature, _): &&Stated| *other == of && *nature == Nature::All;
        stated.iter().find(all).map(|(.., value)| *value)
    };
    let value = total(source)?;
    Source::TREE.iter().filter(|wider| **wider != source && wider.contains(source)).find_map(|wider| {
        let other = total(*wider).filter(|other| other.value == value.value)?;
        Some((*wider, value.slack.saturating_add(other.slack)))
    })
}

/// Economic classes that are personnel (人员经费) or operating expenditure (公用经费) by definition.
///
/// Source: 部门预算支出经济分类科目; every disclosure repeats it in its glossary (人员经费包括工资福利支出、对个人和家庭的补助).
const CLASS_NATURES: &[(u32, Nature)] =
    &[(301, Nature::Personnel), (303, Nature::Personnel), (302, Nature::Operating), (310, Nature::Operating)];

/// The columns that an economic class leaves blank by definition.
fn defined(row: &Row, columns: &[Place]) -> Option<KnownSum> {
    let class = row.code?.class();
    let (_, nature) = CLASS_NATURES.iter().find(|(number, _)| Code::from_number(*number) == Some(class))?;
    let other = if *nature == Nature::Personnel { Nature::Operating } else { Nature::Personnel };
    let blank = columns.iter().filter(|(_, _, of)| *of == other).fold(0, |mask, (column, ..)| mask | 1 << column);
    (blank != 0).then_some(KnownSum { columns: blank, value: Fixed::ZERO })
}

/// What is known, in 万元, in the unit of a table and at a scale of its figures.
fn in_table(known: Fixed, table: &Table, scale: u32) -> Option<Fixed> {
    match table.unit {
        Unit::TenThousandYuan => known.rescaled(SCALE, scale),
        // The decimals of knowledge are those of 1元 in 万元.
        Unit::Yuan => known.rescaled(0, scale),
        _ => None,
    }
}

/// The scale at which the figures of a table are compared: the knowledge scale, or more if the table prints more.
pub(super) fn table_scale<'t>(figures: impl Iterator<Item = &'t Amount>) -> u32 {
    figures.map(|amount| amount.value.scale()).max().unwrap_or(0).max(SCALE)
}
