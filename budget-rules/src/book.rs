//! The book: all figures of a disclosure, numbered, and what each is a figure of.

use std::collections::BTreeMap;

use budget_model::{
    Amount, Cell, Code, Coordinates, Decimal, Dimensions, Disclosure, Fact, Measure, Nature, PerformanceTable, Place,
    Role, Source, Table, TableKind, ThreePublicItem, Unit,
};

use crate::check::Term;
use crate::figure::{Figure, FigureId, PerformanceAmount, Subject};
use crate::prose::{self, Number};
use crate::related::Related;
use crate::sources::Sources;
use crate::topic::{Topic, Topics};

/// What a figure is a figure of, small enough to be compared quickly: [`Coordinates`] without project and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// 资金来源
    pub source: Source,
    /// 支出性质
    pub nature: Nature,
    /// 功能分类
    pub function: Option<Code>,
    /// 经济分类
    pub economic: Option<Code>,
    /// “三公”经费 item
    pub three_public: Option<ThreePublicItem>,
}

impl Key {
    /// Everything: the total of the budget.
    pub const TOTAL: Self =
        Self { source: Source::All, nature: Nature::All, function: None, economic: None, three_public: None };

    /// The key of coordinates; `None` if they name a project or a unit, which are compared by name.
    #[must_use]
    pub fn of(coordinates: &Coordinates) -> Option<Self> {
        (coordinates.project.is_none() && coordinates.unit.is_none()).then_some(Self {
            source: coordinates.source,
            nature: coordinates.nature,
            function: coordinates.function,
            economic: coordinates.economic,
            three_public: coordinates.three_public,
        })
    }
}

/// A disclosure whose figures are numbered, and what they are figures of.
///
/// This is what a [`Rule`](crate::Rule) sees. It is made once for all rules.
#[derive(Debug)]
pub struct Book<'a> {
    disclosure: &'a Disclosure,
    last_year: Option<&'a Disclosure>,
    figures: Vec<Figure>,
    rows: Vec<Vec<u32>>,
    facts: u32,
    allocations: Vec<Vec<(Number, FigureId)>>,
    goals: Vec<Vec<(Number, FigureId)>>,
    /// Figures that are neither cells nor facts, sorted.
    others: Vec<(Subject, FigureId)>,
    sources: Sources,
    topics: Topics,
    fact_keys: Vec<Option<Key>>,
    fact_topics: Vec<Option<Topic>>,
    statements: BTreeMap<Key, Vec<FigureId>>,
    related: Related<'a>,
    one_unit: Vec<bool>,
}

