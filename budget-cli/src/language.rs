//! The language of the messages.

use std::ffi::OsString;

use budget_model::Language;

/// `--lang` if it is given, else the language of the locale.
///
/// Looked up before the command line is parsed, because help and the errors of parsing depend on it.
pub(crate) fn choose(arguments: &[OsString]) -> Language {
    asked_for(arguments).unwrap_or_else(|| of_locale(locale().as_deref().unwrap_or_default()))
}

fn asked_for(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().filter_map(|argument| argument.to_str()).take_while(|word| *word != "--");
    let mut chosen = None;
    while let Some(word) = words.next() {
        let value = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        chosen = match value {
            Some("zh") => Some(Language::Chinese),
            Some("en") => Some(Language::English),
            _ => chosen,
        };
    }
    chosen
}

/// The locale of messages: that of the environment, as POSIX orders the variables, else that of the system.
fn locale() -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).or_else(sys_locale::get_locale)
}

fn of_locale(locale: &str) -> Language {
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("zh") { Language::Chinese } else { Language::English }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chinese_locale_is_chinese() {
        for locale in ["zh_CN.UTF-8", "zh-Hans-CN", "zh", "ZH_TW.Big5"] {
            assert_eq!(of_locale(locale), Language::Chinese, "{locale}");
        }
        for locale in ["", "C", "C.UTF-8", "en_US.UTF-8", "zha_CN"] {
            assert_eq!(of_locale(locale), Language::English, "{locale}");
        }
    }

    #[test]
    fn the_last_lang_option_counts_and_names_of_files_do_not() {
        let asked = |words: &[&str]| asked_for(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked(&["budget", "--lang", "zh"]), Some(Language::Chinese));
        assert_eq!(asked(&["budget", "--lang=zh", "inspect", "--lang=en"]), Some(Language::English));
        assert_eq!(asked(&["budget", "inspect", "--", "--lang=zh"]), None);
        assert_eq!(asked(&["budget", "--lang"]), None);
    }
}
