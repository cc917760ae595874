//! Each form of the constraint texts.

use crate::Operation;

use super::refusal;

fn one(operation: Operation, body: &str) -> String {
    let error = refusal(operation, body);
    let prefix = "1 validation error detected: ";
    error
        .strip_prefix(prefix)
        .unwrap_or_else(|| panic!("{error}"))
        .to_owned()
}

fn create_user_pool(members: &str) -> String {
    one(
        Operation::CreateUserPool,
        &format!("{{\"PoolName\":\"pool\",{members}}}"),
    )
}

#[test]
fn a_missing_member_is_null() {
    assert_eq!(
        one(Operation::DescribeUserPool, "{}"),
        "Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn lengths_and_patterns_of_texts() {
    let describe = |id: &str| {
        refusal(
            Operation::DescribeUserPool,
            &format!("{{\"UserPoolId\":\"{id}\"}}"),
        )
    };
    assert_eq!(
        describe(""),
        "2 validation errors detected: \
         Value '' at 'userPoolId' failed to satisfy constraint: \
         Member must have length greater than or equal to 1; \
         Value '' at 'userPoolId' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+"
    );
    let long = format!("us-east-1_{}", "a".repeat(46));
    assert_eq!(
        describe(&long),
        format!(
            "1 validation error detected: Value '{long}' at 'userPoolId' failed to satisfy \
             constraint: Member must have length less than or equal to 55"
        )
    );
    assert_eq!(
        describe("nowhere"),
        "1 validation error detected: Value 'nowhere' at 'userPoolId' failed to satisfy \
         constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+"
    );
}

#[test]
fn values_out_of_range_and_out_of_a_set() {
    assert_eq!(
        one(Operation::ListUserPools, r#"{"MaxResults":0}"#),
        "Value '0' at 'maxResults' failed to satisfy constraint: \
         Member must have value greater than or equal to 1"
    );
    assert_eq!(
        one(Operation::ListUserPools, r#"{"MaxResults":61}"#),
        "Value '61' at 'maxResults' failed to satisfy constraint: \
         Member must have value less than or equal to 60"
    );
    assert_eq!(
        create_user_pool(r#""MfaConfiguration":"MAYBE""#),
        "Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: \
         Member must satisfy enum value set: [OFF, ON, OPTIONAL]"
    );
}

/// Source: aws-solutions/media-insights-on-aws#199 for the form.
#[test]
fn elements_of_a_list_are_reported_once_at_the_list() {
    assert_eq!(
        create_user_pool(r#""AliasAttributes":["email","nickname"]"#),
        "Value '[email, nickname]' at 'aliasAttributes' failed to satisfy constraint: \
         Member must satisfy constraint: \
         [Member must satisfy enum value set: [phone_number, email, preferred_username]]"
    );
    let body = r#"{"UserPoolId":"us-east-1_a","ClientName":"c","CallbackURLs":["https://a",""]}"#;
    assert_eq!(
        one(Operation::CreateUserPoolClient, body),
        "Value '[https://a, ]' at 'callbackURLs' failed to satisfy constraint: \
         Member must satisfy constraint: [Member must have length less than or equal to 1024, \
         Member must have length greater than or equal to 1, \
         Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+]"
    );
}

/// Source: aws-cdk#31795 for the form of the value.
#[test]
fn keys_and_values_of_a_map_are_reported_at_the_map() {
    assert_eq!(
        create_user_pool(r#""UserPoolTags":{"":"v"}"#),
        "Value '{=v}' at 'userPoolTags' failed to satisfy constraint: \
         Map keys must satisfy constraint: [Member must have length less than or equal to 128, \
         Member must have length greater than or equal to 1]"
    );
    let long = "v".repeat(257);
    assert_eq!(
        create_user_pool(&format!(r#""UserPoolTags":{{"a":"{long}","b":"w"}}"#)),
        format!(
            "Value '{{a={long}, b=w}}' at 'userPoolTags' failed to satisfy constraint: \
             Map value must satisfy constraint: [Member must have length less than or equal to \
             256, Member must have length greater than or equal to 0]"
        )
    );
}

#[test]
fn lengths_of_lists_and_of_bytes() {
    assert_eq!(
        create_user_pool(r#""Schema":[]"#),
        "Value '[]' at 'schema' failed to satisfy constraint: \
         Member must have length greater than or equal to 1"
    );
    let bytes = "A".repeat(131_072 / 3 * 4 + 4);
    let body = format!("{{\"UserPoolId\":\"us-east-1_a\",\"ImageFile\":\"{bytes}\"}}");
    assert_eq!(
        one(Operation::SetUICustomization, &body),
        "Value 'java.nio.HeapByteBuffer[pos=0 lim=131073 cap=131073]' at 'imageFile' failed to \
         satisfy constraint: Member must have length less than or equal to 131072"
    );
}

/// Source: aws-cdk#14699 for the path.
#[test]
fn paths_lead_through_structures_and_lists() {
    let name = "n".repeat(21);
    assert_eq!(
        create_user_pool(&format!(r#""Schema":[{{"Name":"a"}},{{"Name":"{name}"}}]"#)),
        format!(
            "Value '{name}' at 'schema.2.member.name' failed to satisfy constraint: \
             Member must have length less than or equal to 20"
        )
    );
    assert_eq!(
        create_user_pool(r#""Policies":{"PasswordPolicy":{"MinimumLength":5}}"#),
        "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: \
         Member must have value greater than or equal to 6"
    );
    assert_eq!(
        create_user_pool(r#""AcrConfiguration":{"Level2":{}}"#),
        "Value null at 'acrConfiguration.Level2.member.acrValue' failed to satisfy constraint: \
         Member must not be null"
    );
}

#[test]
fn a_list_of_structures_shows_only_their_name() {
    let attributes = vec![r#"{"Name":"a"}"#; 26].join(",");
    let body = format!("{{\"UserPoolId\":\"us-east-1_a\",\"CustomAttributes\":[{attributes}]}}");
    let error = one(Operation::AddCustomAttributes, &body);
    assert!(
        error.starts_with("Value '[SchemaAttributeType, "),
        "{error}"
    );
}

#[test]
fn several_violations_come_in_alphabetical_order_of_members() {
    let error = refusal(
        Operation::SignUp,
        r#"{"UserAttributes":[{}],"SecretHash":" "}"#,
    );
    assert_eq!(
        error,
        "4 validation errors detected: \
         Value null at 'clientId' failed to satisfy constraint: Member must not be null; \
         Value at 'secretHash' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\w+=/]+; \
         Value null at 'userAttributes.1.member.name' failed to satisfy constraint: \
         Member must not be null; \
         Value null at 'username' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn a_blank_sign_up_today() {
    let body = r#"{"ClientId":"abc","Username":"","Password":""}"#;
    assert_eq!(
        refusal(Operation::SignUp, body),
        "3 validation errors detected: \
         Value at 'password' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$; \
         Value at 'username' failed to satisfy constraint: \
         Member must have length greater than or equal to 1; \
         Value at 'username' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
    );
}

#[test]
fn passwords_may_have_inner_spaces_only() {
    for (password, is_fine) in [
        ("Correct horse 1", true),
        ("ab", true),
        ("a", false),
        (" Leading1", false),
        ("Trailing1 ", false),
    ] {
        let body = format!(r#"{{"ClientId":"abc","Username":"u","Password":"{password}"}}"#);
        assert_eq!(
            refusal(Operation::SignUp, &body).is_empty(),
            is_fine,
            "{password}"
        );
    }
}

#[test]
fn lengths_count_characters_and_not_bytes() {
    let name = |count: usize| {
        let text = "\u{1f600}".repeat(count);
        refusal(
            Operation::SignUp,
            &format!(r#"{{"ClientId":"abc","Username":"{text}"}}"#),
        )
    };
    assert_eq!(name(128), "");
    assert!(name(129).contains("less than or equal to 128"));
}
