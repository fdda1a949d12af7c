//! The files of the lexicon.

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
    /// Notes, captions, and what stands around rows.
    pub(super) notes: Notes,
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
    #[serde(default)]
    pub(super) selection: bool,
    /// Anything may stand in front: the name of a project.
    #[serde(default)]
    pub(super) any_front: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notes {
    note_starts: Vec<String>,
    note_words: Vec<String>,
    note_sentences: Vec<String>,
    /// Captions that say whose table it is.
    name_captions: Vec<String>,
    caption_words: Vec<String>,
    number_starts: Vec<String>,
    /// Words that no name of a row has; folded.
    pub(crate) no_name: Vec<String>,
    /// Words that stand above a table or in its header and in no name; folded.
    pub(crate) around: Vec<String>,
    /// Words that a running head or foot does not have; folded.
    pub(crate) of_tables: Vec<String>,
    /// What titles of tables speak of.
    pub(crate) subjects: Vec<String>,
}

impl Files {
    pub(super) fn load() -> Self {
        let mut files = Self::default();
        match toml::from_str::<HeaderFile>(include_str!("../../lexicon/headers.toml")) {
            Ok(header) => header.word.iter().for_each(|entry| files.add_word(entry)),
            Err(error) => files.mistakes.push(format!("headers.toml: {error}")),
        }
        match toml::from_str::<TitleFile>(include_str!("../../lexicon/titles.toml")) {
            Ok(titles) => files.add_titles(titles),
            Err(error) => files.mistakes.push(format!("titles.toml: {error}")),
        }
        match Classes::load(include_str!("../../lexicon/classes.toml")) {
            Ok(classes) => files.classes = classes,
            Err(mistake) => files.mistakes.push(format!("classes.toml: {mistake}")),
        }
        match toml::from_str(include_str!("../../lexicon/notes.toml")) {
            Ok(notes) => files.notes = notes,
            Err(error) => files.mistakes.push(format!("notes.toml: {error}")),
        }
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

    /// What a piece of a title is.
    pub(super) fn title_word(&self, entry: usize) -> Option<&TitleWord> {
        self.title_words.get(entry.checked_sub(self.words.len())?)
    }

    /// Whether a text is a note.
    pub(super) fn is_note(&self, plain: &str) -> bool {
        self.notes.note_starts.iter().any(|word| plain.starts_with(word))
            || self.notes.note_words.iter().any(|word| plain.contains(word))
            || plain.contains(['。', '，', ',', ';', '；'])
                && self.notes.note_sentences.iter().any(|word| plain.contains(word))
    }

    /// Whether a text ends as the name of an entity does.
    pub(super) fn ends_as_entity(&self, text: &str) -> bool {
        self.entity.iter().any(|ending| text.ends_with(ending.as_str()))
    }

    /// Whether a word in front of a colon says whose something is.
    pub(super) fn is_name_caption(&self, word: &str) -> bool {
        self.notes.name_captions.iter().any(|caption| caption == word)
    }

    /// Whether a text is a caption.
    pub(super) fn is_caption(&self, text: &str) -> bool {
        let plain = plain(text);
        crate::units::caption_line(text).is_some()
            || self.notes.caption_words.iter().any(|word| plain.starts_with(word) && plain.contains(':'))
            || self.is_number(&plain)
    }

    /// Whether a text is the number of a table: 预算01表, 公开07表, 表三, 附件1.
    pub(super) fn is_number(&self, plain: &str) -> bool {
        let plain = plain.trim_matches(|character| "():".contains(character));
        let Some(rest) = self.notes.number_starts.iter().find_map(|word| plain.strip_prefix(word.as_str())) else {
            return false;
        };
        let rest = rest.trim_start_matches(':');
        let behind = rest.trim_start_matches(|character: char| {
            character.is_ascii_digit() || "一二三四五六七八九十-".contains(character)
        });
        let digits = rest.len() - behind.len();
        digits > 0 && digits < 10 && matches!(behind, "" | "表" | "号表") && !rest.starts_with("20")
    }
}
