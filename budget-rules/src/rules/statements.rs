//! The same money stated twice.

use budget_model::{Measure, Severity, Stage};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::statements::Statements as Groups;
use crate::text::Text;

pub(super) struct Statements;

static DESCRIPTION: Description = Description {
    id: "statements-differ",
    severity: Severity::Error,
    title: Text::new("同一口径的数字前后不一致", "the same figure is stated differently"),
    message: Text::new(
        "{0}为 {1}，同一口径的另一处为 {2}，相差 {3}",
        "{0} is {1}, the same figure is {2} elsewhere: a difference of {3}",
    ),
    explanation: Text::new(
        "来源、支出性质、功能分类、经济分类、“三公”项目都相同的数字，无论印在哪张表或正文哪一段，应当相等；收入总计等于支出总计。其他来源全部为空或为零时，“全部资金”与“一般公共预算”是同一笔钱，支出总表与一般公共预算表也应相等；否则不比较。表中印出名称而金额空白的，见 blank-elsewhere。未读出或存疑的数字不比较，单位不明的表不与别处比较。增减额只与口径完全相同的增减额比较。",
        "Figures with equal coordinates are equal wherever they are printed; revenue equals expenditure. Where all other \
         sources are blank or zero, all money and the general public budget are the same money, and the tables of \
         expenditure must agree; otherwise they are not compared. What a table leaves blank is left to blank-elsewhere. Figures that were not read or are in doubt are not compared, and no table whose unit is not known. Changes are compared with changes of the same coordinates.",
    ),
    example: Text::new(
        "表3 2070109 群众文化 合计 86.20；正文五（三）“群众文化：2025年预算数为 82.60 万元”",
        "table 3, 2070109: 86.20; the text says 82.60",
    ),
};

impl Rule for Statements {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let amounts = book.statements();
        if amounts.iter().all(|(_, group)| group.len() < 2) {
            sink.not_applicable(Text::new("没有两处口径相同的数字", "no figure is stated twice"));
        }
        for (_, group) in amounts.iter() {
            super::all_equal(book, sink, group);
        }
        for (index, table) in book.tables().filter(|(index, _)| !book.apart().is_comparable(*index)) {
            if table.figure_count() > 0 && book.apart().copy_of(index).is_none() {
                let why = Text::new(
                    "“{0}”与另一张同类的表并列（如部门与所属单位各一张），不与别处比较",
                    "table {0} stands beside another one of its kind (as of a department and its units) and is compared with none",
                );
                sink.blocked(why.filled(&[&table.title.text]));
            }
        }
        let changes = book.keyed(Measure::YoyChange).map(|(index, _, key)| (key, book.fact(index)));
        for (_, group) in Groups::new(changes).iter() {
            super::all_equal(book, sink, group);
        }
    }
}
