//! An invented disclosure with everything in it that an exporter may meet.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use budget_export::{Document, DocumentInfo, ExportOptions, MemorySink, exporter};
use budget_model::*;

pub(crate) fn at(line: u32) -> Place {
    Place::Text { page: line / 40 + 1, line, column: 3 }
}

pub(crate) fn label(text: &str) -> Label {
    Label::new(text, at(7))
}

pub(crate) fn amount(text: &str, line: u32) -> Amount {
    Amount { value: text.parse().unwrap(), place: at(line) }
}

fn column(id: &str, header: &[&str], part_of: Option<u16>) -> Column {
    let mut column = Column::new(id, *header.last().unwrap());
    column.header = header.iter().map(ToString::to_string).collect();
    column.part_of = part_of;
    column
}

/// A row: side, code, label, figures by column.
struct Line(Option<Side>, &'static str, &'static str, &'static [(u16, &'static str)]);

fn rows(lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, Line(side, code, name, cells)) in lines.iter().enumerate() {
        let code: Option<Code> = code.parse().ok();
        let whole = |row: &Row| match (row.code, code) {
            (Some(above), Some(code)) => code.parent() == Some(above),
            (None, Some(code)) => row.role == Role::Total && code.level() == CodeLevel::Class,
            _ => false,
        };
        let line = index as u32 + 20;
        let role = match code {
            Some(code) => code.level().into(),
            None if name.contains("计") => Role::Total,
            None => Role::Label,
        };
        let mut row = Row::new(role, Label::new(*name, at(line)));
        row.side = *side;
        row.code = code;
        row.part_of = rows.iter().rposition(whole).map(|row| row as u32);
        row.cells.extend(cells.iter().map(|(column, value)| {
            let placement =
                if *column == 0 { Placement::Printed } else { Placement::Inferred { by: Evidence::RowSum } };
            Cell::new(*column, amount(value, line), placement)
        }));
        rows.push(row);
    }
    rows
}

fn table(kind: TableKind, number: &str, title: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    let mut table = Table::new(kind, label(title));
    table.number = Some(label(number));
    table.compiler = Some(label("云溪县文化馆"));
    table.unit = Unit::TenThousandYuan;
    table.columns = columns;
    table.rows = rows;
    table
}

fn overview() -> Table {
    let (revenue, expenditure) = (Some(Side::Revenue), Some(Side::Expenditure));
    let lines = [
        Line(revenue, "", "一、本年收入", &[(0, "1268.40")]),
        Line(revenue, "", "1.一般公共预算拨款", &[(0, "1268.40")]),
        Line(revenue, "", "其中：一般财力", &[(0, "1268.40")]),
        Line(revenue, "", "2.政府性基金预算拨款", &[]),
        Line(revenue, "", "二、上年结转结余", &[(0, "17.00")]),
        Line(revenue, "", "收入总计", &[(0, "1285.40")]),
        Line(expenditure, "207", "文化旅游体育与传媒支出", &[(0, "1101.25")]),
        Line(expenditure, "208", "社会保障和就业支出", &[(0, "126.15")]),
        Line(expenditure, "210", "卫生健康支出", &[(0, "58.00")]),
        Line(expenditure, "", "支出总计", &[(0, "1285.40")]),
    ];
    table(TableKind::Overview, "表1", "部门收支总体情况表", vec![column("budget", &["预算数"], None)], rows(&lines))
}

