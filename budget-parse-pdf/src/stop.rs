//! Ending the library's work from inside it: it has no limits of its own, but it asks us at every mark it draws.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use budget_document::Limits;

use crate::page::Page;

/// The page holds more than allowed.
pub(crate) struct Stop;

/// Why some work did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was more than allowed.
    TooMuch,
    /// The library met something it cannot deal with.
    Broken,
}

impl Stop {
    /// Ends the work that [`guarded`] began. Nothing is printed, unlike for a panic.
    pub(crate) fn end() -> ! {
        resume_unwind(Box::new(Self))
    }
}

/// Does some work that may be ended, or may meet a panic of the library. What it touched must not be used afterwards.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Ended> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|cause| if cause.is::<Stop>() { Ended::TooMuch } else { Ended::Broken })
}

/// What a document may hold; drawing ends where it holds more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// Most glyphs, lines and boxes.
    pub(crate) marks: usize,
    /// Most drawing operations.
    pub(crate) operations: usize,
}

impl Room {
    /// What a document of so many bytes may hold. Honest files say more of what they draw than this.
    pub(crate) fn for_file(bytes: usize, limits: &Limits) -> Self {
        let most = bytes.saturating_mul(4).saturating_add(1_000_000);
        Self { marks: most.min(limits.cells.saturating_mul(MARKS_PER_CELL)), operations: most }
    }

    /// What is left of it when a page is drawn.
    pub(crate) fn take(&mut self, page: &Page) {
        self.marks = self.marks.saturating_sub(page.marks());
        self.operations = self.operations.saturating_sub(page.operations);
    }
}

/// How many glyphs, lines and boxes a document may have for each cell that it may have.
const MARKS_PER_CELL: usize = 10;

/// How many comparisons a document may still take, where each thing is compared with many others. What needs more is no page of
/// a document but made to keep us busy.
#[derive(Debug)]
pub(crate) struct Effort(u64);

impl Effort {
    /// What a file of so many bytes may take.
    pub(crate) fn for_file(bytes: usize) -> Self {
        Self((bytes as u64).saturating_mul(100).saturating_add(100_000_000))
    }

    /// Takes some; ends the work if there are no more.
    pub(crate) fn spend(&mut self, comparisons: usize) {
        self.0 = self.0.checked_sub(comparisons as u64).unwrap_or_else(|| Stop::end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_where_it_is_told_to() {
        assert_eq!(guarded(|| 17), Ok(17));
        assert_eq!(
            guarded(|| if true {
                Stop::end()
            }),
            Err(Ended::TooMuch)
        );
    }

    #[test]
    fn work_that_takes_too_many_comparisons_ends() {
        let mut effort = Effort(100);
        assert_eq!(guarded(|| (0..10).for_each(|_| effort.spend(10))), Ok(()));
        assert_eq!(guarded(|| effort.spend(1)), Err(Ended::TooMuch));
    }
}
