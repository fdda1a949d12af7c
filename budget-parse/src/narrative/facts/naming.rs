//! What a figure is about: the subject that the words around it name.

use budget_model::Measure;

use super::super::names::{name, same, side};
use super::super::subjects::Subject;
use super::super::vocabulary::{ATTRIBUTES, Direction, TOTALS, UnitClass};
use super::{JOINTS, Walk};

impl<'a> Walk<'a, '_> {
    /// Makes the noun behind a figure what it is about: 下设2个科室, 增加4个项目.
    pub(super) fn name_by_noun(&mut self, words: &str, noun: &str, changes: bool) {
        let verb = ["下属", "新增", "增加", "减少"].iter().find(|verb| words.ends_with(**verb)).copied().unwrap_or("");
        // What is new belongs to the subject spoken of.
        let whole = if changes { self.subjects.current } else { self.subjects.whole };
        let current = self.names.part(whole, [verb, noun].concat());
        if !changes {
            self.subjects.current = current;
            self.subject_facts = self.facts.len();
        } else {
            self.once = Some(current);
        }
    }

    /// Makes what the words in front of a figure name the current subject; without a name it stays what it was.
    pub(super) fn name_by_words(&mut self, at: usize, class: Option<UnitClass>, measure: Measure) {
        let speaker = self.setting.speaker;
        let words = self.slice(self.clause, at);
        let joined = self.conjunct.is_some_and(|before| before.end == self.clause);
        let joint = if joined {
            JOINTS.entries().iter().find(|joint| words.starts_with(**joint)).map_or(0, |joint| joint.len())
        } else {
            0
        };
        let mut named = match self.direction {
            Some((Direction::Either, start, _)) => name(self.slice(self.clause + joint, start), speaker),
            Some((_, start, end)) => match name(self.slice(end, at), speaker) {
                "" => name(self.slice(self.clause + joint, start), speaker),
                between => between,
            },
            None => name(self.slice(self.clause + joint, at), speaker),
        };
        if self.name_by_phase(named, class) {
            return;
        }
        if named.is_empty() {
            if TOTALS.contains(words.trim_start_matches(['，', '、'])) {
                self.once = Some(self.subjects.whole);
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
        // 部门预算安排购置车辆2辆
        let budget = ["部门预算", "单位预算"].iter().find_map(|budget| whole.strip_prefix(budget));
        let purchase = budget.filter(|rest| class == Some(UnitClass::Count) && rest.starts_with(PURCHASE));
        let whole = purchase.unwrap_or(whole);
        let bought = self.names.last(self.subjects.whole) == PURCHASE;
        if class == Some(UnitClass::Count) && whole.len() > PURCHASE.len() && whole.starts_with(PURCHASE) && !bought {
            // 安排购置50万元以上大型设备0台，单位价值100万元以上大型设备0台: both are to be bought.
            self.subjects.whole = self.names.part(self.subjects.whole, PURCHASE);
        }
        let mut current = if whole.is_empty() {
            self.without_attribute()
        } else {
            self.subject_facts = self.facts.len();
            let above = self.subjects.whole;
            // Expenditure is no part of revenue: （一）收入总计…包括：… （二）支出总计
            let is_other_side =
                side(whole).is_some_and(|own| self.names.path(above).iter().any(|name| side(name) == Some(!own)));
            let above = if is_other_side { Subject::NONE } else { above };
            let last = self.names.last(above);
            let whole = if last == PURCHASE { whole.trim_start_matches(PURCHASE) } else { whole };
            if same(last, whole) { above } else { self.names.part(above, whole) }
        };
        if !part.is_empty() {
            current = self.names.part(current, part);
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
    pub(super) fn without_attribute(&self) -> Subject {
        let current = self.subjects.current;
        if ATTRIBUTES.contains(self.names.last(current)) { self.names.whole(current) } else { current }
    }
}

/// What is to be bought this year (安排购置).
const PURCHASE: &str = "安排购置";

/// Longest clause that is taken for a name, in characters.
const LONGEST_NAME: usize = 30;

/// Splits `办公家具价值` into what it is about and the attribute.
fn attribute(named: &str, class: Option<UnitClass>) -> (&str, &str) {
    if class != Some(UnitClass::Money) {
        return (named, "");
    }
    let found = ATTRIBUTES.entries().iter().find_map(|attribute| Some((named.strip_suffix(attribute)?, *attribute)));
    found.unwrap_or((named, ""))
}
