//! The API model as it is kept in `spec/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::marker::PhantomData;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::overrides;

/// The operations and shapes of the service.
#[derive(serde::Deserialize)]
pub(super) struct Model {
    pub(super) operations: BTreeMap<String, Operation>,
    pub(super) shapes: BTreeMap<String, Shape>,
}

#[derive(serde::Deserialize)]
pub(super) struct Operation {
    pub(super) input: String,
    pub(super) output: Option<String>,
    pub(super) errors: Vec<String>,
    pub(super) authtype: String,
}

#[derive(serde::Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the traits of the model are flags"
)]
pub(super) struct Shape {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    /// In the order of the model, which is that of AWS's documentation.
    #[serde(default)]
    pub(super) members: Ordered<Reference>,
    #[serde(default)]
    pub(super) required: BTreeSet<String>,
    pub(super) member: Option<Reference>,
    pub(super) key: Option<Reference>,
    pub(super) value: Option<Reference>,
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    pub(super) pattern: Option<String>,
    #[serde(rename = "enum", default)]
    pub(super) values: Vec<String>,
    #[serde(default)]
    pub(super) sensitive: bool,
    #[serde(default)]
    pub(super) document: bool,
    #[serde(default)]
    pub(super) exception: bool,
    #[serde(default)]
    pub(super) fault: bool,
    /// Whether violations print the value although the shape is sensitive.
    #[serde(skip)]
    pub(super) shows_value: bool,
    /// Why the shape is not as the model says, if it is not.
    #[serde(skip)]
    pub(super) difference: Option<&'static str>,
}

#[derive(serde::Deserialize)]
pub(super) struct Reference {
    pub(super) shape: String,
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Structure,
    List,
    Map,
    String,
    Integer,
    Long,
    Boolean,
    Timestamp,
    Blob,
}

/// A JSON object whose order counts.
pub(super) struct Ordered<T>(pub(super) Vec<(String, T)>);

impl Model {
    /// Reads the model and applies the overrides.
    ///
    /// # Errors
    /// When the file cannot be read or an override names a shape that is not there.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let json = fs::read_to_string(path)
            .with_context(|| format!("cannot read the model {}", path.display()))?;
        let mut model: Self = serde_json::from_str(&json).context("cannot read the model")?;
        overrides::apply(&mut model.shapes)?;
        overrides::apply_to_operations(&mut model.operations)?;
        Ok(model)
    }

    /// Finds a shape by its name.
    ///
    /// # Errors
    /// When the model has none of that name.
    pub(super) fn shape(&self, name: &str) -> Result<&Shape> {
        self.shapes
            .get(name)
            .with_context(|| format!("the model has no shape {name}"))
    }

    /// Names every shape that the inputs (or the outputs) of all operations are made of.
    ///
    /// # Errors
    /// When a shape is missing.
    pub(super) fn reachable(&self, ends: Ends) -> Result<BTreeSet<String>> {
        let mut open: Vec<String> = Vec::new();
        for operation in self.operations.values() {
            match ends {
                Ends::Inputs => open.push(operation.input.clone()),
                Ends::Outputs => open.extend(operation.output.clone()),
            }
        }
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            if found.insert(name.clone()) {
                open.extend(self.shape(&name)?.references());
            }
        }
        Ok(found)
    }
}

/// Which way a shape travels.
#[derive(Clone, Copy)]
pub(super) enum Ends {
    Inputs,
    Outputs,
}

impl Shape {
    fn references(&self) -> impl Iterator<Item = String> {
        let members = self.members.0.iter().map(|(_, member)| member);
        members
            .chain(&self.member)
            .chain(&self.key)
            .chain(&self.value)
            .map(|reference| reference.shape.clone())
    }
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OrderedVisitor(PhantomData))
    }
}

struct OrderedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OrderedVisitor<T> {
    type Value = Ordered<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Ordered(entries))
    }
}
