//! Official forms as workbooks: filled in by hand, and blank.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use budget_model::{DiagnosticCode, Label, Place, Side, TableKind, ThreePublicItem, Unit};
use common::plain::{assert_same_tables, plain, read};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// The document that `by_hand.py` fills in, as text.
const TEXT: &str = "第二部分 2025年部门预算公开表

表 1

部门收支总体情况表

编制部门：云溪县文化馆 单位：万元

收入 支出

项目 预算数 功能分类 预算数

一、本年收入 120.50 201 一般公共服务支出

1.一般公共预算拨款 120.50 207 文化旅游体育与传媒支出 100.50

其中：一般财力 100.50 208 社会保障和就业支出 20.00

上级一般公共预算安排转移支付 20.00

收 入 总 计 120.50 支 出 总 计 120.50

表 3

部门支出总体情况表

编制部门：云溪县文化馆 单位：万元

科目 支出预算

功能分类科目编码

类 款 项

功能分类科目名称 合计 基本支出 项目支出

※ ※ ※ ※ 1 2 3

总计 120.50 100.50 20.00

207 文化旅游体育与传媒支出 100.50 80.50 20.00

207 01   文化和旅游 100.50 80.50 20.00

207 01 09     群众文化 100.50 80.50 20.00

208 社会保障和就业支出 20.00 20.00

208 05   行政事业单位养老支出 20.00 20.00

208 05 05     机关事业单位基本养老保险缴费支出 20.00 20.00
";

#[test]
#[ignore = "needs Python with openpyxl"]
fn a_form_filled_in_by_hand_reads_like_the_text_of_it() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/by_hand.py");
    let target = std::env::temp_dir().join(format!("budget-by-hand-{}.xlsx", std::process::id()));
    let output = Command::new("python3").arg(script).arg(&target).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut workbook = read(&std::fs::read(&target).unwrap());
    std::fs::remove_file(&target).unwrap();
    // The third table has too few figures for a text to show their columns.
    let carryover = workbook.tables.pop().unwrap();
    assert_same_tables(&read(TEXT.as_bytes()), &workbook);
    assert_eq!(carryover.kind, TableKind::Carryover);
    assert_eq!(
        plain(&carryover)[1..].iter().map(|row| row.rsplit_once(": ").unwrap().1).collect::<Vec<_>>(),
        ["0=8.00 1=8.00 4=8.00"; 3]
    );
    assert_eq!(carryover.compiler.unwrap().text, "云溪县文化馆");
    let codes: Vec<DiagnosticCode> = workbook
        .diagnostics
        .iter()
        .filter(|diagnostic| !diagnostic.places.is_empty())
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!(codes, [DiagnosticCode::HiddenRead]);
}

fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells) {
        match text.parse::<f64>() {
            _ if text.is_empty() => continue,
            Ok(number) => sheet.write_number(row, column, number).unwrap(),
            Err(_) => sheet.write_string(row, column, *text).unwrap(),
        };
    }
}

fn merge(sheet: &mut Worksheet, area: (u32, u16, u32, u16), text: &str) {
    sheet.merge_range(area.0, area.1, area.2, area.3, text, &Format::new()).unwrap();
}

