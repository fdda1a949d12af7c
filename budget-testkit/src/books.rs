//! The books of an invented department: all its money, to the yuan, and what else it discloses.

use std::collections::HashSet;

use budget_model::{Code, Coordinates, Nature, Scope, Source, TableKind, ThreePublicItem};
use budget_parse::Layout;

use crate::Config;
use crate::chance::Chance;
use crate::classification::{self, Account};
use crate::names;
use crate::people::{Assets, Procurement, Staff};

/// An amount at one point of the cube: every figure of a disclosure is a sum of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount, in yuan; never 0.
    pub yuan: u64,
    /// Where it comes from: a source that is not divided further.
    pub source: Source,
    /// 人员经费, 公用经费 or 项目支出
    pub nature: Nature,
    /// Function item (功能分类 项).
    pub function: Code,
    /// Economic group (经济分类 款).
    pub economic: Code,
    /// Index of the project, for project expenditure of the year and for everything carried over.
    pub project: Option<usize>,
    /// Index of the unit.
    pub unit: usize,
    /// The “三公” item, where the economic group is one.
    pub three_public: Option<ThreePublicItem>,
}

/// A project, or money carried over under a name of its own: one source, nature, function and unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The name, different from all others, without white space.
    pub name: String,
    /// Where its money comes from.
    pub source: Source,
    /// 项目支出; 人员经费 or 公用经费 for basic money carried over.
    pub nature: Nature,
    /// Function item.
    pub function: Code,
    /// Index of the unit.
    pub unit: usize,
}

/// The books of a department (or single unit) for one year.
///
/// ```
/// use budget_model::{Coordinates, Nature, Source};
/// use budget_testkit::{Books, Config};
///
/// let books = Books::random(7, &Config::default());
/// assert_eq!(books, Books::random(7, &Config::default()));
///
/// assert_eq!(books.yuan(&Coordinates::TOTAL), Some(books.money.iter().map(|money| money.yuan).sum()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books {
    /// The name of the entity: a department, or a single unit.
    pub department: String,
    /// The region (县, 市, 区) that all names begin with.
    pub region: String,
    /// The budget year.
    pub year: u16,
    /// Units by name: the entity itself, then the units below it.
    pub units: Vec<String>,
    /// Internal divisions (内设机构) by name.
    pub divisions: Vec<String>,
    /// The money of the year, that without a project first, then project by project.
    pub money: Vec<Money>,
    /// Last year's budget, in the same way; its projects are not listed, so none is named.
    pub prior: Vec<Money>,
    /// Projects and money carried over under names.
    pub projects: Vec<Project>,
    /// Staff.
    pub staff: Staff,
    /// Government procurement.
    pub procurement: Procurement,
    /// State-owned assets in use.
    pub assets: Assets,
}

impl Books {
    /// The books of a seed: the same for ever.
    ///
    /// A configuration with an unknown layout gives books of every source.
    #[must_use]
    pub fn random(seed: u64, config: &Config) -> Self {
        let mut chance = Chance::new(seed, "books");
        let region = names::region(&mut chance);
        let form = config.form();
        let years = form.as_ref().map_or((2025, 2025), |form| form.years);
        let last = years.1.min(years.0.saturating_add(3)).max(years.0);
        let year = chance.between(u64::from(years.0), u64::from(last)) as u16;
        let (department, units) = names::entity(&mut chance, &region, config.scope == Scope::Unit, config.units.max(1));
        let mut draft = Draft {
            lists_carry_over: config.lists_carry_over(),
            sources: sources(&mut chance, form.as_ref()),
            items: Vec::new(),
            units: units.len(),
            seen: Vec::new(),
            money: Vec::new(),
            projects: Vec::new(),
            chance,
        };
        draft.choose_items(config.functions);
        draft.basic();
        draft.named(&region, year, config.projects);
        let prior = draft.prior();
        let Draft { mut chance, money, projects, .. } = draft;
        let project_money: u64 =
            money.iter().filter(|money| money.nature == Nature::Project).map(|money| money.yuan).sum();
        Self {
            department,
            region,
            year,
            units,
            divisions: names::divisions(&mut chance),
            money,
            prior,
            projects,
            staff: Staff::random(&mut chance),
            procurement: Procurement::random(&mut chance, project_money),
            assets: Assets::random(&mut chance),
        }
    }

