//! Sets in a folder: what is in them, what counts, and what happens when runs append, remove or end before their time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use budget_dataset::{
    Appended, Csv, Dataset, DatasetError, DatasetErrorKind, DatasetOptions, DocumentRows, Entry, Failure, Record,
    schemas,
};
use budget_model::{
    Amount, Cell, Column, Disclosure, Label, Place, Placement, Region, Role, Row, Stage, Table, TableKind, Unit,
};
use budget_rules::Checker;

const PLACE: Place = Place::Text { page: 1, line: 7, column: 3 };

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("set-{name}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// A document of one table: 合计, and 公共安全支出 below it.
fn disclosure(entity: &str, year: u16, figures: &[&str]) -> Disclosure {
    let mut table = Table::new(TableKind::Expenditure, Label::new("支出总表", PLACE));
    table.unit = Unit::TenThousandYuan;
    table.columns = vec![Column::new("total", "合计")];
    for (index, figure) in figures.iter().enumerate() {
        let name = if index == 0 { "合计" } else { "公共安全支出" };
        let mut row = Row::new(if index == 0 { Role::Total } else { Role::Class }, Label::new(name, PLACE));
        row.part_of = (index > 0).then_some(0);
        row.code = (index > 0).then(|| "204".parse().unwrap());
        let amount = Amount { value: figure.parse().unwrap(), place: PLACE };
        row.cells.push(Cell::new(0, amount, Placement::Printed));
        table.rows.push(row);
    }
    Disclosure {
        entity: Some(Label::new(entity, PLACE)),
        region: Some(Region::new("甲省乙市丙县", Some(990_101), false, PLACE)),
        year: Some(year),
        unit: Unit::TenThousandYuan,
        tables: vec![table],
        ..Disclosure::default()
    }
}

/// A hash of 64 digits for a content that is told by a number.
fn hash(content: u64) -> String {
    format!("{content:016x}{content:048x}")
}

fn rows(path: &str, content: u64, disclosure: &Disclosure) -> DocumentRows<Csv> {
    let report = Checker::new().check(disclosure);
    let hash = hash(content);
    DocumentRows::new(&Csv::default(), &Record::new(path, &hash, disclosure, &report)).unwrap()
}

fn create(folder: &Path) -> Dataset<Csv> {
    let mut options = DatasetOptions::default();
    options.force = true;
    Dataset::create(folder, Csv::default(), options).unwrap()
}

fn open(folder: &Path) -> Dataset<Csv> {
    Dataset::open(folder, Csv::default(), Vec::new()).unwrap()
}

type Found = BTreeMap<String, String>;

fn read(folder: &Path, file: &str) -> Vec<Found> {
    let mut csv = csv::Reader::from_path(folder.join(file)).unwrap();
    csv.deserialize().map(|row| row.unwrap()).collect()
}

/// The files of a folder and those in it, with what is in them.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn column<'a>(rows: &'a [Found], name: &str) -> Vec<&'a str> {
    rows.iter().map(|row| row[name].as_str()).collect()
}

