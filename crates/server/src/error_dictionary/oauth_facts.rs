//! Causes and remedies of what the endpoints of a pool's domain refuse.

/// The authorization endpoint, and `/logout` where it meets the same facts.
pub(crate) mod authorization {
    use poolhouse_oauth::authorization_error::AuthorizationError as Fact;
    use poolhouse_oauth::parameters::{DuplicateParameter, ParametersError};
    use poolhouse_oauth::scope::ScopeError;

    use crate::error_dictionary::words::dictionary;

    dictionary! { Fact;
        Fact::Parameters(_) => [
            Fact::Parameters(ParametersError::TooLong), Fact::Parameters(ParametersError::TooMany),
        ],
            "The query or the form is longer, or has more parameters, than the endpoint reads.",
            "Send fewer or shorter parameters: state is the one that grows.";
        Fact::DuplicateParameter(_) => [
            Fact::DuplicateParameter(DuplicateParameter("{name}")),
            Fact::DuplicateParameter(DuplicateParameter("client_id")),
            Fact::DuplicateParameter(DuplicateParameter("redirect_uri")),
        ],
            "A parameter came twice; which of the two counts would be a guess.",
            "Send each parameter once.";
        Fact::ClientIdMissing => [Fact::ClientIdMissing],
            "The request names no client.",
            "Send client_id: the start page lists every client.";
        Fact::ClientUnknown => [Fact::ClientUnknown],
            "This server, or the pool of this domain, has no client of that id.",
            "Check client_id against the start page. On a pool's own domain only its own clients are known.";
        Fact::RedirectUriMissing => [Fact::RedirectUriMissing],
            "redirect_uri did not come, or a logout_uri that is not registered.",
            "Send redirect_uri (at sign-out: logout_uri). At sign-in it may only be left out when the client has one callback URL or a DefaultRedirectURI.";
        Fact::RedirectUriNotRegistered => [Fact::RedirectUriNotRegistered],
            "redirect_uri is none of the client's CallbackURLs (at sign-out: LogoutURLs).",
            "Add it to the client's CallbackURLs exactly as it was sent, or send one of those. Scheme, host, port, path and trailing slash all count.";
        Fact::NoIdentityProvider => [Fact::NoIdentityProvider],
            "SupportedIdentityProviders of the client is empty, so that there is no way to sign in.",
            "Name COGNITO in the client's SupportedIdentityProviders: the page offers only what is listed there.";
        Fact::RequestObjectUnsupported => [Fact::RequestObjectUnsupported],
            "The parameter request came, which is not served.",
            "Send the parameters one by one.";
        Fact::RequestUriUnsupported => [Fact::RequestUriUnsupported],
            "The parameter request_uri came, which is not served and never fetched.",
            "Send the parameters one by one.";
        Fact::ResponseTypeMissing => [Fact::ResponseTypeMissing],
            "The request does not say which flow it starts.",
            "Send response_type: code or token.";
        Fact::ResponseTypeUnsupported => [Fact::ResponseTypeUnsupported],
            "response_type is neither code nor token.",
            "Send code; mixed types such as code id_token are not served, as at the service.";
        Fact::GrantNotAllowed => [Fact::GrantNotAllowed],
            "The client's AllowedOAuthFlows do not list the flow, or AllowedOAuthFlowsUserPoolClient is off.",
            "Turn it on and list code (or implicit for token) with UpdateUserPoolClient.";
        Fact::CodeChallengeWithoutMethod => [Fact::CodeChallengeWithoutMethod],
            "code_challenge came alone.",
            "Send code_challenge_method=S256 too.";
        Fact::CodeChallengeMethodWithoutChallenge => [Fact::CodeChallengeMethodWithoutChallenge],
            "code_challenge_method came alone.",
            "Send code_challenge too, or neither.";
        Fact::CodeChallengeMethodUnsupported => [Fact::CodeChallengeMethodUnsupported],
            "code_challenge_method is not S256; plain is not served.",
            "Use S256.";
        Fact::CodeChallengeMalformed => [Fact::CodeChallengeMalformed],
            "code_challenge is no base64url of 32 bytes.",
            "Send BASE64URL(SHA-256(code_verifier)) without padding: 43 characters.";
        Fact::CodeChallengeMissing => [Fact::CodeChallengeMissing],
            "The server demands PKCE of this client.",
            "Send code_challenge and code_challenge_method=S256.";
        Fact::NonceMissing => [Fact::NonceMissing],
            "The server demands a nonce where tokens come in the URL.",
            "Send a fresh nonce, and compare it with the claim of the ID token.";
        Fact::NonceMalformed => [Fact::NonceMalformed],
            "nonce holds control characters.",
            "Send letters and digits.";
        Fact::PromptContradiction => [Fact::PromptContradiction],
            "prompt asks for no page and for one at once.",
            "Send none alone.";
        Fact::MaxAgeMalformed => [Fact::MaxAgeMalformed],
            "max_age is no whole number of seconds.",
            "Send digits only, or leave it out.";
        Fact::ScopeInvalid(_) => [
            Fact::ScopeInvalid(ScopeError::NotAllowed), Fact::ScopeInvalid(ScopeError::Malformed),
            Fact::ScopeInvalid(ScopeError::OpenidMissing), Fact::ScopeInvalid(ScopeError::NothingToGrant),
        ],
            "A scope is malformed, does not exist, or is not among the client's AllowedOAuthScopes.",
            "Ask for scopes that the client has, and for openid with profile, email or phone.";
        Fact::ResourceMalformed => [Fact::ResourceMalformed],
            "resource is no absolute URL.",
            "Send a https URL, a http URL on localhost, or a URL of a custom scheme.";
        Fact::LoginRequired => [Fact::LoginRequired],
            "prompt=none was asked for and the browser has no session that is good for the request.",
            "Send the user to the authorization endpoint without prompt=none.";
    }
}

