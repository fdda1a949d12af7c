//! What a report can show of the document as it was published.

use std::fmt;

use budget_model::Place;

/// A page as it is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageImage {
    /// Its number, from 1.
    pub page: u32,
    /// Its width in tenths of a point, as [places](Place::Page) are measured.
    pub width: u32,
    /// Its height in tenths of a point.
    pub height: u32,
    /// The drawing: an SVG element.
    pub svg: String,
}

/// Gives pages by their numbers; those that cannot be drawn are left out.
pub type DrawPages<'a> = dyn Fn(&[u32]) -> Vec<PageImage> + Sync + 'a;

/// Gives the line of a text at a place.
pub type ReadLine<'a> = dyn Fn(Place) -> Option<String> + Sync + 'a;

/// The document as it was published, as far as a report can show it.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub enum Original<'a> {
    /// It is not at hand; findings show the cells of the tables that were read.
    #[default]
    None,
    /// Its pages can be drawn.
    Pages(&'a DrawPages<'a>),
    /// It is text.
    Lines(&'a ReadLine<'a>),
}

impl fmt::Debug for Original<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Pages(_) => "Pages",
            Self::Lines(_) => "Lines",
        })
    }
}