fn income() -> Table {
    let columns = vec![
        column("total", &["总计"], None),
        column("appropriation", &["财政拨款（补助）", "财政拨款小计"], Some(0)),
        column("general-own", &["财政拨款（补助）", "一般公共预算"], Some(1)),
        column("general-transfer", &["财政拨款（补助）", "上级一般公共预算转移支付"], Some(1)),
        column("fund-own", &["财政拨款（补助）", "政府性基金预算"], Some(1)),
        column("special", &["财政专户"], Some(0)),
        column("unit-funds", &["单位资金"], Some(0)),
        column("carried", &["上年结转结余", "财政拨款结转"], Some(0)),
        column("carried-other", &["上年结转结余", "非财政拨款结转结余"], Some(0)),
    ];
    let lines = [
        Line(None, "", "总计", &[(0, "1285.40"), (1, "1268.40"), (2, "1268.40"), (7, "17.00")]),
        Line(None, "207", "文化旅游体育与传媒支出", &[(0, "1101.25"), (1, "1084.25"), (2, "1084.25"), (7, "17.00")]),
        Line(None, "20701", "文化和旅游", &[(0, "1101.25"), (1, "1084.25"), (2, "1084.25"), (7, "17.00")]),
        Line(None, "2070109", "群众文化", &[(0, "1101.25"), (1, "1084.25"), (2, "1084.25"), (7, "17.00")]),
        Line(None, "208", "社会保障和就业支出", &[(0, "126.15"), (1, "126.15"), (2, "126.15")]),
        Line(None, "20805", "行政事业单位养老支出", &[(0, "126.15"), (1, "126.15"), (2, "126.15")]),
        Line(None, "2080505", "机关事业单位基本养老保险缴费支出", &[(0, "126.15"), (1, "126.15"), (2, "126.15")]),
        Line(None, "210", "卫生健康支出", &[(0, "58.00"), (1, "58.00"), (2, "58.00")]),
    ];
    table(TableKind::Income, "表2", "部门收入总体情况表", columns, rows(&lines))
}

fn basic() -> Table {
    let columns = vec![
        column("total", &["一般公共预算基本支出", "合计"], None),
        column("personnel", &["一般公共预算基本支出", "人员经费"], Some(0)),
        column("operating", &["一般公共预算基本支出", "公用经费"], Some(0)),
    ];
    let lines = [
        Line(None, "", "总计", &[(0, "920.5"), (1, "880.5"), (2, "40.0")]),
        Line(None, "301", "工资福利支出", &[(0, "880.5"), (1, "880.5")]),
        Line(None, "30101", "基本工资", &[(0, "880.5"), (1, "880.5")]),
        Line(None, "302", "商品和服务支出", &[(0, "40.0"), (2, "40.0")]),
        Line(None, "30201", "办公费", &[(0, "40"), (2, "40")]),
        Line(None, "30206", "电费", &[]),
    ];
    let mut table = table(TableKind::GeneralBasic, "表6", "一般公共预算基本支出情况表", columns, rows(&lines));
    table.dimensions =
        Dimensions { source: Some(Source::GeneralPublicBudget), nature: Some(Nature::Basic), ..table.dimensions };
    table
}

fn projects() -> Table {
    let labels = ["项目支出合计", "工资福利支出", "商品和服务支出", "对个人和家庭的补助", "资本性支出(基本建设)"];
    let part = |index: usize| (index > 0).then_some(0);
    let columns = labels
        .iter()
        .enumerate()
        .map(|(index, label)| column(&format!("economic-{index}"), &[label], part(index)))
        .collect();
    let lines = [
        Line(None, "", "总计", &[(0, "364.90"), (2, "364.90")]),
        Line(None, "207", "文化旅游体育与传媒支出", &[(0, "364.90"), (2, "364.90")]),
        Line(None, "20701", "文化和旅游", &[(0, "364.90"), (2, "364.90")]),
        Line(None, "2070109", "群众文化", &[(0, "364.90"), (2, "364.90")]),
    ];
    let mut rows = rows(&lines);
    for row in &mut rows {
        for cell in row.cells.iter_mut().filter(|cell| cell.column == 2) {
            cell.placement = Placement::Ambiguous { candidates: vec![2, 1, 3, 4] };
        }
    }
    rows[3].project = Some(label("-部门专项-2025年度免费开放补助资金及乡村文化活动经费"));
    let mut table = table(TableKind::GeneralProject, "表7", "一般公共预算项目支出情况表", columns, rows);
    table.notes = vec![label("注：本表金额不含上年结转。")];
    table
}

