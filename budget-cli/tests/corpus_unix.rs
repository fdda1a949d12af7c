//! Runs over many files and what only a Unix system has: links, permissions, signals, limits.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{TEXT, budget, file, folder, names, run, sample};
use serde_json::Value;

#[test]
fn links_are_followed_only_when_asked_and_a_loop_ends() {
    let here = folder("links");
    fs::create_dir_all(here.join("in/a")).unwrap();
    fs::create_dir(here.join("elsewhere")).unwrap();
    file(&here, "in/a/x.txt", TEXT);
    file(&here, "elsewhere/y.txt", TEXT);
    symlink("../../in", here.join("in/a/up")).unwrap();
    symlink("../elsewhere", here.join("in/there")).unwrap();
    symlink("a/x.txt", here.join("in/same.txt")).unwrap();
    symlink("nowhere", here.join("in/dead.txt")).unwrap();

    let ran = run(&here, &["extract", "in", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("out: 1 documents written, 4 links not followed"), "{}", ran.err);

    let ran = run(&here, &["extract", "in", "--out", "followed", "--follow"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(names(&here.join("followed")), ["a", "failures.csv", "same.txt.json", "there"]);
    assert!(ran.err.contains("in/a/up: the link leads back to a folder above it, in;"), "{}", ran.err);
    assert!(ran.err.contains("in/dead.txt: there is no such file"), "{}", ran.err);

    symlink("in", here.join("link")).unwrap();
    let ran = run(&here, &["extract", "link", "--out", "named"]);
    assert_eq!((ran.code, names(&here.join("named")).len()), (0, 2), "a link that is named is meant: {}", ran.err);
}

#[test]
fn what_cannot_be_opened_is_listed_and_passed_over() {
    let here = folder("closed");
    fs::create_dir_all(here.join("in/closed")).unwrap();
    file(&here, "in/a.txt", TEXT);
    let closed = file(&here, "in/b.txt", TEXT);
    for (path, mode) in [(here.join("in/closed"), 0o000), (closed.clone(), 0o000)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let is_root = fs::File::open(&closed).is_ok();
    let ran = run(&here, &["extract", "in", "--out", "out"]);
    fs::set_permissions(here.join("in/closed"), fs::Permissions::from_mode(0o700)).unwrap();
    if is_root {
        eprintln!("not checked: nothing is closed to this user");
        return;
    }
    assert_eq!(ran.code, 2, "{}", ran.err);
    for path in ["in/closed: permission denied", "in/b.txt: permission denied"] {
        assert!(ran.err.contains(path), "{}", ran.err);
    }
    assert_eq!(names(&here.join("out")), ["a.txt.json", "failures.csv"]);
}

#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let here = folder("pipe");
    fs::create_dir(here.join("in")).unwrap();
    file(&here, "in/a.txt", TEXT);
    assert!(Command::new("mkfifo").arg(here.join("in/pipe")).status().unwrap().success());
    let ran = run(&here, &["extract", "in", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("out: 1 documents written, 1 pipes or devices"), "{}", ran.err);
}

/// Enough that a run is still going on when it is killed.
const COPIES: usize = 100;

/// Copies of the sample.
fn copies(test: &str) -> PathBuf {
    let here = folder(test);
    fs::create_dir(here.join("in")).unwrap();
    for number in 0..COPIES {
        fs::copy(sample(), here.join(format!("in/{number:03}.txt"))).unwrap();
    }
    here
}

/// Starts a run and waits until there is something in its output folder that `is_there` looks for.
fn begun(here: &Path, arguments: &[&str], is_there: impl Fn(&[String]) -> bool) -> Child {
    let mut command = budget(here);
    command.args(["extract", "in"]).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while !is_there(&names(&here.join("out"))) {
        assert!(child.try_wait().unwrap().is_none(), "the run is over too early");
        assert!(start.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

fn has_three_documents(names: &[String]) -> bool {
    names.iter().filter(|name| name.ends_with(".txt.json")).count() > 2
}

fn every_visible_file_is_complete(out: &Path) -> usize {
    let visible: Vec<_> = names(out).into_iter().filter(|name| !name.starts_with('.')).collect();
    for name in &visible {
        let json: Value = serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap();
        assert_eq!(json["format"], "budget-disclosure", "{name}");
    }
    visible.len()
}

#[test]
fn a_run_that_is_killed_leaves_nothing_half_written_under_its_name() {
    let here = copies("killed");
    let mut child = begun(&here, &["--to", "json", "--out", "out"], has_three_documents);
    child.kill().unwrap();
    child.wait().unwrap();
    let there = every_visible_file_is_complete(&here.join("out"));
    assert!((3..COPIES).contains(&there));
    assert!(!here.join("out/failures.csv").exists(), "the log says that a run is over");

    file(&here, "out/.000.txt.json.4711-0.part", "half");
    let ran = run(&here, &["extract", "in", "--out", "out", "--skip-existing"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(names(&here.join("out")).iter().all(|name| !name.starts_with('.')), "left-over files are removed");
    assert!(
        ran.err.contains(&format!("out: {} documents written, {there} there already", COPIES - there)),
        "{}",
        ran.err
    );
    fs::remove_file(here.join("out/failures.csv")).unwrap();
    assert_eq!(every_visible_file_is_complete(&here.join("out")), COPIES);
}

#[test]
fn a_run_that_is_asked_to_end_cleans_up() {
    let is_begun = |names: &[String]| names.iter().any(|name| name.contains("figures.csv"));
    for (arguments, is_there) in [
        (&["--to", "json", "--out", "out"][..], &has_three_documents as &dyn Fn(&[String]) -> bool),
        (&["--dataset", "out"], &is_begun),
    ] {
        let here = copies("interrupted");
        let child = begun(&here, arguments, is_there);
        assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{message}");
        assert!(message.contains("the run was interrupted"), "{message}");
        let left = names(&here.join("out"));
        assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
        if arguments.contains(&"--dataset") {
            assert_eq!(left, [""; 0], "a set appears whole or not at all");
            continue;
        }
        let is_output = |name: &String| name.ends_with(".txt.json") || name == "failures.csv";
        assert!(left.len() < COPIES && left.iter().all(is_output), "{left:?}");
        let log = fs::read_to_string(here.join("out/failures.csv")).unwrap();
        let not_tried = log.lines().filter(|line| line.ends_with(",not-tried")).count();
        assert!(not_tried > 0, "{log}");
        assert_eq!(not_tried + left.len() - 1, COPIES, "what is not there is listed: {log}");
    }
}

/// Runs with files limited to 64 KiB: like a full disk, writing fails half way through.
fn run_limited(here: &Path, arguments: &str) -> common::Ran {
    let tool = env!("CARGO_BIN_EXE_budget");
    let script = format!("trap '' XFSZ; ulimit -f 64; exec '{tool}' {arguments}");
    Command::new("bash").args(["-c", &script]).current_dir(here).env("LC_ALL", "C.UTF-8").output().unwrap().into()
}

#[test]
fn a_write_that_fails_half_way_leaves_nothing() {
    let here = folder("limited");
    fs::create_dir(here.join("in")).unwrap();
    fs::copy(sample(), here.join("in/a.txt")).unwrap();
    file(&here, "in/b.txt", TEXT);
    let ran = run_limited(&here, "extract in --out out");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("in/a.txt: out: cannot be written") && ran.err.contains("free space"), "{}", ran.err);
    assert_eq!(names(&here.join("out")), ["b.txt.json", "failures.csv"], "the small one is not stopped by it");

    let ran = run_limited(&here, "extract in --dataset set");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("cannot be written"), "{}", ran.err);
    assert_eq!(names(&here.join("set")), [""; 0]);

    let ran = run_limited(&here, "extract in --to csv --out sets");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!(names(&here.join("sets")), ["b.txt.csv", "failures.csv"]);
    let ran = run_limited(&here, "check in --to json --out report.jsonl");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!(names(&here), ["in", "out", "set", "sets"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_would_be_one_output_are_told_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let here = folder("apart");
    fs::create_dir(here.join("in")).unwrap();
    for name in [&b"x\xff.txt"[..], b"x\xfe.txt", b"a.txt", b"A.txt", b"b:c.txt", b"b?c.txt", b"d", b"d.txt"] {
        fs::write(here.join("in").join(OsStr::from_bytes(name)), TEXT).unwrap();
    }
    let ran = run(&here, &["extract", "in", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        names(&here.join("out")),
        [
            "A.txt.json",
            "a-2.txt.json",
            "b_c-2.txt.json",
            "b_c.txt.json",
            "d.json",
            "d.txt.json",
            "failures.csv",
            "x%FE.txt.json",
            "x%FF.txt.json"
        ]
    );
    let ran = run(&here, &["extract", "in", "--dataset", "set"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let documents = fs::read_to_string(here.join("set/documents.csv")).unwrap();
    let mut records = csv::Reader::from_reader(documents.as_bytes());
    let keys: std::collections::HashSet<_> = records.records().map(|record| record.unwrap()[0].to_owned()).collect();
    assert_eq!(keys.len(), 8, "copies have keys of their own: {documents}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error_for_every_command_and_form() {
    let here = folder("full");
    fs::create_dir(here.join("in")).unwrap();
    file(&here, "in/a.txt", TEXT);
    let tool = env!("CARGO_BIN_EXE_budget");
    for arguments in [
        "extract in/a.txt",
        "extract in/a.txt --compact",
        "extract in",
        "inspect in/a.txt",
        "inspect in/a.txt --tables",
        "inspect in/a.txt --table income --table expenditure",
        "check in/a.txt",
        "check in/a.txt --to json",
        "check in/a.txt --to csv",
        "check in/a.txt --to sarif",
        "check in",
        "check in --to json",
        "check in --to csv",
        "check in --to sarif",
        "rules",
        "rules --markdown",
        "explain parts-do-not-add-up",
        "--help",
        "extract --help --lang zh",
        "--version",
    ] {
        let run = |redirection: &str| -> common::Ran {
            let script = format!("set -o pipefail; '{tool}' {arguments} {redirection}");
            Command::new("bash")
                .args(["-c", &script])
                .current_dir(&here)
                .env("LC_ALL", "C.UTF-8")
                .output()
                .unwrap()
                .into()
        };
        let ran = run("> /dev/full");
        assert_eq!(ran.code, 3, "{arguments}: {}", ran.err);
        assert!(ran.err.contains("standard output") || ran.err.contains("标准输出"), "{arguments}: {}", ran.err);
        let ran = run("| true");
        assert!(!ran.err.contains("error: cannot write") && !ran.err.contains("panicked"), "{arguments}: {}", ran.err);
    }
    let ran = run(&here, &["extract", "in/a.txt", "--out", "/dev/full", "--force"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("/dev/full: this is a device or a pipe"), "{}", ran.err);
}
