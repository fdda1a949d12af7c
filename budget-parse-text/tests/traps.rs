//! The traps of texts whose columns are gone, each on a small text of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use budget_model::{DiagnosticCode, Disclosure, Placement, Row, TableKind};
use budget_parse::{LayoutSet, Registry};
use budget_parse_text::{TextReader, read_text};

const HEAD: &str = "第二部分 2025年部门预算公开表\n";

const INCOME: &str = "表 2\n部门收入总体情况表\n编制部门：云溪县文化馆 单位：万元\n功能分类\n科目编码\n财政拨款（补助）\n类 款 项\n\
    功能分类科目名称 总计 财政拨款\n(补助)小\n计\n一般公共\n预算\n上级一般\n公共预算\n安排的转\n移支付\n政府性基\n金预算\n\
    上级政府性\n基金安排的\n转移支付\n国有资本\n经营预算\n上级国有\n资本经营\n预算安排\n的转移支\n付\n财政专户\n（教育收\n费）\n\
    单位资金\n财政拨款\n结转\n非财政拨\n款结转结\n余\n※ ※ ※ ※ 1 2 3 4 5 6 7 8 9 10 11 12\n";

const EXPENDITURE: &str = "表 3\n部门支出总体情况表\n编制部门：云溪县文化馆 单位：万元\n科目 支出预算\n功能分类科目编码\n\
    类 款 项\n功能分类科目名称 合计 基本支出 项目支出\n※ ※ ※ ※ 1 2 3\n";

const GENERAL: &str = "表 5\n一般公共预算支出情况表\n编制部门：云溪县文化馆 单位：万元\n科目 一般公共预算支出\n功能分类科目编码\n\
    类 款 项\n功能分类科目名称 合计 基本支出 项目支出\n※ ※ ※ ※ 1 2 3\n";

const PROJECTS: &str = "表 7\n一般公共预算项目支出情况表\n编制部门：云溪县文化馆 单位：万元\n科目编码\n类 款 项\n\
    功能分类科目名称 项目名称\n项目支出\n合计\n工资福利\n支出\n商品和服\n务支出\n对个人和\n家庭的补\n助\n\
    ※ ※ ※ ※ ※ 1 2 3 4 5 6 7 8 9 10 11\n";

fn overview(total: &str, year: &str, own: &str, transfer: &str, carried: &str) -> String {
    format!(
        "表 1\n部门收支总体情况表\n编制部门：云溪县文化馆 单位：万元\n收入 支出\n项目 预算数 功能分类 预算数\n一、本年收入 {year}\n\
         1.一般公共预算拨款 {year}\n其中：一般财力 {own}\n上级一般公共预算安排转移支付 {transfer}\n2.政府性基金预算拨款\n\
         3.国有资本经营预算拨款\n4.财政专户核拨\n5.单位资金\n二、上年结转结余 {carried}\n1.财政拨款结转 {carried}\n\
         2.非财政拨款结转结余\n收 入 总 计 {total}\n"
    )
}

fn read(parts: &[&str]) -> Disclosure {
    read_text([HEAD, &parts.concat()].concat().as_bytes()).unwrap()
}

fn row<'d>(disclosure: &'d Disclosure, kind: TableKind, label: &str) -> &'d Row {
    let table = disclosure.table(kind).unwrap();
    table.rows.iter().find(|row| row.label.text == label).unwrap_or_else(|| panic!("no row {label}"))
}

/// Column labels and values of a row, with `?` where the column is not certain.
fn cells(disclosure: &Disclosure, kind: TableKind, label: &str) -> Vec<String> {
    let table = disclosure.table(kind).unwrap();
    let show = |cell: &budget_model::Cell| {
        let mark = if cell.placement.is_certain() { "" } else { "?" };
        format!("{}{mark} {}", table.columns[usize::from(cell.column)].label, cell.amount.value)
    };
    row(disclosure, kind, label).cells.iter().map(show).collect()
}

