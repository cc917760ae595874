//! The vocabulary of OAuth 2.0 and OpenID Connect: requests, errors, scopes, PKCE, claims, discovery.
