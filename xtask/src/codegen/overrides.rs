//! Where the live service is known to differ from its model, and what a linear engine cannot do.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use super::model::Shape;

/// One known difference.
struct Override {
    shape: &'static str,
    change: Change,
    /// Where the difference was seen; kept for the reader of the table.
    #[expect(dead_code, reason = "evidence, read by people")]
    source: &'static str,
}

enum Change {
    /// The service checks this pattern, not that of the model.
    Pattern(&'static str),
}

/// The differences that were observed. A later observation is a change of one row.
const OVERRIDES: [Override; 1] = [Override {
    shape: "PasswordType",
    change: Change::Pattern(r"^[\S]+.*[\S]+$"),
    source: "live text of 2025, cds-snc/platform-forms-client#5635; the model says [\\S]+",
}];

/// Shapes that the model marks sensitive and whose values the service prints all the same.
/// They stay out of `Debug` like every sensitive member.
/// Source: boto3#3581 (2023), `Value 'ap-northeast-1_xxx' at 'clientId'`.
pub(super) const PRINTED_THOUGH_SENSITIVE: [&str; 1] = ["ClientIdType"];

/// Patterns that need looking back, and the same language without.
pub(super) const EQUIVALENT_PATTERNS: [(&str, &str); 1] = [(
    r"^[0-9A-Za-z\.\-_]*(?<!\.)$",
    r"^(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?$",
)];

/// Puts the observed differences into the shapes of the model.
///
/// # Errors
/// When an override names a shape that the model does not have.
pub(super) fn apply(shapes: &mut BTreeMap<String, Shape>) -> Result<()> {
    for row in OVERRIDES {
        let shape = shapes
            .get_mut(row.shape)
            .with_context(|| format!("an override names the missing shape {}", row.shape))?;
        match row.change {
            Change::Pattern(pattern) => shape.pattern = Some(pattern.to_owned()),
        }
    }
    Ok(())
}
