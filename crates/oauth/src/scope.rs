//! Scopes: what a token is good for.

/// The scope that makes a request an OpenID Connect one.
pub const OPENID: &str = "openid";
/// The scope of the profile attributes.
pub const PROFILE: &str = "profile";
/// The scope of the e-mail address.
pub const EMAIL: &str = "email";
/// The scope of the phone number.
pub const PHONE: &str = "phone";
/// The scope that opens the token-authorised operations of the API to a user.
pub const USER_ADMIN: &str = "aws.cognito.signin.user.admin";

/// Longest scope, in bytes.
/// Source: API reference, `ScopeType`.
pub const MAX_SCOPE_BYTES: usize = 256;

const EMAIL_ATTRIBUTES: [&str; 2] = ["email", "email_verified"];
const PHONE_ATTRIBUTES: [&str; 2] = ["phone_number", "phone_number_verified"];
/// Source: AWS page "The userInfo endpoint".
/// Inferred: `address`, which no other scope names, belongs here.
const PROFILE_ATTRIBUTES: [&str; 15] = [
    "name",
    "family_name",
    "given_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
    "address",
];

/// Scopes in the order they were asked for, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

/// Why scopes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// A scope is too long or holds a character that no scope has.
    #[error("a scope is malformed")]
    Malformed,
    /// A scope is unknown, or not enabled on the client.
    #[error("a scope is unknown or not enabled on the client")]
    NotAllowed,
    /// `profile`, `email` or `phone` was asked for without `openid`.
    #[error("the scopes profile, email and phone need openid")]
    OpenidMissing,
    /// No scope was asked for, and the client has none that could be granted.
    #[error("the client has no scope that could be granted")]
    NothingToGrant,
}

/// What a scope stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind<'a> {
    /// `openid`, `profile`, `email` or `phone`.
    OpenidConnect,
    /// [`USER_ADMIN`].
    UserAdmin,
    /// A scope of a resource server; the identifier may itself be a URL.
    Custom {
        /// Identifier of the resource server.
        resource_server: &'a str,
        /// Name of the scope there.
        name: &'a str,
    },
    /// Nothing that the service knows.
    Unknown,
}

impl ScopeKind<'_> {
    /// Tells what a scope stands for.
    pub fn of(scope: &str) -> ScopeKind<'_> {
        match scope {
            OPENID | PROFILE | EMAIL | PHONE => ScopeKind::OpenidConnect,
            USER_ADMIN => ScopeKind::UserAdmin,
            _ => match scope.rsplit_once('/') {
                Some((resource_server, name))
                    if !resource_server.is_empty() && !name.is_empty() =>
                {
                    ScopeKind::Custom {
                        resource_server,
                        name,
                    }
                }
                _ => ScopeKind::Unknown,
            },
        }
    }
}

