//! The two streams, in colour only on a terminal.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use budget_model::{Language, is_deceptive};

use crate::exit::Exit;
use crate::messages::{self, Message};
use crate::wrap::width_of_output;

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
    /// How many cells its lines have, where they are wrapped.
    pub(crate) width: Option<usize>,
    exit: Exit,
}

impl Screen {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, out: BufWriter::new(anstream::stdout()), width: width_of_output(), exit: Exit::Done }
    }

    /// A message in the language of this screen.
    pub(crate) fn say(&self, message: Message, arguments: &[&dyn fmt::Display]) -> String {
        message.fill(self.language, arguments)
    }

    /// The exit code that the run would end with now.
    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// The run ends with at least this exit code.
    pub(crate) fn raise(&mut self, exit: Exit) {
        self.exit = self.exit.max(exit);
    }

    /// An error on the standard error; the run goes on and ends with at least this exit code.
    pub(crate) fn error(&mut self, exit: Exit, message: &str) {
        self.raise(exit);
        let label = messages::ERROR.text(self.language);
        self.line(&format!("{RED}{label}{RED:#}{}", printable(message)));
    }

    /// A remark on the standard error.
    pub(crate) fn remark(&mut self, message: &str) {
        self.line(&printable(message));
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

/// Text of a document or a file name, safe to show: control characters could drive the terminal, and others change what
/// the text around them looks like. One character stands for one, so that places in a line stay right.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) { text.replace(is_unsafe, "\u{fffd}").into() } else { text.into() }
}

/// Whether a character drives a terminal (C0, DEL, C1), turns the direction of writing, or is not seen.
fn is_unsafe(character: char) -> bool {
    character.is_control() || is_deceptive(character)
}

/// Writes results that are for programs to the standard output, complete: as they are, so that nothing is lost, but on a
/// terminal without characters that could drive it.
pub(crate) fn raw(text: &str, form: RawForm) -> io::Result<()> {
    let stdout = io::stdout();
    let shown = if stdout.is_terminal() { on_terminal(text, form) } else { text.into() };
    let mut stdout = stdout.lock();
    stdout.write_all(shown.as_bytes())?;
    stdout.flush()
}

/// What results for programs are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RawForm {
    /// JSON, which can name every character: it stays the same JSON.
    Json,
    /// Anything else.
    Lines,
}

fn on_terminal(text: &str, form: RawForm) -> Cow<'_, str> {
    let is_shown = |character: char| matches!(character, '\n' | '\r' | '\t') || !is_unsafe(character);
    if text.chars().all(is_shown) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match form {
            _ if is_shown(character) => shown.push(character),
            RawForm::Lines => shown.push('\u{fffd}'),
            RawForm::Json => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = fmt::Write::write_fmt(&mut shown, format_args!("\\u{unit:04x}"));
                }
            }
        }
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_drive_the_terminal() {
        assert_eq!(printable("合计\u{1b}[31m\n17.00"), "合计\u{fffd}[31m\u{fffd}17.00");
        assert_eq!(printable("合计 17.00"), "合计 17.00");
        for unsafe_one in ['\u{9b}', '\u{85}', '\u{202e}', '\u{2066}', '\u{200e}', '\u{61c}', '\u{200b}', '\u{feff}'] {
            assert_eq!(printable(&format!("a{unsafe_one}b")), "a\u{fffd}b");
        }
    }

    #[test]
    fn json_on_a_terminal_names_such_characters_and_stays_the_same_json() {
        let text = "\u{9b}31m\u{202e}合计\u{7f}\u{e0041}";
        let json = serde_json::json!({ "a": text }).to_string() + "\n";
        let shown = on_terminal(&json, RawForm::Json);
        assert!(shown.contains("\\u009b") && !shown.chars().any(|one| one != '\n' && is_unsafe(one)), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap()["a"], text);
        assert_eq!(on_terminal("a,b\u{9b}\r\n", RawForm::Lines), "a,b\u{fffd}\r\n");
    }
}
