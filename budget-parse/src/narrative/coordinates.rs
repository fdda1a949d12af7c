//! Coordinates of stated figures: the same cube that the tables are views of, addressed by words.

mod classes;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use budget_model::{
    Code, Column, Coordinates, Dimensions, Disclosure, Fact, Flow, Measure, Nature, Phase, Role, Source, Table,
    TableKind, ThreePublicItem,
};

use self::classes::{ClassNames, named_by_tables};
use super::names::same;
use super::vocabulary::{ATTRIBUTES, COMPILED, NATURES, PHASES, SOURCES, THREE_PUBLIC, Topic, TopicEntry, WHOLE};
use crate::lexicon::{Lexicon, Stated};
use crate::text::{fold, fold_char, is_space};
use crate::words::Words;

/// What is known of a figure before the words beside it: from the headings above.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'s> {
    pub(super) topic: Topic,
    pub(super) entry: Option<&'static TopicEntry>,
    /// The unit that the text is about, where it is not that of the document.
    pub(super) unit: Option<&'s str>,
    /// The year of the document.
    pub(super) year: Option<u16>,
    /// Whether the document is final accounts (决算).
    pub(super) is_final: bool,
}

/// What the tables know: classification codes by name, projects, the money each table is about.
pub(super) struct Resolver<'a> {
    /// Codes by the code above and the folded name; `None` where a name is ambiguous.
    codes: HashMap<(Option<Code>, Cow<'a, str>), Option<Code>>,
    /// The project table and its rows by folded project name; `None` where a name is ambiguous.
    projects: Option<(&'a Table, HashMap<String, Option<u32>>)>,
    /// Names of the table of money carried over, sorted.
    carried_over: Vec<&'a str>,
    /// Whether the income table tells own means from transfers.
    own_means: bool,
    /// Function classes by code, with their folded names.
    functions: ClassNames<'a>,
    /// Economic classes of the department and of the government, by code.
    economic: ClassNames<'a>,
    /// What pays for the “三公” items by their table.
    three_public: Option<Source>,
    /// 机关运行经费, if a table states it.
    running: Option<Coordinates>,
    /// The units of the document by folded name; empty if there is only one.
    units: HashMap<String, &'a str>,
    /// The year of the document.
    year: Option<u16>,
}

impl<'a> Resolver<'a> {
    /// Collects what the tables know.
    pub(super) fn new(disclosure: &'a Disclosure) -> Self {
        let kinds = [
            TableKind::General,
            TableKind::Expenditure,
            TableKind::Appropriation,
            TableKind::Fund,
            TableKind::StateCapital,
            TableKind::FinalGeneral,
            TableKind::FinalExpenditure,
            TableKind::FinalOverview,
            TableKind::FinalIncome,
            TableKind::FinalAppropriation,
            TableKind::FinalFund,
            TableKind::FinalStateCapital,
        ];
        let rows = kinds.iter().filter_map(|kind| disclosure.table(*kind)).flat_map(|table| &table.rows);
        let mut codes = HashMap::new();
        for row in rows {
            let Some(code) = row.code else { continue };
            let only = codes.entry((code.parent(), folded(&row.label.text))).or_insert(Some(code));
            *only = only.filter(|other| *other == code);
        }
        let projects = disclosure.table(TableKind::GeneralProject).map(|table| {
            let mut rows = HashMap::new();
            for (index, row) in table.rows.iter().enumerate() {
                let Some(project) = &row.project else { continue };
                rows.entry(fold(&project.text)).and_modify(|only| *only = None).or_insert(Some(index as u32));
            }
            (table, rows)
        });
        let carried_over = disclosure.table(TableKind::Carryover).into_iter().flat_map(|table| &table.rows);
        let names = carried_over.filter(|row| row.role == Role::Label).map(|row| row.label.text.as_str());
        let mut carried_over: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        carried_over.sort_unstable();
        let own = |table: &Table| {
            table.columns.iter().any(|column| column.dimensions.source == Some(Source::GeneralPublicBudgetOwn))
        };
        let three_public =
            disclosure.table(TableKind::ThreePublic).or_else(|| disclosure.table(TableKind::FinalThreePublic));
        let running = running(disclosure);
        let (functions, economic) = named_by_tables(disclosure);
        Self {
            codes,
            projects,
            carried_over,
            own_means: disclosure.table(TableKind::Income).is_some_and(own),
            three_public: three_public.and_then(|table| {
                // 财政拨款“三公”经费 in columns by source
                table.dimensions.source.or_else(|| Some(table.coordinates_at(0, 0)?.source))
            }),
            functions,
            economic,
            running,
            units: units(disclosure),
            year: disclosure.year,
        }
    }

    /// The unit that a heading names, as the tables print it.
    pub(super) fn unit(&self, heading: &str) -> Option<String> {
        self.units.get(&unit_key(heading)).map(|unit| (*unit).to_owned())
    }

    /// Gives coordinates to the facts whose whole subject is understood.
    ///
    /// Amounts, shares and changes have them, so that a rule can find the amount that a share is a share of; a figure of
    /// last year has none, being no figure of this budget. An amount inside a reason (主要原因是新增…3万元) explains a figure and
    /// is none of the budget.
    pub(super) fn resolve(&self, scope: Scope<'_>, facts: &mut [Fact]) {
        let reasons: Vec<String> = facts.iter().filter_map(|fact| fact.reason.clone()).collect();
        let explains =
            |fact: &Fact| fact.measure == Measure::Amount && reasons.iter().any(|reason| reason.contains(&fact.quote));
        let mut before: Option<&Fact> = None;
        for fact in facts {
            let has_place =
                matches!(fact.measure, Measure::Amount | Measure::Share | Measure::YoyChange | Measure::YoyPercent);
            let is_of_money = fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some() || unit.as_str() == "%");
            if has_place && is_of_money && !explains(fact) {
                // An amount, its share and its change follow each other.
                fact.coordinates = match before {
                    Some(before) if before.subject == fact.subject => before.coordinates.clone(),
                    _ => self.stated_coordinates(scope, fact),
                };
                before = Some(fact);
            }
        }
    }

    /// The coordinates of a figure.
    fn stated_coordinates(&self, scope: Scope<'_>, fact: &Fact) -> Option<Coordinates> {
        // 云溪县图书馆预算3万元 below 一、云溪县图书馆
        let is_of_unit = |unit: &str| fact.quote.contains(&format!("{unit}预算"));
        if fact.subject.len() == 1 && scope.unit.is_some_and(is_of_unit) {
            return self.coordinates(scope, &["支出预算".to_owned()]);
        }
        let found = self.of_clause(scope, fact)?;
        Some(if scope.is_final { with_flow(found, fact) } else { found })
    }

    /// What a clause says its figure is of. What is of this year (上年结转0万元，本年财政拨款收入3万元) is no part of what was carried over,
    /// and 本年收入 is not all revenue.
    fn of_clause(&self, scope: Scope<'_>, fact: &Fact) -> Option<Coordinates> {
        let of_year = fact.subject.split_last().and_then(|(last, above)| {
            let front = fact.quote.get(..fact.quote.find(last.as_str())?)?;
            let year = ["本年", "当年"].iter().find(|year| front.ends_with(**year))?;
            Some((above, [year, last.as_str()].concat()))
        });
        let Some((above, name)) = of_year else { return self.coordinates(scope, &fact.subject) };
        let whole = [above, std::slice::from_ref(&name)].concat();
        let is_of_year = |at: &Coordinates| !Source::CarryOver.contains(at.source);
        let found = self.coordinates(scope, &whole).filter(is_of_year);
        found.or_else(|| self.coordinates(scope, &[name]).filter(is_of_year))
    }

    /// The coordinates of a subject, from the general to the particular; `None` unless every part is understood.
    fn coordinates(&self, scope: Scope<'_>, subject: &[String]) -> Option<Coordinates> {
        if !scope.is_final {
            return self.of_one_phase(scope, subject);
        }
        let (phase, subject) = without_phases(subject);
        let at = self.of_one_phase(scope, &subject)?;
        Some(Coordinates { phase, ..at })
    }

    /// The coordinates of a subject that does not say of which phase it is.
    fn of_one_phase(&self, scope: Scope<'_>, subject: &[String]) -> Option<Coordinates> {
        let (first, rest) = subject.split_first()?;
        let start = Coordinates {
            source: scope.entry.and_then(|entry| entry.source).unwrap_or_default(),
            nature: scope.entry.and_then(|entry| entry.nature).unwrap_or_default(),
            unit: scope.unit.map(str::to_owned),
            ..Coordinates::default()
        };
        match scope.topic {
            Topic::OperatingCosts => {
                let names_it = |name: &String| name.contains("运行经费") || name.contains("行政经费");
                (names_it(first) && rest.is_empty() && scope.unit.is_none()).then(|| self.running.clone())?
            }
            Topic::ThreePublic => {
                let source = self.three_public.unwrap_or(Source::Appropriation);
                self.parts(scope, Coordinates { source, three_public: Some(ThreePublicItem::All), ..start }, subject)
            }
            Topic::Performance => {
                let own = |name: &str| name.contains("财政拨款项目") && !name.contains("非财政拨款");
                match first.as_str() {
                    // 整体预算绩效目标，涉及预算金额3万元，其中：基本支出2万元
                    first if first.contains("整体") => match rest {
                        [] => Some(start),
                        [attribute] if ATTRIBUTES.contains(attribute) => Some(start),
                        rest => self.parts(scope, start, rest),
                    },
                    first => own(rest.first().map_or(first, String::as_str)).then_some(Coordinates {
                        source: Source::Appropriation,
                        nature: Nature::Project,
                        ..start
                    }),
                }
            }
            Topic::Overview
            | Topic::Compilation
            | Topic::Income
            | Topic::Expenditure
            | Topic::Appropriation
            | Topic::AppropriationUse
            | Topic::General
            | Topic::GeneralChange
            | Topic::GeneralShares
            | Topic::GeneralUse
            | Topic::Basic
            | Topic::Fund
            | Topic::StateCapital
            | Topic::CarryOver => self.parts(scope, start, subject),
            Topic::Functions
            | Topic::Structure
            | Topic::Projects
            | Topic::OtherMatters
            | Topic::Procurement
            | Topic::Assets
            | Topic::Remarks
            | Topic::Glossary
            | Topic::Other => None,
        }
    }

    /// The part of some money that names stand for, each inside the one before.
    fn parts(&self, scope: Scope<'_>, start: Coordinates, names: &[String]) -> Option<Coordinates> {
        if let Some(function) = self.named(names) {
            return Some(Coordinates { function: Some(function), ..start });
        }
        let (mut at, mut names_money) = (start, false);
        for name in names {
            // 国有资本经营预算支出 is a source and a class of functions.
            let is_class = self.printed(None, name).flatten().is_some();
            let stated = self.stated(name, scope).filter(|_| !is_class || scope.topic != Topic::Compilation);
            match stated {
                Some(stated) if is_class && !is_source(scope, &at, &stated, names) => return None,
                Some(stated) => {
                    at = self.narrowed(scope, at, &stated)?;
                    // （一）收入预算。2026年年初预算数3万元
                    let is_section = matches!(scope.topic, Topic::Income | Topic::Expenditure);
                    names_money |= stated.names_money || (is_section && stated.is_planned);
                }
                None => {
                    at = self.of_class(scope, at, name)?;
                    names_money = true;
                }
            }
        }
        names_money.then_some(at)
    }

    /// What a name fixes: 收支总预算, 一般公共预算拨款, 公务接待费.
    fn stated(&self, name: &str, scope: Scope<'_>) -> Option<Stated> {
        let of = |dimensions: Dimensions| Stated { dimensions, names_money: true, is_planned: false };
        if let Some((_, front)) = WHOLE.strip_end_of(name) {
            let front =
                if front.is_empty() { Some(of(Dimensions::default())) } else { self.stated_front(front, scope) };
            if let Some(front) = front {
                return Some(Stated { names_money: true, ..front });
            }
        }
        self.stated_front(name, scope)
    }

    fn stated_front(&self, name: &str, scope: Scope<'_>) -> Option<Stated> {
        let of = |dimensions: Dimensions| Some(Stated { dimensions, names_money: true, is_planned: false });
        let compiled = || lookup(&COMPILED, name).filter(|_| scope.topic == Topic::Compilation);
        if let Some(source) = compiled().or_else(|| lookup(&SOURCES, name)) {
            return of(Dimensions { source: Some(source), ..Dimensions::default() });
        }
        if let Some(nature) = lookup(&NATURES, name) {
            return of(Dimensions { nature: Some(nature), ..Dimensions::default() });
        }
        if let Some(item) = lookup(&THREE_PUBLIC, name) {
            return of(Dimensions { three_public: Some(item), ..Dimensions::default() });
        }
        // 非财政拨款 has no name in a budget but 非财政拨款结转结余
        let carried =
            || Lexicon::stated(&format!("{name}结转"), scope.year).filter(|_| scope.topic == Topic::CarryOver);
        Lexicon::stated(name, scope.year).or_else(carried)
    }

    /// Some money, with what a name fixes of it; `None` if the two contradict each other.
    fn narrowed(&self, scope: Scope<'_>, at: Coordinates, stated: &Stated) -> Option<Coordinates> {
        let Dimensions { source, nature, three_public, flow, .. } = stated.dimensions;
        // In final accounts what is left at the end of the year (年末结转和结余) is no expenditure.
        let (nature, flow) = match nature {
            Some(Nature::CurrentYear) if scope.is_final => (None, Some(Flow::Expenditure)),
            nature => (nature, flow),
        };
        if flow.is_some() && !scope.is_final {
            return None;
        }
        let source = match source {
            Some(source) => narrowed_source(at.source, self.own(scope.topic, source))?,
            None => at.source,
        };
        let nature = match nature {
            Some(nature) if at.nature.contains(nature) => nature,
            Some(nature) if nature.contains(at.nature) => at.nature,
            Some(_) => return None,
            None => at.nature,
        };
        let three_public = match three_public {
            // 会议费 is an item beside the three here, and a class of the economic classification elsewhere.
            Some(_) if scope.topic != Topic::ThreePublic => return None,
            item => item.or(at.three_public),
        };
        Some(Coordinates { source, nature, three_public, flow: flow.or(at.flow), ..at })
    }

    /// Beside transfers, 一般公共预算 in the text means what the table calls own means.
    fn own(&self, topic: Topic, source: Source) -> Source {
        match source {
            Source::GeneralPublicBudget if topic == Topic::Income && self.own_means => Source::GeneralPublicBudgetOwn,
            Source::GovernmentFund if topic == Topic::Income && self.own_means => Source::GovernmentFundOwn,
            Source::StateCapital if topic == Topic::Income && self.own_means => Source::StateCapitalOwn,
            source => source,
        }
    }

    /// The name of the table of money carried over that a text without white space begins with.
    pub(super) fn carried_over<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut end = text.len();
        loop {
            let head = text.get(..end)?;
            let name =
                self.carried_over.get(self.carried_over.partition_point(|name| *name <= head).checked_sub(1)?)?;
            if head.starts_with(name) {
                return text.get(..name.len());
            }
            // Whatever else the text begins with is no longer than what the two have in common.
            let same = name.chars().zip(head.chars()).take_while(|(one, other)| one == other);
            end = same.map(|(character, _)| character.len_utf8()).sum();
        }
    }

    /// The coordinates of the amount of a project, if the project table has exactly one row of this name.
    pub(super) fn project(&self, name: &str) -> Option<Coordinates> {
        let (table, rows) = self.projects.as_ref()?;
        table.coordinates_at(rows.get(&fold(name)).copied().flatten()?, 0)
    }
}

