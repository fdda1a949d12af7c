//! Which parts of a document speak of the same money.
//!
//! That two figures with equal coordinates are equal is promised by a form that a layout names. Of any other form it is a
//! hypothesis, and the document decides it, as it decides sums: two tables (or a table and the text) that agree on many
//! figures and differ on few speak of the same money, and where they differ, one of them is wrong. A table that counts
//! something else, as last year's carry-over, differs by it in a part and again in everything that contains the part; so does a
//! wrong row. What was counted is an amount that the document prints (上年结转 beside the sources), and an error is none. A few
//! totals are the same money in every form ([`identities`](crate::identities)): of these one difference is enough.

use std::collections::{BTreeMap, BTreeSet};

use budget_model::{Decimal, Flow, Source, Stage};

use crate::book::Book;
use crate::check::{Check, Values};
use crate::figure::{FigureId, Origin};
use crate::identities::{are_same, is_total};
use crate::key::Key;

/// Distinct amounts on which two parts of a document must agree before a difference is a contradiction.
const FEWEST: usize = 3;
/// Agreements for each difference, at least.
const EACH: usize = 4;
/// Differences that are few, however many agreements there are.
const MOST: usize = 50;
/// Parts of a document that state one amount and are compared with each other, at most.
const MOST_ORIGINS: usize = 24;

/// What two parts of a document both state.
#[derive(Clone, Debug, Default)]
struct Pair {
    /// What they agree on, amounts that are not zero.
    agreed: Vec<Key>,
    /// The different amounts among these.
    amounts: BTreeSet<Decimal>,
    /// What they differ in.
    differs: Vec<Difference>,
    /// Whether every form promises that their totals are equal.
    has_same_totals: bool,
}

/// Two amounts of one key.
#[derive(Clone, Copy, Debug)]
struct Difference {
    key: Key,
    one: Decimal,
    other: Decimal,
    /// A unit of the last decimal, which two totals of rounded parts may differ by.
    last: Decimal,
}

impl Difference {
    fn by(&self) -> Decimal {
        self.one.saturating_sub(self.other).normalize()
    }

    /// Whether two differences are one: each part of the document has the amounts of the other one in exchange.
    fn is_exchanged(&self, with: &Self) -> bool {
        (self.one, self.other) == (with.other, with.one) && !self.one.is_zero() && !self.other.is_zero()
    }
}

/// How sure it is that two parts of a document contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contradiction {
    /// The form, or the rest of the document, says that both are the same money.
    Firm,
    /// What they differ by is no amount that the document prints.
    Unexplained,
}

/// What the parts of a document show of each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agreement {
    is_promised: bool,
    is_final: bool,
    pairs: BTreeMap<(Origin, Origin), Pair>,
    /// The amounts that one table may count and another not.
    apart: BTreeSet<Decimal>,
    /// Those of them that are carried over from last year, or into the next one.
    carried: BTreeSet<Decimal>,
}

/// Two parts of a document that do not count the same, or too little the same to tell.
pub(crate) struct Apart {
    pub(crate) one: Origin,
    pub(crate) other: Origin,
    pub(crate) agreed: usize,
    pub(crate) differs: usize,
}

impl Agreement {
    /// Compares every two parts of a document; a row that prints a name and no amount states that there is none.
    pub(crate) fn new(book: &Book<'_>) -> Self {
        let (apart, carried) = amounts_apart(book);
        let mut agreement = Self {
            is_promised: !book.disclosure().required.is_empty(),
            is_final: book.disclosure().stage == Stage::Final,
            pairs: BTreeMap::new(),
            apart,
            carried,
        };
        if agreement.is_promised {
            return agreement;
        }
        let mut blanks: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        book.blanks().iter().for_each(|blank| blanks.entry(blank.key).or_default().push(blank.table));
        for (key, group) in book.statements().iter() {
            let mut stated = one_each(book, group);
            let of_key = blanks.get(&key).map_or(&[][..], Vec::as_slice);
            stated.extend(of_key.iter().map(|table| (Origin::Table(*table as u32), None)));
            stated.truncate(MOST_ORIGINS);
            for (at, one) in stated.iter().enumerate() {
                for other in stated.iter().skip(at + 1).filter(|other| other.0 != one.0) {
                    agreement.compare(book, key, *one, *other);
                }
            }
        }
        agreement
    }

