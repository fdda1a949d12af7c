//! The sections of the document and what is read from each.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use budget_model::{
    Diagnostic, DiagnosticCode, Disclosure, Fact, Label, Measure, Organisation, Project, Section, SignOff, Stage, Term,
};

use super::blocks::{Block, Form, blocks};
use super::coordinates::{Resolver, Scope};
use super::facts::{Setting, facts};
use super::names::{Speaker, name, same};
use super::ordinal::{OrdinalStyle, part_number};
use super::organisation::OrganisationReader;
use super::position::{Above, Position, Rank};
use super::prose::Prose;
use super::subjects::{Names, Subject, Subjects};
use super::vocabulary::{HEADED, ProjectField, Topic, TopicEntry};
use super::{contents, glossary, headings, projects};

/// Everything that was read from the prose.
#[derive(Debug, Default)]
pub(super) struct Narrative {
    pub(super) sections: Vec<Section>,
    pub(super) organisation: Organisation,
    pub(super) facts: Vec<Fact>,
    pub(super) projects: Vec<Project>,
    pub(super) glossary: Vec<Term>,
    pub(super) sign_off: Option<SignOff>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Indices of the lines that something was made of.
    pub(super) lines: Vec<usize>,
}

/// Reads the prose of a document; the tables of `disclosure` tell what names stand for, and `expected` are the headings that
/// its form asks for.
pub(super) fn read(prose: &Prose<'_>, expected: &[String], disclosure: &Disclosure) -> Narrative {
    let contents = contents::find(prose);
    let blocks = blocks(prose, &contents);
    let sign_off = glossary::sign_off(prose, &blocks);
    let body = blocks.len() - sign_off.as_ref().map_or(0, |(_, count)| *count);
    let compiler = || disclosure.tables.iter().find_map(|table| table.compiler.as_ref());
    let entity = disclosure.entity.as_ref().or_else(compiler).map_or("", |label| label.text.as_str());
    let mut reader = Reader {
        prose,
        resolver: Resolver::new(disclosure),
        speaker: Speaker { entity, year: disclosure.year.or_else(|| year_of_parts(&blocks)) },
        is_final: disclosure.stage == Stage::Final,
        place: Position::default(),
        has_parts: false,
        titles: 0,
        names: Names::default(),
        subjects: Subjects::default(),
        paths: HashSet::new(),
        topics: Vec::new(),
        organisation: OrganisationReader::default(),
        after_item: false,
        last_field: None,
        heading: String::new(),
        announced: Vec::new(),
        narrative: Narrative::default(),
    };
    // What stands before the first heading (cover, contents) is a section of its own, if headings follow at all.
    let heads_part = |block: &Block<'_>| numbered_by_form(prose, block).is_some();
    let first = blocks.iter().position(heads_part);
    let opening = first.or_else(|| blocks.iter().position(|block| block.form != Form::Paragraph)).unwrap_or(body);
    if opening > 0 && opening < body {
        reader.front_matter(blocks.get(..opening).unwrap_or_default());
    }
    for block in blocks.get(opening..body).unwrap_or_default() {
        reader.block(block);
    }
    for block in blocks.get(body..).unwrap_or_default() {
        reader.consume(block);
    }
    reader.narrative.sign_off = sign_off.map(|(sign_off, _)| sign_off);
    reader.finish(expected)
}

/// The year that the headings of the parts name.
fn year_of_parts(blocks: &[Block<'_>]) -> Option<u16> {
    let headings = blocks.iter().filter(|block| block.form == Form::Part);
    headings
        .filter_map(|block| block.text.split_once('年'))
        .find_map(|(front, _)| front.get(front.len().checked_sub(4)?..)?.parse().ok())
}

struct Reader<'a> {
    prose: &'a Prose<'a>,
    resolver: Resolver<'a>,
    speaker: Speaker<'a>,
    /// Whether the document is final accounts (决算).
    is_final: bool,
    place: Position,
    /// Whether headings of parts (第一部分) are printed.
    has_parts: bool,
    /// How many headings without an ordinal came.
    titles: usize,
    names: Names<'a>,
    subjects: Subjects,
    /// Paths of the sections so far.
    paths: HashSet<String>,
    /// What the headings of the sections speak of.
    topics: Vec<Topic>,
    organisation: OrganisationReader,
    /// Whether the paragraph before was numbered.
    after_item: bool,
    /// What the heading of the section names, if it is below others: （一）公务接待费.
    heading: String,
    /// Of the numbered paragraphs that announced others (1.基本支出3万元，其中：) how each is numbered, and what was spoken of before it.
    announced: Vec<(OrdinalStyle, Subject)>,
    /// The field that the next paragraph of a project may go on with.
    last_field: Option<ProjectField>,
    narrative: Narrative,
}

