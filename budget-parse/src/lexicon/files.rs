//! The files of the lexicon.

use budget_classification::Dictionary;
use budget_model::{Flow, Nature, Phase, Source, Stage, TableKind, ThreePublicItem, YearRef};
use serde::Deserialize;

use super::classes::Classes;
use super::column::NameOf;
use super::cut::Trie;
use super::meaning::{Acts, Form, Meaning};
use super::normal::{plain, spelled};
use super::title::Performance;

/// The files, read.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// What each word of a header fixes.
    pub(super) words: Vec<Word>,
    /// The words of headers.
    pub(super) header: Trie,
    /// The words of titles, and those of headers that fix an axis: entries of `title_words` behind those of `words`.
    pub(super) title: Trie,
    /// What each word of a title is.
    pub(super) title_words: Vec<TitleWord>,
    /// Words that stand in front of a title.
    pub(super) front: Trie,
    /// Words of a form around the name of an entity.
    pub(super) front_words: Vec<String>,
    /// Last words of the name of an entity.
    pub(super) entity: Vec<String>,
    /// The kinds, first match first.
    pub(super) kinds: Vec<Kind>,
    /// Titles that no rule knows.
    pub(super) other: Other,
    /// Names of classes.
    pub(super) classes: Classes,
    /// Words of headers that titles have too.
    shared: Vec<(String, usize)>,
    /// What the words of a column say where not all of them are known.
    pub(super) columns: ColumnWords,
    /// The words of totals of tables.
    totals: Vec<String>,
    /// The last characters of the words of totals.
    total_ends: Vec<char>,
    /// What was wrong in the files; empty, as a test sees to.
    pub(super) mistakes: Vec<String>,
}

/// A word of headers and labels.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// What it fixes.
    pub(super) meaning: Meaning,
    /// Endings that make another word of it.
    pub(super) not_before: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordEntry {
    say: Vec<String>,
    source: Option<Source>,
    nature: Option<Nature>,
    item: Option<ThreePublicItem>,
    phase: Option<Phase>,
    year: Option<YearRef>,
    flow: Option<Flow>,
    class: Option<NameOf>,
    form: Option<Form>,
    part: Option<u8>,
    acts: Option<Acts>,
    #[serde(default)]
    group: bool,
    #[serde(default)]
    not_before: Vec<String>,
    inside: Option<Source>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderFile {
    word: Vec<WordEntry>,
    columns: ColumnWords,
}

/// What the words of a column say where not all of them are known.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnWords {
    /// 类, 款, 项
    pub(super) code_parts: Vec<String>,
    /// How words above codes end.
    pub(super) code_ends: Vec<String>,
    /// What words above codes have that are none of these.
    pub(super) code_words: Vec<String>,
    /// What no classification begins with: 单位编码.
    pub(super) other_code_starts: Vec<String>,
    /// What words above codes of a classification have.
    pub(super) class_words: Vec<String>,
    /// How words above numbers of rows, and above remarks, end.
    pub(super) counter_ends: Vec<String>,
    /// Words above the names of rows.
    pub(super) names: Vec<String>,
    /// How words above the names of rows end.
    pub(super) name_ends: Vec<String>,
    /// What words above the names of rows have.
    pub(super) name_words: Vec<String>,
    /// What words above numbers that are no money have.
    pub(super) quantity_words: Vec<String>,
    /// Words above the sides of a table.
    pub(super) sides: Vec<String>,
    /// What words above revenue have.
    pub(super) revenue_words: Vec<String>,
    /// What words above expenditure have.
    pub(super) expenditure_words: Vec<String>,
    /// Words above names of projects.
    pub(super) projects: Vec<String>,
    /// Words above kinds of projects.
    pub(super) kinds_of_projects: Vec<String>,
    /// How the label of a sum of what stands above it ends.
    pub(super) sum_ends: Vec<String>,
    /// 类款项
    pub(super) code_columns: Vec<String>,
    /// The last words of the header of a table of two sides.
    pub(super) last_of_sides: Vec<String>,
    /// 总计
    pub(super) grand_total: String,
    /// 货物, 工程, 服务
    pub(super) procurement_kinds: Vec<String>,
    /// 其中
    pub(super) of_which: String,
    /// How a bracket begins that qualifies and fixes nothing: (不含教育收费).
    pub(super) qualifiers: Vec<String>,
}

/// A word of titles alone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TitleWord {
    say: Vec<String>,
    /// What the table is about.
    pub(super) subject: Option<String>,
    /// The classification of its rows.
    pub(super) rows: Option<NameOf>,
    /// Revenue and expenditure.
    #[serde(default)]
    pub(super) both: bool,
    /// 决算
    pub(super) stage: Option<Stage>,
    /// Form, or filler.
    pub(super) acts: Option<TitleActs>,
}

/// What a word of a title does besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TitleActs {
    /// 总表, 情况表: ends a title
    Form,
    /// Fixes nothing.
    Filler,
    /// 含上年结转: the source together with what was carried over of it
    WithCarryOver,
    /// 人员经费(工资福利支出): the table has a part of the money, which no axis of the title tells.
    Part,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleFile {
    word: Vec<TitleWord>,
    front: Front,
    kind: Vec<Kind>,
    other: Other,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    say: Vec<String>,
    entity: Vec<String>,
}

