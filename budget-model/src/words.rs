//! The words that CSV and JSON use for the values of plain enums.

/// Gives an enum its words and the list of its values from one table, so that no value can be missing in one of them: a
/// value without a word does not compile, and the list is made of the same lines.
macro_rules! words {
    ($(#[$doc:meta])* $type:ident { $($value:ident = $word:literal,)+ }) => {
        impl $type {
            /// Every value, in the order of declaration.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$value),+];

            $(#[$doc])*
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fmt::Debug;

    use serde::Serialize;

    use crate::{Flow, Nature, Phase, Source, TableKind, ThreePublicItem, YearRef};

    /// Holds the words of values against what serde writes; their Chinese names must tell them apart as well.
    fn are_told_apart<T: Copy + Debug + Serialize>(
        all: impl IntoIterator<Item = T>,
        word: fn(T) -> &'static str,
        name: fn(T) -> &'static str,
    ) {
        let mut names = HashSet::new();
        for value in all {
            assert_eq!(serde_json::to_value(value).unwrap(), word(value), "{value:?}");
            assert!(!name(value).is_ascii() && names.insert(name(value)), "{value:?}: {}", name(value));
        }
    }

    #[test]
    fn coordinates_are_written_as_their_words_and_named_in_chinese() {
        are_told_apart(Source::ALL, Source::as_str, Source::chinese);
        are_told_apart(Nature::ALL, Nature::as_str, Nature::chinese);
        are_told_apart(ThreePublicItem::ALL, ThreePublicItem::as_str, ThreePublicItem::chinese);
        are_told_apart(Flow::ALL, Flow::as_str, Flow::chinese);
        are_told_apart(Phase::ALL, Phase::as_str, Phase::chinese);
        are_told_apart(YearRef::ALL, YearRef::as_str, YearRef::chinese);
        are_told_apart(TableKind::ALL, TableKind::as_str, TableKind::chinese);
    }
}
