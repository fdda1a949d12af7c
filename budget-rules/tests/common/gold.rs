//! Disclosures made of the figures that were read by hand.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use budget_model::{
    Amount, Decimal, Disclosure, Fact, Indicator, IndicatorValue, Measure, PerformanceKind, PerformanceTable, Project,
    Section, Side, StatedAmount, TableKind, Unit,
};

use super::form::{Form, Line, Places};

/// Where the gold is.
pub(crate) fn directory() -> PathBuf {
    std::env::var_os("BUDGET_GOLD_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold"), PathBuf::from)
}

type Record = HashMap<String, String>;

fn records(document: &str, file: &str) -> Vec<Record> {
    let path = directory().join(document).join(file);
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(|record| record.unwrap()).collect()
}

const HEADINGS_2022: &[(&str, &str)] = &[("3.八", "“三公”经费预算情况说明"), ("3.十", "其他重要事项的情况说明")];
const HEADINGS_2025: &[(&str, &str)] = &[
    ("3.十", "“三公”经费预算情况说明"),
    ("3.十一", "上年结转结余预算情况说明"),
    ("3.十二", "其他重要事项的情况说明"),
];
const HEADINGS: &[(&str, &str)] = &[
    ("1.二", "机构设置及人员情况"),
    ("3.一", "收支预算情况总体说明"),
    ("3.二", "收入预算情况说明"),
    ("3.三", "支出预算情况说明"),
    ("3.四", "财政拨款收支预算情况的总体说明"),
    ("3.五", "一般公共预算当年拨款情况说明"),
    ("3.六", "一般公共预算基本支出情况说明"),
    ("3.七", "一般公共预算项目支出情况说明"),
];

