//! The command of the AWS CLI that makes a call of the API.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::shell;

/// Schemes by which the CLI takes an argument for the name of a file or a page to read.
/// Source: AWS page "Load a parameter from a file"; version 1 reads pages too.
const READ_SCHEMES: [&str; 4] = ["file://", "fileb://", "http://", "https://"];

/// The command of the AWS CLI for an operation with an input, at an endpoint; every word reaches
/// the CLI as it is, and the CLI takes none for something else.
pub(super) fn command(
    operation: &str,
    input: &Map<String, Value>,
    region: &str,
    endpoint: &str,
) -> String {
    let mut parts = vec![format!("aws cognito-idp {}", option_name(operation))];
    let options: Option<Vec<_>> = input
        .iter()
        .map(|(name, value)| option(name, value))
        .collect();
    if let Some(options) = options {
        parts.extend(options);
    } else {
        let json = ascii_json(&Value::Object(input.clone()));
        parts.push(format!("--cli-input-json {}", shell::word(&json)));
    }
    parts.push(format!("--region {}", shell::word(region)));
    parts.push(format!("--endpoint-url {}", shell::word(endpoint)));
    parts.join(" \\\n  ")
}

/// One option; `None` where only the whole input as JSON says what is meant.
fn option(name: &str, value: &Value) -> Option<String> {
    let name = option_name(name);
    Some(match value {
        Value::Bool(true) => format!("--{name}"),
        Value::Bool(false) => format!("--no-{name}"),
        Value::String(text) if is_misread(text) => return None,
        Value::String(text) if text.starts_with('-') => format!("--{name}={}", shell::word(text)),
        Value::String(text) => format!("--{name} {}", shell::word(text)),
        Value::Array(items) => format!("--{name} {}", list(items, value)),
        other => format!("--{name} {}", shell::word(&ascii_json(other))),
    })
}

/// Plain words one by one, everything else as JSON.
fn list(items: &[Value], whole: &Value) -> String {
    let is_word =
        |text: &&str| shell::is_plain(text) && !text.starts_with('-') && !text.contains("://");
    let words = items.iter().map(|item| item.as_str().filter(is_word));
    let words: Option<Vec<_>> = words.collect();
    match words {
        Some(words) if !words.is_empty() => words.join(" "),
        _ => shell::word(&ascii_json(whole)),
    }
}

/// Whether the CLI would take a text for the name of something to read, or a terminal a part of
/// it for a command.
fn is_misread(text: &str) -> bool {
    let is_read = READ_SCHEMES.iter().any(|scheme| text.starts_with(scheme));
    is_read || text.chars().any(|c| c.is_control() || is_invisible(c))
}

/// Characters that show nothing, or turn the direction of what follows.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// JSON in which only visible characters stand for themselves.
fn ascii_json(value: &Value) -> String {
    let mut json = String::new();
    for c in value.to_string().chars() {
        if c.is_control() || is_invisible(c) {
            // Writing to a String cannot fail.
            let _ = write!(json, "\\u{:04x}", u32::from(c));
        } else {
            json.push(c);
        }
    }
    json
}

