//! A JSON object whose members keep their order.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::error::to_json;

/// Members in the order they were put; a name that is there already is not put again.
#[derive(Clone, Debug, Default)]
pub(crate) struct JsonObject(Vec<(String, Value)>);

impl JsonObject {
    pub(crate) fn put(&mut self, name: &str, value: impl Into<Value>) {
        if !self.0.iter().any(|(own, _)| own == name) {
            self.0.push((name.to_owned(), value.into()));
        }
    }

    pub(crate) fn put_some(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Puts a list of texts unless it is empty.
    pub(crate) fn put_list(&mut self, name: &str, values: &[String]) {
        if !values.is_empty() {
            self.put(name, values);
        }
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        to_json(self)
    }
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_the_first_of_a_name_wins() {
        let mut object = JsonObject::default();
        object.put("b", 1);
        object.put("a", "x\"y");
        object.put("b", 2);
        object.put_some("c", None::<&str>);
        object.put_list("d", &[]);
        object.put_list("e", &["f".to_owned()]);
        assert_eq!(object.to_json(), br#"{"b":1,"a":"x\"y","e":["f"]}"#);
    }
}
