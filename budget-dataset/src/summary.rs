//! What is made from the manifest: the tables of documents, entities, codes and failures, the views, and the description of the
//! set.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use budget_export::{DataResource, TableSchema, write_data_package};

use crate::entities::Entities;
use crate::error::DatasetError;
use crate::files::{Add, Files};
use crate::format::TableFormat;
use crate::manifest::{self, DataFile, Document, Failure, Line, Reader, Run};
use crate::set::DatasetReport;
use crate::sql;
use crate::standing::Standings;
use crate::table::{Rows, schema};
use crate::tables::{self, Codes, DocumentRow, Documents, EntityRow, FailureRow, Failures, SCHEMAS};

pub(crate) const PACKAGE: &str = "datapackage.json";

/// Records that are written at once.
const BATCH: usize = 1024;

/// The tables that are made from the manifest.
pub(crate) fn schemas() -> [TableSchema; 4] {
    [schema::<Documents>(), schema::<tables::Entities>(), schema::<Codes>(), schema::<Failures>()]
}

/// What is known of all documents together.
struct Whole {
    entities: Entities,
    runs: BTreeMap<u32, Run>,
    standings: Standings,
}

impl Whole {
    fn read(manifest: &Path) -> Result<Self, DatasetError> {
        let (mut entities, mut runs) = (Entities::default(), BTreeMap::new());
        for line in Reader::open(manifest)? {
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
        for document in documents(manifest)? {
            standings.add(&document?, &entities);
        }
        Ok(Self { entities, runs, standings })
    }
}

/// Writes all of it. `files` are those with records of documents.
pub(crate) fn write<F: TableFormat>(out: &mut Files<F>, files: &[DataFile]) -> Result<DatasetReport, DatasetError> {
    out.flush()?;
    let manifest = out.folder.hidden(manifest::NAME);
    let whole = Whole::read(&manifest)?;
    let mut report = DatasetReport::default();
    let extension = out.format.extension();
    let [documents, entities, codes, failures] = schemas();
    let made = [
        out.table(&documents, &format!("documents.{extension}"), &mut |add| {
            write_documents(&manifest, &whole, &mut report, add)
        })?,
        out.table(&entities, &format!("entities.{extension}"), &mut |add| {
            let rows = whole.entities.iter().map(|(id, entity)| EntityRow { id, entity });
            add(&Rows::new::<tables::Entities>(rows.collect()))
        })?,
        out.table(&codes, &format!("codes.{extension}"), &mut |add| add(&Codes::rows()))?,
        out.table(&failures, &format!("failures.{extension}"), &mut |add| write_failures(&manifest, add))?,
    ];
    let of_set = [documents, entities, codes, failures].into_iter().zip(&made);
    let mut all: Vec<(TableSchema, Vec<String>)> =
        of_set.map(|(table, file)| (table, vec![file.path.clone()])).collect();
    for table in SCHEMAS.iter() {
        let paths = files.iter().filter(|file| file.table == table.name).map(|file| file.path.clone());
        all.push((table.clone(), paths.collect()));
    }
    for file in made {
        out.note(&Line::File(file))?;
    }
    let views = sql::views(&out.format, &all);
    out.text(sql::NAME, &mut |file| file.write_all(views.as_bytes()))?;
    let format = out.format.kind();
    let resources: Vec<_> = all.into_iter().map(|(schema, paths)| DataResource { schema, paths, format }).collect();
    out.text(PACKAGE, &mut |file| write_data_package(&resources, file))?;
    Ok(report)
}

fn write_documents(
    manifest: &Path,
    whole: &Whole,
    report: &mut DatasetReport,
    add: &mut Add<'_>,
) -> Result<(), DatasetError> {
    let mut standing = whole.standings.standings(&whole.entities);
    batches(&mut documents(manifest)?, &mut |batch: &[Document]| {
        let standings: Vec<_> = batch.iter().map(&mut standing).collect();
        report.documents += batch.len() as u64;
        report.set_aside += standings.iter().filter(|standing| standing.set_aside.is_some()).count() as u64;
        let rows = batch.iter().zip(&standings).map(|(document, standing)| DocumentRow {
            document,
            standing,
            run: whole.runs.get(&document.run),
        });
        add(&Rows::new::<Documents>(rows.collect()))
    })
}

fn write_failures(manifest: &Path, add: &mut Add<'_>) -> Result<(), DatasetError> {
    let mut failures = Reader::open(manifest)?.filter_map(|line| match line {
        Ok(Line::Failure(failure)) => Some(Ok(failure)),
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    });
    batches(&mut failures, &mut |batch: &[Failure]| {
        add(&Rows::new::<Failures>(batch.iter().map(|failure| FailureRow { failure }).collect()))
    })
}

fn documents(manifest: &Path) -> Result<impl Iterator<Item = Result<Document, DatasetError>>, DatasetError> {
    Ok(Reader::open(manifest)?.filter_map(|line| match line {
        Ok(Line::Document(document)) => Some(Ok(*document)),
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    }))
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
