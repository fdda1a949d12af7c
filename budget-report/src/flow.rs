//! The way of the money: from its sources over the total and the natures of expenditure to the classes it is spent on.

use budget_model::{Chart, Code, Disclosure, Flow, Nature, Source};

use crate::money::{Amounts, Money};

/// What a band of the drawing stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Stop {
    /// A source.
    Source(Source),
    /// Money of a source, or all money, that the document does not divide further.
    RestOf(Source),
    /// 年初结转和结余, on the way in, or what is left at the end of the year
    Balance(Flow),
    /// 总计
    Total,
    /// A nature of expenditure.
    Nature(Nature),
    /// Expenditure of no nature that the document states.
    OtherNature,
    /// A class of functions.
    Class(Code),
    /// Expenditure of no class that the document states.
    OtherClass,
}

/// Money that goes from one stop to another of the next layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) from: Stop,
    pub(crate) to: Stop,
    pub(crate) money: Money,
}

/// The stops of each layer from the left, and what goes from each to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MoneyFlow {
    pub(crate) layers: Vec<Vec<(Stop, Money)>>,
    pub(crate) links: Vec<Link>,
}

/// Sources that join money of two years, in forms that do not tell the two apart, and what they print beside them.
const OF_TWO_YEARS: &[Source] = &[
    Source::GeneralPublicBudgetWithCarryOver,
    Source::GovernmentFundWithCarryOver,
    Source::StateCapitalWithCarryOver,
    Source::SpecialAccount,
    Source::UnitFunds,
    Source::OtherFunds,
];

impl MoneyFlow {
    /// The flow of a document; `None` where it states no total for certain, or nothing that divides it.
    pub(crate) fn of(disclosure: &Disclosure, amounts: &Amounts) -> Option<Self> {
        let total = amounts.revenue(Source::All).or_else(|| amounts.expenditure(Nature::All, None))?;
        if total.yuan.is_zero() || total.yuan.is_sign_negative() {
            return None;
        }
        let chart = Chart::of(&disclosure.tables);
        let sources = sources(&chart, amounts, total);
        let natures = natures(&chart, amounts, total);
        let mut links: Vec<Link> =
            sources.iter().map(|(from, money)| Link { from: *from, to: Stop::Total, money: *money }).collect();
        links.extend(natures.iter().map(|(to, money)| Link { from: Stop::Total, to: *to, money: *money }));
        let mut classes: Vec<(Stop, Money)> = Vec::new();
        let mut of_classes = Vec::new();
        // Without natures the classes divide the total.
        let whole: &[(Stop, Money)] = if natures.is_empty() { &[(Stop::Total, total)] } else { &natures };
        for (from, money) in whole {
            let divided = match from {
                // What is left is spent on nothing.
                Stop::Balance(_) => continue,
                Stop::Nature(nature) => by_class(amounts, *nature, *money),
                Stop::Total => by_class(amounts, Nature::All, *money),
                _ => Vec::new(),
            };
            let divided = if divided.is_empty() { vec![(Stop::OtherClass, *money)] } else { divided };
            for (to, money) in divided {
                of_classes.push(Link { from: *from, to, money });
                match classes.iter_mut().find(|(class, _)| *class == to) {
                    Some((_, sum)) => *sum = sum.plus(money),
                    None => classes.push((to, money)),
                }
            }
        }
        // Nothing but "not stated" says nothing.
        if classes.iter().all(|(class, _)| *class == Stop::OtherClass) {
            classes.clear();
        } else {
            links.extend(of_classes);
        }
        classes.sort_by_key(|(class, money)| (*class == Stop::OtherClass, std::cmp::Reverse(money.yuan)));
        let layers = [sources, vec![(Stop::Total, total)], natures, classes];
        let layers: Vec<_> = layers.into_iter().filter(|layer| !layer.is_empty()).collect();
        (layers.len() > 1).then_some(Self { layers, links })
    }
}

