//! What a source has that nobody sees, and what of it could not be read.

use serde::{Deserialize, Serialize};

use crate::Place;
use crate::words::words;

/// Text that is in a file and cannot be seen where it stands. It is never part of a table or a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HiddenText {
    /// One line of it.
    pub text: String,
    /// Why nobody sees it.
    pub reason: HiddenReason,
    /// Where it would stand.
    pub place: Place,
}

/// Why nobody sees a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HiddenReason {
    /// It lies outside of the box that is drawn. A cell merged over a page break is drawn in full on both pages and cut on one.
    Clipped,
    /// It lies beyond the edge of its page.
    OffPage,
    /// It is drawn without ink, as the text that a scanner recognised, marked as hidden, as in Word, or not shown on its web page.
    Invisible,
    /// It is white on white.
    White,
    /// Something was drawn over it.
    Covered,
    /// It is drawn twice in one place to look bold.
    Doubled,
}

words! {
    /// The word used in CSV and JSON.
    HiddenReason {
        Clipped = "clipped",
        OffPage = "off-page",
        Invisible = "invisible",
        White = "white",
        Covered = "covered",
        Doubled = "doubled",
    }
}

impl HiddenReason {
    /// Its Chinese name: 被截去.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Clipped => "被截去",
            Self::OffPage => "在页面之外",
            Self::Invisible => "无墨色",
            Self::White => "白色",
            Self::Covered => "被遮盖",
            Self::Doubled => "重复绘出",
        }
    }
}

/// A page that could not be read. What stands on it is unknown, not absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnreadPage {
    /// Page, from 1.
    pub page: u32,
    /// Why it could not be read.
    pub reason: UnreadReason,
}

/// Why a page could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UnreadReason {
    /// It is an image without text: a scan.
    Image,
    /// It is damaged.
    Damaged,
    /// It holds more than the limits allow.
    TooLarge,
}

words! {
    /// The word used in CSV and JSON.
    UnreadReason {
        Image = "image",
        Damaged = "damaged",
        TooLarge = "too-large",
    }
}

impl HiddenText {
    /// A line of text, why nobody sees it, and where it would stand.
    #[must_use]
    pub fn new(text: impl Into<String>, reason: HiddenReason, place: Place) -> Self {
        Self { text: text.into(), reason, place }
    }
}

impl UnreadPage {
    /// A page (from 1) and why it could not be read.
    #[must_use]
    pub const fn new(page: u32, reason: UnreadReason) -> Self {
        Self { page, reason }
    }
}