#[test]
fn a_form_of_another_region_is_a_layout_and_no_code() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("单位收支总表").unwrap();
    merge(sheet, (0, 0, 0, 6), "2026年预算单位财务收支预算总表");
    put(sheet, 1, &["编制单位：云溪县文化馆", "", "", "", "", "", "单位：元"]);
    merge(sheet, (2, 0, 2, 1), "本年收入");
    merge(sheet, (2, 2, 2, 6), "本年支出");
    merge(sheet, (3, 0, 5, 0), "项目");
    merge(sheet, (3, 1, 5, 1), "预算数");
    merge(sheet, (3, 2, 5, 2), "项目");
    merge(sheet, (3, 3, 3, 6), "预算数");
    merge(sheet, (4, 3, 5, 3), "合计");
    merge(sheet, (4, 4, 4, 5), "基本支出");
    merge(sheet, (4, 6, 5, 6), "项目支出");
    put(sheet, 5, &["", "", "", "", "人员经费", "公用经费"]);
    put(
        sheet,
        6,
        &["一、财政拨款收入", "1205000", "一、文化旅游体育与传媒支出", "1205000", "900000", "100000", "205000"],
    );
    put(sheet, 7, &["1、一般公共预算", "1205000"]);
    put(sheet, 8, &["收入总计", "1205000", "支出总计", "1205000", "900000", "100000", "205000"]);
    let sheet = workbook.add_worksheet().set_name("三公").unwrap();
    merge(sheet, (0, 0, 0, 6), "2026年单位“三公”经费和机关运行经费预算表");
    put(sheet, 1, &["编制单位：云溪县文化馆"]);
    merge(sheet, (2, 0, 2, 5), "“三公”经费预算数");
    merge(sheet, (2, 6, 4, 6), "机关运行经费预算数");
    merge(sheet, (3, 0, 4, 0), "合计");
    merge(sheet, (3, 1, 4, 1), "因公出国(境)费");
    merge(sheet, (3, 2, 4, 2), "公务接待费");
    merge(sheet, (3, 3, 3, 5), "公务用车购置及运行费");
    put(sheet, 4, &["", "", "", "小计", "购置费", "运行费"]);
    put(sheet, 5, &["3.5", "0", "0.5", "3", "", "3", "10"]);
    let document = read(&workbook.save_to_buffer().unwrap());

    assert_eq!(document.layout, "shanghai-2026-unit");
    assert_eq!(document.year, Some(2026));
    let [overview, three_public] = document.tables.as_slice() else { panic!("{:?}", document.tables) };
    assert_eq!((overview.kind, &overview.unit), (TableKind::Overview, &Unit::Yuan));
    let rows: Vec<String> =
        plain(overview)[1..].iter().map(|row| row.rsplit_once(": ").unwrap().1.to_owned()).collect();
    assert_eq!(
        rows,
        [
            "0=1205000",
            "0=1205000",
            "0=1205000",
            "0=1205000 1=900000 2=100000 3=205000",
            "0=1205000 1=900000 2=100000 3=205000"
        ]
    );
    let culture = overview.rows.iter().position(|row| row.label.text.ends_with("传媒支出")).unwrap();
    assert_eq!(overview.coordinates_at(culture as u32, 0).unwrap().function.unwrap().to_string(), "207");
    // The revenue side has one column only.
    let is_expenditure = |row: u32| overview.rows[row as usize].side == Some(Side::Expenditure);
    let expenditure = overview.identities().filter(|identity| is_expenditure(identity.whole.row));
    assert_eq!(expenditure.filter(|identity| !overview.holds(identity)).count(), 0);

    assert_eq!((three_public.kind, &three_public.unit), (TableKind::ThreePublic, &Unit::TenThousandYuan));
    // A printed zero is a figure, a blank is none; the unit is that of the form, and its figures have one decimal.
    assert_eq!(plain(three_public)[1].rsplit_once(": ").unwrap().1, "0=3.5 1=0.0 2=0.5 3=3.0 5=3.0 6=10.0");
    assert_eq!(three_public.coordinates_at(0, 6).unwrap().three_public, Some(ThreePublicItem::AgencyOperation));
    assert_eq!(three_public.identities().filter(|identity| !three_public.holds(identity)).count(), 0);
}

#[test]
#[ignore = "needs ../shared"]
fn the_blank_forms_of_another_region_are_recognised_with_all_columns() {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real");
    let folder = std::env::var_os("BUDGET_REAL_DIR").map_or(default, PathBuf::from);
    for (file, layout) in
        [("department_budget_template.xlsx", "shanghai-2026"), ("unit_budget_template.xlsx", "shanghai-2026-unit")]
    {
        let document = read(&std::fs::read(folder.join(file)).unwrap());
        assert_eq!(document.layout, layout);
        assert_eq!(document.year, Some(2026));
        let kinds: Vec<(TableKind, &str)> =
            document.tables.iter().map(|table| (table.kind, table.unit.as_str())).collect();
        assert_eq!(
            kinds,
            [
                (TableKind::Overview, "元"),
                (TableKind::Income, "元"),
                (TableKind::Expenditure, "元"),
                (TableKind::Appropriation, "元"),
                (TableKind::General, "元"),
                (TableKind::Fund, "元"),
                (TableKind::StateCapital, "元"),
                (TableKind::GeneralBasic, "元"),
                (TableKind::ThreePublic, "万元"),
            ]
        );
        assert!(document.tables.iter().all(|table| table.unit_place.is_some() && !table.rows.is_empty()));
        // No column of the form is missing, none is left over, and no cell is left unread.
        let unwanted = [
            DiagnosticCode::ColumnCountDiffers,
            DiagnosticCode::ColumnUnknown,
            DiagnosticCode::NumberNotUnderstood,
            DiagnosticCode::TextNotUnderstood,
            DiagnosticCode::TableMissing,
            DiagnosticCode::TableCut,
            DiagnosticCode::LayoutUncertain,
            DiagnosticCode::SectionMissing,
            DiagnosticCode::SectionRepeated,
        ];
        let found: Vec<_> =
            document.diagnostics.iter().filter(|diagnostic| unwanted.contains(&diagnostic.code)).collect();
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(document.ledger.unread, []);

        // Its sheets of text are parts, in the order of the list of contents, with the sections that they hold.
        let sections: Vec<(&str, &str)> =
            document.sections.iter().map(|section| (section.path.as_str(), section.heading.text.as_str())).collect();
        let parts = ["0", "1", "2", "3", "4", "6", "6.一", "6.二", "6.三", "6.四", "6.五"];
        let of_projects = ["7", "7.一", "7.二", "7.三", "7.四", "7.五", "7.六", "7.七"];
        let expected = parts.iter().chain(of_projects.iter().filter(|_| layout == "shanghai-2026"));
        assert!(sections.iter().map(|(path, _)| path).eq(expected), "{sections:?}");
        assert_eq!(sections[3], ("3", "名词解释"));
        assert_eq!(sections[8], ("6.三", "政府采购预算情况"));
        assert!(document.sections.iter().all(|section| matches!(section.heading.place, Place::Cell { .. })));
        assert_eq!(document.glossary.len(), 9);
    }
}

