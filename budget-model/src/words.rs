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
