//! Outputs on the wire.

use crate::operations::{AdminDeleteUserRequest, AdminGetUserResponse, GlobalSignOutResponse};
use crate::types::{AttributeType, UserPoolType, UserStatusType};
use crate::{Input, Sensitive, Timestamp, encode};

fn text<T: crate::Output>(output: &T) -> String {
    String::from_utf8(encode(output)).unwrap()
}

#[test]
fn absent_members_are_left_out_and_the_rest_keeps_the_order_of_the_model() {
    let output = AdminGetUserResponse {
        username: Sensitive::from("someone"),
        user_attributes: Some(vec![AttributeType {
            name: "email".to_owned(),
            value: Some(Sensitive::from("a\"b\\c\n\u{1}é")),
        }]),
        user_create_date: Some(Timestamp::from_millis(1_477_662_772_246)),
        user_last_modified_date: None,
        enabled: Some(true),
        user_status: Some(UserStatusType::ForceChangePassword),
        mfa_options: None,
        preferred_mfa_setting: None,
        user_mfa_setting_list: Some(Vec::new()),
    };
    assert_eq!(
        text(&output),
        r#"{"Username":"someone","UserAttributes":[{"Name":"email","Value":"a\"b\\c\n\u0001é"}],"UserCreateDate":1477662772.246,"Enabled":true,"UserStatus":"FORCE_CHANGE_PASSWORD","UserMFASettingList":[]}"#
    );
}

#[test]
fn an_empty_output_is_an_object_and_no_output_is_nothing() {
    assert_eq!(text(&GlobalSignOutResponse {}), "{}");
    assert_eq!(text::<<AdminDeleteUserRequest as Input>::Output>(&()), "");
}

#[test]
fn instants_have_the_decimals_they_need() {
    for (millis, expected) in [
        (0, "0"),
        (1_000, "1"),
        (1_500, "1.5"),
        (1_050, "1.05"),
        (1_001, "1.001"),
        (-1, "-0.001"),
        (1_477_662_772_246, "1477662772.246"),
    ] {
        assert_eq!(Timestamp::from_millis(millis).to_string(), expected);
    }
}

#[test]
fn maps_and_nested_structures_are_written() {
    let pool = UserPoolType {
        id: Some("us-east-1_a".to_owned()),
        estimated_number_of_users: Some(3),
        user_pool_tags: Some([("k".to_owned(), "v".to_owned())].into()),
        ..UserPoolType::default()
    };
    let output = crate::operations::DescribeUserPoolResponse {
        user_pool: Some(pool),
    };
    assert_eq!(
        text(&output),
        r#"{"UserPool":{"Id":"us-east-1_a","EstimatedNumberOfUsers":3,"UserPoolTags":{"k":"v"}}}"#
    );
}
