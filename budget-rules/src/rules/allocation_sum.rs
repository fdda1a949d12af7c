//! The amounts into which a project is divided.

use budget_model::{Decimal, Severity, Stage, Unit};

use crate::book::Book;
use crate::check::{Check, Evaluation, Term, Values};
use crate::defect::Defect;
use crate::figure::FigureId;
use crate::prose::Number;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::words;

pub(super) struct AllocationSum;

static DESCRIPTION: Description = Description {
    id: "allocation-does-not-add-up",
    severity: Severity::Warning,
    title: Text::new(
        "资金分配情况所列金额之和不等于项目金额",
        "the amounts of an allocation do not add up to the project",
    ),
    message: Text::new(
        "{0}为 {1}，所列金额之和为 {2}，相差 {3}",
        "{0} is {1}, the amounts listed add up to {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "资金分配情况列出的金额（“每…”“各…”等单价、算式中的因数除外，等于项目总额的一处视为合计）应等于项目金额。只写单价、没有写出其合计的，不检查。是否声称加总无法从文字断定：相等，或只差一个数字的一处笔误，才算声称加总；只写一个名称和一个金额的，视为全部用于此项；其他情况不适用。",
        "The amounts of an allocation (without unit prices and factors of products; one that equals the project is its total) \
         add up to the project. Whether a sentence claims to list all of it cannot be told from its words: it does if the \
         sum is right, or would be right but for one slip in one number, and where it is one name and one amount. Anything else \
         is not applicable, also a unit price without its total.",
    ),
    example: Text::new(
        "预算安排规模：12.80 万元；资金分配情况：车辆租赁 8.20 万元，演出用品 4.00 万元",
        "12.80 for 8.20 and 4.00",
    ),
    example_arguments: &[
        Text::new("项目“流动演出”预算安排规模", "project “流动演出” 预算安排规模"),
        Text::same("12.8"),
        Text::same("12.2"),
        Text::same("0.6"),
    ],
};

impl Rule for AllocationSum {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, project) in book.disclosure().projects.iter().enumerate() {
            let (Some(total), Some(text)) = (book.project(index), &project.allocation) else { continue };
            let Some(parts) = parts(book, index, total, &text.text) else { continue };
            let total = [book.term(total)];
            let check = Check::sum(&total, &parts);
            let claims_to_add_up = match parts.len() {
                0 => false,
                1 => is_one_name_and_amount(&text.text, book.allocation(index)),
                _ => {
                    let evaluation = check.evaluate(Values { figures: book.figures(), changed: None });
                    !evaluation.verdict.is_violation() || one_slip_away(book, check, &evaluation)
                }
            };
            if claims_to_add_up {
                sink.check_list(book, check);
            }
        }
        if !sink.has_checks() {
            let why = Text::new(
                "没有声称分列项目金额的资金分配情况",
                "no allocation claims to divide the amount of its project",
            );
            sink.not_applicable(why);
        }
    }
}

/// The amounts of money in an allocation, without the project's own amount, unit prices and factors.
///
/// `None` if a unit price is left over, whose total is stated nowhere: then the amounts are not all there is; or if one part is the
/// whole amount and the others are zero.
fn parts(book: &Book<'_>, project: usize, total: FigureId, text: &str) -> Option<Vec<Term>> {
    let worth = |term: Term| book.value(term.figure).saturating_mul(term.weight);
    let all = worth(book.term(total));
    let (mut parts, mut prices, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    // Whether the whole amount is repeated, or is that of one part.
    let mut is_stated = false;
    for (number, id) in book.allocation(project) {
        let before = text.get(..number.start).unwrap_or_default();
        let after = text.get(number.end..).unwrap_or_default();
        let factor = after.starts_with(['*', '×', '/', '+']) || before.ends_with(['*', '×', '/', '+']);
        // A bare 万 between amounts of money is 万元.
        let unit = if number.unit == "万" { Unit::TenThousandYuan } else { Unit::from(number.unit) };
        let Some(in_yuan) = unit.in_yuan() else {
            counts.push(book.value(*id));
            continue;
        };
        let base = book.disclosure().unit.in_yuan().unwrap_or(in_yuan);
        let term = Term { figure: *id, weight: in_yuan.checked_div(base).unwrap_or(Decimal::ONE) };
        let clause = before.rsplit(['，', '。', '；', '、', ',', ';', '：']).next().unwrap_or_default();
        if factor || worth(term) == all {
            is_stated |= !factor;
            continue;
        }
        if !is_price(clause) {
            parts.push(term);
        } else if !has_total(after) {
            prices.push(worth(term));
        }
    }
    // A price behind the amount that it explains: 助学金 16.10 万元，学生 70 人，每人 2300 元.
    let explained = |price: &Decimal| {
        let products = counts.iter().map(|count| price.saturating_mul(*count));
        products.into_iter().any(|product| product == all || parts.iter().any(|part| worth(*part) == product))
    };
    let is_all_one_part = is_stated && parts.iter().all(|part| worth(*part).is_zero());
    (prices.iter().all(explained) && !is_all_one_part).then_some(parts)
}

/// Whether an allocation is nothing but the name of one thing and an amount: 委托业务费30.00万元。 That is all it goes to.
fn is_one_name_and_amount(text: &str, numbers: &[(Number<'_>, FigureId)]) -> bool {
    const OPEN: &[&str] = &["约", "预计", "不超过", "不低于", "其中", "另", "标准", "总投资", "累计"];
    let [(number, _)] = numbers else { return false };
    let name = text.get(..number.start).unwrap_or_default();
    let rest = text.get(number.end..).unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(words::counts);
    is_name && matches!(rest, "" | "。" | "；") && !OPEN.iter().any(|word| name.contains(word))
}

/// Whether an amount behind these words is a unit price: 每村 0.85 万元, 10 家企业各补助 2.50 万元.
fn is_price(clause: &str) -> bool {
    let each = clause.split_once('各').is_some_and(|(counted, _)| counted.bytes().any(|byte| byte.is_ascii_digit()));
    each || clause.contains('每')
}

/// Whether the sentence behind a price states what it comes to.
fn has_total(after: &str) -> bool {
    let sentence = after.split(['。', '；', ';']).next().unwrap_or_default();
    ["合计", "共计", "总计", "小计"].iter().any(|word| sentence.contains(word))
}

fn one_slip_away(book: &Book<'_>, check: Check<'_>, evaluation: &Evaluation) -> bool {
    check.figures().any(|id| {
        let fit = check.value_that_fits(book.figures(), id);
        fit.is_some_and(|fit| {
            let repaired = check.evaluate(Values { figures: book.figures(), changed: Some((id, fit)) });
            !repaired.verdict.is_violation()
                && evaluation.verdict.is_violation()
                && Defect::of(book.value(id), fit).is_some()
        })
    })
}
