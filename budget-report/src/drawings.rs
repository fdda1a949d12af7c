//! Drawings of the money, with the numbers beside them.

use std::collections::HashMap;

use budget_classification::Dictionary;
use budget_model::{Decimal, Disclosure, Flow, Language, Nature, Source, TableKind, ThreePublicItem};
use serde::Serialize;

use crate::flow::{MoneyFlow, Stop, by_class};
use crate::money::{Amounts, Money};
use crate::sankey::{Band, Node, Sankey, scaled, tenths};
use crate::shown::{in_ten_thousand, percent};
use crate::words::Words;

/// Bars of one drawing; the rest is one bar.
const MOST_BARS: usize = 20;

/// A Sankey diagram.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SankeyView {
    width: String,
    height: String,
    nodes: Vec<NodeView>,
    bands: Vec<BandView>,
}

#[derive(Clone, Debug, Serialize)]
struct NodeView {
    x: String,
    y: String,
    width: String,
    height: String,
    /// Where its label begins.
    text_x: String,
    text_y: String,
    class: &'static str,
    label: String,
    value: String,
    share: String,
}

#[derive(Clone, Debug, Serialize)]
struct BandView {
    path: String,
    class: &'static str,
    from: String,
    to: String,
    value: String,
}

/// Bars below each other.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct BarsView {
    rows: Vec<BarView>,
}

#[derive(Clone, Debug, Serialize)]
struct BarView {
    label: String,
    value: String,
    share: String,
    /// In percent of the longest: `33.3`.
    width: String,
}

/// Items over the years: one group of bars for each.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct YearsView {
    years: Vec<String>,
    items: Vec<ItemView>,
}

#[derive(Clone, Debug, Serialize)]
struct ItemView {
    label: String,
    level: u8,
    /// One for each year; blank where nothing is known.
    values: Vec<BarView>,
}

/// Makes the drawings of a document.
pub(crate) struct Drawings<'a> {
    disclosure: &'a Disclosure,
    amounts: &'a Amounts,
    words: Words,
}

impl<'a> Drawings<'a> {
    pub(crate) fn new(disclosure: &'a Disclosure, amounts: &'a Amounts, words: Words) -> Self {
        Self { disclosure, amounts, words }
    }

    /// The way of the money.
    pub(crate) fn flow(&self) -> Option<SankeyView> {
        let flow = MoneyFlow::of(self.disclosure, self.amounts)?;
        let drawing = Sankey::of(&flow);
        let total = flow.layers.iter().flatten().find(|(stop, _)| *stop == Stop::Total)?.1;
        let money: HashMap<Stop, Money> = flow.layers.iter().flatten().copied().collect();
        let node = |node: &Node| {
            let money = money.get(&node.stop).copied().unwrap_or(Money::ZERO);
            NodeView {
                x: tenths(node.left),
                y: tenths(node.top),
                width: tenths(node.width),
                height: tenths(node.height),
                text_x: tenths(node.left + node.width + 60),
                text_y: tenths(node.top + node.height / 2),
                class: class(node.stop),
                label: self.label(node.stop),
                value: in_ten_thousand(money.yuan),
                share: percent(money.yuan, total.yuan),
            }
        };
        let of_link = |band: &Band| flow.links.iter().find(|link| link.from == band.from && link.to == band.to);
        let band = |band: &Band| BandView {
            path: band.path(),
            class: class(if band.from == Stop::Total { band.to } else { band.from }),
            from: self.label(band.from),
            to: self.label(band.to),
            value: of_link(band).map(|link| in_ten_thousand(link.money.yuan)).unwrap_or_default(),
        };
        Some(SankeyView {
            width: tenths(drawing.width),
            height: tenths(drawing.height),
            nodes: drawing.nodes.iter().map(node).collect(),
            bands: drawing.bands.iter().map(band).collect(),
        })
    }

    /// What is spent on each class.
    pub(crate) fn classes(&self) -> Option<BarsView> {
        let total = self.amounts.expenditure(Nature::All, None)?;
        let classes = by_class(self.amounts, Nature::All, total);
        let named = classes.into_iter().map(|(stop, money)| (self.label(stop), money));
        bars(named.collect(), total, self.words)
    }

