//! As much of HTML as templates of mails need: telling it from plain text, escaping, and the plain
//! text beside it for readers that show no HTML.

/// Tags that make a text HTML, and what each puts between words.
const TAGS: [(&str, Gap); 41] = [
    ("a", Gap::Nothing),
    ("b", Gap::Nothing),
    ("blockquote", Gap::Paragraph),
    ("body", Gap::Line),
    ("br", Gap::Line),
    ("button", Gap::Nothing),
    ("center", Gap::Line),
    ("code", Gap::Nothing),
    ("div", Gap::Line),
    ("em", Gap::Nothing),
    ("font", Gap::Nothing),
    ("footer", Gap::Line),
    ("h1", Gap::Paragraph),
    ("h2", Gap::Paragraph),
    ("h3", Gap::Paragraph),
    ("h4", Gap::Paragraph),
    ("h5", Gap::Paragraph),
    ("h6", Gap::Paragraph),
    ("head", Gap::Line),
    ("header", Gap::Line),
    ("hr", Gap::Line),
    ("html", Gap::Line),
    ("i", Gap::Nothing),
    ("img", Gap::Nothing),
    ("li", Gap::Line),
    ("main", Gap::Line),
    ("ol", Gap::Paragraph),
    ("p", Gap::Paragraph),
    ("pre", Gap::Paragraph),
    ("section", Gap::Line),
    ("small", Gap::Nothing),
    ("span", Gap::Nothing),
    ("strong", Gap::Nothing),
    ("style", Gap::Line),
    ("table", Gap::Paragraph),
    ("tbody", Gap::Line),
    ("td", Gap::Blank),
    ("th", Gap::Blank),
    ("tr", Gap::Line),
    ("u", Gap::Nothing),
    ("ul", Gap::Paragraph),
];

/// Elements whose content nobody reads.
const UNREAD: [&str; 4] = ["head", "script", "style", "title"];

/// Characters of a reference at most, with its `&` and `;`: `&#x10ffff;`.
const LONGEST_REFERENCE: usize = 10;

/// What is between two words; the greater of two wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Blank,
    Line,
    Paragraph,
}

/// Whether a text is HTML: it has a tag that mails use, or says so at its start.
pub(super) fn is_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if let Some(tag) = Tag::read(rest) {
            if tag.name == "!doctype" || find_tag(&tag.name).is_some() {
                return true;
            }
            rest = &rest[tag.length..];
        } else {
            rest = &rest[1..];
        }
    }
    false
}

/// Escapes a value for HTML, within text and within quotes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Makes HTML of plain text, line by line.
pub(super) fn from_text(text: &str) -> String {
    escape(text).replace('\n', "<br>\n")
}

/// Makes plain text of HTML: its words, lines and the targets of its links.
pub(super) fn to_text(html: &str) -> String {
    let mut text = Text::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.write(&rest[..start]);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        } else if let Some(tag) = Tag::read(rest) {
            rest = &rest[tag.length..];
            if !tag.is_end && UNREAD.contains(&tag.name.as_str()) {
                rest = skip_element(rest, &tag.name);
            } else {
                text.pass(&tag);
            }
        } else {
            text.write("<");
            rest = &rest[1..];
        }
    }
    text.write(rest);
    text.written
}

fn find_tag(name: &str) -> Option<Gap> {
    let found = TAGS.binary_search_by(|(tag, _)| (*tag).cmp(name));
    found.ok().map(|index| TAGS[index].1)
}

/// What follows the end of an element; nothing, where it does not end.
fn skip_element<'a>(content: &'a str, name: &str) -> &'a str {
    let mut rest = content;
    while let Some(start) = rest.find("</") {
        rest = &rest[start..];
        match Tag::read(rest) {
            Some(tag) if tag.name == name => return &rest[tag.length..],
            _ => rest = &rest[2..],
        }
    }
    ""
}

/// A tag at the start of a text.
struct Tag<'a> {
    /// In lower case.
    name: String,
    is_end: bool,
    attributes: &'a str,
    /// How long it is, with its brackets.
    length: usize,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let end = inner.find(['<', '>'])?;
        if !inner[end..].starts_with('>') {
            return None;
        }
        let inner = &inner[..end];
        let (is_end, named) = match inner.strip_prefix('/') {
            Some(named) => (true, named),
            None => (false, inner),
        };
        let is_named = |c: char| c.is_ascii_alphanumeric() || c == '!';
        let name_end = named.find(|c| !is_named(c)).unwrap_or(named.len());
        let (name, attributes) = named.split_at(name_end);
        let is_bounded = attributes.is_empty() || attributes.starts_with([' ', '\t', '\n', '/']);
        (!name.is_empty() && is_bounded).then(|| Self {
            name: name.to_ascii_lowercase(),
            is_end,
            attributes,
            length: end + 2,
        })
    }

    /// The target of a link.
    fn href(&self) -> Option<String> {
        let start = self.attributes.to_ascii_lowercase().find("href=")? + "href=".len();
        let value = &self.attributes[start..];
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split_ascii_whitespace().next()?,
        };
        Some(decode(value))
    }
}

