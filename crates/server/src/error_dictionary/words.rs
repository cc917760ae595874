//! What is said of an error, and the table that no error can be left out of.

/// What causes an error and how to mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    /// What causes it.
    pub cause: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// Makes, of one list of rows, the words of every fact of a type and samples of each.
///
/// It is a macro so that both come from the same rows: the match over the patterns has no
/// catch-all, so that a new variant does not compile without its words.
macro_rules! dictionary {
    ($fact:ty; $($pattern:pat $(if $guard:expr)? => [$($sample:expr),* $(,)?],
        $cause:literal, $remedy:literal;)+
    ) => {
        /// What causes a fact and how to mend it.
        pub(crate) fn words(fact: &$fact) -> $crate::error_dictionary::Words {
            match fact {
                $($pattern $(if $guard(fact))? => $crate::error_dictionary::Words {
                    cause: $cause,
                    remedy: $remedy,
                },)+
            }
        }

        /// Facts of every row that can be told apart.
        pub(crate) fn samples() -> Vec<$fact> {
            vec![$($($sample,)*)+]
        }
    };
}

pub(super) use dictionary;