impl<'a> Book<'a> {
    /// Numbers the figures of a disclosure. `last_year` is the disclosure of the same entity for the year before.
    #[must_use]
    pub fn new(disclosure: &'a Disclosure, last_year: Option<&'a Disclosure>) -> Self {
        let mut figures = Numbering { figures: Vec::with_capacity(1024), base: &disclosure.unit };
        let mut rows = Vec::with_capacity(disclosure.tables.len());
        for (index, table) in disclosure.tables.iter().enumerate() {
            let mut starts = Vec::with_capacity(table.rows.len());
            for (row, cells) in table.rows.iter().enumerate() {
                starts.push(figures.figures.len() as u32);
                for cell in &cells.cells {
                    let subject = Subject::Cell { table: index as u32, row: row as u32, column: cell.column };
                    figures.add(subject, cell.amount.value, table.unit.clone(), cell.amount.place);
                }
            }
            rows.push(starts);
        }
        let facts = figures.figures.len() as u32;
        for (index, fact) in disclosure.facts.iter().enumerate() {
            let unit = fact.unit.clone().unwrap_or_else(|| Unit::Other(String::new()));
            figures.add(Subject::Fact { fact: index as u32 }, fact.value, unit, fact.place);
        }
        let mut others = Vec::new();
        let mut allocations = Vec::with_capacity(disclosure.projects.len());
        for (project, entry) in disclosure.projects.iter().enumerate() {
            let project = project as u32;
            if let Some(amount) = &entry.amount {
                let subject = Subject::Project { project };
                others.push((subject, figures.add(subject, amount.value, amount.unit.clone(), amount.place)));
            }
            let of = |offset| Subject::Allocation { project, offset };
            allocations.push(entry.allocation.as_ref().map(|text| figures.prose(text, of)).unwrap_or_default());
        }
        let mut goals = Vec::with_capacity(disclosure.performance.len());
        for (index, table) in disclosure.performance.iter().enumerate() {
            let index = index as u32;
            for (amount, printed) in performance_amounts(table) {
                let subject = Subject::Performance { table: index, amount };
                others.push((subject, figures.add(subject, printed.value, table.money_unit.clone(), printed.place)));
            }
            for (number, indicator) in table.indicators.iter().enumerate() {
                let number = number as u32;
                if let Some(value) = indicator.value.number {
                    let subject = Subject::Indicator { table: index, indicator: number };
                    let unit = Unit::from(indicator.value.unit.clone().unwrap_or_default());
                    others.push((subject, figures.add(subject, value, unit, indicator.value.raw.place)));
                }
                if let Some(weight) = indicator.weight {
                    let subject = Subject::Weight { table: index, indicator: number };
                    let id = figures.add(subject, weight, Unit::Other(String::new()), indicator.name.place);
                    others.push((subject, id));
                }
            }
            let of = |offset| Subject::Goal { table: index, offset };
            goals.push(table.goal.as_ref().map(|text| figures.prose(text, of)).unwrap_or_default());
        }
        if let Some(last) = last_year {
            for (index, table) in last.tables.iter().enumerate() {
                for (row, cells) in table.rows.iter().enumerate() {
                    for cell in &cells.cells {
                        let subject = Subject::LastYear { table: index as u32, row: row as u32, column: cell.column };
                        let id = figures.add(subject, cell.amount.value, table.unit.clone(), cell.amount.place);
                        others.push((subject, id));
                    }
                }
            }
        }
        // Of two cells in one row and column, the first counts.
        others.sort_unstable();
        let topics = Topics::new(disclosure);
        let fact_topics = disclosure.facts.iter().map(|fact| topics.of(&fact.section)).collect();
        let fact_keys = disclosure.facts.iter().map(|fact| topics.key(disclosure, fact)).collect();
        let mut book = Self {
            disclosure,
            last_year,
            figures: figures.figures,
            rows,
            facts,
            allocations,
            goals,
            others,
            sources: Sources::new(disclosure),
            topics,
            fact_keys,
            fact_topics,
            statements: BTreeMap::new(),
            related: Related::default(),
            one_unit: disclosure.tables.iter().map(has_one_unit).collect(),
        };
        book.statements = book.group();
        book.related = Related::new(&book);
        book
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
    pub fn topics(&self) -> &Topics {
        &self.topics
    }

    /// Every amount of money by what it is a figure of, sources that are the same money made one.
    #[must_use]
    pub fn statements(&self) -> &BTreeMap<Key, Vec<FigureId>> {
        &self.statements
    }

    /// The fact of another measure about the same subject as a fact: the amount that a share is a share of.
    #[must_use]
    pub fn related(&self, fact: usize, measure: Measure) -> Option<usize> {
        self.related.find(self, fact, measure)
    }

    /// A fact by its section, what it is a figure of, and what it measures.
    pub(crate) fn stated(&self, topic: Topic, key: Key, measure: Measure) -> Option<usize> {
        self.related.stated(topic, key, measure)
    }

    fn group(&self) -> BTreeMap<Key, Vec<FigureId>> {
        let mut groups: BTreeMap<Key, Vec<FigureId>> = BTreeMap::new();
        for (index, table) in self.disclosure.tables.iter().enumerate() {
            for (number, row) in table.rows.iter().enumerate() {
                for (position, cell) in row.cells.iter().enumerate() {
                    if let Some(key) = self.cell_key(index, number, cell)
                        && let Some(id) = self.nth_cell(index, number, position)
                    {
                        groups.entry(key).or_default().push(id);
                    }
                }
            }
        }
        for (index, _, key) in self.keyed(Measure::Amount) {
            groups.entry(self.sources.joined(key)).or_default().push(self.fact(index));
        }
        groups
    }

    pub(crate) fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// A figure; `None` only for the id of another book.
    #[must_use]
    pub fn figure(&self, id: FigureId) -> Option<&Figure> {
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
        FigureId(self.facts + fact as u32)
    }

    /// What a stated amount, share or change is a figure of, if that is known.
    #[must_use]
    pub fn fact_key(&self, fact: usize) -> Option<Key> {
        self.fact_keys.get(fact).copied().flatten()
    }

    /// What the section that states a fact is about.
    #[must_use]
    pub fn fact_topic(&self, fact: usize) -> Option<Topic> {
        self.fact_topics.get(fact).copied().flatten()
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
    pub fn allocation(&self, project: usize) -> &[(Number, FigureId)] {
        self.allocations.get(project).map_or(&[], Vec::as_slice)
    }

    /// The numbers in 项目总体目标 of a performance table.
    #[must_use]
    pub fn goal(&self, table: usize) -> &[(Number, FigureId)] {
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

    /// The key of a cell, with the sources that are the same money made one; `None` if its column is not certain, or it
    /// belongs to a project or unit.
    #[must_use]
    pub fn cell_key(&self, table: usize, row: usize, cell: &Cell) -> Option<Key> {
        if !cell.placement.is_certain() {
            return None;
        }
        // A table that lists one unit shows nothing but the whole.
        let one_unit = self.one_unit.get(table).copied().unwrap_or_default();
        let table = self.disclosure.tables.get(table)?;
        // A row that is a part and fixes nothing (a name in the list of what was carried over) would seem to be the whole.
        let entry = table.rows.get(row)?;
        let nameless = entry.code.is_none() && entry.project.is_none() && entry.dimensions == Dimensions::default();
        if nameless && entry.part_of.is_some() && !(entry.role == Role::Unit && one_unit) {
            return None;
        }
        let mut coordinates = table.coordinates(row as u32, cell.column)?;
        coordinates.unit = coordinates.unit.filter(|_| !one_unit);
        Some(self.sources.joined(Key::of(&coordinates)?))
    }

    /// The name of a figure, in the words of the document.
    #[must_use]
    pub fn name(&self, id: FigureId) -> String {
        self.figure(id).and_then(|figure| self.name_of(figure)).unwrap_or_default()
    }

    fn name_of(&self, figure: &Figure) -> Option<String> {
        let disclosure = self.disclosure;
        Some(match figure.subject {
            Subject::Cell { table, row, column } => cell_name(disclosure.tables.get(table as usize)?, row, column)?,
            Subject::LastYear { table, row, column } => {
                let last = self.last_year?;
                let name = cell_name(last.tables.get(table as usize)?, row, column)?;
                last.year.map_or_else(|| name.clone(), |year| format!("{year}年{name}"))
            }
            Subject::Fact { fact } => fact_name(disclosure.facts.get(fact as usize)?),
            Subject::Project { project } => {
                format!("项目“{}”预算安排规模", disclosure.projects.get(project as usize)?.name.text)
            }
            Subject::Allocation { project, offset } => {
                let text = prose::around(disclosure.projects.get(project as usize)?.allocation.as_ref()?, offset);
                format!("项目“{}”资金分配情况“{text}”", disclosure.projects.get(project as usize)?.name.text)
            }
            Subject::Performance { table, amount } => {
                format!("{}{}", performance_name(disclosure, table)?, amount.label())
            }
            Subject::Indicator { table, indicator } => {
                let entry = disclosure.performance.get(table as usize)?.indicators.get(indicator as usize)?;
                format!("{}指标“{}”", performance_name(disclosure, table)?, entry.name.text)
            }
            Subject::Weight { table, indicator } => {
                let entry = disclosure.performance.get(table as usize)?.indicators.get(indicator as usize)?;
                format!("{}指标“{}”的权重", performance_name(disclosure, table)?, entry.name.text)
            }
            Subject::Goal { table, offset } => {
                let text = prose::around(disclosure.performance.get(table as usize)?.goal.as_ref()?, offset);
                format!("{}目标“{text}”", performance_name(disclosure, table)?)
            }
        })
    }
}

fn has_one_unit(table: &Table) -> bool {
    table.rows.iter().filter(|row| row.role == Role::Unit).count() == 1
}

/// The official name of a kind of table, short.
#[must_use]
pub(crate) fn kind_name(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Overview => "收支总体情况表",
        TableKind::Income => "收入总体情况表",
        TableKind::Expenditure => "支出总体情况表",
        TableKind::Appropriation => "财政拨款收支预算总体情况表",
        TableKind::General => "一般公共预算支出情况表",
        TableKind::GeneralBasic => "一般公共预算基本支出情况表",
        TableKind::GeneralProject => "一般公共预算项目支出情况表",
        TableKind::Fund => "政府性基金预算支出情况表",
        TableKind::StateCapital => "国有资本经营预算支出情况表",
        TableKind::ThreePublic => "“三公”经费支出情况表",
        TableKind::Carryover => "上年结转结余情况明细表",
    }
}

fn cell_name(table: &Table, row: u32, column: u16) -> Option<String> {
    let row = table.rows.get(row as usize)?;
    let column = &table.columns.get(usize::from(column))?.label;
    let number = table.number.as_ref().map(|number| number.text.as_str()).unwrap_or_default();
    let code = row.code.map(|code| code.to_string()).unwrap_or_default();
    let project = row.project.as_ref().map(|project| format!("“{}”", project.text)).unwrap_or_default();
    Some(format!("{number}{}·{code}{}{project}·{column}", kind_name(table.kind), row.label.text))
}

fn fact_name(fact: &Fact) -> String {
    let measure = match fact.measure {
        Measure::Share => "占比",
        Measure::YoyChange => "增减额",
        Measure::YoyPercent => "增减率",
        Measure::PriorAmount => "上年数",
        Measure::Count => "数量",
        Measure::Area => "面积",
        Measure::Amount | Measure::Other => "",
    };
    let subject = fact.subject.last().map(String::as_str).unwrap_or_default();
    format!("正文{}“{subject}”{measure}", fact.section)
}

fn performance_name(disclosure: &Disclosure, table: u32) -> Option<String> {
    let entry = disclosure.performance.get(table as usize)?;
    Some(match &entry.name {
        Some(name) => format!("绩效表{}“{}”", table + 1, name.text),
        None => format!("绩效表{}（整体）", table + 1),
    })
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
    figures: Vec<Figure>,
    base: &'a Unit,
}

impl Numbering<'_> {
    fn add(&mut self, subject: Subject, value: Decimal, unit: Unit, place: Place) -> FigureId {
        let factor = if unit == *self.base {
            Decimal::ONE
        } else {
            let factor = unit.in_yuan().zip(self.base.in_yuan()).and_then(|(unit, base)| unit.checked_div(base));
            factor.unwrap_or(Decimal::ONE)
        };
        let counted = match (subject, &unit) {
            (Subject::Weight { .. }, _) => true,
            // 万人 is rounded, 人 is not; a number without a unit is a count only where the text says so.
            (Subject::Fact { .. }, Unit::Other(unit)) if unit.is_empty() => value.fract().is_zero(),
            (_, Unit::Other(unit)) => prose::is_counted(unit),
            _ => false,
        };
        self.figures.push(Figure { subject, value, unit, place, factor, counted });
        FigureId(self.figures.len() as u32 - 1)
    }

    fn prose(&mut self, text: &budget_model::Label, of: impl Fn(u32) -> Subject) -> Vec<(Number, FigureId)> {
        let mut figures = Vec::new();
        for number in prose::numbers(&text.text) {
            let id = self.add(of(number.start as u32), number.value, Unit::from(number.unit.as_str()), text.place);
            figures.push((number, id));
        }
        figures
    }
}
