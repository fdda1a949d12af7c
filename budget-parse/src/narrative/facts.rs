//! From tokens to facts: what each figure of a paragraph measures, and of what.
//!
//! One pass over the tokens with a small state: the subject spoken of, the whole it is a part of (其中), the direction of
//! the clause (增加, 减少), whether a reason is being given (主要原因是). A clause without a name goes on about the subject
//! before it. What a figure measures is decided in [`measure`], what it is about in [`naming`] and [`phase`], what explains it in [`reason`].

mod clause;
mod measure;
mod naming;
mod phase;
mod reason;
#[cfg(test)]
mod tests;

use budget_model::{Fact, Measure};

use self::measure::{Clause, Formula, behind_bound};
use self::reason::{Reason, stated_reason};
use super::grammar::{Figure, Spanned, Token, negative, tokens};
use super::names::{Speaker, name, noun, same};
use super::number::is_one_number;
use super::prose::Prose;
use super::subjects::{Names, Subject, Subjects};
use super::vocabulary::{DIVIDED_BY, Direction, JOINTS, UnitClass};

/// What is known before a paragraph begins.
pub(super) struct Setting<'a> {
    pub(super) prose: &'a Prose<'a>,
    /// Path of the section and numbered paragraph.
    pub(super) section: &'a str,
    pub(super) speaker: Speaker<'a>,
    /// Whether `其中` or `包括` names the sources, kinds or items of a budget, which end a reason.
    pub(super) carried_over: bool,
    /// Whether the document is final accounts (决算), where planned and final amounts stand beside each other.
    pub(super) is_final: bool,
    /// What the heading names that the paragraph stands below; empty if it names nothing.
    pub(super) heading: &'a str,
}

/// Reads the figures of a paragraph. `start` is the offset of `text` in the prose. Returns the subjects that the next
/// paragraph continues with; `unread` gets the offsets of amounts that were not understood.
pub(super) fn facts<'a>(
    setting: &Setting<'_>,
    start: usize,
    text: &'a str,
    subjects: Subjects,
    names: &mut Names<'a>,
    facts: &mut Vec<Fact>,
    unread: &mut Vec<usize>,
) -> Subjects {
    let first_fact = facts.len();
    let mut walk = Walk {
        setting,
        start,
        text,
        names,
        base: subjects.whole,
        subjects,
        clause: 0,
        quote: 0,
        sentence: (0, first_fact),
        label: None,
        direction: None,
        conjunct: None,
        brackets: Vec::new(),
        title: false,
        other_basis: false,
        list: None,
        item_opens: false,
        enumerated: false,
        listed: None,
        reason: None,
        once: None,
        subject_facts: first_fact,
        facts,
        unread,
    };
    let tokens = tokens(text);
    for (index, token) in tokens.iter().enumerate() {
        walk.take(token, &tokens, index);
    }
    walk.finish()
}

struct Walk<'a, 'f> {
    setting: &'f Setting<'f>,
    start: usize,
    text: &'a str,
    names: &'f mut Names<'a>,
    /// The whole that sentences return to.
    base: Subject,
    subjects: Subjects,
    /// Where the words in front of the next figure begin.
    clause: usize,
    /// Where its quote begins; the noun behind a count begins it although it is no part of the words.
    quote: usize,
    /// Where the sentence or its part after a semicolon begins, and the number of facts before it.
    sentence: (usize, usize),
    /// The whole to return to when what a label (第一类：) names is over.
    label: Option<Subject>,
    /// The direction of the clause and where its word stood.
    direction: Option<(Direction, usize, usize)>,
    /// What the figure just before measured, for `1.50万元和…0.40万元`.
    conjunct: Option<Conjunct>,
    brackets: Vec<Bracket>,
    /// Inside 《…》.
    title: bool,
    /// Whether the sentence compares with something else than last year: 比年初预算减少.
    other_basis: bool,
    /// The whole that the items of a numbered enumeration inside the paragraph belong to.
    list: Option<Subject>,
    item_opens: bool,
    /// Whether 包括 has made the subject a whole already.
    enumerated: bool,
    /// The whole to return to behind `其中：A1辆、B2辆；`: a list whose parts stand between 、 ends at the semicolon.
    listed: Option<Listed>,
    reason: Option<Reason>,
    /// The subject of the figure being read alone.
    once: Option<Subject>,
    /// The first fact about the current subject.
    subject_facts: usize,
    facts: &'f mut Vec<Fact>,
    unread: &'f mut Vec<usize>,
}

