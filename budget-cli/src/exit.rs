//! Exit codes.

use std::process::ExitCode;

/// How a run ended. Of several, the largest applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Everything was done.
    #[default]
    Done = 0,
    /// A check found something.
    Findings = 1,
    /// An input could not be read; the others were.
    Unread = 2,
    /// The command line is wrong, or an output could not be written.
    Failed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
