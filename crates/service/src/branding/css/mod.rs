//! The stylesheets of owners: what is allowed in them, and what of them is served.
//!
//! What is served is written anew from what was understood: class names, properties and functions
//! of three lists, with names, numbers and colours as values. A stylesheet that says anything else
//! is refused whole, so that its owner learns of it.
//! Source: AWS page "Customizing hosted UI (classic) branding", for the classes and what is
//! forbidden. It names no property that is: the list of those is ours.

mod rules;
#[cfg(test)]
mod tests;
mod tokens;
mod vocabulary;

/// The longest stylesheet, in bytes.
/// Source: AWS page "Customizing hosted UI (classic) branding".
pub(super) const MAX_CSS_BYTES: usize = 3 * 1024;

/// Why a stylesheet is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("CSS is not allowed: line {line}: {reason}.")]
pub(super) struct CssRefusal {
    /// The line, from 1.
    line: usize,
    /// What is wrong there.
    reason: String,
}

/// Reads a stylesheet and writes it anew as it is served.
/// # Errors
/// [`CssRefusal`] for what is not allowed.
pub(super) fn to_served(source: &str) -> Result<String, CssRefusal> {
    if source.len() > MAX_CSS_BYTES {
        return Err(CssRefusal {
            line: 1,
            reason: format!("it is longer than {MAX_CSS_BYTES} bytes"),
        });
    }
    rules::Rules::of(source).write()
}