#[derive(Clone, Copy)]
struct Conjunct {
    direction: Option<(Direction, usize, usize)>,
    prior: bool,
    end: usize,
}

#[derive(Clone, Copy)]
struct Listed {
    /// The whole before 其中.
    whole: Subject,
    /// Whether a 、 has stood behind a figure.
    by_commas: bool,
}

struct Bracket {
    clause: usize,
    /// Number of facts when it was opened.
    figures: usize,
    direction: Option<(Direction, usize, usize)>,
    /// The subjects to return to, if it holds figures.
    subjects: Option<Subjects>,
    /// The list it stands in.
    listed: Option<Listed>,
}

impl<'a> Walk<'a, '_> {
    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }

    fn take(&mut self, token: &Spanned<'a>, tokens: &[Spanned<'a>], index: usize) {
        match &token.token {
            Token::Word(word) => self.word(word, token, tokens.get(index + 1)),
            Token::Direction(direction) => self.direction = Some((*direction, token.start, token.end)),
            Token::Figure(figure) if !self.title => self.figure(figure, token, tokens, index),
            Token::NoFigure(class) if !self.title => self.no_figure(*class, token),
            Token::Ordinal => self.item(token.end),
            Token::Mark(mark) => self.mark(*mark, token, tokens, index),
            Token::Figure(_) | Token::NoFigure(_) | Token::Time | Token::Reference => {}
        }
    }

    fn word(&mut self, word: &str, token: &Spanned<'_>, next: Option<&Spanned<'_>>) {
        if let Some(end) = stated_reason(word, next) {
            self.end_reason(token.start);
            self.open_reason(token.start + end);
        } else if word.starts_with("其中") && !self.enumerated && self.subjects.current != Subject::NONE {
            self.listed = Some(Listed { whole: self.subjects.whole, by_commas: false });
            // 支出3万元，其中：基本支出2万元，项目支出1万元。其中：教育支出… goes on about what the list was of.
            let whole = match token.start == self.sentence.0 {
                true => self.names.below(self.base, self.subjects.current),
                false => self.without_attribute(),
            };
            self.deepen(whole);
        }
    }

    /// Ends a list whose parts stand between 、 and not between semicolons.
    fn end_listed(&mut self) {
        if let Some(listed) = self.listed.take().filter(|listed| listed.by_commas) {
            self.subjects = Subjects { whole: listed.whole, current: Subject::NONE };
        }
    }

    /// Makes something the whole of what follows, unless the wholes are nested too deeply to mean anything.
    fn deepen(&mut self, whole: Subject) {
        if self.names.depth(whole) <= DEEPEST {
            self.subjects.whole = whole;
        }
    }

    fn mark(&mut self, mark: char, token: &Spanned<'_>, tokens: &[Spanned<'_>], index: usize) {
        match mark {
            '（' | '(' | '［' | '【' => {
                let bracket = Bracket {
                    clause: self.clause,
                    figures: self.facts.len(),
                    direction: self.direction,
                    subjects: has_figure(tokens.get(index + 1..).unwrap_or_default()).then_some(self.subjects),
                    listed: self.listed.take(),
                };
                self.brackets.push(bracket);
                self.begin_clause(token.end);
            }
            '）' | ')' | '］' | '】' => {
                if let Some(bracket) = self.brackets.pop() {
                    self.clause = bracket.clause;
                    self.quote = bracket.clause;
                    self.direction = self.bracketed_direction(tokens, index).or(bracket.direction);
                    self.listed = bracket.listed;
                    self.subjects = bracket.subjects.unwrap_or(self.subjects);
                }
            }
            '、' => self.skip_tail(token),
            '《' => self.title = true,
            '》' => self.title = false,
            '，' | ',' => {
                self.open_item(token.start);
                self.name_by_clause(token.start);
                self.begin_clause(token.end);
            }
            '：' | ':' => self.colon(token),
            '；' | ';' => {
                self.end_reason_before_sibling(token);
                self.other_basis = false;
                self.end_label();
                self.end_listed();
                self.begin_clause(token.end);
                self.sentence = (token.end, self.facts.len());
            }
            '。' | '！' | '？' => {
                self.end_sentence(token);
                self.other_basis = false;
            }
            _ => {}
        }
    }

    /// Whether the last figure of the sentence is a change downwards.
    fn is_behind_decrease(&self) -> bool {
        let in_sentence = self.facts.get(self.sentence.1..).and_then(<[Fact]>::last);
        in_sentence.is_some_and(|fact| fact.measure == Measure::YoyChange && fact.value.is_sign_negative())
    }

    fn begin_clause(&mut self, at: usize) {
        self.clause = at;
        self.quote = at;
        self.direction = None;
        self.conjunct = None;
    }

    /// 3.20万元的上年结转、…: what stands behind a figure is no name of the next one.
    fn skip_tail(&mut self, token: &Spanned<'_>) {
        if let Some(listed) = &mut self.listed {
            listed.by_commas |= self.conjunct.is_some_and(|before| before.end == token.start);
        }
        let tail = self.slice(self.clause, token.start);
        if self.conjunct.is_some_and(|before| before.end == self.clause) && tail.starts_with('的') {
            self.begin_clause(token.end);
        }
    }

    /// `收入预算包括：`, `其中：`
    fn colon(&mut self, token: &Spanned<'_>) {
        let words = self.slice(self.clause, token.start);
        let opens = ["包括", "包含", "如下"].iter().find_map(|end| words.strip_suffix(end));
        if let Some(words) = opens.filter(|words| !words.ends_with("主要")) {
            let named = name(words, self.setting.speaker);
            if !named.is_empty() {
                self.subjects.current = self.names.part(self.subjects.whole, named);
                self.subject_facts = self.facts.len();
            } else if words.ends_with("支出") {
                // 收入包括：…。支出包括：… is no part of the revenue before it.
                self.subjects = Subjects::of(self.base);
            }
            self.deepen(self.subjects.current);
            self.enumerated = true;
        } else {
            self.open_label(words);
        }
        self.begin_clause(token.end);
    }

    /// `第一类人群：…` names what the figures up to the next semicolon are about.
    fn open_label(&mut self, words: &'a str) {
        let named = name(words, self.setting.speaker);
        let is_label = self.names.depth(self.subjects.whole) < DEEPEST
            && (2..=12).contains(&named.chars().count())
            && !words.ends_with(['是', '为', '于', '括', '中'])
            // 按支出功能分类划分：
            && !DIVIDED_BY.is_in(named);
        if !is_label || self.reason.is_some() || !self.brackets.is_empty() {
            return;
        }
        self.end_label();
        if !same(self.names.last(self.subjects.whole), named) {
            self.label = Some(self.subjects.whole);
            self.subjects.whole = self.names.part(self.subjects.whole, named);
        }
        self.subjects.current = self.subjects.whole;
    }

    fn end_label(&mut self) {
        if let Some(whole) = self.label.take() {
            self.subjects = Subjects::of(whole);
        }
    }

    fn end_sentence(&mut self, token: &Spanned<'_>) {
        self.end_reason(token.start);
        self.end_label();
        self.brackets.clear();
        self.title = false;
        self.list = None;
        self.item_opens = false;
        self.enumerated = false;
        self.listed = None;
        self.subjects.whole = self.base;
        self.begin_clause(token.end);
        self.sentence = (token.end, self.facts.len());
    }

    /// `1.` inside a sentence: an item of the enumeration begins.
    fn item(&mut self, end: usize) {
        self.subjects.whole = *self.list.get_or_insert(self.subjects.whole);
        self.item_opens = true;
        self.begin_clause(end);
    }

    /// `1.补助人数，…`: words without a figure at the start of an item name what the item is about.
    fn open_item(&mut self, end: usize) {
        if !std::mem::take(&mut self.item_opens) || !self.brackets.is_empty() {
            return;
        }
        let named = name(self.slice(self.clause, end), self.setting.speaker);
        if !named.is_empty() && self.names.depth(self.subjects.whole) < DEEPEST {
            self.subjects = Subjects::of(self.names.part(self.subjects.whole, named));
            self.subject_facts = self.facts.len();
        }
    }

    fn finish(mut self) -> Subjects {
        let opens = ["其中：", "其中:", "包括：", "包括:"].iter().any(|end| self.text.ends_with(end));
        self.end_reason(self.text.len());
        let whole = if opens { self.subjects.whole } else { self.base };
        Subjects { whole, current: self.subjects.current }
    }

    fn figure(&mut self, figure: &Figure<'a>, token: &Spanned<'a>, tokens: &[Spanned<'a>], index: usize) {
        let after = self.slice(token.end, self.text.len());
        let bounded = behind_bound(after);
        if bounded.is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
            // The figure is part of a name.
            return;
        }
        let formula = Formula::around(tokens, index);
        let next_word = match tokens.get(index + 1).map(|token| &token.token) {
            Some(Token::Word(word)) => *word,
            _ => "",
        };
        let words = self.slice(self.clause, token.start);
        let gaps = self.setting.prose.gaps(self.start + token.start..self.start + token.start + figure.length);
        let number = self.slice(token.start, token.start + figure.length);
        if !is_one_number(number, gaps.map(|(at, gap)| (at - self.start - token.start, gap))) {
            return self.no_figure(figure.class, token);
        }
        let level = self.direction.filter(|(direction, _, end)| !self.leads_to(*direction, *end, token.start));
        if level.is_some() {
            self.direction = None;
        }
        let direction = self.direction.or_else(|| self.continued(words, token).and_then(|before| before.direction));
        if figure.bracketed && matches!(direction, Some((Direction::Up, ..))) {
            return self.no_figure(figure.class, token);
        }
        self.compare(words);
        let (noun, noun_length) = noun(next_word);
        let clause = Clause { words, noun, next_word, after, direction, formula };
        let Some((measure, noun_names)) = self.measure(figure, &clause) else {
            return self.pass_over(figure.class, token, formula);
        };
        self.item_opens = false;
        let end = token.end + if noun_names { noun_length } else { 0 };
        if noun_names {
            self.name_by_noun(words, noun, direction.is_some());
        } else {
            // 公务接待费增加到15万元: the name is before the direction.
            let end = level.map_or(token.start, |(_, start, _)| start);
            self.name_by_words(end, figure.class, measure);
        }
        if figure.class == Some(UnitClass::Count) {
            self.give_unit(figure);
        }
        let value = match (measure, direction) {
            (Measure::YoyChange | Measure::YoyPercent, Some((Direction::Down, ..))) => negative(figure.value),
            // 减少0.15万元，下降（增长）27.78%: a form offers both, and the change before says which is meant.
            (Measure::YoyPercent, Some((Direction::Either, ..))) if self.is_behind_decrease() => negative(figure.value),
            _ => figure.value,
        };
        let quote = self
            .slice(self.quote, end)
            .trim_start_matches(['，', ',', '、', '；', '：', '。', '（', '(', '）', ')', '的']);
        let spoken_of = Some(self.subjects.current).filter(|current| *current != Subject::NONE);
        let mut subject = self.once.take().or(spoken_of).unwrap_or(self.subjects.whole);
        if subject == Subject::NONE && !self.setting.heading.is_empty() {
            // （一）因公出国（境）经费 / 2026年度预算安排3万元
            subject = self.names.part(Subject::NONE, self.setting.heading.to_owned());
            self.subjects.current = subject;
        }
        if subject == Subject::NONE {
            // A figure of nothing is none.
            return self.no_figure(figure.class, token);
        }
        self.facts.push(Fact {
            section: self.setting.section.to_owned(),
            subject: self.names.path(subject),
            measure,
            value,
            unit: figure.model_unit(),
            quote: quote.to_owned(),
            reason: None,
            place: self.setting.prose.place(self.start + token.start),
            coordinates: None,
        });
        self.conjunct = Some(Conjunct { direction, prior: measure == Measure::PriorAmount, end });
        self.direction = None;
        self.clause = end;
        self.quote = token.end;
    }

    /// The figure before, if this one is joined to it by 和 or 、.
    fn continued(&self, words: &str, token: &Spanned<'_>) -> Option<Conjunct> {
        let joined = JOINTS.entries().iter().any(|joint| words.starts_with(joint));
        self.conjunct.filter(|before| joined && before.end == self.clause && token.start > before.end)
    }
}

/// Deepest nesting of wholes and parts.
const DEEPEST: usize = 12;

/// Longest clause whose words are looked at, in bytes.
const LONGEST_CLAUSE: usize = 600;

/// Whether a figure stands before the next closing bracket.
fn has_figure(tokens: &[Spanned<'_>]) -> bool {
    let inside = tokens
        .iter()
        .take(LONGEST_BRACKET)
        .take_while(|token| !matches!(token.token, Token::Mark('）' | ')' | '］' | '】' | '。')));
    inside.into_iter().any(|token| matches!(token.token, Token::Figure(_)))
}

/// Most tokens between brackets that are looked at.
const LONGEST_BRACKET: usize = 200;