#[test]
fn the_third_figure_of_a_row_is_the_transfer_where_only_that_adds_up() {
    let disclosure = read(&[
        &overview("608.00", "608.00", "560.00", "48.00", ""),
        INCOME,
        "总计 608.00 608.00 560.00 48.00\n207 文化旅游体育与传媒支出 608.00 608.00 560.00 48.00\n\
         207 01 文化和旅游 608.00 608.00 560.00 48.00\n207 01 01 行政运行 500.00 500.00 500.00\n\
         207 01 09 群众文化 41.00 41.00 41.00\n207 01 11 文化创作与保护 67.00 67.00 60.00 7.00\n",
    ]);
    assert_eq!(
        cells(&disclosure, TableKind::Income, "群众文化"),
        ["总计 41.00", "财政拨款小计 41.00", "上级一般公共预算转移支付 41.00"]
    );
    assert_eq!(
        cells(&disclosure, TableKind::Income, "行政运行"),
        ["总计 500.00", "财政拨款小计 500.00", "一般公共预算 500.00"]
    );
}

#[test]
fn a_row_with_two_figures_is_carried_over_where_the_general_table_does_not_have_it() {
    // 88.00 is a transfer in one row and carried over in another.
    let disclosure = read(&[
        &overview("288.00", "200.00", "112.00", "88.00", "88.00"),
        INCOME,
        "总计 288.00 200.00 112.00 88.00 88.00\n207 文化旅游体育与传媒支出 288.00 200.00 112.00 88.00 88.00\n\
         207 01 文化和旅游 288.00 200.00 112.00 88.00 88.00\n207 01 04 图书馆 112.00 112.00 112.00\n\
         207 01 09 群众文化 88.00 88.00 88.00\n207 01 13 旅游宣传 88.00 88.00\n",
        GENERAL,
        "总计 200.00 112.00 88.00\n207 文化旅游体育与传媒支出 200.00 112.00 88.00\n207 01 文化和旅游 200.00 112.00 88.00\n\
         207 01 04 图书馆 112.00 112.00\n207 01 09 群众文化 88.00 88.00\n",
    ]);
    assert_eq!(cells(&disclosure, TableKind::Income, "旅游宣传"), ["总计 88.00", "财政拨款结转 88.00"]);
    assert_eq!(
        cells(&disclosure, TableKind::Income, "群众文化"),
        ["总计 88.00", "财政拨款小计 88.00", "上级一般公共预算转移支付 88.00"]
    );
    assert_eq!(cells(&disclosure, TableKind::General, "群众文化"), ["合计 88.00", "项目支出 88.00"]);
}

#[test]
fn classes_that_add_up_only_within_rounding_are_placed_for_certain() {
    let disclosure = read(&[
        EXPENDITURE,
        "总计 100.01 60.00 40.01\n207 文化旅游体育与传媒支出 33.34 33.34\n208 社会保障和就业支出 26.67 26.67\n\
         221 住房保障支出 40.01 40.01\n",
    ]);
    for (label, column) in [
        ("文化旅游体育与传媒支出", "基本支出 33.34"),
        ("社会保障和就业支出", "基本支出 26.67"),
        ("住房保障支出", "项目支出 40.01"),
    ] {
        assert_eq!(cells(&disclosure, TableKind::Expenditure, label)[1], column);
    }
}

#[test]
fn a_wrong_figure_leaves_all_other_figures_in_place() {
    // 26.67 is printed as 62.67: the class no longer goes with the total, in no column.
    let disclosure = read(&[
        EXPENDITURE,
        "总计 100.01 60.00 40.01\n207 文化旅游体育与传媒支出 33.34 33.34\n208 社会保障和就业支出 26.67 62.67\n\
         221 住房保障支出 40.01 40.01\n",
    ]);
    assert_eq!(cells(&disclosure, TableKind::Expenditure, "文化旅游体育与传媒支出"), ["合计 33.34", "基本支出 33.34"]);
    assert_eq!(cells(&disclosure, TableKind::Expenditure, "住房保障支出"), ["合计 40.01", "项目支出 40.01"]);
    assert_eq!(cells(&disclosure, TableKind::Expenditure, "社会保障和就业支出")[0], "合计 26.67");
}

