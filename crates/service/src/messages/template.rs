//! Filling the placeholders of a template.

use super::html;

/// Stands for a code or a temporary password.
pub(crate) const CODE_PLACEHOLDER: &str = "{####}";

/// Stands for the user name, in an invitation.
pub(crate) const USERNAME_PLACEHOLDER: &str = "{username}";

/// Begins and ends the text of a link.
const LINK_MARKS: (&str, &str) = ("{##", "##}");

/// A filled template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// What the template became.
    pub(super) body: String,
    /// The same as plain text, where the body is HTML.
    pub(super) text: Option<String>,
}

/// Fills the template of a mail. Values are escaped where the template is HTML.
pub(super) fn fill_mail(template: &str, secret: &str, username: Option<&str>) -> Filled {
    if !html::is_html(template) {
        return Filled {
            body: fill_text(template, secret, username),
            text: None,
        };
    }
    let username = username.map(html::escape);
    let body = fill_text(template, &html::escape(secret), username.as_deref());
    Filled {
        text: Some(html::to_text(&body)),
        body,
    }
}

/// Fills a template of plain text. All placeholders are filled in one pass, so that a user name
/// that looks like one stays as it is.
pub(super) fn fill_text(template: &str, secret: &str, username: Option<&str>) -> String {
    let fill = |part: &str| part.replace(CODE_PLACEHOLDER, secret);
    match username {
        None => fill(template),
        Some(username) => {
            let parts = template.split(USERNAME_PLACEHOLDER).map(fill);
            parts.collect::<Vec<_>>().join(username)
        }
    }
}

/// Fills the template of a mail with a link, which makes it HTML.
/// Source: AWS page "Customizing email verification messages".
pub(super) fn fill_link(template: &str, url: &str) -> Filled {
    let template = if html::is_html(template) {
        template.to_owned()
    } else {
        html::from_text(template)
    };
    let href = html::escape(url);
    let mut body = String::with_capacity(template.len() + href.len());
    let mut rest = template.as_str();
    while let Some((before, words, after)) = next_link(rest) {
        for part in [before, "<a href=\"", &href, "\">", words, "</a>"] {
            body.push_str(part);
        }
        rest = after;
    }
    body.push_str(rest);
    Filled {
        text: Some(html::to_text(&body)),
        body,
    }
}

/// Whether a template has a place for a link.
pub(crate) fn has_link(template: &str) -> bool {
    next_link(template).is_some()
}

/// Finds the next `{##words##}`: what comes before it, the words, and what comes after. `{####}`
/// has no words and is none.
fn next_link(template: &str) -> Option<(&str, &str, &str)> {
    let (start, end) = LINK_MARKS;
    let mut from = 0;
    loop {
        let at = from + template[from..].find(start)?;
        let inner = at + start.len();
        let length = template[inner..].find(end)?;
        let after = inner + length + end.len();
        let words = &template[inner..inner + length];
        if !words.trim().is_empty() {
            return Some((&template[..at], words, &template[after..]));
        }
        from = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_that_looks_like_a_placeholder_stays_as_it_is() {
        let filled = fill_text("{username}: {####}", "Pw1!", Some("{####}"));
        assert_eq!(filled, "{####}: Pw1!");
        let untouched = fill_text("{username}: {####}", "1", None);
        assert_eq!(untouched, "{username}: 1");
    }

    #[test]
    fn plain_text_stays_plain_and_html_gets_a_text_beside_it() {
        let plain = fill_mail("Hi {username}, 1 < 2: {####}", "a<b", Some("<b>"));
        assert_eq!(plain.body, "Hi <b>, 1 < 2: a<b");
        assert_eq!(plain.text, None);
        let html = fill_mail("<p>Hi {username}</p>{####}", "a<b", Some("<b>\"x"));
        assert_eq!(html.body, "<p>Hi &lt;b&gt;&quot;x</p>a&lt;b");
        assert_eq!(html.text.as_deref(), Some("Hi <b>\"x\n\na<b"));
    }

    #[test]
    fn a_link_has_the_words_of_the_template() {
        let url = "https://x.example/confirmUser?a=1&b=2";
        let plain = fill_link("Please {##follow & see##}\n{####} <now>", url);
        assert_eq!(
            plain.body,
            "Please <a href=\"https://x.example/confirmUser?a=1&amp;b=2\">follow &amp; see</a>\
             <br>\n{####} &lt;now&gt;"
        );
        assert_eq!(
            plain.text.as_deref(),
            Some("Please follow & see: https://x.example/confirmUser?a=1&b=2\n{####} <now>")
        );
        let html = fill_link("<b>{##A##}</b> or {##B##}", url);
        assert_eq!(html.body.matches("<a href=\"https://x.example").count(), 2);
    }

    #[test]
    fn a_code_is_no_link() {
        for (template, expected) in [
            ("{####}", false),
            ("{##A##}", true),
            ("{####} {##A##}", true),
            ("{## ##}", false),
            ("{##A", false),
            ("##}{##", false),
        ] {
            assert_eq!(has_link(template), expected, "{template}");
        }
    }
}
