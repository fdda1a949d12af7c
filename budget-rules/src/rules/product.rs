//! Products in an allocation: `20场*1200元/场`.

use budget_model::{Decimal, Severity, Unit};

use crate::book::Book;
use crate::check::{Check, Expression, Relation, Term};
use crate::figure::FigureId;
use crate::prose::Number;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ProductRule;

static DESCRIPTION: Description = Description {
    id: "product-does-not-follow",
    severity: Severity::Warning,
    title: Text::new("算式与结果不符", "a product is not its result"),
    message: Text::new("{0}为 {1}，按算式为 {2}，相差 {3}", "{0} is {1}, the product is {2}: a difference of {3}"),
    explanation: Text::new(
        "资金分配情况和绩效目标中的算式（人数×标准、单价×数量、每月金额×月数）应等于所写金额，按各因数印出的精度比较，单位一并换算；因数没有单位的不检查。差若干个数量级的，多为单位写错。",
        "A product in an allocation or a target (people × rate, price × number, month × months) is the amount written with it, \
         within the precision of its factors and with its units converted. Factors without units are not checked. A result \
         that is wrong by a power of ten mostly has a wrong unit.",
    ),
    example: Text::new("演出补助 2.60 万元（20场*1200元/场）", "2.60 万元 for 20 performances of 1200 元"),
    example_arguments: &[
        Text::new("项目“流动演出”资金分配情况“演出补助2.60万元”", "project “流动演出” 资金分配情况 “演出补助2.60万元”"),
        Text::same("2.6"),
        Text::same("2.4"),
        Text::same("0.2"),
    ],
};

impl Rule for ProductRule {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        for (index, project) in disclosure.projects.iter().enumerate() {
            if let Some(text) = &project.allocation {
                products(sink, &text.text, book.allocation(index));
            }
        }
        for (index, table) in disclosure.performance.iter().enumerate() {
            if let Some(text) = &table.goal {
                products(sink, &text.text, book.goal(index));
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有写出算式", "no product is written out"));
        }
    }
}

fn products(sink: &mut Sink, text: &str, numbers: &[(Number<'_>, FigureId)]) {
    let between = |one: &Number<'_>, other: &Number<'_>| text.get(one.end..other.start).unwrap_or_default();
    let mut first = 0;
    while first < numbers.len() {
        let mut last = first;
        while let (Some((one, _)), Some((other, _))) = (numbers.get(last), numbers.get(last + 1))
            && matches!(between(one, other), "*" | "×" | "x" | "X" | "＊")
        {
            last += 1;
        }
        if last > first
            && let Some(factors) = numbers.get(first..=last)
            && let Some(result) = result(text, numbers, first, last)
        {
            check(sink, result, factors);
        }
        first = last + 1;
    }
}

/// The amount a product is written with: behind an equals sign, or before the bracket it stands in.
fn result<'n>(
    text: &str,
    numbers: &'n [(Number<'n>, FigureId)],
    first: usize,
    last: usize,
) -> Option<&'n (Number<'n>, FigureId)> {
    let end = numbers.get(last)?.0.end;
    if let Some(next) = numbers.get(last + 1)
        && matches!(text.get(end..next.0.start)?, "=" | "＝")
    {
        return Some(next);
    }
    let (start, before) = (numbers.get(first)?.0.start, numbers.get(first.checked_sub(1)?)?);
    let closes = text.get(end..)?.starts_with(['）', ')']);
    (closes && matches!(text.get(before.0.end..start)?, "（" | "(")).then_some(before)
}

/// `None` if the units do not make it an amount of money.
fn check(sink: &mut Sink, result: &(Number<'_>, FigureId), factors: &[(Number<'_>, FigureId)]) -> Option<()> {
    let mut scale = Decimal::ONE;
    let mut money = 0;
    for (number, _) in factors {
        let (top, _) = number.unit.split_once('/').unwrap_or((number.unit, ""));
        let worth = match Unit::from(top).in_yuan() {
            Some(yuan) => {
                money += 1;
                yuan
            }
            None if top.is_empty() => return None,
            None if top.starts_with('万') => Decimal::from(10_000),
            None if top == "%" || top == "％" => Decimal::new(1, 2),
            None => Decimal::ONE,
        };
        scale = scale.checked_mul(worth)?;
    }
    let unit = match result.0.unit {
        "万" => Unit::TenThousandYuan,
        other => Unit::from(other),
    };
    if money != 1 {
        return None;
    }
    scale = scale.checked_div(unit.in_yuan()?)?;
    // Compared in the unit of the result.
    let plain = |(_, figure): &(Number<'_>, FigureId)| Term { figure: *figure, weight: Decimal::ONE };
    let factors: Vec<Term> = factors.iter().map(plain).collect();
    let expected = Expression::Product { factors: &factors, scale };
    sink.check(Check { found: &[plain(result)], relation: Relation::Equal, expected });
    Some(())
}
