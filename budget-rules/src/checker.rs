//! Running rules over a disclosure.

use std::collections::BTreeSet;

use budget_model::{Aspect, Decimal, Disclosure, Severity, Unit};

use crate::book::Book;
use crate::breakdown;
use crate::cause::{self, Cause};
use crate::check::{Check, Expression, Relation, Term, Values, Verdict};
use crate::checks::Checks;
use crate::defect::Defect;
use crate::digits;
use crate::figure::{FigureId, Origin, Subject};
use crate::fingerprint;
use crate::pattern::{self, Pattern};
use crate::report::{Arithmetic, Contribution, Finding, Form, Part, Report, RuleReport, Sums, Suspect};
use crate::row_slip;
use crate::rule::{Description, FINAL_ACCOUNTS, Rule, Sink};
use crate::rules::{MONEY_UNIT, RULES};
use crate::slip::{self, Slip};
use crate::text::Text;
use crate::truncation;

/// A set of rules, ready to check disclosures.
///
/// ```
/// use budget_model::Disclosure;
/// use budget_rules::Checker;
///
/// let report = Checker::new().check(&Disclosure::default());
/// assert!(report.rules.iter().any(|rule| rule.rule == "parts-do-not-add-up" && rule.checked == 0));
/// ```
#[derive(Clone)]
pub struct Checker<'r> {
    rules: Vec<&'r dyn Rule>,
    rounding: bool,
}

impl Default for Checker<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'r> Checker<'r> {
    /// All rules of this crate.
    #[must_use]
    pub fn new() -> Self {
        Self { rules: RULES.to_vec(), rounding: false }
    }

    /// No rules.
    #[must_use]
    pub fn empty() -> Self {
        Self { rules: Vec::new(), rounding: false }
    }

    /// The same rules and one more. A rule with the same id is replaced.
    #[must_use]
    pub fn with_rule(mut self, rule: &'r dyn Rule) -> Self {
        self = self.without(rule.describe().id);
        self.rules.push(rule);
        self
    }

    /// The same rules except one.
    #[must_use]
    pub fn without(mut self, id: &str) -> Self {
        self.rules.retain(|rule| rule.describe().id != id);
        self
    }

    /// With the differences that rounding explains ([`Report::rounding`]), which are no findings and otherwise left out.
    #[must_use]
    pub fn with_rounding(mut self) -> Self {
        self.rounding = true;
        self
    }

    /// What each rule says about itself.
    pub fn descriptions(&self) -> impl Iterator<Item = &'static Description> + '_ {
        self.rules.iter().map(|rule| rule.describe())
    }

    /// Checks a disclosure.
    #[must_use]
    pub fn check(&self, disclosure: &Disclosure) -> Report {
        self.check_book(&Book::new(disclosure, None))
    }

    /// Checks a disclosure, and that what it says about last year is what last year's disclosure printed.
    #[must_use]
    pub fn check_after(&self, last_year: &Disclosure, disclosure: &Disclosure) -> Report {
        self.check_book(&Book::new(disclosure, Some(last_year)))
    }

    /// The figures that take part in a check of equality. Of a figure that does not, nothing follows but that it keeps to
    /// some limit: it is stated once, or nothing is known about what it must add up to.
    #[must_use]
    pub fn covered(&self, book: &Book<'_>) -> BTreeSet<Subject> {
        let mut covered = BTreeSet::new();
        for rule in self.rules.iter().filter(|rule| rule.holds_in(book.disclosure().stage)) {
            let mut sink = Sink::default();
            rule.apply(book, &mut sink);
            let equalities = sink.checks.from(0).filter(|check| check.relation == Relation::Equal);
            let figures = equalities.flat_map(Check::figures).filter_map(|id| book.figure(id));
            covered.extend(figures.map(|figure| figure.subject));
        }
        covered
    }

    /// Checks a book.
    #[must_use]
    pub fn check_book(&self, book: &Book<'_>) -> Report {
        self.check_figures(book, None)
    }

