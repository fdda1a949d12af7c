//! What the sections of the text are about, and what the figures stated in them are figures of.

use std::collections::HashMap;

use budget_model::{Code, Disclosure, Fact, Measure, Nature, Role, Source, TableKind, ThreePublicItem};

use crate::book::Key;

/// What a section of the text explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// 机构设置及人员情况
    Organisation,
    /// 收支预算情况总体说明
    Overview,
    /// 收入预算情况说明
    Income,
    /// 支出预算情况说明
    Expenditure,
    /// 财政拨款收支预算情况的总体说明
    Appropriation,
    /// 一般公共预算当年拨款情况说明
    General,
    /// 一般公共预算基本支出情况说明
    GeneralBasic,
    /// 一般公共预算项目支出情况说明
    GeneralProject,
    /// 政府性基金预算拨款情况说明
    Fund,
    /// 国有资本经营预算拨款情况说明
    StateCapital,
    /// “三公”经费预算情况说明
    ThreePublic,
    /// 上年结转结余预算情况说明
    CarryOver,
    /// 机关运行经费情况
    Running,
    /// 政府采购情况
    Procurement,
    /// 国有资产占用使用情况
    Assets,
    /// 预算绩效情况
    Performance,
    /// 其他需说明的事项
    Other,
}

/// Words of a heading that give its topic. The first row whose words all occur decides.
const HEADINGS: &[(&[&str], Topic)] = &[
    (&["三公"], Topic::ThreePublic),
    (&["结转结余"], Topic::CarryOver),
    (&["政府性基金"], Topic::Fund),
    (&["国有资本"], Topic::StateCapital),
    (&["一般公共预算", "基本支出"], Topic::GeneralBasic),
    (&["一般公共预算", "项目支出"], Topic::GeneralProject),
    (&["财政拨款", "收支"], Topic::Appropriation),
    (&["一般公共预算"], Topic::General),
    (&["收支预算", "总体"], Topic::Overview),
    (&["收支总体"], Topic::Overview),
    (&["收入预算"], Topic::Income),
    (&["支出预算"], Topic::Expenditure),
    (&["机关运行经费"], Topic::Running),
    (&["单位运行经费"], Topic::Running),
    (&["政府采购"], Topic::Procurement),
    (&["国有资产"], Topic::Assets),
    (&["绩效"], Topic::Performance),
    (&["机构设置"], Topic::Organisation),
    (&["人员情况"], Topic::Organisation),
    (&["其他"], Topic::Other),
];

/// Names of sources in the text. Where the first word also names a column of the table of revenue, the column decides:
/// `一般公共预算` is the entity's own means where the form shows transfers next to it, and everything where it does not.
const SOURCES: &[(&[&str], Source)] = &[
    (&["上级一般公共预算"], Source::GeneralPublicBudgetTransfer),
    (&["上级政府性基金"], Source::GovernmentFundTransfer),
    (&["上级国有资本"], Source::StateCapitalTransfer),
    (&["非财政拨款", "结"], Source::OtherCarryOver),
    (&["财政拨款结转"], Source::AppropriationCarryOver),
    (&["财政拨款", "结转结余"], Source::AppropriationCarryOver),
    (&["一般公共预算"], Source::GeneralPublicBudget),
    (&["政府性基金"], Source::GovernmentFund),
    (&["国有资本经营"], Source::StateCapital),
    (&["财政专户"], Source::SpecialAccount),
    (&["事业单位经营"], Source::OperatingIncome),
    (&["事业收入"], Source::BusinessIncome),
    (&["单位其他资金"], Source::OtherIncome),
    (&["单位资金"], Source::UnitFunds),
];

const NATURES: &[(&str, Nature)] = &[
    ("基本支出", Nature::Basic),
    ("项目支出", Nature::Project),
    ("人员经费", Nature::Personnel),
    ("公用经费", Nature::Operating),
];

