//! Workbooks: comments and colours in the sheets as they are.

mod comments;
mod drawing;
mod marks;
mod markup;
mod package;
mod relations;
mod sheet;
mod styles;

use std::collections::{BTreeMap, HashMap};

use budget_export::Annotation;
use memchr::memmem;

use self::marks::Marks;
use self::markup::tags;
use self::package::{Package, broken};
use self::relations::{Relation, Relations};
use self::sheet::Cell;
use self::styles::Styles;
use crate::error::{AnnotateError, Kind};
use crate::note::Colour;
use crate::options::{AnnotateOptions, Annotated};

/// How names of the strict form begin.
const STRICT: &str = "http://purl.oclc.org/ooxml/";

/// Writes annotations into a workbook (`.xlsx` or `.xlsm`): a comment and a colour at every cell that one of them speaks of. All
/// else stays as it is; parts that need no change are copied as they are packed.
///
/// `sheets` are the names of the sheets that the places count
/// ([`Disclosure::sheets`](budget_model::Disclosure::sheets)). Of the places of an annotation the first carries the whole note, the
/// others are lighter and say to which number it belongs; a cell of several has all their notes and the colour of the worst. A comment
/// that a cell has already is kept, with what is new below it. Places that are no cells ([`Place::Cell`](budget_model::Place::Cell))
/// are passed over.
///
/// # Errors
///
/// [`OtherFormat`](crate::AnnotateErrorKind::OtherFormat) for `.xls`, `.xlsb`, `.ods` and what is no workbook,
/// [`Encrypted`](crate::AnnotateErrorKind::Encrypted), [`Damaged`](crate::AnnotateErrorKind::Damaged),
/// [`TooLarge`](crate::AnnotateErrorKind::TooLarge) beyond a limit.
pub fn annotate_workbook(
    content: &[u8],
    sheets: &[String],
    annotations: &[Annotation],
    options: AnnotateOptions,
) -> Result<Annotated, AnnotateError> {
    Ok(annotated(content, sheets, annotations, options)?)
}

fn annotated(
    content: &[u8],
    sheets: &[String],
    annotations: &[Annotation],
    options: AnnotateOptions,
) -> Result<Annotated, Kind> {
    check_format(content)?;
    let mut package = Package::open(content)?;
    let workbook = workbook_part(&mut package)?;
    let relations = Relations::of(&mut package, &workbook)?;
    let parts = sheet_parts(&mut package, &workbook, &relations)?;
    let shown = annotations.get(..options.most).unwrap_or(annotations);
    let mut marks =
        Marks::new(shown, |sheet| parts.contains_key(sheets.get(usize::from(sheet))?).then_some(()), options);
    let styles_part = relations.part("styles").unwrap_or_default().to_owned();
    let styles_markup = package.text(&styles_part)?.unwrap_or_default();
    let mut styles = Styles::read(&styles_markup, &styles_part)?;
    let mut new_comments = Vec::new();
    let mut has_drawings = false;
    for (sheet, cells) in std::mem::take(&mut marks.sheets) {
        let part = sheets.get(usize::from(sheet)).and_then(|name| parts.get(name));
        let Some(part) = part else { continue };
        let (notes, colours): (BTreeMap<Cell, String>, BTreeMap<Cell, Colour>) =
            cells.into_iter().map(|(cell, mark)| ((cell, mark.note), (cell, mark.colour))).unzip();
        let made = annotate_sheet(&mut package, part, &notes, &colours, styles.as_mut())?;
        has_drawings = true;
        new_comments.extend(made);
    }
    if let Some(markup) = styles.and_then(Styles::finish) {
        package.set(&styles_part, markup);
    }
    relations::declare(&new_comments, has_drawings, &mut package)?;
    Ok(Annotated {
        marked: marks.marked,
        unmarked: shown.len() - marks.marked,
        omitted: annotations.len() - shown.len(),
        is_signed: package.has_below("_xmlsignatures/"),
        bytes: package.finish()?,
    })
}

