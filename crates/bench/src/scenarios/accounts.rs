//! Making users. What the hash costs is the operator's choice and is taken off; so that it does
//! not drown the rest, the server is started with the cheap one.

use anyhow::Result;
use serde_json::json;

use crate::deployment::PASSWORD;
use crate::json_api::call;
use crate::lab::{Lab, Load};
use crate::primitives::Primitive;
use crate::table::{Budget, Row, Unit};

const BUDGET: Budget = Budget {
    unit: Unit::PerSecond,
    limit: 1000.0,
    aim: 5000.0,
};

fn load(name: &'static str) -> Load {
    Load {
        name,
        budget: BUDGET,
        primitives: &[Primitive::CheapHash],
        requests: 60,
    }
}

/// `AdminCreateUser` with a temporary password and without a message.
///
/// # Errors
/// When a request fails.
pub(crate) fn admin_create_user(lab: &Lab<'_>) -> Result<Row> {
    let pool_id = &lab.deployment.pool_id;
    lab.measure(
        &load("AdminCreateUser beyond the hash, one core"),
        |_, turn| {
            let name = format!("created-{}", turn.number);
            Ok(json!({
                "UserPoolId": pool_id,
                "Username": name,
                "TemporaryPassword": PASSWORD,
                "MessageAction": "SUPPRESS",
                "UserAttributes": [{"Name": "email", "Value": format!("{name}@example.com")}],
            }))
        },
        |connection, input| call(connection, "AdminCreateUser", &input).map(drop),
    )
}

/// `SignUp` with a code sent to the address.
///
/// # Errors
/// When a request fails.
pub(crate) fn sign_up(lab: &Lab<'_>) -> Result<Row> {
    let client_id = &lab.deployment.client_id;
    lab.measure(
        &load("SignUp beyond the hash, one core"),
        |_, turn| {
            let name = format!("signed-up-{}", turn.number);
            Ok(json!({
                "ClientId": client_id,
                "Username": name,
                "Password": PASSWORD,
                "UserAttributes": [{"Name": "email", "Value": format!("{name}@example.com")}],
            }))
        },
        |connection, input| call(connection, "SignUp", &input).map(drop),
    )
}