    /// Checks a book; `note` is what is known of how its figures are printed.
    fn check_figures(&self, book: &Book<'_>, note: Option<Finding>) -> Report {
        let mut report = Report { sums: Sums::of(book.disclosure()), ..Report::default() };
        let values = Values { figures: book.figures(), changed: None };
        // There are about as many checks as figures.
        let mut checks = Checks::with_capacity(book.figures().len());
        let mut owners: Vec<&'static Description> = Vec::new();
        let mut verdicts: Vec<Verdict> = Vec::with_capacity(book.figures().len());
        for rule in &self.rules {
            let description = rule.describe();
            let mut sink = Sink::after(checks);
            match rule.holds_in(book.disclosure().stage) {
                true => rule.apply(book, &mut sink),
                false => sink.not_applicable(FINAL_ACCOUNTS),
            }
            let (mut checked, mut violated) = (sink.passed + sink.remarks.len() as u32, sink.remarks.len() as u32);
            checks = std::mem::take(&mut sink.checks);
            for check in checks.from(verdicts.len()) {
                if let Some(doubtful) = obstacle(check, book) {
                    sink.doubtful(book, doubtful);
                    verdicts.push(Verdict::Undetermined);
                    continue;
                }
                let verdict = match check.agrees_as_printed(book.figures()) {
                    true => Verdict::Exact,
                    false => digits::verdict(check, book.figures()).unwrap_or_else(|| check.evaluate(values).verdict),
                };
                checked += u32::from(verdict != Verdict::Undetermined);
                violated += u32::from(verdict.is_violation());
                verdicts.push(verdict);
            }
            owners.resize(verdicts.len(), description);
            report.findings.extend(sink.remarks.into_iter().map(|remark| {
                let suspects: Vec<_> = remark.suspects.iter().filter_map(|id| suspect(book, *id, None)).collect();
                Finding {
                    rule: description.id.to_owned(),
                    severity: description.severity,
                    message: description.message.filled_with(&remark.arguments),
                    arguments: in_chinese(&remark.arguments),
                    places: remark.places.into_iter().chain(suspects.iter().map(|suspect| suspect.place)).collect(),
                    suspects,
                    defect: remark.defect,
                    is_decided: false,
                    arithmetic: Vec::new(),
                    ..Finding::default()
                }
            }));
            report.rules.push(RuleReport {
                rule: description.id.to_owned(),
                checked,
                violated,
                undecided: sink.undecided,
                not_applicable: sink.not_applicable,
                blocked: sink.blocked,
            });
        }
        let cases = Cases { book, checks: &checks, owners: &owners, verdicts: &verdicts };
        if self.rounding {
            let rounded = verdicts.iter().enumerate().filter(|(_, verdict)| **verdict == Verdict::Rounding);
            report.rounding = rounded.filter_map(|(index, _)| cases.arithmetic(index)).collect();
        }
        let failing: Vec<bool> = verdicts.iter().map(|verdict| verdict.is_violation()).collect();
        let decided: Vec<bool> = verdicts.iter().map(|verdict| *verdict != Verdict::Undetermined).collect();
        if !book.is_cut_off()
            && let Some(pattern) = truncation::find(book, &checks, &decided, &failing)
        {
            return self.check_figures(&book.with_figures_cut_off(), cases.pattern(&pattern));
        }
        report.findings.extend(note);
        let mut open = failing;
        // What is wrong as a whole first, then what breaks many checks, then single figures.
        for step in [Step::Whole, Step::Pattern] {
            let patterns = match step {
                Step::Whole => breakdown::find(book, &checks, &decided, &open),
                Step::Pattern => pattern::find(book, &checks, &open),
            };
            if patterns.iter().any(|pattern| pattern.defect == Defect::NoSumHolds) {
                // Rows that add up in no column are no second finding.
                report.findings.retain(|finding| finding.suspects.is_empty());
            }
            // A row that no total contains need not have parts as well.
            report.findings.retain(|finding| !patterns.iter().any(|pattern| is_of_left_out(finding, pattern)));
            report.findings.extend(patterns.iter().filter_map(|pattern| cases.pattern(pattern)));
            for check in patterns.iter().flat_map(|pattern| &pattern.checks) {
                if let Some(open) = open.get_mut(*check) {
                    *open = false;
                }
            }
        }
        let causes = cause::causes(book.figures(), &checks, &verdicts, open);
        let (slips, causes) = slip::divide(causes, &checks, book.figures());
        let slips: Vec<Finding> = slips.into_iter().filter_map(|slip| cases.slip(slip)).collect();
        // That a table whose caption is wrong has another unit than the others is no second finding.
        report.findings.retain(|finding| !slips.iter().any(|slip| is_of_unit(finding, slip, book.disclosure())));
        report.findings.extend(slips);
        let (rows, causes) = row_slip::divide(book, causes);
        report.findings.extend(rows.iter().filter_map(|row| cases.pattern(row)));
        report.findings.extend(causes.into_iter().filter_map(|cause| cases.finding(cause)));
        report.findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.places.first().copied()));
        fingerprint::mark(&mut report.findings, book);
        report
    }
}

