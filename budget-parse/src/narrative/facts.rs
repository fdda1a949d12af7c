//! From tokens to facts: what each figure of a paragraph measures, and of what.
//!
//! One pass over the tokens with a small state: the subject spoken of, the whole it is a part of (其中), the direction of
//! the clause (增加, 减少), whether a reason is being given (主要原因是). A clause without a name goes on about the subject
//! before it.

use budget_model::{Decimal, Fact, Measure};

use super::grammar::{Figure, Spanned, Token, tokens};
use super::names::{Speaker, name, noun, same};
use super::prose::Prose;
use super::vocabulary::{Direction, NATURES, PER, SOURCES, THREE_PUBLIC, UnitClass};

/// What is known before a paragraph begins.
pub(super) struct Setting<'a> {
    pub(super) prose: &'a Prose<'a>,
    /// Path of the section and numbered paragraph.
    pub(super) section: &'a str,
    pub(super) speaker: Speaker<'a>,
    /// Whether `其中` or `包括` names the sources, kinds or items of a budget, which end a reason.
    pub(super) carried_over: bool,
}

/// The subjects of a section: what paragraphs that follow are parts of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Subjects {
    /// What a new subject is a part of.
    pub(super) whole: Vec<String>,
    /// What is spoken of.
    pub(super) current: Vec<String>,
}

/// Reads the figures of a paragraph. `start` is the offset of `text` in the prose. Returns the subjects that the next
/// paragraph continues with.
pub(super) fn facts(
    setting: &Setting<'_>,
    start: usize,
    text: &str,
    subjects: Subjects,
    facts: &mut Vec<Fact>,
) -> Subjects {
    let first_fact = facts.len();
    let mut walk = Walk {
        setting,
        start,
        text,
        base: subjects.whole.clone(),
        subjects,
        clause: 0,
        quote: 0,
        sentence: (0, first_fact),
        label: None,
        direction: None,
        conjunct: None,
        brackets: Vec::new(),
        title: false,
        prices: false,
        list: None,
        item_opens: false,
        enumerated: false,
        reason: None,
        once: None,
        subject_facts: first_fact,
        facts,
    };
    let tokens = tokens(text);
    for (index, token) in tokens.iter().enumerate() {
        walk.take(token, &tokens, index);
    }
    walk.finish()
}

struct Walk<'a, 'f> {
    setting: &'a Setting<'a>,
    start: usize,
    text: &'a str,
    /// The whole that sentences return to.
    base: Vec<String>,
    subjects: Subjects,
    /// Where the words in front of the next figure begin.
    clause: usize,
    /// Where its quote begins; the noun behind a count begins it although it is no part of the words.
    quote: usize,
    /// Where the sentence or its part after a semicolon begins, and the number of facts before it.
    sentence: (usize, usize),
    /// The whole to return to when what a label (第一类：) names is over.
    label: Option<Vec<String>>,
    /// The direction of the clause and where its word stood.
    direction: Option<(Direction, usize, usize)>,
    /// What the figure just before measured, for `1.50万元和…0.40万元`.
    conjunct: Option<Conjunct>,
    brackets: Vec<Bracket>,
    /// Inside 《…》.
    title: bool,
    /// Whether the sentence speaks of rates a head, so that plain 元 are prices.
    prices: bool,
    /// The whole that the items of a numbered enumeration inside the paragraph belong to.
    list: Option<Vec<String>>,
    item_opens: bool,
    /// Whether 包括 has made the subject a whole already.
    enumerated: bool,
    reason: Option<Reason>,
    /// The subject of the figure being read alone.
    once: Option<Vec<String>>,
    /// The first fact about the current subject.
    subject_facts: usize,
    facts: &'f mut Vec<Fact>,
}

#[derive(Clone, Copy)]
struct Conjunct {
    direction: Option<(Direction, usize, usize)>,
    prior: bool,
    end: usize,
}

/// The clause around a figure.
struct Clause<'t> {
    /// The words in front of it.
    words: &'t str,
    /// The noun behind it, empty if there is none.
    noun: &'t str,
    /// The word behind it.
    next_word: &'t str,
    /// All text behind it.
    after: &'t str,
    /// The direction, perhaps that of the figure it is joined to.
    direction: Option<(Direction, usize, usize)>,
    formula: Formula,
}

