//! Coordinates of the figures that the text of final accounts (决算) states.
//!
//! Budget, adjusted and final amounts stand beside each other there, and revenue and expenditure differ by the balances at both
//! ends of the year: a figure has coordinates only where its words say that it is a final amount, and of which flow.

use budget_model::{Coordinates, Dimensions, Disclosure, Fact, Flow, Measure, Nature, Phase, Source, YearRef};

use super::coordinates::Resolver;
use super::headings::topic;
use super::vocabulary::{ACCOUNTS_OF_BOTH, FLOWS, GRAND_TOTALS, Topic};
use crate::lexicon::Lexicon;

/// What a section is about.
#[derive(Clone, Copy, Debug, Default)]
struct About {
    source: Option<Source>,
    nature: Option<Nature>,
    /// 收入决算情况说明 is about revenue alone.
    flow: Option<Flow>,
}

/// Gives coordinates to the final amounts of the text, and takes those that the words of budgets gave.
pub(super) fn resolve(disclosure: &mut Disclosure) {
    let resolver = Resolver::new(disclosure);
    let reasons: Vec<&str> = disclosure.facts.iter().filter_map(|fact| fact.reason.as_deref()).collect();
    let mut found: Vec<Option<Coordinates>> = Vec::with_capacity(disclosure.facts.len());
    let mut before: Option<(&Fact, Option<Coordinates>)> = None;
    for fact in &disclosure.facts {
        let explains = || reasons.iter().any(|reason| reason.contains(&fact.quote));
        let of_fact = match fact.measure {
            Measure::Amount if fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some()) && !explains() => {
                about(disclosure, &fact.section).and_then(|about| coordinates(&resolver, disclosure.year, about, fact))
            }
            // An amount, its share and its change follow each other.
            Measure::Share | Measure::YoyChange | Measure::YoyPercent => before
                .as_ref()
                .filter(|(last, _)| last.section == fact.section && is_same_subject(last, fact))
                .and_then(|(_, at)| at.clone()),
            _ => None,
        };
        before = Some((fact, of_fact.clone()));
        found.push(of_fact);
    }
    for (fact, coordinates) in disclosure.facts.iter_mut().zip(found) {
        // The “三公” items have no flow, and those of each phase are told apart already.
        let of_items = fact.coordinates.take().filter(|at| at.three_public.is_some());
        fact.coordinates = coordinates.or(of_items);
    }
}

/// Whether two figures are of one thing: 收入总计、支出总计均为1346.40万元, 收、支总计各增加46.40万元.
fn is_same_subject(one: &Fact, other: &Fact) -> bool {
    let is_grand = |fact: &Fact| GRAND_TOTALS.iter().any(|total| fact.quote.contains(total.as_str()));
    one.subject == other.subject || is_grand(one) && is_grand(other)
}

/// What the nearest heading says that speaks of revenue or expenditure (三、支出决算情况说明); `None` if that is one of
/// something else, or there is none.
fn about(disclosure: &Disclosure, path: &str) -> Option<About> {
    let entity = disclosure.entity.as_ref().map_or("", |entity| entity.text.as_str());
    let mut paths = std::iter::successors(Some(path), |path| Some(path.rsplit_once('.')?.0));
    let heading = paths.find_map(|path| {
        let sections = disclosure.sections.iter().filter(|section| section.path == path);
        sections.map(|section| section.heading.text.as_str()).find(|heading| {
            FLOWS.entries().iter().any(|(word, _)| heading.contains(word)) || topic(heading, entity).is_some()
        })
    })?;
    let entry = topic(heading, entity);
    let is_of_accounts = matches!(
        entry.map(|entry| entry.topic),
        None | Some(
            Topic::Overview
                | Topic::Income
                | Topic::Expenditure
                | Topic::Appropriation
                | Topic::AppropriationUse
                | Topic::General
                | Topic::Basic
                | Topic::Fund
                | Topic::StateCapital
        )
    );
    let mut flows = FLOWS.entries().iter().filter(|(word, _)| heading.contains(word)).map(|(_, flow)| *flow);
    let flow = flows.next().filter(|_| flows.next().is_none());
    is_of_accounts.then_some(About {
        source: entry.and_then(|entry| entry.source),
        nature: entry.and_then(|entry| entry.nature),
        flow,
    })
}

fn coordinates(resolver: &Resolver<'_>, year: Option<u16>, about: About, fact: &Fact) -> Option<Coordinates> {
    let start = Coordinates {
        source: about.source.unwrap_or_default(),
        nature: about.nature.unwrap_or_default(),
        ..Coordinates::TOTAL
    };
    // 收入总计、支出总计均为1346.40万元: revenue with the opening balance is expenditure with the closing one.
    if GRAND_TOTALS.iter().any(|total| fact.quote.contains(total.as_str())) {
        let is_whole = fact.subject.len() == 1 && start.nature == Nature::All;
        let names = fact.subject.first().map_or("", String::as_str);
        let source =
            ACCOUNTS_OF_BOTH.entries().iter().find(|(word, _)| names.starts_with(word)).map(|(_, source)| *source);
        let source = source.unwrap_or(start.source);
        return (is_whole && start.source.contains(source)).then_some(Coordinates { source, ..start });
    }
    let read = |name: &String| Lexicon::in_accounts(name, year);
    // 社会保障和就业支出 > 行政事业单位养老支出 > 机关事业单位基本养老保险缴费支出 > 支出决算
    let behind = fact.subject.iter().rev().take_while(|name| resolver.class(name).is_none() && read(name).is_some());
    let (classes, words) = fact.subject.split_at(fact.subject.len() - behind.count());
    let function = match classes {
        [] => None,
        [class] => Some(resolver.class(class)?),
        classes => Some(resolver.named(classes)?),
    };
    let mut fixed = Dimensions::default();
    for name in words {
        let stated = read(name)?;
        let agree = |one: Option<Flow>, other: Option<Flow>| one.is_none() || other.is_none() || one == other;
        if !agree(fixed.flow, stated.flow) {
            return None;
        }
        fixed = fixed.narrowed(stated);
    }
    let is_final = matches!(fixed.phase, None | Some(Phase::Final)) && matches!(fixed.year, None | Some(YearRef::This));
    let is_spent = fixed.nature.is_some() || function.is_some();
    let flow = fixed.flow.or(about.flow).or_else(|| is_spent.then_some(Flow::Expenditure));
    let source = match fixed.source {
        Some(source) if start.source.contains(source) => source,
        Some(source) if source.contains(start.source) => start.source,
        Some(_) => return None,
        None => start.source,
    };
    let nature = match fixed.nature {
        Some(nature) if start.nature.contains(nature) => nature,
        Some(nature) if nature.contains(start.nature) => start.nature,
        Some(_) => return None,
        None => start.nature,
    };
    let flow = flow.filter(|_| is_final)?;
    Some(Coordinates { source, nature, function, flow: Some(flow), ..start })
}