/// The disclosure that the gold of one document describes. `form` is the id of its layout.
pub(crate) fn disclosure(document: &str, form: &str) -> Disclosure {
    let mut places = Places::default();
    let mut disclosure = Disclosure { layout: form.to_owned(), ..Disclosure::default() };
    let layout = Form::read(form);
    let records_of_tables = records(document, "tables.csv");
    let get = |record: &'_ Record, column: &str| record.get(column).cloned().unwrap_or_default();
    let mut tables: BTreeMap<TableKind, BTreeMap<(Option<Side>, u32), Vec<&Record>>> = BTreeMap::new();
    for record in &records_of_tables {
        let kind = TableKind::ALL.into_iter().find(|kind| kind.as_str() == record["table"]).unwrap();
        let side = [Side::Revenue, Side::Expenditure].into_iter().find(|side| side.as_str() == record["side"]);
        let row = record["row_no"].parse().unwrap_or(0);
        tables.entry(kind).or_default().entry((side, row)).or_default().push(record);
    }
    for (number, kind) in layout.kinds().enumerate() {
        let empty = BTreeMap::new();
        let lines: Vec<Line<'_>> = tables
            .get(&kind)
            .unwrap_or(&empty)
            .iter()
            .map(|((side, _), cells)| Line {
                side: *side,
                code: &cells[0]["row_code"],
                label: &cells[0]["row_label"],
                project: &cells[0]["row_extra"],
                cells: cells
                    .iter()
                    .filter(|cell| !cell["value"].is_empty())
                    .map(|cell| {
                        let several = cell["certainty"] == "ambiguous";
                        let candidates = cell["candidates"].split('|').filter(|_| several).collect();
                        (cell["column"].as_str(), cell["value"].as_str(), candidates)
                    })
                    .collect(),
            })
            .filter(|line| !line.label.is_empty() || !line.cells.is_empty())
            .collect();
        let mut table = layout.table(kind, &format!("表{}", number + 1), &lines, &mut places);
        if table.figure_count() == 0 {
            table.declared_empty = Some(places.label("此表为空表。"));
        }
        disclosure.tables.push(table);
    }
    let (special, last) = if form.contains("2022") { (HEADINGS_2022, "3.十") } else { (HEADINGS_2025, "3.十二") };
    let sub = ["机关运行经费情况", "政府采购情况", "国有资产占用使用情况", "预算绩效情况"];
    let sub = ["一", "二", "三", "四"].iter().zip(sub).map(|(number, heading)| (format!("{last}.({number})"), heading));
    let headings = HEADINGS.iter().chain(special).map(|(path, heading)| ((*path).to_owned(), *heading));
    for (path, heading) in headings.chain(sub) {
        disclosure.sections.push(Section { path, heading: places.label(heading), paragraphs: Vec::new() });
    }
    for record in records(document, "facts.csv") {
        let measures = [
            Measure::Amount,
            Measure::Share,
            Measure::YoyChange,
            Measure::YoyPercent,
            Measure::PriorAmount,
            Measure::Count,
            Measure::Area,
            Measure::Other,
        ];
        disclosure.facts.push(Fact {
            section: get(&record, "section"),
            subject: record["subject"].split('/').map(str::to_owned).collect(),
            measure: measures.into_iter().find(|measure| measure.as_str() == record["measure"]).unwrap(),
            value: record["value"].parse().unwrap(),
            unit: (!record["unit"].is_empty()).then(|| Unit::from(record["unit"].as_str())),
            quote: get(&record, "quote"),
            reason: None,
            place: places.next(),
            coordinates: None,
        });
    }
    for record in records(document, "projects.csv") {
        let text = |column: &str, places: &mut Places| Some(places.label(&record[column])).filter(|label| !label.text.is_empty());
        disclosure.projects.push(Project {
            number: record["no"].parse().unwrap(),
            name: places.label(&record["name"]),
            policy_basis: text("policy_basis", &mut places),
            amount: Some(StatedAmount {
                value: record["amount"].parse().unwrap(),
                unit: Unit::TenThousandYuan,
                place: places.next(),
            }),
            unit_in_charge: text("unit_in_charge", &mut places),
            allocation: text("allocation", &mut places),
            period: text("period", &mut places),
            further: Vec::new(),
        });
    }
    for record in records(document, "performance.csv") {
        let overall = record["kind"] == "overall";
        let amount = |text: &str, places: &mut Places| {
            text.parse::<Decimal>().ok().map(|value| Amount { value, place: places.next() })
        };
        let named = |name: &str| -> String {
            let parts = record["other"].split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
            parts.unwrap_or_default().to_owned()
        };
        let other = if overall { named("other") } else { record["other"].clone() };
        disclosure.performance.push(PerformanceTable {
            kind: if overall { PerformanceKind::Overall } else { PerformanceKind::Project },
            title: places.label("绩效目标表"),
            unit: Some(places.label(&record["unit"])),
            name: Some(places.label(&record["name"])).filter(|_| !overall),
            responsible: None,
            telephone: None,
            money_unit: Unit::TenThousandYuan,
            total: amount(&record["total"], &mut places),
            fiscal: amount(&record["fiscal"], &mut places),
            other: amount(&other, &mut places),
            from_above: amount(&named("upper"), &mut places),
            own_level: amount(&named("own"), &mut places),
            goal: Some(places.label(&record["goal"])),
            indicators: Vec::new(),
        });
    }
    for record in records(document, "indicators.csv") {
        let table: usize = record["table_no"].parse().unwrap();
        disclosure.performance[table - 1].indicators.push(Indicator {
            level1: get(&record, "level1"),
            level2: get(&record, "level2"),
            levels_certain: true,
            name: places.label(&record["level3"]),
            value: IndicatorValue {
                raw: places.label(&record["value_raw"]),
                operator: None,
                number: record["number"].parse().ok(),
                unit: Some(get(&record, "unit")),
            },
            basis: None,
            last_year: None,
            weight: record["weight"].parse().ok(),
            scoring: None,
            evidence: None,
        });
    }
    disclosure
}
