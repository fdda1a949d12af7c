//! What one search may cost, out of the work of its document.

use crate::work::Work;

/// Most steps of one search; beyond it, nothing is excluded.
const MOST_STEPS: usize = 20_000;

/// Options that are looked at in the time of one step.
const CHEAP: usize = 64;

/// What a step costs the document.
const STEP: usize = 8;

/// What a search has left.
pub(super) struct Steps<'w> {
    left: usize,
    work: &'w mut Work,
}

impl<'w> Steps<'w> {
    pub(super) fn new(work: &'w mut Work) -> Self {
        Self { left: MOST_STEPS, work }
    }

    /// Pays for steps. `None`: the search is to be given up.
    pub(super) fn take(&mut self, steps: usize) -> Option<()> {
        self.left = self.left.checked_sub(steps)?;
        self.work.take(steps.saturating_mul(STEP))
    }

    /// Pays for looking at options, many of which cost what a step does.
    pub(super) fn look(&mut self, options: usize) -> Option<()> {
        self.left = self.left.checked_sub(options / CHEAP)?;
        self.work.take(options)
    }

    /// Pays for what only the document bounds.
    pub(super) fn work(&mut self, units: usize) -> Option<()> {
        self.work.take(units)
    }

    /// Counts steps that were paid for already; the search may end with them.
    pub(super) fn count(&mut self, steps: usize) {
        self.left = self.left.saturating_sub(steps);
    }
}