/// Coordinates of a figure of final accounts with its flow, as tables have it: all spending and all money with a name of one side
/// is of this year, but for 总计, which contains what was left of last year.
fn with_flow(at: Coordinates, fact: &Fact) -> Coordinates {
    let is_grand = ["总计", "总收入", "总支出"].iter().any(|sum| fact.quote.contains(sum));
    let is_spent = at.function.is_some()
        || at.economic.is_some()
        || at.government_economic.is_some()
        || at.three_public.is_some()
        || at.nature != Nature::All;
    let side = || {
        let named = |side: &str| fact.subject.last().is_some_and(|name| name.contains(side));
        match (named("收入") || at.source == Source::CurrentYear, named("支出")) {
            (true, false) => Some(Flow::Revenue),
            (false, true) => Some(Flow::Expenditure),
            _ => None,
        }
    };
    let flow = at.flow.or_else(|| is_spent.then_some(Flow::Expenditure)).or_else(|| side().filter(|_| !is_grand));
    Coordinates { flow, ..at }
}

/// A subject of final accounts without the words that say of which phase its figure is, and the phase; `None` is the final one.
fn without_phases(subject: &[String]) -> (Option<Phase>, Vec<String>) {
    let mut phase = None;
    let mut names = Vec::with_capacity(subject.len());
    for name in subject {
        match PHASES.strip_end_of(name).filter(|_| lookup(&SOURCES, name).is_none()) {
            Some(((_, of), front)) => {
                phase = Some(*of);
                // 支出决算 alone is all that the section is about.
                let side = ["收入", "支出"].into_iter().find(|side| names.is_empty() && name.contains(side));
                names.extend(Some(front).filter(|front| !front.is_empty()).or(side).map(str::to_owned));
            }
            None => names.push(name.clone()),
        }
    }
    (phase.filter(|phase| *phase != Phase::Final), names)
}

