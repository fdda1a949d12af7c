//! What an annotation can be asked for, and what came of it.

use budget_model::Language;

/// How an original is annotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnotateOptions {
    /// The language of what is written besides the annotations, which have theirs. Chinese by default.
    pub language: Language,
    /// So many annotations are written, the first ones. 1,000 by default.
    pub most: usize,
}

impl Default for AnnotateOptions {
    fn default() -> Self {
        Self { language: Language::Chinese, most: 1000 }
    }
}

/// An original with annotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many annotations are marked at one place of the file or more.
    pub marked: usize,
    /// How many have no place in it that could be marked. A PDF lists them all the same.
    pub unmarked: usize,
    /// How many were left out, as there are more than [`AnnotateOptions::most`].
    pub omitted: usize,
    /// Whether the original is signed: the signature will say that the file was changed, as it was.
    pub is_signed: bool,
}