/// What the total comes from.
fn sources(chart: &Chart, amounts: &Amounts, total: Money) -> Vec<(Stop, Money)> {
    let by_chart = divided(chart, amounts, Source::All, total, 0);
    let by_chart = with_balances(by_chart, &[Flow::Opening], amounts, Stop::RestOf(Source::All));
    let joined: Vec<_> = OF_TWO_YEARS.iter().filter_map(|source| positive(amounts, *source)).collect();
    let rest = |stops: &[(Stop, Money)]| {
        let open = |(stop, _): &&(Stop, Money)| *stop == Stop::RestOf(Source::All);
        stops.iter().find(open).map_or(Money::ZERO.yuan, |(_, money)| money.yuan)
    };
    let joined = with_rest(joined, Source::All, total).unwrap_or_default();
    // The division that leaves less unsaid.
    let is_better = !joined.is_empty() && (by_chart.is_empty() || rest(&joined) < rest(&by_chart));
    if is_better { joined } else { by_chart }
}

/// What a source is divided into, down to what the document does not divide further; none if it does not divide it at all.
fn divided(chart: &Chart, amounts: &Amounts, whole: Source, money: Money, depth: usize) -> Vec<(Stop, Money)> {
    const DEEPEST: usize = 6;
    let parts = printed_parts(chart, amounts, whole, depth);
    if parts.is_empty() || depth > DEEPEST {
        return Vec::new();
    }
    let Some(parts) = with_rest(parts, whole, money) else { return Vec::new() };
    parts
        .into_iter()
        .flat_map(|(stop, money)| match stop {
            // What is divided further than a budget (一般公共预算) is too fine for a drawing.
            Stop::Source(source) if !is_budget(source) => match divided(chart, amounts, source, money, depth + 1) {
                finer if finer.is_empty() => vec![(stop, money)],
                finer => finer,
            },
            _ => vec![(stop, money)],
        })
        .collect()
}

fn is_budget(source: Source) -> bool {
    !matches!(source, Source::CurrentYear | Source::Appropriation)
}

/// The parts of a source that are printed; where one is not, its own parts.
fn printed_parts(chart: &Chart, amounts: &Amounts, whole: Source, depth: usize) -> Vec<(Stop, Money)> {
    const DEEPEST: usize = 6;
    let parts = chart.sources(whole).flat_map(|part| match positive(amounts, part) {
        Some(found) => vec![found],
        None if amounts.revenue(part).is_some() || depth > DEEPEST => Vec::new(),
        None => printed_parts(chart, amounts, part, depth + 1),
    });
    parts.collect()
}

fn positive(amounts: &Amounts, source: Source) -> Option<(Stop, Money)> {
    let money = amounts.revenue(source)?;
    (!money.yuan.is_zero() && !money.yuan.is_sign_negative()).then_some((Stop::Source(source), money))
}

/// Parts with what they leave of the whole; `None` where they are more than it.
fn with_rest(mut parts: Vec<(Stop, Money)>, whole: Source, money: Money) -> Option<Vec<(Stop, Money)>> {
    let sum = parts.iter().fold(Money::ZERO, |sum, (_, part)| sum.plus(*part));
    let rest = money.without(sum)?;
    if !parts.is_empty() && !rest.yuan.is_zero() {
        parts.push((Stop::RestOf(whole), rest));
    }
    Some(parts)
}

/// In final accounts some of what is left over is a balance that the document states.
fn with_balances(stops: Vec<(Stop, Money)>, flows: &[Flow], amounts: &Amounts, rest: Stop) -> Vec<(Stop, Money)> {
    let Some((at, (_, mut left))) = stops.iter().copied().enumerate().find(|(_, (stop, _))| *stop == rest) else {
        return stops;
    };
    let mut stops = stops;
    stops.remove(at);
    for flow in flows {
        let Some(money) = amounts.balance(*flow).filter(|money| money.yuan > Default::default()) else { continue };
        if let Some(less) = left.without(money) {
            stops.push((Stop::Balance(*flow), money));
            left = less;
        }
    }
    if !left.yuan.is_zero() {
        stops.push((rest, left));
    }
    stops
}

