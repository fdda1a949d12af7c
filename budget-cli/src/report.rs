//! `budget report`: disclosures and their findings as pages to read and print.

use std::io;
use std::path::Path;

use budget_export::DocumentInfo;
use budget_model::{Disclosure, Place, Severity};
use budget_report::{Checked, HtmlReport, Index, IndexEntry, Original, PageImage, ReportOptions};
use budget_rules::{Description, Fates, Report as Findings};

use crate::args::Report;
use crate::baseline::Known;
use crate::check::{checker_without, last_year};
use crate::corpus::files::Files;
use crate::exit::Exit;
use crate::extract::{clean_up, is_one_of, write};
use crate::failure::Failure;
use crate::input::{Document, Ids, display_name, is_stdin, say};
use crate::messages;
use crate::readers::Readers;
use crate::screen::{Screen, printable};
use crate::source::Source;
use crate::target::Target;
use crate::years::{Years, series};

/// Runs the command. Everything is shown and counted in the exit code; what is found is no error here.
pub(crate) fn run(arguments: &Report, screen: &mut Screen) -> io::Result<()> {
    let Some(checker) = checker_without(&arguments.without, screen) else { return Ok(()) };
    let Some(known) = Known::new(arguments.baseline.as_deref(), screen) else { return Ok(()) };
    let Some(readers) = Readers::new(&arguments.input.layout, screen) else { return Ok(()) };
    let Some(last_year) = last_year(arguments.last_year.as_deref(), &readers, screen) else { return Ok(()) };
    clean_up(&arguments.out);
    let is_alone = matches!(arguments.input.files.as_slice(), [file] if !file.is_dir());
    let mut index = Index::new(screen.language);
    let documents = read(arguments, &readers, &mut index, screen);
    if documents.is_empty() {
        if screen.exit() == Exit::Done {
            let message = screen.say(messages::NOTHING_TO_REPORT, &[]);
            screen.error(Exit::Unread, &message);
        }
        return Ok(());
    }
    let years = Years::new(documents.iter().map(|document| &document.disclosure));
    let rules: Vec<&'static Description> = checker.descriptions().collect();
    let is_input = |path: &Path| is_one_of(&arguments.input.files, path);
    let mut fates = Fates::default();
    for document in &documents {
        let before = years.before(&document.disclosure).filter(|_| last_year.is_none());
        let before = before.and_then(|index| documents.get(index));
        let mut findings = match last_year.as_ref().or(before.map(|before| &before.disclosure)) {
            None => checker.check(&document.disclosure),
            Some(last_year) => checker.check_after(last_year, &document.disclosure),
        };
        fates.merge(&known.silence(document, &mut findings));
        let named =
            arguments.last_year.as_deref().map(|path| DocumentInfo::new("", display_name(path, screen.language)));
        let last_year = named.as_ref().or(before.map(|before| &before.info));
        let checked = Checked { report: &findings, rules: &rules, last_year };
        index.add(IndexEntry::new(&document.info, &document.disclosure, Some(&checked), screen.language));
        let mut options = ReportOptions::default();
        options.language = screen.language;
        options.checked = Some(checked);
        options.index = (!is_alone).then(|| format!("./{}", Index::FILE));
        options.other_years = others(document, &documents);
        let target = Target::new(&arguments.out, &document.info, false, is_alone).replacing(arguments.force, &is_input);
        // What was dropped to save memory is read again; a file that has gone meanwhile is shown without its pages.
        let content =
            if document.content.is_empty() { readers.content(&document.path).unwrap_or_default() } else { Vec::new() };
        let content = if content.is_empty() { &document.content } else { &content };
        let written = with_original(content, &document.disclosure.sheets, &readers, options, |report| {
            write(document, target, report, screen.language)
        });
        match written {
            Ok(written) => say_written(document, &written.path, &findings, screen),
            Err(failure) => screen.error(failure.exit, &failure.message),
        }
    }
    known.say(&fates, screen);
    if !is_alone {
        write_index(&index, documents.len(), arguments, screen);
    }
    Ok(())
}

