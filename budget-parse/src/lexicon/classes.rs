//! The names of classes (政府收支分类科目).

use std::collections::{BTreeMap, HashMap};

use budget_model::{Code, CodeLevel, Side};
use serde::Deserialize;

use super::column::NameOf;
use super::normal::{behind_ordinal, plain};
use crate::text::fold;

/// Codes and names of the classifications.
#[derive(Debug, Default)]
pub(super) struct Classes {
    /// The names of a code, the one in use first; folded.
    names: BTreeMap<Code, Vec<String>>,
    /// The codes of a name without punctuation, in the order of the codes.
    codes: HashMap<String, Vec<Code>>,
    /// The official names of the classes of functions (类), folded.
    functions: Vec<(u32, String)>,
    /// The official names of the groups (款) of 301 to 303, which every unit has, folded.
    groups: Vec<(u32, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    function: BTreeMap<String, Names>,
    economic: BTreeMap<String, Names>,
    government: BTreeMap<String, Names>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Classes {
    pub(super) fn load(toml: &str) -> Result<Self, String> {
        let file: File = toml::from_str(toml).map_err(|error| error.to_string())?;
        let mut classes = Self::default();
        for (first, entries) in [('2', file.function), ('3', file.economic), ('5', file.government)] {
            for (digits, names) in entries {
                let code: Code = digits.parse().map_err(|_| format!("{digits} is no code"))?;
                if !digits.starts_with(first) {
                    return Err(format!("{digits} is of another classification"));
                }
                let names = match names {
                    Names::One(name) => vec![name],
                    Names::Many(names) => names,
                };
                for name in &names {
                    let codes = classes.codes.entry(bare(name)).or_default();
                    if codes.contains(&code) {
                        return Err(format!("{digits} has the name {name} twice"));
                    }
                    codes.push(code);
                }
                classes.list_official(code, &names);
                classes.names.insert(code, names);
            }
        }
        Ok(classes)
    }

    fn list_official(&mut self, code: Code, names: &[String]) {
        let number = code.number();
        let list = match (code.level(), number) {
            (CodeLevel::Class, 200..=299) => &mut self.functions,
            (_, 30101..=30399) => &mut self.groups,
            _ => return,
        };
        // 教育 is a short form of 教育支出.
        let is_short = |name: &String| names.contains(&format!("{name}支出"));
        list.extend(names.iter().filter(|name| !is_short(name)).map(|name| (number, fold(name))));
    }

    /// The official names of the classes of functions (类), folded, a renamed class several times.
    pub(super) fn functions(&self) -> &[(u32, String)] {
        &self.functions
    }

    /// The official names of the economic groups (款) that every unit has, folded.
    pub(super) fn groups(&self) -> &[(u32, String)] {
        &self.groups
    }

    /// The names of a code, the one in use first.
    pub(super) fn names(&self, code: Code) -> &[String] {
        self.names.get(&code).map_or(&[], Vec::as_slice)
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
