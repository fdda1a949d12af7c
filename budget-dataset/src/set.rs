//! A set of tables in a folder: made anew, appended to, or with documents taken out.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use budget_export::{DataResource, TableSchema, write_data_package};

use crate::entities::Entities;
use crate::error::{DatasetError, Kind};
use crate::folder::{Change, Folder};
use crate::format::{PartFile, TableFormat};
use crate::manifest::{self, DataFile, Document, Failure, Line, Reader, Run, Set};
use crate::record::Record;
use crate::sql;
use crate::standing::{Standings, content};
use crate::table::{Rows, schema};
use crate::tables::{self, Codes, DocumentRow, Documents, EntityRow, FailureRow, Failures, OF_DOCUMENTS, SCHEMAS};

/// The records of a document in the format of a set, made apart from it: in parallel, for any number of documents.
pub struct DocumentRows<F: TableFormat> {
    document: Document,
    /// For each table that has records of documents, in their order: how many, and the records.
    chunks: Vec<(u64, F::Chunk)>,
}

impl<F: TableFormat> DocumentRows<F> {
    /// The records of a document.
    ///
    /// # Errors
    ///
    /// A value cannot be written in the format.
    pub fn new(format: &F, record: &Record<'_>) -> Result<Self, DatasetError> {
        let chunk = |(table, schema): (&crate::DocumentTable, &TableSchema)| {
            let rows = table.rows(record);
            Ok((rows.len() as u64, format.chunk(schema, &rows)?))
        };
        let chunks = OF_DOCUMENTS.iter().zip(SCHEMAS.iter()).map(chunk).collect::<Result<_, DatasetError>>()?;
        Ok(Self { document: Document::new(record), chunks })
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
    /// Replace files that belong to no set.
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
    /// Files of the set.
    pub files: usize,
}

/// A set being written: nothing of it is seen before it is [finished](Self::finish), and if it never is, what was in the folder
/// before stays as it was.
///
/// Of a document no more is kept than some bytes, so a set can hold any number of them.
pub struct Dataset<F: TableFormat> {
    folder: Folder,
    format: F,
    set: Set,
    run: Run,
    old_runs: Vec<Run>,
    /// Files with records that are there and stay, unless documents are taken out of them.
    old_files: Vec<DataFile>,
    /// Files of the set that is replaced.
    replaced: Vec<String>,
    /// For each table, its files that are being written by the name of their part.
    parts: Vec<BTreeMap<String, Part<F::Writer>>>,
    /// Contents of the set, each with the part that has its records.
    contents: HashMap<u64, Arc<str>>,
    /// Files of the set: path and content.
    known: HashSet<u64>,
    removed: Vec<Document>,
    /// The new manifest; made with the first document that is added.
    manifest: Option<PartFile>,
}

struct Part<W> {
    path: String,
    writer: W,
    rows: u64,
}

/// The year of documents that do not say it, as Hive and what reads its folders know it.
const NO_YEAR: &str = "__HIVE_DEFAULT_PARTITION__";

const PACKAGE: &str = "datapackage.json";

/// Records that are turned into a chunk at once, in the tables of the whole set.
const BATCH: usize = 1024;

impl<F: TableFormat> Dataset<F> {
    /// Begins a set in a folder, which is made. A set that is there is replaced when the new one is finished.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, another run is writing it, or it has files by the names of a set and no set.
    pub fn create(folder: &Path, format: F, options: DatasetOptions) -> Result<Self, DatasetError> {
        let folder = Folder::take(folder)?;
        let set = Set {
            version: manifest::VERSION,
            format: format.extension().to_owned(),
            by_year: options.by_year,
        };
        let mut replaced = Vec::new();
        match Old::read(&folder) {
            Ok(old) => replaced = old.files_of_set(),
            Err(_) if options.force => {}
            Err(_) => {
                let names = schemas_of_set().chain(SCHEMAS.iter().cloned()).map(|table| {
                    format!("{}.{}", table.name, format.extension())
                });
                let taken = names.chain([PACKAGE, sql::NAME, manifest::NAME].map(str::to_owned));
                if let Some(name) = taken.into_iter().find(|name| folder.path(name).symlink_metadata().is_ok()) {
                    return Err(Kind::Exists { path: folder.path(&name).to_string_lossy().into_owned() }.into());
                }
            }
        }
        let run = Run { run: 1, software: software(), options: options.reading, removed: Vec::new() };
        Ok(Self::new(folder, format, set, run, Old::default(), replaced))
    }

