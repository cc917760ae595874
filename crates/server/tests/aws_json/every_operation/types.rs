//! Members of the wrong JSON type, and members that the model does not have.

use poolhouse_api_model::Operation;
use poolhouse_api_model::schema::{Kind, Shape};
use serde_json::{Value, json};

use super::inputs::{World, minimal_input};
use super::{sample, served};
use crate::api::Api;

#[tokio::test]
async fn s57_a_value_of_the_wrong_type_is_refused_at_every_place_of_every_served_operation() {
    Api::on_every_engine(|api| async move {
        let mut count = 0;
        for operation in served(&api).await {
            for (way, shape) in places(operation) {
                for wrong in values_of_other_types(shape) {
                    let input = sample::along(operation.input(), &way, &|_| Some(wrong.clone()));
                    let (code, text) = api.refused(operation.name(), input.unwrap()).await;
                    let place = format!("{operation:?} {way:?} {wrong}");
                    assert_eq!(code, "SerializationException", "{place}: {text}");
                    if let Some(expected) = known_text(shape, &wrong) {
                        assert_eq!(text, expected, "{place}");
                    }
                    count += 1;
                }
            }
        }
        assert!(count > 2000, "only {count} values were tried");
    })
    .await;
}

/// Every member, element and map value of an input, at any depth.
fn places(operation: Operation) -> Vec<(Vec<&'static str>, &'static Shape)> {
    let mut found = Vec::new();
    collect(operation.input(), &mut Vec::new(), &mut found);
    found
}

fn collect(
    shape: &'static Shape,
    way: &mut Vec<&'static str>,
    found: &mut Vec<(Vec<&'static str>, &'static Shape)>,
) {
    let inside: Vec<_> = match shape.kind {
        Kind::Structure { members } => members.iter().map(|m| (m.name, m.shape)).collect(),
        Kind::List { element, .. } => vec![("*", element)],
        Kind::Map { value, .. } => vec![("*", value)],
        _ => Vec::new(),
    };
    for (step, shape) in inside {
        way.push(step);
        found.push((way.clone(), shape));
        collect(shape, way, found);
        way.pop();
    }
}

fn values_of_other_types(shape: &Shape) -> Vec<Value> {
    let all = [json!({}), json!([]), json!("text"), json!(1), json!(true)];
    let is_right = |value: &Value| match shape.kind {
        Kind::Structure { .. } | Kind::Map { .. } => value.is_object(),
        Kind::List { .. } => value.is_array(),
        // "text" is base64, too.
        Kind::String { .. } | Kind::Enum { .. } | Kind::Blob { .. } => value.is_string(),
        Kind::Integer { .. } | Kind::Long { .. } | Kind::Timestamp => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Document => true,
    };
    let wrong = all.into_iter().filter(|value| !is_right(value));
    wrong.collect()
}

/// The text for a value of the wrong type, where the specification sheet has one.
fn known_text(shape: &Shape, wrong: &Value) -> Option<&'static str> {
    let is_text = matches!(shape.kind, Kind::String { .. } | Kind::Enum { .. });
    match wrong {
        Value::Object(_) => Some("Start of structure or map found where not expected."),
        Value::Array(_) => Some("Start of list found where not expected"),
        Value::Number(_) if is_text => Some("NUMBER_VALUE can not be converted to a String"),
        _ => None,
    }
}

#[tokio::test]
async fn members_that_the_model_does_not_have_change_no_answer() {
    Api::on_every_engine(|api| async move {
        for operation in served(&api).await {
            let input = minimal_input(operation, &World::of_nothing());
            let mut with_more = input.clone();
            with_more["Later"] = json!({"A": [1, {"B": null}], "C": "text"});
            for member in operation.input_members() {
                with_more[member.path()] = json!([true]);
            }
            let answer = api.call(operation.name(), input).await;
            let with_more = api.call(operation.name(), with_more).await;
            assert_eq!(with_more.status, answer.status, "{operation:?}");
            if answer.status != 200 {
                assert_eq!(with_more.text(), answer.text(), "{operation:?}");
            }
        }
    })
    .await;
}