/// Says what to do with files that are no workbooks of this form.
fn check_format(content: &[u8]) -> Result<(), Kind> {
    const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let other = |advice| Err(Kind::OtherFormat { expected: "workbook of the form .xlsx or .xlsm", advice });
    let has = |words: &[u8]| memmem::find(content, words).is_some();
    if content.starts_with(COMPOUND) {
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return if has(&encrypted) { Err(Kind::Encrypted) } else { other("save it as .xlsx and annotate that") };
    }
    match content.starts_with(b"PK\x03\x04") {
        false => other("its annotations belong into a file of another format"),
        true if has(b"application/vnd.oasis.opendocument") || has(b"xl/workbook.bin") => {
            other("save it as .xlsx and annotate that")
        }
        true => Ok(()),
    }
}

/// The part that lists the sheets.
fn workbook_part(package: &mut Package<'_>) -> Result<String, Kind> {
    let relations = Relations::of(package, "")?;
    relations.part("officeDocument").map(str::to_owned).ok_or_else(|| broken("_rels/.rels"))
}

/// Which part is which sheet, by its name.
fn sheet_parts(
    package: &mut Package<'_>,
    workbook: &str,
    relations: &Relations,
) -> Result<HashMap<String, String>, Kind> {
    let markup = package.text(workbook)?.ok_or_else(|| broken(workbook))?;
    let mut parts = HashMap::new();
    for tag in tags(&markup) {
        let tag = tag.ok_or_else(|| broken(workbook))?;
        if tag.depth == 3
            && tag.is_open()
            && tag.local() == "sheet"
            && let (Some(name), Some(id)) = (tag.attribute("name"), tag.attribute("id"))
            && let Some(relation) =
                relations.list.iter().find(|relation| relation.id == id && relation.kind == "worksheet")
        {
            parts.entry(name).or_insert_with(|| relation.part.clone());
        }
    }
    Ok(parts)
}

/// Writes comments and colours into a sheet; the name of the part of its comments, if that is new.
fn annotate_sheet(
    package: &mut Package<'_>,
    part: &str,
    notes: &BTreeMap<Cell, String>,
    colours: &BTreeMap<Cell, Colour>,
    styles: Option<&mut Styles<'_>>,
) -> Result<Option<String>, Kind> {
    let markup = package.text(part)?.ok_or_else(|| broken(part))?;
    let relations = Relations::of(package, part)?;
    // Which form a sheet has is said by its first names; the strict one has others for the same things.
    let is_strict = markup.get(..markup.len().min(4096)).unwrap_or(&markup).contains(STRICT);
    let (main, references) = match is_strict {
        true => {
            ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        }
        false => (
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        ),
    };
    let mut more = Vec::new();
    let mut relate = |kind: &str, stem: &str, part: &str| {
        let id = relations.free_id(stem);
        more.push(Relation { id: id.clone(), kind: kind.to_owned(), part: part.to_owned() });
        id
    };
    let mut new_part = None;
    let comments_part = match relations.part("comments") {
        Some(part) => part.to_owned(),
        None => {
            let part = package.free_name("xl/comments", ".xml");
            relate("comments", "budgetComments", &part);
            new_part.insert(part).clone()
        }
    };
    let comments = package.text(&comments_part)?.unwrap_or_else(|| comments::empty(main));
    let comments = comments::with_more(&comments, &comments_part, notes)?;
    let known = sheet::drawing(&markup);
    let known = known.and_then(|id| relations.list.iter().find(|relation| relation.id == id));
    let mut id = None;
    let drawing_part = match known {
        Some(relation) => relation.part.clone(),
        None => {
            let part = package.free_name("xl/drawings/vmlDrawing", ".vml");
            id = Some(relate("vmlDrawing", "budgetDrawing", &part));
            part
        }
    };
    if !comments.new.is_empty() || id.is_some() {
        let drawing = package.text(&drawing_part)?.unwrap_or_else(|| drawing::EMPTY.to_owned());
        let lines = |cell: &Cell| {
            notes.get(cell).map_or(0, |note| note.lines().map(|line| line.chars().count() / 16 + 1).sum())
        };
        let boxes = comments.new.iter().map(|cell| (*cell, lines(cell)));
        package.set(&drawing_part, drawing::with_more(&drawing, &drawing_part, boxes)?);
    }
    let reference = id.as_deref().map(|id| (id, references));
    let sheet = sheet::coloured(&markup, part, colours, styles, reference)?;
    package.set(part, sheet);
    package.set(&comments_part, comments.markup);
    relations.add(&more, references, package)?;
    Ok(new_part)
}
