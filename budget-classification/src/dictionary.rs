//! All classes, by code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use budget_model::Code;
use serde::Deserialize;

use crate::class::{Class, Name};

/// The classes of the three classifications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    classes: BTreeMap<Code, Class>,
}

/// A file of classes that cannot be used: what is wrong in it, and at which code.
#[derive(Debug, thiserror::Error)]
#[error("the file of classes cannot be used: {0}")]
pub struct InvalidDictionary(String);

static OFFICIAL: LazyLock<Dictionary> =
    LazyLock::new(|| Dictionary::from_toml(include_str!("../data/classes.toml")).unwrap_or_default());

impl Dictionary {
    /// The dictionary that comes with this crate.
    #[must_use]
    pub fn official() -> &'static Self {
        &OFFICIAL
    }

    /// A dictionary from a file of the form of `data/classes.toml`, for editions of one's own.
    ///
    /// # Errors
    ///
    /// If the text is no TOML of that form, a code is none or stands in another classification than its own, a class has no
    /// name, a name twice or one whose last year is before its first, or the class above it is missing.
    pub fn from_toml(toml: &str) -> Result<Self, InvalidDictionary> {
        let file: File = toml::from_str(toml).map_err(|error| InvalidDictionary(error.to_string()))?;
        let mut classes = BTreeMap::new();
        for (first, entries) in [('2', file.function), ('3', file.economic), ('5', file.government)] {
            for (digits, names) in entries {
                let wrong = |what: &str| InvalidDictionary(format!("{digits} {what}"));
                let code: Code = digits.parse().map_err(|_| wrong("is no code"))?;
                if !digits.starts_with(first) {
                    return Err(wrong("is of another classification"));
                }
                let names: Vec<Name> = match names {
                    Names::One(name) => vec![name.into()],
                    Names::Many(names) => names.into_iter().map(Into::into).collect(),
                };
                let is_first = |(at, name): (usize, &Name)| names.iter().take(at).all(|other| other.text != name.text);
                if names.is_empty() || !names.iter().enumerate().all(is_first) {
                    return Err(wrong("has no name, or one twice"));
                }
                if names.iter().any(|name| name.until.is_some_and(|until| name.from.is_some_and(|from| until < from))) {
                    return Err(wrong("has a name that ends before it begins"));
                }
                classes.insert(code, Class { code, names });
            }
        }
        let orphan = classes.keys().find(|code| code.parent().is_some_and(|above| !classes.contains_key(&above)));
        match orphan {
            Some(code) => Err(InvalidDictionary(format!("the class above {code} is missing"))),
            None => Ok(Self { classes }),
        }
    }

    /// The class of a code; `None` if it is not listed.
    #[must_use]
    pub fn class(&self, code: Code) -> Option<&Class> {
        self.classes.get(&code)
    }

    /// Whether classes lie right below a code: 227 预备费 has no groups, and no item has parts.
    #[must_use]
    pub fn is_divided(&self, code: Code) -> bool {
        let below = |last: u32| Code::from_number(code.number().checked_mul(100)?.checked_add(last)?);
        let range = below(0).zip(below(99)).map(|(first, last)| first..=last);
        range.is_some_and(|range| self.classes.range(range).next().is_some())
    }

    /// All classes in the order of their codes, as numbers: first the classes, then the groups, then the items.
    pub fn classes(&self) -> impl Iterator<Item = &Class> {
        self.classes.values()
    }
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
    One(Entry),
    Many(Vec<Entry>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Text(String),
    OfYears(OfYears),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfYears {
    name: String,
    from: Option<u16>,
    until: Option<u16>,
}

impl From<Entry> for Name {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Text(text) => Self { text, from: None, until: None },
            Entry::OfYears(OfYears { name, from, until }) => Self { text: name, from, until },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(number: u32) -> Code {
        Code::from_number(number).unwrap()
    }

    #[test]
    fn the_official_file_is_read() {
        let read = Dictionary::from_toml(include_str!("../data/classes.toml"));
        let read = read.unwrap_or_else(|error| panic!("{error}"));
        assert!(read.classes().count() > 1_600);
        assert_eq!(&read, Dictionary::official());
    }

    #[test]
    fn a_class_has_the_name_of_its_year() {
        let name = |number, year| Some(Dictionary::official().class(code(number))?.name_in(year)?.text());
        assert_eq!(name(210, 2018), Some("医疗卫生与计划生育支出"));
        assert_eq!(name(210, 2019), Some("卫生健康支出"));
        assert_eq!(name(224, 2018), None);
        assert_eq!(name(224, 2019), Some("灾害防治及应急管理支出"));
        assert_eq!(name(30_311, 2017), Some("住房公积金"));
        assert_eq!(name(30_311, 2018), Some("代缴社会保险费"));
        assert_eq!(name(2_089_901, 2021), None);
        assert_eq!(name(2_089_999, 2021), Some("其他社会保障和就业支出"));
        let is_divided = |number| Dictionary::official().is_divided(code(number));
        assert!(is_divided(210) && is_divided(21_011) && !is_divided(2_101_101) && !is_divided(227));
        let full = |number| Dictionary::official().class(code(number)).map(|class| class.full_names().count());
        assert_eq!(full(210), Some(2));
        let until = |number| Dictionary::official().class(code(number)).and_then(Class::until);
        assert_eq!((until(2_089_901), until(2_089_999), until(210)), (Some(2020), None, None));
    }

    #[test]
    fn every_year_of_a_class_has_one_name_that_is_said_to_be_of_years() {
        // A name without years may be a short form, as may one that another begins with.
        for class in Dictionary::official().classes() {
            let is_of_years = |name: &&Name| name.from.is_some() || name.until.is_some();
            for year in 2017..2030 {
                let used: Vec<_> =
                    class.names().iter().filter(is_of_years).filter(|name| name.is_used_in(year)).collect();
                let is_one = used.iter().all(|name| used[0].text.starts_with(&name.text));
                assert!(is_one, "{} in {year}: {used:?}", class.code());
            }
        }
    }

    #[test]
    fn a_file_that_contradicts_itself_is_refused() {
        let refused = |function: &str| {
            let toml = format!("[function]\n{function}\n[economic]\n[government]\n");
            Dictionary::from_toml(&toml).expect_err(function).to_string()
        };
        assert!(refused("20 = 'x'").contains("20 is no code"));
        assert!(refused("301 = 'x'").contains("301 is of another classification"));
        assert!(refused("201 = []").contains("201 has no name"));
        assert!(refused("201 = ['x', 'x']").contains("201 has no name, or one twice"));
        assert!(refused("201 = { name = 'x', from = 2020, until = 2019 }").contains("ends before it begins"));
        assert!(refused("20101 = 'x'").contains("the class above 20101 is missing"));
        assert!(refused("201 = { name = 'x', since = 2020 }").contains("cannot be used"));
    }
}
