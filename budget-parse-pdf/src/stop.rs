//! Ending the library's work from inside it: it has no limits of its own, but it asks us at every mark it draws.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

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
}
