//! A set of tables in a folder: made anew, appended to, or with documents taken out.

use std::collections::btree_map;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use budget_export::TableSchema;

use crate::error::{DatasetError, Kind};
use crate::existing::{Existing, file_id};
use crate::files::Files;
use crate::folder::Folder;
use crate::format::TableFormat;
use crate::manifest::{self, DataFile, Document, Failure, Line, Reader, Run, Set};
use crate::packed::Entry;
use crate::record::Record;
use crate::standing::content;
use crate::tables::{OF_DOCUMENTS, SCHEMAS};
use crate::{sql, summary};

/// The records of a document in the format of a set, made apart from it: in parallel, for any number of documents.
pub struct DocumentRows<F: TableFormat> {
    pub(crate) document: Document,
    /// For each table that has records of documents, in their order: those of this one, if it has some.
    pub(crate) records: Vec<Option<Records<F::Chunk>>>,
}

/// Records of a document in one table.
pub(crate) struct Records<C> {
    pub(crate) count: u64,
    pub(crate) chunk: C,
}

impl<F: TableFormat> DocumentRows<F> {
    /// The records of a document.
    ///
    /// # Errors
    ///
    /// A value cannot be written in the format.
    pub fn new(format: &F, record: &Record<'_>) -> Result<Self, DatasetError> {
        let records = |(table, schema): (&crate::DocumentTable, &TableSchema)| {
            let rows = table.rows(record);
            if rows.is_empty() {
                return Ok(None);
            }
            Ok(Some(Records { count: rows.len() as u64, chunk: format.chunk(schema, &rows)? }))
        };
        let records = OF_DOCUMENTS.iter().zip(SCHEMAS.iter()).map(records).collect::<Result<_, DatasetError>>()?;
        Ok(Self { document: Document::new(record), records })
    }

    /// The key of the document.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.document.key
    }
}

/// What became of a document that was appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is new.
    New,
    /// The set has a document of the same content: it is listed, its records are those of the first one.
    Copy,
    /// The set has this very file: nothing is changed.
    Known,
}

/// How a set is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DatasetOptions {
    /// Give each year files of its own, in folders `in_year=2025`.
    pub by_year: bool,
    /// Replace a set that is there, and files by the names of one.
    pub force: bool,
    /// What the reader was asked to do otherwise than usual, for the manifest: layouts that were added, with their hashes.
    pub reading: Vec<String>,
}

/// What a set came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetReport {
    /// Documents in the set, copies among them.
    pub documents: u64,
    /// Those that count for nothing, as another one counts for them.
    pub set_aside: u64,
    /// Documents that this run took out, copies among them.
    pub removed: u64,
    /// Files of the set.
    pub files: usize,
}

/// A set being written: nothing of it is seen before it is [finished](Self::finish), and if it never is, what was in the folder
/// before stays as it was.
///
/// Of a document no more is kept than some bytes, so a set can hold any number of them.
pub struct Dataset<F: TableFormat> {
    out: Files<F>,
    set: Set,
    run: Run,
    old_runs: Vec<Run>,
    /// Files with records of documents that are there and stay, unless documents are taken out of them.
    files: Vec<DataFile>,
    /// Files of the set that is replaced.
    replaced: Vec<String>,
    /// For each table, its files that are being written by the name of their part.
    parts: Vec<BTreeMap<String, Part<F::Writer>>>,
    /// Contents of the set, each with the part that has its records.
    contents: HashMap<u64, Arc<str>>,
    known: KnownFiles,
    /// Files that this run adds, by path and content.
    added: HashSet<u64>,
    removed: Vec<Document>,
}

/// The files that a set had when it was opened.
#[derive(Clone, Debug, Default)]
pub struct KnownFiles(Arc<HashSet<u64>>);

impl KnownFiles {
    /// Whether the set has the file at this path with this content (SHA-256 in hexadecimal): then it need not be read.
    #[must_use]
    pub fn has(&self, path: &str, sha256: &str) -> bool {
        self.0.contains(&file_id(path, &crate::document_key(sha256)))
    }
}

struct Part<W> {
    path: String,
    writer: W,
    rows: u64,
}