impl<'a> Reader<'a> {
    fn consume(&mut self, block: &Block<'_>) {
        let spans = self.prose.spans.get(block.spans.clone()).unwrap_or_default();
        self.narrative.lines.extend(spans.iter().map(|span| span.line));
    }

    fn front_matter(&mut self, blocks: &[Block<'_>]) {
        let Some((first, rest)) = blocks.split_first() else { return };
        self.open("0".to_owned(), first, self.topic_of(first.text));
        for block in rest {
            self.keep(block);
        }
    }

    fn topic_of(&self, heading: &str) -> Topic {
        headings::topic_of(heading, self.speaker.entity)
    }

    fn block(&mut self, block: &Block<'a>) {
        match (block.form, block.ordinal.map(|ordinal| Rank::from(ordinal.style))) {
            (Form::Part, _) => self.part(block),
            (Form::Title, _) => self.title(block),
            (Form::Heading, Some(rank)) if self.takes(rank, block.text) => self.section(rank, block),
            (_, Some(rank @ (Rank::Section | Rank::Subsection))) if self.runs_in(rank, block.text) => {
                self.run_in(rank, block);
            }
            _ => self.paragraph(block),
        }
    }

    fn part(&mut self, block: &Block<'_>) {
        let (number, heading) = match numbered_by_form(self.prose, block) {
            Some(number) => (number, block.text),
            None => {
                let (number, heading) = block.text.split_once("部分").unwrap_or(("", block.text));
                (part_number(number.trim_start_matches('第')), heading.trim_start_matches(['：', ':', '、']))
            }
        };
        self.has_parts = true;
        let start = block.start + block.text.len() - heading.len();
        self.enter(Rank::Part, number.to_string(), heading);
        self.place.is_in_tables = headings::is_of_tables(heading);
        self.place.is_in_organisation = self.place.topic().is_some_and(is_of_organisation);
        let named = self.topic_of(heading);
        self.open_section(number.to_string(), self.prose.label(start, heading), named);
        self.consume(block);
    }

    /// A heading without an ordinal. It stands beside the sections of a part, or for a part where there are none.
    fn title(&mut self, block: &Block<'_>) {
        let rank = if self.has_parts { Rank::Section } else { Rank::Part };
        self.titles += 1;
        let path = self.place.path_of(rank, &format!("#{}", self.titles));
        self.enter(rank, path.clone(), block.text);
        self.place.is_in_tables = false;
        self.open(path, block, self.topic_of(block.text));
    }

    /// Whether a heading with an ordinal opens a section here; elsewhere it numbers a paragraph.
    fn takes(&self, rank: Rank, heading: &str) -> bool {
        let names_topic = || headings::names_topic(heading);
        match self.place.topic() {
            // The terms of a glossary have ordinals of their own.
            Some(Topic::Glossary) => self.place.rank().is_some_and(|own| rank <= own),
            _ if rank == Rank::Section => true,
            None | Some(Topic::Functions) => names_topic(),
            _ if rank > Rank::Subsection || self.place.is_in_organisation => names_topic(),
            _ => true,
        }
    }

    fn section(&mut self, rank: Rank, block: &Block<'_>) {
        let element = block.ordinal.map(|ordinal| ordinal.path_element()).unwrap_or_default();
        let path = self.place.path_of(rank, &element);
        let heading = block.text.trim_end_matches(['：', ':', '。']);
        self.enter(rank, path.clone(), heading);
        let named = self.topic_of(heading);
        self.place.is_in_tables &= named == Topic::Other || !headings::explains(heading);
        self.open(path, block, named);
    }

    /// Whether a paragraph begins with a heading of a topic of its own: （一）机关运行经费。2026年…
    fn runs_in(&self, rank: Rank, text: &str) -> bool {
        let is_of_words = matches!(self.place.topic(), Some(Topic::Glossary | Topic::Functions));
        if self.place.runs_in(rank) {
            return headings::run_in(text).is_some();
        }
        let entry = || headings::topic(headings::run_in(text)?.0, self.speaker.entity);
        let opens = |entry: &TopicEntry| {
            entry.nature.is_none()
                && !is_of_organisation(entry.topic)
                && !matches!(entry.topic, Topic::Glossary | Topic::Projects | Topic::CarryOver)
        };
        !is_of_words && !self.place.is_before_all() && !self.place.is_in_tables && entry().is_some_and(opens)
    }

    fn run_in(&mut self, rank: Rank, block: &Block<'a>) {
        let Some((heading, behind)) = headings::run_in(block.text) else { return self.paragraph(block) };
        let element = block.ordinal.map(|ordinal| ordinal.path_element()).unwrap_or_default();
        let path = self.place.path_of(rank, &element);
        self.enter(rank, path.clone(), heading);
        self.place.mark_run_in();
        self.open_section(path, self.prose.label(block.start, heading), self.topic_of(heading));
        let (start, text) = (block.start + behind, block.text.get(behind..).unwrap_or(""));
        self.paragraph(&Block { form: Form::Paragraph, ordinal: None, start, text, ..block.clone() });
    }

    /// Goes below a heading.
    fn enter(&mut self, rank: Rank, path: String, heading: &str) {
        let above = self.place.parent(rank).and_then(|parent| parent.topic);
        // （二）培训费支出情况 below 三公经费、会议费和培训费支出情况
        let is_item = |entry: &&TopicEntry| above == Some(Topic::ThreePublic) && entry.topic == Topic::Expenditure;
        let entry = headings::topic(heading, self.speaker.entity).filter(|entry| !is_item(entry));
        let unit = self.resolver.unit(heading);
        // 一、云溪县图书馆, and （一）…规模 below a heading that says what it is about
        let is_entity = !self.speaker.entity.is_empty() && same(heading, self.speaker.entity);
        let inherits = entry.is_none() && (unit.is_some() || is_entity || rank > Rank::Section);
        let parent = self.place.parent(rank).filter(|_| inherits);
        let topic = entry.map(|entry| entry.topic).or_else(|| parent.and_then(|parent| parent.topic));
        let is_part = rank == Rank::Part;
        let above = Above {
            rank,
            path,
            topic: topic.or((!is_part).then_some(Topic::Other)),
            entry: entry.or_else(|| parent.and_then(|parent| parent.entry)),
            class: ["（类）", "(类)"].iter().find_map(|level| heading.strip_suffix(level)).map(str::to_owned),
            unit,
            runs_in: false,
        };
        self.place.enter(above);
        if is_part {
            self.place.is_in_organisation = false;
        }
    }

    /// Opens a section whose heading is a block.
    fn open(&mut self, path: String, block: &Block<'_>, named: Topic) {
        let heading = self.prose.label(block.start, block.text.trim_end_matches(['：', ':', '。']));
        self.open_section(path, heading, named);
        self.consume(block);
    }

    fn open_section(&mut self, path: String, heading: Label, named: Topic) {
        if !self.paths.insert(path.clone()) {
            let repeated = Diagnostic::new(DiagnosticCode::SectionRepeated, [path.as_str(), heading.text.as_str()]);
            self.narrative.diagnostics.push(repeated.at(heading.place));
        }
        self.subjects = Subjects::default();
        self.after_item = false;
        self.announced.clear();
        self.heading = self.named_by(&heading.text);
        self.organisation = OrganisationReader::default();
        self.last_field = None;
        self.topics.push(named);
        let unit = self.place.unit().map(str::to_owned);
        self.narrative.sections.push(Section { path, heading, unit, paragraphs: Vec::new() });
    }

    /// What a heading below others names: 公务接待费 in （二）公务接待费支出情况.
    fn named_by(&self, heading: &str) -> String {
        let named = name(heading, self.speaker);
        let named = HEADED.strip_end_of(named).map_or(named, |(_, named)| named);
        let is_below = self.place.rank().is_some_and(|rank| rank > Rank::Section);
        let is_name = is_below && named.chars().count() <= LONGEST_NAME;
        if is_name { named.to_owned() } else { String::new() }
    }

    /// Keeps a paragraph in its section, with its ordinal.
    fn keep(&mut self, block: &Block<'_>) {
        let start = self.prose.spans.get(block.spans.start).map_or(block.start, |span| span.start);
        let whole = self.prose.slice(block.spans.clone());
        let label = match block.ordinal {
            Some(_) => self.prose.label(start, whole),
            None => self.prose.label(block.start, block.text),
        };
        if let Some(section) = self.narrative.sections.last_mut() {
            section.paragraphs.push(label);
            self.consume(block);
        }
    }

    fn paragraph(&mut self, block: &Block<'a>) {
        let topic = self.place.topic();
        let is_organisation = topic.is_some_and(is_of_organisation);
        if self.place.is_before_all() {
            return;
        }
        match topic {
            _ if block.tabular => self.keep(block),
            _ if self.place.is_in_tables && !is_organisation => {}
            Some(Topic::Glossary) => {
                self.keep(block);
                self.narrative.glossary.extend(glossary::term(self.prose, block));
            }
            Some(Topic::Projects) => self.project(block),
            _ => {
                self.keep(block);
                let topic = topic.unwrap_or(Topic::Other);
                if self.place.is_in_organisation || is_organisation {
                    self.organisation.take(topic, self.prose, block, &mut self.narrative.organisation);
                }
                if topic != Topic::Functions {
                    self.figures(topic, block);
                }
            }
        }
    }

    /// Reads the figures of a paragraph.
    fn figures(&mut self, topic: Topic, block: &Block<'a>) {
        let section = match block.ordinal {
            Some(ordinal) => format!("{}.{}", self.place.path(), ordinal.path_element()),
            None => self.place.path().to_owned(),
        };
        // Expenditure is no part of the revenue explained before it.
        let is_other_side = topic == Topic::Compilation && block.text.starts_with("支出预算");
        if let Some(ordinal) = block.ordinal {
            while let Some((_, before)) = self.announced.pop_if(|(style, _)| *style >= ordinal.style) {
                self.subjects.whole = before;
            }
            self.subjects.current = self.subjects.whole;
        } else if self.after_item || self.speaker.opens(block.text) || is_other_side {
            // What announced the numbered paragraphs ends with them, any other announcement where the entity is named anew.
            self.subjects = Subjects::default();
            self.announced.clear();
        }
        self.after_item = block.ordinal.is_some();
        let lists_functions = matches!(
            topic,
            Topic::General | Topic::GeneralUse | Topic::AppropriationUse | Topic::Fund | Topic::StateCapital
        );
        let (named, skip) = match topic {
            _ if lists_functions => function(block.text, self.place.class(), &mut self.names),
            Topic::CarryOver if block.ordinal.is_some() => self.carried_over(block.text),
            _ => (Subject::NONE, 0),
        };
        let (named, skip) = if named == Subject::NONE { self.labelled(block) } else { (named, skip) };
        let is_named = named != Subject::NONE;
        let subjects = if is_named { Subjects::of(named) } else { self.subjects };
        let whole = whole_sentences(block);
        let start = whole.start.max(skip);
        let text = block.text.get(start..whole.end).unwrap_or("");
        let before = self.subjects.whole;
        let after = self.walk(topic, &section, block.start + start, text, subjects);
        if let Some(ordinal) = block.ordinal.filter(|_| !is_named && after.whole != before) {
            self.announced.push((ordinal.style, before));
            self.after_item = false;
        }
        if !is_named {
            self.subjects = after;
        }
    }

    /// The money carried over that a paragraph begins with the name of, and the length of the name: its figures are none.
    fn carried_over(&mut self, text: &'a str) -> (Subject, usize) {
        let Some(name) = self.resolver.carried_over(text) else { return (Subject::NONE, 0) };
        (self.names.part(self.subjects.whole, name), name.len())
    }

    /// What the figures of a numbered paragraph are about by the words in front of it: 1.公务接待费。2026年预算数3万元
    fn labelled(&mut self, block: &Block<'a>) -> (Subject, usize) {
        let run_in = headings::run_in(block.text).filter(|_| block.ordinal.is_some());
        let Some((label, behind)) =
            run_in.filter(|(_, behind)| block.text.get(..*behind).is_some_and(|head| head.ends_with('。')))
        else {
            return (Subject::NONE, 0);
        };
        let label = name(label, self.speaker);
        if label.is_empty() { (Subject::NONE, 0) } else { (self.names.part(self.subjects.whole, label), behind) }
    }

    fn walk(&mut self, topic: Topic, section: &str, start: usize, text: &'a str, subjects: Subjects) -> Subjects {
        let setting = Setting {
            prose: self.prose,
            section,
            speaker: self.speaker,
            carried_over: topic == Topic::CarryOver,
            is_final: self.is_final,
            heading: &self.heading,
        };
        let first = self.narrative.facts.len();
        let mut unread = Vec::new();
        let after = facts(&setting, start, text, subjects, &mut self.names, &mut self.narrative.facts, &mut unread);
        for at in unread {
            let place = self.prose.place(at);
            let printed: String = text.get(at - start..).unwrap_or("").chars().take(LONGEST_UNREAD).collect();
            let end = printed.find(['，', '。', '；']).unwrap_or(printed.len());
            let amount = printed.get(..end).unwrap_or("");
            self.narrative.diagnostics.push(Diagnostic::new(DiagnosticCode::NumberNotUnderstood, [amount]).at(place));
        }
        let (entry, unit, year) = (self.place.entry(), self.place.unit(), self.speaker.year);
        let scope = Scope { topic, entry, unit, year, is_final: self.is_final };
        self.resolver.resolve(scope, self.narrative.facts.get_mut(first..).unwrap_or_default());
        after
    }

    /// A paragraph of the section on projects.
    fn project(&mut self, block: &Block<'a>) {
        if let Some((name, start)) = projects::opened(block) {
            let number = self.narrative.projects.len() as u32 + 1;
            let element = block.ordinal.map_or_else(|| number.to_string(), |ordinal| ordinal.path_element());
            let path = self.place.path_of(Rank::Subsection, &element);
            let (topic, entry) = (self.place.topic(), self.place.entry());
            let (class, unit) = (None, None);
            let rank = Rank::Subsection;
            self.place.enter(Above { rank, path: path.clone(), topic, entry, class, unit, runs_in: false });
            self.open(path, block, self.topic_of(block.text));
            self.narrative.projects.push(projects::project(number, self.prose.label(start, name)));
            return;
        }
        self.keep(block);
        let Some(project) = self.narrative.projects.last_mut() else {
            self.figures(Topic::Projects, block);
            return;
        };
        if let Some(printed) = projects::labelled(block) {
            projects::fill(project, &printed, self.prose);
            self.last_field = Some(printed.kind);
            let subject = vec![project.name.text.clone(), printed.label.to_owned()];
            match printed.kind {
                ProjectField::Amount => self.project_amount(subject, block),
                ProjectField::UnitInCharge | ProjectField::Period => {}
                _ => self.field_figures(subject, printed.start, printed.value),
            }
        } else {
            let whole = self.prose.slice(block.spans.clone());
            projects::extend(project, self.last_field, whole);
            let subject = vec![project.name.text.clone()];
            self.field_figures(subject, block.start, block.text);
        }
    }

    fn field_figures(&mut self, subject: Vec<String>, start: usize, text: &'a str) {
        let section = self.place.path().to_owned();
        let subject = subject.into_iter().fold(Subject::NONE, |whole, name| self.names.part(whole, name));
        self.walk(Topic::Projects, &section, start, text, Subjects::of(subject));
    }

    /// 预算安排规模：the amount of a project as a fact.
    fn project_amount(&mut self, subject: Vec<String>, block: &Block<'a>) {
        let Some(project) = self.narrative.projects.last() else { return };
        let Some(amount) = &project.amount else {
            let (start, text) = (block.start, block.text);
            return self.field_figures(subject, start, text);
        };
        let fact = Fact {
            section: self.place.path().to_owned(),
            measure: Measure::Amount,
            value: amount.value,
            unit: Some(amount.unit.clone()),
            quote: block.text.to_owned(),
            reason: None,
            place: amount.place,
            coordinates: self.resolver.project(&project.name.text),
            subject,
        };
        self.narrative.facts.push(fact);
    }

    fn finish(mut self, expected: &[String]) -> Narrative {
        let headings = self.narrative.sections.iter().map(|section| section.heading.text.as_str());
        let headings: Vec<(&str, Topic)> = headings.zip(self.topics.iter().copied()).collect();
        let is_missing = |title: &&String| {
            let topic = headings::topic_of(title, "");
            !headings.iter().any(|(heading, other)| {
                if topic == Topic::Other { heading.ends_with(title.as_str()) } else { topic == *other }
            })
        };
        let missing: Vec<&String> = expected.iter().filter(is_missing).collect();
        // A document without any of them does not claim to explain its budget.
        if missing.len() < expected.len() {
            let missing = missing.into_iter().map(|title| Diagnostic::new(DiagnosticCode::SectionMissing, [title]));
            self.narrative.diagnostics.extend(missing);
        }
        self.narrative.diagnostics.extend(self.narrative.projects.iter().flat_map(projects::missing));
        self.narrative
    }
}

/// Most characters of an amount that was not understood that a message shows.
const LONGEST_UNREAD: usize = 16;

/// The piece of a paragraph whose sentences are whole. A table in the middle of a sentence takes what stands before and behind
/// it apart: `公务接待费预算 1` / table / `2万元`.
fn whole_sentences(block: &Block<'_>) -> Range<usize> {
    let text = block.text;
    let first = text.find(['。', '；']).map_or(text.len(), |at| at + '。'.len_utf8());
    let start = if block.cut.before { first } else { 0 };
    let last = || text.char_indices().rev().find(|(_, mark)| matches!(mark, '，' | '。' | '；' | '：'));
    let end = if block.cut.behind { last().map_or(0, |(at, mark)| at + mark.len_utf8()) } else { text.len() };
    start.min(end)..end
}

/// The number of the part whose heading a block is, where the form knows the number and the heading does not say it.
fn numbered_by_form(prose: &Prose<'_>, block: &Block<'_>) -> Option<u32> {
    prose.spans.get(block.spans.start)?.part
}

/// Whether a topic is the entity itself.
fn is_of_organisation(topic: Topic) -> bool {
    matches!(topic, Topic::Functions | Topic::Structure)
}

/// `教育支出（类）进修及培训（款）培训支出（项）：…`: the names and where the sentence goes on. The class may be that of the heading
/// above.
fn function<'t>(text: &'t str, class: Option<&str>, names: &mut Names<'t>) -> (Subject, usize) {
    let mut found: Vec<&str> = Vec::new();
    let mut at = 0;
    let mut is_below = false;
    for (level, (full, half)) in [("（类）", "(类)"), ("（款）", "(款)"), ("（项）", "(项)")].into_iter().enumerate()
    {
        let rest = text.get(at..).unwrap_or("");
        let end = rest.find(full).map(|found| (found, full)).or_else(|| rest.find(half).map(|found| (found, half)));
        let is_name = |end: usize| {
            // 主要用于以下方面：教育（类）支出3万元 is no name.
            let marks = ['，', ',', '：', ':', '。', '；', ';'];
            end > 0 && end < LONGEST_FUNCTION && rest.get(..end).is_some_and(|name| !name.contains(marks))
        };
        let Some((end, mark)) = end.filter(|(end, _)| is_name(*end)) else {
            // 文化和旅游（款）群众文化（项） below 文化旅游体育与传媒支出（类）
            if level == 0 && class.is_some() {
                is_below = true;
                continue;
            }
            break;
        };
        found.push(rest.get(..end).unwrap_or(""));
        at += end + mark.len();
    }
    if found.is_empty() {
        return (Subject::NONE, 0);
    }
    let class = class.filter(|_| is_below).map(|class| names.part(Subject::NONE, class.to_owned()));
    let function = found.into_iter().fold(class.unwrap_or(Subject::NONE), |whole, name| names.part(whole, name));
    let colon = text.get(at..).and_then(|rest| rest.chars().next()).filter(|character| matches!(character, '：' | ':'));
    (function, at + colon.map_or(0, char::len_utf8))
}

/// Longest name that a heading gives to the figures below it, in characters.
const LONGEST_NAME: usize = 16;

/// Longest name of a function in bytes.
const LONGEST_FUNCTION: usize = 120;
