//! The text around the tables (文字部分): sections of sentences, and the figures that they state.
//!
//! Every sentence is a form with holes: `{word}` for words, `#` for a figure. A figure is a [`Stated`] of the books, so what
//! is printed and what a reader should find come from the same place.

mod money;
mod others;
mod shanghai;
mod words;

use budget_model::{Coordinates, Decimal, Disclosure, Fact, Label, Measure, Section, SignOff, Term, Unit};

use crate::chance::Chance;
use crate::tables::{NOWHERE, scope_word};
use crate::text::figure;
use crate::{Books, Config};

/// Adds the text of the form to the tables of a disclosure: sections, facts, projects, organisation, glossary, sign-off.
pub(crate) fn write(disclosure: &mut Disclosure, books: &Books, config: &Config) {
    let is_shanghai = config.layout.starts_with("shanghai");
    // Without a text the parts of this form are tables, which have no headings of parts.
    if is_shanghai && !config.prose {
        return;
    }
    let (year, scope) = (books.year, scope_word(config.scope));
    let mut prose = Prose {
        books,
        config,
        chance: Chance::new(books.money.iter().map(|money| money.yuan).sum(), "prose"),
        disclosure,
    };
    if is_shanghai {
        return prose.of_shanghai();
    }
    if !config.prose {
        return prose.section("2", &format!("{year}年{scope}预算公开表"));
    }
    prose.section("1", &format!("{year}年{scope}概况"));
    prose.functions();
    prose.structure();
    prose.section("2", &format!("{year}年{scope}预算公开表"));
    prose.section("3", &format!("{year}年{scope}预算情况说明"));
    prose.money();
    prose.other_matters();
    prose.section("4", "名词解释");
    prose.glossary();
    let date = format!("{}年{}月{}日", year - 1, prose.chance.between(11, 12), prose.chance.between(1, 28));
    disclosure.sign_off = Some(SignOff { name: Some(label(&books.department)), date: Some(label(&date)) });
}

pub(crate) fn label(text: &str) -> Label {
    Label::new(text, NOWHERE)
}

/// Everything, from any source.
pub(crate) const ALL: Coordinates = Coordinates::TOTAL;

/// A figure to be stated.
#[derive(Clone, Debug)]
struct Stated {
    /// What it is about, the whole first, parted by `/`.
    subject: String,
    measure: Measure,
    /// Negative for a decrease, which words tell.
    value: Decimal,
    unit: &'static str,
    at: Option<Coordinates>,
    reason: Option<String>,
}

impl Stated {
    fn count(subject: &str, count: u32, unit: &'static str) -> Self {
        Self::new(subject, Measure::Count, Decimal::from(count), unit)
    }

    fn new(subject: &str, measure: Measure, value: Decimal, unit: &'static str) -> Self {
        Self { subject: subject.to_owned(), measure, value, unit, at: None, reason: None }
    }

    /// An amount in yuan, stated in 万元.
    fn amount(subject: &str, yuan: u64) -> Self {
        Self::new(subject, Measure::Amount, ten_thousand(yuan), "万元")
    }

    fn at(mut self, at: &Coordinates) -> Self {
        self.at = Some(at.clone());
        self
    }
}

/// 万元 with two decimals, half a hundredth rounded up.
fn ten_thousand(yuan: u64) -> Decimal {
    Decimal::new(yuan.saturating_add(50) as i64 / 100, 2)
}

/// A part of a whole in percent with two decimals; 0 of nothing.
fn percent(part: u64, whole: u64) -> Decimal {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let rounded = (part * 20_000 + whole).checked_div(2 * whole).unwrap_or_default();
    Decimal::new(rounded as i64, 2)
}

/// The change from last year: its words, the amount and the percentage.
struct Change {
    words: [(&'static str, &'static str); 2],
    figures: [Stated; 2],
}

impl Change {
    fn new(subject: &str, at: Option<&Coordinates>, now: u64, prior: u64, reason: Option<&str>) -> Self {
        let rate = if prior == 0 && now > 0 { Decimal::new(10_000, 2) } else { percent(now.abs_diff(prior), prior) };
        let grows = now >= prior;
        let figure = |measure, mut value: Decimal, unit| {
            value.set_sign_negative(!grows);
            Stated { at: at.cloned(), reason: reason.map(str::to_owned), ..Stated::new(subject, measure, value, unit) }
        };
        Self {
            words: [("up", if grows { "增加" } else { "减少" }), ("grown", if grows { "增长" } else { "下降" })],
            figures: [
                figure(Measure::YoyChange, ten_thousand(now.abs_diff(prior)), "万元"),
                figure(Measure::YoyPercent, rate, "%"),
            ],
        }
    }
}

/// A text in the making.
struct Prose<'b, 'd> {
    books: &'b Books,
    config: &'b Config,
    chance: Chance,
    disclosure: &'d mut Disclosure,
}

impl Prose<'_, '_> {
    /// Begins a section.
    fn section(&mut self, path: &str, heading: &str) {
        let section = Section { path: path.to_owned(), heading: label(heading), unit: None, paragraphs: Vec::new() };
        self.disclosure.sections.push(section);
    }