/// The year of documents that do not say it, as Hive and what reads its folders know it.
const NO_YEAR: &str = "__HIVE_DEFAULT_PARTITION__";

impl<F: TableFormat> Dataset<F> {
    /// Begins a set in a folder, which is made. A set that is there is replaced when the new one is finished, if the options say
    /// so.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, another run is writing it, or it has a set or files by the names of one, and the options do
    /// not say that they may be replaced.
    pub fn create(folder: &Path, format: F, options: DatasetOptions) -> Result<Self, DatasetError> {
        let folder = Folder::take(folder)?;
        let extension = format.extension();
        let exists = |name: &str| folder.path(name).symlink_metadata().is_ok();
        let existing = match Existing::read(&folder) {
            Ok(existing) if options.force => existing,
            Err(_) if options.force => Existing::default(),
            _ if exists(manifest::NAME) => {
                return Err(Kind::SetExists { folder: folder.path("").to_string_lossy().into_owned() }.into());
            }
            _ => {
                let tables = SCHEMAS.iter().cloned().chain(summary::schemas());
                let names = tables.map(|table| format!("{}.{extension}", table.name));
                let mut names = names.chain([summary::PACKAGE, sql::NAME].map(str::to_owned));
                if let Some(name) = names.find(|name| exists(name)) {
                    return Err(Kind::Exists { path: folder.path(&name).to_string_lossy().into_owned() }.into());
                }
                Existing::default()
            }
        };
        let set = Set { version: manifest::VERSION, format: extension.to_owned(), by_year: options.by_year };
        let run = Run { run: 1, software: software(), options: options.reading, removed: Vec::new() };
        let mut made = Self::new(Files::new(folder, format), set, run, Existing::default());
        made.replaced = existing.files_of_set();
        Ok(made)
    }

    /// Opens a set to append to it or to take documents out. Of what is in it nothing but the manifest is read. `reading` is as
    /// in [`DatasetOptions`].
    ///
    /// # Errors
    ///
    /// The folder has no set, or one in another format or version, another run is writing it, or it cannot be read.
    pub fn open(folder: &Path, format: F, reading: Vec<String>) -> Result<Self, DatasetError> {
        let name = folder.to_string_lossy().into_owned();
        if !folder.is_dir() {
            return Err(Kind::NoSet { folder: name }.into());
        }
        // What a killed run had begun to show is finished before anything is read.
        let folder = Folder::take(folder)?;
        if folder.path(manifest::NAME).symlink_metadata().is_err() {
            return Err(Kind::NoSet { folder: name }.into());
        }
        let mut existing = Existing::read(&folder)?;
        let set = existing.set.take().ok_or(Kind::NoSet { folder: name })?;
        if set.format != format.extension() {
            let asked = format.extension().to_owned();
            return Err(Kind::OtherFormat { found: set.format, asked }.into());
        }
        let number = existing.runs.iter().map(|run| run.run).max().unwrap_or(0).saturating_add(1);
        let run = Run { run: number, software: software(), options: reading, removed: Vec::new() };
        Ok(Self::new(Files::new(folder, format), set, run, existing))
    }

    fn new(out: Files<F>, set: Set, run: Run, existing: Existing) -> Self {
        let mut files = existing.files;
        // The others are made anew from the manifest.
        files.retain(|file| SCHEMAS.iter().any(|table| table.name == file.table));
        Self {
            out,
            set,
            run,
            old_runs: existing.runs,
            files,
            replaced: Vec::new(),
            parts: OF_DOCUMENTS.iter().map(|_| BTreeMap::new()).collect(),
            contents: existing.contents,
            known: KnownFiles(Arc::new(existing.known)),
            added: HashSet::new(),
            removed: Vec::new(),
        }
    }

    /// The format of the set.
    #[must_use]
    pub fn format(&self) -> &F {
        &self.out.format
    }

    /// The files that the set had when it was opened, to be asked in other threads.
    #[must_use]
    pub fn known(&self) -> KnownFiles {
        self.known.clone()
    }

