//! Coordinates of stated figures: the same cube that the tables are views of, addressed by words.

use std::borrow::Cow;
use std::collections::HashMap;

use budget_model::{
    Code, Column, Coordinates, Disclosure, Fact, Measure, Nature, Role, Source, Table, TableKind, ThreePublicItem,
};

use super::names::same;
use super::vocabulary::{COMPILED, NATURES, SOURCES, THREE_PUBLIC, Topic};
use crate::text::{fold, fold_char, is_space};
use crate::words::Words;

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
    three_public: Option<Coordinates>,
    /// 机关运行经费, if a table states it.
    running: Option<Coordinates>,
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
        let three_public = disclosure.table(TableKind::ThreePublic);
        let running = three_public.and_then(|table| {
            let is_it = |column: &Column| column.dimensions.three_public == Some(ThreePublicItem::AgencyOperation);
            table.coordinates_at(0, table.columns.iter().position(is_it)? as u16)
        });
        Self {
            codes,
            projects,
            carried_over,
            own_means: disclosure.table(TableKind::Income).is_some_and(own),
            three_public: three_public.and_then(|table| table.coordinates_at(0, 0)),
            running,
        }
    }

    /// Gives coordinates to the facts whose whole subject is understood.
    ///
    /// Amounts, shares and changes have them, so that a rule can find the amount that a share is a share of; a figure of
    /// last year has none, being no figure of this budget.
    pub(super) fn resolve(&self, topic: Topic, facts: &mut [Fact]) {
        let mut before: Option<&Fact> = None;
        for fact in facts {
            let has_place =
                matches!(fact.measure, Measure::Amount | Measure::Share | Measure::YoyChange | Measure::YoyPercent);
            if has_place && fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some() || unit.as_str() == "%") {
                // An amount, its share and its change follow each other.
                fact.coordinates = match before {
                    Some(before) if before.subject == fact.subject => before.coordinates.clone(),
                    _ => self.coordinates(topic, &fact.subject),
                };
                before = Some(fact);
            }
        }
    }

    /// The coordinates of a subject, from the general to the particular; `None` unless every part is understood.
    fn coordinates(&self, topic: Topic, subject: &[String]) -> Option<Coordinates> {
        let (first, rest) = subject.split_first()?;
        let all = |source, nature| Coordinates { source, nature, ..Coordinates::default() };
        let general = || all(Source::GeneralPublicBudget, Nature::All);
        let parts =
            |start: Coordinates, names: &[String]| names.iter().try_fold(start, |at, name| self.part(topic, at, name));
        match topic {
            Topic::Overview => (first.contains("收支总预算") && rest.is_empty()).then(|| all(Source::All, Nature::All)),
            Topic::Compilation => subject.iter().try_fold(all(Source::All, Nature::All), |at, name| {
                match lookup(&COMPILED, name).or_else(|| lookup(&SOURCES, name)) {
                    Some(source) => Some(Coordinates { source, ..at }),
                    // The items of the list are what appropriations are spent on.
                    None => Some(Coordinates {
                        function: Some(self.class(name)?),
                        ..all(Source::Appropriation, Nature::All)
                    }),
                }
            }),
            Topic::OperatingCosts => {
                let running = self.running.clone()?;
                (first.contains("机关运行经费") && rest.is_empty()).then_some(running)
            }
            Topic::Income => {
                parts(all(Source::All, Nature::All), if first.ends_with("收入预算") { rest } else { subject })
            }
            Topic::Expenditure => {
                parts(all(Source::All, Nature::All), if first.ends_with("支出预算") { rest } else { subject })
            }
            Topic::Appropriation if first.contains("财政拨款收支总预算") => {
                rest.is_empty().then(|| all(Source::Appropriation, Nature::All))
            }
            Topic::Appropriation => {
                let start = match first.as_str() {
                    first if first.contains("一般公共预算") => general(),
                    first if first.contains("政府性基金") => all(Source::GovernmentFund, Nature::All),
                    first if first.contains("国有资本") => all(Source::StateCapital, Nature::All),
                    "收入预算" => all(Source::Appropriation, Nature::All),
                    _ => return None,
                };
                parts(start, rest)
            }
            Topic::GeneralChange => parts(general(), if first.contains("一般公共预算") { rest } else { subject }),
            Topic::GeneralShares => parts(general(), subject),
            Topic::GeneralUse => self.named(general(), subject),
            Topic::Fund => {
                let fund = all(Source::GovernmentFund, Nature::All);
                if first.contains("政府性基金预算") { parts(fund, rest) } else { self.named(fund, subject) }
            }
            Topic::StateCapital => {
                let capital = all(Source::StateCapital, Nature::All);
                if first.contains("国有资本经营预算拨款") {
                    parts(capital, rest)
                } else {
                    self.named(capital, subject)
                }
            }
            Topic::Basic => {
                let basic = all(Source::GeneralPublicBudget, Nature::Basic);
                parts(basic, if first.contains("基本支出") { rest } else { subject })
            }
            Topic::ThreePublic => {
                let source = self.three_public.as_ref().map_or(Source::Appropriation, |total| total.source);
                let start = Coordinates { three_public: Some(ThreePublicItem::All), ..all(source, Nature::All) };
                parts(start, if first.contains("经费") && first.contains("三公") { rest } else { subject })
            }
            Topic::CarryOver => {
                parts(all(Source::CarryOver, Nature::All), if first.contains("结转结余") { rest } else { subject })
            }
            Topic::Performance => match first.as_str() {
                first if first.contains("整体") => Some(all(Source::All, Nature::All)),
                first => {
                    let named = rest.first().map_or(first, String::as_str);
                    let own = named.contains("财政拨款项目") && !named.contains("非财政拨款");
                    own.then(|| all(Source::Appropriation, Nature::Project))
                }
            },
            _ => None,
        }
    }

    /// The part of some money that a name stands for.
    fn part(&self, topic: Topic, at: Coordinates, name: &str) -> Option<Coordinates> {
        if topic == Topic::ThreePublic {
            if let Some(item) = lookup(&THREE_PUBLIC, name) {
                return Some(Coordinates { three_public: Some(item), ..at });
            }
            // 其中：一般公共预算安排…
            let source = lookup(&SOURCES, name).filter(|source| at.source.contains(*source))?;
            return Some(Coordinates { source, ..at });
        }
        if topic == Topic::CarryOver {
            let source = match name {
                "财政拨款" => Source::AppropriationCarryOver,
                "非财政拨款" => Source::OtherCarryOver,
                _ => return None,
            };
            return Some(Coordinates { source, ..at });
        }
        if let Some(source) = lookup(&SOURCES, name) {
            // Beside transfers, 一般公共预算 in the text means what the table calls own means.
            let own = match source {
                Source::GeneralPublicBudget => Some(Source::GeneralPublicBudgetOwn),
                Source::GovernmentFund => Some(Source::GovernmentFundOwn),
                Source::StateCapital => Some(Source::StateCapitalOwn),
                _ => None,
            };
            let source = own.filter(|_| topic == Topic::Income && self.own_means).unwrap_or(source);
            return Some(Coordinates { source, ..at });
        }
        if let Some(nature) = lookup(&NATURES, name) {
            return Some(Coordinates { nature, ..at });
        }
        let function = self.class(name)?;
        Some(Coordinates { function: Some(function), ..at })
    }

    fn class(&self, name: &str) -> Option<Code> {
        self.below(None, name)
    }

    /// The part of some money that a class (类), group (款) and item (项) name, and nothing below them.
    fn named(&self, at: Coordinates, names: &[String]) -> Option<Coordinates> {
        let [class, group, item] = names else { return None };
        Some(Coordinates { function: Some(self.item(class, group, item)?), ..at })
    }

    /// The item (项) under the class (类) and group (款) of these names.
    fn item(&self, class: &str, group: &str, item: &str) -> Option<Code> {
        let class = self.class(class)?;
        let group = self.below(Some(class), group)?;
        self.below(Some(group), item)
    }

    /// The code of this name directly below another one.
    fn below(&self, above: Option<Code>, name: &str) -> Option<Code> {
        self.codes.get(&(above, folded(name))).copied().flatten()
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
        let found =
            resolver.coordinates(Topic::GeneralUse, &subject(&["文化旅游体育与传媒支出", "文物", "行政运行"])).unwrap();
        assert_eq!(found.function, Code::from_number(2_070_201));
        assert_eq!(found.source, Source::GeneralPublicBudget);
        let deeper = subject(&["文化旅游体育与传媒支出", "文物", "行政运行", "退休人员"]);
        assert_eq!(resolver.coordinates(Topic::GeneralUse, &deeper), None);
        let unknown = subject(&["文化旅游体育与传媒支出", "文物", "文物保护"]);
        assert_eq!(resolver.coordinates(Topic::GeneralUse, &unknown), None);
    }

    #[test]
    fn the_source_of_a_three_public_item_is_a_part_of_what_pays_for_all() {
        let found = |names: &[&str]| {
            let disclosure = Disclosure::default();
            Resolver::new(&disclosure).coordinates(Topic::ThreePublic, &subject(names))
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
        let found = |names: &[&str]| Resolver::new(&disclosure).coordinates(Topic::Compilation, &subject(names));
        let of = |names: &[&str]| found(names).map(|at| (at.source, at.function.map(Code::number)));
        assert_eq!(of(&["教育支出"]), Some((Source::Appropriation, Some(205))));
        assert_eq!(of(&["收入预算", "事业收入"]), Some((Source::BusinessIncome, None)));
        assert_eq!(of(&["收入预算", "讲座收入"]), None);
    }

    #[test]
    fn a_source_beside_transfers_is_own_means() {
        let income = Disclosure { tables: vec![table(TableKind::Income, &[])], ..Disclosure::default() };
        let names = subject(&["收入预算", "一般公共预算"]);
        let source =
            |disclosure: &Disclosure| Resolver::new(disclosure).coordinates(Topic::Income, &names).map(|at| at.source);
        assert_eq!(source(&income), Some(Source::GeneralPublicBudgetOwn));
        assert_eq!(source(&Disclosure::default()), Some(Source::GeneralPublicBudget));
    }

    #[test]
    fn kinds_and_items_have_coordinates_and_reasons_have_none() {
        let disclosure = Disclosure::default();
        let resolver = Resolver::new(&disclosure);
        let at = |topic, names: &[&str]| resolver.coordinates(topic, &subject(names));
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
