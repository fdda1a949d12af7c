//! Words in two languages.

use std::borrow::Cow;

use budget_model::Language;
use serde::{Deserialize, Serialize};

/// The same words in Chinese and English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// 中文
    pub zh: Cow<'static, str>,
    /// English
    pub en: Cow<'static, str>,
}

impl Text {
    /// Words that are known when the program is written.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// Words of a document or digits, which are the same in both languages.
    #[must_use]
    pub const fn same(words: &'static str) -> Self {
        Self::new(words, words)
    }

    /// The words in one language.
    ///
    /// ```
    /// use budget_model::Language;
    /// use budget_rules::Text;
    ///
    /// let text = Text::new("{0} 应为 {1}", "{0} should be {1}").filled(&["合计", "12.50"]);
    /// assert_eq!(text.in_language(Language::Chinese), "合计 应为 12.50");
    /// ```
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }

    /// The same words with `{0}`, `{1}` … replaced by the arguments.
    #[must_use]
    pub fn filled<A: AsRef<str>>(&self, arguments: &[A]) -> Self {
        Self { zh: fill(&self.zh, arguments).into(), en: fill(&self.en, arguments).into() }
    }

    /// The same words with `{0}`, `{1}` … replaced by the arguments, each in its language.
    ///
    /// ```
    /// use budget_rules::Text;
    ///
    /// let name = Text::new("正文“合计”", "text “合计”");
    /// let text = Text::new("{0} 应为 {1}", "{0} should be {1}").filled_with(&[name, "12.50".into()]);
    /// assert_eq!(text.en, "text “合计” should be 12.50");
    /// ```
    #[must_use]
    pub fn filled_with(&self, arguments: &[Self]) -> Self {
        let of = |language| arguments.iter().map(|text| text.in_language(language)).collect::<Vec<_>>();
        Self { zh: fill(&self.zh, &of(Language::Chinese)).into(), en: fill(&self.en, &of(Language::English)).into() }
    }
}

impl Text {
    /// The Chinese words, and the English ones where they are others.
    pub(crate) fn parted(self) -> (String, Option<String>) {
        let en = (self.en != self.zh).then(|| self.en.into_owned());
        (self.zh.into_owned(), en)
    }

    /// A list of words, with the comma of each language between them.
    pub(crate) fn list(words: impl IntoIterator<Item = Self>) -> Self {
        let mut list = Self::same("");
        for (index, text) in words.into_iter().enumerate() {
            let [zh, en] = if index == 0 { [""; 2] } else { ["、", ", "] };
            list.zh.to_mut().push_str(&format!("{zh}{}", text.zh));
            list.en.to_mut().push_str(&format!("{en}{}", text.en));
        }
        list
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl From<String> for Text {
    /// Words of a document or digits, which are the same in both languages.
    fn from(words: String) -> Self {
        Self { zh: words.clone().into(), en: words.into() }
    }
}

/// One pass, so that an argument that contains `{1}` stays as it is.
fn fill<A: AsRef<str>>(template: &str, arguments: &[A]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        filled.push_str(before);
        let argument = from.find('}').and_then(|close| {
            let index: usize = from.get(1..close)?.parse().ok()?;
            Some((arguments.get(index)?.as_ref(), close))
        });
        match argument {
            Some((argument, close)) => {
                filled.push_str(argument);
                rest = from.get(close + 1..).unwrap_or_default();
            }
            None => {
                filled.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_with_braces_is_not_filled_again() {
        assert_eq!(fill("{0}-{1}-{2}-{x", &["{1}", "b"]), "{1}-b-{2}-{x");
    }
}