    /// Takes out a document, by its key or by its path, before anything is appended. By the key of a content all copies of it
    /// go.
    ///
    /// # Errors
    ///
    /// The set has no such document, something was appended already, or the manifest cannot be read.
    pub fn remove(&mut self, name: &str) -> Result<(), DatasetError> {
        if self.out.has_begun() {
            return Err(Kind::Begun.into());
        }
        let mut copies: HashMap<u64, u32> = HashMap::new();
        let mut found = false;
        for line in Reader::open(&self.out.folder.path(manifest::NAME))? {
            let Line::Document(document) = line? else { continue };
            let copy = copies.entry(content(&document.key)).or_default();
            *copy += 1;
            let is_copy = name.strip_prefix(&document.key).and_then(|rest| rest.strip_prefix('-'));
            if document.key == name || document.path == name || is_copy == Some(copy.to_string().as_str()) {
                found = true;
                if !self.removed.contains(document.as_ref()) {
                    Arc::make_mut(&mut self.known.0).remove(&file_id(&document.path, &document.key));
                    self.run.removed.push(format!("{} {}", document.key, document.path));
                    self.removed.push(*document);
                }
            }
        }
        if found { Ok(()) } else { Err(Kind::NoDocument { name: name.to_owned() }.into()) }
    }

    /// Adds a document.
    ///
    /// # Errors
    ///
    /// A file cannot be written. The set is of no use after that: drop it, and the folder is as it was.
    pub fn append(&mut self, rows: &DocumentRows<F>) -> Result<Appended, DatasetError> {
        self.begin()?;
        let document = &rows.document;
        let file = file_id(&document.path, &document.key);
        if self.known.0.contains(&file) || !self.added.insert(file) {
            return Ok(Appended::Known);
        }
        let content = content(&document.key);
        let known = self.contents.get(&content).cloned();
        let is_copy = known.is_some();
        let part = known.unwrap_or_else(|| self.part(document.year).into());
        if !is_copy {
            self.contents.insert(content, Arc::clone(&part));
            for (index, records) in rows.records.iter().enumerate() {
                if let Some(Records { count, chunk }) = records {
                    self.append_to(index, &part, *count, chunk)?;
                }
            }
        }
        let document = Document { run: self.run.run, part: part.as_ref().to_owned(), ..document.clone() };
        self.out.note(&Line::Document(Box::new(document)))?;
        Ok(if is_copy { Appended::Copy } else { Appended::New })
    }

    /// Adds a document, or lists the file that is none: what became of it, or nothing if it is none.
    ///
    /// # Errors
    ///
    /// As of [`append`](Self::append).
    pub fn add(&mut self, entry: &Entry<F>) -> Result<Option<Appended>, DatasetError> {
        match entry {
            Entry::Document(rows) => self.append(rows).map(Some),
            Entry::Failure(failure) => self.fail(failure.clone()).map(|()| None),
        }
    }

    /// Lists a file that is no document of the set.
    ///
    /// # Errors
    ///
    /// The manifest cannot be written.
    pub fn fail(&mut self, failure: Failure) -> Result<(), DatasetError> {
        self.begin()?;
        self.out.note(&Line::Failure(Failure { run: self.run.run, ..failure }))
    }

    /// Completes all files and shows the set: at once, or not at all.
    ///
    /// # Errors
    ///
    /// A file cannot be written; then the folder is as it was.
    pub fn finish(mut self) -> Result<DatasetReport, DatasetError> {
        self.begin()?;
        self.retain()?;
        for (table, parts) in SCHEMAS.iter().zip(std::mem::take(&mut self.parts)) {
            for part in parts.into_values() {
                let out = self.out.format.finish(table, part.writer)?;
                let file = self.out.close(table.name, &part.path, part.rows, out)?;
                self.files.push(file);
            }
            // A table without records is a file without records, so that every table is there.
            if !self.files.iter().any(|file| file.table == table.name) {
                let path = self.path_of(table.name, &self.part(None));
                let file = self.out.table(table, &path, &mut |_| Ok(()))?;
                self.files.push(file);
            }
        }
        for file in &self.files {
            self.out.note(&Line::File(file.clone()))?;
        }
        let removed = self.run.removed.len() as u64;
        self.out.note(&Line::Run(self.run))?;
        let mut report = summary::write(&mut self.out, &self.files)?;
        self.out.end()?;
        let Files { folder, mut change, .. } = self.out;
        (report.removed, report.files) = (removed, change.shown.len());
        change.removed = self.replaced;
        change.removed.retain(|name| !change.shown.contains(name));
        folder.publish(&change)?;
        Ok(report)
    }

