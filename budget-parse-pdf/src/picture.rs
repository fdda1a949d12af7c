//! A picture of a page with what was found drawn over it: what one looks at when a figure is not where it should be.

use std::fmt::Write as _;

use budget_document::text::is_space;
use budget_document::{Block, Limits, ReadError, ReadErrorKind};
use budget_model::Place;
use hayro_interpret::InterpreterSettings;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use crate::layout::blocks;
use crate::session::{ReadPage, Session, open};
use crate::stop::{Ended, guarded};

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
    let Some(source) = numbered(&pdf, page) else {
        return Err(broken(format!("there is no such page, it has {}", pdf.pages().len())));
    };
    let not_drawn = |_| broken("it cannot be drawn".to_owned());
    let (read, svg) = draw(&mut Session::new(content, limits), page, source, &RenderCache::new()).map_err(not_drawn)?;
    let ReadPage { drawn, sheet, pieces: found } = read;
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

/// A page of a PDF as it is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PagePicture {
    /// Its number, from 1.
    pub page: u32,
    /// Its width in tenths of a point, as [places](Place::Page) are measured.
    pub width: u32,
    /// Its height in tenths of a point.
    pub height: u32,
    /// The drawing, measured in points: an SVG element of its own.
    pub svg: String,
}

/// Draws pages of a PDF as SVG, each as it is seen and nothing more, in the order in which they are asked for. A page that is not
/// there or cannot be drawn is left out.
///
/// ```
/// use budget_document::Limits;
/// use budget_parse_pdf::page_pictures;
///
/// assert!(page_pictures(b"no PDF", [1, 2], &Limits::default()).is_err());
/// ```
///
/// # Errors
///
/// Those of [`PdfReader`](crate::PdfReader) for the file as a whole.
pub fn page_pictures(
    content: &[u8],
    pages: impl IntoIterator<Item = u32>,
    limits: &Limits,
) -> Result<Vec<PagePicture>, ReadError> {
    let pdf = open(content, limits)?;
    let mut session = Session::new(content, limits);
    let mut cache = RenderCache::new();
    let mut pictures = Vec::new();
    for page in pages {
        let Some(source) = numbered(&pdf, page) else { continue };
        match draw(&mut session, page, source, &cache) {
            Ok((ReadPage { sheet, .. }, svg)) => {
                let (width, height) = sheet.turn.back().size(sheet.size);
                let tenths = |hundredths: i32| u32::try_from(hundredths).unwrap_or(0) / 10;
                pictures.push(PagePicture { page, width: tenths(width), height: tenths(height), svg });
            }
            // What the page touched when it ended is not used again.
            Err(_) => cache = RenderCache::new(),
        }
    }
    Ok(pictures)
}

/// A page by its number from 1.
fn numbered(pdf: &Pdf, page: u32) -> Option<&Page<'_>> {
    let index = usize::try_from(page).ok()?.checked_sub(1)?;
    pdf.pages().get(index)
}

/// Reads a page and draws it. What a page holds is held against the limits when it is read; what has passed is drawn.
fn draw<'a>(
    session: &mut Session<'a>,
    page: u32,
    source: &'a Page<'a>,
    cache: &RenderCache<'a>,
) -> Result<(ReadPage, String), Ended> {
    let read = session.page(page, source)?;
    let settings = SvgRenderSettings { bg_color: [255; 4] };
    let svg = guarded(|| convert(source, cache, &InterpreterSettings::default(), &settings))?;
    Ok((read, svg))
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