fn fund() -> Table {
    let columns = vec![
        column("total", &["政府性基金预算支出", "合计"], None),
        column("personnel", &["政府性基金预算支出", "基本支出", "人员经费"], Some(0)),
        column("operating", &["政府性基金预算支出", "基本支出", "公用经费"], Some(0)),
        column("project", &["政府性基金预算支出", "项目支出"], Some(0)),
    ];
    let mut table = table(TableKind::Fund, "表8", "政府性基金预算支出情况表", columns, Vec::new());
    table.declared_empty =
        Some(label("云溪县文化馆2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。"));
    table
}

fn three_public() -> Table {
    let columns = vec![
        column("total", &["合计"], None),
        column("general", &["资金来源", "一般公共预算"], Some(0)),
        column("fund", &["资金来源", "政府性基金预算"], Some(0)),
    ];
    let lines = [
        Line(None, "", "合计", &[(0, "3.20"), (1, "3.20")]),
        Line(None, "", "因公出国（境）费", &[]),
        Line(None, "", "公务接待费", &[(0, "0.00"), (1, "0.00")]),
        Line(None, "", "公务用车运行费", &[(0, "3.20"), (1, "3.20")]),
    ];
    table(TableKind::ThreePublic, "表10", "财政拨款“三公”经费支出情况表", columns, rows(&lines))
}

/// Keeps the sign of a zero, as readers of a text do.
fn signed(text: &str) -> Decimal {
    let mut value: Decimal = text.parse().unwrap();
    value.set_sign_negative(text.starts_with('-'));
    value
}

fn fact(value: &str, measure: Measure, quote: &str) -> Fact {
    Fact {
        section: "3.二".to_owned(),
        subject: vec!["收入预算".to_owned(), "一般公共预算".to_owned()],
        measure,
        value: signed(value),
        unit: Some(Unit::TenThousandYuan),
        quote: quote.to_owned(),
        reason: Some("人员减少".to_owned()),
        place: at(120),
        coordinates: Some(Coordinates { source: Source::GeneralPublicBudget, ..Coordinates::TOTAL }),
    }
}

fn indicator(name: &str, raw: &str, operator: Option<Operator>, number: Option<&str>, unit: Option<&str>) -> Indicator {
    let number = number.map(|number| number.parse().unwrap());
    let value = IndicatorValue { raw: label(raw), operator, number, unit: unit.map(str::to_owned) };
    let mut indicator = Indicator::new(label(name), value);
    (indicator.level1, indicator.level2) = ("产出指标".to_owned(), "数量指标".to_owned());
    indicator.levels_certain = operator != Some(Operator::AtMost);
    indicator.basis = Some("年度工作计划".to_owned());
    indicator.last_year = Some("-".to_owned());
    indicator.weight = Some(Decimal::from(20));
    indicator
}

fn performance() -> Vec<PerformanceTable> {
    let mut overall = PerformanceTable::new(PerformanceKind::Overall, label("部门（单位）整体支出绩效目标表"));
    overall.unit = Some(label("云溪县文化馆"));
    overall.responsible = Some(label("丁一鸣"));
    overall.telephone = Some(label("0000-1234567"));
    overall.money_unit = Unit::TenThousandYuan;
    overall.other = Some(amount("0.00", 300));
    overall.from_above = Some(amount("120.00", 300));
    overall.own_level = Some(amount("1165.40", 300));
    overall.goal = Some(label("目标1：全年免费开放不少于300天；目标2：举办文化活动。"));
    overall.indicators = vec![
        indicator("活动参与率", "=50%", Some(Operator::Equal), Some("50"), Some("%")),
        indicator("服务人数", "＞=48万人", Some(Operator::AtLeast), Some("48"), Some("万人")),
        indicator("群众满意程度", "-", None, None, None),
    ];
    let mut project = overall.clone();
    project.kind = PerformanceKind::Project;
    project.title = label("项目支出绩效目标表");
    project.name = Some(label("@免费开放补助资金"));
    project.responsible = Some(label("于小满"));
    project.telephone = None;
    project.total = Some(amount("15.00", 340));
    project.fiscal = Some(amount("15.00", 340));
    (project.from_above, project.own_level) = (None, None);
    project.funds = vec![PerformanceFund::new(vec!["市级支出".to_owned()], amount("15.00", 341))];
    project.indicators =
        vec![indicator("补助成本", "<=15.00万元", Some(Operator::AtMost), Some("15.00"), Some("万元"))];
    vec![overall, project]
}