/// What kinds of expenditure the total goes to; none if the document does not say it.
fn natures(chart: &Chart, amounts: &Amounts, total: Money) -> Vec<(Stop, Money)> {
    let known = chart.natures(Source::All, Nature::All);
    let known = if known.is_empty() { &[Nature::Basic, Nature::Project] } else { known };
    let mut parts: Vec<(Stop, Money)> = known
        .iter()
        .filter_map(|nature| Some((Stop::Nature(*nature), amounts.expenditure(*nature, None)?)))
        .filter(|(_, money)| !money.yuan.is_zero() && !money.yuan.is_sign_negative())
        .collect();
    let sum = parts.iter().fold(Money::ZERO, |sum, (_, part)| sum.plus(*part));
    match total.without(sum) {
        _ if parts.is_empty() => Vec::new(),
        None => Vec::new(),
        Some(rest) if rest.yuan.is_zero() => parts,
        Some(rest) => {
            parts.push((Stop::OtherNature, rest));
            with_balances(parts, &[Flow::Closing, Flow::Distribution], amounts, Stop::OtherNature)
        }
    }
}

/// What expenditure of a nature is spent on, by class; none if the document does not say it, or says more than the whole.
pub(crate) fn by_class(amounts: &Amounts, nature: Nature, whole: Money) -> Vec<(Stop, Money)> {
    let codes = amounts.functions(nature);
    let mut classes: Vec<Code> = codes.iter().map(|code| code.class()).collect();
    classes.sort_unstable();
    classes.dedup();
    let mut parts: Vec<(Stop, Money)> = classes
        .into_iter()
        .filter_map(|class| Some((Stop::Class(class), of_class(amounts, nature, class, &codes)?)))
        .filter(|(_, money)| !money.yuan.is_zero() && !money.yuan.is_sign_negative())
        .collect();
    let sum = parts.iter().fold(Money::ZERO, |sum, (_, part)| sum.plus(*part));
    match whole.without(sum) {
        _ if parts.is_empty() => Vec::new(),
        None => Vec::new(),
        Some(rest) if rest.yuan.is_zero() => parts,
        Some(rest) => {
            parts.push((Stop::OtherClass, rest));
            parts
        }
    }
}

/// What is spent on a class: as the document says it, else the sum of the finest codes below it.
fn of_class(amounts: &Amounts, nature: Nature, class: Code, codes: &[Code]) -> Option<Money> {
    if let Some(money) = amounts.expenditure(nature, Some(class)) {
        return Some(money);
    }
    let below: Vec<Code> = codes.iter().copied().filter(|code| code.is_below(class)).collect();
    let is_finest = |code: &&Code| !below.iter().any(|other| other.is_below(**code));
    let finest = below.iter().filter(is_finest).filter_map(|code| amounts.expenditure(nature, Some(*code)));
    finest.reduce(Money::plus)
}

#[cfg(test)]
mod tests {
    use budget_model::{
        Amount, Cell, Column, Decimal, Dimensions, Label, Place, Placement, Role, Row, Table, TableKind, Unit,
    };

    use super::*;

    const PLACE: Place = Place::Text { page: 1, line: 1, column: 1 };

    /// A table in 万元 whose rows and columns fix these dimensions.
    fn table(kind: TableKind, columns: &[Dimensions], rows: &[(Dimensions, Option<u32>, &[i64])]) -> Table {
        let mut table = Table::new(kind, Label::new(kind.chinese(), PLACE));
        table.unit = Unit::TenThousandYuan;
        for (index, dimensions) in columns.iter().enumerate() {
            let mut column = Column::new(format!("c{index}"), format!("栏{index}"));
            column.dimensions = *dimensions;
            column.part_of = (index > 0).then_some(0);
            table.columns.push(column);
        }
        for (dimensions, code, values) in rows {
            let mut row = Row::new(Role::Label, Label::new("行", PLACE));
            (row.dimensions, row.code) = (*dimensions, code.and_then(Code::from_number));
            let cell = |(column, value): (u16, &i64)| {
                let value = Decimal::from(*value);
                Cell::new(column, Amount { value, place: PLACE }, Placement::Printed)
            };
            row.cells = (0..).zip(*values).map(cell).collect();
            table.rows.push(row);
        }
        table
    }

