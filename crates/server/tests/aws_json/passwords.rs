//! Changing, forgetting and resetting passwords over the wire.

use poolhouse_model::Ttl;
use serde_json::{Value, json};

use crate::api::Api;

const PASSWORD: &str = "Correct-Horse-1";
const NEW: &str = "Another-Horse-2";
const LIMIT: &str = "Attempt limit exceeded, please try after some time.";

/// A pool, its client, and a user `ann` with a verified address.
struct House {
    api: Api,
    pool: Value,
    client: Value,
}

impl House {
    async fn start(settings: Value) -> Self {
        let api = Api::start().await;
        let mut input = json!({"PoolName": "p", "AutoVerifiedAttributes": ["email"]});
        let more = settings.as_object().unwrap().clone();
        input.as_object_mut().unwrap().extend(more);
        let pool = api.ok("CreateUserPool", input).await["UserPool"]["Id"].clone();
        let input = json!({
            "UserPoolId": pool, "ClientName": "c",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        });
        let client = api.ok("CreateUserPoolClient", input).await;
        let client = client["UserPoolClient"]["ClientId"].clone();
        let house = Self { api, pool, client };
        let create = json!({
            "UserPoolId": house.pool, "Username": "ann", "MessageAction": "SUPPRESS",
            "UserAttributes": [
                {"Name": "email", "Value": "ann@mail.example"},
                {"Name": "email_verified", "Value": "true"}
            ]
        });
        house.api.ok("AdminCreateUser", create).await;
        house.set(PASSWORD, true).await;
        house
    }

    async fn set(&self, password: &str, is_permanent: bool) {
        let set = json!({
            "UserPoolId": self.pool, "Username": "ann", "Password": password,
            "Permanent": is_permanent
        });
        self.api.ok("AdminSetUserPassword", set).await;
    }

    fn sign_in(&self, password: &str) -> Value {
        json!({
            "ClientId": self.client, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": "ann", "PASSWORD": password}
        })
    }

    async fn access_token(&self, password: &str) -> Value {
        let signed_in = self.api.ok("InitiateAuth", self.sign_in(password)).await;
        signed_in["AuthenticationResult"]["AccessToken"].clone()
    }

    fn named(&self, name: &str) -> Value {
        json!({"ClientId": self.client, "Username": name})
    }

    fn confirmation(&self, code: &str, password: &str) -> Value {
        json!({
            "ClientId": self.client, "Username": "ann", "ConfirmationCode": code,
            "Password": password,
            // Members that SDKs and apps send along.
            "ClientMetadata": {"key": "value"}, "UserContextData": {"EncodedData": "x"},
            "AnalyticsMetadata": {"AnalyticsEndpointId": "y"}
        })
    }

    async fn code(&self) -> String {
        let mails = self.api.list_inbox(Some("ann@mail.example"), None).await;
        mails.unwrap()[0].code.clone().unwrap()
    }
}

fn told(refusal: &(String, String)) -> (&str, &str) {
    (&refusal.0, &refusal.1)
}

#[tokio::test]
async fn a_forgotten_password_is_reset_by_the_mailed_code() {
    let house = House::start(json!({})).await;
    let api = &house.api;
    let sent = api.ok("ForgotPassword", house.named("ann")).await;
    let details = json!({
        "Destination": "a***@m***", "DeliveryMedium": "EMAIL", "AttributeName": "email"
    });
    assert_eq!(sent, json!({"CodeDeliveryDetails": details}));
    let code = house.code().await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for (code, password, error, text) in [
        (
            wrong,
            NEW,
            "CodeMismatchException",
            "Invalid verification code provided, please try again.",
        ),
        (
            &code,
            "weakpass",
            "InvalidPasswordException",
            "Password did not conform with policy: Password must have uppercase characters",
        ),
    ] {
        let input = house.confirmation(code, password);
        let refused = api.refused("ConfirmForgotPassword", input).await;
        assert_eq!(told(&refused), (error, text));
    }
    let confirmed = api.ok("ConfirmForgotPassword", house.confirmation(&code, NEW));
    assert_eq!(confirmed.await, json!({}));
    let again = house.confirmation(&code, NEW);
    let refused = api.refused("ConfirmForgotPassword", again).await;
    assert_eq!(
        told(&refused),
        (
            "ExpiredCodeException",
            "Invalid code provided, please request a code again."
        )
    );
    house.access_token(NEW).await;
}

