//! A whole disclosure.

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{
    Aspect, Diagnostic, Fact, Label, Ledger, Organisation, PerformanceTable, Place, Project, Section, SignOff, Table,
    TableKind, Term, Unit,
};

/// Budget (预算) or final accounts (决算).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 预算
    #[default]
    Budget,
    /// 决算
    Final,
}

words! {
    /// The word used in CSV and JSON.
    Stage {
        Budget = "budget",
        Final = "final",
    }
}

/// Whether a whole department with its units discloses, or a single unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 部门
    #[default]
    Department,
    /// 单位
    Unit,
}

words! {
    /// The word used in CSV and JSON.
    Scope {
        Department = "department",
        Unit = "unit",
    }
}

/// What the form of a document prescribes, whether or not the document has it. Nothing, if the form is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Required {
    /// The tables, empty ones too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<RequiredTable>,
    /// The headings of the text, as the form words them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
}

impl Required {
    /// Whether nothing is prescribed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.sections.is_empty()
    }
}

/// A table that a form prescribes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequiredTable {
    /// What it is about.
    pub kind: TableKind,
    /// Its title in the form, without 部门 or 单位 in front.
    pub title: String,
}

/// Everything that was recovered from one disclosure document (部门预算公开).
///
/// A disclosure is plain data: no I/O, nothing of a parser or an exporter. It can be built by hand, and it is what a
/// format crate, a rule and an exporter share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Disclosure {
    /// The name of the entity.
    pub entity: Option<Label>,
    /// The budget year.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Stage,
    /// Department or single unit.
    pub scope: Scope,
    /// The unit of the tables.
    pub unit: Unit,
    /// Id of the layout it was read with: `xinjiang-2025`.
    pub layout: String,
    /// What this form prescribes.
    #[serde(skip_serializing_if = "Required::is_empty")]
    pub required: Required,
    /// Names of the sheets that places refer to; empty for a text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// The budget tables, in document order.
    pub tables: Vec<Table>,
    /// The prose, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Functions, subordinate units, divisions.
    pub organisation: Organisation,
    /// Figures stated in the prose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// The projects described in the prose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<Project>,
    /// Performance target tables, in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub performance: Vec<PerformanceTable>,
    /// 名词解释
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub glossary: Vec<Term>,
    /// 落款
    pub sign_off: Option<SignOff>,
    /// What is wrong or unusual in the data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// How much of the source is in the model, and what is not.
    pub ledger: Ledger,
}

impl Disclosure {
    /// The first table of a kind; one that may be none, as a copy in a hidden sheet, only if there is no other.
    #[must_use]
    pub fn table(&self, kind: TableKind) -> Option<&Table> {
        let of_kind = || self.tables.iter().filter(|table| table.kind == kind);
        of_kind().find(|table| !table.doubts.has(Aspect::Table)).or_else(|| of_kind().next())
    }

    /// The page of a place. A sheet counts as one page, at its position in the workbook; where every sheet is named as a
    /// page (`p7`, `Page 7`, `第7页`), as converters of PDF name them, at the number in its name.
    #[must_use]
    pub fn page(&self, place: Place) -> Option<u32> {
        let Place::Cell { sheet, .. } = place else { return place.page() };
        let position = u32::from(sheet) + 1;
        let number = self.sheets.get(usize::from(sheet)).and_then(|name| page_number(name));
        match number {
            Some(number) if self.sheets.iter().all(|name| page_number(name).is_some()) => Some(number),
            _ => Some(position),
        }
    }
}

/// The number in the name of a sheet that is one page of a document: `p7`, `Page 7`, `第7页`.
fn page_number(name: &str) -> Option<u32> {
    let name = name.trim();
    let lower = name.to_ascii_lowercase();
    let number = match name.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')) {
        Some(number) => number,
        None => lower.strip_prefix("page").or_else(|| lower.strip_prefix('p'))?,
    };
    let number = number.trim_matches([' ', '_', '-', '.']);
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok()).flatten().filter(|page| *page > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_that_are_all_named_as_pages_are_these_pages() {
        let page = |sheets: &[&str], sheet| {
            let sheets = sheets.iter().map(|name| (*name).to_owned()).collect();
            Disclosure { sheets, ..Disclosure::default() }.page(Place::Cell { sheet, row: 1, column: 1 })
        };
        assert_eq!(page(&["p5", "p7"], 1), Some(7));
        assert_eq!(page(&["Page 3", "第12页", "Page_4"], 1), Some(12));
        assert_eq!(page(&["p5", "收入总表"], 0), Some(1));
        assert_eq!(page(&["p5", "p"], 0), Some(1));
        assert_eq!(page(&["部门", "单位"], 1), Some(2));
        assert_eq!(page(&[], 3), Some(4));
        assert_eq!(Disclosure::default().page(Place::Text { page: 9, line: 1, column: 1 }), Some(9));
    }
}
