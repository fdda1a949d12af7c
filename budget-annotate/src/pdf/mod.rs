//! PDF: an incremental update with highlights, notes and a list.

mod file;
mod highlight;
mod list;
mod marks;
mod pages;
mod sections;
mod syntax;
mod text;
mod unpack;
mod update;
mod view;

use std::collections::BTreeSet;

use budget_export::Annotation;
use memchr::memmem;

use self::file::File;
use self::highlight::Highlights;
use self::list::Goal;
use self::pages::{Page, Tree};
use self::syntax::{Dict, Scanner, Value, items};
use self::update::Update;
use crate::error::{AnnotateError, Kind};
use crate::options::{AnnotateOptions, Annotated};

/// The head of a file stands at its beginning, or not far behind it.
const LONGEST_PREFIX: usize = 1024;
/// What is seen around a place that a link leads to, in tenths of a unit.
const AROUND: u16 = 400;

/// Writes annotations into a PDF: at every place of theirs a highlight with a note, and behind the last page a list of them. All of
/// it is appended, the bytes of the original stay as they are.
///
/// Of the places of an annotation the first carries the whole note; the others are lighter and say to which number of the list they
/// belong. Places that are not of a page ([`Place::Page`](budget_model::Place::Page)) are passed over.
///
/// # Errors
///
/// [`OtherFormat`](crate::AnnotateErrorKind::OtherFormat) if it is no PDF, [`Encrypted`](crate::AnnotateErrorKind::Encrypted) if it
/// is encrypted, with or without a password, [`Damaged`](crate::AnnotateErrorKind::Damaged) if its objects are not where its tables
/// say (viewers may repair that silently), [`TooLarge`](crate::AnnotateErrorKind::TooLarge) beyond a limit.
pub fn annotate_pdf(
    content: &[u8],
    annotations: &[Annotation],
    options: AnnotateOptions,
) -> Result<Annotated, AnnotateError> {
    Ok(annotated(content, annotations, options)?)
}

fn annotated(content: &[u8], annotations: &[Annotation], options: AnnotateOptions) -> Result<Annotated, Kind> {
    if memmem::find(content.get(..LONGEST_PREFIX).unwrap_or(content), b"%PDF-").is_none() {
        return Err(Kind::OtherFormat {
            expected: "PDF",
            advice: "its annotations belong into a file of another format",
        });
    }
    let mut file = File::open(content)?;
    if file.sections.is_encrypted {
        return Err(Kind::Encrypted);
    }
    let shown = annotations.get(..options.most).unwrap_or(annotations);
    let omitted = annotations.len() - shown.len();
    let marks = marks::by_page(shown);
    let wanted: BTreeSet<u32> = marks.keys().copied().collect();
    let tree = Tree::read(&mut file, &wanted)?;
    let mut update = Update::new(content, &file);
    let mut highlights = Highlights::default();
    let mut goals: Vec<Option<Goal>> = vec![None; shown.len()];
    for (number, page) in &tree.pages {
        let marks = marks.get(number).map(Vec::as_slice).unwrap_or_default();
        for mark in marks {
            let [corner, ..] = page.view.corners(&mark.seen.widened(AROUND));
            let goal = Goal { number: *number, page: page.reference, corner };
            if let Some(known) = goals.get_mut(mark.index).filter(|known| known.is_none() || mark.is_first) {
                *known = Some(goal);
            }
        }
        let written = highlights.write(page, marks, shown, options, &mut update)?;
        let page_body = with_annotations(&mut file, page, &written)?;
        update.put(page.reference, &page_body)?;
    }
    let list = list::write(shown, &goals, omitted, options, tree.root, &mut update)?;
    let root = with_pages(&mut file, &tree, &list)?;
    update.put(tree.root, &root)?;
    let marked = goals.iter().flatten().count();
    Ok(Annotated {
        bytes: update.finish(&file)?,
        marked,
        unmarked: shown.len() - marked,
        omitted,
        // The dictionary of a signature says which bytes it covers, and is never packed.
        is_signed: memmem::find(content, b"/ByteRange").is_some(),
    })
}

/// A page with more annotations. Its list becomes one of its own: a list elsewhere may be that of other pages as well.
fn with_annotations(file: &mut File<'_>, page: &Page, more: &[u32]) -> Result<Vec<u8>, Kind> {
    let damaged = Kind::Damaged("a page or its list of annotations cannot be read");
    let Some(dict) = Dict::read(&page.body) else { return Err(damaged) };
    let old = file.entry(&dict, "Annots")?.unwrap_or_else(|| b"[]".to_vec());
    let Some(Value::List(old)) = Scanner::new(&old, 0).value() else { return Err(damaged) };
    let Some(old) = items(old) else { return Err(damaged) };
    Ok(with_list(dict.without(&["Annots"]), "Annots", &old, more))
}

/// The list of all pages with more of them.
fn with_pages(file: &mut File<'_>, tree: &Tree, more: &[u32]) -> Result<Vec<u8>, Kind> {
    let damaged = Kind::Damaged("its list of pages cannot be read");
    let Some(dict) = Dict::read(&tree.body) else { return Err(damaged) };
    let (kids, count) =
        (file.entry(&dict, "Kids")?.unwrap_or_default(), file.entry(&dict, "Count")?.unwrap_or_default());
    let Some(Value::List(kids)) = Scanner::new(&kids, 0).value() else { return Err(damaged) };
    let (Some(kids), Some(count)) = (items(kids), Scanner::new(&count, 0).number::<u32>()) else { return Err(damaged) };
    let mut body = dict.without(&["Kids", "Count"]);
    body.extend(format!(" /Count {}", u64::from(count) + more.len() as u64).bytes());
    Ok(with_list(body, "Kids", &kids, more))
}

/// Ends a dictionary with a list of what it had and of new objects.
fn with_list(mut body: Vec<u8>, name: &str, old: &[&[u8]], more: &[u32]) -> Vec<u8> {
    body.extend(format!(" /{name} [").bytes());
    for item in old {
        body.extend_from_slice(item);
        body.push(b' ');
    }
    let more: Vec<String> = more.iter().map(|number| format!("{number} 0 R")).collect();
    body.extend(more.join(" ").bytes());
    body.extend_from_slice(b"] >>");
    body
}
