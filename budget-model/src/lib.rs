//! Typed model of Chinese government budget disclosures (部门预算公开).
//!
//! The one idea of this crate: **a figure has [coordinates](Coordinates)**. `17.00` in row 201 32 99, column 项目支出, of
//! table 3 is the expenditure budget of the entity for the year, function 2013299, project expenditure, all sources, in
//! 万元, printed to 0.01. Reading a document gives every printed figure its coordinates and its [place](Place); checking a
//! document asks whether equal coordinates carry equal figures and whether parts add up to wholes.
//!
//! The crate has no I/O and no parser. Readers make a [`Disclosure`], rules and exporters take one:
//!
//! ```
//! use budget_model::{Disclosure, TableKind};
//!
//! fn project_expenditure(disclosure: &Disclosure) -> Option<String> {
//!     let table = disclosure.table(TableKind::Expenditure)?;
//!     // Only a figure of which nothing is in doubt is an answer.
//!     let figure = table.get("2101599", "project")?;
//!     Some(format!("{} {} at {:?}", figure.amount().value, table.unit, figure.place()))
//! }
//! assert_eq!(project_expenditure(&Disclosure::default()), None);
//! ```
//!
//! Amounts are exact decimals that keep their printed scale; there is no floating point, and no tolerance other than
//! the [interval](Interval) that a printed number stands for.

mod amount;
mod attachment;
mod axes;
mod cell;
mod chart;
mod code;
mod column;
mod deceptive;
mod decimal;
mod diagnostic;
mod dimensions;
mod disclosure;
mod doubts;
mod entity;
mod figure;
mod gaps;
mod holds;
mod item;
mod join;
mod kind;
mod ledger;
mod narrative;
mod nature;
mod pages;
mod performance;
mod place;
mod precision;
mod region;
mod row;
mod source;
mod sums;
mod table;
mod unseen;
mod words;

pub use amount::{Amount, Interval, Unit};
pub use attachment::Attachment;
pub use axes::{Flow, Phase, YearRef};
pub use cell::{Cell, Evidence, Placement, Unread};
pub use chart::Chart;
pub use code::{Code, CodeLevel, InvalidCode};
pub use column::{Column, Meaning, TextColumn};
pub use deceptive::is_deceptive;
pub use diagnostic::{Diagnostic, DiagnosticCode, Language, Severity};
pub use dimensions::{Coordinates, Dimensions};
pub use disclosure::{Disclosure, Required, RequiredTable, Scope, Stage};
pub use doubts::{Aspect, Doubts};
pub use entity::entity_name_key;
pub use figure::{Figure, FigureRef, Position};
pub use gaps::{Gap, Gaps};
pub use holds::Holds;
pub use item::ThreePublicItem;
pub use join::{Join, JoinBy};
pub use kind::{Classification, TableKind};
pub use ledger::Ledger;
pub use narrative::{Fact, Field, Measure, Organisation, Project, Section, SignOff, StatedAmount, Term};
pub use nature::Nature;
pub use pages::Pages;
pub use performance::{
    BudgetExecution, Indicator, IndicatorNature, IndicatorValue, Operator, PerformanceDetail, PerformanceFund,
    PerformanceKind, PerformancePurpose, PerformanceTable,
};
pub use place::{Label, Place};
pub use precision::are_converted;
pub use region::Region;
pub use row::{Role, Row, RowText, Side};
pub use rust_decimal::Decimal;
pub use source::Source;
pub use sums::Unconfirmed;
pub use table::{Identity, Table};
pub use unseen::{HiddenReason, HiddenText, UnreadPage, UnreadReason};
