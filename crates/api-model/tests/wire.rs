//! Reading inputs and writing outputs, through the public API.

use poolhouse_api_model::operations::SignUpRequest;
use poolhouse_api_model::{RequestError, decode};

#[test]
fn a_blank_sign_up_breaks_every_rule_of_its_two_members() {
    let error = decode::<SignUpRequest>(br#"{"ClientId":"abc","Username":"","Password":""}"#);
    assert_eq!(
        error.unwrap_err(),
        RequestError::Invalid(
            "3 validation errors detected: \
             Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$; \
             Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; \
             Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
                .to_owned()
        )
    );
}
