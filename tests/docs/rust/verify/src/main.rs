// src/main.rs
use std::error::Error;

use jsonwebtoken::errors::Error as TokenError;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

const ISSUER: &str = "http://localhost:9229/us-east-1_5af3v2UKS";
const CLIENT_ID: &str = "ursf8tho6k2xjpxvrzz0uqu4mu";

#[derive(Deserialize)]
struct AccessToken {
    token_use: String,
    client_id: String,
    username: String,
}

fn verify(token: &str, keys: &JwkSet) -> Result<AccessToken, Box<dyn Error>> {
    let kid = decode_header(token)?.kid.ok_or("no key is named")?;
    let key = keys.find(&kid).ok_or("no key of the pool")?;
    let mut rules = Validation::new(Algorithm::RS256);
    rules.set_issuer(&[ISSUER]);
    rules.set_required_spec_claims(&["exp", "iss"]);
    rules.validate_aud = false;
    let claims = decode::<AccessToken>(token, &DecodingKey::from_jwk(key)?, &rules)?.claims;
    if claims.token_use != "access" || claims.client_id != CLIENT_ID {
        return Err("not an access token for this API".into());
    }
    Ok(claims)
}

fn main() -> Result<(), Box<dyn Error>> {
    let address = format!("{ISSUER}/.well-known/jwks.json");
    let keys: JwkSet = ureq::get(&address).call()?.body_mut().read_json()?;
    for name in std::env::args().skip(1) {
        match verify(&std::fs::read_to_string(&name)?, &keys) {
            Ok(claims) => println!("{name} taken: {}", claims.username),
            Err(error) => match error.downcast_ref::<TokenError>() {
                Some(error) => println!("{name} refused: {:?}", error.kind()),
                None => println!("{name} refused: {error}"),
            },
        }
    }
    Ok(())
}
