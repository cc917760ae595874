//! Sensitive members stay out of what is printed.

use std::collections::BTreeMap;

use crate::generated::every_input;
use crate::operations::{
    ConfirmDeviceRequest, ConfirmSignUpRequest, InitiateAuthRequest, SignUpRequest,
};
use crate::{Operation, decode};

use super::sample;

#[test]
fn s67_debug_of_every_input_shows_no_sensitive_member() {
    let mut inputs_with_secrets = 0;
    for operation in Operation::ALL {
        let body = sample::valid(operation.input()).to_string();
        let shown = every_input::debug_text(*operation, body.as_bytes()).unwrap();
        for secret in sample::SECRETS {
            inputs_with_secrets += usize::from(body.contains(secret));
            assert!(!shown.contains(secret), "{operation:?} {shown}");
        }
    }
    assert!(inputs_with_secrets > 60, "{inputs_with_secrets}");
}

#[test]
fn s67_a_client_id_is_shown_in_violations_but_not_by_debug() {
    let body = br#"{"ClientId":"us-east-1_AbCdEf123","Username":"someone"}"#;
    let error = decode::<SignUpRequest>(body).unwrap_err().to_string();
    assert_eq!(
        error,
        "1 validation error detected: Value 'us-east-1_AbCdEf123' at 'clientId' failed to \
         satisfy constraint: Member must satisfy regular expression pattern: [\\w+]+"
    );
    let body = br#"{"ClientId":"abc123","Username":"someone"}"#;
    let shown = format!("{:?}", decode::<SignUpRequest>(body).unwrap());
    assert!(!shown.contains("abc123"), "{shown}");
}

#[test]
fn a_sensitive_map_lends_and_gives_single_entries() {
    let body = br#"{"ClientId":"abc","AuthFlow":"USER_SRP_AUTH","AuthParameters":{"SRP_A":"1f"}}"#;
    let mut parameters = decode::<InitiateAuthRequest>(body)
        .unwrap()
        .auth_parameters
        .unwrap();
    assert_eq!(parameters.get("SRP_A"), Some("1f"));
    assert_eq!(parameters.get("USERNAME"), None);
    assert_eq!(parameters.take("SRP_A").unwrap().into_inner(), "1f");
    assert_eq!(parameters.into_inner(), BTreeMap::new());
}

#[test]
fn s67_secrets_that_the_model_forgets_are_guarded_too() {
    let body = br#"{"ClientId":"abc","Username":"someone","ConfirmationCode":"493817"}"#;
    let shown = format!("{:?}", decode::<ConfirmSignUpRequest>(body).unwrap());
    assert!(!shown.contains("493817"), "{shown}");
    let body = br#"{"AccessToken":"a.b.c","DeviceKey":"us-east-1_0f8f",
        "DeviceSecretVerifierConfig":{"PasswordVerifier":"ff00","Salt":"0f0f"}}"#;
    let shown = format!("{:?}", decode::<ConfirmDeviceRequest>(body).unwrap());
    assert!(!shown.contains("ff00"), "{shown}");
}
