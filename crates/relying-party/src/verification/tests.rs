//! Good tokens, forged ones, and tokens for somebody else.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::*;
use crate::token::Token;

const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc";
const NOW: i64 = 1_795_546_503;

struct Forge {
    rsa: EncodingKey,
    ec: EncodingKey,
    ed: EncodingKey,
    keys: Value,
}

impl Forge {
    fn new() -> Self {
        let rsa = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let public = rsa.public_key();
        let (n, e) = (public.modulus(), public.exponent());
        let (n, e) = (
            n.big_endian_without_leading_zero(),
            e.big_endian_without_leading_zero(),
        );
        let (n, e) = (URL_SAFE_NO_PAD.encode(n), URL_SAFE_NO_PAD.encode(e));
        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let point = ec.public_key().as_ref()[1..].to_vec();
        let (x, y) = point.split_at(32);
        let ed = Ed25519KeyPair::generate().unwrap();
        let keys = json!({"keys": [
            {"kty": "RSA", "kid": "r", "use": "sig", "n": n, "e": e},
            {"kty": "RSA", "kid": "only256", "alg": "RS256", "n": n, "e": e},
            {"kty": "RSA", "kid": "enc", "use": "enc", "n": n, "e": e},
            {"kty": "RSA", "kid": "short", "n": URL_SAFE_NO_PAD.encode([255; 64]), "e": e},
            {"kty": "EC", "kid": "e", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode(x),
             "y": URL_SAFE_NO_PAD.encode(y)},
            {"kty": "OKP", "kid": "d", "crv": "Ed25519",
             "x": URL_SAFE_NO_PAD.encode(ed.public_key().as_ref())},
            {"kty": "oct", "kid": "o", "k": "c2VjcmV0"},
        ]});
        Self {
            rsa: EncodingKey::from_rsa_der(&pkcs1(&rsa)),
            ec: EncodingKey::from_ec_der(ec.to_pkcs8v1().unwrap().as_ref()),
            ed: EncodingKey::from_ed_der(ed.to_pkcs8().unwrap().as_ref()),
            keys,
        }
    }

    fn sign(&self, header: &Value, claims: &Value, alg: Algorithm) -> String {
        let key = match alg {
            Algorithm::ES256 => &self.ec,
            Algorithm::EdDSA => &self.ed,
            _ => &self.rsa,
        };
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), key, alg).unwrap();
        format!("{signed}.{signature}")
    }

    fn report(&self, token: &str, expected: &Expectations<'_>) -> Report {
        let Ok(Token::Signed(token)) = Token::read(token) else {
            panic!("{token}");
        };
        let keys = KeySet::parse(self.keys.to_string().as_bytes()).unwrap();
        verify(&token, &keys, expected)
    }

    /// The names of the failures of an ID token with some claims changed.
    fn failures(&self, changed: &Value, expected: &Expectations<'_>) -> Vec<&'static str> {
        let mut claims = id_claims();
        for (name, value) in changed.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let header = json!({"kid": "r", "alg": "RS256"});
        let token = self.sign(&header, &claims, Algorithm::RS256);
        names(&self.report(&token, expected))
    }
}

/// The private key in the form of PKCS 1, which stands at the end of PKCS 8.
fn pkcs1(pair: &KeyPair) -> Vec<u8> {
    let pkcs8: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
    // Version, algorithm and the head of the octet string are 26 bytes for a key of 2048 bits.
    pkcs8.as_ref()[26..].to_vec()
}

fn id_claims() -> Value {
    json!({"iss": ISSUER, "sub": "u", "aud": "app", "token_use": "id", "exp": NOW + 3600,
           "iat": NOW, "nonce": "n"})
}

fn expected() -> Expectations<'static> {
    Expectations {
        issuer: ISSUER,
        recipient: Recipient::Client("app"),
        audience: None,
        token_use: Some(TokenUse::Id),
        is_token_use_required: true,
        nonce: Some("n"),
        access_token: None,
        subject: Some("u"),
        now: Timestamp::from_secs(NOW + 10),
        leeway: Ttl::from_secs(0),
    }
}

fn names(report: &Report) -> Vec<&'static str> {
    report.failures().map(Failure::name).collect()
}