    /// The money at these coordinates in yuan; `None` if there is none (a blank, not a zero).
    #[must_use]
    pub fn yuan(&self, at: &Coordinates) -> Option<u64> {
        let Some(name) = &at.project else { return self.sum(&self.money, at) };
        let project = self.projects.iter().position(|project| project.name == *name)?;
        self.sum(self.of_project(project), at)
    }

    /// Last year's money at these coordinates in yuan; `None` if there was none. The project does not count.
    #[must_use]
    pub fn prior_yuan(&self, at: &Coordinates) -> Option<u64> {
        self.sum(&self.prior, at)
    }

    /// The money of a project, by index.
    #[must_use]
    pub fn of_project(&self, project: usize) -> &[Money] {
        let from = self.money.partition_point(|money| money.project < Some(project));
        let len = self.money.iter().skip(from).take_while(|money| money.project == Some(project)).count();
        self.money.get(from..from + len).unwrap_or_default()
    }

    fn sum(&self, money: &[Money], at: &Coordinates) -> Option<u64> {
        let unit = match &at.unit {
            None => None,
            Some(name) => Some(self.units.iter().position(|unit| unit == name)?),
        };
        let inside = money.iter().filter(|money| money.is_at(at) && unit.is_none_or(|unit| unit == money.unit));
        inside.map(|money| money.yuan).reduce(|sum, yuan| sum + yuan)
    }
}

impl Money {
    /// Whether it lies in these coordinates; their project and unit are names, and do not count.
    #[must_use]
    pub fn is_at(&self, at: &Coordinates) -> bool {
        let below = |whole: Option<Code>, code: Code| whole.is_none_or(|whole| code == whole || code.is_below(whole));
        let item = match at.three_public {
            None => true,
            // The operation of an agency is what it spends on operating itself, and no part of the three.
            Some(ThreePublicItem::AgencyOperation) => self.nature == Nature::Operating,
            Some(whole) => self.three_public.is_some_and(|item| contains(whole, item)),
        };
        item && at.source.contains(self.source)
            && at.nature.contains(self.nature)
            && below(at.function, self.function)
            && below(at.economic, self.economic)
    }
}

fn contains(whole: ThreePublicItem, item: ThreePublicItem) -> bool {
    whole == item || whole.parts().iter().any(|part| contains(*part, item))
}

/// The sources in use: some of those that the form has both a column of the income table and a row of the overview for.
fn sources(chance: &mut Chance, form: Option<&Layout>) -> Vec<Source> {
    let inside = |kind: TableKind, leaf: Source| {
        let Some(table) = form.and_then(|form| form.table(kind)) else { return true };
        let rows = table.rows.iter().map(|row| row.dimensions.source);
        let columns =
            table.columns.iter().filter(|column| column.part_of.is_some()).map(|column| column.dimensions.source);
        let fixed: Vec<Source> =
            if kind == TableKind::Overview { rows.flatten().collect() } else { columns.flatten().collect() };
        fixed.iter().any(|source| source.contains(leaf))
    };
    let leaves: Vec<Source> =
        leaves().filter(|leaf| inside(TableKind::Overview, *leaf) && inside(TableKind::Income, *leaf)).collect();
    // Most departments live on a few sources; some use all of them, some none of the general public budget.
    let share = *chance.one(&[10, 30, 30, 60, 100]).unwrap_or(&30);
    let mut used: Vec<Source> = leaves
        .into_iter()
        .filter(|leaf| *leaf == Source::GeneralPublicBudgetOwn && chance.percent(95) || chance.percent(share))
        .collect();
    if used.is_empty() {
        used.push(Source::GeneralPublicBudgetOwn);
    }
    used
}

/// The sources that every form knows and none divides further.
fn leaves() -> impl Iterator<Item = Source> {
    Source::TREE.into_iter().filter(|leaf| !leaf.is_optional() && leaf.parts().iter().all(|part| part.is_optional()))
}

