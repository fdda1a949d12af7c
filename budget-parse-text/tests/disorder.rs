//! Text that an extractor put out of order is read with nothing certain, and says so; text in order keeps its certainty.

#![allow(clippy::unwrap_used, missing_docs)]

use budget_model::{DiagnosticCode, Disclosure};
use budget_parse_text::read_text;

/// A row of a table: code, name, figures.
type Row = (&'static str, &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    ("", "总计", &["180.00", "120.00", "60.00"]),
    ("207", "文化旅游体育与传媒支出", &["130.00", "80.00", "50.00"]),
    ("207 01", "文化和旅游", &["130.00", "80.00", "50.00"]),
    ("207 01 09", "群众文化", &["90.00", "80.00", "10.00"]),
    ("207 01 99", "其他文化和旅游支出", &["40.00", "40.00"]),
    ("208", "社会保障和就业支出", &["50.00", "40.00", "10.00"]),
    ("208 05", "行政事业单位养老支出", &["40.00", "40.00"]),
    ("208 05 05", "机关事业单位基本养老保险缴费支出", &["25.00", "25.00"]),
    ("208 05 06", "机关事业单位职业年金缴费支出", &["15.00", "15.00"]),
    ("208 99", "其他社会保障和就业支出", &["10.00", "10.00"]),
    ("208 99 99", "其他社会保障和就业支出", &["10.00", "10.00"]),
];

/// A document with the same rows in two tables, written by `body`.
fn document(body: impl Fn(&[Row]) -> Vec<String>) -> Disclosure {
    let mut lines = vec!["第二部分 2025年部门预算公开表".to_owned()];
    for (number, title, head) in
        [("3", "部门支出总体情况表", "支出预算"), ("5", "一般公共预算支出情况表", "一般公共预算支出")]
    {
        lines.extend([format!("表 {number}"), title.to_owned(), "编制部门：云溪县文化馆 单位：万元".to_owned()]);
        lines.extend([format!("科目 {head}"), "类 款 项".to_owned()]);
        lines.push("功能分类科目名称 合计 基本支出 项目支出".to_owned());
        lines.extend(body(ROWS));
    }
    read_text(lines.join("\n\n").as_bytes()).unwrap()
}

fn line((code, name, figures): &Row) -> String {
    [&[*code, *name], *figures].concat().join(" ").trim().to_owned()
}

fn certain(document: &Disclosure) -> usize {
    document.tables.iter().map(budget_model::Table::certain_count).sum()
}

fn has(document: &Disclosure, code: DiagnosticCode) -> bool {
    document.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

#[test]
fn rows_in_order_are_certain() {
    let document = document(|rows| rows.iter().map(line).collect());
    assert!(certain(&document) >= 40, "{}", certain(&document));
    for code in [DiagnosticCode::RowsMixed, DiagnosticCode::SumsContradict, DiagnosticCode::HeaderDiffers] {
        assert!(!has(&document, code), "{code:?}");
    }
}

#[test]
fn one_wrong_figure_does_not_put_its_table_in_doubt() {
    let wrong = |row: &Row| line(row).replace("25.00 25.00", "29.00 29.00");
    let document = document(|rows| rows.iter().map(wrong).collect());
    assert!(certain(&document) >= 30, "{}", certain(&document));
    assert!(document.tables.iter().all(|table| table.doubts.is_empty()));
}

#[test]
fn columns_read_downwards_give_nothing_certain() {
    let document = document(|rows| {
        let codes = rows.iter().map(|row| row.0.to_owned()).filter(|code| !code.is_empty());
        let names = rows.iter().map(|row| row.1.to_owned());
        let figures = (0..3).flat_map(|column| rows.iter().filter_map(move |row| row.2.get(column)));
        codes.chain(names).chain(figures.map(|figure| (*figure).to_owned())).collect()
    });
    assert_eq!(certain(&document), 0);
    assert!(has(&document, DiagnosticCode::RowsMixed));
}

#[test]
fn rows_mixed_in_pairs_give_nothing_certain() {
    let document = document(|rows| {
        let pairs = rows.chunks(2).flat_map(|pair| {
            let codes = pair.iter().map(|row| row.0.to_owned()).filter(|code| !code.is_empty());
            let names = pair.iter().map(|row| row.1.to_owned());
            let figures = pair.iter().flat_map(|row| row.2).map(|figure| (*figure).to_owned());
            codes.chain(names).chain(figures).collect::<Vec<_>>()
        });
        pairs.collect()
    });
    assert_eq!(certain(&document), 0);
    assert!(has(&document, DiagnosticCode::RowsMixed));
}

#[test]
fn figures_one_row_away_from_their_names_give_nothing_certain() {
    let document = document(|rows| {
        let figures = rows.iter().cycle().skip(rows.len() - 1).map(|row| row.2);
        rows.iter().zip(figures).map(|(row, figures)| line(&(row.0, row.1, figures))).collect()
    });
    assert_eq!(certain(&document), 0);
    assert!(has(&document, DiagnosticCode::SumsContradict));
}

#[test]
fn pieces_of_codes_in_names_give_nothing_certain() {
    // The 类 of a code stands alone, 款 and 项 in front of the name: `05 05机关事业单位基本养老保险缴费支出`.
    let document = document(|rows| {
        let split = |row: &Row| match row.0.rsplit_once(' ') {
            Some((_, last)) => format!("{last}{}", line(&("", row.1, row.2))),
            None => line(row),
        };
        rows.iter().map(split).collect()
    });
    assert_eq!(certain(&document), 0);
    assert!(has(&document, DiagnosticCode::RowsMixed));
}

#[test]
fn header_words_in_a_name_put_the_row_in_doubt() {
    let document = document(|rows| {
        let printed = |row: &Row| line(row).replace("群众文化", "群众文化科目编码科目名称合计");
        rows.iter().map(printed).collect()
    });
    let doubted = document.tables.iter().flat_map(|table| &table.rows).filter(|row| !row.doubts.is_empty());
    assert!(doubted.count() == 2 && has(&document, DiagnosticCode::RowsDoubtful));
    assert!(certain(&document) >= 30);
}

#[test]
fn rows_behind_the_title_of_an_unknown_table_belong_to_no_table_and_are_unread() {
    const OTHER: &str = "224 灾害防治及应急管理支出 7.00 7.00";
    let document = document(|rows| {
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        lines.push("2025年政府购买服务支出预算表".to_owned());
        lines.push(OTHER.to_owned());
        lines
    });
    for table in &document.tables {
        assert_eq!(table.rows.len(), ROWS.len());
        assert!(table.rows.iter().all(|row| row.cells.iter().all(|cell| cell.amount.value.to_string() != "7.00")));
    }
    assert!(certain(&document) >= 40 && has(&document, DiagnosticCode::TableUnknown));
    assert_eq!(document.ledger.unread.iter().filter(|label| label.text == OTHER).count(), document.tables.len());
}

#[test]
fn a_header_with_other_columns_puts_the_columns_in_doubt() {
    let text = "第二部分 2025年部门预算公开表\n表 3\n部门支出总体情况表\n编制部门：云溪县文化馆 单位：万元\n类 款 项\n\
                功能分类科目名称 合计 上缴上级支出 对附属单位补助支出\n总计 120.00 100.00 20.00\n207 文化旅游体育与传媒支出 120.00 100.00 20.00\n";
    let document = read_text(text.as_bytes()).unwrap();
    assert_eq!(certain(&document), 0);
    assert!(has(&document, DiagnosticCode::HeaderDiffers));
}
