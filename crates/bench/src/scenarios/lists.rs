//! Lists of users, and what the number of users costs a sign-in.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::deployment::PASSWORD;
use crate::fill::{filled_email, filled_username};
use crate::http::Connection;
use crate::json_api::{call, initiate_auth, text};
use crate::lab::{Lab, Load, Turn, median};
use crate::table::{Budget, Row, Unit};

/// Users on a page: as many as a call may ask for.
const PAGE: usize = 60;

/// A step that spreads requests over all users, whose number it does not divide.
const STEP: usize = 7919;

fn load(name: &'static str, limit: f64, aim: f64) -> Load {
    Load {
        name,
        budget: Budget {
            unit: Unit::CpuMillis,
            limit,
            aim,
        },
        primitives: &[],
        requests: 60,
    }
}

/// A page of all users: the first one, and one further on, in turn.
///
/// # Errors
/// When a request fails, or a page is not full.
pub(crate) fn users_page(lab: &Lab<'_>, name: &'static str) -> Result<Row> {
    let pool_id = &lab.deployment.pool_id;
    // It costs what the first one does, unless rows before it are read.
    let further_on = page_token(lab, 8)?;
    lab.measure(
        &load(name, 5.0, 1.0),
        |_, turn| {
            let mut input = json!({"UserPoolId": pool_id, "Limit": PAGE});
            if turn.number % 2 == 1 {
                input["PaginationToken"] = json!(further_on);
            }
            Ok(input)
        },
        |connection, input| {
            let answer = call(connection, "ListUsers", &input)?;
            ensure!(count(&answer) == PAGE, "the page is not full");
            Ok(())
        },
    )
}

/// The token that follows so many pages.
fn page_token(lab: &Lab<'_>, pages: usize) -> Result<String> {
    let mut connection = lab.server.connect()?;
    let mut input = json!({"UserPoolId": lab.deployment.pool_id, "Limit": PAGE});
    let mut token = String::new();
    for _ in 0..pages {
        let answer = call(&mut connection, "ListUsers", &input)?;
        token = text(&answer, "/PaginationToken")?;
        input["PaginationToken"] = json!(token);
    }
    Ok(token)
}

/// One user by their exact address, every request another among `users` filled-in ones.
///
/// # Errors
/// When a request fails or finds nobody.
pub(crate) fn email_filter(lab: &Lab<'_>, name: &'static str, users: usize) -> Result<Row> {
    let pool_id = &lab.deployment.pool_id;
    lab.measure(
        &load(name, 2.0, 0.3),
        |_, turn| {
            let email = filled_email((turn.number * STEP) % users.max(1));
            Ok(json!({"UserPoolId": pool_id, "Filter": format!("email = \"{email}\"")}))
        },
        |connection, input| {
            let answer = call(connection, "ListUsers", &input)?;
            ensure!(count(&answer) == 1, "the filter does not find its user");
            Ok(())
        },
    )
}

fn count(answer: &Value) -> usize {
    answer["Users"].as_array().map_or(0, Vec::len)
}

/// The median time of a sign-in among many users as a multiple of that among few. The two servers
/// take turns, round by round, so that a slow minute slows both.
///
/// # Errors
/// When a sign-in fails.
pub(crate) fn sign_in_among_many(
    name: &'static str,
    (few, few_users): (&Lab<'_>, usize),
    (many, many_users): (&Lab<'_>, usize),
) -> Result<Row> {
    let load = Load {
        name,
        budget: Budget {
            unit: Unit::TimesFewUsers,
            limit: 1.5,
            aim: 1.05,
        },
        primitives: &[],
        requests: 6,
    };
    let (mut ratios, mut among_few, mut among_many) = (Vec::new(), Vec::new(), Vec::new());
    // The first round warms caches and is not counted.
    for round in 0..=many.rounds {
        let one = sign_ins(few, &load, round, few_users)?;
        let other = sign_ins(many, &load, round, many_users)?;
        if round > 0 {
            ratios.push(other / one);
            among_few.push(one);
            among_many.push(other);
        }
    }
    let (few_ms, many_ms) = (median(&mut among_few), median(&mut among_many));
    Ok(Row {
        name,
        budget: load.budget,
        value: median(&mut ratios),
        detail: format!("p50 {many_ms:.2} ms on the clock against {few_ms:.2} ms"),
    })
}

/// The median time of the sign-ins of one round, in milliseconds.
fn sign_ins(lab: &Lab<'_>, load: &Load, round: usize, users: usize) -> Result<f64> {
    let client_id = &lab.deployment.client_id;
    lab.p50_of_round(
        load,
        round,
        |_: &mut Connection, turn: Turn| {
            let name = filled_username((turn.number * STEP) % users.max(1));
            Ok(json!({"USERNAME": name, "PASSWORD": PASSWORD}))
        },
        |connection, parameters: Value| {
            let flow = "USER_PASSWORD_AUTH";
            let answer = initiate_auth(connection, client_id, flow, &parameters)?;
            text(&answer, "/AuthenticationResult/IdToken").map(drop)
        },
    )
}
