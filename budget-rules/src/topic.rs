//! What the sections of the text are about.

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
    /// The paths of the sections with a telling heading, sorted.
    paths: Vec<(&'a str, Topic)>,
    /// The topic of each section of the disclosure.
    sections: Vec<Option<Topic>>,
}

impl<'a> Topics<'a> {
    /// Reads the headings.
    #[must_use]
    pub fn new(disclosure: &'a Disclosure) -> Self {
        let entity = disclosure.entity.as_ref().map_or("", |entity| entity.text.as_str());
        let sections = disclosure.sections.iter();
        let mut paths: Vec<_> =
            sections.filter_map(|section| Some((&*section.path, of_heading(&section.heading.text, entity)?))).collect();
        // Of two sections of one path, the first counts.
        paths.sort_by_key(|(path, _)| *path);
        paths.dedup_by_key(|(path, _)| *path);
        let mut topics = Self { paths, sections: Vec::new() };
        topics.sections = disclosure.sections.iter().map(|section| topics.of(&section.path)).collect();
        topics
    }

    /// The topic of a section by its index.
    pub(crate) fn of_section(&self, section: usize) -> Option<Topic> {
        self.sections.get(section).copied().flatten()
    }

    /// Whether some section has this topic.
    #[must_use]
    pub fn has(&self, topic: Topic) -> bool {
        self.paths.iter().any(|(_, found)| *found == topic)
    }

    /// The topic of a section by its path; a section without a telling heading has that of the section it lies in.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<Topic> {
        let mut paths = std::iter::successors(Some(path), |path| Some(path.rsplit_once('.')?.0));
        paths.find_map(|path| {
            let found = self.paths.binary_search_by_key(&path, |(path, _)| *path).ok()?;
            self.paths.get(found).map(|(_, topic)| *topic)
        })
    }
}

/// The topic that a heading gives. The name of the entity (…国有资本运营中心) is not what a section is about.
pub(crate) fn of_heading(heading: &str, entity: &str) -> Option<Topic> {
    let without = (!entity.is_empty() && heading.contains(entity)).then(|| heading.replace(entity, ""));
    let heading = without.as_deref().unwrap_or(heading);
    let found = characters(heading);
    let mut headings = HEADINGS.iter().zip(CHARACTERS).filter(|(_, needed)| found & needed == *needed);
    headings.find(|((words, _), _)| words.iter().all(|word| heading.contains(word))).map(|((_, topic), _)| *topic)
}

/// The characters of a text by their last bytes, a bit each: a text that lacks a bit of a word does not contain the word.
const fn characters(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (mut set, mut at) = (0, 0);
    while at < bytes.len() {
        // The next byte begins a character, or there is none.
        if at + 1 == bytes.len() || bytes[at + 1] & 0xC0 != 0x80 {
            set |= 1 << (bytes[at] & 63);
        }
        at += 1;
    }
    set
}

/// The [`characters`] of all words of each of the [`HEADINGS`].
const CHARACTERS: [u64; HEADINGS.len()] = {
    let mut all = [0; HEADINGS.len()];
    let mut heading = 0;
    while heading < all.len() {
        let (words, mut word) = (HEADINGS[heading].0, 0);
        while word < words.len() {
            all[heading] |= characters(words[word]);
            word += 1;
        }
        heading += 1;
    }
    all
};
