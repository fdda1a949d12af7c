//! Coordinates of stated figures: the same cube that the tables are views of, addressed by words.

use std::borrow::Cow;
use std::collections::HashMap;

use budget_model::{
    Classification, Code, CodeLevel, Column, Coordinates, Dimensions, Disclosure, Fact, Measure, Nature, Phase, Role,
    Source, Table, TableKind, ThreePublicItem,
};

use super::names::same;
use super::vocabulary::{COMPILED, NATURES, PHASES, SOURCES, THREE_PUBLIC, Topic, TopicEntry, WHOLE};
use crate::lexicon::{Lexicon, NameOf, Stated};
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
        let (functions, economic) = classes(disclosure);
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

    /// The coordinates of a figure. What the sentence says to be of this year (上年结转0万元，本年财政拨款收入3万元) is no part of what was
    /// carried over, and 本年收入 is not all revenue.
    fn stated_coordinates(&self, scope: Scope<'_>, fact: &Fact) -> Option<Coordinates> {
        // 云溪县图书馆预算3万元 below 一、云溪县图书馆
        let is_of_unit = |unit: &str| fact.quote.contains(&format!("{unit}预算"));
        if fact.subject.len() == 1 && scope.unit.is_some_and(is_of_unit) {
            return self.coordinates(scope, &["支出预算".to_owned()]);
        }
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
        // Planned and final amounts stand beside each other. What else is stated has its coordinates when all of the text is read.
        let (phase, subject) = without_phases(subject);
        let at = self.of_one_phase(scope, &subject).filter(|_| scope.topic == Topic::ThreePublic)?;
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
                    first if first.contains("整体") && rest.is_empty() => Some(start),
                    first if first.contains("整体") => self.parts(scope, start, rest),
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
        let Dimensions { source, nature, three_public, .. } = stated.dimensions;
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
        Some(Coordinates { source, nature, three_public, ..at })
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

    /// Some money, for the class that a name names: 教育支出, 行政运行（2010301）.
    fn of_class(&self, scope: Scope<'_>, at: Coordinates, name: &str) -> Option<Coordinates> {
        if at.three_public.is_some() {
            return None;
        }
        if let Some((name, code)) = coded(name) {
            let name = folded(name);
            let printed = |names: &ClassNames<'_>| names.get(&code).is_some_and(|known| known.contains(&name));
            let is_official = Lexicon::class_names(code).iter().any(|known| folded(known) == name);
            return match code.number().to_string().as_bytes().first() {
                Some(b'2') if printed(&self.functions) || is_official => {
                    Some(Coordinates { function: Some(code), ..at })
                }
                Some(b'3') if printed(&self.economic) || is_official => {
                    Some(Coordinates { economic: Some(code), ..at })
                }
                Some(b'5') if printed(&self.economic) || is_official => {
                    Some(Coordinates { government_economic: Some(code), ..at })
                }
                _ => None,
            };
        }
        let Some(function) = self.class(name) else { return self.of_economic_group(at, name) };
        let function = Some(function);
        // The items of the list are what appropriations are spent on.
        let source = if scope.topic == Topic::Compilation { Source::Appropriation } else { at.source };
        Some(Coordinates { function, source, ..at })
    }

    /// Some money, for the group of economic classes that a name names and nothing else: 工资福利支出.
    fn of_economic_group(&self, at: Coordinates, name: &str) -> Option<Coordinates> {
        let name = folded(name.strip_suffix("预算").unwrap_or(name));
        let is_group = |code: &Code| code.level() == CodeLevel::Class;
        let codes = |of| Lexicon::class_codes(&name, of).into_iter().filter(is_group).collect::<Vec<_>>();
        let (own, of_government) = (codes(NameOf::Economic), codes(NameOf::GovernmentEconomic));
        match (own.as_slice(), of_government.as_slice()) {
            ([code], []) if at.function.is_none() => Some(Coordinates { economic: Some(*code), ..at }),
            ([], [code]) if at.function.is_none() => Some(Coordinates { government_economic: Some(*code), ..at }),
            // 对个人和家庭的补助 is a group of both classifications.
            _ => None,
        }
    }

    /// The code of a class: 教育支出, 公共安全（类）支出.
    pub(super) fn class(&self, name: &str) -> Option<Code> {
        let named = ["（类）", "(类)"].iter().find_map(|level| Some((name.split_once(level)?, *level)));
        match named {
            Some(((front, "" | "支出"), _)) => self.short_class(front),
            Some(_) => None,
            // 其他支出 is as often the rest of a list as a class.
            None => {
                self.printed(None, name).unwrap_or_else(|| official(None, name).filter(|code| code.number() != OTHER))
            }
        }
    }

    /// The code of a class whose name may be short: 公共安全（类） is 公共安全支出.
    fn short_class(&self, name: &str) -> Option<Code> {
        self.below(None, name).or_else(|| self.below(None, &format!("{name}支出")))
    }

    /// The code of what a class (类), group (款) and item (项) name, and nothing below them. Without the class, group and item
    /// must be found below one class only.
    pub(super) fn named(&self, names: &[String]) -> Option<Code> {
        match names {
            [class, group, item] => {
                let group = self.below(Some(self.short_class(class)?), group)?;
                self.below(Some(group), item)
            }
            [group, item] => {
                let (group, item) = (folded(group), folded(item));
                let mut found = self.functions.iter().filter(|(code, names)| {
                    let above = code.parent().and_then(|above| self.functions.get(&above));
                    code.level() == CodeLevel::Item
                        && names.contains(&item)
                        && above.is_some_and(|names| names.contains(&group))
                });
                let (code, _) = found.next()?;
                found.next().is_none().then_some(*code)
            }
            _ => None,
        }
    }

    /// The code of this name directly below another one: that of the tables, or the official one where they do not print it.
    fn below(&self, above: Option<Code>, name: &str) -> Option<Code> {
        self.printed(above, name).unwrap_or_else(|| official(above, name))
    }

    /// What the tables print of this name directly below a code; inside it `None` where the name is ambiguous.
    fn printed(&self, above: Option<Code>, name: &str) -> Option<Option<Code>> {
        self.codes.get(&(above, folded(name))).copied()
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

/// The class 其他支出.
const OTHER: u32 = 229;

/// The only function of this official name directly below another one.
fn official(above: Option<Code>, name: &str) -> Option<Code> {
    let codes = Lexicon::class_codes(&folded(name), NameOf::Function);
    let mut below = codes.into_iter().filter(|code| code.parent() == above);
    below.next().filter(|_| below.next().is_none())
}

/// Whether a name that a class of functions has as well can only be the source: its section is about it, or it is the whole of
/// which a section on appropriations speaks, and no part of another.
fn is_source(scope: Scope<'_>, at: &Coordinates, stated: &Stated, names: &[String]) -> bool {
    stated.dimensions.source == Some(at.source) || (scope.topic == Topic::Appropriation && names.len() == 1)
}

/// A name and the code printed behind it, or in front: 行政运行（2010301）, 2010301-行政运行, 2010301行政运行.
fn coded(name: &str) -> Option<(&str, Code)> {
    let behind = name.trim_start_matches(|digit: char| digit.is_ascii_digit());
    if let Some(code) = name.get(..name.len() - behind.len()).filter(|code| matches!(code.len(), 3 | 5 | 7)) {
        let behind = behind.trim_start_matches(['-', '－', '—', '–', ' ']);
        return Some((behind, code.parse().ok()?)).filter(|(behind, _)| !behind.is_empty());
    }
    let (front, code) = name.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    Some((front, code.parse().ok()?)).filter(|(front, _)| !front.is_empty())
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

/// Names of classes by code.
type ClassNames<'a> = HashMap<Code, Vec<Cow<'a, str>>>;

/// The names of the function classes, and of the economic classes, that the tables print.
fn classes(disclosure: &Disclosure) -> (ClassNames<'_>, ClassNames<'_>) {
    let (mut functions, mut economic) = (HashMap::new(), HashMap::new());
    for table in &disclosure.tables {
        let of = match table.classification {
            Classification::Function => &mut functions,
            Classification::Economic | Classification::GovernmentEconomic => &mut economic,
            _ => continue,
        };
        for row in &table.rows {
            let Some(code) = row.code else { continue };
            let name = folded(&row.label.text);
            let names: &mut Vec<_> = of.entry(code).or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    (functions, economic)
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

#[cfg(test)]
mod tests {
    use budget_model::{Label, Place, Row};

    use super::super::vocabulary::TOPICS;
    use super::*;

    fn table(kind: TableKind, rows: &[(u32, &str)]) -> Table {
        let place = Place::Text { page: 1, line: 1, column: 1 };
        let label = |text: &str| Label::new(text, place);
        let row = |(code, name): &(u32, &str)| {
            let mut row = Row::new(Role::Item, label(name));
            row.code = Code::from_number(*code);
            row
        };
        let mut own = Column::new("own", "一般公共预算");
        own.dimensions.source = Some(Source::GeneralPublicBudgetOwn);
        let mut table = Table::new(kind, label("表"));
        table.columns.push(own);
        table.rows.extend(rows.iter().map(row));
        table
    }

    fn scope(topic: Topic) -> Scope<'static> {
        let entry = TOPICS.iter().find(|entry| entry.topic == topic);
        Scope { topic, entry, unit: None, year: Some(2025), is_final: false }
    }

    fn subject(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_function_is_found_under_its_class_and_group() {
        let rows = [
            (207, "文化旅游体育与传媒支出"),
            (20701, "文化和旅游"),
            (2_070_101, "行政运行"),
            (20702, "文物"),
            (2_070_201, "行政运行"),
        ];
        let disclosure = Disclosure { tables: vec![table(TableKind::General, &rows)], ..Disclosure::default() };
        let resolver = Resolver::new(&disclosure);
        let found = resolver
            .coordinates(scope(Topic::GeneralUse), &subject(&["文化旅游体育与传媒支出", "文物", "行政运行"]))
            .unwrap();
        assert_eq!(found.function, Code::from_number(2_070_201));
        assert_eq!(found.source, Source::GeneralPublicBudget);
        let deeper = subject(&["文化旅游体育与传媒支出", "文物", "行政运行", "退休人员"]);
        assert_eq!(resolver.coordinates(scope(Topic::GeneralUse), &deeper), None);
        // The official code, where the tables do not print the item.
        let official = subject(&["文化旅游体育与传媒支出", "文物", "文物保护"]);
        let official = resolver.coordinates(scope(Topic::GeneralUse), &official).and_then(|at| at.function);
        assert_eq!(official, Code::from_number(2_070_204));
        let unknown = subject(&["文化旅游体育与传媒支出", "文物", "文物讲座"]);
        assert_eq!(resolver.coordinates(scope(Topic::GeneralUse), &unknown), None);
    }

    #[test]
    fn the_source_of_a_three_public_item_is_a_part_of_what_pays_for_all() {
        let found = |names: &[&str]| {
            let disclosure = Disclosure::default();
            Resolver::new(&disclosure).coordinates(scope(Topic::ThreePublic), &subject(names))
        };
        let reception = found(&["“三公”经费", "公务接待费", "政府性基金"]).unwrap();
        assert_eq!(
            (reception.three_public, reception.source),
            (Some(ThreePublicItem::Reception), Source::GovernmentFund)
        );
        // Business income is no appropriation.
        assert_eq!(found(&["“三公”经费", "事业收入"]), None);
    }

    #[test]
    fn a_list_of_classes_explains_appropriations() {
        let disclosure = Disclosure {
            tables: vec![table(TableKind::Expenditure, &[(205, "教育支出")])],
            ..Disclosure::default()
        };
        let found = |names: &[&str]| Resolver::new(&disclosure).coordinates(scope(Topic::Compilation), &subject(names));
        let of = |names: &[&str]| found(names).map(|at| (at.source, at.function.map(Code::number)));
        assert_eq!(of(&["教育支出"]), Some((Source::Appropriation, Some(205))));
        assert_eq!(of(&["收入预算", "事业收入"]), Some((Source::BusinessIncome, None)));
        assert_eq!(of(&["收入预算", "讲座收入"]), None);
    }

    #[test]
    fn a_source_beside_transfers_is_own_means() {
        let income = Disclosure { tables: vec![table(TableKind::Income, &[])], ..Disclosure::default() };
        let names = subject(&["收入预算", "一般公共预算"]);
        let source = |disclosure: &Disclosure| {
            Resolver::new(disclosure).coordinates(scope(Topic::Income), &names).map(|at| at.source)
        };
        assert_eq!(source(&income), Some(Source::GeneralPublicBudgetOwn));
        assert_eq!(source(&Disclosure::default()), Some(Source::GeneralPublicBudget));
    }

    #[test]
    fn kinds_and_items_have_coordinates_and_reasons_have_none() {
        let disclosure = Disclosure::default();
        let resolver = Resolver::new(&disclosure);
        let at = |topic, names: &[&str]| resolver.coordinates(scope(topic), &subject(names));
        assert_eq!(at(Topic::Expenditure, &["支出预算", "基本支出"]).map(|at| at.nature), Some(Nature::Basic));
        assert_eq!(
            at(Topic::Basic, &["一般公共预算基本支出", "公用经费"]).map(|at| at.nature),
            Some(Nature::Operating)
        );
        assert_eq!(
            at(Topic::ThreePublic, &["财政拨款“三公”经费", "公务接待费"]).and_then(|at| at.three_public),
            Some(ThreePublicItem::Reception)
        );
        let fund = at(Topic::Fund, &["政府性基金预算拨款", "项目支出"]).unwrap();
        assert_eq!((fund.source, fund.nature), (Source::GovernmentFund, Nature::Project));
        assert_eq!(at(Topic::Expenditure, &["支出预算", "基本支出", "在职人员"]), None);
    }
}
