//! Of which phase a figure of final accounts is: 年初预算为2万元，支出决算为3万元，完成年初预算的150%.

use super::super::subjects::Subject;
use super::super::vocabulary::{COMPLETED, PHASES, SOURCES, UnitClass};
use super::Walk;

impl<'a> Walk<'a, '_> {
    /// Makes a phase, if a name is nothing else, one of what is spoken of; whether it is one. What was planned and is done in part
    /// (完成预算12万元的100%) is spoken of for one figure.
    pub(super) fn name_by_phase(&mut self, named: &'a str, class: Option<UnitClass>) -> bool {
        if !self.setting.is_final {
            return false;
        }
        let completed = COMPLETED.entries().iter().find_map(|word| named.split_once(word));
        let (front, phase) = completed.unwrap_or(("", named));
        let phase = phase.trim_end_matches('的');
        if !PHASES.contains(phase) {
            return false;
        }
        // 财政拨款支出完成年初预算的108%
        if !front.is_empty() {
            self.subjects.current = self.names.part(self.subjects.whole, front);
            self.subject_facts = self.facts.len();
        }
        let Some(about) = self.without_phase() else { return false };
        match completed {
            Some(_) if class != Some(UnitClass::Money) => {}
            Some(_) => self.once = Some(self.names.part(about, phase)),
            None => {
                self.subjects.current = self.names.part(about, phase);
                self.subject_facts = self.facts.len();
            }
        }
        true
    }

    /// What is spoken of, whatever its phase: 公务接待费 of 公务接待费支出决算. `None` for what another sentence named, unless it said a
    /// phase: …年末结转和结余0万元。年初预算为2万元 is about something else.
    fn without_phase(&mut self) -> Option<Subject> {
        let spoken_of = Some(self.subjects.current).filter(|current| *current != Subject::NONE);
        let about = spoken_of.unwrap_or(self.subjects.whole);
        let (whole, last) = (self.names.whole(about), self.names.last(about));
        if about == Subject::NONE || PHASES.contains(last) {
            return Some(whole).filter(|whole| *whole != Subject::NONE);
        }
        // 政府性基金预算 is a source.
        let front = PHASES.strip_end_of(last).map(|(_, front)| front.to_owned()).filter(|_| !SOURCES.contains(last));
        match front {
            Some(front) => Some(self.names.part(whole, front)),
            // 年初结转和结余2万元，支出决算3万元: what is left over has no phase.
            None if last.ends_with("结余") || last.ends_with("结转") => None,
            None => (about == self.base || self.subject_facts >= self.sentence.1).then_some(about),
        }
    }
}
