//! The `prompt` parameter.

/// A value of `prompt` that is known.
/// Source: OpenID Connect Core section 3.1.2.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptValue {
    /// `none`: no page may be shown.
    None,
    /// `login`: the user must sign in again.
    Login,
    /// `select_account`: only means something to an identity provider.
    SelectAccount,
    /// `consent`: only means something to an identity provider.
    Consent,
}

/// What the application wishes to be asked of the user; empty when it wishes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt(Vec<PromptValue>);

/// `none` came together with another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromptContradiction;

impl PromptValue {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::SelectAccount => "select_account",
            Self::Consent => "consent",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Login, Self::SelectAccount, Self::Consent]
            .into_iter()
            .find(|value| value.as_str() == text)
    }
}

impl Prompt {
    /// Reads values that are parted by blanks; unknown ones are ignored.
    /// # Errors
    /// [`PromptContradiction`].
    pub fn parse(text: &str) -> Result<Self, PromptContradiction> {
        let prompt = Self(text.split(' ').filter_map(PromptValue::parse).collect());
        if prompt.is_none() && prompt.0.iter().any(|value| *value != PromptValue::None) {
            return Err(PromptContradiction);
        }
        Ok(prompt)
    }

    /// Whether no page may be shown.
    pub fn is_none(&self) -> bool {
        self.0.contains(&PromptValue::None)
    }

    /// Whether the user must sign in again although the browser session holds.
    pub fn requires_login(&self) -> bool {
        self.0.contains(&PromptValue::Login)
    }

    /// What is passed on to an identity provider: every value but `none`; `None` if nothing is.
    /// Source: AWS page "Authorize endpoint".
    pub fn forwarded(&self) -> Option<String> {
        let passed = self.0.iter().filter(|value| **value != PromptValue::None);
        let texts: Vec<&str> = passed.map(|value| value.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_values_can_come_together() {
        let prompt = Prompt::parse("login consent").unwrap();
        assert!(prompt.requires_login());
        assert!(!prompt.is_none());
        assert_eq!(prompt.forwarded().as_deref(), Some("login consent"));
    }

    #[test]
    fn s20_none_comes_alone() {
        let prompt = Prompt::parse("none").unwrap();
        assert!(prompt.is_none());
        assert_eq!(prompt.forwarded(), None);
        for text in ["none login", "consent none", "login none select_account"] {
            assert_eq!(Prompt::parse(text), Err(PromptContradiction), "{text}");
        }
    }

    #[test]
    fn unknown_values_are_ignored() {
        assert_eq!(Prompt::parse("create LOGIN"), Ok(Prompt::default()));
    }
}
