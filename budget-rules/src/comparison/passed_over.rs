//! What of a document was not read: something that is missing may stand there.

use budget_model::{Code, DiagnosticCode, Disclosure, Label};

use super::text_of;

/// Lines that are looked through. With more of them, anything may have been passed over.
const MOST_LINES: usize = 500;

/// What of a document was not read.
pub(super) struct PassedOver {
    lines: Vec<String>,
    /// Too much was not read to be looked through, whole pages, or a table.
    is_wide: bool,
}

impl PassedOver {
    pub(super) fn of(disclosure: &Disclosure) -> Self {
        let ledger = &disclosure.ledger;
        let has_unknown = disclosure.diagnostics.iter().any(|one| one.code == DiagnosticCode::TableUnknown);
        let is_wide =
            has_unknown || !disclosure.is_complete() || ledger.unlisted > 0 || ledger.unread.len() > MOST_LINES;
        let lines = if is_wide { Vec::new() } else { ledger.unread.iter().map(text_of).collect() };
        Self { lines, is_wide }
    }

    /// Whether something of this code or name may have been passed over.
    pub(super) fn may_hold(&self, code: Option<Code>, name: &Label) -> bool {
        let name = text_of(name);
        let code = code.map(|code| code.to_string());
        let has = |line: &String, words: &str| !words.is_empty() && line.contains(words);
        self.is_wide || self.lines.iter().any(|line| has(line, &name) || has(line, code.as_deref().unwrap_or_default()))
    }
}
