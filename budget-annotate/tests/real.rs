//! Real disclosures, kept outside of this repository.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

mod common;

use std::path::PathBuf;
use std::process::Command;

use budget_annotate::{AnnotateErrorKind, AnnotateOptions, annotate_pdf};
use budget_document::{Limits, Reader};
use budget_model::Severity;
use budget_parse_pdf::PdfReader;

fn real() -> PathBuf {
    let given = std::env::var_os("BUDGET_REAL_DIR").map(PathBuf::from);
    given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/real"))
}

/// Whether qpdf is there; where everything is decided it must be.
fn has_qpdf() -> bool {
    let is_there = Command::new("qpdf").arg("--version").output().is_ok();
    assert!(is_there || std::env::var_os("CI").is_none(), "qpdf checks the files: install it");
    if !is_there {
        println!("no qpdf: the files are not checked by another program");
    }
    is_there
}

/// What qpdf says of a file.
fn checked(path: &std::path::Path) -> (Option<i32>, String) {
    let ran = Command::new("qpdf").arg("--check").arg(path).output().unwrap();
    (ran.status.code(), format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr)))
}

#[test]
#[ignore = "needs qpdf"]
fn another_program_takes_files_of_every_form() {
    if !has_qpdf() {
        return;
    }
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    for form in common::FORMS {
        let mut file = common::File::new();
        file.page(
            "/Rotate 90 /Annots [<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] >>]",
            &common::table("1234.50"),
        );
        let content = file.bytes(form);
        let finding = common::finding(Severity::Error, "支出合计应为1235.50", &[common::place(&content, "1234.50")]);
        let once = annotate_pdf(&content, std::slice::from_ref(&finding), AnnotateOptions::default()).unwrap();
        let twice = annotate_pdf(&once.bytes, &[finding], AnnotateOptions::default()).unwrap();
        let path = out.join(format!("{form:?}.pdf"));
        std::fs::write(&path, twice.bytes).unwrap();
        let (code, said) = checked(&path);
        assert_eq!(code, Some(0), "{form:?}: {said}");
    }
}

#[test]
#[ignore = "needs the real files of ../shared"]
fn real_files_keep_their_bytes_and_their_tables_and_another_program_takes_them() {
    let folder = real().join("pdf");
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}; set BUDGET_REAL_DIR", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("real");
    std::fs::create_dir_all(&out).unwrap();
    let has_qpdf = has_qpdf();
    let (mut annotated_files, mut refused) = (0, Vec::new());
    for path in files {
        let (content, name) = (std::fs::read(&path).unwrap(), path.file_name().unwrap().to_owned());
        let before = PdfReader.read(&content, &Limits::default());
        let cells = before.iter().flat_map(|document| document.grids()).flat_map(|grid| grid.cells());
        let places: Vec<_> = cells.filter(|cell| !cell.value.is_blank()).map(|cell| cell.place).collect();
        let severities = [Severity::Error, Severity::Warning, Severity::Info].into_iter().cycle();
        let findings: Vec<_> = places
            .chunks(23)
            .zip(severities)
            .map(|(places, severity)| {
                common::finding(severity, "支出合计与各部分之和不相等", &places[..places.len().min(2)])
            })
            .collect();
        let started = std::time::Instant::now();
        let annotated = match annotate_pdf(&content, &findings, AnnotateOptions::default()) {
            Ok(annotated) => annotated,
            Err(error) => {
                refused.push(format!("{}: {error}", name.to_string_lossy()));
                assert_eq!(error.kind(), AnnotateErrorKind::Encrypted, "{refused:?}");
                continue;
            }
        };
        annotated_files += 1;
        println!(
            "{}: {} + {} bytes, {} marked, {:?}",
            name.to_string_lossy(),
            content.len(),
            annotated.bytes.len() - content.len(),
            annotated.marked,
            started.elapsed()
        );
        assert!(annotated.bytes.starts_with(&content), "{name:?}");
        assert_eq!(annotated.marked + annotated.unmarked + annotated.omitted, findings.len(), "{name:?}");
        assert_eq!(annotated.unmarked, 0, "{name:?}");
        if let Ok(before) = before {
            let before: Vec<_> = before.grids().map(|grid| format!("{grid:?}")).collect();
            assert_eq!(common::grids(&annotated.bytes), before, "{name:?}");
        }
        let path_out = out.join(&name);
        std::fs::write(&path_out, &annotated.bytes).unwrap();
        if has_qpdf {
            let ((code, said), (code_before, said_before)) = (checked(&path_out), checked(&path));
            assert!(code == Some(0) || code == code_before, "{name:?}: {said}\nbefore: {said_before}");
        }
    }
    println!("{annotated_files} annotated; refused: {refused:#?}");
}
