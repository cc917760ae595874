//! Second factors: what a pool lets its users set up, and what a user has set up.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::{Sub, UserPoolId};

/// What a pool says of second factors, beside whether they are asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MfaFactors {
    /// Whether users can set up an authenticator app.
    pub software_token: bool,
    /// Whether codes may come by SMS. No code is sent yet, so a sign-in that would need one is
    /// refused.
    pub sms: bool,
    /// Texts of codes that come by mail, as they were set; `None` where none may. No code is sent
    /// yet, so a sign-in that would need one is refused.
    pub email: Option<Value>,
    /// Settings of passkeys, as they were set. Nobody can register one yet.
    pub web_authn: Option<Value>,
}

/// A kind of second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MfaFactor {
    /// Codes of an authenticator app.
    SoftwareToken,
}

impl MfaFactor {
    /// The text it is stored as.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SoftwareToken => "software_token",
        }
    }

    /// Reads the text it is stored as.
    pub fn parse(text: &str) -> Option<Self> {
        (text == Self::SoftwareToken.as_str()).then_some(Self::SoftwareToken)
    }
}

/// The second factors of a user.
#[derive(Clone, Debug, PartialEq)]
pub struct UserMfa {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The user.
    pub sub: Sub,
    /// The authenticator app that was set up.
    pub software_token: Option<SoftwareToken>,
    /// The sealed seed of an authenticator app that waits for its first code; setting it up
    /// replaces [`UserMfa::software_token`].
    pub pending_seed: Option<SealedSeed>,
    /// Factors that are asked for at a sign-in.
    pub enabled: Vec<MfaFactor>,
    /// The factor that is asked for first.
    pub preferred: Option<MfaFactor>,
    /// Rises by one with each change but that of the last step; guards writes. Zero before the
    /// first.
    pub version: i64,
}

/// Which second factors a user turned on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MfaSettings {
    /// The factors that are asked for.
    pub enabled: Vec<MfaFactor>,
    /// The one that is asked for first.
    pub preferred: Option<MfaFactor>,
}

/// An authenticator app that was set up.
#[derive(Clone, Debug, PartialEq)]
pub struct SoftwareToken {
    /// Its sealed seed.
    pub sealed_seed: SealedSeed,
    /// What its owner calls it.
    pub device_name: Option<String>,
    /// The step of the last code that was taken: no code of it or of an earlier one works again.
    pub last_step: i64,
}

/// A sealed seed; `Debug` prints nothing of it.
#[derive(Clone, PartialEq)]
pub struct SealedSeed(pub Vec<u8>);

impl std::fmt::Debug for SealedSeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedSeed(..)")
    }
}

impl UserMfa {
    /// What a user has before anything was set up.
    pub fn none(pool_id: UserPoolId, sub: Sub) -> Self {
        Self {
            pool_id,
            sub,
            software_token: None,
            pending_seed: None,
            enabled: Vec::new(),
            preferred: None,
            version: 0,
        }
    }

    /// Whether a factor is asked for at a sign-in.
    pub fn is_enabled(&self, factor: MfaFactor) -> bool {
        self.enabled.contains(&factor)
    }

    /// Asks for a factor from now on.
    pub fn enable(&mut self, factor: MfaFactor) {
        if !self.is_enabled(factor) {
            self.enabled.push(factor);
        }
    }

    /// Asks for a factor no longer; it is not the preferred one either.
    pub fn disable(&mut self, factor: MfaFactor) {
        self.enabled.retain(|enabled| *enabled != factor);
        self.preferred = self.preferred.filter(|preferred| *preferred != factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_that_is_turned_off_is_not_preferred() {
        let mut mfa = UserMfa::none(UserPoolId::new("p"), Sub::new("s"));
        mfa.enable(MfaFactor::SoftwareToken);
        mfa.enable(MfaFactor::SoftwareToken);
        mfa.preferred = Some(MfaFactor::SoftwareToken);
        assert_eq!(mfa.enabled, [MfaFactor::SoftwareToken]);
        mfa.disable(MfaFactor::SoftwareToken);
        assert_eq!((mfa.enabled.len(), mfa.preferred), (0, None));
    }

    #[test]
    fn a_stored_name_leads_back_to_its_factor() {
        let factor = MfaFactor::SoftwareToken;
        assert_eq!(MfaFactor::parse(factor.as_str()), Some(factor));
        assert_eq!(MfaFactor::parse("sms"), None);
    }

    #[test]
    fn what_an_earlier_release_stored_reads_as_no_factor() {
        let factors: MfaFactors = serde_json::from_str("{}").unwrap();
        assert_eq!(factors, MfaFactors::default());
    }
}
