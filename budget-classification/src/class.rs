//! A class and its names.

use budget_model::{Classification, Code};

/// A name of a class, and the years of the editions that use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub(crate) text: String,
    pub(crate) from: Option<u16>,
    pub(crate) until: Option<u16>,
}

impl Name {
    /// The name as the classification prints it: `文化旅游体育与传媒支出`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first year that uses it; `None` if that is before 2017 or not known.
    #[must_use]
    pub fn from(&self) -> Option<u16> {
        self.from
    }

    /// The last year that uses it; `None` if it is in use or its last year is not known.
    #[must_use]
    pub fn until(&self) -> Option<u16> {
        self.until
    }

    /// Whether the edition of a year uses it, as far as its years are known.
    #[must_use]
    pub fn is_used_in(&self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }
}

/// A class (类), group (款) or item (项) of a classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub(crate) code: Code,
    pub(crate) names: Vec<Name>,
}

impl Class {
    /// Its code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Which of the classifications it belongs to: that of functions, or one of the two economic ones.
    #[must_use]
    pub fn classification(&self) -> Classification {
        match self.code.class().number() {
            ..300 => Classification::Function,
            300..500 => Classification::Economic,
            500.. => Classification::GovernmentEconomic,
        }
    }

    /// Its names, at least one: the one in use first, then those of other editions and the short forms that documents print.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Its names in full, of all editions: 卫生健康支出 without the short form 卫生健康.
    pub fn full_names(&self) -> impl Iterator<Item = &Name> {
        let is_short = |name: &Name| self.names.iter().any(|long| long.text.strip_suffix("支出") == Some(&name.text));
        self.names.iter().filter(move |name| !is_short(name))
    }

    /// Its name in the edition of a year; `None` if it has none there, as it was given up before or added later.
    #[must_use]
    pub fn name_in(&self, year: u16) -> Option<&Name> {
        self.names.iter().find(|name| name.is_used_in(year))
    }

    /// The last year of a class that was given up; `None` if it is in use.
    #[must_use]
    pub fn until(&self) -> Option<u16> {
        let last = self.names.iter().map(|name| name.until).max();
        // A name without a last year is in use.
        last.filter(|_| self.names.iter().all(|name| name.until.is_some())).flatten()
    }
}
