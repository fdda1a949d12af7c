//! The report: what was checked, and what was found.

use budget_model::{Decimal, Disclosure, Language, Place, Severity, Unit};
use serde::{Deserialize, Serialize};

use crate::check::{Relation, Verdict};
use crate::defect::Defect;
use crate::figure::Subject;
use crate::fingerprint::Fingerprint;
use crate::text::Text;

/// What all rules together say about a disclosure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What each rule did, in the order of the registry.
    pub rules: Vec<RuleReport>,
    /// What is wrong, the most serious first, then by place.
    pub findings: Vec<Finding>,
    /// Which sums the tables promise, keep, or do not keep.
    #[serde(default)]
    pub sums: Sums,
    /// Differences that rounding explains: no findings, and listed only on demand
    /// ([`Checker::with_rounding`](crate::Checker::with_rounding)).
    pub rounding: Vec<Arithmetic>,
}

impl Report {
    /// The verdict: the severity of the most serious finding; `None` if there is none that is not silenced.
    #[must_use]
    pub fn verdict(&self) -> Option<Severity> {
        self.open().map(|finding| finding.severity).max()
    }

    /// The findings that are not silenced.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.silenced.is_none())
    }

    /// The number of findings of a severity that are not silenced.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.open().filter(|finding| finding.severity == severity).count()
    }

    /// The findings that are silenced, each with its reason.
    pub fn silenced(&self) -> impl Iterator<Item = (&Finding, &Silence)> {
        self.findings.iter().filter_map(|finding| Some((finding, finding.silenced.as_ref()?)))
    }

    /// Number of cases that could not be decided, because something was not read or is in doubt.
    #[must_use]
    pub fn undecided(&self) -> u32 {
        self.rules.iter().map(|rule| rule.undecided).sum()
    }

    /// Number of cases that were checked.
    #[must_use]
    pub fn checked(&self) -> u32 {
        self.rules.iter().map(|rule| rule.checked).sum()
    }
}

/// How the sums stand that the tables of a document suggest. Only those that are established are checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// They hold where they can be seen, or the form promises them.
    pub established: u32,
    /// They do not hold: this form does not promise them.
    pub contradicted: u32,
    /// Too few rows can show them, or a column of unknown meaning takes part.
    pub open: u32,
}

impl Sums {
    /// Those of the tables of a disclosure.
    #[must_use]
    pub fn of(disclosure: &Disclosure) -> Self {
        disclosure.tables.iter().fold(Self::default(), |sums, table| Self {
            established: sums.established.saturating_add(table.established_sums() as u32),
            contradicted: sums.contradicted.saturating_add(table.unconfirmed.contradicted),
            open: sums.open.saturating_add(table.unconfirmed.open),
        })
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What one rule did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleReport {
    /// The id of the rule.
    pub rule: String,
    /// Number of cases it checked. 0 means that nothing is known, not that all is well.
    pub checked: u32,
    /// Number of those that do not hold, before they are folded into findings.
    pub violated: u32,
    /// Why it does not apply, or not everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_applicable: Vec<Text>,
    /// Number of cases that could not be decided.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undecided: u32,
    /// Why cases could not be decided, with what was not read or is in doubt; not every one of many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<Text>,
}

/// Something that is wrong: one figure with everything that follows from it, or one defect without arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The number by which it is known again.
    #[serde(default)]
    pub fingerprint: Fingerprint,
    /// The id of the rule.
    pub rule: String,
    /// How serious it is.
    pub severity: Severity,
    /// The message in both languages, arguments filled in.
    pub message: Text,
    /// The arguments of the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// The places it speaks of, the most important first.
    pub places: Vec<Place>,
    /// What happened to the figure, where the numbers show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defect: Option<Defect>,
    /// The figures that may be wrong. The first is the likeliest, if the checks decide which that is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspects: Vec<Suspect>,
    /// Whether the checks say that the first suspect is likelier wrong than the others; if not, any of them may be.
    #[serde(default)]
    pub is_decided: bool,
    /// The arithmetic: the check that shows it best, then every other check that the same figure breaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arithmetic: Vec<Arithmetic>,
    /// Why it is left alone, if a person said so ([`Baseline`](crate::Baseline)). Then it does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silenced: Option<Silence>,
}

/// Why a finding is left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The reason, never empty.
    pub reason: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl Default for Finding {
    /// Of no rule, about nothing.
    fn default() -> Self {
        Self {
            fingerprint: Fingerprint::default(),
            rule: String::new(),
            severity: Severity::Info,
            message: Text::new("", ""),
            arguments: Vec::new(),
            places: Vec::new(),
            defect: None,
            suspects: Vec::new(),
            is_decided: false,
            arithmetic: Vec::new(),
            silenced: None,
        }
    }
}

impl Finding {
    /// The message in one language.
    #[must_use]
    pub fn message(&self, language: Language) -> &str {
        self.message.in_language(language)
    }
}

/// A figure that may be the wrong one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// Where it stands in the model.
    pub subject: Subject,
    /// Its name in the words of the document.
    pub name: String,
    /// The name with our words in English, where it has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Where it stands in the source.
    pub place: Place,
    /// What is printed.
    pub value: Decimal,
    /// The value with which the checks of the finding would hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitting: Option<Decimal>,
}

