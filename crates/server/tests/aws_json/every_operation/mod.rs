//! Bad input, for every operation that is served at once: what is refused here, no operation can
//! forget to refuse.

mod access_tokens;
mod constraints;
mod inputs;
mod names;
mod sample;
mod types;

use poolhouse_api_model::Operation;
use serde_json::json;

use crate::api::Api;

/// Asks the door which operations are served, so that none can be served and left out.
async fn served(api: &Api) -> Vec<Operation> {
    let mut served = Vec::new();
    for operation in Operation::ALL {
        if api.call(operation.name(), json!({})).await.status != 501 {
            served.push(*operation);
        }
    }
    assert!(served.len() >= 75, "only {} are served", served.len());
    served
}
