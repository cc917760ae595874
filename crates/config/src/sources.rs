//! Where a setting's value comes from.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use toml::Value;

use crate::arguments::Flags;
use crate::error::ConfigError;
use crate::file::SettingsFile;
use crate::setting::Setting;
use crate::settings;

/// The environment variables of the process, by name.
pub type Environment = BTreeMap<String, String>;

/// Flags, environment and file, in the order in which they win.
pub(crate) struct Sources<'a> {
    flags: &'a Flags,
    environment: &'a Environment,
    file: Option<SettingsFile>,
}

/// A value as it was written, and where.
pub(crate) struct Given {
    values: Vec<String>,
    is_list: bool,
    /// The flag, the variable, or the key and file.
    pub(crate) origin: String,
}

impl Given {
    pub(crate) fn refuse(&self, reason: impl Into<String>) -> ConfigError {
        ConfigError::Invalid {
            origin: self.origin.clone(),
            reason: reason.into(),
        }
    }

    fn one(&self) -> Result<&str, ConfigError> {
        match self.values.as_slice() {
            [value] if !self.is_list => Ok(value),
            _ => Err(self.refuse("it is one value, not a list")),
        }
    }

    /// The parts of a list: those of an array, or what commas separate.
    fn many(&self) -> impl Iterator<Item = &str> {
        let parts = self.values.iter().flat_map(|value| value.split(','));
        parts.map(str::trim).filter(|part| !part.is_empty())
    }
}

impl<'a> Sources<'a> {
    pub(crate) fn open(
        flags: &'a Flags,
        environment: &'a Environment,
        read_file: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let mut sources = Self {
            flags,
            environment,
            file: None,
        };
        if let Some(path) = sources.path(&settings::CONFIG)? {
            sources.file = Some(SettingsFile::open(&path, read_file)?);
        }
        Ok(sources)
    }

    /// Finds what was written for a setting in the source that wins.
    pub(crate) fn find(&self, setting: &Setting) -> Result<Option<Given>, ConfigError> {
        let single = |value: &str, origin: String| Given {
            values: vec![value.to_owned()],
            is_list: false,
            origin,
        };
        if let (Some(value), Some(flag)) = (self.flags.find(setting), setting.flag) {
            return Ok(Some(single(value, format!("--{flag}"))));
        }
        if let Some(value) = self.variable(setting) {
            return Ok(Some(single(value, setting.variable.to_owned())));
        }
        let found = self.file.as_ref().and_then(|file| file.find(setting));
        found.map(|(value, origin)| read(value, origin)).transpose()
    }

    /// The value of a setting's variable alone; an empty one is not set.
    pub(crate) fn variable(&self, setting: &Setting) -> Option<&str> {
        let value = self.environment.get(setting.variable)?;
        (!value.is_empty()).then_some(value)
    }

    /// Whether a setting's flag alone is on.
    pub(crate) fn is_flag_on(&self, setting: &Setting) -> bool {
        self.flags.find(setting) == Some("true")
    }

    /// Reads a setting that is one value; `parse` says what is wrong with it.
    pub(crate) fn parse<T>(
        &self,
        setting: &Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(given) = self.find(setting)? else {
            return Ok(None);
        };
        let text = given.one()?;
        let parsed = parse(text).map_err(|reason| given.refuse(quote(setting, text, &reason)))?;
        Ok(Some(parsed))
    }

    /// Reads a setting that is a list; one that is not set is empty.
    pub(crate) fn parse_list<T>(
        &self,
        setting: &Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, ConfigError> {
        let Some(given) = self.find(setting)? else {
            return Ok(Vec::new());
        };
        given
            .many()
            .map(|part| parse(part).map_err(|reason| given.refuse(quote(setting, part, &reason))))
            .collect()
    }

    /// Reads a setting that is true or false; one that is not set is false.
    pub(crate) fn is_on(&self, setting: &Setting) -> Result<bool, ConfigError> {
        let parsed = self.parse(setting, |text| match text {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => Err("it is true or false".to_owned()),
        })?;
        Ok(parsed.unwrap_or(false))
    }

    /// Reads a setting that is a path.
    pub(crate) fn path(&self, setting: &Setting) -> Result<Option<PathBuf>, ConfigError> {
        self.parse(setting, |text| Ok(PathBuf::from(text)))
    }

    /// Reads a setting that is a number from 1 on.
    pub(crate) fn count(&self, setting: &Setting) -> Result<Option<usize>, ConfigError> {
        self.parse(setting, |text| match text.parse::<usize>() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err("it is a whole number, at least 1".to_owned()),
        })
    }
}

fn quote(setting: &Setting, value: &str, reason: &str) -> String {
    if setting.is_secret {
        return reason.to_owned();
    }
    format!("{value:?}: {reason}")
}

fn read(value: &Value, origin: String) -> Result<Given, ConfigError> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    };
    let values: Option<Vec<String>> = match value {
        Value::Array(values) => values.iter().map(text).collect(),
        value => text(value).map(|text| vec![text]),
    };
    match values {
        Some(values) => Ok(Given {
            values,
            is_list: value.is_array(),
            origin,
        }),
        None => Err(ConfigError::Invalid {
            origin,
            reason: "it is a text, a whole number, true or false, or a list of texts".to_owned(),
        }),
    }
}