/// Books in the making.
struct Draft {
    chance: Chance,
    lists_carry_over: bool,
    sources: Vec<Source>,
    /// Function items by account.
    items: Vec<(Account, Vec<Code>)>,
    units: usize,
    /// Amounts so far: some are drawn again, because equal amounts are what makes columns hard to tell.
    seen: Vec<u64>,
    money: Vec<Money>,
    projects: Vec<Project>,
}

impl Draft {
    fn choose_items(&mut self, functions: usize) {
        for (account, most) in [(Account::General, functions.max(1)), (Account::Fund, 3), (Account::StateCapital, 2)] {
            let all = classification::function_items(account);
            let count = self.chance.between(1, most as u64) as usize;
            self.items.push((account, self.chance.some(&all, count).into_iter().copied().collect()));
        }
    }

    fn item(&mut self, source: Source) -> Option<Code> {
        let account = Account::of(source);
        let (_, items) = self.items.iter().find(|(of, _)| *of == account)?;
        self.chance.one(items).copied()
    }

    /// Some yuan to some billions; now and then less than what prints, and now and then the same again.
    fn amount(&mut self) -> u64 {
        let chance = &mut self.chance;
        if chance.percent(10)
            && let Some(again) = chance.one(&self.seen)
        {
            return *again;
        }
        let yuan = match chance.below(100) {
            0..=1 => chance.between(1, 49),
            2..=9 => chance.between(50, 9_999),
            10..=39 => 10_000 * chance.between(1, 300),
            40..=59 => 100 * chance.between(1, 50_000),
            60..=97 => chance.between(10_000, 20_000_000),
            _ => chance.between(20_000_000, 5_000_000_000),
        };
        self.seen.push(yuan);
        yuan
    }

    fn spend(&mut self, source: Source, nature: Nature, function: Code, project: Option<usize>, unit: usize) {
        let groups = classification::economic_groups(nature);
        let count = self.chance.between(1, if project.is_some() { 3 } else { 5 }) as usize;
        let groups: Vec<Code> = self.chance.some(&groups, count).into_iter().copied().collect();
        for economic in groups {
            let three_public = classification::three_public(economic);
            let yuan = self.amount();
            self.money.push(Money { yuan, source, nature, function, economic, project, unit, three_public });
        }
    }

    /// Basic expenditure, item by item. What is carried over has a name where the form lists it.
    fn basic(&mut self) {
        let of_year: Vec<Source> =
            self.sources.iter().copied().filter(|source| Source::CurrentYear.contains(*source)).collect();
        for source in of_year {
            let account = Account::of(source);
            let items = self.items.iter().find(|(of, _)| *of == account).map(|(_, items)| items.clone());
            for function in items.unwrap_or_default() {
                // The general public budget pays for nearly everything, the others for this or that.
                let share = if source == Source::GeneralPublicBudgetOwn { 75 } else { 20 };
                for nature in [Nature::Personnel, Nature::Operating] {
                    if self.chance.percent(share) {
                        let unit = self.chance.index(self.units);
                        self.spend(source, nature, function, None, unit);
                    }
                }
            }
        }
    }

    /// Projects, and what is carried over. Every source in use gets one of them, so that none is left without money.
    fn named(&mut self, region: &str, year: u16, projects: usize) {
        let idle: Vec<Source> = self
            .sources
            .iter()
            .copied()
            .filter(|source| !self.money.iter().any(|money| money.source == *source))
            .collect();
        let count = projects.max(idle.len());
        let mut taken = HashSet::new();
        for index in 0..count {
            let general = [Source::GeneralPublicBudgetOwn, Source::GeneralPublicBudgetTransfer];
            let source = match idle.get(index) {
                Some(source) => *source,
                None if self.chance.percent(60) => {
                    let used: Vec<_> = general.into_iter().filter(|source| self.sources.contains(source)).collect();
                    self.chance.one(&used).or(self.sources.first()).copied().unwrap_or_default()
                }
                None => self.chance.one(&self.sources).copied().unwrap_or_default(),
            };
            let carried = Source::CarryOver.contains(source);
            let nature = match carried && self.lists_carry_over && self.chance.percent(30) {
                true => *self.chance.one(&[Nature::Personnel, Nature::Operating]).unwrap_or(&Nature::Operating),
                false => Nature::Project,
            };
            let mut name = match nature {
                Nature::Project => names::project(&mut self.chance, region, year),
                _ => names::basic_carry_over(&mut self.chance),
            };
            if !taken.insert(name.clone()) {
                name = format!("{name}（{}）", index + 1);
                taken.insert(name.clone());
            }
            let Some(function) = self.item(source) else { continue };
            let unit = self.chance.index(self.units);
            self.projects.push(Project { name, source, nature, function, unit });
            self.spend(source, nature, function, Some(self.projects.len() - 1), unit);
        }
    }

