//! Small inputs of the kinds met in public reports, kept outside of this repository: nothing certain that the document does not
//! state, no error on a consistent document, no loss in silence, and no input that takes long or much memory.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use budget_model::{Decimal, Disclosure, Placement, Table, Unit};

/// The longest that one input may take, and the most memory. Tests are built without optimisation, which is slower by a
/// factor of about five.
const SECONDS: u64 = if cfg!(debug_assertions) { 5 } else { 1 };
const MEBIBYTES: u64 = 256;

/// Inputs that are not the sample with one thing changed, and the figures that they state: a certain figure must be one of
/// them. The folders that are not listed hold the sample.
const OTHERS: [(&str, &[&str]); 8] = [
    ("40-performance-memory", &[]),
    ("46-final-accounts", &["434.72", "434.16", "433.60", "0.56", "262.43", "171.73", "0.00"]),
    ("82-two-sided-row", &["26900000", "4000000", "22000000", "900000"]),
    ("h-ocr-letter", &[]),
    ("h-slow", &["155723.39", "12090.48", "265.31", "1015.03", "0.00"]),
    ("h-thousands-space", &["1000.00"]),
    ("h-triangle", &["-100.00"]),
    ("h-unit-million", &["100.00"]),
];

/// The sample with the signs of figures turned: those figures are what the document states, and contradict the others.
const TURNED: &str = "03-negative-marks";
/// The sample in another unit, but for figures and units that were wrapped (`38,800.00万` / `元`): these contradict the others.
const HALF_CONVERTED: &str = "38-text-unit-yuan-paren";

fn cases() -> Vec<PathBuf> {
    let folder = std::env::var_os("BUDGET_CASES_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases"), PathBuf::from);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}; set BUDGET_CASES_DIR", folder.display()))
        .filter_map(|entry| {
            let inside = std::fs::read_dir(entry.ok()?.path()).ok()?;
            inside
                .filter_map(Result::ok)
                .map(|entry| entry.path())
                .find(|path| path.file_stem().is_some_and(|s| s == "in"))
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no case in {}", folder.display());
    files
}

fn name(case: &Path) -> String {
    case.parent().and_then(Path::file_name).unwrap().to_string_lossy().into_owned()
}

/// What the tool prints and how it exits; fails if it takes too long or too much memory.
fn run(arguments: &[&str], case: &Path) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_budget"));
    command.args(arguments).arg(case).env("LC_ALL", "C.UTF-8").stdout(Stdio::piped()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut stdout, &mut text).unwrap();
        String::from_utf8_lossy(&text).into_owned()
    });
    let mut most = 0;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        most = most.max(resident(child.id()));
        let is_over = start.elapsed() > Duration::from_secs(SECONDS) || most > MEBIBYTES << 10;
        if is_over {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{}: over {SECONDS} s or {MEBIBYTES} MiB ({most} KiB, {:?})", name(case), start.elapsed());
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    (reader.join().unwrap(), status.code())
}

/// The memory that a process has used at most, in KiB; 0 where the system does not say.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn read(path: &Path) -> Option<Disclosure> {
    let (json, status) = run(&["extract", "--to", "json", "--out", "-"], path);
    assert!(matches!(status, Some(0 | 2)), "{}: {status:?}", name(path));
    let mut value: serde_json::Value = serde_json::from_str(&json).ok()?;
    serde_json::from_value(value.get_mut("disclosure")?.take()).ok()
}

/// A figure of a table: the table, its side, the row and the column.
type Position = (&'static str, Option<&'static str>, String, String, String);

/// A figure as it is printed, and in yuan.
type Value = (String, Decimal);

/// The figures of a document by position, with every column that they may stand in; only the certain ones if asked.
fn figures(disclosure: &Disclosure, only_certain: bool) -> HashMap<Position, Vec<Value>> {
    let mut figures: HashMap<Position, Vec<Value>> = HashMap::new();
    for table in &disclosure.tables {
        for row in &table.rows {
            for cell in &row.cells {
                if only_certain && !table.doubts_of(row, cell).is_empty() {
                    continue;
                }
                let columns = match &cell.placement {
                    Placement::Ambiguous { candidates } => candidates.clone(),
                    _ => vec![cell.column],
                };
                for column in columns {
                    let position = (
                        table.kind.as_str(),
                        row.side.map(budget_model::Side::as_str),
                        row.code.map(|code| code.to_string()).unwrap_or_default(),
                        row.label.text.clone() + row.project.as_ref().map_or("", |project| project.text.as_str()),
                        table.columns[usize::from(column)].id.clone(),
                    );
                    let value = (cell.amount.value.to_string(), in_yuan(table, cell.amount.value));
                    figures.entry(position).or_default().push(value);
                }
            }
        }
    }
    figures
}

fn in_yuan(table: &Table, value: Decimal) -> Decimal {
    let unit = table.unit.in_yuan().or(Unit::TenThousandYuan.in_yuan()).unwrap();
    (value * unit).normalize()
}

#[test]
#[ignore = "needs the cases of ../shared"]
fn no_case_has_a_certain_figure_that_the_document_does_not_state() {
    let sample = figures(&read(&common::sample()).unwrap(), false);
    let mut wrong = Vec::new();
    let mut certain = 0;
    for case in cases() {
        let name = name(&case);
        let Some(disclosure) = read(&case) else { continue };
        let other = OTHERS.iter().find(|(other, _)| *other == name);
        for (position, values) in figures(&disclosure, true) {
            for value in values {
                certain += 1;
                let (printed, yuan) = &value;
                let is_stated = match other {
                    Some((_, stated)) => stated.contains(&printed.as_str()),
                    None => sample.get(&position).is_some_and(|of| {
                        of.iter().any(|(_, sample)| sample == yuan || (name == TURNED && *sample == -*yuan))
                    }),
                };
                if !is_stated {
                    wrong.push(format!("{name}: {position:?} {printed}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {certain} certain figures are wrong:\n{}", wrong.len(), wrong.join("\n"));
    println!("{certain} certain figures, none wrong");
}

#[test]
#[ignore = "needs the cases of ../shared"]
fn no_case_that_is_consistent_has_an_error() {
    let mut errors = Vec::new();
    for case in cases().into_iter().filter(|case| ![TURNED, HALF_CONVERTED].contains(&name(case).as_str())) {
        let (text, status) = run(&["check", "--fail-on", "error"], &case);
        assert!(matches!(status, Some(0..=2)), "{}: {status:?}", name(&case));
        errors.extend(
            text.lines().filter(|line| line.starts_with("error[")).map(|line| format!("{}: {line}", name(&case))),
        );
    }
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}

#[test]
#[ignore = "needs the cases of ../shared"]
fn what_is_not_read_of_a_case_is_reported() {
    let sample = read(&common::sample()).unwrap();
    let stated = sample.tables.iter().map(Table::figure_count).sum::<usize>();
    let mut silent = Vec::new();
    for case in cases() {
        let Some(disclosure) = read(&case) else { continue };
        let read = disclosure.tables.iter().map(Table::certain_count).sum::<usize>();
        let is_sample = !OTHERS.iter().any(|(other, _)| *other == name(&case));
        let ambiguous = sample.tables.iter().map(Table::ambiguous_count).sum::<usize>();
        if is_sample && read < stated - ambiguous && disclosure.diagnostics.is_empty() {
            silent.push(format!("{}: {read} of {stated} figures certain and no diagnostic", name(&case)));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
