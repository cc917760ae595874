//! What a setting is.

/// One thing that an operator can decide, with its names in every source.
pub(crate) struct Setting {
    /// Name of the flag, without the dashes; `None` for what must not show in a list of processes.
    pub(crate) flag: Option<&'static str>,
    /// Name of the environment variable.
    pub(crate) variable: &'static str,
    /// Key in the file, with its section; `None` for what only makes sense for one start.
    pub(crate) key: Option<&'static str>,
    /// What the value looks like, for the help; empty for one that is true or false.
    pub(crate) value_name: &'static str,
    /// What it does, in one or two sentences.
    pub(crate) help: &'static str,
    /// What holds when it is not set, in words; empty when nothing does.
    pub(crate) default: &'static str,
    /// Whether the value holds a password: messages do not repeat it.
    pub(crate) is_secret: bool,
}

impl Setting {
    /// Whether it is true or false, so that its flag needs no value.
    pub(crate) fn is_switch(&self) -> bool {
        self.value_name.is_empty()
    }

    /// The text of the help: what it does, its default, and its other names.
    pub(crate) fn describe(&self) -> String {
        use std::fmt::Write as _;
        let mut text = self.help.to_owned();
        // Writing to a String cannot fail.
        if !self.default.is_empty() {
            let _ = write!(text, " [default: {}]", self.default);
        }
        let _ = write!(text, " [env: {}]", self.variable);
        if let Some(key) = self.key {
            let _ = write!(text, " [file: {key}]");
        }
        text
    }
}