/// The disclosure.
pub(crate) fn disclosure() -> Disclosure {
    Disclosure {
        region: None,
        entity: Some(label("云溪县文化馆")),
        year: Some(2025),
        stage: Stage::Budget,
        scope: Scope::Department,
        unit: Unit::TenThousandYuan,
        layout: "example-2025".to_owned(),
        required: Required::default(),
        sheets: Vec::new(),
        tables: vec![overview(), income(), basic(), projects(), fund(), three_public()],
        sections: vec![Section {
            path: "3.二".to_owned(),
            heading: label("关于云溪县文化馆2025年收入预算情况说明"),
            unit: None,
            paragraphs: vec![label("收入预算1285.40万元。")],
        }],
        organisation: Organisation { functions: vec![label("组织群众文化活动。")], ..Organisation::default() },
        facts: vec![
            fact("1268.40", Measure::Amount, "一般公共预算1268.40万元"),
            fact("-0.00", Measure::YoyChange, "减少0.00万元"),
            fact("12345678901234567.89", Measure::Other, "一个很长的数"),
        ],
        projects: vec![Project {
            number: 1,
            name: label("免费开放补助资金"),
            policy_basis: Some(label("=关于\"免费开放\"的通知,第2号")),
            amount: Some(StatedAmount { value: "15.00".parse().unwrap(), unit: Unit::TenThousandYuan, place: at(200) }),
            unit_in_charge: Some(label("云溪县文化馆")),
            allocation: None,
            period: Some(label("2025年1月-12月")),
            further: vec![
                Field { label: "资金来源".to_owned(), value: label("县级财政") },
                Field { label: "补贴人数".to_owned(), value: label("300人") },
            ],
        }],
        performance: performance(),
        glossary: vec![Term { term: label("基本支出"), definition: label("保障机构正常运转的支出。") }],
        sign_off: Some(SignOff { name: Some(label("云溪县文化馆")), date: Some(label("2025年2月10日")) }),
        hidden_text: vec![HiddenText::new(
            "1,234.56",
            HiddenReason::OffPage,
            Place::Text { page: 1, line: 1, column: 1 },
        )],
        unread_pages: vec![UnreadPage::new(7, UnreadReason::Image)],
        attachments: vec![Attachment::new("附件1", "./1.pdf", Place::Block { block: 3, row: 0, column: 1 })],
        diagnostics: vec![
            Diagnostic::new(DiagnosticCode::TableMissing, ["国有资本经营预算支出情况表"]).at(at(50)),
            Diagnostic::new(DiagnosticCode::YearMissing, Vec::<String>::new()),
        ],
        ledger: Ledger {
            characters: 9000,
            characters_read: 8990,
            numbers: 300,
            numbers_read: 299,
            unread: vec![Label::new("附件另行公布 1", Place::Cell { sheet: 0, row: 4, column: 2 })],
            unlisted: 0,
        },
    }
}

/// All text of a file; of a workbook, all its parts.
pub(crate) fn text(bytes: &[u8]) -> String {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8(bytes.to_owned()).unwrap();
    };
    let mut text = String::new();
    for index in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(index).unwrap(), &mut text).unwrap();
    }
    text
}

/// The files that an exporter makes of a disclosure, and its report.
pub(crate) fn export(
    id: &str,
    disclosure: &Disclosure,
    options: ExportOptions,
) -> (std::collections::BTreeMap<String, Vec<u8>>, budget_export::Report) {
    let info = DocumentInfo::new("000", "云溪.txt").with_sha256("00ff");
    let mut sink = MemorySink::default();
    let report = exporter(id, options).unwrap().write(Document { info: &info, disclosure }, &mut sink).unwrap();
    (sink.files(), report)
}
