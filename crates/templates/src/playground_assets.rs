//! The modules and the stylesheet of the playground, embedded in the binary.
//!
//! They import each other by relative paths, so that all are in one folder whose name holds a
//! fingerprint of them together: each can be cached for ever, and a new version has new paths.

use crate::assets::fingerprint_after;

/// An embedded file of the playground.
#[derive(Clone, Copy, Debug)]
pub struct PlaygroundFile {
    /// Its name in the folder.
    pub name: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

macro_rules! files {
    ($($name:literal)+) => {
        [$(PlaygroundFile {
            name: $name,
            bytes: include_bytes!(concat!("../assets/playground/", $name)),
        },)+]
    };
}

/// Every file.
pub const ALL: [PlaygroundFile; 44] = files! {
    "arrival.js" "arrival_section.js" "authorize_section.js" "choice_section.js" "claims.js"
    "custom_requests.js" "custom_section.js" "custom_srp.js" "dom.js" "encoding.js" "error_words.js"
    "exchange_panel.js" "exchange_section.js" "implicit_section.js" "jwt.js" "main.js" "mistakes.js"
    "mistakes_section.js" "parameters.js" "pkce.js" "playground.css" "postman.js"
    "postman_section.js" "requests.js" "server.js" "snippet_aws_cli.js" "snippet_curl.js"
    "snippet_fetch.js" "snippet_http.js" "snippet_python.js" "snippets.js" "srp.js" "state.js"
    "srp_group.js" "steps.js" "tab_store.js" "tabs.js" "target.js" "time_words.js" "tokens_section.js"
    "use_section.js" "verification.js" "verification_section.js" "fresh_code.js"
};

const FINGERPRINT: u64 = {
    let mut fingerprint = fingerprint_after(None, &[]);
    let mut index = 0;
    while index < ALL.len() {
        fingerprint = fingerprint_after(Some(fingerprint), ALL[index].bytes);
        index += 1;
    }
    fingerprint
};

impl PlaygroundFile {
    /// Value of `Content-Type`.
    pub fn content_type(&self) -> &'static str {
        match self.name.rsplit_once('.') {
            Some((_, "js")) => "text/javascript; charset=utf-8",
            _ => "text/css; charset=utf-8",
        }
    }
}

/// The path of a file of this version.
pub fn path(name: &str) -> String {
    format!("/_poolhouse/playground/files/{FINGERPRINT:016x}/{name}")
}

/// Finds the file of a path of this version.
pub fn find(wanted: &str) -> Option<&'static PlaygroundFile> {
    const FILES: &[PlaygroundFile] = &ALL;
    FILES.iter().find(|file| path(file.name) == wanted)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
        ALL.iter()
            .map(|file| (file.name, std::str::from_utf8(file.bytes).unwrap()))
    }

    #[test]
    fn every_file_of_the_folder_is_served_and_every_import_is_there() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/playground");
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(ALL.iter().any(|file| file.name == name), "{name}");
        }
        for (name, text) in texts() {
            for import in text.split(" from '").skip(1) {
                let (import, _) = import.split_once('\'').unwrap();
                let import = import.strip_prefix("./").expect(name);
                assert!(find(&path(import)).is_some(), "{import} in {name}");
            }
        }
    }

    #[test]
    fn s51_no_module_parses_markup_or_runs_text() {
        for (name, text) in texts() {
            for forbidden in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "DOMParser",
                "srcdoc",
                "eval(",
                "new Function",
                "import(",
                "javascript:",
            ] {
                assert!(!text.contains(forbidden), "{forbidden} in {name}");
            }
            let is_style = Path::new(name).extension() == Some("css".as_ref());
            assert!(!is_style || !text.contains("url(") && !text.contains("@import"));
        }
    }

    #[test]
    fn s24_nothing_is_kept_beyond_the_tab() {
        for (name, text) in texts() {
            for forbidden in ["localStorage", "indexedDB", "document.cookie", "caches."] {
                assert!(!text.contains(forbidden), "{forbidden} in {name}");
            }
            let is_store = name == "tab_store.js";
            assert_eq!(text.contains("sessionStorage"), is_store, "{name}");
        }
    }
}
