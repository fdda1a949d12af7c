//! What a rule is, and what it hands in.

use budget_model::{Aspect, Label, Place, Severity, Stage};

use crate::book::Book;
use crate::check::{Check, Values};
use crate::checks::Checks;
use crate::defect::Defect;
use crate::figure::FigureId;
use crate::text::Text;

/// What a rule says about itself.
///
/// The message of a rule that makes [checks](Sink::check) has the arguments `{0}` name of the first stated figure, `{1}`
/// found, `{2}` expected, `{3}` difference; the message of any other rule has the arguments that it gives itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Stable kebab-case name of the defect: `parts-do-not-add-up`.
    pub id: &'static str,
    /// Error: both cannot be true. Warning: suspicious. Info: worth knowing.
    pub severity: Severity,
    /// One line: what is wrong.
    pub title: Text,
    /// The message of a finding, with arguments.
    pub message: Text,
    /// What is compared, and when the rule does not apply.
    pub explanation: Text,
    /// A passage that has the defect.
    pub example: Text,
    /// The arguments that the message has of this passage.
    pub example_arguments: &'static [Text],
}

impl Description {
    /// The message that the example makes.
    #[must_use]
    pub fn example_message(&self) -> Text {
        self.message.filled_with(self.example_arguments)
    }
}

/// A rule: something that must hold in every disclosure to which it applies.
///
/// A rule has no state and sees the whole [`Book`]. Rules of other crates are run with
/// [`Checker::with_rule`](crate::Checker::with_rule).
///
/// ```
/// use budget_model::{Disclosure, Severity};
/// use budget_rules::{Book, Checker, Description, Rule, Sink, Text};
///
/// /// Every disclosure has a glossary.
/// struct GlossaryMissing;
///
/// impl Rule for GlossaryMissing {
///     fn describe(&self) -> &'static Description {
///         static DESCRIPTION: Description = Description {
///             id: "glossary-missing",
///             severity: Severity::Info,
///             title: Text::new("没有名词解释", "no glossary"),
///             message: Text::new("没有名词解释", "there is no glossary"),
///             explanation: Text::new("公开文本应有名词解释。", "A disclosure explains its terms."),
///             example: Text::new("（缺第四部分）", "(part four is missing)"),
///             example_arguments: &[],
///         };
///         &DESCRIPTION
///     }
///
///     fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
///         if book.disclosure().glossary.is_empty() { sink.report(&[], &[]) } else { sink.pass() }
///     }
/// }
///
/// let report = Checker::empty().with_rule(&GlossaryMissing).check(&Disclosure::default());
/// assert_eq!(report.findings[0].rule, "glossary-missing");
/// ```
pub trait Rule: Sync {
    /// What the rule says about itself.
    fn describe(&self) -> &'static Description;

    /// Whether the rule holds in budgets or final accounts. Where it does not, it is not asked, and the report says so.
    fn holds_in(&self, stage: Stage) -> bool {
        let _ = stage;
        true
    }

    /// Hands in every case of the rule, or why there is none.
    fn apply(&self, book: &Book<'_>, sink: &mut Sink);
}

/// A finding that is not arithmetic.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    pub(crate) arguments: Vec<Text>,
    pub(crate) places: Vec<Place>,
    pub(crate) suspects: Vec<FigureId>,
    pub(crate) defect: Option<Defect>,
}

/// Where a rule hands in its cases.
#[derive(Debug, Default)]
pub struct Sink {
    pub(crate) checks: Checks,
    /// Number of checks that other rules handed in.
    before: usize,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) passed: u32,
    pub(crate) not_applicable: Vec<Text>,
    pub(crate) blocked: Vec<Text>,
    pub(crate) undecided: u32,
}

impl Sink {
    /// A sink for the next rule.
    pub(crate) fn after(checks: Checks) -> Self {
        Self { before: checks.len(), checks, ..Self::default() }
    }

    /// Whether this rule has handed in a check.
    pub(crate) fn has_checks(&self) -> bool {
        self.checks.len() > self.before
    }

    /// A check over figures. Whether it holds, and which figure is wrong if it does not, is decided for all rules together.
    pub fn check(&mut self, check: Check<'_>) {
        self.checks.push(check);
    }

    /// A check over parts that the text or a performance table lists: if it does not hold and a number beside them was not
    /// read, a part may be missing or spoken of as another, and nothing is said.
    pub(crate) fn check_list(&mut self, book: &Book<'_>, check: Check<'_>) {
        let values = Values { figures: book.figures(), changed: None };
        let unread = check.figures().find_map(|figure| book.unread_beside(figure));
        match unread.filter(|_| check.evaluate(values).verdict.is_violation()) {
            Some(label) => {
                let place = label.place.describe(&book.disclosure().sheets);
                let words = Text::new("{0} 处“{1}”未能读出", "not read at {0}: {1}");
                self.blocked(words.filled(&[&place, &label.text]));
            }
            None => self.check(check),
        }
    }

