//! Ctrl-C and the signals that ask a program to end.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on such a signal does not kill the program: the run ends by itself and leaves nothing that is half written.
/// A second one ends it at once.
pub(crate) fn listen() {
    // Without a handler a signal kills the program; then temporary files stay behind, which is all that is lost.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
}

/// Whether the run was asked to end.
pub(crate) fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