    /// Opens a set to append to it or to take documents out. Of what is in it nothing but the manifest is read.
    ///
    /// # Errors
    ///
    /// The folder has no set, or one in another format or version, another run is writing it, or it cannot be read.
    pub fn open(folder: &Path, format: F, reading: Vec<String>) -> Result<Self, DatasetError> {
        let name = folder.to_string_lossy().into_owned();
        if folder.join(manifest::NAME).symlink_metadata().is_err() && folder.join(".publish").symlink_metadata().is_err() {
            return Err(Kind::NoSet { folder: name }.into());
        }
        let folder = Folder::take(folder)?;
        let old = Old::read(&folder)?;
        let set = old.set.clone().ok_or(Kind::NoSet { folder: name })?;
        if set.format != format.extension() {
            let asked = format.extension().to_owned();
            return Err(Kind::OtherFormat { found: set.format, asked }.into());
        }
        let number = old.runs.iter().map(|run| run.run).max().unwrap_or(0).saturating_add(1);
        let run = Run { run: number, software: software(), options: reading, removed: Vec::new() };
        Ok(Self::new(folder, format, set, run, old, Vec::new()))
    }

    fn new(folder: Folder, format: F, set: Set, run: Run, old: Old, replaced: Vec<String>) -> Self {
        Self {
            folder,
            format,
            set,
            run,
            old_runs: old.runs,
            old_files: old.files,
            replaced,
            parts: OF_DOCUMENTS.iter().map(|_| BTreeMap::new()).collect(),
            contents: old.contents,
            known: old.known,
            removed: Vec::new(),
            manifest: None,
        }
    }

    /// The format of the set.
    #[must_use]
    pub fn format(&self) -> &F {
        &self.format
    }

    /// Whether the set has the file at this path with this content (SHA-256 in hexadecimal): then it need not be read.
    #[must_use]
    pub fn knows(&self, path: &str, sha256: &str) -> bool {
        self.known.contains(&file_id(path, &crate::document_key(sha256)))
    }

