//! Rules over budget disclosures: every identity that must hold, with the arithmetic shown.
//!
//! A [`Checker`] runs [rules](RULES) over a [`Disclosure`](budget_model::Disclosure) and makes a [`Report`]: what was
//! checked, what does not apply and why, and what was [found](Finding). Most rules are general. They say that figures with
//! equal coordinates are equal and that parts add up to wholes, and hand in [checks](Check); which of the figures in a
//! failing check is the wrong one follows from all checks together.
//!
//! ```
//! use budget_model::{Disclosure, Language};
//! use budget_rules::Checker;
//!
//! fn print(disclosure: &Disclosure) {
//!     for finding in &Checker::new().check(disclosure).findings {
//!         println!("{} {}", finding.rule, finding.message(Language::Chinese));
//!     }
//! }
//! # print(&Disclosure::default());
//! ```
//!
//! There is no tolerance: a printed figure stands for the interval of values that print like it, and rounding explains
//! exactly as much as the intervals allow. Only roundings that nobody sees are left out: of groups that are sums of rounded items,
//! and one unit of the last decimal between the totals of two tables.

mod agreement;
mod apart;
#[cfg(feature = "baseline")]
mod baseline;
mod blank;
mod book;
mod breakdown;
mod carried;
mod cause;
mod check;
mod checker;
mod checks;
mod comparison;
mod counting;
mod defect;
mod digits;
mod facts;
mod family;
mod figure;
mod fingerprint;
mod grid;
mod identities;
mod key;
mod name;
mod numbering;
mod pattern;
mod projects;
mod prose;
mod render;
mod report;
mod row_slip;
mod rule;
mod rules;
mod same_money;
mod slip;
mod sources;
mod statements;
mod text;
mod topic;
mod truncation;
mod words;

#[cfg(feature = "baseline")]
pub use baseline::{Baseline, BaselineEntry, BaselineError, BaselineErrorKind, Fates, to_baseline};
pub use book::Book;
pub use check::{Check, Evaluation, Expression, Relation, Term, Verdict};
pub use checker::Checker;
pub use comparison::{ColumnChange, Comparison, FigureChange, Head, Presence, Printed, RowChange, TableChange, Totals};
pub use defect::Defect;
pub use figure::{Figure, FigureId, PerformanceAmount, Rounding, Subject};
pub use fingerprint::{Fingerprint, InvalidFingerprint};
pub use key::Key;
pub use prose::{Number, numbers};
#[cfg(feature = "sarif")]
pub use render::{SarifDocument, SarifLog, SarifResults};
pub use render::{TextReport, reference, to_csv};
pub use report::{Arithmetic, Contribution, Finding, Form, Part, Report, RuleReport, Silence, Sums, Suspect};
pub use rule::{Description, Rule, Sink};
pub use rules::RULES;
pub use sources::Sources;
pub use statements::Statements;
pub use text::Text;
pub use topic::{Topic, Topics};