#[test]
fn a_good_token_of_each_algorithm_holds() {
    let forge = Forge::new();
    for (kid, alg) in [
        ("r", Algorithm::RS256),
        ("r", Algorithm::RS512),
        ("r", Algorithm::PS256),
        ("only256", Algorithm::RS256),
        ("e", Algorithm::ES256),
        ("d", Algorithm::EdDSA),
    ] {
        let header = json!({"kid": kid, "alg": format!("{alg:?}")});
        let token = forge.sign(&header, &id_claims(), alg);
        let report = forge.report(&token, &expected());
        assert_eq!(report.worst(), None, "{alg:?}: {report:?}");
        let (head, _) = token.rsplit_once('.').unwrap();
        let cut = forge.report(&format!("{head}."), &expected());
        assert_eq!(names(&cut), ["signature_mismatch"], "{alg:?}");
    }
}

#[test]
fn s01_forged_signatures_have_a_name_each() {
    let forge = Forge::new();
    let signed = |header: Value| forge.sign(&header, &id_claims(), Algorithm::RS256);
    let public = forge.keys["keys"][0]["n"].as_str().unwrap();
    let hmac = |alg: &str, secret: &[u8]| {
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let header = json!({"kid": "r", "alg": alg});
        let text = format!("{}.{}", part(&header), part(&id_claims()));
        let key = EncodingKey::from_secret(secret);
        let mac = jsonwebtoken::crypto::sign(text.as_bytes(), &key, Algorithm::HS256).unwrap();
        format!("{text}.{mac}")
    };
    for (token, name) in [
        (signed(json!({"kid": "r", "alg": "none"})), "alg_none"),
        (signed(json!({"kid": "r", "alg": "nOnE"})), "alg_none"),
        (hmac("HS256", public.as_bytes()), "alg_symmetric"),
        (hmac("RS256", public.as_bytes()), "signature_mismatch"),
        (signed(json!({"kid": "o", "alg": "HS256"})), "alg_symmetric"),
        (signed(json!({"kid": "r", "alg": "XX"})), "alg_unknown"),
        (signed(json!({"kid": "r", "alg": "rs256"})), "alg_unknown"),
        (
            signed(json!({"kid": "r", "alg": "RS256", "crit": ["b64"]})),
            "critical_header",
        ),
        (
            signed(json!({"kid": "only256", "alg": "RS512"})),
            "key_unusable",
        ),
        (
            signed(json!({"kid": "enc", "alg": "RS256"})),
            "key_unusable",
        ),
        (
            signed(json!({"kid": "short", "alg": "RS256"})),
            "key_unusable",
        ),
        (signed(json!({"kid": "e", "alg": "RS256"})), "key_unusable"),
        (signed(json!({"kid": "r", "alg": "ES256"})), "key_unusable"),
        (
            signed(json!({"kid": "r", "alg": "RS384"})),
            "signature_mismatch",
        ),
    ] {
        let report = forge.report(&token, &expected());
        assert_eq!(names(&report), [name], "{report:?}");
        assert_eq!(report.worst(), Some(FailureClass::Signature));
    }
}

#[test]
fn s02_an_unknown_key_is_named_and_a_missing_id_is_taken_only_where_one_key_fits() {
    let forge = Forge::new();
    for (header, failures) in [
        (
            json!({"kid": "../../etc/passwd", "alg": "RS256"}),
            vec!["key_unknown"],
        ),
        (json!({"kid": 7, "alg": "RS256"}), vec!["key_unknown"]),
        (json!({"alg": "RS256"}), vec!["key_unknown"]),
        (
            json!({"kid": "x", "alg": "RS256", "jku": "https://evil", "jwk": {}}),
            vec!["key_unknown"],
        ),
        (json!({"alg": "ES256"}), vec![]),
    ] {
        let alg = if header["alg"] == "ES256" {
            Algorithm::ES256
        } else {
            Algorithm::RS256
        };
        let token = forge.sign(&header, &id_claims(), alg);
        assert_eq!(
            names(&forge.report(&token, &expected())),
            failures,
            "{header}"
        );
    }
}

#[test]
fn s03_a_token_for_something_else_is_named_by_what_differs() {
    let forge = Forge::new();
    let expected = expected();
    for (changed, name) in [
        (json!({"iss": format!("{ISSUER}/")}), "issuer_mismatch"),
        (json!({"iss": null}), "issuer_mismatch"),
        (json!({"aud": "other"}), "audience_mismatch"),
        (json!({"aud": ["other"]}), "audience_mismatch"),
        (json!({"aud": ["app", "other"]}), "audience_mismatch"),
        (json!({"aud": "app", "azp": "other"}), "audience_mismatch"),
        (
            json!({"aud": null, "client_id": "app"}),
            "audience_mismatch",
        ),
        (json!({"token_use": "access"}), "token_use_mismatch"),
        (json!({"token_use": "ID"}), "token_use_mismatch"),
        (json!({"token_use": null}), "token_use_mismatch"),
        (json!({"sub": "v"}), "subject_mismatch"),
    ] {
        assert_eq!(forge.failures(&changed, &expected), [name], "{changed}");
    }
    let both = json!({"aud": ["app", "other"], "azp": "app"});
    assert!(forge.failures(&both, &expected).is_empty());
}

