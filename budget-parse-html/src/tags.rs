//! The tags and the text of a page, one after the other.

use std::collections::BTreeMap;

use budget_document::{Clock, Limits, ReadError};
use html5gum::{DefaultEmitter, HtmlString, Spanned, Token, Tokenizer};

use crate::flow::Item;
use crate::tree::Tree;

/// Tokens between two looks at the clock.
const TOKENS: usize = 1 << 14;

/// What stands on a page.
pub(crate) fn items(page: &str, limits: &Limits, clock: &Clock) -> Result<Vec<Item>, ReadError> {
    let mut emitter = DefaultEmitter::default();
    // Within `<script>` and the like tags are text.
    emitter.naively_switch_states(true);
    let mut tree = Tree::new(limits);
    for (count, token) in Tokenizer::new_with_emitter(page, emitter).enumerate() {
        if count % TOKENS == 0 {
            clock.check()?;
        }
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => tree.start(&tag.name, &Attributes(tag.attributes))?,
            Token::EndTag(tag) => tree.end(&tag.name)?,
            Token::String(text) => tree.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    tree.finish()
}

/// The attributes of a tag.
pub(crate) struct Attributes(BTreeMap<HtmlString, Spanned<HtmlString, ()>>);

impl Attributes {
    /// Those of a tag that is not written.
    pub(crate) fn none() -> Self {
        Self(BTreeMap::new())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name.as_bytes()).and_then(|value| std::str::from_utf8(value).ok())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name.as_bytes())
    }
}