/// The CLI's name of an operation or a member: `UserPoolId` is `user-pool-id`, `CallbackURLs`
/// is `callback-urls`, `AllowedOAuthFlows` is `allowed-o-auth-flows`.
/// Source: botocore, `xform_name`.
fn option_name(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    // A plural of capitals at the end (`URLs`) is one word.
    let capitals = name.strip_suffix('s').unwrap_or_default().chars().rev();
    let capitals = capitals.take_while(char::is_ascii_uppercase).count();
    let plural_at = (capitals >= 2).then(|| chars.len() - 1 - capitals);
    let is_upper = |at: usize| chars.get(at).is_some_and(char::is_ascii_uppercase);
    let is_lower = |at: usize| chars.get(at).is_some_and(char::is_ascii_lowercase);
    let mut option = String::new();
    for (at, c) in chars.iter().enumerate() {
        let is_in_plural = plural_at.is_some_and(|plural_at| at > plural_at);
        let begins = is_upper(at) && (!is_upper(at - at.min(1)) || is_lower(at + 1));
        if at > 0 && begins && !is_in_plural {
            option.push('-');
        }
        option.push(c.to_ascii_lowercase());
    }
    option
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use serde_json::json;

    use super::*;

    const HOSTILE: [&str; 14] = [
        "",
        "it's",
        "$(id) `id` $HOME \\ \" ' ; & | > <",
        "two\nlines",
        "--username",
        "-x",
        "!1",
        "=ls",
        "~root",
        "*",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "\u{1b}[201~; id\r",
        "\u{202e}\u{fc}\u{4e2d}",
    ];

    fn of(input: Value) -> String {
        let Value::Object(input) = input else {
            panic!("an input is an object")
        };
        command("AdminGetUser", &input, "us-east-1", "http://localhost:9229")
    }

    /// The words that a real shell makes of a command.
    fn words(command: &str) -> Vec<String> {
        let script = format!("aws() {{ printf '%s\\0' \"$@\"; }}\n{command}");
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(output.status.success(), "{command}");
        let text = String::from_utf8(output.stdout).unwrap();
        let words = text.split_terminator('\0');
        words.map(str::to_owned).collect()
    }

    #[test]
    fn names_of_options_are_those_of_the_cli() {
        for (name, option) in [
            ("AdminCreateUser", "admin-create-user"),
            ("UserPoolId", "user-pool-id"),
            ("CallbackURLs", "callback-urls"),
            ("LogoutURLs", "logout-urls"),
            ("AllowedOAuthFlows", "allowed-o-auth-flows"),
            (
                "AllowedOAuthFlowsUserPoolClient",
                "allowed-o-auth-flows-user-pool-client",
            ),
            ("ExplicitAuthFlows", "explicit-auth-flows"),
            ("DefaultRedirectURI", "default-redirect-uri"),
        ] {
            assert_eq!(option_name(name), option);
        }
    }

    #[test]
    fn an_ordinary_command_reads_as_one_would_write_it() {
        let command = of(json!({
            "UserPoolId": "us-east-1_Abc",
            "Permanent": true,
            "GenerateSecret": false,
            "Flows": ["A", "B"],
            "Precedence": 3
        }));
        assert_eq!(
            command.split_whitespace().collect::<Vec<_>>().join(" "),
            "aws cognito-idp admin-get-user \\ --flows A B \\ --no-generate-secret \\ \
             --permanent \\ --precedence 3 \\ --user-pool-id us-east-1_Abc \\ \
             --region us-east-1 \\ --endpoint-url http://localhost:9229"
        );
    }

    #[test]
    fn s51_hostile_words_reach_the_cli_unchanged_through_a_real_shell() {
        for text in HOSTILE {
            let words = words(&of(json!({"Username": text})));
            assert_eq!(words[0..2], ["cognito-idp", "admin-get-user"]);
            let at = |name: &str| words.iter().position(|word| word == name);
            let told = match (at("--username"), at("--cli-input-json")) {
                (_, Some(at)) => {
                    let input: Value = serde_json::from_str(&words[at + 1]).unwrap();
                    input["Username"].as_str().unwrap().to_owned()
                }
                (Some(at), None) => words[at + 1].clone(),
                (None, None) => {
                    let word = words[2].strip_prefix("--username=");
                    word.unwrap().to_owned()
                }
            };
            assert_eq!(told, text);
        }
    }

    #[test]
    fn s51_lists_and_objects_are_json_that_a_real_shell_leaves_alone() {
        for text in HOSTILE {
            let attributes = json!([{"Name": "name", "Value": text}]);
            let urls = json!([text]);
            let command = of(json!({"UserAttributes": attributes, "CallbackURLs": urls}));
            let words = words(&command);
            let json = |name: &str| -> Value {
                let at = words.iter().position(|word| word == name).unwrap();
                serde_json::from_str(&words[at + 1]).unwrap_or(json!([words[at + 1]]))
            };
            assert_eq!(json("--user-attributes"), attributes);
            assert_eq!(json("--callback-urls"), urls);
        }
    }

    #[test]
    fn s51_no_control_character_is_put_on_a_page_to_be_pasted() {
        for text in HOSTILE {
            let command = of(json!({"Username": text, "Attributes": [text]}));
            let own_lines = command.replace(" \\\n", "");
            assert!(!own_lines.chars().any(char::is_control), "{command:?}");
            assert!(!own_lines.chars().any(is_invisible), "{command:?}");
        }
    }

    #[test]
    fn a_text_that_the_cli_would_read_from_elsewhere_is_json() {
        for text in ["file:///etc/passwd", "https://example.com/"] {
            let command = of(json!({"Username": text}));
            assert!(command.contains("--cli-input-json"), "{command}");
            let command = of(json!({"CallbackURLs": [text]}));
            assert!(command.contains(&format!("--callback-urls '[\"{text}\"]'")));
        }
    }
}