struct Bracket {
    clause: usize,
    /// Number of facts when it was opened.
    figures: usize,
    direction: Option<(Direction, usize, usize)>,
    /// The subjects to return to, if it holds figures.
    subjects: Option<Subjects>,
}

struct Reason {
    start: usize,
    first_fact: usize,
    subject_facts: usize,
    subjects: Subjects,
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
            Token::Ordinal => self.item(token.end),
            Token::Mark(mark) => self.mark(*mark, token, tokens.get(index + 1..).unwrap_or_default()),
            Token::Figure(_) | Token::Time | Token::Reference => {}
        }
    }

    fn word(&mut self, word: &str, token: &Spanned<'_>, next: Option<&Spanned<'_>>) {
        let reasons = word.match_indices('原').map(|(at, _)| at);
        if let Some(reason) = reasons.into_iter().find(|at| self.slice(token.start + at, token.end).starts_with("原因"))
        {
            let named = token.start + reason + "原因".len();
            let is_stated = self.slice(named, token.end).starts_with(['是', '为']);
            let colon = next.is_some_and(|next| matches!(next.token, Token::Mark('：' | ':')));
            if is_stated || (colon && named == token.end) {
                self.end_reason(token.start);
                self.open_reason(named + if is_stated { '是'.len_utf8() } else { 0 });
                return;
            }
        }
        if word.starts_with("其中") && !self.enumerated && !self.subjects.current.is_empty() {
            let whole = self.without_attribute();
            self.deepen(whole);
        }
        self.prices |= is_of_price(word);
    }

    /// Makes something the whole of what follows, unless the wholes are nested too deeply to mean anything.
    fn deepen(&mut self, whole: Vec<String>) {
        if whole.len() <= DEEPEST {
            self.subjects.whole = whole;
        }
    }

    fn mark(&mut self, mark: char, token: &Spanned<'_>, rest: &[Spanned<'_>]) {
        match mark {
            '（' | '(' | '［' | '【' => {
                let bracket = Bracket {
                    clause: self.clause,
                    figures: self.facts.len(),
                    direction: self.direction,
                    subjects: has_figure(rest).then(|| self.subjects.clone()),
                };
                self.brackets.push(bracket);
                self.begin_clause(token.end);
            }
            '）' | ')' | '］' | '】' => {
                if let Some(bracket) = self.brackets.pop() {
                    self.clause = bracket.clause;
                    self.quote = bracket.clause;
                    self.direction = bracket.direction;
                    self.subjects = bracket.subjects.unwrap_or_else(|| std::mem::take(&mut self.subjects));
                }
            }
            '、' => self.skip_tail(token),
            '《' => self.title = true,
            '》' => self.title = false,
            '，' | ',' => {
                self.open_item(token.start);
                self.begin_clause(token.end);
            }
            '：' | ':' => self.colon(token),
            '；' | ';' => {
                self.end_reason_before_sibling(token);
                self.end_label();
                self.begin_clause(token.end);
                self.sentence = (token.end, self.facts.len());
            }
            '。' | '！' | '？' => self.end_sentence(token),
            _ => {}
        }
    }

    fn begin_clause(&mut self, at: usize) {
        self.clause = at;
        self.quote = at;
        self.direction = None;
        self.conjunct = None;
    }

    /// 3.20万元的上年结转、…: what stands behind a figure is no name of the next one.
    fn skip_tail(&mut self, token: &Spanned<'_>) {
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
                self.subjects.current.clone_from(&self.subjects.whole);
                self.subjects.current.push(named.to_owned());
                self.subject_facts = self.facts.len();
            }
            self.deepen(self.subjects.current.clone());
            self.enumerated = true;
        } else {
            self.open_label(words);
        }
        self.begin_clause(token.end);
    }

    /// `第一类人群：…` names what the figures up to the next semicolon are about.
    fn open_label(&mut self, words: &str) {
        let named = name(words, self.setting.speaker);
        let is_label = self.subjects.whole.len() < DEEPEST
            && (2..=12).contains(&named.chars().count())
            && !words.ends_with(['是', '为', '于', '括', '中']);
        if !is_label || self.reason.is_some() || !self.brackets.is_empty() {
            return;
        }
        self.end_label();
        if !self.subjects.whole.last().is_some_and(|last| same(last, named)) {
            self.label = Some(self.subjects.whole.clone());
            self.subjects.whole.push(named.to_owned());
        }
        self.subjects.current.clone_from(&self.subjects.whole);
    }

    fn end_label(&mut self) {
        if let Some(whole) = self.label.take() {
            self.subjects.whole = whole;
            self.subjects.current.clone_from(&self.subjects.whole);
        }
    }

    fn end_sentence(&mut self, token: &Spanned<'_>) {
        self.end_reason(token.start);
        self.end_label();
        self.brackets.clear();
        self.title = false;
        self.prices = false;
        self.list = None;
        self.item_opens = false;
        self.enumerated = false;
        self.subjects.whole.clone_from(&self.base);
        self.begin_clause(token.end);
        self.sentence = (token.end, self.facts.len());
    }

    /// `1.` inside a sentence: an item of the enumeration begins.
    fn item(&mut self, end: usize) {
        match &self.list {
            Some(whole) => self.subjects.whole.clone_from(whole),
            None => self.list = Some(self.subjects.whole.clone()),
        }
        self.item_opens = true;
        self.begin_clause(end);
    }

    /// `1.补助人数，…`: words without a figure at the start of an item name what the item is about.
    fn open_item(&mut self, end: usize) {
        if !std::mem::take(&mut self.item_opens) || !self.brackets.is_empty() {
            return;
        }
        let named = name(self.slice(self.clause, end), self.setting.speaker);
        if !named.is_empty() && self.subjects.whole.len() < DEEPEST {
            self.subjects.whole.push(named.to_owned());
            self.subjects.current.clone_from(&self.subjects.whole);
            self.subject_facts = self.facts.len();
        }
    }

    fn open_reason(&mut self, start: usize) {
        let subjects = self.subjects.clone();
        self.deepen(subjects.current.clone());
        self.reason = Some(Reason { start, first_fact: self.facts.len(), subject_facts: self.subject_facts, subjects });
        self.begin_clause(start);
    }

    /// Gives the reason that ends at an offset to the changes it explains.
    fn end_reason(&mut self, end: usize) {
        let Some(reason) = self.reason.take() else { return };
        let words = self.slice(reason.start, end).trim_start_matches(['：', ':']).trim_end_matches(['；', '，', '。']);
        let first = reason.subject_facts.max(reason.first_fact.saturating_sub(MOST_EXPLAINED));
        let about = self.facts.get_mut(first..reason.first_fact).unwrap_or_default();
        let changes = about.iter().any(|fact| is_change(fact.measure));
        for fact in about.iter_mut().filter(|fact| !changes || is_change(fact.measure)) {
            if fact.reason.is_none() && !words.is_empty() {
                fact.reason = Some(words.to_owned());
            }
        }
        self.subjects = reason.subjects;
        self.subject_facts = reason.subject_facts;
    }

    /// A reason may have semicolons; it ends where the next source, kind or item of the budget is named.
    fn end_reason_before_sibling(&mut self, token: &Spanned<'_>) {
        if self.reason.is_none() || !self.brackets.is_empty() {
            return;
        }
        let rest = self.slice(token.end, self.text.len());
        let names = SOURCES.iter().map(|(name, _)| *name);
        let names =
            names.chain(NATURES.iter().map(|(name, _)| *name)).chain(THREE_PUBLIC.iter().map(|(name, _)| *name));
        let follows = |name: &str| {
            rest.strip_prefix(name).is_some_and(|rest| {
                let changes = super::vocabulary::DIRECTIONS.iter().any(|(word, _)| rest.starts_with(word));
                changes || rest.starts_with(|character: char| character.is_ascii_digit())
            })
        };
        if names.into_iter().any(follows) {
            self.end_reason(token.start);
        }
    }

    fn finish(mut self) -> Subjects {
        let opens = ["其中：", "其中:", "包括：", "包括:"].iter().any(|end| self.text.ends_with(end));
        self.end_reason(self.text.len());
        let whole = if opens { self.subjects.whole.clone() } else { self.base };
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
        let direction = self.direction.or_else(|| self.continued(words, token).and_then(|before| before.direction));
        let (noun, noun_length) = noun(next_word);
        let clause = Clause { words, noun, next_word, after, direction, formula };
        let Some((measure, noun_names)) = self.measure(figure, &clause) else { return };
        self.item_opens = false;
        let end = token.end + if noun_names { noun_length } else { 0 };
        if noun_names {
            self.name_by_noun(words, noun, direction.is_some());
        } else {
            self.name_by_words(token.start, figure.class, measure);
        }
        let value = match (measure, direction) {
            (Measure::YoyChange | Measure::YoyPercent, Some((Direction::Down, ..))) => negative(figure.value),
            _ => figure.value,
        };
        let quote = self
            .slice(self.quote, end)
            .trim_start_matches(['，', ',', '、', '；', '：', '。', '（', '(', '）', ')', '的']);
        let subject = match self.once.take() {
            Some(subject) => subject,
            None if self.subjects.current.is_empty() => self.subjects.whole.clone(),
            None => self.subjects.current.clone(),
        };
        self.facts.push(Fact {
            section: self.setting.section.to_owned(),
            subject,
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
        let joined = JOINTS.iter().any(|joint| words.starts_with(joint));
        self.conjunct.filter(|before| joined && before.end == self.clause && token.start > before.end)
    }

    /// What a figure measures, and whether the noun behind it rather than the words in front name its subject.
    fn measure(&self, figure: &Figure<'_>, clause: &Clause<'_>) -> Option<(Measure, bool)> {
        let &Clause { words, noun, next_word, after, direction, formula } = clause;
        let has_noun = !noun.is_empty();
        if behind_bound(after).is_some() {
            return Some((Measure::Other, false));
        }
        match figure.class {
            Some(UnitClass::Percent) if words.contains('占') => Some((Measure::Share, false)),
            Some(UnitClass::Percent) => {
                Some((if direction.is_some() { Measure::YoyPercent } else { Measure::Other }, false))
            }
            Some(UnitClass::Money) if direction.is_some() => Some((Measure::YoyChange, false)),
            Some(UnitClass::Money) => {
                let price = figure.unit.contains('/')
                    || formula == Formula::Factor
                    || is_of_price(words)
                    || (figure.unit == "元" && (self.prices || is_of_price(next_word)));
                let measure = if price {
                    Measure::Other
                } else if self.is_prior(words, after) || self.continued_prior(words) {
                    Measure::PriorAmount
                } else {
                    Measure::Amount
                };
                let joined = JOINTS.iter().find_map(|joint| words.strip_prefix(joint)).unwrap_or(words);
                let behind = next_word.starts_with("的") || next_word.starts_with("用于") || joined.is_empty();
                Some((measure, has_noun && behind && !next_word.contains("上年")))
            }
            Some(UnitClass::Area) => {
                Some((if direction.is_some() { Measure::YoyChange } else { Measure::Area }, false))
            }
            Some(UnitClass::Count) => match direction {
                // 增加4个项目 counts the new projects; 增加讲解员1人 is a change.
                Some((_, _, end)) if end == self.clause + words.len() && has_noun => Some((Measure::Count, true)),
                Some(_) => Some((Measure::YoyChange, false)),
                None => Some((Measure::Count, has_noun)),
            },
            None if formula != Formula::None => Some((Measure::Other, false)),
            // A number of people or things without a unit stands at the end of its clause: 编制数12.
            None if next_word.is_empty() && !words.is_empty() => {
                let stands_alone = after.is_empty() || after.starts_with(['，', '。', '；', '、', '（', '(', ',', ';']);
                (stands_alone && words.ends_with(['数', '为', '共', '计'])).then_some((Measure::Count, false))
            }
            None => None,
        }
    }

    fn is_prior(&self, words: &str, after: &str) -> bool {
        if self.setting.carried_over {
            return false;
        }
        let of_last_year = |words: &str| {
            ["上年", "去年", "上一年"].iter().any(|word| {
                words.contains(word)
                    && words.find(word).is_some_and(|at| {
                        let front = words.get(..at).unwrap_or("");
                        !front.ends_with(['比', '较', '与'])
                            && !words.get(at..).is_some_and(|rest| rest.starts_with("上年结转结余"))
                    })
            })
        };
        of_last_year(words) || after.starts_with("的上年结转") || self.inherits_prior()
    }

    /// Inside 上年有…4.70万元（其中：…） everything is of last year.
    fn inherits_prior(&self) -> bool {
        !self.brackets.is_empty()
            && self.facts.last().is_some_and(|fact| {
                fact.measure == Measure::PriorAmount && fact.subject.starts_with(&self.subjects.whole)
            })
    }

    fn continued_prior(&self, words: &str) -> bool {
        self.conjunct
            .is_some_and(|before| before.prior && before.end == self.clause && words.starts_with(['和', '、', '及']))
    }

    /// Makes the noun behind a figure what it is about: 下设2个科室, 增加4个项目.
    fn name_by_noun(&mut self, words: &str, noun: &str, changes: bool) {
        let verb = ["下属", "新增", "增加", "减少"].iter().find(|verb| words.ends_with(**verb)).copied().unwrap_or("");
        // What is new belongs to the subject spoken of.
        let whole = if changes { &self.subjects.current } else { &self.subjects.whole };
        let mut current = whole.clone();
        current.push(format!("{verb}{noun}"));
        if !changes {
            self.subjects.current = current;
            self.subject_facts = self.facts.len();
        } else {
            self.once = Some(current);
        }
    }

    /// Makes what the words in front of a figure name the current subject; without a name it stays what it was.
    fn name_by_words(&mut self, at: usize, class: Option<UnitClass>, measure: Measure) {
        let speaker = self.setting.speaker;
        let words = self.slice(self.clause, at);
        let joined = self.conjunct.is_some_and(|before| before.end == self.clause);
        let joint = if joined {
            JOINTS.iter().find(|joint| words.starts_with(**joint)).map_or(0, |joint| joint.len())
        } else {
            0
        };
        let mut named = match self.direction {
            Some((_, start, end)) => match name(self.slice(end, at), speaker) {
                "" => name(self.slice(self.clause + joint, start), speaker),
                between => between,
            },
            None => name(self.slice(self.clause + joint, at), speaker),
        };
        if named.is_empty() {
            if TOTALS.contains(&words.trim_start_matches(['，', '、'])) {
                self.once = Some(self.subjects.whole.clone());
                return;
            }
            named = self.name_before_bracket(at, words);
        }
        if named.is_empty() && matches!(measure, Measure::Amount | Measure::Count | Measure::Other) {
            named = self.name_of_sentence();
        }
        let (whole, part) = attribute(named, class);
        if whole.is_empty() && part.is_empty() {
            return;
        }
        let bought = self.subjects.whole.last().is_some_and(|last| last == PURCHASE);
        if class == Some(UnitClass::Count) && whole.len() > PURCHASE.len() && whole.starts_with(PURCHASE) && !bought {
            // 安排购置50万元以上大型设备0台，单位价值100万元以上大型设备0台: both are to be bought.
            self.subjects.whole.push(PURCHASE.to_owned());
        }
        let mut current = if whole.is_empty() {
            self.without_attribute()
        } else {
            self.subject_facts = self.facts.len();
            let mut current = self.subjects.whole.clone();
            let whole = if current.last().is_some_and(|last| last == PURCHASE) {
                whole.trim_start_matches(PURCHASE)
            } else {
                whole
            };
            if !current.last().is_some_and(|last| same(last, whole)) {
                current.push(whole.to_owned());
            }
            current
        };
        if !part.is_empty() {
            current.push(part.to_owned());
        }
        self.subjects.current = current;
    }

    /// The name in the first clause of a sentence whose first figure has none beside it: 维护公众号，预计使用经费20万元.
    fn name_of_sentence(&self) -> &'a str {
        let (start, facts) = self.sentence;
        if self.clause <= start || facts != self.facts.len() || self.reason.is_some() || !self.brackets.is_empty() {
            return "";
        }
        let sentence = self.slice(start, self.clause);
        let first = sentence.split(['，', ',', '：', ':']).next().unwrap_or("");
        let named = name(first, self.setting.speaker);
        if named.chars().count() <= LONGEST_NAME { named } else { "" }
    }

    /// The name in front of a bracket that holds a bare figure: 大型场馆（300人及以上）.
    fn name_before_bracket(&self, at: usize, words: &str) -> &'a str {
        match self.brackets.last() {
            Some(bracket) if words.is_empty() && bracket.figures == self.facts.len() => {
                let before = self.slice(bracket.clause, at);
                let before = before.strip_suffix(['（', '(', '［', '【']).unwrap_or(before);
                name(before, self.setting.speaker)
            }
            _ => "",
        }
    }

    /// The current subject without the attribute (价值) that was spoken of last.
    fn without_attribute(&self) -> Vec<String> {
        let mut current = self.subjects.current.clone();
        if current.last().is_some_and(|last| ATTRIBUTES.contains(&last.as_str())) {
            current.pop();
        }
        current
    }
}