const THREE_PUBLIC: &[(&str, ThreePublicItem)] = &[
    ("因公出国", ThreePublicItem::TravelAbroad),
    ("公务接待", ThreePublicItem::Reception),
    ("公务用车购置及运行", ThreePublicItem::Vehicles),
    ("公务用车购置", ThreePublicItem::VehiclePurchase),
    ("公务用车运行", ThreePublicItem::VehicleRunning),
    ("三公", ThreePublicItem::All),
];

/// The topics of a document's sections, and the codes of its function names.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    sections: HashMap<String, Topic>,
    functions: HashMap<(Option<String>, String), Option<Code>>,
    income: HashMap<String, Source>,
    three_public: Option<Source>,
}

impl Topics {
    /// Reads the headings and the names in the tables.
    #[must_use]
    pub fn new(disclosure: &Disclosure) -> Self {
        let mut topics = Self::default();
        for section in &disclosure.sections {
            // The name of an entity (…国有资本运营中心) is not what a section is about.
            let entity = disclosure.entity.as_ref().map_or("", |entity| entity.text.as_str());
            let heading = match entity {
                "" => section.heading.text.clone(),
                entity => section.heading.text.replace(entity, ""),
            };
            let found = HEADINGS.iter().find(|(words, _)| words.iter().all(|word| heading.contains(word)));
            if let Some((_, topic)) = found {
                topics.sections.entry(section.path.clone()).or_insert(*topic);
            }
        }
        for table in &disclosure.tables {
            if matches!(table.kind, TableKind::Income | TableKind::Expenditure | TableKind::General) {
                for row in &table.rows {
                    let Some(code) = row.code else { continue };
                    let parent = row.part_of.and_then(|parent| table.rows.get(parent as usize));
                    let parent =
                        parent.filter(|parent| parent.role != Role::Total).map(|parent| parent.label.text.clone());
                    let known = topics.functions.entry((parent, row.label.text.clone())).or_insert(Some(code));
                    if *known != Some(code) {
                        *known = None; // One name, two codes: the name alone says nothing.
                    }
                }
            }
        }
        if let Some(table) = disclosure.table(TableKind::Income) {
            topics.income = table
                .columns
                .iter()
                .filter_map(|column| Some((column.label.clone(), column.dimensions.source?)))
                .collect();
        }
        if let Some(table) = disclosure.table(TableKind::ThreePublic) {
            topics.three_public = table.dimensions.source;
        }
        topics
    }

    /// Whether some section has this topic.
    #[must_use]
    pub fn has(&self, topic: Topic) -> bool {
        self.sections.values().any(|found| *found == topic)
    }

