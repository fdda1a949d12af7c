//! Names of figures and tables, in the words of the document.

use budget_model::{Disclosure, Fact, FigureRef, Measure};

use crate::book::Book;
use crate::figure::{Figure, FigureId, Subject};
use crate::prose;

impl Book<'_> {
    /// The name of a figure, in the words of the document.
    #[must_use]
    pub fn name(&self, id: FigureId) -> String {
        self.figure(id).and_then(|figure| self.name_of(figure)).unwrap_or_default()
    }

    fn name_of(&self, figure: &Figure<'_>) -> Option<String> {
        let disclosure = self.disclosure();
        Some(match figure.subject {
            Subject::Cell(at) => cell_name(disclosure, at)?,
            Subject::LastYear(at) => {
                let last = self.last_year()?;
                let name = cell_name(last, at)?;
                last.year.map_or_else(|| name.clone(), |year| format!("{year}年{name}"))
            }
            Subject::Fact { fact } => fact_name(disclosure.facts.get(fact as usize)?),
            Subject::Project { project } => {
                format!("项目“{}”预算安排规模", disclosure.projects.get(project as usize)?.name.text)
            }
            Subject::Allocation { project, offset } => {
                let text = prose::around(disclosure.projects.get(project as usize)?.allocation.as_ref()?, offset);
                format!("项目“{}”资金分配情况“{text}”", disclosure.projects.get(project as usize)?.name.text)
            }
            Subject::Performance { table, amount } => {
                format!("{}{}", performance_name(disclosure, table)?, amount.label())
            }
            Subject::Indicator { table, indicator } => {
                let entry = disclosure.performance.get(table as usize)?.indicators.get(indicator as usize)?;
                format!("{}指标“{}”", performance_name(disclosure, table)?, entry.name.text)
            }
            Subject::Weight { table, indicator } => {
                let entry = disclosure.performance.get(table as usize)?.indicators.get(indicator as usize)?;
                format!("{}指标“{}”的权重", performance_name(disclosure, table)?, entry.name.text)
            }
            Subject::Goal { table, offset } => {
                let text = prose::around(disclosure.performance.get(table as usize)?.goal.as_ref()?, offset);
                format!("{}目标“{text}”", performance_name(disclosure, table)?)
            }
        })
    }
}

fn cell_name(disclosure: &Disclosure, at: FigureRef) -> Option<String> {
    let table = disclosure.tables.get(at.table as usize)?;
    let row = table.rows.get(at.row as usize)?;
    let column = &table.columns.get(usize::from(at.column))?.label;
    let number = table.number.as_ref().map_or("", |number| &number.text);
    let code = row.code.map(|code| code.to_string()).unwrap_or_default();
    let [open, project, close] = row.project.as_ref().map_or([""; 3], |project| ["“", &project.text, "”"]);
    Some([number, table.kind.chinese(), "·", &code, &row.label.text, open, project, close, "·", column].concat())
}

fn fact_name(fact: &Fact) -> String {
    let measure = match fact.measure {
        Measure::Share => "占比",
        Measure::YoyChange => "增减额",
        Measure::YoyPercent => "增减率",
        Measure::PriorAmount => "上年数",
        Measure::Count => "数量",
        Measure::Area => "面积",
        Measure::Amount | Measure::Other => "",
    };
    let subject = fact.subject.last().map_or("", String::as_str);
    ["正文", &fact.section, "“", subject, "”", measure].concat()
}

fn performance_name(disclosure: &Disclosure, table: u32) -> Option<String> {
    let entry = disclosure.performance.get(table as usize)?;
    Some(match &entry.name {
        Some(name) => format!("绩效表{}“{}”", table + 1, name.text),
        None => format!("绩效表{}（整体）", table + 1),
    })
}
