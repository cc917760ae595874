//! Settings as flags of a command.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, ArgMatches, builder::NonEmptyStringValueParser};

use crate::setting::Setting;
use crate::settings;

/// The flags that were given, by name.
#[derive(Clone, Default)]
pub struct Flags(BTreeMap<&'static str, String>);

impl Flags {
    /// Takes the flags out of what the command line held; it must have been read with
    /// [`arguments`].
    pub fn from_matches(matches: &ArgMatches) -> Self {
        let given = flags().filter_map(|(flag, _)| {
            // A command may leave a flag out.
            let value = matches.try_get_one::<String>(flag).ok().flatten()?;
            Some((flag, value.clone()))
        });
        Self(given.collect())
    }

    pub(crate) fn find(&self, setting: &Setting) -> Option<&str> {
        self.0.get(setting.flag?).map(String::as_str)
    }

    #[cfg(test)]
    pub(crate) fn of(flags: &[(&'static str, &str)]) -> Self {
        Self(
            flags
                .iter()
                .map(|(flag, v)| (*flag, (*v).to_owned()))
                .collect(),
        )
    }
}

/// The flags of every setting, for a command that serves.
pub fn arguments() -> Vec<Arg> {
    flags()
        .map(|(flag, setting)| argument(flag, setting))
        .collect()
}

/// The flags of every setting but one, for a command that has it otherwise.
pub fn arguments_without(flag: &str) -> Vec<Arg> {
    let mut arguments = arguments();
    arguments.retain(|argument| argument.get_id() != flag);
    arguments
}

fn flags() -> impl Iterator<Item = (&'static str, &'static Setting)> {
    settings::ALL
        .into_iter()
        .filter_map(|setting| Some((setting.flag?, setting)))
}

fn argument(flag: &'static str, setting: &Setting) -> Arg {
    let argument = Arg::new(flag)
        .long(flag)
        .action(ArgAction::Set)
        .value_parser(NonEmptyStringValueParser::new())
        .help(setting.describe());
    if setting.is_switch() {
        return argument
            .value_name("true|false")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true");
    }
    argument.value_name(setting.value_name)
}