    /// A section about something of the entity: 关于…年…
    fn section_about(&mut self, path: &str, what: &str) {
        let heading = format!("关于{}{}年{what}", self.books.department, self.books.year);
        self.section(path, &heading);
    }

    /// A paragraph of the current section; `number` is its ordinal, where it begins with one.
    fn say(&mut self, number: Option<usize>, form: &str, words: &[(&str, &str)], figures: &[Stated]) {
        let step = number.map(|number| number.to_string());
        self.say_at(step.as_deref(), form, words, figures);
    }

    /// The same; `step` is the ordinal as the last step of a path: `2`, `(二)`.
    fn say_at(&mut self, step: Option<&str>, form: &str, words: &[(&str, &str)], figures: &[Stated]) {
        let Some(section) = self.disclosure.sections.last_mut() else { return };
        let year = self.books.year.to_string();
        let common =
            [("name", self.books.department.as_str()), ("year", &year), ("scope", scope_word(self.config.scope))];
        let mut text = form.to_owned();
        for (hole, word) in words.iter().chain(&common) {
            text = text.replace(&format!("{{{hole}}}"), word);
        }
        let path = step.map_or(section.path.clone(), |step| format!("{}.{step}", section.path));
        let mut paragraph = String::new();
        let mut parts = text.split('#');
        paragraph.push_str(parts.next().unwrap_or_default());
        for (stated, behind) in figures.iter().zip(parts) {
            let clause = paragraph.rfind(['，', '。', '；', '：']).map_or(0, |at| at + '，'.len_utf8());
            paragraph.push_str(&figure(stated.value.abs(), self.config.habits.separators));
            paragraph.push_str(stated.unit);
            self.disclosure.facts.push(Fact {
                section: path.clone(),
                subject: stated.subject.split('/').map(str::to_owned).collect(),
                measure: stated.measure,
                value: stated.value,
                unit: (!stated.unit.is_empty()).then(|| Unit::from(stated.unit)),
                quote: paragraph.get(clause..).unwrap_or_default().to_owned(),
                reason: stated.reason.clone(),
                place: NOWHERE,
                coordinates: stated.at.clone(),
            });
            paragraph.push_str(behind);
        }
        section.paragraphs.push(label(&paragraph));
    }

    /// A sentence that states an amount and its change from last year.
    fn say_change(
        &mut self,
        number: Option<usize>,
        form: &str,
        more: &[(&str, &str)],
        amount: Stated,
        prior: u64,
        now: u64,
    ) {
        let reason = self.reason(now, prior);
        let change = Change::new(&amount.subject, amount.at.as_ref(), now, prior, Some(reason));
        let words = [more, &change.words, &[("reason", reason)]].concat();
        self.say(number, form, &words, &[&[amount], change.figures.as_slice()].concat());
    }

    fn reason(&mut self, now: u64, prior: u64) -> &'static str {
        self.chance.word(match (now, prior) {
            (_, 0) if now > 0 => words::NEW,
            (0, _) if prior > 0 => words::GONE,
            _ if now == prior => words::SAME,
            _ if now > prior => words::MORE,
            _ => words::LESS,
        })
    }

    fn glossary(&mut self) {
        for (number, (term, definition)) in (1..).zip(words::GLOSSARY) {
            self.say(
                None,
                "{number}、{term}：{definition}",
                &[("number", crate::style::ordinal(number)), ("term", term), ("definition", definition)],
                &[],
            );
            self.disclosure.glossary.push(Term { term: label(term), definition: label(definition) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_rounded_half_up_and_nothing_is_a_share_of_nothing() {
        let show = |part, whole| percent(part, whole).to_string();
        assert_eq!([show(1, 3), show(1, 8), show(1, 800), show(7, 0)], ["33.33", "12.50", "0.13", "0.00"]);
    }

    #[test]
    fn a_change_has_the_sign_of_its_words() {
        let change = |now, prior| {
            let change = Change::new("基本支出", None, now, prior, None);
            (change.words[0].1, change.figures.map(|figure| figure.value.to_string()))
        };
        assert_eq!(change(30_000, 40_000), ("减少", ["-1.00".to_owned(), "-25.00".to_owned()]));
        assert_eq!(change(20_000, 0), ("增加", ["2.00".to_owned(), "100.00".to_owned()]));
        assert_eq!(change(20, 30), ("减少", ["-0.00".to_owned(), "-33.33".to_owned()]));
    }

    #[test]
    fn every_stated_figure_stands_in_its_section_as_it_was_quoted() {
        for seed in 0..20 {
            let config = Config { prose: true, ..Config::random_of("xinjiang-2025", seed) };
            let disclosure = crate::disclosure(&Books::random(seed, &config), &config);
            assert!(disclosure.facts.len() > 50);
            for fact in &disclosure.facts {
                let of_fact = disclosure.sections.iter().filter(|section| fact.section.starts_with(&section.path));
                let mut paragraphs = of_fact.flat_map(|section| &section.paragraphs);
                assert!(paragraphs.any(|paragraph| paragraph.text.contains(&fact.quote)), "{fact:?}");
            }
        }
    }
}
