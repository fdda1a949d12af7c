//! What all formats promise, and what JSON promises.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod sample;

use budget_export::{ExportOptions, OmissionKind, exporters, from_json, json_schema};
use budget_model::{Disclosure, Side, TableKind};

#[test]
fn equal_documents_make_equal_bytes() {
    let all = || -> Vec<_> {
        exporters(ExportOptions::default())
            .iter()
            .map(|exporter| sample::export(exporter.descriptor().id, &sample::disclosure(), ExportOptions::default()))
            .collect()
    };
    let one = all();
    // A clock in a file would show; the times in a zip archive have steps of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(one.len(), 3);
    assert!(one == all());
}

#[test]
fn every_exporter_takes_an_empty_document() {
    for exporter in exporters(ExportOptions::default()) {
        let (files, _) = sample::export(exporter.descriptor().id, &Disclosure::default(), ExportOptions::default());
        assert!(!files.is_empty());
    }
}

fn json(disclosure: &Disclosure, compact: bool) -> Vec<u8> {
    let options = ExportOptions { compact, ..ExportOptions::default() };
    sample::export("json", disclosure, options).0.remove("d000.json").unwrap()
}

#[test]
fn json_comes_back_equal_down_to_the_printed_decimals() {
    let disclosure = sample::disclosure();
    for compact in [false, true] {
        let written = json(&disclosure, compact);
        let (info, read) = from_json(&written).unwrap();
        assert_eq!((info.id(), info.file(), info.sha256()), ("d000", "云溪.txt", Some("00ff")));
        assert_eq!(read, disclosure);
        // Decimals that differ in scale are equal, so compare the text as well.
        assert_eq!(json(&read, compact), written);
        assert_eq!(read.facts[1].value.to_string(), "-0.00");
        assert_eq!(read.tables[2].rows[4].cells[0].amount.value.to_string(), "40");
        assert_eq!(read.tables[2].rows[3].cells[0].amount.value.to_string(), "40.0");
    }
}

#[test]
fn compact_json_is_one_line() {
    assert_eq!(json(&sample::disclosure(), true).iter().filter(|byte| **byte == b'\n').count(), 1);
}

#[test]
fn exported_json_is_valid_by_the_published_schema_and_other_json_is_not() {
    let schema = serde_json::from_str(json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for disclosure in [sample::disclosure(), Disclosure::default()] {
        let mut value: serde_json::Value = serde_json::from_slice(&json(&disclosure, false)).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        value["version"] = 2.into();
        assert!(!validator.is_valid(&value));
        value["version"] = 1.into();
        value["disclosure"]["stage"] = "plan".into();
        assert!(!validator.is_valid(&value));
    }
}

#[test]
fn contacts_are_left_out_when_asked_and_the_report_says_so() {
    let options = ExportOptions { redact_contacts: true, ..ExportOptions::default() };
    for id in ["csv", "json", "xlsx"] {
        let (files, report) = sample::export(id, &sample::disclosure(), options);
        for (name, bytes) in &files {
            let text = sample::text(bytes);
            assert!(!["丁一鸣", "于小满", "0000-1234567"].iter().any(|contact| text.contains(contact)), "{name}");
        }
        let contacts = report.omissions.iter().find(|omission| omission.kind == OmissionKind::Contacts).unwrap();
        assert_eq!(contacts.count, 2);
    }
    let (files, report) = sample::export("json", &sample::disclosure(), ExportOptions::default());
    assert!(sample::text(&files["d000.json"]).contains("丁一鸣"));
    assert!(report.omissions.is_empty());
}

#[test]
fn tables_that_no_form_has_are_written_all_the_same() {
    let header = |words: &[&str]| words.iter().map(ToString::to_string).collect();
    let headers: [Vec<String>; 5] =
        [header(&["一"]), header(&["一", "二"]), header(&["一", "二"]), Vec::new(), header(&[""; 30])];
    let mut tables = Vec::new();
    for kind in TableKind::ALL {
        for columns in 0..=headers.len() {
            let mut table = sample::disclosure().tables.remove(2);
            table.kind = kind;
            table.number = Some(sample::label("[表]:*?/\\'一二三四五六七八九十一二三四五六"));
            let column = table.columns[0].clone();
            let made = headers.iter().take(columns).zip(0..);
            table.columns = made
                .map(|(header, id)| {
                    let mut column = column.clone();
                    column.id = format!("c{id}");
                    column.header.clone_from(header);
                    column
                })
                .collect();
            // A cycle, a whole that does not exist, and a side where there is none.
            table.rows[0].part_of = Some(1);
            table.rows[1].part_of = Some(0);
            table.rows[2].part_of = Some(99);
            table.rows[3].side = (columns == 2).then_some(Side::Revenue);
            table.rows[4].code = Some("2070109".parse().unwrap());
            table.declared_empty = Some(sample::label("空表。"));
            tables.push(table);
        }
    }
    let disclosure = Disclosure { tables, ..Disclosure::default() };
    for exporter in exporters(ExportOptions::default()) {
        let id = exporter.descriptor().id;
        assert!(!sample::export(id, &disclosure, ExportOptions::default()).0.is_empty(), "{id}");
    }
}
