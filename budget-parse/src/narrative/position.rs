//! Where in the document the reader is: the headings that it is below.

use super::ordinal::OrdinalStyle;
use super::vocabulary::{Topic, TopicEntry};

/// How far inside a heading stands, the greatest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// 第三部分, or a heading without an ordinal in a document that has no parts
    Part,
    /// 一、
    Section,
    /// （一）
    Subsection,
    /// 1.
    Item,
    /// （1）
    Subitem,
}

impl From<OrdinalStyle> for Rank {
    fn from(style: OrdinalStyle) -> Self {
        match style {
            OrdinalStyle::Section => Self::Section,
            OrdinalStyle::Subsection => Self::Subsection,
            OrdinalStyle::Item => Self::Item,
            OrdinalStyle::Subitem => Self::Subitem,
        }
    }
}

/// A heading that what follows stands below.
#[derive(Clone, Debug)]
pub(super) struct Above {
    pub(super) rank: Rank,
    /// Path of its section.
    pub(super) path: String,
    pub(super) topic: Option<Topic>,
    /// What the topic fixes.
    pub(super) entry: Option<&'static TopicEntry>,
    /// The class of functions that it names: 一般公共服务支出（类）.
    pub(super) class: Option<String>,
    /// The unit whose part of the text it heads.
    pub(super) unit: Option<String>,
    /// Whether it stands in front of its paragraph and not in a line of its own.
    pub(super) runs_in: bool,
}

/// The headings above, outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Position {
    above: Vec<Above>,
    /// Whether it is in the part that holds the tables; prose inside it belongs to tables that were not recognised.
    pub(super) is_in_tables: bool,
    /// Whether it is in the part about the entity itself.
    pub(super) is_in_organisation: bool,
}

impl Position {
    fn last(&self) -> Option<&Above> {
        self.above.last()
    }

    /// Whether no heading came yet.
    pub(super) fn is_before_all(&self) -> bool {
        self.above.is_empty()
    }

    /// Path of the section.
    pub(super) fn path(&self) -> &str {
        self.last().map_or("", |above| &above.path)
    }

    pub(super) fn topic(&self) -> Option<Topic> {
        self.last()?.topic
    }

    pub(super) fn entry(&self) -> Option<&'static TopicEntry> {
        self.last()?.entry
    }

    /// The class of functions that the figures are of, if a heading says so.
    pub(super) fn class(&self) -> Option<&str> {
        self.above.iter().rev().find_map(|above| above.class.as_deref())
    }

    /// The unit that the text is about, where it is not that of the document.
    pub(super) fn unit(&self) -> Option<&str> {
        self.above.iter().rev().find_map(|above| above.unit.as_deref())
    }

    /// Whether the section has a heading of a rank in front of its first paragraph, as those beside it then have.
    pub(super) fn runs_in(&self, rank: Rank) -> bool {
        self.last().is_some_and(|above| above.runs_in && above.rank == rank)
    }

    /// The rank of the heading of the section.
    pub(super) fn rank(&self) -> Option<Rank> {
        self.last().map(|above| above.rank)
    }

    /// The heading that one of a rank would stand below.
    pub(super) fn parent(&self, rank: Rank) -> Option<&Above> {
        self.above.iter().rev().find(|above| above.rank < rank)
    }

    /// The path of an element below the heading that one of a rank would stand below.
    pub(super) fn path_of(&self, rank: Rank, element: &str) -> String {
        match self.parent(rank) {
            Some(parent) => format!("{}.{element}", parent.path),
            None => element.to_owned(),
        }
    }

    /// Says of the last heading that it stands in front of its paragraph.
    pub(super) fn mark_run_in(&mut self) {
        if let Some(above) = self.above.last_mut() {
            above.runs_in = true;
        }
    }

    /// Goes below a heading.
    pub(super) fn enter(&mut self, heading: Above) {
        self.above.retain(|above| above.rank < heading.rank);
        self.above.push(heading);
    }
}
