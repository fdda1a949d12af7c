//! A whole disclosure.

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{
    Aspect, Attachment, Diagnostic, Fact, HiddenText, Label, Ledger, Organisation, Pages, PerformanceTable, Place,
    Project, Region, Section, SignOff, Table, TableKind, Term, Unit, UnreadPage,
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

impl Stage {
    /// Its Chinese name: 预算.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Budget => "预算",
            Self::Final => "决算",
        }
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
    /// 本级: a department without its units
    Own,
}

words! {
    /// The word used in CSV and JSON.
    Scope {
        Department = "department",
        Unit = "unit",
        Own = "own",
    }
}

impl Scope {
    /// Its Chinese name: 部门.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Department => "部门",
            Self::Unit => "单位",
            Self::Own => "本级",
        }
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
    /// Where the entity is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// The budget year.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Stage,
    /// Department or single unit.
    pub scope: Scope,
    /// The unit of the tables.
    pub unit: Unit,
    /// Id of the layout it was read with: `xinjiang-2025`; empty if no layout names its tables and they were read from their words.
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
    /// Text of the source that nobody sees where it stands; it is part of nothing else here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden_text: Vec<HiddenText>,
    /// Pages that could not be read. If there are any, what is not here may stand on them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread_pages: Vec<UnreadPage>,
    /// Files that the source leads to, in document order; what stands in them is not here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// How much of the source is in the model, and what is not.
    pub ledger: Ledger,
}

impl Disclosure {
    /// Whether every page of the source was read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.unread_pages.is_empty()
    }

    /// The first table of a kind; one that may be none, as a copy in a hidden sheet, only if there is no other.
    #[must_use]
    pub fn table(&self, kind: TableKind) -> Option<&Table> {
        let of_kind = || self.tables.iter().filter(|table| table.kind == kind);
        of_kind().find(|table| !table.doubts.has(Aspect::Table)).or_else(|| of_kind().next())
    }

    /// The page of a place.
    #[must_use]
    pub fn page(&self, place: Place) -> Option<u32> {
        self.pages().of(place)
    }

    /// The pages of its places, for who asks for many of them.
    #[must_use]
    pub fn pages(&self) -> Pages<'_> {
        Pages::new(&self.sheets)
    }
}
