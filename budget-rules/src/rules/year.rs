//! The year in titles and headings.

use budget_model::{Label, PerformancePurpose, Severity, Stage, Table};

use crate::book::Book;
use crate::prose;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Year;

static DESCRIPTION: Description = Description {
    id: "year-inconsistent",
    severity: Severity::Error,
    title: Text::new("标题中的年度前后不一致", "titles name different years"),
    message: Text::new("“{0}”中的年度不是 {1} 年", "the year in “{0}” is not {1}"),
    explanation: Text::new(
        "章节标题、表题、绩效表题中的年度应为预算年度。文件没有年度时不适用。",
        "Headings and titles name the budget year. Not applicable where the document names no year.",
    ),
    example: Text::new(
        "2025 年部门预算公开，“关于云溪县文化馆2024年支出预算情况说明”",
        "a heading of 2024 in a budget of 2025",
    ),
    example_arguments: &[Text::same("关于云溪县文化馆2024年支出预算情况说明"), Text::same("2025")],
};

impl Rule for Year {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        let Some(year) = disclosure.year else {
            sink.not_applicable(Text::new("文件没有年度", "the document names no year"));
            return;
        };
        // The name of a project may hold another year.
        let headings = disclosure
            .sections
            .iter()
            .map(|section| &section.heading)
            .filter(|heading| !heading.text.starts_with("项目名称"));
        // A table of last year's final accounts in a budget bears another year.
        let is_of_stage = |table: &Table| !table.kind.is_final() || disclosure.stage == Stage::Final;
        let tables = book.tables().filter(|(_, table)| is_of_stage(table)).map(|(_, table)| &table.title);
        // A self-evaluation is of a year before.
        let targets = disclosure.performance.iter().filter(|table| table.purpose == PerformancePurpose::Targets);
        let targets = targets.map(|table| &table.title);
        for title in headings.chain(tables).chain(targets) {
            for stated in years(title) {
                if stated == u32::from(year) {
                    sink.pass();
                } else {
                    sink.report(&[&title.text, &year.to_string()], &[title.place]);
                }
            }
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("标题没有年度", "no title names a year"));
        }
    }
}

/// The years that a title names: four digits before 年.
fn years(title: &Label) -> impl Iterator<Item = u32> + '_ {
    prose::numbers(&title.text).into_iter().filter_map(|number| {
        let digits = title.text.get(number.start..number.start + 4)?;
        let rest = title.text.get(number.start + 4..)?;
        rest.starts_with('年').then(|| digits.parse().ok()).flatten()
    })
}
