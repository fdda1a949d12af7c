//! Tables of an invented department, as grids.

use std::borrow::Cow;

use budget_model::{
    Diagnostic, DiagnosticCode, Operator, PerformanceKind, Place, Placement, Role, Side, Source, Table, TableKind, Unit,
};

use super::read;
use crate::LayoutSet;
use crate::raw::{Block, CellValue, Grid, GridCell, Line, Merge, Note};

/// A grid of cells separated by `|`. A cell that begins with `=` is a number, with `!` an error value.
fn grid(sheet: u16, text: &'static str) -> Grid<'static> {
    let row = |(row, line): (usize, &'static str)| {
        let cell = |(column, text): (usize, &'static str)| {
            let text = text.trim_matches(' ');
            let value = match (text.strip_prefix('='), text.strip_prefix('!')) {
                (Some(number), _) => CellValue::Number(number.parse().unwrap()),
                (_, Some(error)) => CellValue::Error(error.into()),
                _ if text.is_empty() => CellValue::Blank,
                _ => CellValue::Text(Cow::Borrowed(text)),
            };
            GridCell { value, place: Place::Cell { sheet, row: row as u32 + 1, column: column as u32 + 1 } }
        };
        line.split('|').enumerate().map(cell).collect()
    };
    Grid { rows: text.lines().enumerate().map(row).collect(), ..Grid::default() }
}

/// The same grid with merged ranges: first row and column, last row and column, from 0.
fn merged(mut grid: Grid<'static>, ranges: &[(u32, u32, u32, u32)]) -> Grid<'static> {
    grid.merges = ranges
        .iter()
        .map(|(top, left, bottom, right)| Merge { first: (*top, *left), last: (*bottom, *right) })
        .collect();
    grid
}

fn read_grids(grids: impl IntoIterator<Item = Grid<'static>>) -> (Vec<Table>, Vec<Diagnostic>, Vec<String>) {
    let blocks: Vec<_> = grids.into_iter().map(Block::Grid).collect();
    let layouts = LayoutSet::built_in();
    let reading = read(&blocks, &layouts, Some(2025));
    assert_eq!(reading.ledger.unread.is_empty(), reading.ledger.characters == reading.ledger.characters_read);
    (reading.tables, reading.diagnostics, reading.prose.iter().map(|line| line.text.to_string()).collect())
}

fn one(grid: Grid<'static>) -> (Table, Vec<Diagnostic>) {
    let (mut tables, diagnostics, _) = read_grids([grid]);
    assert_eq!(tables.len(), 1, "{diagnostics:?}");
    (tables.remove(0), diagnostics)
}

/// `code label: column=value …` for each row.
fn shown(table: &Table) -> Vec<String> {
    let row = |row: &budget_model::Row| {
        let cells: Vec<_> = row
            .cells
            .iter()
            .map(|cell| format!("{}={}", table.columns[usize::from(cell.column)].id, cell.amount.value))
            .collect();
        let code = row.code.map(|code| code.to_string()).unwrap_or_default();
        let project = row.project.as_ref().map(|label| format!(" [{}]", label.text)).unwrap_or_default();
        format!("{code} {}{project}: {}", row.label.text, cells.join(" ")).trim().to_owned()
    };
    table.rows.iter().map(row).collect()
}

const EXPENDITURE: &str = "\
表3
部门支出总体情况表
编制部门：云溪县文化馆||||||单位：万元
科目||||支出预算||
功能分类科目编码|||功能分类科目名称|合计|基本支出|项目支出
类|款|项||||
※|※|※|※|1|2|3
总计||||=120.5|=100|=20.50
207|||文化旅游体育与传媒支出|=120.50|=100.00|=20.50
207|01|| 文化和旅游|1,20.50|=100.00|２０．５０
=207|=1|=9|群众文化|120.50|100.00|20.50";

fn expenditure() -> Grid<'static> {
    merged(
        grid(0, EXPENDITURE),
        &[
            (1, 0, 1, 6),
            (3, 0, 3, 3),
            (3, 4, 3, 6),
            (4, 0, 4, 2),
            (4, 3, 5, 3),
            (4, 4, 5, 4),
            (4, 5, 5, 5),
            (4, 6, 5, 6),
            (7, 0, 7, 3),
        ],
    )
}

#[test]
fn a_table_of_codes_is_read_with_its_caption_codes_and_columns() {
    let (table, diagnostics) = one(expenditure());
    assert_eq!(table.kind, TableKind::Expenditure);
    assert_eq!(table.number.as_ref().map(|label| label.text.as_str()), Some("表3"));
    assert_eq!(table.title.text, "部门支出总体情况表");
    assert_eq!(table.compiler.as_ref().map(|label| label.text.as_str()), Some("云溪县文化馆"));
    assert_eq!(table.unit, Unit::TenThousandYuan);
    assert_eq!(table.unit_place, Some(Place::Cell { sheet: 0, row: 3, column: 7 }));
    assert_eq!(
        shown(&table),
        [
            "总计: total=120.5 basic=100 project=20.50",
            "207 文化旅游体育与传媒支出: total=120.50 basic=100.00 project=20.50",
            "20701 文化和旅游: basic=100.00 project=20.50",
            "2070109 群众文化: total=120.50 basic=100.00 project=20.50",
        ]
    );
    assert_eq!(table.rows.iter().map(|row| row.part_of).collect::<Vec<_>>(), [None, Some(0), Some(1), Some(2)]);
    // 1,20.50 is no number: said so, with its place, and not read as another one.
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(diagnostic.code, DiagnosticCode::NumberNotUnderstood);
    assert_eq!(diagnostic.arguments, ["1,20.50"]);
    assert_eq!(diagnostic.places, [Place::Cell { sheet: 0, row: 10, column: 5 }]);
}

#[test]
fn columns_are_found_by_their_words_in_any_order() {
    let (table, diagnostics) = one(grid(
        0,
        "支出总体情况表
功能分类科目名称|项目支出|基本支出|合计|科目编码
群众文化|=20.50|=100.00|=120.50|=2070109",
    ));
    assert_eq!(shown(&table), ["2070109 群众文化: project=20.50 basic=100.00 total=120.50"]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_column_that_the_form_does_not_have_is_reported_and_not_read() {
    let (table, diagnostics) = one(grid(
        0,
        "支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出|其他资金
2070109|群众文化|=12.00|=10.00|=2.00|=3.00",
    ));
    assert_eq!(shown(&table), ["2070109 群众文化: total=12.00 basic=10.00 project=2.00"]);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(diagnostic.code, DiagnosticCode::ColumnUnknown);
    assert_eq!(diagnostic.arguments, ["支出总体情况表", "其他资金", "1"]);
}

#[test]
fn a_column_that_is_missing_is_reported() {
    let (table, diagnostics) = one(grid(0, "支出总体情况表\n科目编码|科目名称|合计|项目支出\n207|文化|=12.00|=2.00"));
    assert_eq!(shown(&table), ["207 文化: total=12.00 project=2.00"]);
    assert_eq!(
        diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(),
        [DiagnosticCode::ColumnCountDiffers]
    );
}

#[test]
fn two_sides_next_to_each_other_are_two_lists() {
    let (table, diagnostics) = one(merged(
        grid(
            0,
            "部门收支总体情况表
单位：万元
收入||支出|
项目|预算数|功能分类|预算数
一、本年收入|=15.00|201 一般公共服务支出|
1.一般公共预算拨款|=15.00|207 文化旅游体育与传媒支出|=15.00
收 入 总 计|=15.00|支 出 总 计|=15.00",
        ),
        &[(2, 0, 2, 1), (2, 2, 2, 3)],
    ));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let side = |side| table.rows.iter().filter(move |row| row.side == Some(side));
    assert_eq!(side(Side::Revenue).count(), 3);
    assert_eq!(side(Side::Expenditure).count(), 3);
    assert_eq!(
        shown(&table),
        [
            "一、本年收入: amount=15.00",
            "201 一般公共服务支出:",
            "1.一般公共预算拨款: amount=15.00",
            "207 文化旅游体育与传媒支出: amount=15.00",
            "收入总计: amount=15.00",
            "支出总计: amount=15.00",
        ]
    );
    assert_eq!(table.rows[2].dimensions.source, Some(Source::GeneralPublicBudget));
    assert_eq!(table.rows.iter().filter(|row| row.role == Role::Total).count(), 2);
}

#[test]
fn words_of_a_lower_level_are_told_apart_by_the_words_above() {
    let header = "上年结转结余情况明细表
项目|合计|财政拨款||||非财政拨款|||
||小计|基本支出||项目支出|小计|基本支出||项目支出
|||人员经费|公用经费|||人员经费|公用经费|
合计|=10.00|=6.00|=1.00|=2.00|=3.00|=4.00|=0.50|=1.50|=2.00";
    let ranges = [
        (1, 0, 3, 0),
        (1, 1, 3, 1),
        (1, 2, 1, 5),
        (1, 6, 1, 9),
        (2, 2, 3, 2),
        (2, 3, 2, 4),
        (2, 5, 3, 5),
        (2, 6, 3, 6),
        (2, 7, 2, 8),
        (2, 9, 3, 9),
    ];
    let expected = ["合计: total=10.00 appropriation=6.00 appropriation-personnel=1.00 appropriation-operating=2.00 \
                     appropriation-project=3.00 other=4.00 other-personnel=0.50 other-operating=1.50 other-project=2.00"];
    let (table, diagnostics) = one(merged(grid(0, header), &ranges));
    assert_eq!(shown(&table), expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    // The same without merged cells, as in a Markdown table.
    let (table, diagnostics) = one(grid(0, header));
    assert_eq!(shown(&table), expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn words_that_could_be_several_columns_are_none() {
    let (table, diagnostics) = one(grid(0, "上年结转结余情况明细表\n项目|合计|小计|小计\n合计|=10.00|=6.00|=4.00"));
    assert_eq!(shown(&table), ["合计: total=10.00"]);
    assert_eq!(diagnostics.iter().filter(|diagnostic| diagnostic.code == DiagnosticCode::ColumnUnknown).count(), 2);
}

#[test]
fn projects_stand_below_units_and_codes() {
    let (table, diagnostics) = one(merged(
        grid(
            0,
            "一般公共预算项目支出情况表
编制部门：云溪县文化馆|单位：万元
科目编码|||功能分类科目名称|项目名称|项目支出合计|商品和服务支出|资本性支出（基本建设）
类|款|项|||||
总计|||||=30.00|=20.00|=10.00
云溪县文化馆|||||=30.00|=20.00|=10.00
207|||文化旅游体育与传媒支出||=30.00|=20.00|=10.00
207|01|09|群众文化|送戏下乡|=20.00|=20.00|—
||||文化馆维修|=10.00||=10.00",
        ),
        &[
            (2, 0, 2, 2),
            (2, 3, 3, 3),
            (2, 4, 3, 4),
            (2, 5, 3, 5),
            (2, 6, 3, 6),
            (2, 7, 3, 7),
            (7, 0, 8, 0),
            (7, 1, 8, 1),
            (7, 2, 8, 2),
            (7, 3, 8, 3),
        ],
    ));
    assert_eq!(
        shown(&table),
        [
            "总计: total=30.00 economic-302=20.00 economic-309=10.00",
            "云溪县文化馆: total=30.00 economic-302=20.00 economic-309=10.00",
            "207 文化旅游体育与传媒支出: total=30.00 economic-302=20.00 economic-309=10.00",
            "2070109 群众文化 [送戏下乡]: total=20.00 economic-302=20.00",
            "2070109 群众文化 [文化馆维修]: total=10.00 economic-309=10.00",
        ]
    );
    assert_eq!(
        table.rows.iter().map(|row| row.part_of).collect::<Vec<_>>(),
        [None, Some(0), Some(1), Some(2), Some(2)]
    );
    // Eight economic classes of the form have no column here.
    assert_eq!(
        diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(),
        [DiagnosticCode::ColumnCountDiffers]
    );
}

#[test]
fn one_sheet_holds_several_tables_with_captions_above_and_below() {
    let (tables, diagnostics, prose) = read_grids([grid(
        0,
        "云溪县文化馆2025年部门预算公开表
表2
部门支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出
207|文化旅游体育与传媒支出|=5|=3|=2
编制部门：云溪县文化馆|单位：元

表5
编制单位：云溪县文化馆|单位：万元
一般公共预算支出情况表
科目编码|科目名称|合计|基本支出|项目支出
207|文化旅游体育与传媒支出|=5.25|=3|=2.25
备注：本表不含上年结转。",
    )]);
    assert_eq!(tables.iter().map(|table| table.kind).collect::<Vec<_>>(), [TableKind::Expenditure, TableKind::General]);
    assert_eq!(tables.iter().map(|table| table.unit.as_str()).collect::<Vec<_>>(), ["元", "万元"]);
    assert!(tables.iter().all(|table| table.compiler.as_ref().is_some_and(|label| label.text == "云溪县文化馆")));
    assert_eq!(
        tables.iter().filter_map(|table| table.number.as_ref()).map(|label| label.text.as_str()).collect::<Vec<_>>(),
        ["表2", "表5"]
    );
    // Whole figures stay whole; those in a unit with decimals get the decimals that the workbook does not store.
    assert_eq!(shown(&tables[0]), ["207 文化旅游体育与传媒支出: total=5 basic=3 project=2"]);
    assert_eq!(shown(&tables[1]), ["207 文化旅游体育与传媒支出: total=5.25 basic=3.00 project=2.25"]);
    assert_eq!(tables[1].notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["备注：本表不含上年结转。"]);
    assert_eq!(prose, ["云溪县文化馆2025年部门预算公开表"]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_table_goes_on_in_the_next_sheet_with_or_without_a_header() {
    let first = "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n总计||=9.10|=6.10|=3.00\n207|文化旅游体育与传媒支出|=4.10|=3.10|=1.00";
    let again =
        "支出总体情况表（续）\n科目编码|科目名称|合计|基本支出|项目支出\n208|社会保障和就业支出|=3.00|=2.00|=1.00";
    let bare = "210|卫生健康支出|=2.00|=1.00|=1.00";
    let (tables, diagnostics, prose) = read_grids([grid(0, first), grid(1, again), grid(2, bare)]);
    assert_eq!(tables.len(), 1);
    assert_eq!(
        shown(&tables[0]),
        [
            "总计: total=9.10 basic=6.10 project=3.00",
            "207 文化旅游体育与传媒支出: total=4.10 basic=3.10 project=1.00",
            "208 社会保障和就业支出: total=3.00 basic=2.00 project=1.00",
            "210 卫生健康支出: total=2.00 basic=1.00 project=1.00",
        ]
    );
    assert!(tables[0].rows.iter().skip(1).all(|row| row.part_of == Some(0)));
    assert_eq!(tables[0].rows[3].cells[0].amount.place, Place::Cell { sheet: 2, row: 1, column: 3 });
    assert!(prose.is_empty() && diagnostics.is_empty(), "{prose:?} {diagnostics:?}");
}

#[test]
fn two_whole_tables_of_one_kind_stay_two() {
    let text = "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n总计||=9.10|=6.10|=3.00";
    let (tables, ..) = read_grids([grid(0, text), grid(1, text)]);
    assert_eq!(tables.len(), 2);
}

#[test]
fn a_comment_that_names_possible_columns_makes_a_figure_ambiguous() {
    let text = "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n207|文化旅游体育与传媒支出|=4.10|=4.10";
    let noted = |note: &'static str| Grid { notes: vec![Note { cell: (2, 3), text: note.into() }], ..grid(0, text) };
    let placement = |note| one(noted(note)).0.rows[0].cells[1].placement.clone();
    assert_eq!(
        placement("此数归栏不确定，可能的栏目：基本支出、项目支出\nor so"),
        Placement::Ambiguous { candidates: vec![1, 2] }
    );
    assert_eq!(
        placement("此数归栏不确定，可能的栏目：基本支出、项目支出\nor so\n检查结果\n错误：4.10 与他处不符"),
        Placement::Ambiguous { candidates: vec![1, 2] }
    );
    let others = [
        "已核对",
        "此数归栏不确定，可能的栏目：项目支出",
        "此数归栏不确定，可能的栏目：基本支出、其他",
        "检查结果\n警告：此数归栏不确定，可能的栏目：基本支出、项目支出",
    ];
    for other in others {
        assert_eq!(placement(other), Placement::Printed, "{other}");
    }
}

#[test]
fn a_header_that_is_printed_again_is_no_row() {
    let (table, diagnostics) = one(grid(
        0,
        "支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出
※|※|1|2|3
207|文化旅游体育与传媒支出|=4.10|=3.10|=1.00
科目编码|科目名称|合计|基本支出|项目支出
※|※|1|2|3
208|社会保障和就业支出|=3.00|=2.00|=1.00",
    ));
    assert_eq!(table.rows.len(), 2);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_table_that_is_declared_empty_keeps_the_sentence() {
    let sentence = "云溪县文化馆2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。";
    let (table, diagnostics) = one(grid(
        0,
        "政府性基金预算支出情况表
科目编码|科目名称|合计|人员经费|公用经费|项目支出
云溪县文化馆2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。",
    ));
    assert_eq!(table.declared_empty.map(|label| label.text).as_deref(), Some(sentence));
    assert!(table.rows.is_empty());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn an_error_value_is_reported_with_its_cell() {
    let (table, diagnostics) =
        one(grid(0, "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n207|文化|!#REF!|=3.10|=1.00"));
    assert_eq!(shown(&table), ["207 文化: basic=3.10 project=1.00"]);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(
        (diagnostic.code, diagnostic.places.as_slice()),
        (DiagnosticCode::ErrorCell, &[Place::Cell { sheet: 0, row: 3, column: 3 }][..])
    );
}

#[test]
fn a_list_of_contents_is_prose_and_no_table() {
    let (tables, diagnostics, prose) =
        read_grids([grid(0, "内容\n1.部门收支总体情况表\n2.部门收入总体情况表\n第一段\n第二段")]);
    assert!(tables.is_empty() && diagnostics.is_empty());
    assert_eq!(prose.len(), 5);
    let (tables, diagnostics, prose) = read_grids([grid(0, "目  录\n一、部门主要职能\n1.部门收支总体情况表")]);
    assert!(tables.is_empty() && diagnostics.is_empty() && prose.is_empty());
}

#[test]
fn a_list_of_texts_becomes_the_lines_it_was_made_of() {
    let (tables, _, prose) = read_grids([
        grid(
            0,
            "类别|所属|文字|页\ntable_title|1|部门收支总体情况表|=3\nheading|3|2025年部门预算情况说明|=9\nheading|3.五|一般公共预算当年拨款情况说明|=9\nheading|3.五.(二)|拨款结构|=9\nparagraph|3.五.(二)|教育支出3.00万元。|=9\nterm||财政拨款|=9",
        ),
        grid(1, "章节|事项|量度|数值\n3.五|教育支出|amount|=3.00"),
    ]);
    assert!(tables.is_empty());
    assert_eq!(
        prose,
        ["第三部分 2025年部门预算情况说明", "五、一般公共预算当年拨款情况说明", "（二）拨款结构", "教育支出3.00万元。"]
    );
}

#[test]
fn text_that_was_not_understood_stays_so_and_the_signature_comes_last() {
    let texts = "类别|所属|文字
heading|3|2025年部门预算情况说明
sign_off_name||云溪县文化馆
sign_off_date||2025年2月6日
unread||?? 3.00";
    let blocks = [Block::Grid(grid(0, texts))];
    let layouts = LayoutSet::built_in();
    let reading = read(&blocks, &layouts, None);
    let prose: Vec<&str> = reading.prose.iter().map(|line| line.text.as_ref()).collect();
    assert_eq!(prose, ["第三部分 2025年部门预算情况说明", "云溪县文化馆", "2025年2月6日"]);
    let unread: Vec<&str> = reading.ledger.unread.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(unread, ["unread", "?? 3.00"]);
}

#[test]
fn lists_of_performance_targets_become_tables_with_their_indicators() {
    let blocks = [
        // In any order, of sheets and of columns.
        Block::Grid(grid(
            0,
            "表序|序号|三级指标|一级指标|二级指标|指标值|分值权重|层级确定
=2|=1|演出场次|产出指标|数量指标|>=12场|=10.00|true
=2|=2|观众满意度|满意度指标|满意度指标|＝95%||false
=7|=1|无主指标|产出指标|数量指标|有效减轻||true",
        )),
        Block::Grid(grid(
            1,
            "表序|类别|预算单位|项目名称|年度预算总额|财政拨款|其他资金（数值）|单位|表名
=2|project|云溪县文化馆|送戏下乡|=20.50|=20.50|待定|万元|项目支出绩效目标表
=3|overall|云溪县文化馆||=120.50|||万元|部门整体绩效目标表
=4|other|云溪县文化馆||=1.00|||万元|绩效目标表",
        )),
    ];
    let layouts = LayoutSet::built_in();
    let reading = read(&blocks, &layouts, None);
    let [project, overall] = reading.performance.as_slice() else { panic!("{:?}", reading.performance) };
    assert_eq!((project.kind, overall.kind), (PerformanceKind::Project, PerformanceKind::Overall));
    assert_eq!(project.name.as_ref().map(|label| label.text.as_str()), Some("送戏下乡"));
    assert_eq!(project.total.map(|amount| amount.value.to_string()).as_deref(), Some("20.50"));
    assert_eq!(project.total.map(|amount| amount.place), Some(Place::Cell { sheet: 1, row: 2, column: 5 }));
    assert_eq!(project.other, None);
    let [shows, content] = project.indicators.as_slice() else { panic!("{:?}", project.indicators) };
    assert_eq!((shows.level1.as_str(), shows.level2.as_str(), shows.levels_certain), ("产出指标", "数量指标", true));
    assert_eq!((shows.value.operator, shows.value.unit.as_deref()), (Some(Operator::AtLeast), Some("场")));
    assert_eq!(shows.weight.map(|weight| weight.to_string()).as_deref(), Some("10.00"));
    assert!(!content.levels_certain && content.weight.is_none());
    assert!(overall.indicators.is_empty());
    // What names no table, an unknown kind, and what is no number stay unread.
    let unread: Vec<&str> = reading.ledger.unread.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(
        unread,
        [
            "7",
            "1",
            "无主指标",
            "产出指标",
            "数量指标",
            "有效减轻",
            "true",
            "待定",
            "4",
            "other",
            "云溪县文化馆",
            "1.00",
            "万元",
            "绩效目标表"
        ]
    );
    let codes: Vec<DiagnosticCode> = reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(
        codes,
        [
            DiagnosticCode::IndicatorLevelUncertain,
            DiagnosticCode::IndicatorIncomplete,
            DiagnosticCode::TextNotUnderstood,
            DiagnosticCode::TextNotUnderstood,
            DiagnosticCode::TextNotUnderstood,
        ]
    );
}

#[test]
fn a_grid_in_a_text_takes_title_and_caption_from_the_lines_above() {
    let line = |number: u32, text: &'static str| {
        Block::Line(Line {
            text: Cow::Borrowed(text),
            page: 1,
            number,
            after_blank: true,
            page_start: false,
            cell: None,
        })
    };
    let table = grid(0, "科目编码|科目名称|合计|基本支出|项目支出\n207|文化旅游体育与传媒支出|4.10|3.10|1.00");
    let blocks = [
        line(1, "第二部分 2025年部门预算公开表"),
        line(2, "一般公共预算支出情况表"),
        line(3, "编制部门：云溪县文化馆 单位：元"),
        Block::Grid(table),
        line(8, "备注：不含上年结转。"),
        line(9, "第三部分 2025年部门预算情况说明"),
    ];
    let layouts = LayoutSet::built_in();
    let reading = read(&blocks, &layouts, None);
    let [table] = reading.tables.as_slice() else { panic!("{reading:?}") };
    assert_eq!((table.kind, &table.unit), (TableKind::General, &Unit::Yuan));
    assert_eq!(table.title.place, Place::Text { page: 1, line: 2, column: 1 });
    assert_eq!(table.notes.len(), 1);
    let mut used = reading.used_lines.clone();
    used.sort_unstable();
    assert_eq!(used, [1, 2, 3]);
}

#[test]
fn a_table_without_a_title_is_known_by_its_header_or_not_at_all() {
    let text =
        "科目||支出预算||\n科目编码|科目名称|合计|基本支出|项目支出\n207|文化旅游体育与传媒支出|=4.10|=3.10|=1.00";
    let (tables, ..) = read_grids([merged(grid(0, text), &[(0, 0, 0, 1), (0, 2, 0, 4)])]);
    assert_eq!(tables.iter().map(|table| table.kind).collect::<Vec<_>>(), [TableKind::Expenditure]);
    let (tables, _, prose) =
        read_grids([grid(0, "科目编码|科目名称|合计|基本支出|项目支出\n207|文化|=4.10|=3.10|=1.00")]);
    assert!(tables.is_empty());
    assert_eq!(prose, ["科目编码 科目名称 合计 基本支出 项目支出", "207 文化 4.10 3.10 1.00"]);
}

proptest::proptest! {
    #[test]
    fn any_cells_are_read_without_panic(
        cells in proptest::collection::vec(
            proptest::collection::vec("(表1|支出总体情况表|部门收支总体情况表|科目编码|科目名称|类|款|项|合计|项目|预算数|收入|支出|基本支出|小计|※|[0-9]{1,8}|单位：万元|编制部门：|为空表。|…|\\PC{0,6})", 0..7), 0..14),
        merges in proptest::collection::vec((0u32..16, 0u32..9, 0u32..16, 0u32..9), 0..6),
    ) {
        let place = Place::Cell { sheet: 0, row: 1, column: 1 };
        let rows = cells.into_iter()
            .map(|row| row.into_iter().map(|text| GridCell { value: CellValue::Text(Cow::Owned(text)), place }).collect())
            .collect();
        let merges = merges.into_iter().map(|(a, b, c, d)| Merge { first: (a, b), last: (c, d) }).collect();
        let blocks = [Block::Grid(Grid { rows, merges, ..Grid::default() })];
        let layouts = LayoutSet::built_in();
        let reading = read(&blocks, &layouts, None);
        assert!(reading.ledger.characters_read <= reading.ledger.characters);
    }
}