#[test]
fn a_sheet_of_text_is_a_part_and_its_figures_have_cells() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("职能").unwrap();
    put(sheet, 0, &["云溪县文化馆主要职能"]);
    put(sheet, 2, &["    主要职能包括：\n    1.组织群众文化活动。\n    2.开展艺术普及。"]);
    let sheet = workbook.add_worksheet().set_name("机构").unwrap();
    put(sheet, 0, &["云溪县文化馆机构设置"]);
    put(sheet, 2, &["    云溪县文化馆设2个内设机构，包括：办公室、活动部"]);
    let sheet = workbook.add_worksheet().set_name("支出").unwrap();
    put(sheet, 0, &["2026年预算单位支出预算总表"]);
    put(sheet, 1, &["编制单位：云溪县文化馆", "", "", "", "", "", "单位：元"]);
    merge(sheet, (2, 0, 2, 3), "项目");
    merge(sheet, (2, 4, 2, 6), "支出预算");
    merge(sheet, (3, 0, 3, 2), "功能分类科目编码");
    merge(sheet, (3, 3, 4, 3), "功能分类科目名称");
    merge(sheet, (3, 4, 4, 4), "合计");
    merge(sheet, (3, 5, 4, 5), "基本支出");
    merge(sheet, (3, 6, 4, 6), "项目支出");
    put(sheet, 4, &["类", "款", "项"]);
    put(sheet, 5, &["207", "", "", "文化旅游体育与传媒支出", "1205000", "1000000", "205000"]);
    let sheet = workbook.add_worksheet().set_name("情况").unwrap();
    put(sheet, 0, &["其他相关情况说明"]);
    put(sheet, 2, &["  一、2026年“三公”经费预算情况说明\n     2026年“三公”经费预算数为3.5万元。"]);
    put(sheet, 3, &["  二、政府采购预算情况\n     2026年政府采购预算12万元。"]);
    let document = read(&workbook.save_to_buffer().unwrap());

    let sections: Vec<(&str, &str)> =
        document.sections.iter().map(|section| (section.path.as_str(), section.heading.text.as_str())).collect();
    assert_eq!(
        sections,
        [
            ("1", "云溪县文化馆主要职能"),
            ("2", "云溪县文化馆机构设置"),
            ("6", "其他相关情况说明"),
            ("6.一", "2026年“三公”经费预算情况说明"),
            ("6.二", "政府采购预算情况"),
        ]
    );
    let texts = |labels: &[Label]| labels.iter().map(|label| label.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&document.organisation.functions), ["组织群众文化活动。", "开展艺术普及。"]);
    assert_eq!(texts(&document.organisation.divisions), ["办公室", "活动部"]);
    let facts: Vec<(String, String)> =
        document.facts.iter().map(|fact| (fact.value.to_string(), fact.place.describe(&document.sheets))).collect();
    let fact = |value: &str, place: &str| (value.to_owned(), place.to_owned());
    assert!(facts.contains(&fact("3.5", "情况!A3")) && facts.contains(&fact("12", "情况!A4")), "{facts:?}");
    let missing: Vec<&str> = document
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == DiagnosticCode::SectionMissing)
        .map(|diagnostic| diagnostic.arguments[0].as_str())
        .collect();
    assert_eq!(missing, ["名词解释", "预算编制说明", "机关运行经费预算", "绩效目标设置情况", "国有资产占有使用情况"]);
}