#[test]
fn what_arithmetic_leaves_open_is_ambiguous_with_all_candidates() {
    let disclosure = read(&[
        EXPENDITURE,
        "总计 100.00 50.00 50.00\n207 文化旅游体育与传媒支出 50.00 50.00\n208 社会保障和就业支出 50.00 50.00\n",
    ]);
    let class = row(&disclosure, TableKind::Expenditure, "社会保障和就业支出");
    let Placement::Ambiguous { candidates } = &class.cells[1].placement else { panic!("{class:?}") };
    assert_eq!(candidates.iter().copied().collect::<std::collections::BTreeSet<_>>(), [1, 2].into());
    // The proposals go together: one class is basic, the other project expenditure.
    let other = row(&disclosure, TableKind::Expenditure, "文化旅游体育与传媒支出");
    assert_ne!(class.cells[1].column, other.cells[1].column);
}

#[test]
fn names_and_figures_wrapped_two_characters_at_a_time_are_put_together_over_a_page_break() {
    let disclosure = read(&[
        EXPENDITURE,
        "总计 181.40 2.00 179.40\n207 01 99 其他文化和旅游支出 179.40 179.40\n207 01 09 群众文化 2.00 2.00\n",
        PROJECTS,
        "207\n文化\n旅游\n体育\n与传\n媒支\n出\n179.4\n0\n178.1\n5\n1.25\n207 01 99\n其他\n文化\n下乡\n巡演\n179.4\n0\n178.1\n5\n1.25\n \
         和旅\n游支\n出\n项目\n合计\n179.4\n0\n178.1\n5\n1.25\n",
    ]);
    let item = row(&disclosure, TableKind::GeneralProject, "其他文化和旅游支出");
    assert_eq!(item.project.as_ref().unwrap().text, "下乡巡演项目");
    let values: Vec<_> = item.cells.iter().map(|cell| cell.amount.value.to_string()).collect();
    assert_eq!(values, ["179.40", "178.15", "1.25"]);
    assert!(disclosure.ledger.unread.is_empty(), "{:?}", disclosure.ledger.unread);
}

#[test]
fn repeated_headers_and_page_numbers_between_rows_are_not_read_as_rows() {
    let rows = "总计 3.00 2.00 1.00\n207 文化旅游体育与传媒支出 3.00 2.00 1.00\n207 01 文化和旅游 3.00 2.00 1.00\n";
    let more = "207 01 04 图书馆 2.00 2.00\n207 01 09 群众文化 1.00 1.00\n";
    let plain = read(&[EXPENDITURE, rows, more]);
    let header = EXPENDITURE.split_once("单位：万元\n").unwrap().1;
    for broken in [
        format!("{EXPENDITURE}{rows}\n\n\n12\n\n{header}{more}"),
        format!("{EXPENDITURE}{rows} 编制部门：云溪县文化馆 单位：万元\n{header}{more}"),
        format!("{EXPENDITURE}{rows}\u{c}部门支出总体情况表\n{header}{more}"),
        format!("{EXPENDITURE}{rows}- 12 -\n{more}"),
    ] {
        let disclosure = read(&[&broken]);
        let rows = |disclosure: &Disclosure| -> Vec<(String, usize)> {
            let table = disclosure.table(TableKind::Expenditure).unwrap();
            table.rows.iter().map(|row| (row.label.text.clone(), row.cells.len())).collect()
        };
        assert_eq!(rows(&disclosure), rows(&plain), "{broken}");
    }
}

