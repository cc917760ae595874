//! What the error page refers to is in the log.

use crate::http::get;
use crate::process::Place;

#[test]
fn the_reference_of_the_error_page_leads_to_the_line_that_says_which_rule_failed() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral"]);
    for (path, rule) in [
        (
            "/oauth2/authorize?client_id=nobody",
            "the client is unknown",
        ),
        ("/oauth2/authorize", "'client_id' is not present"),
        ("/login?client_id=a&client_id=a", "more than once"),
        ("/logout?client_id=nobody", "the client is unknown"),
    ] {
        let answer = get(&server.url, path);
        let location = answer.header("location").unwrap().to_owned();
        let (_, reference) = location.split_once("reference=").unwrap();
        let page = get(&server.url, &location);
        assert!(page.body.contains(reference), "{path}");
        let log = server.log();
        let mut lines = log.lines().filter(|line| line.contains(reference));
        assert!(lines.any(|line| line.contains(rule)), "{path}: {log}");
    }
}