/// The token endpoint.
pub(super) mod token {
    use poolhouse_oauth::client_authentication::ClientAuthenticationError as Client;
    use poolhouse_oauth::parameters::{DuplicateParameter, ParametersError};
    use poolhouse_oauth::pkce::PkceError;
    use poolhouse_oauth::scope::ScopeError;
    use poolhouse_oauth::token_error::TokenError as Fact;

    use crate::error_dictionary::words::dictionary;

    dictionary! { Fact;
        Fact::Parameters(_) => [
            Fact::Parameters(ParametersError::TooLong), Fact::Parameters(ParametersError::TooMany),
        ],
            "The form is longer, or has more parameters, than the endpoint reads.",
            "Send fewer or shorter parameters.";
        Fact::DuplicateParameter(_)
        | Fact::ClientAuthentication(Client::DuplicateParameter(_)) => [
            Fact::DuplicateParameter(DuplicateParameter("{name}")),
        ],
            "A parameter came twice, in the form or in form and query.",
            "Send each parameter once.";
        Fact::ClientAuthentication(Client::ClientIdMissing) => [Fact::ClientAuthentication(Client::ClientIdMissing)],
            "Neither the Authorization header nor client_id names a client.",
            "Send client_id in the form, as application/x-www-form-urlencoded; a JSON body is not read.";
        Fact::ClientAuthentication(Client::ClientIdsDiffer) => [Fact::ClientAuthentication(Client::ClientIdsDiffer)],
            "The Authorization header names one client and client_id another.",
            "Leave client_id out of the form, or send the same.";
        Fact::ClientAuthentication(Client::ClientUnknown) => [Fact::ClientAuthentication(Client::ClientUnknown)],
            "This server, or the pool of this domain, has no client of that id.",
            "Compare client_id with the start page; on a pool's own domain only its own clients are known.";
        Fact::ClientAuthentication(Client::BasicMalformed) => [Fact::ClientAuthentication(Client::BasicMalformed)],
            "The Authorization header is no Basic with the Base64 of id, colon and secret.",
            "Send Basic BASE64(client_id:client_secret), or id and secret in the form.";
        Fact::ClientAuthentication(Client::SecretSentTwice) => [Fact::ClientAuthentication(Client::SecretSentTwice)],
            "The secret came in the Authorization header and in the form.",
            "Send it once, either way.";
        Fact::ClientAuthentication(Client::SecretMissing) => [Fact::ClientAuthentication(Client::SecretMissing)],
            "The client has a secret, and none came.",
            "Send it, or use a client without secret in browsers and apps.";
        Fact::ClientAuthentication(Client::SecretMismatch) => [Fact::ClientAuthentication(Client::SecretMismatch)],
            "The secret is not the client's.",
            "Compare it with DescribeUserPoolClient.";
        Fact::ClientAuthentication(Client::SecretUnexpected) => [Fact::ClientAuthentication(Client::SecretUnexpected)],
            "A secret came for a client that has none.",
            "Leave it out, or use the client that has it.";
        Fact::GrantTypeMissing => [Fact::GrantTypeMissing],
            "The form does not say which grant is exchanged.",
            "Send grant_type, and the body as application/x-www-form-urlencoded.";
        Fact::GrantTypeUnsupported => [Fact::GrantTypeUnsupported],
            "grant_type is none of authorization_code, refresh_token and client_credentials.",
            "Use one of those; for a password call InitiateAuth of the API.";
        Fact::GrantNotAllowed => [Fact::GrantNotAllowed],
            "The client's settings do not allow the grant.",
            "List code or client_credentials in AllowedOAuthFlows with UpdateUserPoolClient.";
        Fact::CodeMissing => [Fact::CodeMissing],
            "code did not come.",
            "Send the code of the redirect.";
        Fact::RedirectUriMissing => [Fact::RedirectUriMissing],
            "redirect_uri did not come.",
            "Send the one of the authorization request.";
        Fact::RefreshTokenMissing => [Fact::RefreshTokenMissing],
            "refresh_token did not come.",
            "Send the refresh token of the sign-in.";
        Fact::ClientMetadataMalformed => [Fact::ClientMetadataMalformed],
            "aws_client_metadata is no JSON object of texts.",
            "Send an object whose values are texts, or leave it out.";
        Fact::CodeUnknown => [Fact::CodeUnknown],
            "The code was never issued by this server, or its user signed out or is gone.",
            "Start the sign-in again, and send the code whole.";
        Fact::CodeExpired => [Fact::CodeExpired],
            "The code is older than five minutes.",
            "Start the sign-in again, and exchange the code at once.";
        Fact::CodeSpent => [Fact::CodeSpent],
            "The code was exchanged before; tokens of the first exchange may have ended with this.",
            "Start the sign-in again; take care that the page exchanges the code once.";
        Fact::CodeOfAnotherClient => [Fact::CodeOfAnotherClient],
            "The code was issued to another client.",
            "Send the client_id of the authorization request.";
        Fact::RedirectUriNotRegistered => [Fact::RedirectUriNotRegistered],
            "redirect_uri is none of the client's CallbackURLs.",
            "Send the one of the authorization request, exactly.";
        Fact::RedirectUriMismatch => [Fact::RedirectUriMismatch],
            "redirect_uri is registered but not the one of the authorization request.",
            "Send the one of the authorization request, exactly.";
        Fact::Pkce(PkceError::VerifierMissing) => [Fact::Pkce(PkceError::VerifierMissing)],
            "The sign-in began with a code_challenge and no code_verifier came.",
            "Keep the verifier from the start of the sign-in (in session storage) and send it.";
        Fact::Pkce(PkceError::VerifierMalformed) => [Fact::Pkce(PkceError::VerifierMalformed)],
            "code_verifier is shorter than 43 or longer than 128 characters, or holds others than letters, digits and -._~.",
            "Make it anew as RFC 7636 says.";
        Fact::Pkce(PkceError::VerifierMismatch) => [Fact::Pkce(PkceError::VerifierMismatch)],
            "code_verifier is not the one that the code_challenge was made from.",
            "Do not start a second sign-in while one is under way, and hash the verifier as text with SHA-256.";
        Fact::Pkce(PkceError::VerifierWithoutChallenge) => [Fact::Pkce(PkceError::VerifierWithoutChallenge)],
            "A code_verifier came, but the sign-in began without code_challenge.",
            "Send code_challenge and code_challenge_method at the authorization endpoint.";
        Fact::RefreshTokenInvalid => [Fact::RefreshTokenInvalid],
            "The refresh token was cut, expired, was revoked or replaced, or belongs to another client.",
            "Sign in again; keep the newest refresh token only.";
        Fact::UserNotActive => [Fact::UserNotActive],
            "The user was disabled or deleted since.",
            "Call AdminEnableUser, or sign in as somebody else.";
        Fact::AttributeNotReadable => [Fact::AttributeNotReadable],
            "ReadAttributes of the client leaves out an attribute that a granted scope opens.",
            "Add it with UpdateUserPoolClient, or ask for fewer scopes.";
        Fact::ScopeInvalid(_) => [
            Fact::ScopeInvalid(ScopeError::NotAllowed), Fact::ScopeInvalid(ScopeError::Malformed),
            Fact::ScopeInvalid(ScopeError::OpenidMissing), Fact::ScopeInvalid(ScopeError::NothingToGrant),
        ],
            "A scope is malformed, does not exist, or is not among the client's AllowedOAuthScopes.",
            "Ask for scopes that the client has; client_credentials takes custom scopes only.";
    }
}

