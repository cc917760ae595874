//! Authenticator apps.

use poolhouse_crypto::totp::TotpSeed;
use poolhouse_model::{
    Clock as _, MfaRequirement, SecretString, Timestamp, Ttl, UserPool, UserPoolSettings,
};
use poolhouse_service::{
    AssociateSoftwareToken, FactorOwner, FactorSetting, MfaPreference, Service, ServiceError,
    VerifySoftwareToken,
};

use crate::builders::TestClient;
use crate::sign_in::SignInExt as _;
use crate::test_service::TestService;

/// An authenticator app that knows one seed.
#[derive(Debug)]
pub struct TestAuthenticator(TotpSeed);

impl TestAuthenticator {
    /// Reads the secret code as a person types it in or a camera reads it.
    /// # Panics
    /// When it is no base32.
    pub fn of(secret_code: &SecretString) -> Self {
        let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
        for letter in secret_code.expose().bytes() {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'2'..=b'7' => letter - b'2' + 26,
                _ => panic!("no letter of base32"),
            };
            bits = (bits << 5) | u32::from(value);
            count += 5;
            if count >= 8 {
                count -= 8;
                let [.., low] = (bits >> count).to_be_bytes();
                bytes.push(low);
            }
        }
        Self(TotpSeed::from_bytes(&bytes))
    }

    /// The seed.
    pub fn seed(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The code that it shows now.
    pub fn code(&self, service: &TestService) -> String {
        self.0.code_at(service.clock.now())
    }

    /// The code that it shows at an instant.
    pub fn code_at(&self, at: Timestamp) -> String {
        self.0.code_at(at)
    }

    /// Waits for the next code and gives it: the one before may have been used.
    pub fn next_code(&self, service: &TestService) -> String {
        service.clock.advance(Ttl::from_secs(30));
        self.code(service)
    }

    /// A code that it shows at no time near now.
    pub fn wrong_code(&self, service: &TestService) -> String {
        let now = service.clock.now();
        let near: Vec<String> = (0..5)
            .map(|steps| Ttl::from_secs(30 * steps))
            .map(|ttl| self.0.code_at(now.after(ttl)))
            .chain((0..5).map(|steps| {
                let millis = now.as_millis() - 30_000 * steps;
                self.0.code_at(Timestamp::from_millis(millis))
            }))
            .collect();
        let mut codes = (0..).map(|number: u32| format!("{number:06}"));
        codes
            .find(|code| !near.contains(code))
            .expect("most codes are wrong")
    }
}

impl TestService {
    /// Makes a pool whose users can set up an authenticator app.
    pub async fn mfa_pool(&self, mfa: MfaRequirement) -> UserPool {
        self.mfa_pool_with(mfa, |_| ()).await
    }

    /// Makes a pool whose users can set up an authenticator app after changing its settings.
    pub async fn mfa_pool_with(
        &self,
        mfa: MfaRequirement,
        change: impl FnOnce(&mut UserPoolSettings),
    ) -> UserPool {
        self.pool_with(|settings| {
            settings.mfa = mfa;
            settings.mfa_factors.software_token = true;
            change(settings);
        })
        .await
    }

    /// Sets up an authenticator app for a user of a pool that does not require one, and turns it
    /// on.
    /// # Panics
    /// When that is refused.
    pub async fn authenticator(&self, client: &TestClient, username: &str) -> TestAuthenticator {
        let tokens = self.tokens_of(client, username).await;
        let authenticator = self
            .set_authenticator_up(&tokens.access_token)
            .await
            .expect("the app is set up");
        let on = FactorSetting {
            is_enabled: true,
            is_preferred: true,
        };
        let preference = MfaPreference {
            software_token: Some(on),
            ..MfaPreference::default()
        };
        self.set_user_mfa_preference(tokens.access_token.expose(), preference)
            .await
            .expect("the app is turned on");
        authenticator
    }

    /// Associates an authenticator app and sends its first code.
    /// # Errors
    /// What the service answers.
    pub async fn set_authenticator_up(
        &self,
        access_token: &SecretString,
    ) -> Result<TestAuthenticator, ServiceError> {
        let owner = || FactorOwner::AccessToken(access_token.clone());
        let (authenticator, _) = associate(self, owner()).await?;
        let code = authenticator.code(self);
        verify(self, owner(), &code).await?;
        Ok(authenticator)
    }
}

/// `AssociateSoftwareToken`: the authenticator app and the session, if there is one.
/// # Errors
/// What the service answers.
pub async fn associate(
    service: &Service,
    owner: FactorOwner,
) -> Result<(TestAuthenticator, Option<SecretString>), ServiceError> {
    let associated = service
        .associate_software_token(AssociateSoftwareToken { owner })
        .await?;
    let authenticator = TestAuthenticator::of(&associated.secret_code);
    Ok((authenticator, associated.challenge_session))
}

/// `VerifySoftwareToken` without a name of the device.
/// # Errors
/// What the service answers.
pub async fn verify(
    service: &Service,
    owner: FactorOwner,
    code: &str,
) -> Result<Option<SecretString>, ServiceError> {
    service
        .verify_software_token(VerifySoftwareToken {
            owner,
            code: code.into(),
            device_name: None,
        })
        .await
}
