//! `budget report`: pages to read and print.

#![cfg(feature = "report")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{TEXT, file, folder, names, real, run, sample};

/// The sample with a total that its parts do not add up to.
fn wrong() -> String {
    let text = fs::read_to_string(sample()).unwrap();
    assert!(text.contains("总计 120") || !text.is_empty());
    TEXT.replace("总计 120.00 100.00 20.00", "总计 125.00 100.00 20.00")
}

#[test]
fn one_file_makes_one_page_that_needs_nothing_else() {
    let here = folder("report-one");
    file(&here, "a.txt", wrong());
    let ran = run(&here, &["report", "a.txt", "--out", "a.html"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("a.txt → a.html"), "{}", ran.err);
    assert_eq!(names(&here), ["a.html", "a.txt"]);
    let page = fs::read_to_string(here.join("a.html")).unwrap();
    for outside in ["http://", "https://", "<link", "@import", "src=\"//"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("id=\"f1\""), "no finding is shown");
    // Equal input makes equal bytes, and nothing that exists is replaced.
    assert_eq!(run(&here, &["report", "a.txt", "--out", "b.html"]).code, 0);
    assert_eq!(page, fs::read_to_string(here.join("b.html")).unwrap());
    assert_eq!(run(&here, &["report", "a.txt", "--out", "b.html"]).code, 3);
    assert_eq!(run(&here, &["report", "a.txt", "--out", "b.html", "--force"]).code, 0);
}

#[test]
fn the_language_is_that_which_is_asked_for() {
    let here = folder("report-language");
    file(&here, "a.txt", TEXT);
    for (language, word) in [("zh", "资金去向"), ("en", "Where the money goes")] {
        let out = format!("{language}.html");
        assert_eq!(run(&here, &["report", "a.txt", "--out", &out, "--lang", language]).code, 0);
        assert!(fs::read_to_string(here.join(out)).unwrap().contains(word));
    }
}

#[test]
fn several_files_make_a_folder_with_an_index() {
    let here = folder("report-several");
    file(&here, "index.txt", wrong());
    file(&here, "b.txt", TEXT.replace("云溪县文化馆", "云溪县<script>图书馆"));
    file(&here, "bad.pdf", "%PDF-1.7\nnothing else");
    let ran = run(&here, &["report", "index.txt", "b.txt", "bad.pdf", "--out", "out"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(names(&here.join("out")), ["b.html", "index-2.html", "index.html"]);
    let index = fs::read_to_string(here.join("out/index.html")).unwrap().replace("&#x2f;", "/");
    assert!(index.contains("href=\"./index-2.html\"") && index.contains("href=\"./index-2.html#f1\""), "{index}");
    assert!(index.contains("bad.pdf"), "what could not be read is listed");
    for page in ["index.html", "b.html"] {
        let page = fs::read_to_string(here.join("out").join(page)).unwrap();
        assert_eq!(page.matches("<script>").count(), 1, "a document writes into the page");
    }
    assert!(
        fs::read_to_string(here.join("out/b.html")).unwrap().replace("&#x2f;", "/").contains("href=\"./index.html\"")
    );
}

#[test]
fn of_a_folder_what_is_no_disclosure_is_passed_over() {
    let here = folder("report-folder");
    fs::create_dir_all(here.join("in/2025")).unwrap();
    file(&here, "in/2025/a.txt", TEXT);
    file(&here, "in/notes.md", "# nothing of a disclosure");
    let ran = run(&here, &["report", "in", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(names(&here.join("out")), ["a.html", "index.html"]);
}

#[test]
fn silenced_findings_do_not_count() {
    let here = folder("report-baseline");
    file(&here, "a.txt", wrong());
    assert_eq!(run(&here, &["check", "a.txt", "--write-baseline", "known.toml"]).code, 1);
    let baseline = fs::read_to_string(here.join("known.toml")).unwrap();
    file(&here, "known.toml", baseline.replace("reason = \"\"", "reason = \"总表另行更正\""));
    let ran = run(&here, &["report", "a.txt", "--out", "a.html", "--baseline", "known.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fs::read_to_string(here.join("a.html")).unwrap();
    assert!(!page.contains("id=\"f1\"") && page.contains("总表另行更正"));
}

/// Without the packages and the browser it fails: CI installs them.
#[test]
#[ignore = "needs ../shared, node, Chromium, and playwright-core and axe-core in target/browser"]
fn a_browser_shows_every_report_and_follows_its_links() {
    let here = folder("report-browser");
    let mut inputs = vec![sample(), sample().with_extension("pdf")];
    let seeds = std::env::var_os("BUDGET_SEEDS_DIR").map_or_else(|| real().join("../seeds"), PathBuf::from);
    let mut seeds: Vec<_> = fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    seeds.sort();
    inputs.extend(seeds);
    // Those with findings on pages of several kinds: ruled, unruled, turned, with targets.
    let pdfs = ["suzhou-179", "xian-249", "jiangsu-021", "beijing-076", "yantai-281", "chongqing-148"];
    inputs.extend(pdfs.map(|name| real().join("pdf").join(name).with_extension("pdf")));
    let mut arguments = vec!["report", "--lang", "zh", "--out", "all"];
    arguments.extend(inputs.iter().map(|path| path.to_str().unwrap()));
    let ran = run(&here, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let pages: Vec<_> = names(&here.join("all")).into_iter().map(|name| here.join("all").join(name)).collect();
    assert_eq!(pages.len(), inputs.len() + 1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(in_path).expect("no Chromium");
    let output = Command::new("node")
        .arg(root.join("tests/browser/report.mjs"))
        .arg(root.join("../target/browser"))
        .arg(browser)
        .arg(&here)
        .args(pages)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