/// The revocation endpoint.
pub(super) mod revocation {
    use poolhouse_oauth::client_authentication::ClientAuthenticationError as Client;
    use poolhouse_oauth::parameters::{DuplicateParameter, ParametersError};
    use poolhouse_oauth::revocation::RevocationError as Fact;

    use crate::error_dictionary::words::dictionary;

    dictionary! { Fact;
        Fact::Parameters(_) => [
            Fact::Parameters(ParametersError::TooLong), Fact::Parameters(ParametersError::TooMany),
        ],
            "The form is longer, or has more parameters, than the endpoint reads.",
            "Send token and the client only.";
        Fact::DuplicateParameter(_) => [Fact::DuplicateParameter(DuplicateParameter("{name}"))],
            "A parameter came twice.",
            "Send each parameter once.";
        Fact::ClientAuthentication(_) => [
            Fact::ClientAuthentication(Client::ClientIdMissing), Fact::ClientAuthentication(Client::ClientUnknown),
            Fact::ClientAuthentication(Client::BasicMalformed), Fact::ClientAuthentication(Client::SecretMissing),
            Fact::ClientAuthentication(Client::SecretMismatch), Fact::ClientAuthentication(Client::SecretUnexpected),
            Fact::ClientAuthentication(Client::ClientIdsDiffer), Fact::ClientAuthentication(Client::SecretSentTwice),
        ],
            "The client is not named, not known, or did not prove itself.",
            "Send client_id, and the secret of a client that has one, as at the token endpoint.";
        Fact::TokenMissing => [Fact::TokenMissing],
            "token did not come.",
            "Send the refresh token as token in the form.";
        Fact::RevocationDisabled => [Fact::RevocationDisabled],
            "EnableTokenRevocation of the client is off.",
            "Turn it on with UpdateUserPoolClient.";
        Fact::NotARefreshToken => [Fact::NotARefreshToken],
            "The token is an ID or access token.",
            "Send the refresh token: its access tokens end with it.";
        Fact::TokenOfAnotherClient => [Fact::TokenOfAnotherClient],
            "The refresh token was issued to another client.",
            "Revoke it with the client that it was issued to.";
    }
}

/// The userInfo endpoint.
pub(super) mod user_info {
    use poolhouse_oauth::userinfo::UserInfoError as Fact;

    use crate::error_dictionary::words::dictionary;

    dictionary! { Fact;
        Fact::RequestMalformed => [Fact::RequestMalformed],
            "There is no Authorization header with Bearer and a token.",
            "Send Authorization: Bearer ACCESS_TOKEN; the token is read nowhere else.";
        Fact::TokenInvalid => [Fact::TokenInvalid],
            "The access token is not of this pool, expired or was revoked, or its user is disabled or gone; an ID token is none.",
            "Send a fresh access token.";
        Fact::OpenidScopeMissing => [Fact::OpenidScopeMissing],
            "The access token was issued without the scope openid; those of InitiateAuth are.",
            "Ask for openid at the authorization endpoint; with a token of InitiateAuth call GetUser.";
    }
}