    fn compare(
        &mut self,
        book: &Book<'_>,
        key: Key,
        one: (Origin, Option<FigureId>),
        other: (Origin, Option<FigureId>),
    ) {
        let (one, other) = if one.0 <= other.0 { (one, other) } else { (other, one) };
        let worth = |id: Option<FigureId>| id.map_or(Decimal::ZERO, |id| book.worth(id));
        let last = |id: Option<FigureId>| {
            let figure = book.figure(id?)?;
            Decimal::try_new(1, figure.value.scale()).ok()?.checked_mul(figure.factor)
        };
        let (worth_of_one, worth_of_other) = (worth(one.1).normalize(), worth(other.1).normalize());
        let last = last(one.1).max(last(other.1)).unwrap_or_default();
        let difference = Difference { key, one: worth_of_one, other: worth_of_other, last };
        let pair = self.pairs.entry(self.pair_of(one.0, other.0)).or_insert_with(|| {
            let kind = |origin: Origin| match origin {
                Origin::Table(table) => book.disclosure().tables.get(table as usize).map(|table| table.kind),
                _ => None,
            };
            let has_same_totals = kind(one.0).zip(kind(other.0)).is_some_and(|(one, other)| are_same(one, other));
            Pair { has_same_totals, ..Pair::default() }
        });
        let is_same = match (one.1, other.1) {
            (Some(one), Some(other)) => !differ(book, one, other),
            _ => difference.by().is_zero(),
        };
        if !is_same {
            pair.differs.push(difference);
        } else if !worth(one.1).is_zero() {
            pair.agreed.push(key);
            pair.amounts.insert(worth(one.1).normalize());
        }
    }

    /// Whether the form promises that equal coordinates are equal amounts.
    pub(crate) fn is_promised(&self) -> bool {
        self.is_promised
    }

    /// Whether a difference between two parts of the document in figures of one key is a contradiction: they speak of the same
    /// money, and either the amounts that contain the key agree, or what they differ by in all of them is no amount that one may
    /// count and the other not.
    pub(crate) fn contradiction(&self, key: Key, one: Origin, other: Origin) -> Option<Contradiction> {
        if self.is_promised {
            return Some(Contradiction::Firm);
        }
        let pair = self.pair_of(one, other);
        self.contradiction_of(pair, self.pairs.get(&pair)?, key)
    }

    fn contradiction_of(&self, pair: (Origin, Origin), found: &Pair, key: Key) -> Option<Contradiction> {
        let is_text = [pair.0, pair.1].contains(&Origin::Text);
        found.contradiction(key, pair.0 == Origin::Text, |own| is_text || self.is_apart(own))
    }

    /// Whether a difference is an amount that one table may count and another not, or two of them.
    fn is_apart(&self, own: &Difference) -> bool {
        let by = own.by().abs();
        let near = |amount: Decimal| {
            let (low, high) = (amount.saturating_sub(own.last), amount.saturating_add(own.last));
            self.apart.range(low..=high).next().is_some()
        };
        near(by) || self.carried.range(..by).any(|one| near(by.saturating_sub(*one)))
    }

    /// Under which pair two parts are counted. The text of final accounts is held against all tables together: their form is one,
    /// and each table shows little of what the text says.
    fn pair_of(&self, one: Origin, other: Origin) -> (Origin, Origin) {
        match self.is_final && (one == Origin::Text || other == Origin::Text) {
            true => (Origin::Text, Origin::Text),
            false => (one.min(other), one.max(other)),
        }
    }

    /// The pairs that differ where nothing is concluded from it.
    pub(crate) fn apart(&self) -> impl Iterator<Item = Apart> + '_ {
        self.pairs.iter().filter_map(|((one, other), pair)| {
            let is_open = |differs: &&Difference| self.contradiction_of((*one, *other), pair, differs.key).is_none();
            let differs = pair.differs.iter().filter(is_open).count();
            (differs > 0).then_some(Apart { one: *one, other: *other, agreed: pair.agreed.len(), differs })
        })
    }
}

