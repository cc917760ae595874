//! Signing in with name and password.

use anyhow::{Result, anyhow};
use poolhouse_model::UserPoolId;
use poolhouse_testkit::{SeededRng, SrpChallenge, SrpClient};
use serde_json::{Value, json};

use crate::deployment::{PASSWORD, username};
use crate::fill::filled_username;
use crate::http::Connection;
use crate::json_api::{call, initiate_auth, text};
use crate::lab::{Lab, Load};
use crate::primitives::Primitive;
use crate::table::{Budget, Row, Unit};

/// `TIMESTAMP` in the form that clients send it; the server compares it with its clock.
const TIMESTAMP_FORMAT: &str = "+%a %b %-d %H:%M:%S UTC %Y";

/// `USER_PASSWORD_AUTH`, every request of another user among `users` filled-in ones.
///
/// # Errors
/// When a request fails.
pub(crate) fn password_sign_in(lab: &Lab<'_>, users: usize) -> Result<Row> {
    let load = Load {
        name: "password sign-in (1 Argon2id, 2 signatures)",
        budget: Budget {
            unit: Unit::TimesPrimitives,
            limit: 1.15,
            aim: 1.02,
        },
        primitives: &[Primitive::Hash, Primitive::Sign, Primitive::Sign],
        requests: 6,
    };
    let client_id = &lab.deployment.client_id;
    lab.measure(
        &load,
        |_, turn| {
            // A prime step spreads the users over the whole table.
            let name = filled_username((turn.number * 7919) % users.max(1));
            Ok(json!({"USERNAME": name, "PASSWORD": PASSWORD}))
        },
        |connection, parameters| {
            let flow = "USER_PASSWORD_AUTH";
            let answer = initiate_auth(connection, client_id, flow, &parameters)?;
            text(&answer, "/AuthenticationResult/IdToken").map(drop)
        },
    )
}

/// `USER_SRP_AUTH` and its answer.
///
/// # Errors
/// When a request fails.
pub(crate) fn srp_sign_in(lab: &Lab<'_>) -> Result<Row> {
    let load = Load {
        name: "SRP sign-in (3 powers, 2 signatures)",
        budget: Budget {
            unit: Unit::TimesPrimitives,
            limit: 1.35,
            aim: 1.06,
        },
        primitives: &[
            Primitive::ModularPower,
            Primitive::ModularPower,
            Primitive::ModularPower,
            Primitive::Sign,
            Primitive::Sign,
        ],
        requests: 20,
    };
    let timestamp = timestamp()?;
    lab.measure(
        &load,
        |_, turn| {
            let rng = SeededRng::new(turn.number as u64);
            Ok((turn.connection, SrpClient::new(&rng)))
        },
        |connection, (index, client)| {
            sign_in_by_srp(lab, connection, &username(index), &client, &timestamp)
        },
    )
}

fn sign_in_by_srp(
    lab: &Lab<'_>,
    connection: &mut Connection,
    username: &str,
    client: &SrpClient,
    timestamp: &str,
) -> Result<()> {
    let client_id = &lab.deployment.client_id;
    let parameters = json!({"USERNAME": username, "SRP_A": client.srp_a()});
    let challenge = initiate_auth(connection, client_id, "USER_SRP_AUTH", &parameters)?;
    let parameters = &challenge["ChallengeParameters"];
    let find = |name: &str| parameters[name].as_str().map(str::to_owned);
    let challenge = SrpChallenge::read(find);
    let pool_id = UserPoolId::new(lab.deployment.pool_id.as_str());
    let signature = client.signature(&pool_id, &challenge, PASSWORD, timestamp);
    let answer = json!({
        "ClientId": client_id,
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": {
            "USERNAME": challenge.user_id,
            "PASSWORD_CLAIM_SECRET_BLOCK": challenge.secret_block,
            "PASSWORD_CLAIM_SIGNATURE": signature,
            "TIMESTAMP": timestamp,
        },
    });
    let answer: Value = call(connection, "RespondToAuthChallenge", &answer)?;
    text(&answer, "/AuthenticationResult/IdToken").map(drop)
}

/// The present moment as `date` writes it.
fn timestamp() -> Result<String> {
    let output = std::process::Command::new("date")
        .args(["-u", TIMESTAMP_FORMAT])
        .env("LC_ALL", "C")
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let text = text.trim().to_owned();
    (!text.is_empty())
        .then_some(text)
        .ok_or_else(|| anyhow!("date gives no time"))
}