/// Whether a finding is that a row lacks parts which no total contains.
fn is_of_left_out(finding: &Finding, pattern: &Pattern) -> bool {
    let is_row = || match (finding.arguments.as_slice(), pattern.arguments.as_slice()) {
        ([title, row, ..], [whole, left_out, ..]) => *row == left_out.zh && whole.zh.starts_with(title.as_str()),
        _ => false,
    };
    pattern.defect == Defect::RowLeftOut && finding.defect == Some(Defect::RowMissing) && is_row()
}

/// What failing checks are explained by, in order.
enum Step {
    Whole,
    Pattern,
}

struct Cases<'a> {
    book: &'a Book<'a>,
    checks: &'a Checks,
    owners: &'a [&'static Description],
    verdicts: &'a [Verdict],
}

impl Cases<'_> {
    fn finding(&self, mut cause: Cause) -> Option<Finding> {
        // What cannot be true before what is only suspicious, rules that are listed first, then the shortest sum.
        cause.checks.sort_by_key(|index| {
            let verdict = self.verdicts.get(*index).map(|verdict| *verdict == Verdict::Borderline);
            let severity = self.owners.get(*index).map(|owner| std::cmp::Reverse(owner.severity));
            (verdict, severity, self.checks.get(*index).map(|check| check.figures().count()))
        });
        let owner = self.owners.get(*cause.checks.first()?)?;
        let arithmetic: Vec<_> = cause.checks.iter().filter_map(|index| self.arithmetic(*index)).collect();
        let first = arithmetic.first()?;
        let severity = match first.verdict {
            Verdict::Borderline => owner.severity.min(Severity::Warning),
            _ => owner.severity,
        };
        let arguments = vec![
            first.contributions.first().map_or(Text::same(""), Contribution::words),
            first.found.normalize().to_string().into(),
            first.expected_shown().to_string().into(),
            first.difference_shown().to_string().into(),
        ];
        let suspects: Vec<_> =
            cause.suspects.iter().filter_map(|(id, fitting)| suspect(self.book, *id, *fitting)).collect();
        // Places are those of the document that is checked.
        let is_here = |subject| !matches!(subject, Subject::LastYear(_));
        let suspected = suspects.iter().filter(|suspect| is_here(suspect.subject)).map(|suspect| suspect.place);
        let mut places: Vec<_> = suspected.collect();
        let mut known: BTreeSet<_> = places.iter().copied().collect();
        let contributions = first.contributions.iter().filter(|contribution| is_here(contribution.subject));
        places.extend(contributions.map(|contribution| contribution.place).filter(|place| known.insert(*place)));
        let message = owner.message.filled_with(&arguments);
        let (rule, is_decided) = (owner.id.to_owned(), cause.is_decided);
        // What may be rounding happened to no digit.
        let is_wrong = first.verdict != Verdict::Borderline && (is_decided || suspects.len() == 1);
        let defect = suspects.first().filter(|_| is_wrong).and_then(|suspect| {
            let copied = Defect::of_copy(self.book, suspect.subject);
            Defect::of(suspect.value, suspect.fitting?).or(copied)
        });
        Some(Finding {
            rule,
            severity,
            message,
            arguments: in_chinese(&arguments),
            places,
            defect,
            suspects,
            is_decided,
            arithmetic,
            ..Finding::default()
        })
    }

    /// One finding for all figures that differ by the same power of ten.
    fn slip(&self, slip: Slip) -> Option<Finding> {
        let count = slip.checks.len();
        let cause = Cause { suspects: Vec::new(), is_decided: false, checks: slip.checks };
        let mut finding = self.finding(cause)?;
        let first = finding.arithmetic.first()?;
        let side = |part: Part| first.contributions.iter().find(|entry| entry.part == part);
        let shown = |entry: &Contribution| format!("{} {}", entry.value, entry.unit).trim_end().to_owned();
        let (found, expected) = (side(Part::Found)?, side(Part::Part)?);
        let arguments = [
            found.words(),
            shown(found).into(),
            expected.words(),
            shown(expected).into(),
            slip.factor.to_string().into(),
            count.to_string().into(),
        ];
        let both = [found, expected].map(|entry| Suspect {
            subject: entry.subject,
            name: entry.name.clone(),
            name_en: entry.name_en.clone(),
            place: entry.place,
            value: entry.value,
            fitting: None,
        });
        finding.suspects = both.into();
        finding.defect = Some(Defect::PowerOfTen);
        finding.message = slip::MESSAGE.filled_with(&arguments);
        finding.arguments = in_chinese(&arguments);
        Some(finding)
    }

    /// One finding for everything that follows from one defect.
    fn pattern(&self, pattern: &Pattern) -> Option<Finding> {
        let suspects = pattern.suspects.clone();
        let origins: BTreeSet<_> =
            suspects.iter().filter_map(|(id, _)| self.book.figure(*id)).map(|figure| figure.subject.origin()).collect();
        // Two parts of a document that contradict each other may be wrong both.
        let is_decided = origins.len() <= 1;
        let mut finding = self.finding(Cause { suspects, is_decided, checks: pattern.checks.clone() })?;
        finding.defect = Some(pattern.defect);
        finding.severity = pattern.severity.unwrap_or(finding.severity);
        finding.message = pattern.message.filled_with(&pattern.arguments);
        finding.arguments = in_chinese(&pattern.arguments);
        Some(finding)
    }

    fn arithmetic(&self, index: usize) -> Option<Arithmetic> {
        let check = self.checks.get(index)?;
        let evaluation = check.evaluate(Values { figures: self.book.figures(), changed: None });
        let mut contributions = Vec::new();
        let mut add = |terms: &[Term], part| {
            contributions.extend(terms.iter().filter_map(|term| self.contribution(*term, part)));
        };
        add(check.found, Part::Found);
        let form = match check.expected {
            Expression::Sum(terms) => {
                add(terms, Part::Part);
                Form::Sum
            }
            Expression::Percent { part, base } => {
                add(part, Part::Part);
                add(base, Part::Base);
                Form::Percent
            }
            Expression::Product { factors, .. } => {
                add(factors, Part::Factor);
                Form::Product
            }
            Expression::Exactly(_) => Form::Number,
            Expression::Blank => Form::Blank,
        };
        Some(Arithmetic {
            rule: self.owners.get(index)?.id.to_owned(),
            found: evaluation.found,
            relation: check.relation,
            expected: evaluation.expected,
            difference: evaluation.found.saturating_sub(evaluation.expected),
            slack: evaluation.slack,
            verdict: evaluation.verdict,
            form,
            contributions,
        })
    }

    fn contribution(&self, Term { figure: id, weight }: Term, part: Part) -> Option<Contribution> {
        let figure = self.book.figure(id)?;
        let (name, name_en) = self.book.name(id).parted();
        Some(Contribution {
            subject: figure.subject,
            name,
            name_en,
            place: figure.place,
            value: figure.value,
            unit: Unit::from(figure.unit),
            weight,
            part,
        })
    }
}

