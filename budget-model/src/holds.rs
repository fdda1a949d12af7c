//! Whether a document holds tables, words or both.

use serde::{Deserialize, Serialize};

use crate::Disclosure;
use crate::words::words;

/// What a document holds: some entities publish the tables (报表) and the explanatory text (文字说明) as two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// 报表: tables without a text that states amounts
    Tables,
    /// 文字说明: no table at all
    Words,
    /// Tables, and a text that states amounts
    Both,
}

words! {
    /// The word used in CSV and JSON.
    Holds {
        Tables = "tables",
        Words = "words",
        Both = "both",
    }
}

impl Disclosure {
    /// Whether it holds tables, words or both. Headings and notes stand among tables, too: words are those that state amounts. A
    /// document with neither is taken for words.
    #[must_use]
    pub fn holds(&self) -> Holds {
        let has_tables = !self.tables.is_empty() || !self.performance.is_empty();
        match (has_tables, self.facts.is_empty()) {
            (true, true) => Holds::Tables,
            (false, _) => Holds::Words,
            (true, false) => Holds::Both,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fact, Label, Measure, PerformanceKind, PerformanceTable, Place, Table, TableKind};

    const PLACE: Place = Place::Text { page: 1, line: 1, column: 1 };

    fn fact() -> Fact {
        Fact {
            section: "3.一".to_owned(),
            subject: vec!["收入".to_owned()],
            measure: Measure::Amount,
            value: 17.into(),
            unit: None,
            quote: "收入17万元".to_owned(),
            reason: None,
            place: PLACE,
            coordinates: None,
        }
    }

    #[test]
    fn a_document_holds_tables_or_words_or_both() {
        let title = Label::new("收支总表", PLACE);
        let tables =
            Disclosure { tables: vec![Table::new(TableKind::Overview, title.clone())], ..Disclosure::default() };
        assert_eq!(tables.holds(), Holds::Tables);
        assert_eq!(Disclosure { facts: vec![fact()], ..tables }.holds(), Holds::Both);
        assert_eq!(Disclosure { facts: vec![fact()], ..Disclosure::default() }.holds(), Holds::Words);
        assert_eq!(Disclosure::default().holds(), Holds::Words);
        let targets = PerformanceTable::new(PerformanceKind::Project, title);
        let targets = Disclosure { performance: vec![targets], ..Disclosure::default() };
        assert_eq!(targets.holds(), Holds::Tables);
    }
}