/// One check, with every figure that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arithmetic {
    /// The id of the rule it belongs to.
    pub rule: String,
    /// The stated side.
    pub found: Decimal,
    /// How it should relate to the other side.
    pub relation: Relation,
    /// The side it follows from.
    pub expected: Decimal,
    /// Found minus expected.
    pub difference: Decimal,
    /// The largest difference that rounding can explain.
    pub slack: Decimal,
    /// What it came to.
    pub verdict: Verdict,
    /// How the expected side is computed.
    pub form: Form,
    /// Every figure that takes part, the stated ones first.
    pub contributions: Vec<Contribution>,
}

impl Arithmetic {
    /// The expected side with about as many decimals as the printed one that it is compared with.
    #[must_use]
    pub fn expected_shown(&self) -> Decimal {
        shown(self.expected, self.found)
    }

    /// The difference with about as many decimals as the printed side.
    #[must_use]
    pub fn difference_shown(&self) -> Decimal {
        shown(self.difference, self.found)
    }
}

fn shown(computed: Decimal, printed: Decimal) -> Decimal {
    let rounded = computed.round_dp(printed.scale().max(2));
    let shown = if rounded.is_zero() { computed.round_dp(8) } else { rounded };
    shown.normalize()
}

/// How the expected side of a check is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The parts are added.
    Sum,
    /// 100 × parts ÷ bases.
    Percent,
    /// Factors are multiplied.
    Product,
    /// A number that is known exactly.
    Number,
    /// Nothing: the place is blank.
    Blank,
}

/// The part a figure plays in a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// On the stated side.
    Found,
    /// A part of the expected sum, or of a share.
    Part,
    /// The base of a percentage.
    Base,
    /// A factor of a product.
    Factor,
}

/// A figure in a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Where it stands in the model.
    pub subject: Subject,
    /// Its name in the words of the document; what is ours in it is Chinese.
    pub name: String,
    /// The name with our words in English, where it has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Where it stands in the source.
    pub place: Place,
    /// The number as printed.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// What it is multiplied with in the sum.
    pub weight: Decimal,
    /// The part it plays.
    pub part: Part,
}

impl Suspect {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        name(&self.name, self.name_en.as_deref(), language)
    }
}

impl Contribution {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        name(&self.name, self.name_en.as_deref(), language)
    }

    /// Its name in both languages.
    pub(crate) fn words(&self) -> Text {
        let of = |language| self.name(language).to_owned().into();
        Text { zh: of(Language::Chinese), en: of(Language::English) }
    }
}

fn name<'a>(zh: &'a str, en: Option<&'a str>, language: Language) -> &'a str {
    match language {
        Language::Chinese => zh,
        Language::English => en.unwrap_or(zh),
    }
}