    /// Begins the new manifest with what stays of the old one.
    fn begin(&mut self) -> Result<(), DatasetError> {
        if !self.out.begin()? {
            return Ok(());
        }
        self.out.note(&Line::Set(self.set.clone()))?;
        for run in std::mem::take(&mut self.old_runs) {
            self.out.note(&Line::Run(run))?;
        }
        if self.run.run == 1 {
            return Ok(());
        }
        let mut remain = HashMap::new();
        for line in Reader::open(&self.out.folder.path(manifest::NAME))? {
            match line? {
                Line::Document(document) if self.removed.contains(document.as_ref()) => {}
                Line::Document(document) => {
                    let content = content(&document.key);
                    if let Some(part) = self.contents.get(&content) {
                        remain.insert(content, Arc::clone(part));
                    }
                    self.out.note(&Line::Document(document))?;
                }
                line @ Line::Failure(_) => self.out.note(&line)?,
                Line::Set(_) | Line::Run(_) | Line::File(_) => {}
            }
        }
        self.contents = remain;
        Ok(())
    }

    /// Which of the files of a table has the records of a year in this run.
    fn part(&self, year: Option<u16>) -> String {
        match (self.set.by_year, year) {
            (false, _) => self.run.run.to_string(),
            (true, Some(year)) => format!("in_year={year}/{}", self.run.run),
            (true, None) => format!("in_year={NO_YEAR}/{}", self.run.run),
        }
    }

    fn path_of(&self, table: &str, part: &str) -> String {
        let extension = self.out.format.extension();
        match part {
            "1" => format!("{table}.{extension}"),
            part if self.set.by_year => format!("{table}/{part}.{extension}"),
            part => format!("{table}-{part}.{extension}"),
        }
    }

    fn append_to(&mut self, index: usize, name: &str, count: u64, chunk: &F::Chunk) -> Result<(), DatasetError> {
        let Some(table) = SCHEMAS.get(index) else { return Ok(()) };
        let path = self.path_of(table.name, name);
        let Some(parts) = self.parts.get_mut(index) else { return Ok(()) };
        let part = match parts.entry(name.to_owned()) {
            btree_map::Entry::Occupied(entry) => entry.into_mut(),
            btree_map::Entry::Vacant(entry) => {
                let writer = self.out.format.create(table, self.out.folder.create(&path)?)?;
                entry.insert(Part { path, writer, rows: 0 })
            }
        };
        part.rows += count;
        self.out.format.append(table, &mut part.writer, chunk)
    }

    /// Writes the files anew that have records of documents that are gone.
    fn retain(&mut self) -> Result<(), DatasetError> {
        // What was taken out and is added again in this run has its records in another part.
        let is_gone = |document: &&Document| {
            self.contents.get(&content(&document.key)).is_none_or(|part| part.as_ref() != document.part)
        };
        let gone = || self.removed.iter().filter(is_gone);
        let paths: HashSet<String> =
            gone().flat_map(|document| SCHEMAS.iter().map(|table| self.path_of(table.name, &document.part))).collect();
        let keys: HashSet<String> = gone().map(|document| document.key.clone()).collect();
        for file in self.files.iter_mut().filter(|file| paths.contains(&file.path)) {
            let Some(table) = SCHEMAS.iter().find(|table| table.name == file.table) else { continue };
            let old = File::open(self.out.folder.path(&file.path)).map_err(DatasetError::read(&file.path))?;
            let new = self.out.folder.create(&file.path)?;
            let (rows, new) = self.out.format.retain(table, old, &|document| !keys.contains(document), new)?;
            *file = self.out.close(table.name, &file.path, rows, new)?;
        }
        Ok(())
    }
}

pub(crate) fn software() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