#[test]
fn units_inside_the_project_table_divide_it() {
    let disclosure = read(&[
        EXPENDITURE,
        "总计 5.00 5.00\n207 01 09 群众文化 5.00 5.00\n",
        PROJECTS,
        "总计 5.00 5.00\n云溪县文化馆 3.00 3.00\n207 文化旅游体育与传媒支出 3.00 3.00\n207 01 文化和旅游 3.00 3.00\n\
         207 01 09 群众文化 送戏下乡 3.00 3.00\n云溪县图书馆 2.00 2.00\n207 文化旅游体育与传媒支出 2.00 2.00\n\
         207 01 文化和旅游 2.00 2.00\n207 01 09 群众文化 流动书车 2.00 2.00\n",
    ]);
    let table = disclosure.table(TableKind::GeneralProject).unwrap();
    let ups: Vec<_> = table.rows.iter().map(|row| row.part_of).collect();
    assert_eq!(ups, [None, Some(0), Some(1), Some(2), Some(3), Some(0), Some(5), Some(6), Some(7)]);
    assert_eq!(table.coordinates_at(8, 0).unwrap().unit.as_deref(), Some("云溪县图书馆"));
    assert!(table.identities().all(|identity| table.holds(&identity)));
}

#[test]
fn an_empty_table_keeps_its_sentence_whether_it_stands_before_or_after_the_header() {
    let sentence = "云溪县文化馆 2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空\n表。\n";
    let title = "表 8\n政府性基金预算支出情况表\n编制部门：云溪县文化馆 单位：万元\n";
    let header =
        "科目 政府性基金预算支出\n类 款 项\n功能分类科目名称 合计\n人员经费 公用经费\n项目支出\n※ ※ ※ ※ 1 2 3 4\n";
    for text in [format!("{title}{header}{sentence}"), format!("{title}{sentence}{header}")] {
        let disclosure = read(&[&text]);
        let table = disclosure.table(TableKind::Fund).unwrap();
        assert!(table.declared_empty.as_ref().unwrap().text.ends_with("为空表。"));
        assert!(table.rows.is_empty() && table.notes.is_empty());
        assert!(disclosure.ledger.unread.is_empty(), "{:?}", disclosure.ledger.unread);
    }
}

#[test]
fn words_and_numbers_that_belong_to_no_row_are_reported_and_not_swallowed() {
    let disclosure =
        read(&[EXPENDITURE, "总计 3.00 2.00 1.00\n207 文化传媒 3.00 2.00 1.00\n以下 88.88 又 99.99 的一行\n"]);
    assert_eq!(row(&disclosure, TableKind::Expenditure, "文化传媒").cells.len(), 3);
    let unread: Vec<_> = disclosure.ledger.unread.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(unread, ["以下 88.88 又 99.99 的一行"]);
    assert!(disclosure.diagnostics.iter().any(|diagnostic| diagnostic.code == DiagnosticCode::NumberNotUnderstood));
}

#[test]
fn figures_beyond_the_columns_are_reported_and_not_counted_as_read() {
    let disclosure = read(&[EXPENDITURE, "总计 3.00 2.00 1.00\n207 文化传媒 3.00 2.00 0.50 0.50\n"]);
    let beyond =
        disclosure.diagnostics.iter().find(|diagnostic| diagnostic.code == DiagnosticCode::FiguresBeyondColumns);
    assert_eq!(beyond.unwrap().arguments[3], "3.00 2.00 0.50 0.50");
    assert_eq!(disclosure.ledger.numbers - disclosure.ledger.numbers_read, 4);
}

#[test]
fn a_layout_of_ones_own_wins_over_the_built_in_one_it_extends() {
    let mut layouts = LayoutSet::built_in();
    layouts.add("id = \"mine\"\nname = \"mine\"\nextends = \"xinjiang-2025\"\nyears = [2025, 2025]").unwrap();
    let registry = Registry::new().with_reader(TextReader).with_layouts(layouts);
    let text = [HEAD, EXPENDITURE, "总计 3.00 2.00 1.00\n"].concat();
    assert_eq!(registry.read(text.as_bytes(), None).unwrap().layout, "mine");
}