#[tokio::test]
async fn who_has_no_user_or_no_verified_address_is_told_so() {
    let house = House::start(json!({})).await;
    let api = &house.api;
    for (operation, input) in [
        ("ForgotPassword", house.named("nobody")),
        (
            "ConfirmForgotPassword",
            json!({
                "ClientId": house.client, "Username": "nobody", "ConfirmationCode": "123456",
                "Password": NEW
            }),
        ),
    ] {
        let refused = api.refused(operation, input).await;
        assert_eq!(
            told(&refused),
            (
                "UserNotFoundException",
                "Username/client id combination not found."
            )
        );
    }
    let invited = json!({
        "UserPoolId": house.pool, "Username": "bob", "MessageAction": "SUPPRESS"
    });
    api.ok("AdminCreateUser", invited).await;
    let not_now = (
        "NotAuthorizedException",
        "User password cannot be reset in the current state.",
    );
    let refused = api.refused("ForgotPassword", house.named("bob")).await;
    assert_eq!(told(&refused), not_now);
    let by_admin = json!({"UserPoolId": house.pool, "Username": "bob"});
    let refused = api
        .refused("AdminResetUserPassword", by_admin.clone())
        .await;
    assert_eq!(told(&refused), not_now);
    let set = json!({
        "UserPoolId": house.pool, "Username": "bob", "Password": PASSWORD, "Permanent": true
    });
    api.ok("AdminSetUserPassword", set).await;
    let unreachable = (
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or \
         phone_number",
    );
    let refused = api.refused("ForgotPassword", house.named("bob")).await;
    assert_eq!(told(&refused), unreachable);
    let refused = api.refused("AdminResetUserPassword", by_admin).await;
    assert_eq!(told(&refused), unreachable);
}

#[tokio::test]
async fn an_administrator_demands_a_reset_and_the_sign_in_says_so() {
    let house = House::start(json!({})).await;
    let api = &house.api;
    let token = house.access_token(PASSWORD).await;
    let demand = json!({
        "UserPoolId": house.pool, "Username": "ann", "ClientMetadata": {"key": "value"}
    });
    assert_eq!(api.ok("AdminResetUserPassword", demand).await, json!({}));
    let refused = api.refused("InitiateAuth", house.sign_in(PASSWORD)).await;
    assert_eq!(
        told(&refused),
        (
            "PasswordResetRequiredException",
            "Password reset required for the user"
        )
    );
    let refused = api.refused("GetUser", json!({"AccessToken": token})).await;
    assert_eq!(
        told(&refused),
        ("NotAuthorizedException", "Access Token has been revoked")
    );
    let described = json!({"UserPoolId": house.pool, "Username": "ann"});
    let described = api.ok("AdminGetUser", described).await;
    assert_eq!(described["UserStatus"], "RESET_REQUIRED");
    let code = house.code().await;
    api.ok("ConfirmForgotPassword", house.confirmation(&code, NEW))
        .await;
    house.access_token(NEW).await;
}

#[tokio::test]
async fn a_user_changes_the_password_five_times_an_hour() {
    let house = House::start(json!({})).await;
    let api = &house.api;
    let token = house.access_token(PASSWORD).await;
    let change = |previous: &str, proposed: &str| {
        json!({
            "AccessToken": token, "PreviousPassword": previous, "ProposedPassword": proposed
        })
    };
    let refused = api
        .refused("ChangePassword", change("Wrong-Horse-1", NEW))
        .await;
    assert_eq!(
        told(&refused),
        ("NotAuthorizedException", "Incorrect username or password.")
    );
    let refused = api
        .refused("ChangePassword", change(PASSWORD, "weakpass"))
        .await;
    assert_eq!(refused.0, "InvalidPasswordException");
    assert_eq!(
        api.ok("ChangePassword", change(PASSWORD, NEW)).await,
        json!({})
    );
    // The token that asked goes on.
    api.ok("GetUser", json!({"AccessToken": token})).await;
    for (previous, proposed) in [(NEW, PASSWORD), (PASSWORD, NEW), (NEW, PASSWORD)] {
        api.ok("ChangePassword", change(previous, proposed)).await;
    }
    let refused = api.refused("ChangePassword", change(PASSWORD, NEW)).await;
    assert_eq!(told(&refused), ("LimitExceededException", LIMIT));
    let without = json!({"AccessToken": token, "ProposedPassword": NEW});
    let refused = api.refused("ChangePassword", without).await;
    assert_eq!(
        told(&refused),
        (
            "InvalidParameterException",
            "Missing required parameter PreviousPassword"
        )
    );
}

