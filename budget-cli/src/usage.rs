//! Mistakes in the command line, in Chinese.

use std::io::Write;

use budget_model::Language;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::exit::Exit;
use crate::messages::{self, Message};
use crate::screen::{RED, printable};

/// Shows an error of parsing, which may be the help that was asked for.
pub(crate) fn show(error: &Error, language: Language) -> Exit {
    let shown = match describe(error) {
        Some(text) if language == Language::Chinese => {
            let label = messages::ERROR.text(language);
            writeln!(anstream::stderr(), "{RED}{label}{RED:#}{}", printable(&text))
        }
        _ => error.print().and_then(|()| std::io::stdout().flush()),
    };
    if let Err(failed) = shown
        && failed.kind() != std::io::ErrorKind::BrokenPipe
    {
        // Help that cannot be printed was not given; if this cannot be said either, the exit code says it.
        let message = messages::STANDARD_OUTPUT_FAILED.fill(language, &[&failed]);
        let _ = writeln!(anstream::stderr(), "{RED}{}{RED:#}{message}", messages::ERROR.text(language));
        return Exit::Failed;
    }
    // Help and the version are what was asked for; anything else is a mistake.
    if error.use_stderr() { Exit::Failed } else { Exit::Done }
}

/// The common mistakes in Chinese; the rest is left to clap, which knows English.
fn describe(error: &Error) -> Option<String> {
    let part = |kind| {
        let text = error.get(kind).map(|value| match value {
            ContextValue::Strings(words) => words.join("、"),
            other => other.to_string(),
        });
        text.filter(|text| !text.is_empty())
    };
    let fill = |message: Message, parts: &[&str]| {
        let parts: Vec<&dyn std::fmt::Display> = parts.iter().map(|part| part as _).collect();
        message.fill(Language::Chinese, &parts)
    };
    let argument = part(ContextKind::InvalidArg).unwrap_or_default();
    let mut text = match error.kind() {
        ErrorKind::MissingRequiredArgument => fill(messages::ARGUMENT_MISSING, &[&argument]),
        ErrorKind::UnknownArgument => fill(messages::ARGUMENT_UNKNOWN, &[&argument]),
        ErrorKind::ArgumentConflict => {
            fill(messages::ARGUMENTS_CONFLICT, &[&argument, &part(ContextKind::PriorArg).unwrap_or_default()])
        }
        ErrorKind::InvalidValue => {
            let valid = part(ContextKind::ValidValue).unwrap_or_default();
            match part(ContextKind::InvalidValue) {
                Some(value) => fill(messages::VALUE_INVALID, &[&argument, &value, &valid]),
                None => fill(messages::VALUE_MISSING, &[&argument]),
            }
        }
        ErrorKind::WrongNumberOfValues => {
            let number = |kind| part(kind).unwrap_or_default();
            let (needed, given) = (number(ContextKind::ExpectedNumValues), number(ContextKind::ActualNumValues));
            fill(messages::VALUES_NUMBER, &[&argument, &needed, &given])
        }
        ErrorKind::MissingSubcommand => {
            fill(messages::COMMAND_MISSING, &[&part(ContextKind::ValidSubcommand).unwrap_or_default()])
        }
        ErrorKind::InvalidSubcommand => {
            fill(messages::COMMAND_UNKNOWN, &[&part(ContextKind::InvalidSubcommand).unwrap_or_default()])
        }
        _ => return None,
    };
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(suggestion) = suggestions.into_iter().find_map(part) {
        text += &fill(messages::PERHAPS, &[&suggestion]);
    }
    Some(text + messages::SEE_HELP.text(Language::Chinese))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::args;

    #[test]
    fn the_common_mistakes_are_described_with_the_words_of_the_user() {
        for (words, expected) in [
            (&["budget", "extract"][..], "缺少参数：<FILE>..."),
            (&["budget", "extract", "a", "--redact"], "没有选项 --redact（是否指 --redact-contacts？）"),
            (&["budget", "extract", "a", "--to", "pdf"], "--to <FORMAT> 不接受“pdf”，可用：json、csv、xlsx"),
            (&["budget", "extract", "a", "--to"], "--to <FORMAT> 需要一个值"),
            (&["budget", "--lang", "zh"], "需要一个命令：extract、inspect、check、diff"),
            (&["budget", "diff", "a", "b", "c"], "的个数不对：需要 2 个，给出 3 个"),
            (&["budget", "inspct"], "没有命令 inspct（是否指 inspect？）"),
            (&["budget", "inspect", "a", "--tables", "--unread"], "不能同时使用"),
        ] {
            let words: Vec<_> = words.iter().map(OsString::from).collect();
            let error = args::parse(&words, Language::Chinese).unwrap_err();
            let text = describe(&error).unwrap();
            assert!(text.contains(expected) && text.ends_with("；用 --help 查看帮助"), "{text}");
        }
    }
}
