//! What the sections of the text are about.

use std::collections::HashMap;

use budget_model::Disclosure;

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

/// The topics of a document's sections.
#[derive(Clone, Debug, Default)]
pub struct Topics<'a> {
    sections: HashMap<&'a str, Topic>,
}

impl<'a> Topics<'a> {
    /// Reads the headings.
    #[must_use]
    pub fn new(disclosure: &'a Disclosure) -> Self {
        let mut topics = Self::default();
        let entity = disclosure.entity.as_ref().map_or("", |entity| entity.text.as_str());
        for section in &disclosure.sections {
            if let Some(topic) = topic(&section.heading.text, entity) {
                topics.sections.entry(&section.path).or_insert(topic);
            }
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
        let mut paths = std::iter::successors(Some(path), |path| Some(path.rsplit_once('.')?.0));
        paths.find_map(|path| self.sections.get(path).copied())
    }
}

/// The topic that a heading gives. The name of the entity (…国有资本运营中心) is not what a section is about.
fn topic(heading: &str, entity: &str) -> Option<Topic> {
    let without = (!entity.is_empty() && heading.contains(entity)).then(|| heading.replace(entity, ""));
    let heading = without.as_deref().unwrap_or(heading);
    HEADINGS.iter().find(|(words, _)| words.iter().all(|word| heading.contains(word))).map(|(_, topic)| *topic)
}
