//! Where the generated types differ from the model on purpose, and what a linear engine cannot do.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use super::model::{Operation, Shape};

/// One difference: of which shape, which, and why.
struct Override {
    shape: &'static str,
    change: Change,
    source: &'static str,
}

enum Change {
    /// The service checks this pattern, not that of the model.
    Pattern(&'static str),
    /// The service checks no pattern here: what it refuses, it refuses in other words.
    NoPattern,
    /// The model marks it sensitive, and the service prints its value in violations all the same.
    ShowsValue,
    /// The model does not mark it sensitive, but it holds a secret: kept out of `Debug`, printed
    /// in violations as the service does.
    Guarded,
    /// The service takes these values too.
    MoreValues(&'static [&'static str]),
}

/// The differences. A later observation of the service is a change of one row.
const OVERRIDES: [Override; 7] = [
    Override {
        shape: "PasswordType",
        change: Change::Pattern(r"^[\S]+.*[\S]+$"),
        source: r"live text of 2025 (cds-snc/platform-forms-client#5635); the model says `[\S]+`",
    },
    Override {
        shape: "DomainType",
        change: Change::NoPattern,
        source: "a custom domain has dots, and live answers about others say it in other words \
                 (aws-cdk#5942)",
    },
    Override {
        shape: "ClientIdType",
        change: Change::ShowsValue,
        source: "live text of 2023 (boto3#3581) prints the value of this sensitive shape",
    },
    Override {
        shape: "ConfirmationCodeType",
        change: Change::Guarded,
        source: "a code that proves an address is a secret until it is used",
    },
    Override {
        shape: "DeviceSecretVerifierConfigType",
        change: Change::Guarded,
        source: "an SRP verifier lets its holder guess the secret behind it",
    },
    Override {
        shape: "ProviderDetailsType",
        change: Change::Guarded,
        source: "it holds the client secret of an identity provider",
    },
    Override {
        shape: "ExplicitAuthFlowsType",
        change: Change::MoreValues(&["ALLOW_CLIENT_TOKEN_AUTH"]),
        source: "API reference of `GetClientToken`, which wants this value; the model lacks it",
    },
];

/// Operations that need no signature although the model says they do.
/// Source: API reference of `GetClientToken`: the client's secret authorizes the call, and IAM
/// policies are not evaluated. SDKs sign it when they have credentials; a signature is not looked at.
const UNSIGNED: [&str; 1] = ["GetClientToken"];

/// Patterns that need looking back, and the same language without.
pub(super) const EQUIVALENT_PATTERNS: [(&str, &str); 1] = [(
    r"^[0-9A-Za-z\.\-_]*(?<!\.)$",
    r"^(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?$",
)];

/// Puts the differences into the operations of the model.
///
/// # Errors
/// When an override names an operation that the model does not have.
pub(super) fn apply_to_operations(operations: &mut BTreeMap<String, Operation>) -> Result<()> {
    for name in UNSIGNED {
        let operation = operations.get_mut(name);
        let operation =
            operation.with_context(|| format!("an override names the missing operation {name}"))?;
        "none".clone_into(&mut operation.authtype);
    }
    Ok(())
}

/// Puts the differences into the shapes of the model.
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
            Change::NoPattern => shape.pattern = None,
            Change::ShowsValue => shape.shows_value = true,
            Change::MoreValues(values) => {
                let values = values.iter().map(|value| (*value).to_owned());
                shape.values.extend(values);
            }
            Change::Guarded => {
                shape.sensitive = true;
                shape.shows_value = true;
            }
        }
        shape.difference = Some(row.source);
    }
    Ok(())
}
