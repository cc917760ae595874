//! Signing keys made ahead of time: generating one costs some 100 ms, and each pool has two.

use poolhouse_crypto::jws::SigningKey;

/// Private keys in PKCS #8 that sign nothing but the tokens of tests.
const KEYS: [&[u8]; 8] = [
    include_bytes!("../keys/0.der"),
    include_bytes!("../keys/1.der"),
    include_bytes!("../keys/2.der"),
    include_bytes!("../keys/3.der"),
    include_bytes!("../keys/4.der"),
    include_bytes!("../keys/5.der"),
    include_bytes!("../keys/6.der"),
    include_bytes!("../keys/7.der"),
];

/// Gives the keys in turn: up to four pools have keys of their own, later ones share them.
pub(crate) fn ready_keys() -> impl Iterator<Item = SigningKey> + Send {
    KEYS.iter()
        .cycle()
        .map(|der| SigningKey::from_pkcs8(der).expect("the file holds a key"))
}

/// Gives the private key that signs under a `kid`, to forge what nobody outside can.
pub fn signing_key_der(kid: &str) -> &'static [u8] {
    let has_kid = |der: &&&[u8]| SigningKey::from_pkcs8(der).is_ok_and(|key| key.kid() == kid);
    KEYS.iter()
        .find(has_kid)
        .expect("the key is one of the ready ones")
}