/// Words that make an amount of money a price or rate.
const PRICES: &[&str] = &["标准", "人均", "单价", "各补助"];

/// Whether words speak of a price or rate: 补助标准, 每家. An amount of every year or month is none.
fn is_of_price(words: &str) -> bool {
    let of_each = |at: usize| {
        let each = words.get(at + '每'.len_utf8()..).unwrap_or("");
        !each.starts_with(['年', '月', '天', '日', '学', '小']) && PER.iter().any(|per| each.starts_with(per))
    };
    words.char_indices().any(|(at, character)| match character {
        '每' => of_each(at),
        '标' | '人' | '单' | '各' => {
            words.get(at..).is_some_and(|words| PRICES.iter().any(|price| words.starts_with(price)))
        }
        _ => false,
    })
}

/// Words before the sum of everything that was named.
const TOTALS: &[&str] = &["共计", "合计", "总计", "共", "合计为", "共计为"];

/// What is to be bought this year (安排购置).
const PURCHASE: &str = "安排购置";

/// Longest clause that is taken for a name, in characters.
const LONGEST_NAME: usize = 30;

/// Deepest nesting of wholes and parts.
const DEEPEST: usize = 12;

/// Most figures that one reason explains: amount, share, change, change in percent and the like.
const MOST_EXPLAINED: usize = 8;

