//! The settings file.

use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::error::ConfigError;
use crate::setting::Setting;
use crate::settings;

/// A settings file whose keys are all known.
pub(crate) struct SettingsFile {
    path: PathBuf,
    table: Table,
}

impl SettingsFile {
    pub(crate) fn open(
        path: &Path,
        read_file: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let text = read_file(path).map_err(|source| ConfigError::Unreadable {
            file: path.to_owned(),
            source,
        })?;
        let table = text.parse::<Table>().map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let before = text.get(..start).unwrap_or_default();
            ConfigError::NotToml {
                file: path.to_owned(),
                line: 1 + before.matches('\n').count(),
                message: error.message().to_owned(),
            }
        })?;
        let file = Self {
            path: path.to_owned(),
            table,
        };
        file.refuse_unknown_keys()?;
        Ok(file)
    }

    /// Finds a setting's value, and says where it stands.
    pub(crate) fn find(&self, setting: &Setting) -> Option<(&Value, String)> {
        let key = setting.key?;
        let mut parts = key.split('.');
        let first = self.table.get(parts.next()?)?;
        let value = parts.try_fold(first, |value, part| value.as_table()?.get(part))?;
        Some((value, format!("`{key}` in {}", self.path.display())))
    }

    fn refuse_unknown_keys(&self) -> Result<(), ConfigError> {
        for (name, value) in &self.table {
            match value {
                Value::Table(section) if is_section(name) => {
                    for key in section.keys() {
                        self.refuse_unless_known(&format!("{name}.{key}"))?;
                    }
                }
                _ => self.refuse_unless_known(name)?,
            }
        }
        Ok(())
    }

    fn refuse_unless_known(&self, key: &str) -> Result<(), ConfigError> {
        if keys().any(|known| known == key) {
            return Ok(());
        }
        Err(ConfigError::UnknownKey {
            file: self.path.clone(),
            key: key.to_owned(),
            known: say_what_is_known(key),
        })
    }
}

fn keys() -> impl Iterator<Item = &'static str> {
    settings::ALL.into_iter().filter_map(|setting| setting.key)
}

fn is_section(name: &str) -> bool {
    keys().any(|key| {
        key.split_once('.')
            .is_some_and(|(section, _)| section == name)
    })
}

/// Lists the keys of the section that was meant, or all sections.
fn say_what_is_known(key: &str) -> String {
    let section = key.split_once('.').map(|(section, _)| section);
    if let Some(section) = section {
        let names = keys().filter_map(|key| key.strip_prefix(section)?.strip_prefix('.'));
        return format!("[{section}] has {}", names.collect::<Vec<_>>().join(", "));
    }
    let mut names: Vec<String> = Vec::new();
    for key in keys() {
        let name = match key.split_once('.') {
            Some((section, _)) => format!("[{section}]"),
            None => key.to_owned(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    format!("there are {}", names.join(", "))
}