    /// A case without figures that is as it should be.
    pub fn pass(&mut self) {
        self.passed += 1;
    }

    /// A case without figures that is wrong: the arguments of the message, and the places, the most important first.
    pub fn report(&mut self, arguments: &[&str], places: &[Place]) {
        self.report_words(arguments.iter().map(|argument| (*argument).into()).collect(), places);
    }

    /// The same with arguments that have words of ours, in both languages.
    pub(crate) fn report_words(&mut self, arguments: Vec<Text>, places: &[Place]) {
        self.remarks.push(Remark { arguments, places: places.to_vec(), suspects: Vec::new(), defect: None });
    }

    /// The same, of a defect that has a name.
    pub(crate) fn report_as(&mut self, defect: Defect, arguments: &[&str], places: &[Place]) {
        self.report(arguments, places);
        if let Some(remark) = self.remarks.last_mut() {
            remark.defect = Some(defect);
        }
    }

    /// A case that is wrong and is not a sum: the arguments of the message, and the figures that may be wrong, the
    /// likeliest first.
    pub fn blame(&mut self, arguments: &[&str], suspects: &[FigureId]) {
        self.blame_words(arguments.iter().map(|argument| (*argument).into()).collect(), suspects);
    }

    /// The same with arguments that have words of ours, in both languages.
    pub(crate) fn blame_words(&mut self, arguments: Vec<Text>, suspects: &[FigureId]) {
        self.remarks.push(Remark { arguments, places: Vec::new(), suspects: suspects.to_vec(), defect: None });
    }

    /// Some or all of the rule does not apply to this document, and why.
    pub fn not_applicable(&mut self, why: Text) {
        if !self.not_applicable.contains(&why) {
            self.not_applicable.push(why);
        }
    }

    /// A case that cannot be decided, and why. A check that could not run is not a pass.
    pub fn blocked(&mut self, why: Text) {
        self.undecided += 1;
        if self.blocked.len() < MOST_REASONS && !self.blocked.contains(&why) {
            self.blocked.push(why);
        }
    }

    /// A case that cannot be decided because something that was not read takes part in it, or may.
    pub(crate) fn unread(&mut self, book: &Book<'_>, table: usize, what: &Label) {
        let kind = book.disclosure().tables.get(table).map_or("", |table| table.kind.chinese());
        let place = what.place.describe(&book.disclosure().sheets);
        let words = Text::new("“{0}”{1} 处“{2}”未能读出", "not read in table {0}, at {1}: {2}");
        self.blocked(words.filled(&[kind, &place, &what.text]));
    }

    /// A case that cannot be decided because a figure is in doubt.
    pub(crate) fn doubtful(&mut self, book: &Book<'_>, figure: FigureId) {
        let Some(entry) = book.figure(figure) else { return };
        let place = entry.place.describe(&book.disclosure().sheets);
        // A figure without a doubt of its own has several columns to choose from.
        let aspects: Vec<Aspect> = entry.doubts.iter().collect();
        let aspects = if aspects.is_empty() { vec![Aspect::Column] } else { aspects };
        let aspects = Text::list(aspects.into_iter().map(aspect_name));
        let arguments = [book.name(figure), entry.value.to_string().into(), place.into(), aspects];
        let words = Text::new("{0} = {1}（{2}）存疑：{3}", "{0} = {1} ({2}) is in doubt: {3}");
        self.blocked(words.filled_with(&arguments));
    }
}

/// Why a rule of budgets says nothing in final accounts.
pub(crate) const FINAL_ACCOUNTS: Text = Text::new(
    "本文件为决算：收入、支出之间有年初、年末结转结余，正文又与预算、上年对比，此规则只适用于预算",
    "these are final accounts, where balances stand between revenue and expenditure and the text compares with other \
     amounts: the rule is one of budgets",
);

/// Reasons that are listed for one rule, at most.
const MOST_REASONS: usize = 20;

fn aspect_name(aspect: Aspect) -> Text {
    match aspect {
        Aspect::Value => Text::new("数值", "value"),
        Aspect::Row => Text::new("所在行", "row"),
        Aspect::Column => Text::new("所在栏", "column"),
        Aspect::Unit => Text::new("金额单位", "unit"),
        Aspect::Table => Text::new("所属的表", "table"),
        _ => Text::new("其他", "other"),
    }
}
