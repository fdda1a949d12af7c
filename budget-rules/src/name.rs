//! Names of figures: the words of the document, with ours around them in both languages.

use budget_model::{Disclosure, Fact, FigureRef, Measure};

use crate::book::Book;
use crate::figure::{Figure, FigureId, Subject};
use crate::prose;
use crate::text::Text;

static LAST_YEAR: Text = Text::new("{0}年{1}", "{0} {1}");
static PROJECT: Text = Text::new("项目“{0}”预算安排规模", "project “{0}” 预算安排规模");
static ALLOCATION: Text = Text::new("项目“{0}”资金分配情况“{1}”", "project “{0}” 资金分配情况 “{1}”");
static AMOUNT: Text = Text::new("{0}{1}", "{0} {1}");
static INDICATOR: Text = Text::new("{0}指标“{1}”", "{0} indicator “{1}”");
static WEIGHT: Text = Text::new("{0}指标“{1}”的权重", "{0} weight of indicator “{1}”");
static GOAL: Text = Text::new("{0}目标“{1}”", "{0} goal “{1}”");
static FACT: Text = Text::new("正文{0}“{1}”{2}", "text {0} “{1}”{2}");
static PERFORMANCE: Text = Text::new("绩效表{0}“{1}”", "performance table {0} “{1}”");
static OVERALL: Text = Text::new("绩效表{0}（整体）", "performance table {0} (overall)");

impl Book<'_> {
    /// The name of a figure, in the words of the document.
    #[must_use]
    pub fn name(&self, id: FigureId) -> Text {
        self.figure(id).and_then(|figure| self.name_of(figure)).unwrap_or_else(|| Text::same(""))
    }

    fn name_of(&self, figure: &Figure<'_>) -> Option<Text> {
        let disclosure = self.disclosure();
        let project = |index: u32| disclosure.projects.get(index as usize);
        let indicator =
            |table: u32, indicator: u32| disclosure.performance.get(table as usize)?.indicators.get(indicator as usize);
        Some(match figure.subject {
            Subject::Cell(at) => cell_name(disclosure, at)?.into(),
            Subject::LastYear(at) => {
                let last = self.last_year()?;
                let name = Text::from(cell_name(last, at)?);
                last.year.map_or_else(|| name.clone(), |year| LAST_YEAR.filled(&[&year.to_string(), &*name.zh]))
            }
            Subject::Fact { fact } => fact_name(disclosure.facts.get(fact as usize)?),
            Subject::Project { project: index } => PROJECT.filled(&[&project(index)?.name.text]),
            Subject::Allocation { project: index, offset } => {
                let text = prose::around(project(index)?.allocation.as_ref()?, offset);
                ALLOCATION.filled(&[&project(index)?.name.text, &text])
            }
            Subject::Performance { table, amount } => {
                AMOUNT.filled_with(&[performance_name(disclosure, table)?, Text::same(amount.label())])
            }
            Subject::Indicator { table, indicator: index } => INDICATOR.filled_with(&[
                performance_name(disclosure, table)?,
                indicator(table, index)?.name.text.as_str().into(),
            ]),
            Subject::Weight { table, indicator: index } => WEIGHT.filled_with(&[
                performance_name(disclosure, table)?,
                indicator(table, index)?.name.text.as_str().into(),
            ]),
            Subject::Goal { table, offset } => {
                let text = prose::around(disclosure.performance.get(table as usize)?.goal.as_ref()?, offset);
                GOAL.filled_with(&[performance_name(disclosure, table)?, text.into()])
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

fn fact_name(fact: &Fact) -> Text {
    let measure = match fact.measure {
        Measure::Share => Text::new("占比", ", share"),
        Measure::YoyChange => Text::new("增减额", ", change"),
        Measure::YoyPercent => Text::new("增减率", ", change in percent"),
        Measure::PriorAmount => Text::new("上年数", ", last year"),
        Measure::Count => Text::new("数量", ", number"),
        Measure::Area => Text::new("面积", ", area"),
        Measure::Amount | Measure::Other => Text::same(""),
    };
    let subject = fact.subject.last().map_or("", String::as_str);
    FACT.filled_with(&[fact.section.as_str().into(), subject.into(), measure])
}

fn performance_name(disclosure: &Disclosure, table: u32) -> Option<Text> {
    let entry = disclosure.performance.get(table as usize)?;
    let number = (table + 1).to_string();
    Some(match &entry.name {
        Some(name) => PERFORMANCE.filled(&[&number, &name.text]),
        None => OVERALL.filled(&[number]),
    })
}