    /// The topic of a section by its path; a section without a telling heading has that of the section it lies in.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<Topic> {
        let mut path = path;
        loop {
            if let Some(topic) = self.sections.get(path) {
                return Some(*topic);
            }
            path = path.rsplit_once('.')?.0;
        }
    }

    /// What a stated amount, share or change is a figure of: as the reader says, or else as section and subject say.
    #[must_use]
    pub(crate) fn key(&self, disclosure: &Disclosure, fact: &Fact) -> Option<Key> {
        let money = fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some());
        match fact.measure {
            Measure::Share | Measure::YoyPercent => {}
            // A change in the number of people stands beside that of the money.
            Measure::Amount | Measure::YoyChange | Measure::PriorAmount if money => {}
            _ => return None,
        }
        let known = fact.coordinates.as_ref().and_then(Key::of);
        let key = if fact.coordinates.is_some() { known? } else { self.key_of_words(disclosure, fact)? };
        if key.three_public.is_some() {
            let source = self.three_public.unwrap_or(key.source);
            return Some(Key { source, nature: Nature::All, ..key });
        }
        Some(key)
    }

    fn key_of_words(&self, disclosure: &Disclosure, fact: &Fact) -> Option<Key> {
        let general = Key { source: Source::GeneralPublicBudget, ..Key::TOTAL };
        let (last, above) = fact.subject.split_last()?;
        let last = last.as_str();
        match self.of(&fact.section)? {
            Topic::Overview => (above.is_empty() && last.contains("收支总预算")).then_some(Key::TOTAL),
            Topic::Income if above.is_empty() => last.ends_with("收入预算").then_some(Key::TOTAL),
            Topic::Income if above.len() == 1 => Some(Key { source: self.source(last)?, ..Key::TOTAL }),
            Topic::Expenditure if above.is_empty() => last.ends_with("支出预算").then_some(Key::TOTAL),
            Topic::Expenditure if above.len() == 1 => Some(Key { nature: nature(last)?, ..Key::TOTAL }),
            Topic::Appropriation if last.contains("收支总预算") => {
                Some(Key { source: Source::Appropriation, ..Key::TOTAL })
            }
            Topic::Appropriation if last.starts_with("一般公共预算拨款") => Some(general),
            Topic::Appropriation => {
                let source = match above.last().map(String::as_str) {
                    Some("一般公共预算支出") => Source::GeneralPublicBudget,
                    Some("政府性基金预算支出") => Source::GovernmentFund,
                    Some("国有资本经营预算支出") => Source::StateCapital,
                    _ => return None,
                };
                Some(Key { source, function: Some(self.class(last)?), ..Key::TOTAL })
            }
            Topic::General if last.starts_with("一般公共预算拨款") => Some(general),
            Topic::General if above.len() == 1 && nature(last).is_some() => {
                Some(Key { nature: nature(last)?, ..general })
            }
            Topic::General if above.is_empty() => Some(Key { function: Some(self.class(last)?), ..general }),
            Topic::General if above.len() == 2 => {
                let code = self.item(above, last)?;
                Some(Key { function: Some(code), ..general })
            }
            Topic::GeneralBasic => {
                let basic = Key { nature: Nature::Basic, ..general };
                if above.is_empty() && last.ends_with("基本支出") {
                    return Some(basic);
                }
                Some(Key { nature: nature(last).filter(|_| above.len() <= 1)?, ..general })
            }
            // Items of the list below have the name of the whole, in paragraphs of their own.
            topic @ (Topic::Fund | Topic::StateCapital) if self.sections.contains_key(&fact.section) => {
                let source = if topic == Topic::Fund { Source::GovernmentFund } else { Source::StateCapital };
                let whole = Key { source, ..Key::TOTAL };
                match above.len() {
                    0 => Some(whole),
                    1 => Some(Key { nature: nature(last)?, ..whole }),
                    _ => None,
                }
            }
            Topic::ThreePublic if above.len() <= 1 => {
                let item = THREE_PUBLIC.iter().find(|(word, _)| last.contains(word))?.1;
                let source = disclosure.table(TableKind::ThreePublic)?.dimensions.source?;
                Some(Key { source, three_public: Some(item), ..Key::TOTAL })
            }
            Topic::CarryOver if above.is_empty() && last.contains("结转结余") => {
                Some(Key { source: Source::CarryOver, ..Key::TOTAL })
            }
            Topic::CarryOver if above.len() == 1 && last == "财政拨款" => {
                Some(Key { source: Source::AppropriationCarryOver, ..Key::TOTAL })
            }
            Topic::CarryOver if above.len() == 1 && last == "非财政拨款" => {
                Some(Key { source: Source::OtherCarryOver, ..Key::TOTAL })
            }
            _ => None,
        }
    }

    fn source(&self, name: &str) -> Option<Source> {
        if let Some(source) = self.income.get(name) {
            return Some(*source);
        }
        let source = SOURCES.iter().find(|(words, _)| words.iter().all(|word| name.contains(word)))?.1;
        Some(source)
    }

    fn class(&self, name: &str) -> Option<Code> {
        self.functions.get(&(None, name.to_owned())).copied().flatten()
    }

    fn item(&self, above: &[String], name: &str) -> Option<Code> {
        let group = above.last()?;
        self.functions.get(&(Some(group.clone()), name.to_owned())).copied().flatten()
    }
}

fn nature(name: &str) -> Option<Nature> {
    NATURES.iter().find(|(word, _)| name == *word).map(|(_, nature)| *nature)
}