    fn source(source: Source) -> Dimensions {
        Dimensions { source: Some(source), ..Dimensions::default() }
    }

    fn nature(nature: Nature) -> Dimensions {
        Dimensions { nature: Some(nature), ..Dimensions::default() }
    }

    /// 100.00 from the general public budget, 20.00 from funds and 5.00 that nothing is said of; 75.00 for basic expenditure.
    fn disclosure() -> Disclosure {
        let revenue = [
            (source(Source::All), None, &[125][..]),
            (source(Source::CurrentYear), None, &[125]),
            (source(Source::GeneralPublicBudget), None, &[100]),
            (source(Source::GovernmentFund), None, &[20]),
        ];
        let columns = [Dimensions::default(), nature(Nature::Basic), nature(Nature::Project)];
        let spent = [
            (Dimensions::default(), None, &[125, 75, 50][..]),
            (Dimensions::default(), Some(207), &[100, 75, 25]),
            (Dimensions::default(), Some(208), &[20, 0, 20]),
        ];
        Disclosure {
            tables: vec![
                table(TableKind::Overview, &[Dimensions::default()], &revenue),
                table(TableKind::Expenditure, &columns, &spent),
            ],
            ..Disclosure::default()
        }
    }

    fn shown(disclosure: &Disclosure) -> Vec<Vec<(Stop, i64)>> {
        let flow = MoneyFlow::of(disclosure, &Amounts::of(disclosure)).unwrap();
        let yuan = |money: Money| i64::try_from(money.yuan).unwrap();
        for (stop, money) in flow.layers.iter().flatten() {
            // What goes in and out of a stop is what stands at it.
            for sum in [|link: &Link| link.from, |link: &Link| link.to] {
                let links = flow.links.iter().filter(|link| sum(link) == *stop);
                let all: i64 = links.map(|link| yuan(link.money)).sum();
                assert!(all == 0 || all == yuan(*money), "{stop:?}");
            }
        }
        let layers = flow.layers.iter();
        layers.map(|layer| layer.iter().map(|(stop, money)| (*stop, yuan(*money) / 10_000)).collect()).collect()
    }

    #[test]
    fn the_money_goes_from_its_sources_to_the_classes_and_what_is_not_stated_is_said() {
        let class = |number| Stop::Class(Code::from_number(number).unwrap());
        assert_eq!(
            shown(&disclosure()),
            [
                vec![
                    (Stop::Source(Source::GeneralPublicBudget), 100),
                    (Stop::Source(Source::GovernmentFund), 20),
                    (Stop::RestOf(Source::CurrentYear), 5)
                ],
                vec![(Stop::Total, 125)],
                vec![(Stop::Nature(Nature::Basic), 75), (Stop::Nature(Nature::Project), 50)],
                vec![(class(207), 100), (class(208), 20), (Stop::OtherClass, 5)],
            ]
        );
    }

    #[test]
    fn parts_that_are_more_than_the_whole_divide_nothing() {
        let mut disclosure = disclosure();
        disclosure.tables[1].rows[0].cells[1].amount.value = Decimal::from(90);
        let layers = shown(&disclosure);
        assert!(!layers.iter().flatten().any(|(stop, _)| matches!(stop, Stop::Nature(_))), "{layers:?}");
    }

    #[test]
    fn without_a_certain_total_nothing_is_drawn() {
        let mut disclosure = disclosure();
        for table in &mut disclosure.tables {
            table.rows[0].doubts.add(budget_model::Aspect::Value);
        }
        assert_eq!(MoneyFlow::of(&disclosure, &Amounts::of(&disclosure)), None);
    }
}