#[test]
fn a_set_has_every_table_and_a_figure_says_what_it_is_by_itself() {
    let folder = folder("tables");
    let mut set = create(&folder);
    let disclosure = disclosure("丙县审计局", 2025, &["17.00", "17.00"]);
    assert_eq!(set.append(&rows("a.pdf", 1, &disclosure)).unwrap(), Appended::New);
    set.fail(Failure::new("b.pdf", "damaged", "the file is damaged")).unwrap();
    let report = set.finish().unwrap();
    assert_eq!((report.documents, report.set_aside), (1, 0));
    for table in schemas() {
        assert!(folder.join(format!("{}.csv", table.name)).is_file(), "{}", table.name);
    }
    let figures = read(&folder, "figures.csv");
    let class = &figures[1];
    for (name, value) in [
        ("document", "d0000000000000001"),
        ("cell", "d0000000000000001:1:2:1"),
        ("entity_id", "990101/丙县审计局"),
        ("region_code", "990101"),
        ("year", "2025"),
        ("stage", "budget"),
        ("phase", "budget"),
        ("year_ref", "this"),
        ("money_year", "2025"),
        ("function", "204"),
        ("economic", ""),
        ("value", "17.00"),
        ("decimals", "2"),
        ("unit", "万元"),
        ("value_yuan", "170000"),
        ("half_unit_yuan", "50"),
        ("level", "1"),
        ("is_leaf", "true"),
        ("whole_row", "1"),
        ("total_row", "1"),
        ("certainty", "certain"),
        ("place", "7:3"),
    ] {
        assert_eq!(class[name], value, "{name}");
    }
    assert_eq!(column(&figures, "is_leaf"), ["false", "true"]);
    assert_eq!(column(&read(&folder, "failures.csv"), "code"), ["damaged"]);
    let manifest = fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    assert!(manifest.contains(&hash(1)) && manifest.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn of_copies_versions_and_spellings_one_counts_and_all_are_kept() {
    let folder = folder("counts");
    let mut set = create(&folder);
    let two = disclosure("丙县审计局", 2025, &["17.00", "17.00"]);
    let mut doubtful = two.clone();
    doubtful.tables[0].rows[1].cells[0].placement = Placement::Ambiguous { candidates: vec![0] };
    for (path, content, disclosure, appended) in [
        ("draft.pdf", 1, &doubtful, Appended::New),
        ("a.pdf", 2, &two, Appended::New),
        ("copy of a.pdf", 2, &two, Appended::Copy),
        ("b.pdf", 3, &disclosure("甲省乙市丙县审计局", 2025, &["18.00"]), Appended::New),
        ("c.pdf", 4, &disclosure("丙县审计局", 2024, &["16.00"]), Appended::New),
        ("d.pdf", 5, &Disclosure { stage: Stage::Final, ..two.clone() }, Appended::New),
        ("e.pdf", 6, &Disclosure { year: None, ..two.clone() }, Appended::New),
    ] {
        assert_eq!(set.append(&rows(path, content, disclosure)).unwrap(), appended, "{path}");
    }
    let report = set.finish().unwrap();
    assert_eq!((report.documents, report.set_aside), (7, 4));
    let documents = read(&folder, "documents.csv");
    let standing: Vec<_> = documents
        .iter()
        .map(|row| (row["path"].as_str(), row["counts_figures"].as_str(), row["set_aside"].as_str()))
        .collect();
    assert_eq!(
        standing,
        [
            ("draft.pdf", "false", "other-version"),
            ("a.pdf", "true", ""),
            ("copy of a.pdf", "false", "same-content"),
            ("b.pdf", "false", "other-spelling"),
            ("c.pdf", "true", ""),
            ("d.pdf", "true", ""),
            ("e.pdf", "false", "no-entity-or-year"),
        ]
    );
    assert_eq!(documents[2]["document"], "d0000000000000002-2");
    assert_eq!(documents[2]["duplicate_of"], "d0000000000000002");
    assert_eq!(documents[3]["counted_as"], documents[1]["entity_id"]);
    assert_eq!(column(&documents, "version_count"), ["3", "3", "3", "3", "1", "1", "0"]);
    let figures = read(&folder, "figures.csv");
    let of_copies = figures.iter().filter(|row| row["document"].starts_with("d0000000000000002")).count();
    assert_eq!(of_copies, 2, "the records of a copy are those of the first");
    let entities = read(&folder, "entities.csv");
    assert_eq!(column(&entities, "may_be"), ["", "990101/丙县审计局"]);
}

#[test]
fn a_later_run_appends_without_reading_the_tables_and_has_the_later_version() {
    let folder = folder("append");
    let mut set = create(&folder);
    set.append(&rows("2024/a.pdf", 1, &disclosure("丙县审计局", 2024, &["16.00"]))).unwrap();
    set.finish().unwrap();
    // Whoever reads this stumbles.
    fs::write(folder.join("figures.csv"), b"\"\xff").unwrap();
    let mut set = open(&folder);
    assert!(set.known().has("2024/a.pdf", &hash(1)) && !set.known().has("2024/a.pdf", &hash(2)));
    let again = rows("2024/a.pdf", 1, &disclosure("丙县审计局", 2024, &["16.00"]));
    assert_eq!(set.append(&again).unwrap(), Appended::Known);
    set.append(&rows("2025/a.pdf", 2, &disclosure("丙县审计局", 2025, &["17.00"]))).unwrap();
    set.append(&rows("2024/a new.pdf", 3, &disclosure("丙县审计局", 2024, &["16.50"]))).unwrap();
    set.finish().unwrap();
    assert_eq!(fs::read(folder.join("figures.csv")).unwrap(), b"\"\xff");
    assert_eq!(column(&read(&folder, "figures-2.csv"), "value"), ["17.00", "16.50"]);
    let documents = read(&folder, "documents.csv");
    assert_eq!(column(&documents, "run"), ["1", "2", "2"]);
    assert_eq!(column(&documents, "counts_figures"), ["false", "true", "true"]);
    let views = fs::read_to_string(folder.join("views.sql")).unwrap();
    assert!(views.contains("['figures.csv', 'figures-2.csv']"));
}

#[test]
fn a_document_that_is_taken_out_is_in_no_table() {
    let folder = folder("remove");
    let mut set = create(&folder);
    for (path, content) in [("a.pdf", 1), ("b.pdf", 2), ("copy of b.pdf", 2), ("c.pdf", 3)] {
        set.append(&rows(path, content, &disclosure("丙县审计局", 2025, &["17.00"]))).unwrap();
    }
    set.finish().unwrap();
    let key = |content: u64| format!("d{content:016x}");
    let mut set = open(&folder);
    assert!(set.remove("d.pdf").is_err_and(|error| matches!(error.kind(), DatasetErrorKind::NoDocument { .. })));
    set.remove(&key(1)).unwrap();
    set.remove("b.pdf").unwrap();
    set.finish().unwrap();
    assert_eq!(column(&read(&folder, "figures.csv"), "document"), [key(2), key(3)], "a copy is left of b.pdf");
    assert_eq!(column(&read(&folder, "columns.csv"), "document"), [key(2), key(3)]);
    assert_eq!(column(&read(&folder, "documents.csv"), "path"), ["copy of b.pdf", "c.pdf"]);
    let mut set = open(&folder);
    set.remove("copy of b.pdf").unwrap();
    set.append(&rows("b.pdf", 2, &disclosure("丙县审计局", 2025, &["17.00"]))).unwrap();
    assert!(set.remove("c.pdf").is_err(), "what stays is in the new manifest by now");
    set.finish().unwrap();
    assert_eq!(column(&read(&folder, "figures.csv"), "document"), [key(3)]);
    assert_eq!(column(&read(&folder, "figures-3.csv"), "document"), [key(2)]);
    let manifest = fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    assert!(manifest.contains(&format!("\"removed\":[\"{} copy of b.pdf\"]", key(2))), "{manifest}");
}

#[test]
fn equal_documents_make_equal_bytes_and_a_new_set_takes_the_place_of_the_old_one() {
    let folder = folder("equal");
    let fill = |years: &[u16]| {
        let mut options = DatasetOptions::default();
        options.by_year = years.len() > 1;
        options.force = true;
        let mut set = Dataset::create(&folder, Csv::default(), options).unwrap();
        for year in years {
            let path = format!("{year}.pdf");
            set.append(&rows(&path, u64::from(*year), &disclosure("丙县审计局", *year, &["17.00"]))).unwrap();
        }
        set.finish().unwrap();
        files(&folder)
    };
    let by_year = fill(&[2024, 2025]);
    assert!(by_year.contains_key("figures/in_year=2024/1.csv") && by_year.contains_key("figures/in_year=2025/1.csv"));
    assert!(by_year.keys().all(|name| !name.starts_with('.')), "{:?}", by_year.keys());
    let one = fill(&[2025]);
    assert!(one.keys().all(|name| !name.contains('/')), "{:?}", one.keys());
    assert_eq!(fill(&[2024, 2025]), by_year);
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(fill(&[2025]), one);
}

#[test]
fn a_run_that_ends_before_its_time_leaves_the_old_set_whole() {
    let folder = folder("killed");
    let mut set = create(&folder);
    set.append(&rows("a.pdf", 1, &disclosure("丙县审计局", 2025, &["17.00"]))).unwrap();
    set.finish().unwrap();
    let whole = files(&folder);
    let mut set = create(&folder);
    set.append(&rows("b.pdf", 2, &disclosure("丙县审计局", 2025, &["18.00"]))).unwrap();
    drop(set);
    assert_eq!(files(&folder), whole);
    let mut set = open(&folder);
    set.remove("a.pdf").unwrap();
    set.append(&rows("b.pdf", 2, &disclosure("丙县审计局", 2025, &["18.00"]))).unwrap();
    // Killed: what it was writing stays behind, and the next run takes it away.
    std::mem::forget(set);
    assert!(files(&folder).len() > whole.len());
}

#[test]
fn what_belongs_to_no_set_is_not_replaced() {
    let folder = folder("foreign");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("figures.csv"), "mine").unwrap();
    let failed = |result: Result<Dataset<Csv>, DatasetError>| result.err().unwrap();
    let error = failed(Dataset::create(&folder, Csv::default(), DatasetOptions::default()));
    assert!(matches!(error.kind(), DatasetErrorKind::Exists { .. }), "{error}");
    let error = failed(Dataset::open(&folder, Csv::default(), Vec::new()));
    assert!(matches!(error.kind(), DatasetErrorKind::NoSet), "{error}");
    assert_eq!(fs::read(folder.join("figures.csv")).unwrap(), b"mine");
    let mut options = DatasetOptions::default();
    options.force = true;
    Dataset::create(&folder, Csv::default(), options).unwrap().finish().unwrap();
    assert_ne!(fs::read(folder.join("figures.csv")).unwrap(), b"mine");
    let error = failed(Dataset::create(&folder, Csv::default(), DatasetOptions::default()));
    assert!(matches!(error.kind(), DatasetErrorKind::SetExists), "{error}");
}

#[test]
fn a_set_of_packed_entries_equals_that_of_the_documents_themselves() {
    let format = Csv::default();
    let documents = [("a.txt", 1, disclosure("甲局", 2025, &["3", "3"])), ("b.txt", 2, Disclosure::default())];
    let failure = Failure::new("c.pdf", "no-text", "a scan");

    let itself = folder("not-packed");
    let mut set = create(&itself);
    for (path, content, document) in &documents {
        set.append(&rows(path, *content, document)).unwrap();
    }
    set.fail(failure.clone()).unwrap();
    set.finish().unwrap();

    let packed = folder("packed");
    let entries =
        documents.iter().map(|(path, content, document)| Entry::Document(Box::new(rows(path, *content, document))));
    let bytes = entries.chain([Entry::Failure(failure)]).map(|entry| entry.pack(&format).unwrap()).collect::<Vec<_>>();
    let mut set = create(&packed);
    let appended: Vec<_> =
        bytes.iter().map(|bytes| set.add(&Entry::unpack(&format, bytes).unwrap()).unwrap()).collect();
    assert_eq!(appended, [Some(Appended::New), Some(Appended::New), None]);
    set.finish().unwrap();
    assert_eq!(files(&packed), files(&itself));
}

#[test]
fn bytes_that_are_no_packed_entry_are_told() {
    let format = Csv::default();
    let entry = Entry::Document(Box::new(rows("a.txt", 1, &disclosure("甲局", 2025, &["3", "3"]))));
    let bytes = entry.pack(&format).unwrap();
    let is_refused = |bytes: &[u8]| Entry::unpack(&format, bytes).is_err();
    assert!((0..bytes.len()).all(|end| is_refused(&bytes[..end])), "cut");
    let longer = [bytes.as_slice(), b"1"].concat();
    assert!(is_refused(&longer));
    // Of another version.
    let at = bytes.windows(5).position(|five| five == b"0.1.0").unwrap();
    let mut other = bytes.clone();
    other[at] = b'9';
    let error = Entry::unpack(&format, &other).err().unwrap();
    assert!(matches!(error.kind(), DatasetErrorKind::Packed) && error.to_string().contains("9.1.0"), "{error}");
    // Nothing that is changed on the way makes it panic.
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        let _ = Entry::unpack(&format, &changed);
    }
}
