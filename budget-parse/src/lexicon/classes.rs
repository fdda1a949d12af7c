//! The names of classes (政府收支分类科目).

use std::collections::{BTreeMap, HashMap};

use budget_classification::{Class, Dictionary};
use budget_model::{Classification, Code, CodeLevel, Side};

use super::column::NameOf;
use super::normal::{behind_ordinal, plain};
use crate::text::fold;

/// The dictionary of classes as the lexicon asks it: by names.
#[derive(Debug, Default)]
pub(super) struct Classes {
    /// The codes of a name without punctuation, in the order of the codes; of those given up only what no other one beside it
    /// is called.
    codes: HashMap<String, Vec<Code>>,
    /// The official names of the classes of functions (类), folded.
    functions: Vec<(u32, String)>,
    /// The official names of the groups (款) of 301 to 303, which every unit has, folded.
    groups: Vec<(u32, String)>,
}

impl Classes {
    pub(super) fn of(dictionary: &'static Dictionary) -> Self {
        let mut classes = Self::default();
        let mut named: BTreeMap<String, Vec<(&Class, bool)>> = BTreeMap::new();
        for class in dictionary.classes() {
            for name in class.names() {
                let of_name = named.entry(bare(name.text())).or_default();
                if of_name.iter().all(|(other, _)| other.code() != class.code()) {
                    of_name.push((class, name.until().is_none()));
                }
            }
            classes.list_official(class);
        }
        for (name, of_name) in named {
            // 2089901 was given up for 2089999 of the same name, 30311 住房公积金 for 30113.
            let has_successor = |class: &Class| {
                let is_beside = |other: &Class| {
                    let is_function = class.classification() == Classification::Function;
                    (other.classification(), other.code().level()) == (class.classification(), class.code().level())
                        && (!is_function || other.code().parent() == class.code().parent())
                };
                of_name.iter().any(|(other, is_used)| *is_used && is_beside(other))
            };
            let kept = of_name.iter().filter(|(class, is_used)| *is_used || !has_successor(class));
            classes.codes.insert(name, kept.map(|(class, _)| class.code()).collect());
        }
        classes
    }

    fn list_official(&mut self, class: &Class) {
        let number = class.code().number();
        let list = match (class.code().level(), number) {
            (CodeLevel::Class, 200..=299) => &mut self.functions,
            (_, 30101..=30399) => &mut self.groups,
            _ => return,
        };
        list.extend(class.full_names().map(|name| (number, fold(name.text()))));
    }

    /// The official names of the classes of functions (类), folded, a renamed class several times.
    pub(super) fn functions(&self) -> &[(u32, String)] {
        &self.functions
    }

    /// The official names of the economic groups (款) that every unit has, folded.
    pub(super) fn groups(&self) -> &[(u32, String)] {
        &self.groups
    }

    /// The codes that have a name, of one classification.
    pub(super) fn codes(&self, name: &str, of: NameOf) -> Vec<Code> {
        let digit = match of {
            NameOf::Function => '2',
            NameOf::Economic => '3',
            NameOf::GovernmentEconomic => '5',
            _ => return Vec::new(),
        };
        let folded = plain(name);
        let bare_name = bare(behind_ordinal(folded.strip_prefix("其中").unwrap_or(&folded)));
        let found = self.codes.get(&bare_name).or_else(|| {
            // 一一般公共服务支出, of 一、一般公共服务支出
            self.codes.get(super::normal::behind_bare_numeral(&bare_name)?)
        });
        let of_digit = |code: &&Code| code.to_string().starts_with(digit);
        found.into_iter().flatten().filter(of_digit).copied().collect()
    }

    /// The economic classes that have a name, of the department and of the government.
    pub(super) fn economic(&self, name: &str) -> Vec<Code> {
        let mut codes = self.codes(name, NameOf::Economic);
        codes.extend(self.codes(name, NameOf::GovernmentEconomic));
        codes
    }

    /// The class that a row is named after. In a column of labels only those of functions on the side of expenditure count:
    /// 一、一般公共服务支出.
    pub(super) fn row(&self, label: &str, side: Option<Side>, names: NameOf) -> Option<Code> {
        match names {
            NameOf::Function | NameOf::Economic | NameOf::GovernmentEconomic => {
                let codes = self.codes(label, names);
                // A name of several codes is told by the rows around it.
                highest(&codes)
            }
            NameOf::Label | NameOf::Any if side != Some(Side::Revenue) => {
                let codes = self.codes(label, NameOf::Function);
                highest(&codes).filter(|code| code.level() == CodeLevel::Class)
            }
            _ => None,
        }
    }
}

/// The only code, or the only one of the highest level.
pub(super) fn highest(codes: &[Code]) -> Option<Code> {
    let level = codes.iter().map(|code| code.level()).min()?;
    let mut of_level = codes.iter().filter(|code| code.level() == level);
    let first = of_level.next().copied()?;
    of_level.next().is_none().then_some(first)
}

/// A name without punctuation: two names that differ in it are the same.
fn bare(name: &str) -> String {
    plain(name).chars().filter(|character| character.is_alphanumeric()).collect()
}
