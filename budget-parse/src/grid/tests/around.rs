//! What stands around a table: titles, captions, notes, and the rest of it on another sheet.

use budget_model::Aspect;

use super::*;

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
fn a_grid_in_a_text_takes_title_and_caption_from_the_lines_above() {
    let line = |number: u32, text: &'static str| Block::Line(Line::new(text, 1, number).after_blank(true));
    let table = grid(0, "科目编码|科目名称|合计|基本支出|项目支出\n207|文化旅游体育与传媒支出|4.10|3.10|1.00");
    let blocks = [
        line(1, "第二部分 2025年部门预算公开表"),
        line(2, "一般公共预算支出情况表"),
        line(3, "编制部门：云溪县文化馆 单位：元"),
        Block::from(table),
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
fn a_table_that_goes_on_may_have_its_total_on_both_sheets() {
    let first = "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n总计||=7.10|=5.10|=2.00\n207|文化旅游体育与传媒支出|=4.10|=3.10|=1.00";
    let again = "支出总体情况表（续）\n科目编码|科目名称|合计|基本支出|项目支出\n208|社会保障和就业支出|=3.00|=2.00|=1.00\n合计||=7.10|=5.10|=2.00";
    let bare = "208|社会保障和就业支出|=3.00|=2.00|=1.00\n合计||=7.10|=5.10|=2.00";
    for second in [again, bare] {
        let (tables, diagnostics, _) = read_grids([grid(0, first), grid(1, second)]);
        assert_eq!(tables.len(), 1, "{second}");
        assert_eq!(tables[0].rows.len(), 4);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }
}

#[test]
fn the_unit_may_stand_in_the_title() {
    let text =
        "表3：2025年部门支出总体情况表（单位：元）\n科目编码|科目名称|合计|基本支出|项目支出\n207|文化|=410|=310|=100";
    let (table, _) = one(grid(0, text));
    assert_eq!((&table.unit, table.unit_place), (&Unit::Yuan, Some(Place::Cell { sheet: 0, row: 1, column: 1 })));
    let blocks = [Block::from(grid(0, text))];
    assert_eq!(read(&blocks, &LayoutSet::built_in(), None).year, Some(2025));
}

#[test]
fn a_hidden_copy_is_in_doubt_and_a_hidden_row_too() {
    let text = "支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出
|总计|=12.00|=10.00|=2.00
2070109|群众文化|=12.00|=10.00|=2.00";
    let copy = grid(0, text).with_hidden(HiddenParts { all: true, ..HiddenParts::default() });
    let shown = grid(1, text).with_hidden(HiddenParts { rows: vec![3], ..HiddenParts::default() });
    let (tables, ..) = read_grids([copy, shown]);
    assert_eq!(tables.iter().map(|table| table.doubts.has(Aspect::Table)).collect::<Vec<_>>(), [true, false]);
    assert_eq!(tables.iter().map(Table::certain_count).collect::<Vec<_>>(), [0, 3]);
}

#[test]
fn what_is_not_understood_stays_visible_in_its_row() {
    let (table, _) = one(grid(
        0,
        "支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出|其他资金
甲|乙|=1.00|=2|=3|=4
|总计|!#REF!|=10.00|=2.00|
2070109|群众文化|!|=10.00|待定|=3.00",
    ));
    let unread: Vec<_> = table
        .rows
        .iter()
        .map(|row| row.unread.iter().map(|unread| (unread.column, unread.text.as_str())).collect::<Vec<_>>())
        .collect();
    assert_eq!(unread, [vec![(Some(0), "#REF!")], vec![(Some(0), ""), (Some(2), "待定")]]);
}
