//! Fingerprints: numbers by which a finding is known again.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use budget_model::{Decimal, Disclosure, FigureRef, Place, TableKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::book::Book;
use crate::figure::Subject;
use crate::report::{Finding, Form, Part};

/// A number by which a finding is known again in another run, another version of the file or another format of it, printed
/// as 16 hexadecimal digits.
///
/// It is made of the rule and of what the finding speaks of: of each suspect and each figure of the check that shows it best
/// its printed number and what it is a figure of by name: the kind of the table, the code or else the name of the row, the id or
/// else the words of the column; of the arguments of the message, where there is no arithmetic. Places, the file, the order of
/// the tables and the words of the message are not in it: it stays when pages and lines move and changes when a figure does.
/// Of several findings of one report that are equal in all this and stand at different places, each has a number of its own, in
/// their order.
///
/// ```
/// use budget_rules::Fingerprint;
///
/// let known: Fingerprint = "00c0ffee00c0ffee".parse().unwrap();
/// assert_eq!(known.to_string(), "00c0ffee00c0ffee");
/// assert!("c0ffee".parse::<Fingerprint>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

/// A text that is not the 16 hexadecimal digits of a [`Fingerprint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidFingerprint;

impl fmt::Display for InvalidFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fingerprint has 16 hexadecimal digits")
    }
}

impl std::error::Error for InvalidFingerprint {}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_valid = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok().filter(|_| is_valid);
        number.map(Self).ok_or(InvalidFingerprint)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Gives each finding of a report its fingerprint. The findings are in their final order.
pub(crate) fn mark(findings: &mut [Finding], book: &Book<'_>) {
    let mut known: HashMap<u64, Vec<Vec<Place>>> = HashMap::new();
    for finding in findings {
        let mut hash = Hash::default();
        describe(finding, book, &mut hash);
        let others = known.entry(hash.0).or_default();
        let number = others.iter().position(|places| *places == finding.places).unwrap_or(others.len());
        if number == others.len() {
            others.push(finding.places.clone());
        }
        if number > 0 {
            hash.part(&number.to_string());
        }
        finding.fingerprint = Fingerprint(hash.0);
    }
}

fn describe(finding: &Finding, book: &Book<'_>, hash: &mut Hash) {
    hash.part(&finding.rule);
    for suspect in &finding.suspects {
        hash.part("suspect");
        figure(suspect.subject, suspect.value, book, hash);
    }
    let Some(check) = finding.arithmetic.first() else {
        return finding.arguments.iter().for_each(|argument| hash.part(argument));
    };
    if check.form == Form::Number {
        hash.number(check.expected);
    }
    for entry in &check.contributions {
        hash.part(match entry.part {
            Part::Found => "found",
            Part::Part => "part",
            Part::Base => "base",
            Part::Factor => "factor",
        });
        figure(entry.subject, entry.value, book, hash);
    }
}

fn figure(subject: Subject, value: Decimal, book: &Book<'_>, hash: &mut Hash) {
    // What a document made by hand does not have is left out: the number still tells findings apart.
    let _ = identity(subject, book, hash);
    hash.number(value);
}

/// What a figure is a figure of, by names that do not depend on where it stands.
fn identity(subject: Subject, book: &Book<'_>, hash: &mut Hash) -> Option<()> {
    let disclosure = book.disclosure();
    match subject {
        Subject::Cell(at) => cell(disclosure, at, hash)?,
        Subject::LastYear(at) => {
            hash.part("last-year");
            cell(book.last_year()?, at, hash)?;
        }
        Subject::Project { project } => {
            hash.part("project");
            hash.part(&disclosure.projects.get(project as usize)?.name.text);
        }
        Subject::Allocation { project, .. } => {
            hash.part("allocation");
            hash.part(&disclosure.projects.get(project as usize)?.name.text);
        }
        Subject::Fact { fact } => {
            let fact = disclosure.facts.get(fact as usize)?;
            hash.part(&fact.section);
            fact.subject.iter().for_each(|subject| hash.part(subject));
            hash.part(fact.measure.as_str());
        }
        Subject::Performance { table, amount } => {
            performance(disclosure, table, hash)?;
            hash.part(amount.label());
        }
        Subject::Indicator { table, indicator } | Subject::Weight { table, indicator } => {
            performance(disclosure, table, hash)?;
            let entry = disclosure.performance.get(table as usize)?.indicators.get(indicator as usize)?;
            hash.part(&entry.name.text);
            hash.part(if matches!(subject, Subject::Weight { .. }) { "weight" } else { "value" });
        }
        Subject::Goal { table, .. } => {
            performance(disclosure, table, hash)?;
            hash.part("goal");
        }
    }
    Some(())
}

fn cell(disclosure: &Disclosure, at: FigureRef, hash: &mut Hash) -> Option<()> {
    let table = disclosure.tables.get(at.table as usize)?;
    let row = table.rows.get(at.row as usize)?;
    let column = table.columns.get(usize::from(at.column))?;
    hash.part(table.kind.as_str());
    if table.kind == TableKind::Other {
        hash.part(&table.title.text);
    }
    hash.part(row.side.map_or("", |side| side.as_str()));
    match row.code {
        Some(code) => hash.part(&code.to_string()),
        None => hash.part(&row.label.text),
    }
    hash.part(row.project.as_ref().map_or("", |project| &project.text));
    hash.part(table.unit_of(at.row).unwrap_or_default());
    hash.part(if column.id.is_empty() { &column.label } else { &column.id });
    Some(())
}

fn performance(disclosure: &Disclosure, table: u32, hash: &mut Hash) -> Option<()> {
    let table = disclosure.performance.get(table as usize)?;
    hash.part("performance");
    hash.part(table.name.as_ref().map_or("", |name| &name.text));
    Some(())
}

/// FNV-1a, because the same text must give the same number in every version of every library.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Adds a text without its white space, which formats keep or lose.
    fn part(&mut self, text: &str) {
        for one in text.chars().filter(|one| !one.is_whitespace()) {
            self.bytes(one.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.bytes(&[0]);
    }

    /// Adds a number as printed, `17.00` and `17` apart.
    fn number(&mut self, value: Decimal) {
        self.part(&value.to_string());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}