/// What joins a figure to the one before it.
const JOINTS: &[&str] = &["和", "以及", "及", "与", "、"];

/// Attributes of a subject that have amounts of their own.
const ATTRIBUTES: &[&str] = &["价值", "涉及预算金额", "涉及金额", "涉及预算", "涉及"];

/// Splits `办公家具价值` into what it is about and the attribute.
fn attribute(named: &str, class: Option<UnitClass>) -> (&str, &str) {
    if class != Some(UnitClass::Money) {
        return (named, "");
    }
    let found = ATTRIBUTES.iter().find_map(|attribute| Some((named.strip_suffix(attribute)?, *attribute)));
    found.unwrap_or((named, ""))
}

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

/// The part a figure has in a formula such as 5人*10元/人=50元.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Formula {
    None,
    Factor,
    Result,
}

impl Formula {
    fn around(tokens: &[Spanned<'_>], index: usize) -> Self {
        let mark = |index: Option<usize>| match index.and_then(|index| tokens.get(index)).map(|token| &token.token) {
            Some(Token::Mark(mark)) => *mark,
            _ => ' ',
        };
        let before = mark(index.checked_sub(1));
        let behind = mark(Some(index + 1));
        let multiplies = |mark: char| matches!(mark, '*' | '×' | '＊' | '+' | '＋' | '÷');
        if multiplies(before) || multiplies(behind) {
            Self::Factor
        } else if matches!(before, '=' | '＝') {
            Self::Result
        } else {
            Self::None
        }
    }
}

fn is_change(measure: Measure) -> bool {
    matches!(measure, Measure::YoyChange | Measure::YoyPercent)
}

/// What follows a bound: 大型设备 after the 50万元 of 50万元以上大型设备. `None` if the figure is no bound.
fn behind_bound(after: &str) -> Option<&str> {
    const BOUNDS: &[&str] = &["（含）以上", "（含）以下", "及以上", "及以下", "以上", "以下", "以内"];
    BOUNDS.iter().find_map(|bound| after.strip_prefix(bound))
}

/// The same number with a negative sign, zero included: 减少0.00 is -0.00.
fn negative(mut value: Decimal) -> Decimal {
    value.set_sign_negative(true);
    value
}

#[cfg(test)]
mod tests;
