//! Highlights with their notes.

use std::collections::{HashMap, HashSet};

use budget_export::Annotation;

use super::marks::Mark;
use super::pages::Page;
use super::syntax::decimal;
use super::text::string;
use super::update::{Update, hash};
use super::view::Rect;
use crate::error::Kind;
use crate::note::{self, AUTHOR, Colour};
use crate::options::AnnotateOptions;

/// How far a highlight reaches beyond the figure, in tenths of a unit.
const MARGIN: u16 = 10;

/// The highlights of a file: those of one colour share how they look.
#[derive(Default)]
pub(crate) struct Highlights {
    looks: HashMap<Colour, u32>,
}

impl Highlights {
    /// Writes the highlights of a page; their numbers.
    pub(crate) fn write(
        &mut self,
        page: &Page,
        marks: &[Mark],
        annotations: &[Annotation],
        options: AnnotateOptions,
        update: &mut Update,
    ) -> Result<Vec<u32>, Kind> {
        let (mut names, mut written) = (HashSet::new(), Vec::new());
        for mark in marks {
            let Some(annotation) = annotations.get(mark.index) else { continue };
            let number = mark.index + 1;
            let note = match mark.is_first {
                true => note::full(number, annotation, options.language),
                false => note::reference(number, annotation, options.language),
            };
            let colour = note::highlight(annotation.severity, mark.is_first);
            let look = self.look(colour, update)?;
            let corners = page.view.corners(&mark.seen.widened(MARGIN));
            let rect = Rect::of_corners(corners[0], corners[3]);
            let quad: Vec<String> = corners.iter().map(|(x, y)| format!("{} {}", decimal(*x), decimal(*y))).collect();
            let name = name(annotation, mark, &mut names);
            written.push(update.add(&format!(
                "<< /Type /Annot /Subtype /Highlight /P {} /Rect [{rect}] /QuadPoints [{}] /C [{}] /F 4 /NM ({name}) /T ({AUTHOR}) /Subj {} /Contents {} /AP << /N {look} 0 R >> >>",
                page.reference,
                quad.join(" "),
                shares(colour),
                string(&annotation.title),
                string(&note),
            ))?);
        }
        Ok(written)
    }

    /// How highlights of a colour look: a square that viewers stretch over the box of each. It is multiplied with what is under it,
    /// so that text stays black.
    fn look(&mut self, colour: Colour, update: &mut Update) -> Result<u32, Kind> {
        if let Some(number) = self.looks.get(&colour) {
            return Ok(*number);
        }
        let number = update.add_stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /ExtGState << /M << /Type /ExtGState /BM /Multiply >> >> >>",
            format!("/M gs {} rg 0 0 100 100 re f", shares(colour)).as_bytes(),
        )?;
        self.looks.insert(colour, number);
        Ok(number)
    }
}

/// A colour as a page writes it, each part between 0 and 1.
pub(crate) fn shares(colour: Colour) -> String {
    colour.map(|part| decimal(i64::from(part) * 1000 / 255)).join(" ")
}

/// A name that the same mark of the same document has again in the next run, and no other on its page.
fn name(annotation: &Annotation, mark: &Mark, names: &mut HashSet<String>) -> String {
    let what = format!("{} {} {:?} {}", annotation.code, annotation.message, mark.seen, mark.is_first);
    let name = format!("budget-{:016x}", hash(0, what.as_bytes()));
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name)).unwrap_or(name);
    names.insert(free.clone());
    free
}