/// Plain text as it grows.
#[derive(Default)]
struct Text {
    written: String,
    /// What comes before the next word.
    before: Gap,
    /// Target of the open link, and where its text begins.
    link: Option<(String, usize)>,
}

impl Text {
    fn write(&mut self, html: &str) {
        for character in decode(html).chars() {
            if character.is_whitespace() {
                self.before = self.before.max(Gap::Blank);
            } else {
                self.separate();
                self.written.push(character);
            }
        }
    }

    fn separate(&mut self) {
        let gap = std::mem::take(&mut self.before);
        if !self.written.is_empty() {
            self.written.push_str(match gap {
                Gap::Nothing => "",
                Gap::Blank => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
    }

    fn pass(&mut self, tag: &Tag<'_>) {
        match (tag.name.as_str(), tag.is_end) {
            ("a", false) => self.link = tag.href().map(|href| (href, self.written.len())),
            ("a", true) => self.end_link(),
            // A second one in a row leaves a line free.
            ("br", _) if self.before == Gap::Line => self.before = Gap::Paragraph,
            (name, _) => self.before = self.before.max(find_tag(name).unwrap_or_default()),
        }
    }

    fn end_link(&mut self) {
        let Some((href, start)) = self.link.take() else {
            return;
        };
        let words = self.written.get(start..).unwrap_or_default().trim();
        if words == href {
            return;
        }
        if !words.is_empty() {
            self.written.push(':');
        }
        self.before = Gap::Blank;
        self.separate();
        self.written.push_str(&href);
    }
}

/// Decodes the references to characters that mails use.
fn decode(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest
            .char_indices()
            .take(LONGEST_REFERENCE)
            .find(|(_, character)| *character == ';');
        let character = end.and_then(|(end, _)| Some((read_reference(&rest[1..end])?, end)));
        if let Some((character, end)) = character {
            text.push(character);
            rest = &rest[end + 1..];
        } else {
            text.push('&');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}

fn read_reference(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some(' '),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|character| !character.is_control())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn tags_are_listed_in_order() {
        assert!(TAGS.is_sorted_by_key(|(name, _)| *name));
    }

    #[test]
    fn html_is_told_from_text_that_has_angle_brackets() {
        for html in [
            "<b>x</b>",
            "x<BR/>",
            "<!DOCTYPE html>",
            "<a href='x'>y</a>",
            "<p\nclass=a>x",
        ] {
            assert!(is_html(html), "{html}");
        }
        for text in [
            "",
            "1 < 2 > 0",
            "Write to <help@example.com>",
            "<- here",
            "a <b and c",
            "<3",
        ] {
            assert!(!is_html(text), "{text}");
        }
    }

    #[test]
    fn the_text_of_html_has_its_words_lines_and_links() {
        for (html, text) in [
            (
                "<p>Hello <b>Ann</b>,</p><p>code: 1</p>",
                "Hello Ann,\n\ncode: 1",
            ),
            ("a<br>b<br/><br>c", "a\nb\n\nc"),
            ("<div>a</div>\n  <div>b &amp; c</div>", "a\nb & c"),
            ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
            (
                "<a href=\"https://x.example/?a=1&amp;b=2\">Go</a> on",
                "Go: https://x.example/?a=1&b=2 on",
            ),
            (
                "<a href='https://x.example'>https://x.example</a>",
                "https://x.example",
            ),
            (
                "<a href=https://x.example><img src=a></a>",
                "https://x.example",
            ),
            ("<a name=x>Go</a>", "Go"),
            (
                "<html><head><title>T</title></head><style>p{}</style><body>x<!-- no --></body>",
                "x",
            ),
            (
                "1 < 2 &#38; 3 &gt; 2&nbsp;&unknown; &",
                "1 < 2 & 3 > 2 &unknown; &",
            ),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                "a b\nc",
            ),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    #[test]
    fn s64_what_was_escaped_reads_as_it_was() {
        let hostile = "<script>alert(1)</script>\"'&amp;";
        assert!(!escape(hostile).contains(['<', '>', '"', '\'']));
        assert_eq!(to_text(&escape(hostile)), hostile);
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the time that the work takes is real"
    )]
    fn now() -> Instant {
        Instant::now()
    }

    #[test]
    fn s59_the_longest_template_takes_no_time_however_it_is_written() {
        for part in [
            "<",
            "<a",
            "<a href=",
            "</",
            "&",
            "<!--",
            "<style>",
            "<style></",
            "&#",
        ] {
            let html = part.repeat(20_000 / part.len());
            let start = now();
            let _ = (is_html(&html), to_text(&html));
            assert!(start.elapsed() < Duration::from_millis(500), "{part}");
        }
    }
}
