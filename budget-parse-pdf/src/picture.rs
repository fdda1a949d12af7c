//! A picture of a page with what was found drawn over it: what one looks at when a figure is not where it should be.

use std::fmt::Write as _;

use budget_document::text::is_space;
use budget_document::{Block, Limits, ReadError, ReadErrorKind};
use budget_model::Place;
use hayro_interpret::InterpreterSettings;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};

use crate::layout::blocks;
use crate::session::{ReadPage, Session, open};
use crate::stop::guarded;

/// What a box in a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outline {
    /// A figure that is certain.
    Certain,
    /// A figure of which something is in doubt.
    Doubtful,
}

impl Outline {
    const fn style(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Doubtful => "doubtful",
        }
    }
}

/// How the boxes look. They let the page shine through.
const STYLE: &str = "<style>\
    .budget rect{fill:none;stroke-width:.6}\
    .budget .line{stroke:#1f6feb;fill:#1f6feb;fill-opacity:.08}\
    .budget .cell{stroke:#2da44e}\
    .budget .text{stroke:none;fill:#2da44e;fill-opacity:.12}\
    .budget .certain{stroke:none;fill:#2da44e;fill-opacity:.3}\
    .budget .doubtful{stroke:#d1242f;fill:#d1242f;fill-opacity:.3}\
    .budget .hidden{stroke:#d1242f;stroke-dasharray:2 1}\
    </style>";

/// Draws a page of a PDF as SVG: lines of text are blue, the cells of tables green, with the text in them, and text that nobody
/// sees is in a dashed box. Over them come the boxes of the caller, which are ignored if they stand on other pages: figures.
///
/// # Errors
///
/// Those of [`PdfReader`](crate::PdfReader); [`Malformed`](ReadErrorKind::Malformed) also if the page (from 1) is not there or
/// cannot be drawn.
pub fn picture(
    content: &[u8],
    page: u32,
    boxes: impl IntoIterator<Item = (Place, Outline)>,
    limits: &Limits,
) -> Result<String, ReadError> {
    let pdf = open(content, limits)?;
    let broken = |what: String| ReadError::new(ReadErrorKind::Malformed(what)).at(format!("page {page}"));
    let count = pdf.pages().len();
    let index = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
    let Some(source) = index.and_then(|index| pdf.pages().get(index)) else {
        return Err(broken(format!("there is no such page, it has {count}")));
    };
    let not_drawn = |_| broken("it cannot be drawn".to_owned());
    // What a page holds is held against the limits when it is read; what has passed is drawn as a picture.
    let ReadPage { drawn, sheet, pieces: found } =
        Session::new(content, limits).page(page, source).map_err(not_drawn)?;
    let settings = SvgRenderSettings { bg_color: [255; 4] };
    let svg = guarded(|| convert(source, &RenderCache::new(), &InterpreterSettings::default(), &settings));
    let svg = svg.map_err(not_drawn)?;
    let mut over = format!("{STYLE}<g class=\"budget\">");
    // Hidden blanks hide nothing.
    for glyph in drawn.glyphs.iter().filter(|glyph| glyph.hidden.is_some() && !is_space(glyph.character)) {
        rect(&mut over, sheet.place(&glyph.area), "hidden");
    }
    for area in found.iter().flat_map(|piece| piece.cells()) {
        rect(&mut over, sheet.place(area), "cell");
    }
    for block in blocks(found, &sheet, &mut 0) {
        match &block {
            Block::Line(line) => rect(&mut over, line.place(0), "line"),
            Block::Grid(grid) => {
                grid.cells()
                    .iter()
                    .filter(|cell| !cell.value.is_blank())
                    .for_each(|cell| rect(&mut over, cell.place, "text"));
            }
        }
    }
    for (place, outline) in boxes.into_iter().filter(|(place, _)| place.page() == Some(page)) {
        rect(&mut over, place, outline.style());
    }
    over.push_str("</g>");
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    let (before, behind) = svg.split_at(end);
    Ok(format!("{before}{over}{behind}"))
}

/// Draws a box; places that are no boxes of a page have none.
fn rect(svg: &mut String, place: Place, class: &str) {
    let Place::Page { top, left, bottom, right, .. } = place else { return };
    let tenths = |number: u16| format!("{}.{}", number / 10, number % 10);
    let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        tenths(left),
        tenths(top),
        tenths(width),
        tenths(height)
    );
}
