//! The reader: whether some content is a Word document, and reading it.

use budget_document::{Confidence, Descriptor, Document, FileKind, Limits, Line, ReadError, ReadErrorKind, Reader};
use budget_model::{Diagnostic, DiagnosticCode};

use crate::archive::{Archive, Relation};
use crate::markup::{self, Bounds};
use crate::numbering::{Counters, Numbering};
use crate::paragraph::Piece;
use crate::story::Story;
use crate::styles::Styles;

/// Reads `.docx` and `.docm`.
///
/// ```
/// use budget_document::{Confidence, Reader};
/// use budget_parse_docx::WordReader;
///
/// // Content decides, not the name.
/// assert_eq!(WordReader.probe("收入 17.00".as_bytes(), Some("docx")), Confidence::No);
/// assert_eq!(WordReader.descriptor().id, "word");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordReader;

impl Reader for WordReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor::new("word", "Word document", &["docx", "docm"])
    }

    fn probe(&self, content: &[u8], _extension: Option<&str>) -> Confidence {
        match FileKind::of(content) {
            Some(FileKind::Docx) if content.starts_with(b"PK") => Confidence::Certain,
            // A document whose main part is not called as in all others.
            Some(FileKind::Archive | FileKind::ZipOfDocuments) if says_it_is_word(content) => Confidence::Certain,
            // What is inside is not seen; reading says that it has a password.
            Some(FileKind::EncryptedOffice) => Confidence::Possible,
            _ => Confidence::No,
        }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
        if !content.starts_with(b"PK") {
            return Err(ReadError::new(match FileKind::of(content) {
                Some(FileKind::EncryptedOffice) => ReadErrorKind::Encrypted,
                Some(kind) => ReadErrorKind::NoReader { kind, inside: None },
                None => ReadErrorKind::Malformed("it is no Word document".to_owned()),
            }));
        }
        read(content, limits)
    }
}

/// Whether the list of contents names the main part of a Word document.
fn says_it_is_word(content: &[u8]) -> bool {
    /// More than the list of any document.
    const MOST: u64 = 1 << 20;
    const TYPES: [&str; 4] = [
        "wordprocessingml.document.main+xml",
        "wordprocessingml.template.main+xml",
        "ms-word.document.macroEnabled.main+xml",
        "ms-word.template.macroEnabledTemplate.main+xml",
    ];
    let limits = Limits::default().with_unpacked_bytes(MOST);
    let list = Archive::open(content, &limits).and_then(|mut archive| archive.text("[content_types].xml"));
    list.ok().flatten().is_some_and(|list| TYPES.iter().any(|kind| list.contains(kind)))
}

fn read(content: &[u8], limits: &Limits) -> Result<Document<'static>, ReadError> {
    let bounds = Bounds::new(limits);
    let mut archive = Archive::open(content, limits)?;
    let part_of = |relations: &[Relation], kind: &str| {
        relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.part.clone())
    };
    let main = part_of(&archive.relations("", &bounds)?, "officedocument");
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let Some(body) = archive.text(&main)? else {
        return Err(ReadError::new(ReadErrorKind::Malformed(format!("its main part is missing: {main}"))));
    };
    let relations = archive.relations(&main, &bounds)?;
    let (mut styles, mut numbering) = (Styles::default(), Numbering::default());
    if let Some(part) = part_of(&relations, "styles")
        && let Some(text) = archive.text(&part)?
    {
        markup::walk(&text, &part, &bounds, &mut styles)?;
    }
    if let Some(part) = part_of(&relations, "numbering")
        && let Some(text) = archive.text(&part)?
    {
        markup::walk(&text, &part, &bounds, &mut numbering)?;
    }
    let mut story = Story::new(&styles, Counters::new(&numbering, &styles), limits);
    markup::walk(&body, &main, &bounds, &mut story)?;
    drop(body);
    if !story.notes.is_empty() {
        for kind in ["footnotes", "endnotes"] {
            if let Some(part) = part_of(&relations, kind)
                && let Some(text) = archive.text(&part)?
            {
                markup::walk(&text, &part, &bounds, &mut story)?;
            }
        }
    }
    document(story)
}

/// The document of a story that was read to its end.
fn document(mut story: Story<'_>) -> Result<Document<'static>, ReadError> {
    let mut document = Document::new();
    let mut number: u32 = 0;
    for piece in story.pieces() {
        match piece {
            Piece::Line(line) => {
                number = number.saturating_add(1);
                document.push(Line::new(line.text, 1, number).after_blank(line.begins).at(line.place));
            }
            Piece::Grid(grid) => document.push(*grid),
        }
    }
    if document.blocks.is_empty() && story.has_pictures {
        return Err(ReadError::new(ReadErrorKind::NoText(String::new())));
    }
    let changes = story.changes;
    if changes.inserted + changes.deleted > 0 {
        let counts = [changes.inserted.to_string(), changes.deleted.to_string()];
        let mut diagnostic = Diagnostic::new(DiagnosticCode::TrackedChanges, counts);
        diagnostic.places.extend(changes.first);
        document.diagnostics.push(diagnostic);
    }
    document.hidden_text = story.hidden;
    if let Some(first) = document.hidden_text.first() {
        let mut reasons: Vec<&str> = document.hidden_text.iter().map(|text| text.reason.as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let arguments = [document.hidden_text.len().to_string(), reasons.join(", ")];
        document.diagnostics.push(Diagnostic::new(DiagnosticCode::HiddenText, arguments).at(first.place));
    }
    Ok(document)
}