/// Titles that no rule knows.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Other {
    pub(super) ends: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) refused: Vec<String>,
    /// How a title ends that has no 表, right above its table.
    pub(super) above_ends: Vec<String>,
    /// How the title of a table ends, as no heading of prose does.
    pub(super) table_ends: Vec<String>,
    /// What makes a title of words of form alone.
    pub(super) with_form: Vec<String>,
}

/// Which side of the money a title names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sides {
    Revenue,
    Expenditure,
    Both,
}

/// A rule that tells the kind of a table from what its title fixes: all that is given must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind {
    pub(super) is: TableKind,
    pub(super) performance: Option<Performance>,
    #[serde(default)]
    pub(super) subject: Vec<String>,
    #[serde(default)]
    pub(super) without: Vec<String>,
    pub(super) source: Option<Source>,
    pub(super) nature: Option<Nature>,
    pub(super) rows: Option<NameOf>,
    pub(super) flow: Option<Sides>,
    pub(super) stage: Option<Stage>,
    #[serde(default)]
    pub(super) item: bool,
    #[serde(default)]
    pub(super) carries: bool,
    /// Anything may stand in front: the name of a project.
    #[serde(default)]
    pub(super) any_front: bool,
}

/// Bytes of the longest label of a total, with the white space in it.
const LONGEST_TOTAL: usize = 120;

impl Files {
    pub(super) fn load() -> Self {
        let mut files = Self::default();
        match toml::from_str::<HeaderFile>(include_str!("../../lexicon/headers.toml")) {
            Ok(header) => {
                header.word.iter().for_each(|entry| files.add_word(entry));
                files.columns = header.columns;
            }
            Err(error) => files.mistakes.push(format!("headers.toml: {error}")),
        }
        match toml::from_str::<TitleFile>(include_str!("../../lexicon/titles.toml")) {
            Ok(titles) => files.add_titles(titles),
            Err(error) => files.mistakes.push(format!("titles.toml: {error}")),
        }
        files.classes = Classes::of(Dictionary::official());
        files
    }

    fn add_word(&mut self, entry: &WordEntry) {
        let mut meaning = Meaning {
            source: entry.source,
            inside: entry.inside,
            nature: entry.nature,
            item: entry.item,
            phase: entry.phase,
            year: entry.year,
            flow: entry.flow,
            class: entry.class,
            form: entry.form,
            part: entry.part,
            group: entry.group,
            ..Meaning::default()
        };
        if let Some(acts) = entry.acts {
            meaning.act(acts);
        }
        let at = self.words.len();
        let is_joint = matches!(entry.acts, Some(Acts::Joint | Acts::Filler));
        // Titles have words of their own for years, totals, columns and classifications.
        let in_titles = is_joint
            || entry.source.is_some()
            || entry.nature.is_some()
            || entry.item.is_some()
            || entry.flow.is_some()
            || entry.acts == Some(Acts::Carries);
        if entry.acts == Some(Acts::Total) {
            self.totals.extend(entry.say.iter().cloned());
        }
        if meaning.total {
            self.total_ends.extend(entry.say.iter().filter_map(|say| say.chars().next_back()));
            self.total_ends.sort_unstable();
            self.total_ends.dedup();
        }
        for say in &entry.say {
            let word = spelled(say);
            if word.is_empty() || !self.header.add(&word, at) {
                self.mistakes.push(format!("headers.toml: {say} is there twice"));
            }
            if in_titles {
                self.shared.push((word, at));
            }
        }
        self.words.push(Word { meaning, not_before: entry.not_before.clone() });
    }

    fn add_titles(&mut self, titles: TitleFile) {
        for entry in titles.word {
            let at = self.words.len() + self.title_words.len();
            for say in &entry.say {
                let word = spelled(say);
                if word.is_empty() || !self.title.add(&word, at) {
                    self.mistakes.push(format!("titles.toml: {say} is there twice"));
                }
            }
            self.title_words.push(entry);
        }
        for (word, at) in std::mem::take(&mut self.shared) {
            // What titles say of a word goes before what headers say.
            self.title.add(&word, at);
        }
        for (at, say) in titles.front.say.iter().enumerate() {
            if !self.front.add(&plain(say), at) {
                self.mistakes.push(format!("titles.toml: {say} is in front twice"));
            }
        }
        self.front_words = titles.front.say;
        self.entity = titles.front.entity;
        self.other = titles.other;
        self.kinds = titles.kind;
    }

    /// The words of totals of tables.
    pub(super) fn totals(&self) -> impl Iterator<Item = &str> {
        self.totals.iter().map(String::as_str)
    }

    /// Whether a text may be the label of a total: it has the last character of one.
    pub(super) fn may_be_total(&self, text: &str) -> bool {
        text.len() <= LONGEST_TOTAL && text.contains(self.total_ends.as_slice())
    }

    /// Whether a word or label says that it is a part of what stands beside it: 其中：中央补助.
    pub(super) fn is_of_which(&self, text: &str) -> bool {
        let of_which = &self.columns.of_which;
        !of_which.is_empty() && crate::text::fold(text).contains(of_which.as_str())
    }

    /// What a piece of a title is.
    pub(super) fn title_word(&self, entry: usize) -> Option<&TitleWord> {
        self.title_words.get(entry.checked_sub(self.words.len())?)
    }

    /// Whether a text ends as the name of an entity does.
    pub(super) fn ends_as_entity(&self, text: &str) -> bool {
        self.entity.iter().any(|ending| text.ends_with(ending.as_str()))
    }
}