    /// Last year: most amounts a little different, some the same, some gone, and some that are gone by now.
    fn prior(&mut self) -> Vec<Money> {
        let now = self.money.clone();
        let mut prior: Vec<Money> = Vec::new();
        for money in now {
            let yuan = match self.chance.below(10) {
                0 => continue,
                1 => money.yuan,
                _ => (money.yuan / 100 * self.chance.between(40, 170)).max(1),
            };
            prior.push(Money { yuan, project: None, ..money });
        }
        let items = classification::function_items(Account::General);
        for _ in 0..self.chance.below(3) {
            let economic = classification::economic_groups(Nature::Project);
            let (Some(function), Some(economic)) =
                (self.chance.one(&items).copied(), self.chance.one(&economic).copied())
            else {
                continue;
            };
            prior.push(Money {
                yuan: self.amount(),
                source: Source::GeneralPublicBudgetOwn,
                nature: Nature::Project,
                function,
                economic,
                project: None,
                unit: 0,
                three_public: classification::three_public(economic),
            });
        }
        prior
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(count: u64) -> impl Iterator<Item = (Config, Books)> {
        (0..count).map(|seed| {
            let config = Config::random(seed);
            let books = Books::random(seed, &config);
            (config, books)
        })
    }

    #[test]
    fn every_source_of_a_form_is_in_use_over_a_run() {
        let mut used = HashSet::new();
        for (_, books) in all(300) {
            used.extend(books.money.iter().map(|money| money.source));
        }
        for leaf in leaves() {
            assert!(used.contains(&leaf), "{leaf:?}");
        }
    }

    #[test]
    fn money_is_ordered_by_project_and_agrees_with_it() {
        for (_, books) in all(100) {
            assert!(books.money.is_sorted_by_key(|money| money.project));
            for (index, project) in books.projects.iter().enumerate() {
                assert!(!books.of_project(index).is_empty());
                for money in books.of_project(index) {
                    let same = (money.source, money.nature, money.function, money.unit);
                    assert_eq!(same, (project.source, project.nature, project.function, project.unit));
                }
            }
        }
    }

    #[test]
    fn names_of_projects_and_units_are_all_different_and_without_white_space() {
        for (config, books) in all(100) {
            let names: Vec<&String> =
                books.units.iter().chain(books.projects.iter().map(|project| &project.name)).collect();
            assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
            assert!(!names.iter().any(|name| name.contains(char::is_whitespace)));
            assert_eq!(books.units.len(), config.units);
        }
    }

    #[test]
    fn basic_expenditure_is_what_the_classification_says() {
        for money in all(100).flat_map(|(_, books)| books.money) {
            match (money.nature, money.economic.class().number()) {
                (Nature::Personnel, class) => assert!(matches!(class, 301 | 303)),
                (Nature::Operating, class) => assert!(matches!(class, 302 | 310)),
                (nature, _) => assert_eq!(nature, Nature::Project),
            }
        }
    }

    #[test]
    fn amounts_that_print_as_zero_and_very_large_ones_occur() {
        let amounts: Vec<u64> = all(50).flat_map(|(_, books)| books.money).map(|money| money.yuan).collect();
        assert!(amounts.iter().any(|yuan| *yuan < 50));
        assert!(amounts.iter().any(|yuan| *yuan > 1_000_000_000));
        assert!(amounts.iter().all(|yuan| *yuan > 0));
    }

    #[test]
    fn the_books_of_a_seed_are_the_same_for_ever() {
        let books = Books::random(7, &Config::default());
        let sum: u64 = books.money.iter().map(|money| money.yuan).sum();
        assert_eq!(
            (books.department.as_str(), books.year, books.money.len(), sum),
            ("青岚市农业农村局", 2025, 30, 174_897_983)
        );
    }
}
