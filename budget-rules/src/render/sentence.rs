//! What a check compares, in words.

use budget_model::{Decimal, Language};

use crate::check::Relation;
use crate::report::{Arithmetic, Contribution, Form, Part};

impl Arithmetic {
    /// What it compares, as a sentence: `17.50 与 12.00 + 5.00 = 17.00 不相等`.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let side = |part: Part| self.contributions.iter().filter(move |entry| entry.part == part);
        let mut found = sum(side(Part::Found));
        if side(Part::Found).count() > 1 {
            found = format!("{found} = {}", shown(self.found));
        }
        let (computation, is_computed) = match self.form {
            Form::Sum => (sum(side(Part::Part)), !is_one(side(Part::Part))),
            Form::Percent => (format!("100 × {} ÷ {}", bracketed(side(Part::Part)), bracketed(side(Part::Base))), true),
            Form::Product => {
                let factors: Vec<String> =
                    side(Part::Factor).map(|entry| format!("{}{}", entry.value, entry.unit)).collect();
                (factors.join(" × "), true)
            }
            Form::Number => (self.expected.to_string(), false),
            Form::Blank => (say(language, "空白", "a blank").to_owned(), false),
        };
        let expected = match is_computed {
            true => format!("{computation} = {}", self.expected_shown()),
            false => computation,
        };
        let difference = self.difference_shown().abs();
        let slack = self.slack.round_dp(6).normalize();
        match (language, self.relation) {
            (_, Relation::Equal) if self.difference.is_zero() => {
                format!("{found} {} {expected}", say(language, "等于", "is equal to"))
            }
            (Language::Chinese, Relation::Equal) => {
                format!("{found} 与 {expected} 不相等，相差 {difference}，舍入至多能解释 {slack}")
            }
            (Language::English, Relation::Equal) => {
                format!(
                    "{found} is not {expected}: a difference of {difference}, of which rounding explains {slack} at most"
                )
            }
            (Language::Chinese, Relation::AtMost) => format!("{found} 应不大于 {expected}，多出 {difference}"),
            (Language::English, Relation::AtMost) => {
                format!("{found} should be {expected} at most, and is {difference} more")
            }
            (Language::Chinese, Relation::AtLeast) => format!("{found} 应不小于 {expected}，少 {difference}"),
            (Language::English, Relation::AtLeast) => {
                format!("{found} should be {expected} at least, and is {difference} less")
            }
        }
    }
}

impl Contribution {
    /// The part it plays, in a word: 所列, 对照.
    #[must_use]
    pub fn role(&self, language: Language) -> &'static str {
        match (self.part, self.weight.is_sign_negative()) {
            (Part::Found, false) => say(language, "所列", "stated"),
            (Part::Base, false) => say(language, "基数", "base"),
            (Part::Factor, _) => say(language, "因数", "factor"),
            (Part::Part, false) => say(language, "对照", "against"),
            (_, true) => say(language, "减去", "less"),
        }
    }
}

fn say(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

fn is_one<'e>(mut entries: impl Iterator<Item = &'e Contribution>) -> bool {
    entries.next().is_some_and(|entry| entry.weight == Decimal::ONE) && entries.next().is_none()
}

/// A computed number without the zeros that nobody printed.
fn shown(number: Decimal) -> Decimal {
    number.round_dp(number.scale().min(8)).normalize()
}

fn sum<'e>(entries: impl Iterator<Item = &'e Contribution>) -> String {
    let mut text = String::new();
    for entry in entries {
        let sign = if entry.weight.is_sign_negative() { '-' } else { '+' };
        let value = match entry.weight.abs() {
            one if one == Decimal::ONE => entry.value.to_string(),
            weight => format!("{} × {}", entry.value, weight.normalize()),
        };
        let negative = entry.value.is_sign_negative() && !entry.value.is_zero();
        let value = if negative { format!("({value})") } else { value };
        match (text.is_empty(), sign) {
            (true, '+') => text.push_str(&value),
            (true, _) => text = format!("-{value}"),
            (false, sign) => text.push_str(&format!(" {sign} {value}")),
        }
    }
    if text.is_empty() { "0".to_owned() } else { text }
}

fn bracketed<'e>(entries: impl Iterator<Item = &'e Contribution>) -> String {
    let text = sum(entries);
    if text.contains(' ') { format!("({text})") } else { text }
}
