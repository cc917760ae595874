//! Values of the wrong JSON type, and what is said of them.

use crate::Operation;

use super::refusal;

fn create_user_pool(members: &str) -> String {
    refusal(
        Operation::CreateUserPool,
        &format!("{{\"PoolName\":\"pool\",{members}}}"),
    )
}

#[test]
fn the_body_is_an_object_null_or_empty() {
    for body in ["", "{}", "null", " \t\r\n{ } "] {
        assert_eq!(
            refusal(Operation::AssociateSoftwareToken, body),
            "",
            "{body}"
        );
    }
    for body in ["[]", "\"text\"", "1", "true"] {
        assert_eq!(
            refusal(Operation::AssociateSoftwareToken, body),
            "SerializationException Expected map or null",
            "{body}"
        );
    }
}

#[test]
fn a_value_of_another_type_is_named() {
    for (members, expected) in [
        (
            r#""PoolName":{}"#,
            "Start of structure or map found where not expected.",
        ),
        (
            r#""EmailVerificationSubject":[]"#,
            "Start of list found where not expected",
        ),
        (
            r#""EmailVerificationSubject":1"#,
            "NUMBER_VALUE can not be converted to a String",
        ),
        (
            r#""MfaConfiguration":true"#,
            "TRUE_VALUE can not be converted to a String",
        ),
        (
            r#""MfaConfiguration":false"#,
            "FALSE_VALUE can not be converted to a String",
        ),
        (r#""AliasAttributes":"email""#, "Expected list or null"),
        (
            r#""AliasAttributes":{}"#,
            "Start of structure or map found where not expected.",
        ),
        (r#""UserPoolTags":"a""#, "Expected map or null"),
        (
            r#""UserPoolTags":[]"#,
            "Start of list found where not expected",
        ),
        (r#""Policies":1"#, "Expected null"),
        (r#""Policies":[]"#, "Start of list found where not expected"),
        (
            r#""Policies":{"PasswordPolicy":{"MinimumLength":"8"}}"#,
            "STRING_VALUE can not be converted to an Integer",
        ),
        (
            r#""UsernameConfiguration":{"CaseSensitive":"no"}"#,
            "STRING_VALUE can not be converted to a Boolean",
        ),
    ] {
        let members = members.replace("\"PoolName\":{}", "\"Schema\":[{\"Name\":{}}]");
        let error = create_user_pool(&members);
        assert_eq!(
            error,
            format!("SerializationException {expected}"),
            "{members}"
        );
    }
}

#[test]
fn types_are_judged_before_constraints() {
    let body = r#"{"PoolName":"","UserPoolTags":[]}"#;
    assert_eq!(
        refusal(Operation::CreateUserPool, body),
        "SerializationException Start of list found where not expected"
    );
}

#[test]
fn null_is_the_same_as_absent_everywhere() {
    let members = r#""Policies":null,"UserPoolTags":{"a":null},"AliasAttributes":[null]"#;
    assert_eq!(create_user_pool(members), "");
    let error = refusal(Operation::CreateUserPool, r#"{"PoolName":null}"#);
    assert!(error.contains("Value null at 'poolName'"), "{error}");
}

#[test]
fn members_of_later_models_are_ignored() {
    assert_eq!(
        create_user_pool(r#""Later":{"a":[1,{"b":null}]},"policies":7"#),
        ""
    );
}

#[test]
fn whole_numbers_may_be_written_as_decimals() {
    let minimum = |number: &str| {
        create_user_pool(&format!(
            r#""Policies":{{"PasswordPolicy":{{"MinimumLength":{number}}}}}"#
        ))
    };
    for number in ["8", "8.0", "0.8e1", "8.9", "99"] {
        assert_eq!(minimum(number), "", "{number}");
    }
    for number in ["2147483648", "-2147483649", "1e300", "99999999999999999999"] {
        assert_eq!(minimum(number), "SerializationException ", "{number}");
    }
}
