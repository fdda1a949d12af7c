//! The performance tables: cells next to each other, levels in front of the first indicator below them.

use budget_model::{Amount, Indicator, PerformanceKind, PerformanceTable};

use super::page::{Cell, Pages};
use crate::config::Habits;
use crate::tables::scope_word;
use crate::{Books, Config};

/// A goal of so many characters stands beside its label.
const SHORT_GOAL: usize = 48;

pub(crate) const PROJECT_HEADER: &[&str] = &[
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "指标值设置依据",
    "上年完成值",
    "指标分值权重",
    "指标赋分规则",
    "佐证资料",
];

pub(crate) const OVERALL_HEADER: &[&str] = &["一级指标", "二级指标", "三级指标", "指标值", "指标设定依据", "分值权重"];

pub(super) fn write(pages: &mut Pages<'_>, tables: &[PerformanceTable], books: &Books, config: &Config) {
    for table in tables {
        pages.end_page();
        pages.line(&table.title.text);
        pages.line(&format!("（{}年）", books.year));
        match table.kind {
            PerformanceKind::Overall => overall_head(pages, table, config),
            PerformanceKind::Project => project_head(pages, table, config),
        }
        let mut above = ("", "");
        for indicator in &table.indicators {
            if pages.is_full() {
                pages.end_page();
            }
            let cells = cells(indicator, above, &config.habits);
            pages.row(&cells);
            above = (&indicator.level1, &indicator.level2);
        }
    }
}

fn text(label: &Option<budget_model::Label>) -> &str {
    label.as_ref().map_or("", |label| &label.text)
}

fn shown(amount: &Option<Amount>) -> String {
    amount.as_ref().map_or(String::new(), |amount| amount.value.to_string())
}

fn project_head(pages: &mut Pages<'_>, table: &PerformanceTable, config: &Config) {
    pages.line(&format!("预算单位 {}", text(&table.unit)));
    let name = Cell::wrapped(text(&table.name), config.habits.name_width.map(|width| 2 * width));
    let responsible = Cell::whole(format!("项目负责人 {}", text(&table.responsible)));
    pages.cells(&[Cell::whole("项目名称"), name, responsible]);
    let (total, fiscal, other) = (shown(&table.total), shown(&table.fiscal), shown(&table.other));
    pages.line(&format!("项目资金(万元) 年度预算总额 {total} 其中：财政拨款 {fiscal} 其他资金 {other}"));
    goal(pages, "项目总体目标", table);
    pages.line(&PROJECT_HEADER.join(" "));
}

fn overall_head(pages: &mut Pages<'_>, table: &PerformanceTable, config: &Config) {
    let scope = scope_word(config.scope);
    pages.line(&format!("{scope}名称（盖章） {}", text(&table.unit)));
    pages.line(&format!("{scope}联系人 {} 联系电话 {}", text(&table.responsible), text(&table.telephone)));
    goal(pages, "年度绩效目标", table);
    pages.line("年度预算(万元)");
    pages.line("资金来源 资金总额（万元）");
    pages.line("财政资金（万元）");
    pages.line(&format!("上级安排 {}", shown(&table.from_above)));
    pages.line(&format!("本级安排 {}", shown(&table.own_level)));
    pages.line(&format!("其他资金（万元） 其他 {}", shown(&table.other)));
    pages.line(&OVERALL_HEADER.join(" "));
}

fn goal(pages: &mut Pages<'_>, name: &str, table: &PerformanceTable) {
    let goal = text(&table.goal);
    if goal.chars().count() <= SHORT_GOAL {
        return pages.line(&format!("{name} {goal}"));
    }
    pages.line(name);
    pages.paragraph(goal, Some(SHORT_GOAL));
}

/// An indicator behind the levels that begin with it.
fn cells(indicator: &Indicator, above: (&str, &str), habits: &Habits) -> Vec<Cell> {
    let width = habits.name_width;
    // The columns of this form are narrow where the others are.
    let narrow = width.map(|width| width / 2);
    let mut cells = Vec::new();
    if indicator.level1 != above.0 {
        cells.push(Cell::wrapped(&indicator.level1, narrow));
    }
    if indicator.level1 != above.0 || indicator.level2 != above.1 {
        cells.push(Cell::wrapped(&indicator.level2, narrow));
    }
    cells.push(Cell::wrapped(&indicator.name.text, width));
    cells.push(Cell::wrapped(&indicator.value.raw.text, width));
    cells.extend(indicator.basis.iter().map(|basis| Cell::wrapped(basis, width)));
    cells.extend(indicator.last_year.iter().map(|value| Cell::wrapped(value, narrow)));
    cells.extend(indicator.weight.map(|weight| Cell::whole(weight.to_string())));
    cells.extend(indicator.scoring.iter().chain(&indicator.evidence).map(|text| Cell::wrapped(text, width)));
    cells
}