impl Scopes {
    /// Reads scopes that are parted by blanks; repeated ones count once.
    /// # Errors
    /// [`ScopeError::Malformed`].
    /// Source: RFC 6749 section 3.3.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let mut scopes = Self::default();
        for scope in text.split(' ').filter(|scope| !scope.is_empty()) {
            let is_well_formed = scope.len() <= MAX_SCOPE_BYTES
                && scope
                    .bytes()
                    .all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
            if !is_well_formed {
                return Err(ScopeError::Malformed);
            }
            scopes.insert(scope);
        }
        Ok(scopes)
    }

    /// Wraps scopes that were validated where they came in; repeated ones count once.
    pub fn from_list(list: &[String]) -> Self {
        let mut scopes = Self::default();
        for scope in list {
            scopes.insert(scope);
        }
        scopes
    }

    fn insert(&mut self, scope: &str) {
        if !self.contains(scope) {
            self.0.push(scope.to_owned());
        }
    }

    /// Whether a scope is among them.
    pub fn contains(&self, scope: &str) -> bool {
        self.0.iter().any(|own| own == scope)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The scopes in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The scopes parted by blanks: the form of the `scope` claim.
    pub fn join(&self) -> String {
        self.0.join(" ")
    }

    /// Keeps the scopes for which `is_kept` holds, for example those that still exist.
    #[must_use]
    pub fn retain(mut self, is_kept: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|scope| is_kept(scope));
        self
    }

    /// Decides which scopes a user's sign-in grants: those asked for if all are `allowed`, or all
    /// that are `allowed` when none was asked for.
    /// # Errors
    /// [`ScopeError`] names the broken rule.
    /// Source: AWS page "Authorize endpoint". Inferred: a scope that is not enabled is refused
    /// rather than ignored, and so is `email` without `openid`.
    pub fn grant_to_user(requested: Option<&str>, allowed: &Self) -> Result<Self, ScopeError> {
        let granted = Self::choose(requested, allowed)?;
        let needs_openid = [PROFILE, EMAIL, PHONE]
            .iter()
            .any(|scope| granted.contains(scope));
        if requested.is_some() && needs_openid && !granted.contains(OPENID) {
            return Err(ScopeError::OpenidMissing);
        }
        Ok(granted)
    }

    /// Decides which scopes a client is granted for itself: custom ones only.
    /// # Errors
    /// [`ScopeError`] names the broken rule.
    /// Source: AWS page "Application-specific settings with app clients".
    pub fn grant_to_client(requested: Option<&str>, allowed: &Self) -> Result<Self, ScopeError> {
        let is_custom = |scope: &str| matches!(ScopeKind::of(scope), ScopeKind::Custom { .. });
        Self::choose(requested, &allowed.clone().retain(is_custom))
    }

    fn choose(requested: Option<&str>, allowed: &Self) -> Result<Self, ScopeError> {
        let requested = Self::parse(requested.unwrap_or_default())?;
        let granted = if requested.is_empty() {
            allowed.clone()
        } else {
            requested
        };
        if granted.is_empty() {
            return Err(ScopeError::NothingToGrant);
        }
        if granted.iter().all(|scope| allowed.contains(scope)) {
            Ok(granted)
        } else {
            Err(ScopeError::NotAllowed)
        }
    }
}

/// Attributes that scopes open, before the client's read permissions narrow them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeFilter {
    /// Every attribute.
    All,
    /// The named ones and `sub`.
    Named {
        /// Full names.
        names: Vec<&'static str>,
        /// Whether custom attributes are open too.
        with_custom: bool,
    },
}

impl AttributeFilter {
    /// Whether an attribute is open.
    pub fn admits(&self, attribute: &str) -> bool {
        match self {
            Self::All => true,
            Self::Named { names, with_custom } => {
                attribute == "sub"
                    || names.contains(&attribute)
                    || (*with_custom && attribute.starts_with("custom:"))
            }
        }
    }
}