#[test]
fn units_of_a_list_that_nothing_else_names_are_told_by_their_sums() {
    let disclosure = read(&["表 11\n上年结转结余情况明细表\n编制部门：云溪县教育局 单位：万元\n\
         项目 合计 财政拨款 非财政拨款 小计 基本支出 项目支出 小计 基本支出 项目支出 人员经费 公用经费 人员经费 公用经费\n\
         ※ 1 2 3 4 5 6 7 8 9\n总计 30.00 30.00 30.00\n云溪县教育局 10.00 10.00 10.00\n校舍安全排查经费 10.00 10.00 10.00\n\
         云溪县教育信息中心 20.00 20.00 20.00\n信息系统运行经费 15.00 15.00 15.00\n档案数字化经费 5.00 5.00 5.00\n"]);
    let table = disclosure.table(TableKind::Carryover).unwrap();
    let rows: Vec<_> = table.rows.iter().map(|row| (row.role.as_str(), row.part_of)).collect();
    let expected = [
        ("total", None),
        ("unit", Some(0)),
        ("label", Some(1)),
        ("unit", Some(0)),
        ("label", Some(3)),
        ("label", Some(3)),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_list_that_its_sums_divide_in_several_ways_says_so() {
    let head = "表 11\n上年结转结余情况明细表\n编制部门：云溪县教育局 单位：万元\n\
         项目 合计 财政拨款 非财政拨款 小计 基本支出 项目支出 小计 基本支出 项目支出 人员经费 公用经费 人员经费 公用经费\n\
         ※ 1 2 3 4 5 6 7 8 9\n";
    // The second pair may be a unit and its project, or two more projects of the first unit.
    let rows = "总计 10.00 10.00 10.00\n第一小学 10.00 10.00 10.00\n校舍安全排查经费 10.00 10.00 10.00\n\
         第二小学 0.00 0.00 0.00\n信息系统运行经费 0.00 0.00 0.00\n";
    let found = |disclosure: &Disclosure| -> Vec<_> {
        let of_code = |found: &&budget_model::Diagnostic| found.code == DiagnosticCode::ListDivisionUncertain;
        disclosure.diagnostics.iter().filter(of_code).cloned().collect()
    };
    let disclosure = read(&[head, rows]);
    let [uncertain] = found(&disclosure).try_into().unwrap();
    assert_eq!(uncertain.arguments, ["上年结转结余情况明细表", "第一小学"]);
    assert_eq!(uncertain.places[0], row(&disclosure, TableKind::Carryover, "第一小学").label.place);
    let decided =
        read(&[head, &rows.replace("0.00 0.00 0.00\n信息系统运行经费 0.00", "5.00 5.00 5.00\n信息系统运行经费 5.00")]);
    assert!(found(&decided).is_empty());
    // Two projects of the total, or a unit and its project.
    let nothing = "总计 0.00 0.00 0.00\n校舍安全排查经费 0.00 0.00 0.00\n信息系统运行经费 0.00 0.00 0.00\n";
    assert_eq!(found(&read(&[head, nothing])).len(), 1);
}

#[test]
fn totals_with_nothing_between_them_are_two() {
    let disclosure = read(&[
        "表 4\n财政拨款收支预算总体情况表\n编制部门：云溪县教育局 单位：万元\n财政拨款收入 财政拨款支出\n\
         项目 合计 功能分类 合计 一般公共预算 政府性基金预算 国有资本经营预算\n一、财政拨款（补助） 201 一般公共服务支出\n\
         一般公共预算 202 外交支出\n收 入 总 计 支 出 总 计\n",
    ]);
    let table = disclosure.table(TableKind::Appropriation).unwrap();
    let totals: Vec<_> =
        table.rows.iter().filter(|row| row.role.as_str() == "total").map(|row| row.label.text.as_str()).collect();
    assert_eq!(totals, ["收入总计", "支出总计"]);
}

/// Titles as the forms of a district print them, amounts in whole yuan.
fn in_yuan(title: &str, rows: &str) -> Disclosure {
    let text = format!(
        "云溪县教育局2026年部门预算\n{title}\n编制部门：云溪县教育局 单位：元\n项目 支出预算\n功能分类科目编码\n类 款 项\n\
         功能分类科目名称 合计 基本支出 项目支出\n{rows}"
    );
    read_text(text.as_bytes()).unwrap()
}

#[test]
fn an_amount_in_yuan_is_no_code_however_it_begins() {
    let disclosure = in_yuan(
        "2026年部门支出预算总表",
        "223 国有资本经营预算支出 2170000 2170000\n223 01\n解决历史遗留问题及\n改革成本支出\n2170000 2170000\n\
         223 01 05\n国有企业退休人员\n社会化管理补助支出\n2170000 2170000\n合计 2170000 2170000\n",
    );
    let table = disclosure.table(TableKind::Expenditure).unwrap();
    let rows: Vec<_> = table.rows.iter().map(|row| (row.label.text.as_str(), row.cells.len())).collect();
    let expected = [
        ("国有资本经营预算支出", 2),
        ("解决历史遗留问题及改革成本支出", 2),
        ("国有企业退休人员社会化管理补助支出", 2),
        ("合计", 2),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn the_title_of_a_unit_may_name_its_budget() {
    let disclosure =
        in_yuan("2026年预算单位支出预算总表", "205 教育支出 120500 100000 20500\n合计 120500 100000 20500\n");
    assert_eq!(
        cells(&disclosure, TableKind::Expenditure, "教育支出"),
        ["合计 120500", "基本支出 100000", "项目支出 20500"]
    );
}

#[test]
fn a_figure_wrapped_before_its_last_digits_is_one() {
    let disclosure = read(&[
        PROJECTS,
        "总计\n12107\n3.94\n12107\n3.94\n205 教育支出\n12107\n3.94\n12107\n3.94\n\
         205 02 普通教育\n12107\n3.94\n12107\n3.94\n205 02 02 小学教育 校舍维修经费\n12107\n3.94\n12107\n3.94\n",
    ]);
    let row = row(&disclosure, TableKind::GeneralProject, "小学教育");
    let values: Vec<_> = row.cells.iter().map(|cell| cell.amount.value.to_string()).collect();
    assert_eq!(values, ["121073.94", "121073.94"]);
}

#[test]
fn a_total_row_at_the_top_of_a_page_is_no_header() {
    let header = "编制部门：云溪县教育局 单位：万元\n科目编码\n类 款 项\n功能分类科目名称 项目名称 项目支出合计 工资福利支出 \
         商品和服务支出 对个人和家庭的补助\n";
    let disclosure = read(&[
        "表 7\n一般公共预算项目支出情况表\n",
        header,
        "205 教育支出 1121.07 1121.07\n205 02 普通教育 1121.07 1121.07\n205 02 02 小学教育 校舍维修经费 1121.07 1121.07\n\x0c",
        header,
        "合计\n1121.0\n7\n1121.0\n7\n",
    ]);
    assert_eq!(row(&disclosure, TableKind::GeneralProject, "小学教育").cells.len(), 2);
    assert_eq!(row(&disclosure, TableKind::GeneralProject, "合计").cells.len(), 2);
}

#[test]
fn a_header_repeated_on_the_next_page_is_known_by_its_first_line() {
    let header = "编制部门：云溪县教育局 单位：万元\n\
         项目 合计 财政拨款 非财政拨款 小计 基本支出 项目支出 小计 基本支出 项目支出 人员经费 公用经费 人员经费 公用经费\n";
    let disclosure = read(&[
        "表 11\n上年结转结余情况明细表\n",
        header,
        "总计 30.00 30.00 30.00\n云溪县教育局 30.00 30.00 30.00\n\
         校舍安全排查经费 10.00 10.00 10.00\n\x0c",
        header,
        "信息系统运行经费 20.00 20.00 20.00\n",
    ]);
    assert_eq!(row(&disclosure, TableKind::Carryover, "信息系统运行经费").cells.len(), 3);
}

#[test]
fn numbered_names_of_classes_stand_on_the_expenditure_side() {
    let text = "云溪县教育局2026年部门预算\n2026年部门财务收支预算总表\n编制部门：云溪县教育局 单位：元\n本年收入 本年支出\n\
         项目 预算数 项目 预算数\n一、财政拨款收入 1205000 一、教育支出 1000000\n1.一般公共预算 1205000 二、社会保障和就业支出 205000\n\
         2.政府性基金预算\n3.国有资本经营预算\n二、事业收入\n收 入 总 计 1205000 支 出 总 计 1205000\n";
    let disclosure = read_text(text.as_bytes()).unwrap();
    let table = disclosure.table(TableKind::Overview).unwrap();
    let shown: Vec<_> = table
        .rows
        .iter()
        .filter_map(|row| {
            Some((row.side?.as_str(), row.label.text.as_str(), row.cells.first()?.amount.value.to_string()))
        })
        .collect();
    let expected = [
        ("revenue", "一、财政拨款收入", "1205000"),
        ("revenue", "1.一般公共预算", "1205000"),
        ("revenue", "收入总计", "1205000"),
        ("expenditure", "一、教育支出", "1000000"),
        ("expenditure", "二、社会保障和就业支出", "205000"),
        ("expenditure", "支出总计", "1205000"),
    ];
    assert_eq!(shown.iter().map(|(side, label, value)| (*side, *label, value.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn figures_too_large_for_the_arithmetic_keep_their_order_and_are_reported() {
    let disclosure = read(&[
        EXPENDITURE,
        "合计 20.00 17.00 3.00\n207 文化旅游体育与传媒支出 20.00 17.00 3.00\n\
         207 01 文化和旅游 2200000000000.00 2200000000000.00\n",
    ]);
    assert_eq!(
        cells(&disclosure, TableKind::Expenditure, "文化和旅游"),
        ["合计? 2200000000000.00", "基本支出? 2200000000000.00"]
    );
    assert!(disclosure.diagnostics.iter().any(|found| found.code == DiagnosticCode::PlacementLimit));
}

#[test]
fn the_last_character_of_a_name_below_a_header_belongs_to_the_name() {
    let disclosure = read(&["表 11\n上年结转结余情况明细表\n编制部门：云溪县卫生健康委员会 单位：万元\n\
         项目 合计 财政拨款 非财政拨款 小计 基本支出 项目支出 小计 基本支出 项目支出 人员经费 公用经费 人员经费 公用经费\n\
         云溪县卫生健康委员\n会 20.00 20.00 20.00\n"]);
    assert_eq!(row(&disclosure, TableKind::Carryover, "云溪县卫生健康委员会").cells.len(), 3);
    let disclosure = read(&["表 11\n上年结转结余情况明细表\n编制部门：云溪县卫生健康委员会 单位：万元\n\
         项目 合计 财政拨款 非财政拨款 小计 基本支出 项目支出 小计 基本支出 项目支出 人员经费 公用经费 人员经费 公用经费\n\
         云溪县卫生健康委员\n会\n20.00 20.00 20.00\n"]);
    assert_eq!(row(&disclosure, TableKind::Carryover, "云溪县卫生健康委员会").cells.len(), 3);
}

#[test]
fn a_figure_with_separators_may_be_wrapped_over_three_lines() {
    let disclosure = read(&[
        PROJECTS,
        "总计\n1,027\n,381.\n54\n1,027\n,381.\n54\n云溪县教育局\n1,027\n,381.\n54\n1,027\n,381.\n54\n\
         205 02 02 小学教育 校舍维修经费 1,027\n,381.\n54\n1,027\n,381.\n54\n",
    ]);
    for label in ["总计", "云溪县教育局", "小学教育"] {
        let row = row(&disclosure, TableKind::GeneralProject, label);
        let values: Vec<_> = row.cells.iter().map(|cell| cell.amount.value.to_string()).collect();
        assert_eq!(values, ["1027381.54", "1027381.54"], "{label}");
    }
    assert!(disclosure.ledger.unread.is_empty(), "{:?}", disclosure.ledger.unread);
}

#[test]
fn a_figure_without_separators_may_be_wrapped_over_three_lines() {
    let disclosure = read(&[
        EXPENDITURE,
        "总计 21271234.50 21271234.50\n",
        PROJECTS,
        "205 教育支出\n21271\n234.5\n0\n21271\n234.5\n0\n205 02 02 小学教育\n2024\n年校舍维修经费\n21271\n234.5\n0\n21271\n234.5\n0\n",
    ]);
    let values = |label| -> Vec<_> {
        let row = row(&disclosure, TableKind::GeneralProject, label);
        row.cells.iter().map(|cell| cell.amount.value.to_string()).collect()
    };
    assert_eq!(values("教育支出"), ["21271234.50", "21271234.50"]);
    assert_eq!(values("小学教育"), ["21271234.50", "21271234.50"]);
}

#[test]
fn figures_wrapped_behind_their_first_decimal_do_not_make_one_decimal_the_usual_one() {
    let disclosure = read(&[
        EXPENDITURE,
        "总计 907.57 907.57\n",
        PROJECTS,
        "总计\n907.5\n7\n473.8\n4\n433.7\n3\n205 教育支出\n907.5\n7\n473.8\n4\n433.7\n3\n",
    ]);
    let values: Vec<_> = row(&disclosure, TableKind::GeneralProject, "教育支出").cells.iter().collect();
    let values: Vec<_> = values.iter().map(|cell| cell.amount.value.to_string()).collect();
    assert_eq!(values, ["907.57", "473.84", "433.73"]);
}

#[test]
fn an_amount_in_yuan_before_the_numbered_name_of_the_other_side_is_no_class() {
    for amount in ["237", "205"] {
        let text = format!(
            "云溪县教育局2026年部门预算\n2026年部门财务收支预算总表\n编制部门：云溪县教育局 单位：元\n本年收入 本年支出\n\
             项目 预算数 项目 预算数\n一、财政拨款收入 1205{amount} 一、教育支出 1000000\n\
             1、一般公共预算 1205000 二、社会保障和就业支出 205{amount}\n\
             2、政府性基金预算 {amount} 三、住房保障支出\n3、国有资本经营预算\n\
             收 入 总 计 1205{amount} 支 出 总 计 1205{amount}\n"
        );
        let disclosure = read_text(text.as_bytes()).unwrap();
        assert_eq!(row(&disclosure, TableKind::Overview, "2、政府性基金预算").cells.len(), 1, "{text}");
        let housing = row(&disclosure, TableKind::Overview, "三、住房保障支出");
        assert_eq!((housing.code, housing.cells.len()), (None, 0), "{text}");
    }
}

#[test]
fn what_a_line_end_announces_is_over_where_the_entity_is_named_again() {
    let disclosure = read(&[
        EXPENDITURE,
        "总计 3.00 2.00 1.00\n",
        "第三部分 2025年部门预算情况说明\n十、其他重要事项的情况说明\n（二）政府采购情况\n\
         2025年，云溪县文化馆政府采购预算 2.00万元，其中：\n政府采购货物预算 2.00万元。\n\
         2025年，云溪县文化馆面向中小企业预留政府采购项目预算金额 1.00万元。\n",
    ]);
    let subjects: Vec<_> = disclosure.facts.iter().map(|fact| fact.subject.join("/")).collect();
    assert_eq!(subjects, ["政府采购预算", "政府采购预算/政府采购货物预算", "面向中小企业预留政府采购项目预算"]);
}