#[tokio::test]
async fn s39_a_password_of_the_history_is_refused_by_every_operation_that_declares_it() {
    let policy = json!({"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 24}});
    let house = House::start(json!({"Policies": policy})).await;
    let api = &house.api;
    let described = api.ok("DescribeUserPool", json!({"UserPoolId": house.pool}));
    let described = described.await["UserPool"]["Policies"]["PasswordPolicy"].clone();
    assert_eq!(described["PasswordHistorySize"], 24);
    let again = (
        "PasswordHistoryPolicyViolationException",
        "Password has previously been used",
    );
    let token = house.access_token(PASSWORD).await;
    let change = json!({
        "AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": PASSWORD
    });
    let refused = api.refused("ChangePassword", change).await;
    assert_eq!(told(&refused), again);
    api.ok("ForgotPassword", house.named("ann")).await;
    let code = house.code().await;
    let confirm = house.confirmation(&code, PASSWORD);
    let refused = api.refused("ConfirmForgotPassword", confirm).await;
    assert_eq!(told(&refused), again);
    let set = json!({"UserPoolId": house.pool, "Username": "ann", "Password": PASSWORD});
    let refused = api.refused("AdminSetUserPassword", set).await;
    assert_eq!(told(&refused), again);
    house.set("Temporary-Horse-3", false).await;
    let asked = api.ok("InitiateAuth", house.sign_in("Temporary-Horse-3"));
    let session = asked.await["Session"].clone();
    for operation in ["RespondToAuthChallenge", "AdminRespondToAuthChallenge"] {
        let answer = json!({
            "UserPoolId": house.pool, "ClientId": house.client, "Session": session,
            "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "ChallengeResponses": {"USERNAME": "ann", "NEW_PASSWORD": PASSWORD}
        });
        let refused = api.refused(operation, answer).await;
        assert_eq!(told(&refused), again, "{operation}");
    }
}

#[tokio::test]
async fn account_recovery_is_kept_obeyed_and_checked() {
    let option = |name: &str, priority: u32| json!({"Name": name, "Priority": priority});
    let by_admin = json!({"RecoveryMechanisms": [option("admin_only", 1)]});
    let house = House::start(json!({"AccountRecoverySetting": by_admin})).await;
    let api = &house.api;
    let described = api.ok("DescribeUserPool", json!({"UserPoolId": house.pool}));
    let described = described.await["UserPool"]["AccountRecoverySetting"].clone();
    assert_eq!(described, by_admin);
    let refused = api.refused("ForgotPassword", house.named("ann")).await;
    assert_eq!(
        told(&refused),
        (
            "NotAuthorizedException",
            "Contact administrator to reset password."
        )
    );
    for mechanisms in [
        json!([option("admin_only", 1), option("verified_email", 2)]),
        json!([option("verified_email", 1), option("verified_email", 2)]),
    ] {
        let setting = json!({"RecoveryMechanisms": mechanisms});
        let input = json!({"PoolName": "q", "AccountRecoverySetting": setting});
        let refused = api.refused("CreateUserPool", input).await;
        assert_eq!(refused.0, "InvalidParameterException", "{mechanisms}");
    }
}

#[tokio::test]
async fn s74_a_flood_of_messages_is_told_by_the_code_that_each_operation_declares() {
    let house = House::start(json!({})).await;
    let api = &house.api;
    let sign_up = |number: u32| {
        json!({
            "ClientId": house.client, "Username": format!("user-{number}"), "Password": PASSWORD,
            "UserAttributes": [{"Name": "email", "Value": "ann@mail.example"}]
        })
    };
    for number in 0..20 {
        api.ok("SignUp", sign_up(number)).await;
    }
    let refused = api.refused("SignUp", sign_up(20)).await;
    assert_eq!(told(&refused), ("LimitExceededException", LIMIT));
    for (operation, input, error) in [
        (
            "ForgotPassword",
            house.named("ann"),
            "LimitExceededException",
        ),
        (
            "ResendConfirmationCode",
            house.named("user-0"),
            "LimitExceededException",
        ),
        (
            "AdminResetUserPassword",
            json!({"UserPoolId": house.pool, "Username": "ann"}),
            "LimitExceededException",
        ),
        (
            "AdminCreateUser",
            json!({
                "UserPoolId": house.pool, "Username": "bob", "DesiredDeliveryMediums": ["EMAIL"],
                "UserAttributes": [{"Name": "email", "Value": "ann@mail.example"}]
            }),
            "TooManyRequestsException",
        ),
    ] {
        let refused = api.refused(operation, input).await;
        assert_eq!(told(&refused), (error, LIMIT), "{operation}");
    }
    api.clock.advance(Ttl::from_hours(1));
    api.ok("ForgotPassword", house.named("ann")).await;
}

#[tokio::test]
async fn s57_hostile_members_of_the_password_operations_are_refused_by_their_constraints() {
    let house = House::start(json!({})).await;
    let api = &house.api;
    let before = api.password_hash_count();
    for (member, value) in [
        ("ConfirmationCode", json!("")),
        ("ConfirmationCode", json!("12 34")),
        ("ConfirmationCode", json!("1".repeat(2049))),
        ("Password", json!("x".repeat(257))),
        ("Password", json!(" leading-Blank1")),
        ("Username", json!("")),
        ("Username", json!("a".repeat(129))),
        ("SecretHash", json!("not base64!")),
        ("ClientMetadata", json!({"a".repeat(131_073): "x"})),
    ] {
        let mut input = house.confirmation("123456", NEW);
        input[member] = value;
        let refused = api.refused("ConfirmForgotPassword", input).await;
        assert_eq!(refused.0, "InvalidParameterException", "{member}");
    }
    for (member, value) in [
        ("ConfirmationCode", json!(123_456)),
        ("Password", json!(["x"])),
        ("ClientMetadata", json!("x")),
        ("UserContextData", json!([])),
    ] {
        let mut input = house.confirmation("123456", NEW);
        input[member] = value;
        let refused = api.refused("ConfirmForgotPassword", input).await;
        assert_eq!(refused.0, "SerializationException", "{member}");
    }
    assert_eq!(api.password_hash_count(), before);
}