/// Tells which attributes scopes open in the ID token and at `userInfo`; without `openid`, none.
/// Source: AWS pages "The userInfo endpoint" and "Scopes, M2M, and resource servers".
pub fn attributes_for(scopes: &Scopes) -> AttributeFilter {
    let has_profile = scopes.contains(PROFILE);
    let sets: [(&str, &[&'static str]); 3] = [
        (PROFILE, &PROFILE_ATTRIBUTES),
        (EMAIL, &EMAIL_ATTRIBUTES),
        (PHONE, &PHONE_ATTRIBUTES),
    ];
    let has_openid = scopes.contains(OPENID);
    if has_openid && !sets.iter().any(|(scope, _)| scopes.contains(scope)) {
        return AttributeFilter::All;
    }
    let open = sets
        .into_iter()
        .filter(|(scope, _)| has_openid && scopes.contains(scope));
    let names = open.flat_map(|(_, names)| names.iter().copied()).collect();
    AttributeFilter::Named {
        names,
        with_custom: has_openid && has_profile,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(text: &str) -> Scopes {
        Scopes::parse(text).unwrap()
    }

    const ALL: &str = "openid email phone profile aws.cognito.signin.user.admin api/read";

    #[test]
    fn scopes_keep_their_order_and_count_once() {
        assert_eq!(scopes(" openid  email openid ").join(), "openid email");
        assert!(scopes("").is_empty());
    }

    #[test]
    fn s31_malformed_scopes_are_refused() {
        let long = "x".repeat(257);
        for text in [
            "a\"b",
            "a\\b",
            "openid\temail",
            "a\nb",
            "ü",
            "a\0",
            long.as_str(),
        ] {
            assert_eq!(Scopes::parse(text), Err(ScopeError::Malformed), "{text:?}");
        }
    }

    #[test]
    fn a_custom_scope_splits_at_its_last_slash() {
        let ScopeKind::Custom {
            resource_server,
            name,
        } = ScopeKind::of("https://api.example/v1/read")
        else {
            panic!("not custom")
        };
        assert_eq!((resource_server, name), ("https://api.example/v1", "read"));
        assert_eq!(ScopeKind::of("offline_access"), ScopeKind::Unknown);
        assert_eq!(ScopeKind::of("/read"), ScopeKind::Unknown);
        assert_eq!(ScopeKind::of("api/"), ScopeKind::Unknown);
        assert_eq!(ScopeKind::of(USER_ADMIN), ScopeKind::UserAdmin);
    }

    #[test]
    fn without_a_scope_all_scopes_of_the_client_are_granted() {
        let allowed = scopes(ALL);
        assert_eq!(Scopes::grant_to_user(None, &allowed), Ok(allowed.clone()));
        assert_eq!(
            Scopes::grant_to_user(Some(" "), &allowed),
            Ok(allowed.clone())
        );
        let without_openid = scopes("email");
        assert_eq!(
            Scopes::grant_to_user(None, &without_openid),
            Ok(without_openid.clone())
        );
        let nothing = Scopes::grant_to_user(None, &Scopes::default());
        assert_eq!(nothing, Err(ScopeError::NothingToGrant));
    }

    #[test]
    fn s31_unknown_and_disabled_scopes_are_refused() {
        let allowed = scopes("openid email api/read");
        assert_eq!(
            Scopes::grant_to_user(Some("openid"), &allowed),
            Ok(scopes("openid"))
        );
        for text in [
            "openid profile",
            "offline_access",
            "openid api/write",
            "OPENID",
            "api/reader",
        ] {
            let refused = Scopes::grant_to_user(Some(text), &allowed);
            assert_eq!(refused, Err(ScopeError::NotAllowed), "{text}");
        }
        for text in ["email", "email api/read"] {
            let refused = Scopes::grant_to_user(Some(text), &allowed);
            assert_eq!(refused, Err(ScopeError::OpenidMissing), "{text}");
        }
    }

    #[test]
    fn s31_client_credentials_get_custom_scopes_only() {
        let allowed = scopes(ALL);
        assert_eq!(
            Scopes::grant_to_client(None, &allowed),
            Ok(scopes("api/read"))
        );
        for text in [
            "openid",
            USER_ADMIN,
            "api/read openid",
            "api/write",
            "profile",
        ] {
            let refused = Scopes::grant_to_client(Some(text), &allowed);
            assert_eq!(refused, Err(ScopeError::NotAllowed), "{text}");
        }
        let nothing = Scopes::grant_to_client(None, &scopes("openid email"));
        assert_eq!(nothing, Err(ScopeError::NothingToGrant));
    }

    #[test]
    fn openid_alone_opens_every_attribute() {
        for text in ["openid", "openid aws.cognito.signin.user.admin api/read"] {
            assert_eq!(
                attributes_for(&scopes(text)),
                AttributeFilter::All,
                "{text}"
            );
        }
    }

    #[test]
    fn s9_each_scope_opens_its_own_attributes_only() {
        for (text, open, shut) in [
            (
                "openid email",
                "sub email email_verified",
                "name phone_number custom:x address",
            ),
            (
                "openid phone",
                "sub phone_number phone_number_verified",
                "email name custom:x",
            ),
            (
                "openid profile",
                "sub name updated_at custom:x address",
                "email phone_number dev:x",
            ),
            ("openid email phone", "email phone_number", "name custom:x"),
            (
                "openid profile email",
                "email name custom:x",
                "phone_number",
            ),
            ("profile email", "sub", "email name custom:x"),
            ("api/read", "sub", "email name custom:x"),
        ] {
            let filter = attributes_for(&scopes(text));
            for attribute in open.split(' ') {
                assert!(filter.admits(attribute), "{text} opens {attribute}");
            }
            for attribute in shut.split(' ') {
                assert!(!filter.admits(attribute), "{text} shuts {attribute}");
            }
        }
    }
}