/// Reads the documents; what cannot be read is said, and listed in the index.
fn read(arguments: &Report, readers: &Readers, index: &mut Index, screen: &mut Screen) -> Vec<Document> {
    let files = Files::find(&arguments.input.files, false, Some(&arguments.out), screen.language);
    for (path, failure) in &files.failures {
        say(failure, path, screen);
    }
    let mut ids = Ids::default();
    // The page that lists them has this name.
    ids.unique(Index::FILE.trim_end_matches(".html"), "");
    let mut documents = Vec::new();
    for file in &files.found {
        let path = &file.path;
        let stem = if is_stdin(path) { "stdin".into() } else { path.file_stem().unwrap_or_default().to_string_lossy() };
        let info = ids.unique(&stem, &path.file_name().unwrap_or_default().to_string_lossy());
        match readers.document(path, info) {
            // The standard input cannot be read twice.
            Ok(document) if is_stdin(path) => documents.push(document),
            Ok(document) => documents.push(Document { content: Vec::new(), ..document }),
            Err(failure) if failure.skip.is_some() && !file.is_named => {}
            Err(failure) => {
                index.add_unread(display_name(path, screen.language), failure.text(screen.language));
                say(&failure, path, screen);
            }
        }
    }
    documents
}

/// The documents of the same entity for other years.
fn others<'d>(document: &Document, documents: &'d [Document]) -> Vec<&'d Disclosure> {
    let Some(own) = series(&document.disclosure) else { return Vec::new() };
    let is_other = |other: &&Document| {
        other.disclosure.year != document.disclosure.year && series(&other.disclosure).as_ref() == Some(&own)
    };
    documents.iter().filter(is_other).map(|other| &other.disclosure).collect()
}

/// Hands out a report that can show its document as it was published.
pub(crate) fn with_original<'o, T>(
    content: &[u8],
    sheets: &[String],
    readers: &Readers,
    options: ReportOptions<'o>,
    take: impl FnOnce(&HtmlReport<'_>) -> T,
) -> T {
    let report = |original: Original<'_>| {
        // With the lifetime of what is handed over.
        let mut options: ReportOptions<'_> = options;
        options.original = original;
        take(&HtmlReport::new(options))
    };
    #[cfg(feature = "pdf")]
    if is_pdf(content) {
        let draw = |pages: &[u32]| draw(content, pages, readers);
        return report(Original::Pages(&draw));
    }
    let source = Source::new(content, sheets.is_empty());
    let line = |place: Place| source.line(place);
    match sheets.is_empty() {
        true => report(Original::Lines(&line)),
        false => report(Original::None),
    }
}

#[cfg(feature = "pdf")]
fn is_pdf(content: &[u8]) -> bool {
    use budget_document::{Confidence, Reader};
    budget_parse_pdf::PdfReader.probe(content, None) != Confidence::No
}

#[cfg(feature = "pdf")]
fn draw(content: &[u8], pages: &[u32], readers: &Readers) -> Vec<PageImage> {
    // A file that was read a moment ago; what cannot be drawn is left out, and named in the report.
    let pictures =
        budget_parse_pdf::page_pictures(content, pages.iter().copied(), readers.limits()).unwrap_or_default();
    let image = |picture: budget_parse_pdf::PagePicture| PageImage {
        page: picture.page,
        width: picture.width,
        height: picture.height,
        svg: picture.svg,
    };
    pictures.into_iter().map(image).collect()
}

fn say_written(document: &Document, path: &Path, findings: &Findings, screen: &mut Screen) {
    let count = |severity| findings.count(severity);
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
    let size = format!("{} kB", bytes.div_ceil(1000));
    let path = path.to_string_lossy();
    let message =
        screen.say(messages::REPORTED, &[&document.name, &printable(&path), &errors, &warnings, &infos, &size]);
    screen.remark(&message);
}

fn write_index(index: &Index, documents: usize, arguments: &Report, screen: &mut Screen) {
    let is_input = |path: &Path| is_one_of(&arguments.input.files, path);
    let mut target = Target::file(&arguments.out.join(Index::FILE)).replacing(arguments.force, &is_input);
    let path = target.path(Index::FILE);
    match index.write(&mut target) {
        Ok(()) => {
            let message = screen.say(messages::INDEXED, &[&documents, &printable(&path.to_string_lossy())]);
            screen.remark(&message);
        }
        Err(error) => {
            let failure = match &target.refused {
                Some(refusal) => refusal.failure(screen.language),
                None => Failure::of_export(&error, Index::FILE, &arguments.out, screen.language),
            };
            screen.error(failure.exit, &failure.message);
        }
    }
}
