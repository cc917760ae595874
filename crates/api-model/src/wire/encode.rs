//! From typed outputs to JSON.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::sensitive::Wipe;
use super::{Blob, Document, Output, Sensitive, Timestamp};

/// Writes an output as the body of a response.
///
/// Absent members are left out. `()`, for operations without an output, gives no bytes.
pub fn encode<T: Output>(output: &T) -> Vec<u8> {
    let mut writer = Writer(Vec::new());
    output.write(&mut writer);
    writer.0
}

/// Writes any value as JSON text.
pub(super) fn text_of<T: ToJson>(value: &T) -> String {
    let mut writer = Writer(Vec::new());
    value.write(&mut writer);
    String::from_utf8(writer.0).unwrap_or_default()
}

/// A type that can be written as JSON.
pub trait ToJson {
    /// Appends the value.
    fn write(&self, writer: &mut Writer);
}

/// JSON in the making.
pub struct Writer(Vec<u8>);

/// An object in the making.
pub(crate) struct ObjectWriter<'w> {
    writer: &'w mut Writer,
    is_empty: bool,
}

impl Writer {
    /// Opens an object.
    pub(crate) fn object(&mut self) -> ObjectWriter<'_> {
        self.raw("{");
        ObjectWriter {
            writer: self,
            is_empty: true,
        }
    }

    /// Appends text that is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// Appends a string with quotes and escapes.
    pub(crate) fn string(&mut self, text: &str) {
        self.raw("\"");
        let mut rest = text;
        while let Some(at) = rest.find(|character| matches!(character, '"' | '\\' | '\0'..='\x1f'))
        {
            let (plain, from_special) = rest.split_at(at);
            self.raw(plain);
            self.escape(from_special.as_bytes().first().copied().unwrap_or_default());
            rest = from_special.get(1..).unwrap_or_default();
        }
        self.raw(rest);
        self.raw("\"");
    }

    fn escape(&mut self, special: u8) {
        match special {
            b'"' => self.raw("\\\""),
            b'\\' => self.raw("\\\\"),
            b'\n' => self.raw("\\n"),
            b'\r' => self.raw("\\r"),
            b'\t' => self.raw("\\t"),
            control => self.raw(&format!("\\u{control:04x}")),
        }
    }
}

impl ObjectWriter<'_> {
    /// Appends a member.
    pub(crate) fn required<T: ToJson>(&mut self, name: &str, value: &T) {
        if !self.is_empty {
            self.writer.raw(",");
        }
        self.is_empty = false;
        self.writer.string(name);
        self.writer.raw(":");
        value.write(self.writer);
    }

    /// Appends a member if it is there.
    pub(crate) fn optional<T: ToJson>(&mut self, name: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Closes the object.
    pub(crate) fn end(self) {
        self.writer.raw("}");
    }
}

impl ToJson for () {
    fn write(&self, _writer: &mut Writer) {}
}

impl ToJson for String {
    fn write(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl ToJson for bool {
    fn write(&self, writer: &mut Writer) {
        writer.raw(if *self { "true" } else { "false" });
    }
}

impl ToJson for i32 {
    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.to_string());
    }
}

impl ToJson for i64 {
    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.to_string());
    }
}

impl ToJson for Timestamp {
    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.to_string());
    }
}

impl ToJson for Blob {
    fn write(&self, writer: &mut Writer) {
        writer.string(&STANDARD.encode(self.as_bytes()));
    }
}

impl ToJson for Document {
    fn write(&self, writer: &mut Writer) {
        writer.raw(self.as_json());
    }
}

impl<T: ToJson + Wipe> ToJson for Sensitive<T> {
    fn write(&self, writer: &mut Writer) {
        self.expose().write(writer);
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, writer: &mut Writer) {
        writer.raw("[");
        for (position, element) in self.iter().enumerate() {
            if position > 0 {
                writer.raw(",");
            }
            element.write(writer);
        }
        writer.raw("]");
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    fn write(&self, writer: &mut Writer) {
        let mut object = writer.object();
        for (key, value) in self {
            object.required(key, value);
        }
        object.end();
    }
}
