//! Getting, renewing and using tokens.

use anyhow::Result;
use serde_json::{Value, json};

use super::browser::Browser;
use super::machine::Machine;
use crate::deployment::{CALLBACK_URL, CONNECTIONS, PASSWORD, username};
use crate::http::{Connection, Request};
use crate::json_api::{initiate_auth, request, text};
use crate::lab::{Lab, Load};
use crate::primitives::Primitive;
use crate::table::{Budget, Row, Unit};

/// Both tokens are signed.
const TWO_SIGNATURES: &[Primitive] = &[Primitive::Sign, Primitive::Sign];

const SIGNING: Budget = Budget {
    unit: Unit::TimesPrimitives,
    limit: 1.35,
    aim: 1.12,
};

const CHECKING: Budget = Budget {
    unit: Unit::CpuMillis,
    limit: 0.08,
    aim: 0.035,
};

/// `/oauth2/token` with the client credentials grant.
///
/// # Errors
/// When a request fails.
pub(crate) fn client_credentials(lab: &Lab<'_>) -> Result<Row> {
    let machine = Machine::make(&mut lab.server.connect()?, &lab.deployment.pool_id)?;
    let request = machine.request();
    let load = Load {
        name: "client credentials (1 signature)",
        budget: SIGNING,
        primitives: &[Primitive::Sign],
        requests: 160,
    };
    lab.measure(
        &load,
        |_, _| Ok(&request),
        |connection, request| {
            let answer = connection.send(request)?.expect(200)?;
            text(&serde_json::from_str(&answer.body)?, "/access_token").map(drop)
        },
    )
}

/// `REFRESH_TOKEN_AUTH`
///
/// # Errors
/// When a request fails.
pub(crate) fn refresh(lab: &Lab<'_>) -> Result<Row> {
    let client_id = &lab.deployment.client_id;
    let tokens = sign_in_everyone(lab, "/AuthenticationResult/RefreshToken")?;
    let load = Load {
        name: "refresh (2 signatures)",
        budget: SIGNING,
        primitives: TWO_SIGNATURES,
        requests: 80,
    };
    lab.measure(
        &load,
        |_, turn| Ok(json!({"REFRESH_TOKEN": tokens[turn.connection]})),
        |connection, parameters| {
            let flow = "REFRESH_TOKEN_AUTH";
            let answer = initiate_auth(connection, client_id, flow, &parameters)?;
            text(&answer, "/AuthenticationResult/IdToken").map(drop)
        },
    )
}

/// `/oauth2/token` with an authorization code.
///
/// # Errors
/// When a request fails.
pub(crate) fn code_exchange(lab: &Lab<'_>) -> Result<Row> {
    let browser = Browser::sign_in(&mut lab.server.connect()?, lab.deployment, &username(0))?;
    let load = Load {
        name: "authorization code exchange (2 signatures)",
        budget: SIGNING,
        primitives: TWO_SIGNATURES,
        requests: 60,
    };
    lab.measure(
        &load,
        |connection, _| browser.authorize(connection, lab.deployment),
        |connection, code| exchange(lab, connection, &code).map(drop),
    )
}

/// `GetUser`
///
/// # Errors
/// When a request fails.
pub(crate) fn get_user(lab: &Lab<'_>) -> Result<Row> {
    let tokens = sign_in_everyone(lab, "/AuthenticationResult/AccessToken")?;
    let requests = tokens.iter();
    let requests = requests.map(|token| request("GetUser", &json!({ "AccessToken": token })));
    check_tokens(lab, "GetUser", &requests.collect::<Vec<_>>())
}

/// `/oauth2/userInfo`
///
/// # Errors
/// When a request fails.
pub(crate) fn user_info(lab: &Lab<'_>) -> Result<Row> {
    let mut connection = lab.server.connect()?;
    let requests = (0..CONNECTIONS).map(|index| {
        let browser = Browser::sign_in(&mut connection, lab.deployment, &username(index))?;
        let code = browser.authorize(&mut connection, lab.deployment)?;
        let token = exchange(lab, &mut connection, &code)?;
        let request = Request::get("/oauth2/userInfo");
        Ok(request.with_header("authorization", &format!("Bearer {token}")))
    });
    check_tokens(lab, "userInfo", &requests.collect::<Result<Vec<_>>>()?)
}

/// Sends each connection's request over and over.
fn check_tokens(lab: &Lab<'_>, name: &'static str, requests: &[Request]) -> Result<Row> {
    let load = Load {
        name,
        budget: CHECKING,
        primitives: &[Primitive::Verify],
        requests: 1000,
    };
    lab.measure(
        &load,
        |_, turn| Ok(&requests[turn.connection]),
        |connection, request| {
            connection.send(request)?.expect(200)?;
            Ok(())
        },
    )
}

/// Signs the user of each connection in and reads one text of each answer.
fn sign_in_everyone(lab: &Lab<'_>, pointer: &str) -> Result<Vec<String>> {
    let mut connection = lab.server.connect()?;
    let client_id = &lab.deployment.client_id;
    (0..CONNECTIONS)
        .map(|index| {
            let parameters = json!({"USERNAME": username(index), "PASSWORD": PASSWORD});
            let flow = "USER_PASSWORD_AUTH";
            let answer = initiate_auth(&mut connection, client_id, flow, &parameters)?;
            text(&answer, pointer)
        })
        .collect()
}

/// Exchanges a code for an access token.
fn exchange(lab: &Lab<'_>, connection: &mut Connection, code: &str) -> Result<String> {
    let pairs = [
        ("grant_type", "authorization_code"),
        ("client_id", &lab.deployment.client_id),
        ("redirect_uri", CALLBACK_URL),
        ("code", code),
    ];
    let answer = connection.send(&Request::form("/oauth2/token", &pairs))?;
    let answer: Value = serde_json::from_str(&answer.expect(200)?.body)?;
    text(&answer, "/id_token")?;
    text(&answer, "/access_token")
}
