//! Arrows between the crates point down only.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// For each crate of the workspace, those it depends on (tests aside).
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    metadata
        .packages
        .iter()
        .map(|package| {
            let normal =
                package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development);
            let used = normal.map(|dependency| dependency.name.clone()).filter(|name| ours.contains(name)).collect();
            (package.name.to_string(), used)
        })
        .collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

#[test]
fn every_crate_depends_on_crates_below_it_only() {
    for (name, used) in dependencies() {
        let allowed = match name.as_str() {
            "budget-model" => set([]),
            "budget-classification" | "budget-document" | "budget-export" => set(["budget-model"]),
            "budget-annotate" => set(["budget-model", "budget-export"]),
            "budget-dataset" => set(["budget-model", "budget-classification", "budget-export", "budget-rules"]),
            "budget-arrow" => set(["budget-model", "budget-export", "budget-dataset"]),
            "budget-rules" => set(["budget-model", "budget-classification"]),
            "budget-report" => set(["budget-model", "budget-classification", "budget-export", "budget-rules"]),
            "budget-parse" => set(["budget-model", "budget-classification", "budget-document"]),
            "budget-testkit" => set(["budget-model", "budget-document", "budget-parse"]),
            // Its `read_text` reads a text with everything that is built in.
            "budget-parse-text" => set(["budget-model", "budget-document", "budget-parse"]),
            format if format.starts_with("budget-parse-") => set(["budget-model", "budget-document"]),
            // What users run may use everything.
            "budget-cli" | "budget-examples" => continue,
            other => panic!("{other} is new: say here what it may depend on"),
        };
        assert!(used.is_subset(&allowed), "{name} depends on {:?}", used.difference(&allowed).collect::<Vec<_>>());
    }
}

#[test]
fn nothing_depends_on_what_users_run() {
    for (name, used) in dependencies() {
        assert!(used.is_disjoint(&set(["budget-cli", "budget-examples"])), "{name} depends on {used:?}");
    }
}

#[test]
fn the_crates_this_test_speaks_of_exist() {
    let names: BTreeSet<String> = dependencies().into_keys().collect();
    let known = [
        "budget-model",
        "budget-document",
        "budget-parse",
        "budget-rules",
        "budget-export",
        "budget-parse-text",
        "budget-parse-html",
        "budget-parse-pdf",
        "budget-parse-xlsx",
        "budget-parse-docx",
    ];
    assert!(set(known).is_subset(&names), "{names:?}");
}