    /// What each project costs: as a table of projects says it, else the text.
    pub(crate) fn projects(&self) -> Option<BarsView> {
        let kinds = [TableKind::Project, TableKind::GeneralProject, TableKind::AppropriationProject];
        let of_tables = kinds.into_iter().map(|kind| self.projects_of(kind)).find(|projects| !projects.is_empty());
        let of_text = || {
            let projects = self.disclosure.projects.iter();
            let amount = |project: &budget_model::Project| {
                let stated = project.amount.as_ref()?;
                let yuan = stated.value.checked_mul(stated.unit.in_yuan()?)?;
                Some((project.name.text.clone(), Money { yuan, half_unit: Decimal::ZERO }))
            };
            projects.filter_map(amount).collect()
        };
        let projects = of_tables.unwrap_or_else(of_text);
        let total = projects.iter().fold(Money::ZERO, |sum, (_, money)| sum.plus(*money));
        bars(projects, total, self.words)
    }

    /// The projects of a table, each once: some forms divide them further.
    fn projects_of(&self, kind: TableKind) -> Vec<(String, Money)> {
        let mut projects: Vec<(String, Money)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for table in self.disclosure.tables.iter().filter(|table| table.kind == kind) {
            let is_total = |column: &&budget_model::Column| {
                column.holds_money() && !column.is_of_other_year() && column.part_of.is_none()
            };
            let Some(column) = table.columns.iter().position(|column| is_total(&column)) else { continue };
            for figure in table.figures() {
                let position = figure.position();
                let Some(project) = figure.row().project.as_ref() else { continue };
                if usize::from(position.column) != column || !figure.is_certain() || !table.is_leaf(position.row) {
                    continue;
                }
                let Some(yuan) = figure.in_yuan() else { continue };
                let index = *known.entry(project.text.clone()).or_insert_with(|| {
                    projects.push((project.text.clone(), Money::ZERO));
                    projects.len() - 1
                });
                if let Some((_, sum)) = projects.get_mut(index) {
                    *sum = sum.plus(Money { yuan, half_unit: Decimal::ZERO });
                }
            }
        }
        projects
    }

    /// The “三公” expenses of this document and those of other years, the oldest first.
    pub(crate) fn three_public(&self, others: &[&Disclosure]) -> Option<YearsView> {
        let mut years: Vec<(u16, Amounts, bool)> = Vec::new();
        let own = self.disclosure.year?;
        years.push((own, Amounts::of(self.disclosure), false));
        for other in others {
            if let Some(year) = other.year.filter(|year| years.iter().all(|(known, ..)| known != year)) {
                years.push((year, Amounts::of(other), false));
            }
        }
        // The year before, as this document states it, where its own document is not at hand.
        if let Some(before) = own.checked_sub(1).filter(|before| years.iter().all(|(known, ..)| known != before)) {
            years.push((before, Amounts::of(self.disclosure), true));
        }
        years.sort_by_key(|(year, ..)| *year);
        let at = |item: ThreePublicItem| -> Vec<Option<Money>> {
            years.iter().map(|(_, amounts, is_last)| amounts.three_public(item, *is_last)).collect()
        };
        let is_known = |year: usize| SHOWN.iter().any(|(item, _)| at(*item).get(year).copied().flatten().is_some());
        let shown: Vec<usize> = (0..years.len()).filter(|year| is_known(*year)).collect();
        let all: Vec<_> = SHOWN.iter().map(|(item, level)| (*item, *level, at(*item))).collect();
        let largest = all.iter().flat_map(|(.., values)| values).flatten().map(|money| money.yuan).max()?;
        if largest.is_zero() {
            return None;
        }
        let bar = |money: Option<Money>| BarView {
            label: String::new(),
            value: money.map(|money| in_ten_thousand(money.yuan)).unwrap_or_default(),
            share: String::new(),
            width: money.map(|money| tenths(scaled(money.yuan, largest, 1000))).unwrap_or_default(),
        };
        let item = |(item, level, values): (ThreePublicItem, u8, Vec<Option<Money>>)| {
            values.iter().any(Option::is_some).then(|| ItemView {
                label: item.chinese().to_owned(),
                level,
                values: shown.iter().map(|year| bar(values.get(*year).copied().flatten())).collect(),
            })
        };
        let years = shown.iter().filter_map(|year| years.get(*year)).map(|(year, ..)| year.to_string()).collect();
        Some(YearsView { years, items: all.into_iter().filter_map(item).collect() })
    }

