//! The book: all figures of a disclosure, numbered, and what each is a figure of.

use budget_model::{
    Aspect, Chart, Decimal, Dimensions, Disclosure, Fact, Gaps, Label, Measure, Position, Role, Stage, Table,
    TableKind, Unit, are_converted,
};

use crate::agreement::Agreement;
use crate::apart::Apart;
use crate::blank::{self, Blank};
use crate::check::Term;
use crate::counting;
use crate::facts::Facts;
use crate::figure::{Figure, FigureId, PerformanceAmount, Rounding, Subject};
use crate::key::Key;
use crate::numbering::{Numbering, PerformanceFigures, base, stated};
use crate::projects::Projects;
use crate::prose::Number;
use crate::same_money;
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
    /// Totals of tables that are of a narrower source as well.
    same_money: Vec<(Key, FigureId)>,
    allocations: Vec<Vec<(Number<'a>, FigureId)>>,
    goals: Vec<Vec<(Number<'a>, FigureId)>>,
    project_amounts: Vec<Option<FigureId>>,
    performance: Vec<PerformanceFigures>,
    /// The number of the first figure of each row of last year's tables.
    last_year_rows: Vec<Vec<u32>>,
    sources: Sources,
    topics: Topics<'a>,
    facts: Facts,
    statements: Statements,
    projects: Projects<'a>,
    gaps: Gaps<'a>,
    apart: Apart,
    chart: Chart,
    blanks: Vec<Blank>,
    agreement: Agreement,
}

impl<'a> Book<'a> {
    /// Numbers the figures of a disclosure. `last_year` is the disclosure of the same entity for the year before.
    #[must_use]
    pub fn new(disclosure: &'a Disclosure, last_year: Option<&'a Disclosure>) -> Self {
        Self::of(disclosure, last_year, Rounding::Nearest)
    }

    /// The same, of a disclosure whose figures are cut off instead of rounded.
    pub(crate) fn with_figures_cut_off(&self) -> Self {
        Self::of(self.disclosure, self.last_year, Rounding::CutOff)
    }

    /// Whether its figures are taken to be cut off.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.figures.iter().any(|figure| figure.rounding == Rounding::CutOff)
    }

    fn of(disclosure: &'a Disclosure, last_year: Option<&'a Disclosure>, rounding: Rounding) -> Self {
        let (gaps, apart) = (disclosure.gaps(), Apart::new(disclosure));
        let sources = Sources::new(disclosure, &gaps, &apart);
        let topics = Topics::new(disclosure);
        let facts = Facts::new(disclosure, &topics);
        let is_converted = are_converted(stated(disclosure));
        let mut figures =
            Numbering { figures: Vec::with_capacity(1024), base: base(disclosure), is_converted, rounding };
        let mut keys = Vec::with_capacity(1024);
        (0..).zip(&disclosure.tables).for_each(|(index, table)| {
            cell_keys(table, disclosure.stage, index, &apart, &mut keys);
        });
        let of = |table| move |at: Position| Subject::Cell(at.of(table));
        let rows = (0..).zip(&disclosure.tables).map(|(index, table)| figures.rows(table, of(index))).collect();
        for (index, fact) in (0..).zip(&disclosure.facts) {
            let unit = fact.unit.as_ref().map_or("", Unit::as_str);
            let id = figures.add(Subject::Fact { fact: index }, fact.value, unit, fact.place);
            if unit.is_empty() && matches!(fact.measure, Measure::Amount | Measure::YoyChange | Measure::PriorAmount) {
                figures.doubt(id, Aspect::Unit);
            }
        }
        let mut project_amounts = Vec::with_capacity(disclosure.projects.len());
        let mut allocations = Vec::with_capacity(disclosure.projects.len());
        for (project, entry) in (0..).zip(&disclosure.projects) {
            let amount = entry.amount.as_ref().map(|amount| {
                figures.add(Subject::Project { project }, amount.value, amount.unit.as_str(), amount.place)
            });
            project_amounts.push(amount);
            let of = |offset| Subject::Allocation { project, offset };
            allocations.push(entry.allocation.as_ref().map(|text| figures.prose(text, of)).unwrap_or_default());
        }
        let mut performance = Vec::with_capacity(disclosure.performance.len());
        let mut goals = Vec::with_capacity(disclosure.performance.len());
        for (index, table) in (0..).zip(&disclosure.performance) {
            performance.push(figures.performance(table, index));
            let of = |offset| Subject::Goal { table: index, offset };
            goals.push(table.goal.as_ref().map(|text| figures.prose(text, of)).unwrap_or_default());
        }
        let last_year_rows = (0..).zip(last_year.into_iter().flat_map(|last| &last.tables));
        let of = |table| move |at: Position| Subject::LastYear(at.of(table));
        let last_year_rows = last_year_rows.map(|(table, entry)| figures.rows(entry, of(table))).collect();
        let mut same_money = Vec::new();
        // What a form counts in is known of the forms that a layout names.
        if disclosure.required.is_empty() {
            counting::settle(&disclosure.tables, &figures.figures, &mut keys);
            same_money = same_money::settle(&disclosure.tables, &figures.figures, &mut keys);
        }
        let mut book = Self {
            disclosure,
            last_year,
            figures: figures.figures,
            rows,
            keys,
            same_money,
            allocations,
            goals,
            project_amounts,
            performance,
            last_year_rows,
            sources,
            topics,
            facts,
            statements: Statements::default(),
            projects: Projects::default(),
            gaps,
            apart,
            chart: Chart::of(&disclosure.tables),
            blanks: Vec::new(),
            agreement: Agreement::default(),
        };
        book.statements = Statements::new(book.stated_amounts());
        book.blanks = blank::rows(&book);
        book.agreement = Agreement::new(&book);
        book.projects = Projects::new(&book);
        book
    }

    fn stated_amounts(&self) -> impl Iterator<Item = (Key, FigureId)> {
        let cells = self.keys.iter().zip(0..).filter_map(|(key, id)| Some(((*key)?, FigureId(id))));
        let cells = cells.chain(self.same_money.iter().copied());
        let facts = self.keyed(Measure::Amount).map(|(index, _, key)| (key, self.fact(index)));
        let certain = |figure: FigureId| self.figure(figure).is_some_and(|figure| !figure.is_doubtful());
        let cells = cells.filter(move |(_, id)| certain(*id));
        cells.chain(facts).map(|(key, id)| (self.sources.joined(key), id))
    }

    /// The tables that something may be concluded from, with their indices: those that are surely tables of this document (a
    /// hidden copy may not be one) and of which it is known what they are about.
    pub fn tables(&self) -> impl Iterator<Item = (usize, &'a Table)> + use<'a> {
        let is_known = |table: &Table| table.kind != TableKind::Other && !table.doubts.has(Aspect::Table);
        self.disclosure.tables.iter().enumerate().filter(move |(_, table)| is_known(table))
    }

    /// The table of a kind that speaks for the whole document; `None` if there is none, or nobody can say which it is.
    #[must_use]
    pub fn table(&self, kind: TableKind) -> Option<(usize, &'a Table)> {
        self.tables().find(|(index, table)| table.kind == kind && self.apart.is_comparable(*index))
    }

    /// What adds up to what in this document, along sources and natures.
    #[must_use]
    pub fn chart(&self) -> &Chart {
        &self.chart
    }

    /// Rows that print a name and no amount.
    pub(crate) fn blanks(&self) -> &[Blank] {
        &self.blanks
    }

    /// Which parts of the document speak of the same money.
    pub(crate) fn agreement(&self) -> &Agreement {
        &self.agreement
    }

    pub(crate) fn apart(&self) -> &Apart {
        &self.apart
    }

    /// What stands, or may stand, in a row and column where no figure was read.
    #[must_use]
    pub fn unread_at(&self, table: usize, row: u32, column: u16) -> Option<Label> {
        self.gaps.at(table, row, column)
    }

    /// Anything in a row that was not read.
    #[must_use]
    pub fn unread_in_row(&self, table: usize, row: u32) -> Option<Label> {
        self.gaps.in_row(table, row)
    }

    /// Anything in a table that was not read.
    #[must_use]
    pub fn unread_in_table(&self, table: usize) -> Option<Label> {
        self.gaps.in_table(table)
    }

    /// Something unread that may be a part of a row: a row that was lost.
    #[must_use]
    pub fn unread_below(&self, table: usize, row: u32) -> Option<&Label> {
        self.gaps.below(table, row)
    }

    /// A number that was not read in the section of the text, or the performance table, that a figure stands in.
    pub(crate) fn unread_beside(&self, figure: FigureId) -> Option<&Label> {
        let figure = self.figure(figure)?;
        let is_listed = matches!(
            figure.subject,
            Subject::Fact { .. } | Subject::Performance { .. } | Subject::Allocation { .. } | Subject::Goal { .. }
        );
        self.gaps.in_list(figure.place).filter(|_| is_listed)
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

    /// The statements of the amounts of projects, by name.
    pub(crate) fn projects(&self) -> &Projects<'a> {
        &self.projects
    }

    /// The first statement of some money anywhere in the document.
    #[must_use]
    pub fn statement(&self, key: Key) -> Option<FigureId> {
        self.statements.get(self.sources.joined(key)).first().copied()
    }

    /// The fact of another measure about the same subject as a fact: the amount that a share is a share of.
    #[must_use]
    pub fn related(&self, fact: usize, measure: Measure) -> Option<usize> {
        let found = self.facts.related(fact, measure)?;
        (self.agreement.is_promised() || self.is_one_clause(fact, found)).then_some(found)
    }

    /// Whether two figures stand in one sentence of the text with nothing but commas between them: `6.51 万元，较上年增加 9.49
    /// 万元`. What stands apart may be of something else.
    pub(crate) fn is_one_clause(&self, one: usize, other: usize) -> bool {
        let is_apart = |text: &str| text.contains(['。', '；', ';']);
        let last = self.disclosure.facts.get(one.max(other));
        self.between(one, other).is_some_and(|between| !is_apart(between))
            && last.is_some_and(|last| !is_apart(&last.quote))
    }

    /// Whether two figures stand in one paragraph of the text.
    pub(crate) fn is_one_paragraph(&self, one: usize, other: usize) -> bool {
        self.between(one, other).is_some()
    }

    /// What a paragraph says between two figures.
    fn between(&self, one: usize, other: usize) -> Option<&str> {
        let facts = &self.disclosure.facts;
        let (first, last) = facts.get(one.min(other)).zip(facts.get(one.max(other)))?;
        // Of a text without an end nothing is said.
        const LONGEST: usize = 8_192;
        let section = self.disclosure.sections.iter().filter(|section| first.section.starts_with(&section.path));
        let mut paragraphs = section.flat_map(|section| &section.paragraphs).filter(|label| label.place <= first.place);
        let text = &paragraphs.next_back().filter(|label| label.text.len() <= LONGEST)?.text;
        let behind = text.get(text.find(&first.quote)? + first.quote.len()..)?;
        behind.get(..behind.find(&last.quote)?)
    }

    /// A fact by its section, what it is a figure of, and what it measures.
    pub(crate) fn stated(&self, topic: Topic, key: Key, measure: Measure) -> Option<usize> {
        self.facts.stated(Some(topic), key, measure).filter(|_| !self.apart.has_several())
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
        // Where several units disclose in one document, nobody can say whose figure it is.
        self.facts.key(fact).filter(|_| !self.apart.has_several())
    }

    /// What the section that states a fact is about.
    #[must_use]
    pub fn fact_topic(&self, fact: usize) -> Option<Topic> {
        self.facts.topic(fact)
    }

    /// The facts in sections of one topic, each with its index.
    pub(crate) fn facts_of(&self, topic: Topic) -> impl Iterator<Item = (usize, &'a Fact)> {
        self.facts.of_topic(topic).filter_map(|index| Some((index, self.disclosure.facts.get(index)?)))
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
        self.project_amounts.get(project).copied().flatten()
    }

    /// An amount of a performance table.
    #[must_use]
    pub fn performance(&self, table: usize, amount: PerformanceAmount) -> Option<FigureId> {
        self.performance.get(table)?.amounts.get(amount as usize).copied().flatten()
    }

    /// The target value of an indicator.
    #[must_use]
    pub fn indicator(&self, table: usize, indicator: usize) -> Option<FigureId> {
        self.performance.get(table)?.indicators.get(indicator)?.first().copied().flatten()
    }

    /// The weight of an indicator.
    #[must_use]
    pub fn weight(&self, table: usize, indicator: usize) -> Option<FigureId> {
        self.performance.get(table)?.indicators.get(indicator)?.last().copied().flatten()
    }

    /// A figure of last year's document.
    #[must_use]
    pub fn last_year_cell(&self, table: usize, row: u32, column: u16) -> Option<FigureId> {
        let row = row as usize;
        let cells = &self.last_year?.tables.get(table)?.rows.get(row)?.cells;
        let index = cells.iter().position(|cell| cell.column == column)?;
        Some(FigureId(self.last_year_rows.get(table)?.get(row)? + index as u32))
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

    /// What a figure is in the unit of the disclosure's tables.
    pub(crate) fn worth(&self, id: FigureId) -> Decimal {
        let Term { weight, .. } = self.term(id);
        // Most are in that unit.
        if weight == Decimal::ONE { self.value(id) } else { self.value(id).saturating_mul(weight) }
    }

    /// A figure that is taken away from a sum.
    #[must_use]
    pub fn minus(&self, id: FigureId) -> Term {
        let Term { figure, weight } = self.term(id);
        Term { figure, weight: -weight }
    }
}

/// Whether it is known what the cells of a row are figures of, their columns being certain. `one_unit`: the table lists one
/// unit and shows nothing but the whole.
fn row_is_keyed(table: &Table, row: u32, one_unit: bool) -> bool {
    let Some(entry) = table.rows.get(row as usize) else { return false };
    // A row that fixes nothing (a name in the list of what was carried over, a heading that the form does not know) would
    // seem to be the whole. It is that only if it is called the total, or is all there is.
    let nameless = entry.code.is_none() && entry.dimensions == Dimensions::default();
    let is_whole = entry.role == Role::Total || table.rows.len() == 1 || (entry.role == Role::Unit && one_unit);
    let part = nameless && !is_whole;
    !part && entry.project.is_none() && (one_unit || table.unit_of(row).is_none())
}

/// What each cell of a table is a figure of.
fn cell_keys(table: &Table, stage: Stage, index: usize, apart: &Apart, keys: &mut Vec<Option<Key>>) {
    let is_of_stage = table.kind.is_final() == (stage == Stage::Final);
    let has_total = table.rows.iter().any(|row| row.role == Role::Total);
    let mut units = table.rows.iter().filter(|row| row.role == Role::Unit);
    // A unit that is not a part of the total stands in a list that nobody could divide: there may be others.
    let first_is_whole = units.next().is_some_and(|unit| unit.part_of.is_some() || !has_total);
    let one_unit = first_is_whole && units.next().is_none();
    for (row, entry) in (0..).zip(&table.rows) {
        // Of two rows with one code nobody can say which is the row of the code.
        let is_alone = apart.is_comparable(index) && !apart.is_divided(index, row);
        let keyed = is_of_stage && is_alone && row_is_keyed(table, row, one_unit);
        keys.extend(entry.cells.iter().map(|cell| {
            let is_certain = keyed && cell.placement.is_certain();
            is_certain
                .then(|| table.dimensions_at(row, cell.column).and_then(|fixed| Key::in_stage(stage, fixed)))
                .flatten()
        }));
    }
}
