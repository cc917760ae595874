//! Password hashing, SRP, token signing and checking, JWKS, secret hash and sealing at rest.
