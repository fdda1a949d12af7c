//! Classes of functions and economic classes by the names that sentences give them.

use std::borrow::Cow;
use std::collections::HashMap;

use budget_classification::Dictionary;
use budget_model::{Classification, Code, CodeLevel, Coordinates, Disclosure, Source};

use super::{Resolver, Scope, folded};
use crate::lexicon::{Lexicon, NameOf};
use crate::narrative::vocabulary::Topic;

impl Resolver<'_> {
    /// Some money, for the class that a name names: 教育支出, 行政运行（2010301）.
    pub(super) fn of_class(&self, scope: Scope<'_>, at: Coordinates, name: &str) -> Option<Coordinates> {
        if at.three_public.is_some() {
            return None;
        }
        if let Some((name, code)) = coded(name) {
            let name = folded(name);
            let printed = |names: &ClassNames<'_>| names.get(&code).is_some_and(|known| known.contains(&name));
            let is_official = Lexicon::class_names(code).iter().any(|known| folded(known.text()) == name);
            return match code.number().to_string().as_bytes().first() {
                Some(b'2') if printed(&self.functions) || is_official => {
                    Some(Coordinates { function: Some(code), ..at })
                }
                Some(b'3') if printed(&self.economic) || is_official => {
                    Some(Coordinates { economic: Some(code), ..at })
                }
                Some(b'5') if printed(&self.economic) || is_official => {
                    Some(Coordinates { government_economic: Some(code), ..at })
                }
                _ => None,
            };
        }
        let Some(function) = self.class(name) else { return self.of_economic_group(at, name) };
        let function = Some(function);
        // The items of the list are what appropriations are spent on.
        let source = if scope.topic == Topic::Compilation { Source::Appropriation } else { at.source };
        Some(Coordinates { function, source, ..at })
    }

    /// Some money, for the group of economic classes that a name names and nothing else: 工资福利支出.
    fn of_economic_group(&self, at: Coordinates, name: &str) -> Option<Coordinates> {
        let name = folded(name.strip_suffix("预算").unwrap_or(name));
        let is_group = |code: &Code| code.level() == CodeLevel::Class;
        let codes = |of| Lexicon::class_codes(&name, of).into_iter().filter(is_group).collect::<Vec<_>>();
        let (own, of_government) = (codes(NameOf::Economic), codes(NameOf::GovernmentEconomic));
        match (own.as_slice(), of_government.as_slice()) {
            ([code], []) if at.function.is_none() => Some(Coordinates { economic: Some(*code), ..at }),
            ([], [code]) if at.function.is_none() => Some(Coordinates { government_economic: Some(*code), ..at }),
            // 对个人和家庭的补助 is a group of both classifications.
            _ => None,
        }
    }

    /// The code of a class: 教育支出, 公共安全（类）支出.
    fn class(&self, name: &str) -> Option<Code> {
        let named = ["（类）", "(类)"].iter().find_map(|level| Some((name.split_once(level)?, *level)));
        match named {
            Some(((front, "" | "支出"), _)) => self.short_class(front),
            Some(_) => None,
            // 其他支出 is as often the rest of a list as a class.
            None => {
                let official = || self.official(None, name).filter(|code| code.number() != OTHER);
                self.printed(None, name).unwrap_or_else(official)
            }
        }
    }

    /// The code of a class whose name may be short: 公共安全（类） is 公共安全支出.
    fn short_class(&self, name: &str) -> Option<Code> {
        self.below(None, name).or_else(|| self.below(None, &format!("{name}支出")))
    }

    /// The code of what a class (类), group (款) and item (项) name, and nothing below them. Without the class, group and item
    /// must be found below one class only.
    pub(super) fn named(&self, names: &[String]) -> Option<Code> {
        match names {
            [class, group, item] => {
                let group = self.below(Some(self.short_class(class)?), group)?;
                self.below(Some(group), item)
            }
            [group, item] => {
                let (group, item) = (folded(group), folded(item));
                let mut found = self.functions.iter().filter(|(code, names)| {
                    let above = code.parent().and_then(|above| self.functions.get(&above));
                    code.level() == CodeLevel::Item
                        && names.contains(&item)
                        && above.is_some_and(|names| names.contains(&group))
                });
                let (code, _) = found.next()?;
                found.next().is_none().then_some(*code)
            }
            _ => None,
        }
    }

    /// The code of this name directly below another one: that of the tables, or the official one where they do not print it.
    fn below(&self, above: Option<Code>, name: &str) -> Option<Code> {
        self.printed(above, name).unwrap_or_else(|| self.official(above, name))
    }

    /// The only function of this official name directly below another one, in the year of the document.
    fn official(&self, above: Option<Code>, name: &str) -> Option<Code> {
        let codes = Lexicon::class_codes(&folded(name), NameOf::Function);
        let mut below = codes.into_iter().filter(|code| code.parent() == above);
        let code = below.next().filter(|_| below.next().is_none())?;
        // 2089999 is 2089901 in the editions before 2021.
        let is_used = |year| Dictionary::official().class(code).is_some_and(|class| class.name_in(year).is_some());
        self.year.is_none_or(is_used).then_some(code)
    }

    /// What the tables print of this name directly below a code; inside it `None` where the name is ambiguous.
    pub(super) fn printed(&self, above: Option<Code>, name: &str) -> Option<Option<Code>> {
        self.codes.get(&(above, folded(name))).copied()
    }
}

/// The class 其他支出.
const OTHER: u32 = 229;

/// A name and the code printed behind it, or in front: 行政运行（2010301）, 2010301-行政运行, 2010301行政运行.
fn coded(name: &str) -> Option<(&str, Code)> {
    let behind = name.trim_start_matches(|digit: char| digit.is_ascii_digit());
    if let Some(code) = name.get(..name.len() - behind.len()).filter(|code| matches!(code.len(), 3 | 5 | 7)) {
        let behind = behind.trim_start_matches(['-', '－', '—', '–', ' ']);
        return Some((behind, code.parse().ok()?)).filter(|(behind, _)| !behind.is_empty());
    }
    let (front, code) = name.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    Some((front, code.parse().ok()?)).filter(|(front, _)| !front.is_empty())
}

/// Names of classes by code.
pub(super) type ClassNames<'a> = HashMap<Code, Vec<Cow<'a, str>>>;

/// The names of the function classes, and of the economic classes, that the tables print.
pub(super) fn named_by_tables(disclosure: &Disclosure) -> (ClassNames<'_>, ClassNames<'_>) {
    let (mut functions, mut economic) = (HashMap::new(), HashMap::new());
    for table in &disclosure.tables {
        let of = match table.classification {
            Classification::Function => &mut functions,
            Classification::Economic | Classification::GovernmentEconomic => &mut economic,
            _ => continue,
        };
        for row in &table.rows {
            let Some(code) = row.code else { continue };
            let name = folded(&row.label.text);
            let names: &mut Vec<_> = of.entry(code).or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    (functions, economic)
}