/// Whether a name that a class of functions has as well can only be the source: its section is about it, or it is the whole of
/// which a section on appropriations speaks, and no part of another.
fn is_source(scope: Scope<'_>, at: &Coordinates, stated: &Stated, names: &[String]) -> bool {
    stated.dimensions.source == Some(at.source) || (scope.topic == Topic::Appropriation && names.len() == 1)
}

/// The source that a name fixes inside another one.
fn narrowed_source(at: Source, named: Source) -> Option<Source> {
    let carried = || named.carried_over().filter(|carried| at.contains(*carried) && Source::CarryOver.contains(at));
    match named {
        _ if at.contains(named) => Some(named),
        // 上年结转 in a section about appropriations
        Source::CarryOver => at.carried_over(),
        _ if named.contains(at) => Some(at),
        _ => carried(),
    }
}

/// The coordinates of 机关运行经费, where the tables state it in one way.
fn running(disclosure: &Disclosure) -> Option<Coordinates> {
    let is_it = |column: &Column| column.dimensions.three_public == Some(ThreePublicItem::AgencyOperation);
    let mut found: Vec<Coordinates> = Vec::new();
    for table in &disclosure.tables {
        let columns = table.columns.iter().enumerate().filter(|(_, column)| is_it(column));
        found.extend(columns.filter_map(|(column, _)| table.coordinates_at(0, column as u16)));
        if table.dimensions.three_public == Some(ThreePublicItem::AgencyOperation) {
            let total = table.rows.iter().position(|row| row.role == Role::Total);
            found.extend(total.and_then(|row| table.coordinates_at(row as u32, 0)));
        }
    }
    found.dedup();
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// The name of a unit without brackets and white space: 云溪县文化馆（本级） is 云溪县文化馆本级.
fn unit_key(name: &str) -> String {
    fold(name).chars().filter(|character| character.is_alphanumeric()).collect()
}

/// The units that the tables list, if there are several.
fn units(disclosure: &Disclosure) -> HashMap<String, &str> {
    let mut units = HashMap::new();
    for row in disclosure.tables.iter().flat_map(|table| &table.rows) {
        let own = (row.role == Role::Unit).then_some(&row.label);
        for label in own.into_iter().chain(&row.unit) {
            units.entry(unit_key(&label.text)).or_insert(label.text.as_str());
        }
    }
    if units.len() > 1 { units } else { HashMap::new() }
}

/// [`fold`], but most names are folded already.
fn folded(name: &str) -> Cow<'_, str> {
    let is_folded = name.chars().all(|character| fold_char(character) == character && !is_space(character));
    if is_folded { Cow::Borrowed(name) } else { Cow::Owned(fold(name)) }
}

fn lookup<T: Copy>(table: &'static Words<(&'static str, T)>, name: &str) -> Option<T> {
    let is_it = |(known, _): &&(&str, T)| same(known, name);
    let found = match name.chars().next()? {
        first @ '\u{4e00}'..='\u{9fff}' => table.beginning_with(first).find(is_it),
        // Brackets and quotation marks have several forms.
        _ => table.entries().iter().find(is_it),
    };
    found.map(|(_, value)| *value)
}
