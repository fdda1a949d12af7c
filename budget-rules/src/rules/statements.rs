//! The same money stated twice.

use budget_model::{Measure, Severity};

use crate::agreement::Contradiction;
use crate::book::Book;
use crate::figure::Origin;
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
        "来源、支出性质、功能分类、经济分类、“三公”项目都相同的数字，无论印在哪张表或正文哪一段，应当相等；收入总计等于支出总计。决算的收入、支出、年初和年末结转结余各自比较：收入决算表合计＝总表本年收入合计，支出决算表合计＝总表本年支出合计，财政拨款总表的一般公共预算支出＝一般公共预算支出决算表合计，其基本支出＝基本支出决算表合计。其他来源全部为空或为零时，“全部资金”与“一般公共预算”是同一笔钱，支出总表与一般公共预算表也应相等；否则不比较。表中印出名称而金额空白的，见 blank-elsewhere。未读出或存疑的数字不比较，单位不明的表不与别处比较。增减额只与口径完全相同的增减额比较。表式没有版式可据的，两张表（或表与正文）要有足够多的同口径数字一致、很少不一致，而且包含它的合计一致，才判断为矛盾；差额带入合计的，见 difference-unexplained；其余只说明两处口径可能不同。同一张表的收入总计与支出总计应相等。同一差额见于多处的，合为一条。",
        "Figures with equal coordinates are equal wherever they are printed; revenue equals expenditure. In final accounts revenue, expenditure and the balances at both ends of the year are compared each with its own kind, and only the grand totals with each other. Where all other \
         sources are blank or zero, all money and the general public budget are the same money, and the tables of \
         expenditure must agree; otherwise they are not compared. What a table leaves blank is left to blank-elsewhere. Figures that were not read or are in doubt are not compared, and no table whose unit is not known. Changes are compared with changes of the same coordinates. In a form that no layout names, two tables (or a table and the text) must agree on many figures and differ on few, and the wholes that contain the figure must agree; what is carried into the totals is left to difference-unexplained, and of the rest it is only said that they may count differently. 收入总计 and 支出总计 of one table are equal. What differs by one amount in many places is one finding.",
    ),
    example: Text::new(
        "表3 2070109 群众文化 合计 86.20；正文五（三）“群众文化：2025年预算数为 82.60 万元”",
        "table 3, 2070109: 86.20; the text says 82.60",
    ),
    example_arguments: &[
        Text::same("表3支出总体情况表·2070109群众文化·合计"),
        Text::same("86.2"),
        Text::same("82.6"),
        Text::same("3.6"),
    ],
};

impl Rule for Statements {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let amounts = book.statements();
        if amounts.iter().all(|(_, group)| group.len() < 2) {
            sink.not_applicable(Text::new("没有两处口径相同的数字", "no figure is stated twice"));
        }
        for (key, group) in amounts.iter() {
            super::all_equal(book, sink, key, group, Contradiction::Firm);
        }
        say_apart(book, sink);
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
        for (key, group) in Groups::new(changes).iter() {
            super::all_equal(book, sink, key, group, Contradiction::Firm);
        }
    }
}

/// Pairs of tables that are named, at most.
const MOST_NAMED: usize = 20;

/// Says which tables do not count the same: one with last year's carry-over, one without.
fn say_apart(book: &Book<'_>, sink: &mut Sink) {
    let name = |origin: Origin| match origin {
        Origin::Table(table) => book.disclosure().tables.get(table as usize).map(|table| table.title.text.clone()),
        _ => Some("正文".to_owned()),
    };
    for apart in book.agreement().apart().take(MOST_NAMED) {
        let Some((one, other)) = name(apart.one).zip(name(apart.other)) else { continue };
        let why = Text::new(
            "“{0}”与“{1}”同口径的数字 {2} 处一致、{3} 处不一致：两处不一定是同一笔钱（如一处含上年结转），不作判断",
            "of figures with equal coordinates, {0} and {1} state {2} alike and {3} differently: they need not count the same money (one may include what was carried over), so nothing is concluded",
        );
        sink.not_applicable(why.filled(&[&one, &other, &apart.agreed.to_string(), &apart.differs.to_string()]));
    }
}
