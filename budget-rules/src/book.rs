//! The book: all figures of a disclosure, numbered, and what each is a figure of.

use budget_model::{
    Amount, Decimal, Dimensions, Disclosure, Fact, Label, Measure, PerformanceTable, Place, Role, Table, Unit,
};

use crate::check::Term;
use crate::facts::Facts;
use crate::figure::{Figure, FigureId, PerformanceAmount, Subject};
use crate::key::Key;
use crate::prose::{self, Number};
use crate::sources::Sources;
use crate::statements::Statements;
use crate::topic::{Topic, Topics};

/// A disclosure whose figures are numbered, and what they are figures of.
///
/// This is what a [`Rule`](crate::Rule) sees. It is made once for all rules.
#[derive(Debug)]
pub struct Book<'a> {
    disclosure: &'a Disclosure,
    last_year: Option<&'a Disclosure>,
    figures: Vec<Figure<'a>>,
    rows: Vec<Vec<u32>>,
    /// What the cells of the tables are figures of.
    keys: Vec<Option<Key>>,
    allocations: Vec<Vec<(Number<'a>, FigureId)>>,
    goals: Vec<Vec<(Number<'a>, FigureId)>>,
    /// Figures that are neither cells nor facts, sorted.
    others: Vec<(Subject, FigureId)>,
    sources: Sources,
    topics: Topics<'a>,
    facts: Facts,
    statements: Statements,
}

impl<'a> Book<'a> {
    /// Numbers the figures of a disclosure. `last_year` is the disclosure of the same entity for the year before.
    #[must_use]
    pub fn new(disclosure: &'a Disclosure, last_year: Option<&'a Disclosure>) -> Self {
        let sources = Sources::new(disclosure);
        let topics = Topics::new(disclosure);
        let facts = Facts::new(disclosure, &topics);
        let mut figures = Numbering { figures: Vec::with_capacity(1024), base: &disclosure.unit };
        let mut keys = Vec::with_capacity(1024);
        let rows =
            disclosure.tables.iter().zip(0..).map(|(table, index)| figures.table(table, index, &mut keys)).collect();
        for (index, fact) in (0..).zip(&disclosure.facts) {
            let unit = fact.unit.as_ref().map_or("", Unit::as_str);
            figures.add(Subject::Fact { fact: index }, fact.value, unit, fact.place);
        }
        let mut others = Vec::new();
        let allocations = (0..).zip(&disclosure.projects).map(|(project, entry)| {
            if let Some(amount) = &entry.amount {
                let subject = Subject::Project { project };
                others.push((subject, figures.add(subject, amount.value, amount.unit.as_str(), amount.place)));
            }
            let of = |offset| Subject::Allocation { project, offset };
            entry.allocation.as_ref().map(|text| figures.prose(text, of)).unwrap_or_default()
        });
        let allocations = allocations.collect();
        let goals = (0..).zip(&disclosure.performance).map(|(index, table)| {
            figures.performance(table, index, &mut others);
            let of = |offset| Subject::Goal { table: index, offset };
            table.goal.as_ref().map(|text| figures.prose(text, of)).unwrap_or_default()
        });
        let goals = goals.collect();
        for (table, entry) in (0..).zip(last_year.into_iter().flat_map(|last| &last.tables)) {
            for (row, cells) in (0..).zip(&entry.rows) {
                for cell in &cells.cells {
                    let subject = Subject::LastYear { table, row, column: cell.column };
                    others.push((
                        subject,
                        figures.add(subject, cell.amount.value, entry.unit.as_str(), cell.amount.place),
                    ));
                }
            }
        }
        // Of two cells in one row and column, the first counts.
        others.sort_unstable();
        let mut book = Self {
            disclosure,
            last_year,
            figures: figures.figures,
            rows,
            keys,
            allocations,
            goals,
            others,
            sources,
            topics,
            facts,
            statements: Statements::default(),
        };
        book.statements = Statements::new(book.stated_amounts());
        book
    }

    fn stated_amounts(&self) -> impl Iterator<Item = (Key, FigureId)> {
        let cells = self.keys.iter().zip(0..).filter_map(|(key, id)| Some(((*key)?, FigureId(id))));
        let facts = self.keyed(Measure::Amount).map(|(index, _, key)| (key, self.fact(index)));
        cells.chain(facts).map(|(key, id)| (self.sources.joined(key), id))
    }

    /// The disclosure.
    #[must_use]
    pub fn disclosure(&self) -> &'a Disclosure {
        self.disclosure
    }

    /// The disclosure of the year before.
    #[must_use]
    pub fn last_year(&self) -> Option<&'a Disclosure> {
        self.last_year
    }

    /// Which sources are the same money in this budget.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What the sections of the text are about.
    #[must_use]
    pub fn topics(&self) -> &Topics<'a> {
        &self.topics
    }

    /// Every amount of money by what it is a figure of, sources that are the same money made one.
    #[must_use]
    pub fn statements(&self) -> &Statements {
        &self.statements
    }

    /// The first statement of some money anywhere in the document.
    #[must_use]
    pub fn statement(&self, key: Key) -> Option<FigureId> {
        self.statements.get(self.sources.joined(key)).first().copied()
    }

    /// The fact of another measure about the same subject as a fact: the amount that a share is a share of.
    #[must_use]
    pub fn related(&self, fact: usize, measure: Measure) -> Option<usize> {
        self.facts.related(fact, measure)
    }

    /// A fact by its section, what it is a figure of, and what it measures.
    pub(crate) fn stated(&self, topic: Topic, key: Key, measure: Measure) -> Option<usize> {
        self.facts.stated(Some(topic), key, measure)
    }

    pub(crate) fn figures(&self) -> &[Figure<'a>] {
        &self.figures
    }

    /// A figure; `None` only for the id of another book.
    #[must_use]
    pub fn figure(&self, id: FigureId) -> Option<&Figure<'a>> {
        self.figures.get(id.index())
    }

    /// The printed value of a figure.
    #[must_use]
    pub fn value(&self, id: FigureId) -> Decimal {
        self.figure(id).map_or(Decimal::ZERO, |figure| figure.value)
    }

    /// The figure printed at a row and column of a table.
    #[must_use]
    pub fn cell(&self, table: usize, row: u32, column: u16) -> Option<FigureId> {
        let cells = &self.disclosure.tables.get(table)?.rows.get(row as usize)?.cells;
        let index = cells.iter().position(|cell| cell.column == column)?;
        self.nth_cell(table, row as usize, index)
    }

    /// The figure of a cell by its position in the row.
    pub(crate) fn nth_cell(&self, table: usize, row: usize, index: usize) -> Option<FigureId> {
        Some(FigureId(self.rows.get(table)?.get(row)? + index as u32))
    }

    /// The figure of a stated fact.
    #[must_use]
    pub fn fact(&self, fact: usize) -> FigureId {
        FigureId((self.keys.len() + fact) as u32)
    }

    /// What a figure of a table is a figure of; `None` if its column is not certain, or it belongs to a project or unit.
    #[must_use]
    pub fn cell_key(&self, cell: FigureId) -> Option<Key> {
        self.keys.get(cell.index()).copied().flatten()
    }

    /// What a stated amount, share or change is a figure of, if that is known.
    #[must_use]
    pub fn fact_key(&self, fact: usize) -> Option<Key> {
        self.facts.key(fact)
    }

    /// What the section that states a fact is about.
    #[must_use]
    pub fn fact_topic(&self, fact: usize) -> Option<Topic> {
        self.facts.topic(fact)
    }

    fn other(&self, subject: Subject) -> Option<FigureId> {
        let at = self.others.partition_point(|(known, _)| *known < subject);
        self.others.get(at).filter(|(known, _)| *known == subject).map(|(_, id)| *id)
    }

    /// Every fact with its index.
    pub fn facts(&self) -> impl Iterator<Item = (usize, &'a Fact)> {
        self.disclosure.facts.iter().enumerate()
    }

    /// The facts of one measure that state money (or a share of it), with what they are figures of.
    pub fn keyed(&self, measure: Measure) -> impl Iterator<Item = (usize, &'a Fact, Key)> + '_ {
        self.facts()
            .filter(move |(_, fact)| fact.measure == measure)
            .filter_map(|(index, fact)| Some((index, fact, self.fact_key(index)?)))
    }

    /// The stated amount of a project of the text.
    #[must_use]
    pub fn project(&self, project: usize) -> Option<FigureId> {
        self.other(Subject::Project { project: project as u32 })
    }

    /// An amount of a performance table.
    #[must_use]
    pub fn performance(&self, table: usize, amount: PerformanceAmount) -> Option<FigureId> {
        self.other(Subject::Performance { table: table as u32, amount })
    }

    /// The target value of an indicator.
    #[must_use]
    pub fn indicator(&self, table: usize, indicator: usize) -> Option<FigureId> {
        self.other(Subject::Indicator { table: table as u32, indicator: indicator as u32 })
    }

    /// The weight of an indicator.
    #[must_use]
    pub fn weight(&self, table: usize, indicator: usize) -> Option<FigureId> {
        self.other(Subject::Weight { table: table as u32, indicator: indicator as u32 })
    }

    /// A figure of last year's document.
    #[must_use]
    pub fn last_year_cell(&self, table: usize, row: u32, column: u16) -> Option<FigureId> {
        self.other(Subject::LastYear { table: table as u32, row, column })
    }

    /// The numbers in 资金分配情况 of a project.
    #[must_use]
    pub fn allocation(&self, project: usize) -> &[(Number<'a>, FigureId)] {
        self.allocations.get(project).map_or(&[], Vec::as_slice)
    }

    /// The numbers in 项目总体目标 of a performance table.
    #[must_use]
    pub fn goal(&self, table: usize) -> &[(Number<'a>, FigureId)] {
        self.goals.get(table).map_or(&[], Vec::as_slice)
    }

    /// A figure as a part of a sum, in the unit of the disclosure's tables.
    #[must_use]
    pub fn term(&self, id: FigureId) -> Term {
        Term { figure: id, weight: self.figure(id).map_or(Decimal::ONE, |figure| figure.factor) }
    }

    /// A figure that is taken away from a sum.
    #[must_use]
    pub fn minus(&self, id: FigureId) -> Term {
        let Term { figure, weight } = self.term(id);
        Term { figure, weight: -weight }
    }
}

/// What each cell of a row is a figure of, its column being certain. `one_unit`: the table lists one unit and shows nothing
/// but the whole.
fn row_is_keyed(table: &Table, row: u32, one_unit: bool) -> bool {
    let Some(entry) = table.rows.get(row as usize) else { return false };
    // A row that is a part and fixes nothing (a name in the list of what was carried over) would seem to be the whole.
    let nameless = entry.code.is_none() && entry.dimensions == Dimensions::default();
    let part = nameless && entry.part_of.is_some() && !(entry.role == Role::Unit && one_unit);
    !part && entry.project.is_none() && (one_unit || table.unit_of(row).is_none())
}

fn performance_amounts(table: &PerformanceTable) -> impl Iterator<Item = (PerformanceAmount, &Amount)> {
    let amounts = [
        (PerformanceAmount::Total, &table.total),
        (PerformanceAmount::Fiscal, &table.fiscal),
        (PerformanceAmount::FromAbove, &table.from_above),
        (PerformanceAmount::OwnLevel, &table.own_level),
        (PerformanceAmount::Other, &table.other),
    ];
    amounts.into_iter().filter_map(|(kind, amount)| Some((kind, amount.as_ref()?)))
}

struct Numbering<'a> {
    figures: Vec<Figure<'a>>,
    base: &'a Unit,
}

impl<'a> Numbering<'a> {
    fn add(&mut self, subject: Subject, value: Decimal, unit: &'a str, place: Place) -> FigureId {
        let money = Unit::known(unit);
        let factor = match &money {
            Some(unit) if unit != self.base => {
                let factor = unit.in_yuan().zip(self.base.in_yuan()).and_then(|(unit, base)| unit.checked_div(base));
                factor.unwrap_or(Decimal::ONE)
            }
            _ => Decimal::ONE,
        };
        let counted = match subject {
            Subject::Weight { .. } => true,
            // 万人 is rounded, 人 is not; a number without a unit is a count only where the text says so.
            Subject::Fact { .. } if unit.is_empty() => value.fract().is_zero(),
            _ => money.is_none() && prose::is_counted(unit),
        };
        self.figures.push(Figure { subject, value, unit, place, factor, counted });
        FigureId(self.figures.len() as u32 - 1)
    }

    /// The cells of a table, with what they are figures of; gives the number of the first figure of each row.
    fn table(&mut self, table: &'a Table, index: u32, keys: &mut Vec<Option<Key>>) -> Vec<u32> {
        let one_unit = table.rows.iter().filter(|row| row.role == Role::Unit).count() == 1;
        let mut starts = Vec::with_capacity(table.rows.len());
        for (row, entry) in (0..).zip(&table.rows) {
            starts.push(self.figures.len() as u32);
            let keyed = row_is_keyed(table, row, one_unit);
            for cell in &entry.cells {
                let subject = Subject::Cell { table: index, row, column: cell.column };
                self.add(subject, cell.amount.value, table.unit.as_str(), cell.amount.place);
                let fixed = table.dimensions_at(row, cell.column).filter(|_| keyed && cell.placement.is_certain());
                keys.push(fixed.map(Key::from));
            }
        }
        starts
    }

    fn performance(&mut self, table: &'a PerformanceTable, index: u32, others: &mut Vec<(Subject, FigureId)>) {
        let mut add = |subject, value, unit, place| others.push((subject, self.add(subject, value, unit, place)));
        for (amount, printed) in performance_amounts(table) {
            let subject = Subject::Performance { table: index, amount };
            add(subject, printed.value, table.money_unit.as_str(), printed.place);
        }
        for (number, indicator) in (0..).zip(&table.indicators) {
            if let Some(value) = indicator.value.number {
                let subject = Subject::Indicator { table: index, indicator: number };
                add(subject, value, indicator.value.unit.as_deref().unwrap_or_default(), indicator.value.raw.place);
            }
            if let Some(weight) = indicator.weight {
                add(Subject::Weight { table: index, indicator: number }, weight, "", indicator.name.place);
            }
        }
    }

    fn prose(&mut self, text: &'a Label, of: impl Fn(u32) -> Subject) -> Vec<(Number<'a>, FigureId)> {
        let numbers = prose::numbers(&text.text).into_iter();
        numbers
            .map(|number| (number, self.add(of(number.start as u32), number.value, number.unit, text.place)))
            .collect()
    }
}
