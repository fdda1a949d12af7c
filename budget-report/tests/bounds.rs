//! Documents that are hostile, large or empty: a report of each, that says what it leaves out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use budget_export::{Document, DocumentInfo};
use budget_model::{
    Amount, Cell, Column, Disclosure, FigureRef, Label, Language, Place, Placement, Role, Row, Section, Severity,
    Table, TableKind, Unit,
};
use budget_report::{Checked, HtmlReport, Index, IndexEntry, Original, PageImage, ReportOptions};
use budget_rules::{Checker, Finding, Report, Subject, Suspect, Text};

const HOSTILE: &str = "<script>alert(1)</script>]]>\"'&{{ 7*7 }}{% raw %}\u{202e}合计\u{0}";

fn place(page: u32, top: u16) -> Place {
    Place::Page { page, top, left: 100, bottom: top + 90, right: 500 }
}

/// A table of so many rows, whose words are hostile.
fn disclosure(rows: u32) -> Disclosure {
    let mut table = Table::new(TableKind::Expenditure, Label::new(format!("支出总表{HOSTILE}"), place(1, 10)));
    table.unit = Unit::TenThousandYuan;
    table.columns = vec![Column::new("total", "合计"), Column::unknown(HOSTILE, vec![HOSTILE.to_owned()])];
    for index in 0..rows {
        let at = place(index / 40 + 1, (index % 40) as u16 * 200);
        let mut row = Row::new(Role::Label, Label::new(format!("{HOSTILE}{index}"), at));
        let amount = Amount { value: index.into(), place: at };
        row.cells = (0..2).map(|column| Cell::new(column, amount, Placement::Printed)).collect();
        table.rows.push(row);
    }
    let section = Section {
        path: "1.一".to_owned(),
        heading: Label::new(HOSTILE, place(1, 1)),
        unit: None,
        paragraphs: vec![Label::new(HOSTILE, place(1, 2))],
    };
    Disclosure {
        entity: Some(Label::new(HOSTILE, place(1, 0))),
        year: Some(2025),
        tables: vec![table],
        sections: vec![section],
        ..Disclosure::default()
    }
}

/// A finding for each of so many figures.
fn findings(count: u32) -> Report {
    let finding = |row: u32| Finding {
        rule: "parts-do-not-add-up".to_owned(),
        severity: Severity::Error,
        message: Text { zh: HOSTILE.to_owned().into(), en: HOSTILE.to_owned().into() },
        places: vec![place(row / 40 + 1, (row % 40) as u16 * 200)],
        suspects: vec![Suspect {
            subject: Subject::Cell(FigureRef { table: 0, row, column: 0 }),
            name: HOSTILE.to_owned(),
            name_en: Default::default(),
            place: place(row / 40 + 1, (row % 40) as u16 * 200),
            value: row.into(),
            fitting: None,
        }],
        ..Finding::default()
    };
    Report { findings: (0..count).map(finding).collect(), ..Report::default() }
}

fn page(disclosure: &Disclosure, report: Option<&Report>, original: Original<'_>) -> String {
    let info = DocumentInfo::new("2025", HOSTILE);
    let checker = Checker::new();
    let rules: Vec<_> = checker.descriptions().collect();
    let mut options = ReportOptions::default();
    options.language = Language::English;
    options.checked = report.map(|report| Checked { report, rules: &rules, last_year: None });
    options.original = original;
    HtmlReport::new(options).page(Document { info: &info, disclosure }).unwrap()
}

fn is_harmless(page: &str) {
    assert_eq!(page.matches("<script").count(), 1, "a document writes a script");
    assert!(!page.contains("alert(1)<") && !page.contains('\u{202e}') && !page.contains('\0'));
    assert!(page.contains("{{ 7*7 }}"), "words of a document are no template");
}

#[test]
fn words_of_a_document_stay_words() {
    let disclosure = disclosure(3);
    let report = findings(3);
    let page = page(&disclosure, Some(&report), Original::None);
    is_harmless(&page);
    let checker = Checker::new();
    let rules: Vec<_> = checker.descriptions().collect();
    let checked = Checked { report: &report, rules: &rules, last_year: None };
    let mut index = Index::new(Language::Chinese);
    index.add(IndexEntry::new(&DocumentInfo::new(HOSTILE, HOSTILE), &disclosure, Some(&checked), Language::Chinese));
    index.add_unread(HOSTILE, HOSTILE);
    is_harmless(&index.page().unwrap());
}

#[test]
fn ten_thousand_findings_are_bounded_and_the_rest_is_counted() {
    let disclosure = disclosure(10_000);
    let report = findings(10_000);
    let draw = |pages: &[u32]| -> Vec<PageImage> {
        let svg = "<svg>".to_owned() + &"<path d='M0 0'/>".repeat(20_000) + "</svg>";
        pages.iter().map(|page| PageImage { page: *page, width: 5950, height: 8420, svg: svg.clone() }).collect()
    };
    let page = page(&disclosure, Some(&report), Original::Pages(&draw));
    assert_eq!(page.matches("<article class=\"finding").count(), 1000);
    assert!(page.contains("9000 more findings are not shown"));
    assert!(page.contains("Pages left out for the size of the report"));
    let drawn = page.matches("data:image").count();
    assert!((1..=60).contains(&drawn), "{drawn}");
    is_harmless(&page);
}

#[test]
fn a_document_without_anything_says_so() {
    let page = page(&Disclosure::default(), None, Original::None);
    for words in
        ["Not checked", "No budget table was found", "no total is known", "There are not enough certain figures"]
    {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn equal_documents_make_equal_pages() {
    let (disclosure, report) = (disclosure(30), findings(5));
    let once = page(&disclosure, Some(&report), Original::None);
    assert_eq!(once, page(&disclosure, Some(&report), Original::None));
}

#[test]
fn a_row_that_contains_itself_ends() {
    let mut disclosure = disclosure(3);
    disclosure.tables[0].rows[0].part_of = Some(1);
    disclosure.tables[0].rows[1].part_of = Some(0);
    disclosure.tables[0].rows[2].cells[0].column = 900;
    assert!(!page(&disclosure, None, Original::None).is_empty());
}