#[test]
fn s17_a_nonce_that_is_another_or_absent_is_refused() {
    let forge = Forge::new();
    for nonce in [json!("m"), json!(null), json!(1), json!("")] {
        let failures = forge.failures(&json!({ "nonce": nonce }), &expected());
        assert_eq!(failures, ["nonce_mismatch"]);
    }
}

#[test]
fn s03_at_hash_binds_the_access_token() {
    let forge = Forge::new();
    let whole = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"token");
    let at_hash = URL_SAFE_NO_PAD.encode(&whole.as_ref()[..16]);
    for (access_token, failures) in [("token", vec![]), ("other", vec!["at_hash_mismatch"])] {
        let expected = Expectations {
            access_token: Some(access_token),
            ..expected()
        };
        assert_eq!(
            forge.failures(&json!({ "at_hash": at_hash }), &expected),
            failures
        );
    }
}

#[test]
fn s04_times_are_held_against_now_and_the_leeway() {
    let forge = Forge::new();
    let strict = expected();
    let lenient = Expectations {
        leeway: Ttl::from_secs(30),
        ..expected()
    };
    let now = NOW + 10;
    for (changed, name) in [
        (json!({"exp": now}), "expired"),
        (json!({"exp": now - 29}), "expired"),
        (json!({"iat": now + 30}), "issued_in_future"),
        (json!({"nbf": now + 1}), "not_yet_valid"),
    ] {
        assert_eq!(forge.failures(&changed, &strict), [name], "{changed}");
        assert!(forge.failures(&changed, &lenient).is_empty(), "{changed}");
    }
    for exp in [
        json!(null),
        json!("1795546503"),
        json!(-1),
        json!(1e300),
        json!({}),
        json!(u64::MAX),
    ] {
        assert_eq!(
            forge.failures(&json!({ "exp": exp }), &lenient),
            ["expiry_missing"],
            "{exp}"
        );
    }
    assert_eq!(
        forge.failures(&json!({"nbf": "x"}), &lenient),
        ["not_yet_valid"]
    );
    assert!(
        forge
            .failures(&json!({"exp": 1_795_550_000.5}), &strict)
            .is_empty()
    );
}

#[test]
fn an_access_token_names_its_client_otherwise() {
    let forge = Forge::new();
    let base = Expectations {
        token_use: Some(TokenUse::Access),
        nonce: None,
        ..expected()
    };
    let access = |changed: Value, expected: &Expectations<'_>| {
        let mut claims = json!({"aud": null, "nonce": null, "token_use": "access"});
        for (name, value) in changed.as_object().unwrap() {
            claims[name] = value.clone();
        }
        forge.failures(&claims, expected)
    };
    assert!(access(json!({"client_id": "app"}), &base).is_empty());
    assert_eq!(
        access(json!({"client_id": "other"}), &base),
        ["client_mismatch"]
    );
    assert_eq!(access(json!({"aud": "app"}), &base), ["client_mismatch"]);
    let audience = Expectations {
        recipient: Recipient::AnyClient,
        audience: Some("https://api"),
        ..base
    };
    assert!(access(json!({"aud": "https://api"}), &audience).is_empty());
    assert_eq!(
        access(json!({"client_id": "app"}), &audience),
        ["audience_mismatch"]
    );
    let anybody = Expectations {
        recipient: Recipient::AnyClient,
        token_use: None,
        ..base
    };
    assert!(access(json!({"client_id": "whoever"}), &anybody).is_empty());
}

#[test]
fn the_worst_failure_is_told_first() {
    let forge = Forge::new();
    let header = json!({"kid": "r", "alg": "RS384"});
    let claims = json!({"iss": "other", "exp": 1});
    let token = forge.sign(&header, &claims, Algorithm::RS256);
    let report = forge.report(&token, &expected());
    assert_eq!(report.worst(), Some(FailureClass::Signature));
    assert!(report.failures().any(|failure| failure == Failure::Expired));
}
