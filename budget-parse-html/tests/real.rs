//! Pages of real offices.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use budget_model::{Decimal, Disclosure, Role, TableKind};
use budget_parse::Registry;
use budget_parse_html::HtmlReader;
use budget_parse_text::TextReader;

fn read(name: &str) -> Disclosure {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real");
    let folder = std::env::var_os("BUDGET_REAL_DIR").map_or(default, PathBuf::from);
    let page = std::fs::read(folder.join("html").join(name)).unwrap();
    Registry::new().with_reader(TextReader).with_reader(HtmlReader).read(&page, Some(name)).unwrap()
}

fn total(document: &Disclosure, kind: TableKind) -> Vec<String> {
    let table = document.table(kind).unwrap();
    let row = table.rows.iter().find(|row| row.role == Role::Total).unwrap();
    row.cells.iter().map(|cell| cell.amount.value.to_string()).collect()
}

#[test]
#[ignore = "needs ../shared"]
fn show() {
    for name in ["yantai-page.html", "kunming-text.html", "chongqing-page-named.pdf"] {
        let document = read(name);
        println!(
            "== {name} {:?} {:?} {:?} {}",
            document.entity.as_ref().map(|e| &e.text),
            document.year,
            document.stage,
            document.layout
        );
        for table in &document.tables {
            let first = table.rows.iter().find(|row| row.role == Role::Total);
            println!(
                "{:?} {} rows {} figures {} certain {} {:?}",
                table.kind,
                table.title.text,
                table.rows.len(),
                table.figure_count(),
                table.certain_count(),
                first.map(|row| row.cells.iter().map(|c| c.amount.value.to_string()).collect::<Vec<_>>())
            );
        }
        println!(
            "{} facts, {} sections {} performance {} hidden {} attachments",
            document.facts.len(),
            document.sections.len(),
            document.performance.len(),
            document.hidden_text.len(),
            document.attachments.len()
        );
        for d in &document.diagnostics {
            println!(
                "   {:?} {:?} {:?}",
                d.code,
                d.arguments.iter().map(|a| a.chars().take(60).collect::<String>()).collect::<Vec<_>>(),
                d.places.first()
            );
        }
        let sum: Decimal = Decimal::ZERO;
        let _ = (sum, total as fn(&Disclosure, TableKind) -> Vec<String>);
        println!(
            "{:?}",
            (
                document.ledger.characters_read,
                document.ledger.characters,
                document.ledger.numbers_read,
                document.ledger.numbers
            )
        );
    }
}
