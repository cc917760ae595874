//! What a key below a data key is used for.

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// A use of a pool's data key; each has keys of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Purpose {
            $($(#[$doc])* $name,)+
        }

        impl Purpose {
            /// Every purpose, in the order in which they are declared.
            pub const ALL: [Self; [$($text),+].len()] = [$(Self::$name),+];

            /// The name from which the keys are derived; it must never change.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

purposes! {
    /// Private keys that sign tokens.
    SigningKey = "signing key",
    /// Verifiers of SRP.
    SrpVerifier = "srp verifier",
    /// Shared secrets of software tokens.
    TotpSeed = "totp seed",
    /// Secrets of app clients.
    ClientSecret = "client secret",
    /// Secrets of identity providers and gateways that a pool talks to.
    ProviderSecret = "provider secret",
    /// Refresh tokens.
    RefreshToken = "refresh token",
    /// The `Session` of a challenge.
    ChallengeSession = "challenge session",
    /// The `PASSWORD_CLAIM_SECRET_BLOCK` of an SRP challenge.
    SecretBlock = "secret block",
    /// Tokens that name the next page of a list.
    PageToken = "page token",
    /// State that travels through a browser: forms, cookies, federation.
    BrowserState = "browser state",
    /// Mails and messages that wait to be sent.
    MailBody = "mail body",
    /// Names that are counted without being kept, as in the lockout table.
    NameKey = "name key",
    /// Codes that are sent by mail or message.
    CodeKey = "code key",
    /// Made-up answers for unknown names.
    UnknownUser = "unknown user",
}

impl Purpose {
    /// The place in [`Purpose::ALL`].
    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_indices_are_places() {
        let names: HashSet<_> = Purpose::ALL.iter().map(|purpose| purpose.name()).collect();
        assert_eq!(names.len(), Purpose::ALL.len());
        for (index, purpose) in Purpose::ALL.into_iter().enumerate() {
            assert_eq!(purpose.index(), index);
        }
    }
}