    fn label(&self, stop: Stop) -> String {
        let words = self.words;
        let spaced = |word: &str| word.replace('-', " ");
        match (stop, words.language) {
            (Stop::Source(source), Language::Chinese) => source.chinese().to_owned(),
            (Stop::Source(source), Language::English) => spaced(source.as_str()),
            (Stop::RestOf(Source::All), _) => words.of("rest_of_all").to_owned(),
            (Stop::RestOf(source), Language::Chinese) => format!("{}{}", source.chinese(), words.of("rest_of")),
            (Stop::RestOf(source), Language::English) => format!("{}{}", spaced(source.as_str()), words.of("rest_of")),
            (Stop::Balance(flow), Language::Chinese) => flow.chinese().to_owned(),
            (Stop::Balance(Flow::Opening), Language::English) => words.of("opening").to_owned(),
            (Stop::Balance(Flow::Closing), Language::English) => words.of("closing").to_owned(),
            (Stop::Balance(_), Language::English) => words.of("distribution").to_owned(),
            (Stop::Total, _) => words.of("total").to_owned(),
            (Stop::Nature(nature), Language::Chinese) => nature.chinese().to_owned(),
            (Stop::Nature(nature), Language::English) => spaced(nature.as_str()),
            (Stop::OtherNature, _) => words.of("other_nature").to_owned(),
            (Stop::Class(code), _) => self.class_name(code),
            (Stop::OtherClass, _) => words.of("other_class").to_owned(),
        }
    }

    /// The name of a class as the document prints it, else its official one.
    fn class_name(&self, code: budget_model::Code) -> String {
        let rows = self.disclosure.tables.iter().flat_map(|table| &table.rows);
        let printed =
            rows.filter(|row| row.code == Some(code) && !row.label.text.is_empty()).map(|row| &row.label.text);
        let official = || {
            let class = Dictionary::official().class(code)?;
            let of_year = self.disclosure.year.and_then(|year| class.name_in(year));
            of_year.or_else(|| class.names().first()).map(|name| name.text().to_owned())
        };
        printed.into_iter().next().cloned().or_else(official).unwrap_or_else(|| code.to_string())
    }
}

/// The items that are shown, each with how far it is indented.
const SHOWN: [(ThreePublicItem, u8); 6] = [
    (ThreePublicItem::All, 0),
    (ThreePublicItem::TravelAbroad, 1),
    (ThreePublicItem::Reception, 1),
    (ThreePublicItem::Vehicles, 1),
    (ThreePublicItem::VehiclePurchase, 2),
    (ThreePublicItem::VehicleRunning, 2),
];

fn class(stop: Stop) -> &'static str {
    match stop {
        Stop::Source(_) | Stop::Balance(Flow::Opening) => "source",
        Stop::Total => "all",
        Stop::Nature(Nature::Project) => "project",
        Stop::Nature(_) => "basic",
        Stop::Class(_) => "class",
        Stop::Balance(_) => "all",
        Stop::RestOf(_) | Stop::OtherNature | Stop::OtherClass => "rest",
    }
}

/// Bars, the longest first. Nothing, where there are no amounts.
fn bars(mut named: Vec<(String, Money)>, total: Money, words: Words) -> Option<BarsView> {
    named.retain(|(_, money)| !money.yuan.is_zero() && !money.yuan.is_sign_negative());
    named.sort_by(|(one_name, one), (other_name, other)| other.yuan.cmp(&one.yuan).then(one_name.cmp(other_name)));
    let rest = named.split_off(named.len().min(MOST_BARS));
    if !rest.is_empty() {
        let sum = rest.iter().fold(Money::ZERO, |sum, (_, money)| sum.plus(*money));
        named.push((words.of("others").replace("{0}", &rest.len().to_string()), sum));
    }
    let longest = named.iter().map(|(_, money)| money.yuan).max()?;
    let row = |(label, money): (String, Money)| BarView {
        label,
        value: in_ten_thousand(money.yuan),
        share: percent(money.yuan, total.yuan),
        width: tenths(scaled(money.yuan, longest, 1000)),
    };
    Some(BarsView { rows: named.into_iter().map(row).collect() })
}
