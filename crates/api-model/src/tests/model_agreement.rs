//! The generated modules against the model they come from.

use serde_json::Value;

use crate::schema::{Kind, Shape};
use crate::{ErrorCode, Operation, OutputKind};

/// Where the generated modules differ from the model on purpose (see `xtask/src/codegen/overrides.rs`).
const UNSIGNED_ALL_THE_SAME: &str = "GetClientToken";
const FLOW_THAT_THE_MODEL_LACKS: &str = "ALLOW_CLIENT_TOKEN_AUTH";

fn model() -> Value {
    let json = include_str!("../../../../spec/cognito-idp.model.json");
    serde_json::from_str(json).unwrap()
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).collect()
}

#[test]
fn every_operation_of_the_model_is_there_with_its_errors() {
    let model = model();
    let operations = model["operations"].as_object().unwrap();
    assert_eq!(operations.len(), 141);
    assert_eq!(Operation::ALL.len(), operations.len());
    for (name, operation) in operations {
        let generated = Operation::from_name(name).unwrap();
        assert_eq!(generated.name(), name);
        let is_unsigned = operation["authtype"] == "none" || name == UNSIGNED_ALL_THE_SAME;
        assert_eq!(generated.is_unsigned(), is_unsigned, "{name}");
        let errors: Vec<_> = generated
            .errors()
            .iter()
            .map(|error| error.name())
            .collect();
        assert_eq!(errors, names(&operation["errors"]));
        assert_eq!(Some(generated.input().name), operation["input"].as_str());
        let output = generated.output().map(|output| output.name);
        assert_eq!(output, operation["output"].as_str());
    }
}

#[test]
fn operations_are_found_by_their_exact_name_only() {
    for name in ["", "signUp", "SignUp ", "SignUpRequest", "Zzz"] {
        assert_eq!(Operation::from_name(name), None);
    }
}

#[test]
fn the_known_numbers_of_operations_come_out() {
    let count = |kind| {
        let is_kind = |operation: &&Operation| operation.output_kind() == kind;
        Operation::ALL.iter().filter(is_kind).count()
    };
    assert_eq!(count(OutputKind::Nothing), 13);
    assert_eq!(count(OutputKind::Empty), 35);
    let unsigned = Operation::ALL
        .iter()
        .filter(|operation| operation.is_unsigned());
    assert_eq!(unsigned.count(), 34 + 1);
}

#[test]
fn every_member_and_bound_of_the_inputs_is_there() {
    let model = model();
    for operation in Operation::ALL {
        agree(&model["shapes"], operation.input());
    }
}

fn agree(shapes: &Value, shape: &Shape) {
    let described = &shapes[shape.name];
    let required = names(&described["required"]);
    for member in shape.members() {
        let reference = &described["members"][member.name];
        assert_eq!(reference["shape"], member.shape.name, "{}", shape.name);
        assert_eq!(member.required, required.contains(&member.name));
        agree(shapes, member.shape);
    }
    let count = described["members"]
        .as_object()
        .map_or(0, serde_json::Map::len);
    assert_eq!(shape.members().len(), count, "{}", shape.name);
    match shape.kind {
        Kind::String { length, pattern } => {
            assert_eq!(length.min, described["min"].as_i64(), "{}", shape.name);
            assert_eq!(length.max, described["max"].as_i64(), "{}", shape.name);
            // Overrides of the generator.
            if !["PasswordType", "DomainType"].contains(&shape.name) {
                let text = pattern.map(super::super::schema::Pattern::text);
                assert_eq!(text, described["pattern"].as_str(), "{}", shape.name);
            }
        }
        Kind::Enum { values } => {
            let mut known = names(&described["enum"]);
            if shape.name == "ExplicitAuthFlowsType" {
                known.push(FLOW_THAT_THE_MODEL_LACKS);
            }
            assert_eq!(values, known, "{}", shape.name);
        }
        Kind::List { element, .. } => agree(shapes, element),
        Kind::Map { key, value, .. } => {
            agree(shapes, key);
            agree(shapes, value);
        }
        _ => {}
    }
}

#[test]
fn every_error_of_the_model_is_there_with_its_status() {
    let model = model();
    for (name, shape) in model["shapes"].as_object().unwrap() {
        if shape["exception"] != true {
            continue;
        }
        let code = ErrorCode::ALL
            .iter()
            .find(|code| code.name() == name)
            .unwrap();
        let status = if shape["fault"] == true { 500 } else { 400 };
        assert_eq!(
            (code.status(), code.has_capital_message()),
            (status, false),
            "{name}"
        );
    }
    assert_eq!(ErrorCode::NotImplementedException.status(), 501);
    assert_eq!(ErrorCode::InternalFailure.status(), 500);
    assert!(ErrorCode::SerializationException.has_capital_message());
}
