//! The two streams, in colour only on a terminal.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufWriter, Stdout, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use budget_model::Language;

use crate::exit::Exit;
use crate::messages::{self, Message};

/// Headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// What is there but matters less.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// Errors.
pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
/// Warnings and what is not certain.
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
/// What is worth knowing.
pub(crate) const CYAN: Style = AnsiColor::Cyan.on_default().bold();
/// What is complete.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default().bold();

/// Where results and messages go, and the language of both.
pub(crate) struct Screen {
    /// The language of the messages.
    pub(crate) language: Language,
    /// The standard output.
    pub(crate) out: BufWriter<AutoStream<Stdout>>,
    exit: Exit,
}

impl Screen {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, out: BufWriter::new(anstream::stdout()), exit: Exit::Done }
    }

    /// A message in the language of this screen.
    pub(crate) fn say(&self, message: Message, arguments: &[&dyn fmt::Display]) -> String {
        message.fill(self.language, arguments)
    }

    /// The run ends with at least this exit code.
    pub(crate) fn raise(&mut self, exit: Exit) {
        self.exit = self.exit.max(exit);
    }

    /// An error on the standard error; the run goes on and ends with at least this exit code.
    pub(crate) fn error(&mut self, exit: Exit, message: &str) {
        self.raise(exit);
        let label = messages::ERROR.text(self.language);
        self.line(&format!("{RED}{label}{RED:#}{message}"));
    }

    /// A remark on the standard error.
    pub(crate) fn remark(&mut self, message: &str) {
        self.line(message);
    }

    fn line(&mut self, line: &str) {
        // Results before messages that come later. When neither can be shown there is nobody to tell.
        let _ = self.out.flush();
        let _ = writeln!(anstream::stderr(), "{line}");
    }

    /// Ends the run. A reader of the output that went away (`| head`) is no error.
    pub(crate) fn finish(mut self, result: io::Result<()>) -> Exit {
        if let Err(error) = result.and_then(|()| self.out.flush())
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            let message = self.say(messages::STANDARD_OUTPUT_FAILED, &[&error]);
            self.error(Exit::Failed, &message);
        }
        self.exit
    }
}

/// Text of a document or a file name, safe to show: control characters could drive the terminal.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_unsafe = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.chars().any(is_unsafe) { text.replace(is_unsafe, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_drive_the_terminal() {
        assert_eq!(printable("合计\u{1b}[31m\n17.00"), "合计\u{fffd}[31m\u{fffd}17.00");
        assert_eq!(printable("合计 17.00"), "合计 17.00");
    }
}