/// Whether a finding says that a table is in another unit, of which a slip says by how much it differs from the others.
fn is_of_unit(finding: &Finding, slip: &Finding, disclosure: &Disclosure) -> bool {
    let contributions = slip.arithmetic.iter().flat_map(|arithmetic| &arithmetic.contributions);
    let tables = contributions.filter_map(|contribution| match contribution.subject {
        Subject::Cell(cell) => disclosure.tables.get(cell.table as usize),
        _ => None,
    });
    let mut places = tables.filter_map(|table| table.unit_place);
    finding.rule == MONEY_UNIT && places.any(|place| finding.places.contains(&place))
}

/// A figure for which a check says nothing: what is in doubt is no evidence, and amounts are compared across tables only
/// where the unit of both is known.
fn obstacle(check: Check<'_>, book: &Book<'_>) -> Option<FigureId> {
    let figures = || check.figures().filter_map(|id| Some((id, book.figure(id)?)));
    let of_unit = figures().find(|(_, figure)| figure.doubts.has(Aspect::Unit));
    let of_unit = of_unit.filter(|(_, figure)| {
        let origin = figure.subject.origin();
        origin == Origin::Text || figures().any(|(_, other)| other.subject.origin() != origin)
    });
    figures().find(|(_, figure)| figure.is_doubtful()).or(of_unit).map(|(id, _)| id)
}

/// Arguments as reports carry them.
fn in_chinese(arguments: &[Text]) -> Vec<String> {
    arguments.iter().map(|argument| argument.zh.clone().into_owned()).collect()
}

fn suspect(book: &Book<'_>, id: FigureId, fitting: Option<Decimal>) -> Option<Suspect> {
    let figure = book.figure(id)?;
    let (name, name_en) = book.name(id).parted();
    Some(Suspect { subject: figure.subject, name, name_en, place: figure.place, value: figure.value, fitting })
}
