//! What is described, and what a tool makes of it.

use poolhouse_api_model::Operation;
use serde_json::{Map, Value, json};

use crate::api::Api;

/// Makes a pool.
pub(crate) async fn create_pool(api: &Api, input: Value) -> Value {
    api.ok("CreateUserPool", input).await["UserPool"].clone()
}

/// Describes a pool.
pub(crate) async fn describe_pool(api: &Api, id: &Value) -> Value {
    let described = api.ok("DescribeUserPool", json!({"UserPoolId": id})).await;
    described["UserPool"].clone()
}

/// Describes a client.
pub(crate) async fn describe_client(api: &Api, client: &Value) -> Value {
    let key = json!({"UserPoolId": client["UserPoolId"], "ClientId": client["ClientId"]});
    api.ok("DescribeUserPoolClient", key).await["UserPoolClient"].clone()
}

/// What an infrastructure tool sends back: the description, as far as the operation takes it.
pub(crate) fn sent_back(operation: Operation, described: &Value, own: &[(&str, &Value)]) -> Value {
    let mut input = Map::new();
    for member in operation.input_members() {
        let value = &described[member.name];
        if !value.is_null() {
            input.insert(member.name.to_owned(), value.clone());
        }
    }
    for (name, value) in own {
        input.insert((*name).to_owned(), (*value).clone());
    }
    Value::Object(input)
}

/// A description without what every change changes.
pub(crate) fn lasting(described: &Value) -> Value {
    let mut described = described.clone();
    described["LastModifiedDate"].take();
    described
}