impl Pair {
    /// `of_text`: whether it is the text of final accounts, held against all tables. `is_apart`: whether a difference is an amount
    /// that one of the two may count and the other not.
    fn contradiction(&self, key: Key, of_text: bool, is_apart: impl Fn(&Difference) -> bool) -> Option<Contradiction> {
        let own = self.differs.iter().find(|other| other.key == key).filter(|_| self.differs.len() <= MOST)?;
        let is_carried = self.differs.iter().any(|other| {
            other.key != key && other.by() == own.by() && (other.key.contains(key) || key.contains(other.key))
        });
        let different: BTreeSet<Decimal> = self.differs.iter().map(|differs| differs.by().abs()).collect();
        let is_unexplained = !is_apart(own);
        // One total that differs, where not most of them do.
        if is_total(key) && own.by().abs() > own.last && different.len() <= self.agreed.len().max(1) {
            if self.has_same_totals && (!is_carried || is_unexplained) {
                return Some(Contradiction::Firm);
            }
            if is_unexplained {
                return Some(Contradiction::Unexplained);
            }
        }
        if self.amounts.len() < FEWEST {
            return None;
        }
        // A wrong row is carried into all that contains it; so is what one table counts and the other does not, an amount that
        // the document prints. Where the totals differ by such an amount, the classes differ by parts of it.
        if is_carried && is_unexplained {
            let counts_else = self.differs.iter().any(|differs| is_total(differs.key) && is_apart(differs));
            let is_few = EACH * different.len() <= self.amounts.len();
            return (is_few && !counts_else).then_some(Contradiction::Unexplained);
        }
        // Two amounts in exchange are no other way to count.
        if self.differs.iter().any(|other| own.is_exchanged(other)) {
            return Some(Contradiction::Firm);
        }
        let keys: BTreeSet<Key> = self.differs.iter().map(|differs| differs.key).collect();
        let is_whole_agreed = || self.agreed.iter().any(|whole| *whole != key && whole.contains(key));
        let is_firm = EACH * keys.len() <= self.amounts.len() && !is_carried && (of_text || is_whole_agreed());
        is_firm.then_some(Contradiction::Firm)
    }
}

/// The amounts of sources and of the whole, which are of no class: what was carried over, unit funds, what is left at the end of the
/// year; and which of them are carried over.
fn amounts_apart(book: &Book<'_>) -> (BTreeSet<Decimal>, BTreeSet<Decimal>) {
    let (mut amounts, mut carried) = (BTreeSet::new(), BTreeSet::new());
    for (index, table) in book.disclosure().tables.iter().enumerate() {
        for (row, entry) in (0..).zip(&table.rows).filter(|(_, row)| row.code.is_none()) {
            for cell in &entry.cells {
                let Some(id) = book.cell(index, row, cell.column) else { continue };
                let at = table.dimensions_at(row, cell.column).unwrap_or_default();
                let amount = book.worth(id).abs().normalize();
                if amount.is_zero() || at.function.or(at.economic).or(at.government_economic).is_some() {
                    continue;
                }
                amounts.insert(amount);
                let is_carried = at.source.is_some_and(|source| Source::CarryOver.contains(source))
                    || matches!(at.flow, Some(Flow::Opening | Flow::Closing));
                carried.extend(is_carried.then_some(amount));
            }
        }
    }
    (amounts, carried)
}

/// Of each part of the document the figure by which it states an amount; none where it states two.
fn one_each(book: &Book<'_>, group: &[FigureId]) -> Vec<(Origin, Option<FigureId>)> {
    let mut found: Vec<(Origin, Option<FigureId>, bool)> = Vec::new();
    for id in group {
        let Some(figure) = book.figure(*id) else { continue };
        let origin = figure.subject.origin();
        let is_full = found.len() >= MOST_ORIGINS;
        match found.iter_mut().find(|(known, ..)| *known == origin) {
            None if is_full => break,
            None => found.push((origin, Some(*id), true)),
            Some((_, first, is_one)) => *is_one &= first.is_none_or(|first| book.worth(first) == book.worth(*id)),
        }
    }
    found.into_iter().filter(|(.., is_one)| *is_one).map(|(origin, id, _)| (origin, id)).collect()
}

fn differ(book: &Book<'_>, one: FigureId, other: FigureId) -> bool {
    let check = [book.term(one)];
    let with = [book.term(other)];
    Check::sum(&check, &with).evaluate(Values { figures: book.figures(), changed: None }).verdict.is_violation()
}
