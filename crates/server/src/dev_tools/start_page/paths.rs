//! Where the pages are.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use poolhouse_oauth::parameters::Parameters;

/// The start page.
pub(super) const START: &str = "/_poolhouse/";

/// The latest events.
pub(super) const EVENTS: &str = "/_poolhouse/events";

/// What stands for itself in a part of a path. A part of dots alone would be taken for another
/// folder, whichever way it is written; ids have none.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-');

/// The page of a pool.
pub(super) fn pool(pool_id: &str) -> String {
    format!("/_poolhouse/pools/{}", utf8_percent_encode(pool_id, PLAIN))
}

/// The page of a client.
pub(super) fn client(pool_id: &str, client_id: &str) -> String {
    let client_id = utf8_percent_encode(client_id, PLAIN);
    format!("{}/clients/{client_id}", pool(pool_id))
}

/// The page of a user. The name is in the query: it may consist of dots and slashes.
pub(super) fn user(pool_id: &str, username: &str) -> String {
    let query = Parameters::default().with("username", username);
    format!("{}/user?{}", pool(pool_id), query.encode())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s64_hostile_names_stay_what_they_are() {
        assert_eq!(pool("us-east-1_Abc"), "/_poolhouse/pools/us-east-1_Abc");
        assert_eq!(pool("../a?b"), "/_poolhouse/pools/%2E%2E%2Fa%3Fb");
        for name in ["..", "a/b", "a&b=c#d", "a\r\nSet-Cookie: b=c", "\u{fc}"] {
            let path = user("p", name);
            let plain = |byte: u8| byte.is_ascii_graphic() && !b"<>\"'#".contains(&byte);
            assert!(path.bytes().all(plain), "{path}");
            assert_eq!(path.matches(['?', '=']).count(), 2, "{path}");
        }
    }
}
