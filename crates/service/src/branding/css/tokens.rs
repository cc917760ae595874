//! An owner's stylesheet as tokens.
//!
//! It is no reader of all of CSS: what the stylesheets of owners need is read as CSS Syntax Level 3
//! says, and whatever else stands there is refused where it stands.

use super::CssRefusal;

/// A piece of a stylesheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Blanks, line ends and comments.
    Space,
    /// A name.
    Ident(&'a str),
    /// A name with `(` behind it.
    Function(&'a str),
    /// A colour behind its `#`.
    Hash(&'a str),
    /// A number with its unit, as it was written.
    Number(&'a str),
    /// What stands between quotes.
    Text(&'a str),
    /// Any other character that has a meaning.
    Mark(char),
}

/// Marks that a stylesheet may hold outside of names and numbers.
const MARKS: &str = ".:;,{}()/!+-*";

/// Reads tokens from a text.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The line at which the rest begins.
    pub(super) line: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        Self {
            rest: source,
            line: 1,
        }
    }

    /// The next token; `None` at the end.
    /// # Errors
    /// [`CssRefusal`] for what is no token here.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, CssRefusal> {
        let Some(first) = self.rest.chars().next() else {
            return Ok(None);
        };
        if first.is_ascii_whitespace() || self.rest.starts_with("/*") {
            return self.space().map(Some);
        }
        let second = self.rest.chars().nth(1).unwrap_or_default();
        let token = match first {
            '"' | '\'' => self.text(first)?,
            '#' => self.hash()?,
            _ if starts_number(self.rest) => self.number()?,
            'a'..='z' | 'A'..='Z' => self.name(),
            '-' if second.is_ascii_alphabetic() => self.name(),
            '-' if second == '-' => return Err(self.refuse("-- is not allowed")),
            _ if MARKS.contains(first) => {
                self.take(1);
                Token::Mark(first)
            }
            '@' => return Err(self.refuse("rules that begin with @ are not allowed")),
            '\\' => return Err(self.refuse("escapes are not allowed")),
            '<' | '>' => return Err(self.refuse("HTML is not allowed")),
            _ => return Err(self.refuse(format!("{first:?} is not allowed here"))),
        };
        Ok(Some(token))
    }

    /// A refusal at this line.
    pub(super) fn refuse(&self, reason: impl Into<String>) -> CssRefusal {
        CssRefusal {
            line: self.line,
            reason: reason.into(),
        }
    }

    /// Takes so many bytes off the rest.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        self.take(end)
    }

    fn space(&mut self) -> Result<Token<'a>, CssRefusal> {
        loop {
            self.take_while(|c| c.is_ascii_whitespace());
            if !self.rest.starts_with("/*") {
                return Ok(Token::Space);
            }
            match self.rest[2..].find("*/") {
                Some(end) => self.take(end + 4),
                None => return Err(self.refuse("a comment has no end")),
            };
        }
    }

    fn name(&mut self) -> Token<'a> {
        let name = self.take_while(is_name_part);
        if self.rest.starts_with('(') {
            self.take(1);
            return Token::Function(name);
        }
        Token::Ident(name)
    }

    fn text(&mut self, quote: char) -> Result<Token<'a>, CssRefusal> {
        self.take(1);
        let text = self.take_while(|c| c.is_alphanumeric() || " -_.,".contains(c));
        if !self.rest.starts_with(quote) {
            return Err(self.refuse("text in quotes may be letters, digits, blanks and -_., alone"));
        }
        self.take(1);
        Ok(Token::Text(text))
    }

    fn hash(&mut self) -> Result<Token<'a>, CssRefusal> {
        self.take(1);
        let digits = self.take_while(is_name_part);
        let is_colour = matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_colour {
            return Ok(Token::Hash(digits));
        }
        Err(self.refuse(format!("#{digits} is no colour")))
    }

    /// A number with its unit. A name or a second point directly behind it would be read by others
    /// as something else than by us.
    fn number(&mut self) -> Result<Token<'a>, CssRefusal> {
        let whole = self.rest;
        self.take_while(|c| "+-".contains(c));
        self.take_while(|c| c.is_ascii_digit());
        if self.rest.starts_with('.') {
            self.take(1);
            self.take_while(|c| c.is_ascii_digit());
        }
        match self.rest.strip_prefix('%') {
            Some(_) => self.take(1),
            None => self.take_while(|c| c.is_ascii_alphabetic()),
        };
        let number = &whole[..whole.len() - self.rest.len()];
        if self.rest.starts_with(|c| is_name_part(c) || c == '.') || number.ends_with('.') {
            return Err(self.refuse(format!("{number} is no number")));
        }
        Ok(Token::Number(number))
    }
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Whether a number begins here: by at most one sign and at most one point before a digit.
fn starts_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let text = text.strip_prefix('.').unwrap_or(text);
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Result<Vec<Token<'_>>, CssRefusal> {
        let mut tokens = Tokens::of(source);
        let mut found = Vec::new();
        while let Some(token) = tokens.next()? {
            found.push(token);
        }
        Ok(found)
    }

    #[test]
    fn numbers_names_and_marks_are_told_apart() {
        use Token::{Function, Hash, Ident, Mark, Number, Space, Text};
        let tokens = [
            Ident("a-b_1"),
            Mark(':'),
            Number("-15.5px"),
            Space,
            Number("+.5em"),
            Space,
            Number("-3"),
            Mark(','),
            Number("100%"),
            Hash("FFf"),
            Space,
            Function("calc"),
            Mark('-'),
            Space,
            Ident("-webkit-box"),
            Mark(')'),
            Text("A B"),
        ];
        let source = "a-b_1:-15.5px /* one *//**/\n +.5em -3,100%#FFf calc(- -webkit-box)'A B'";
        assert_eq!(read(source).unwrap(), tokens);
    }

    #[test]
    fn a_refusal_names_the_line() {
        let refusal = read("a\n/*\n*/ @import").unwrap_err();
        assert_eq!(refusal.line, 3);
        assert_eq!(read("'a\nb'").unwrap_err().line, 1);
    }

    #[test]
    fn s51_what_readers_could_take_for_different_things_is_refused() {
        for source in [
            "1e3",
            "1px2",
            "1.2.3",
            "1.",
            "#ff",
            "#ggg",
            "--x",
            "/* no end",
            "'no end",
            "\"a\\\"b\"",
            "'</style>'",
            "\\62",
            "a\u{a0}b",
            "\u{feff}a",
            "a~b",
            "a>b",
            "[a]",
            "a=b",
            "$a",
            "&",
            "\0",
            "U+26|",
            "`a`",
            "'a\u{2028}b'",
        ] {
            assert!(read(source).is_err(), "{source:?}");
        }
    }
}