    /// Takes out a document, by its key or by its path, before anything is appended. By the key of a content all copies of it
    /// go.
    ///
    /// # Errors
    ///
    /// The set has no such document, or its manifest cannot be read.
    pub fn remove(&mut self, name: &str) -> Result<(), DatasetError> {
        let mut copies: HashMap<u64, u32> = HashMap::new();
        let mut found = false;
        for line in Reader::open(&self.folder.path(manifest::NAME))? {
            let Line::Document(document) = line? else { continue };
            let copy = copies.entry(content(&document.key)).or_default();
            *copy += 1;
            let is_copy = name.strip_prefix(&document.key).and_then(|rest| rest.strip_prefix('-'));
            if document.key == name || document.path == name || is_copy == Some(copy.to_string().as_str()) {
                found = true;
                if !self.removed.contains(&document) {
                    self.known.remove(&file_id(&document.path, &document.key));
                    self.run.removed.push(format!("{} {}", document.key, document.path));
                    self.removed.push(document);
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
        if !self.known.insert(file_id(&document.path, &document.key)) {
            return Ok(Appended::Known);
        }
        let is_copy = self.contents.contains_key(&content(&document.key));
        if !is_copy {
            let part = self.part(document.year);
            self.contents.insert(content(&document.key), part.as_str().into());
            for (index, (count, chunk)) in rows.chunks.iter().enumerate().filter(|(_, (count, _))| *count > 0) {
                self.append_to(index, &part, *count, chunk)?;
            }
        }
        let part = self.contents.get(&content(&document.key)).map(|part| part.to_string());
        let document = Document { run: self.run.run, part: part.unwrap_or_default(), ..document.clone() };
        self.write(&Line::Document(document))?;
        Ok(if is_copy { Appended::Copy } else { Appended::New })
    }

    /// Lists a file that is no document of the set.
    ///
    /// # Errors
    ///
    /// The manifest cannot be written.
    pub fn fail(&mut self, failure: Failure) -> Result<(), DatasetError> {
        self.begin()?;
        self.write(&Line::Failure(Failure { run: self.run.run, ..failure }))
    }

    /// Completes all files and shows the set: at once, or not at all.
    ///
    /// # Errors
    ///
    /// A file cannot be written; then the folder is as it was.
    pub fn finish(mut self) -> Result<DatasetReport, DatasetError> {
        self.begin()?;
        let mut change = Change::default();
        self.retain(&mut change)?;
        for (index, parts) in std::mem::take(&mut self.parts).into_iter().enumerate() {
            let Some(table) = SCHEMAS.get(index) else { continue };
            for part in parts.into_values() {
                let out = self.format.finish(table, part.writer)?;
                let file = close(table.name, &part.path, part.rows, out)?;
                change.shown.push(file.path.clone());
                self.old_files.push(file);
            }
            if !self.old_files.iter().any(|file| file.table == table.name) {
                let path = self.path_of(table.name, &self.part(None));
                let (file, _) = self.whole(table, &path, &mut |_| Ok(()))?;
                change.shown.push(path);
                self.old_files.push(file);
            }
        }
        for file in self.old_files.clone() {
            self.write(&Line::File(file))?;
        }
        self.write(&Line::Run(self.run.clone()))?;
        let report = self.finish_set(&mut change)?;
        change.removed = std::mem::take(&mut self.replaced);
        change.removed.retain(|name| !change.shown.contains(name));
        self.folder.publish(&change)?;
        Ok(report)
    }

    /// Begins the new manifest with what stays of the old one.
    fn begin(&mut self) -> Result<(), DatasetError> {
        if self.manifest.is_some() {
            return Ok(());
        }
        self.manifest = Some(self.folder.create(manifest::NAME)?);
        self.write(&Line::Set(self.set.clone()))?;
        for run in std::mem::take(&mut self.old_runs) {
            self.write(&Line::Run(run))?;
        }
        if self.run.run == 1 {
            return Ok(());
        }
        let mut remain = HashMap::new();
        for line in Reader::open(&self.folder.path(manifest::NAME))? {
            match line? {
                Line::Document(document) if self.removed.contains(&document) => {}
                Line::Document(document) => {
                    let content = content(&document.key);
                    if let Some(part) = self.contents.get(&content) {
                        remain.insert(content, Arc::clone(part));
                    }
                    self.write(&Line::Document(document))?;
                }
                line @ Line::Failure(_) => self.write(&line)?,
                Line::Set(_) | Line::Run(_) | Line::File(_) => {}
            }
        }
        self.contents = remain;
        Ok(())
    }

    fn write(&mut self, line: &Line) -> Result<(), DatasetError> {
        let Some(out) = &mut self.manifest else { return Ok(()) };
        manifest::write(out, line).map_err(DatasetError::write(manifest::NAME))
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
        let extension = self.format.extension();
        match part {
            "1" => format!("{table}.{extension}"),
            part if self.set.by_year => format!("{table}/{part}.{extension}"),
            part => format!("{table}-{part}.{extension}"),
        }
    }

    fn append_to(&mut self, index: usize, name: &str, count: u64, chunk: &F::Chunk) -> Result<(), DatasetError> {
        let (Some(table), Some(parts)) = (SCHEMAS.get(index), self.parts.get_mut(index)) else { return Ok(()) };
        if !parts.contains_key(name) {
            let path = self.path_of(table.name, name);
            let writer = self.format.create(table, self.folder.create(&path)?)?;
            let part = Part { path, writer, rows: 0 };
            if let Some(parts) = self.parts.get_mut(index) {
                parts.insert(name.to_owned(), part);
            }
        }
        if let Some(part) = self.parts.get_mut(index).and_then(|parts| parts.get_mut(name)) {
            self.format.append(table, &mut part.writer, chunk)?;
            part.rows += count;
        }
        Ok(())
    }

    /// Writes the files anew that have records of documents that are gone.
    fn retain(&mut self, change: &mut Change) -> Result<(), DatasetError> {
        let gone: HashSet<&str> = self
            .removed
            .iter()
            .filter(|document| !self.contents.contains_key(&content(&document.key)))
            .map(|document| document.key.as_str())
            .collect();
        let parts: HashSet<&str> = self
            .removed
            .iter()
            .filter(|document| gone.contains(document.key.as_str()))
            .map(|document| document.part.as_str())
            .collect();
        let paths: HashSet<String> = parts
            .iter()
            .flat_map(|part| SCHEMAS.iter().map(|table| self.path_of(table.name, part)))
            .collect();
        for file in self.old_files.iter_mut().filter(|file| paths.contains(&file.path)) {
            let Some(table) = SCHEMAS.iter().find(|table| table.name == file.table) else { continue };
            let old = std::fs::File::open(self.folder.path(&file.path)).map_err(DatasetError::read(&file.path))?;
            let new = self.folder.create(&file.path)?;
            let (rows, out) = self.format.retain(table, old, &|document| !gone.contains(document), new)?;
            *file = close(table.name, &file.path, rows, out)?;
            change.shown.push(file.path.clone());
        }
        Ok(())
    }

    /// Writes one file of a table whose records `fill` hands over.
    fn whole(
        &mut self,
        table: &TableSchema,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn FnMut(&Rows<'_>) -> Result<(), DatasetError>) -> Result<(), DatasetError>,
    ) -> Result<(DataFile, u64), DatasetError> {
        let mut writer = self.format.create(table, self.folder.create(path)?)?;
        let mut count = 0;
        fill(&mut |rows| {
            count += rows.len() as u64;
            let chunk = self.format.chunk(table, rows)?;
            self.format.append(table, &mut writer, &chunk)
        })?;
        let out = self.format.finish(table, writer)?;
        Ok((close(table.name, path, count, out)?, count))
    }

    /// The tables, views and descriptions that are made from the manifest, and the manifest itself.
    fn finish_set(&mut self, change: &mut Change) -> Result<DatasetReport, DatasetError> {
        if let Some(out) = &mut self.manifest {
            out.flush().map_err(DatasetError::write(manifest::NAME))?;
        }
        let lines = self.folder.hidden(manifest::NAME);
        let documents = || -> Result<_, DatasetError> {
            let documents = Reader::open(&lines)?.filter_map(|line| match line {
                Ok(Line::Document(document)) => Some(Ok(document)),
                Ok(_) => None,
                Err(error) => Some(Err(error)),
            });
            Ok(documents)
        };
        let mut entities = Entities::default();
        let mut runs = BTreeMap::new();
        for line in Reader::open(&lines)? {
            match line? {
                Line::Document(document) => entities.add(&document),
                Line::Run(run) => {
                    runs.insert(run.run, run);
                }
                _ => {}
            }
        }
        entities.find_same();
        let mut standings = Standings::default();
        for document in documents()? {
            standings.add(&document?, &entities);
        }
        let mut report = DatasetReport::default();
        let extension = self.format.extension();
        let mut files = Vec::new();

        let path = |table: &TableSchema| format!("{}.{extension}", table.name);
        let table = schema::<Documents>();
        let (file, count) = self.whole(&table, &path(&table), &mut |add| {
            let mut standing = standings.standings(&entities);
            let mut documents = documents()?;
            batches(&mut documents, &mut |batch: &[Document]| {
                let standings: Vec<_> = batch.iter().map(&mut standing).collect();
                report.set_aside += standings.iter().filter(|standing| standing.set_aside.is_some()).count() as u64;
                let rows = batch.iter().zip(&standings).map(|(document, standing)| DocumentRow {
                    document,
                    standing,
                    run: runs.get(&document.run),
                });
                add(&Rows::new::<Documents>(rows.collect()))
            })
        })?;
        report.documents = count;
        files.push((table, file));

        let table = schema::<tables::Entities>();
        let (file, _) = self.whole(&table, &path(&table), &mut |add| {
            let rows = entities.iter().map(|(id, entity)| EntityRow { id, entity });
            add(&Rows::new::<tables::Entities>(rows.collect()))
        })?;
        files.push((table, file));

        let table = schema::<Codes>();
        let (file, _) = self.whole(&table, &path(&table), &mut |add| add(&Codes::rows()))?;
        files.push((table, file));

        let table = schema::<Failures>();
        let (file, _) = self.whole(&table, &path(&table), &mut |add| {
            let mut failures = Reader::open(&lines)?.filter_map(|line| match line {
                Ok(Line::Failure(failure)) => Some(Ok(failure)),
                Ok(_) => None,
                Err(error) => Some(Err(error)),
            });
            batches(&mut failures, &mut |batch: &[Failure]| {
                let rows = batch.iter().map(|failure| FailureRow { failure });
                add(&Rows::new::<Failures>(rows.collect()))
            })
        })?;
        files.push((table, file));

        let of_documents = SCHEMAS.iter().map(|table| {
            let paths = self.old_files.iter().filter(|file| file.table == table.name).map(|file| file.path.clone());
            (table.clone(), paths.collect::<Vec<_>>())
        });
        let all: Vec<(TableSchema, Vec<String>)> = files
            .iter()
            .map(|(table, file)| (table.clone(), vec![file.path.clone()]))
            .chain(of_documents.collect::<Vec<_>>())
            .collect();
        for (_, file) in &files {
            self.write(&Line::File(file.clone()))?;
            change.shown.push(file.path.clone());
        }
        let views = sql::views(&self.format, &all);
        self.text(sql::NAME, change, &mut |out| out.write_all(views.as_bytes()))?;
        let kind = self.format.kind();
        let resources: Vec<_> =
            all.into_iter().map(|(schema, paths)| DataResource { schema, paths, format: kind }).collect();
        self.text(PACKAGE, change, &mut |out| write_data_package(&resources, out))?;
        if let Some(out) = self.manifest.take() {
            out.close().map_err(DatasetError::write(manifest::NAME))?;
        }
        change.shown.push(manifest::NAME.to_owned());
        report.files = change.shown.len();
        Ok(report)
    }

    fn text(
        &mut self,
        name: &str,
        change: &mut Change,
        fill: &mut dyn FnMut(&mut PartFile) -> std::io::Result<()>,
    ) -> Result<(), DatasetError> {
        let mut out = self.folder.create(name)?;
        fill(&mut out).map_err(DatasetError::write(name))?;
        let file = close(name, name, 0, out)?;
        self.write(&Line::File(file))?;
        change.shown.push(name.to_owned());
        Ok(())
    }
}

fn software() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn close(table: &str, path: &str, rows: u64, out: PartFile) -> Result<DataFile, DatasetError> {
    let sha256 = out.close().map_err(DatasetError::write(path))?;
    Ok(DataFile { table: table.to_owned(), path: path.to_owned(), rows, sha256 })
}

fn schemas_of_set() -> impl Iterator<Item = TableSchema> {
    [schema::<Documents>(), schema::<tables::Entities>(), schema::<Codes>(), schema::<Failures>()].into_iter()
}

/// A file by its path and content, as a number: some bytes a file, however many there are.
fn file_id(path: &str, key: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (path, key).hash(&mut hasher);
    hasher.finish()
}

fn batches<T>(
    all: &mut impl Iterator<Item = Result<T, DatasetError>>,
    take: &mut dyn FnMut(&[T]) -> Result<(), DatasetError>,
) -> Result<(), DatasetError> {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        batch.clear();
        for item in all.by_ref().take(BATCH) {
            batch.push(item?);
        }
        if batch.is_empty() {
            return Ok(());
        }
        take(&batch)?;
    }
}

/// What a manifest says of the set that is there.
#[derive(Default)]
struct Old {
    set: Option<Set>,
    runs: Vec<Run>,
    files: Vec<DataFile>,
    contents: HashMap<u64, Arc<str>>,
    known: HashSet<u64>,
}

impl Old {
    /// Reads the manifest of a set of this version; the tables that are made from it are not among its files.
    fn read(folder: &Folder) -> Result<Self, DatasetError> {
        let path = folder.path(manifest::NAME);
        let mut old = Self::default();
        let mut names: HashSet<Arc<str>> = HashSet::new();
        for line in Reader::open(&path)? {
            match line? {
                Line::Set(set) if set.version != manifest::VERSION => {
                    let (found, known) = (set.version, manifest::VERSION);
                    return Err(Kind::OtherVersion { found, known }.into());
                }
                Line::Set(set) => old.set = Some(set),
                Line::Run(run) => old.runs.push(run),
                Line::File(file) => old.files.push(file),
                Line::Document(document) => {
                    let part: Arc<str> = document.part.as_str().into();
                    let part = names.get(&part).cloned().unwrap_or(part);
                    names.insert(Arc::clone(&part));
                    old.contents.entry(content(&document.key)).or_insert(part);
                    old.known.insert(file_id(&document.path, &document.key));
                }
                Line::Failure(_) => {}
            }
        }
        Ok(old)
    }

    fn files_of_set(self) -> Vec<String> {
        self.files.into_iter().map(|file| file.path).chain([manifest::NAME.to_owned()]).collect()
    }
}
