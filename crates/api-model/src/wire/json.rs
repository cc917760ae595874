//! A strict JSON reader over one body: it allocates only what its caller keeps.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fault::Fault;

/// How deeply arrays and objects may nest; the deepest input of the model has six levels, the
/// rest is room for documents.
const MAX_DEPTH: usize = 128;
/// How long the text of a number may be.
const MAX_NUMBER_LENGTH: usize = 1000;

/// What a JSON value starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}

/// A place in a body.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Cursor<'a> {
    /// Starts at the beginning of a body, which must be UTF-8.
    pub(crate) fn new(body: &'a [u8]) -> Result<Self, Fault> {
        let text = std::str::from_utf8(body).map_err(|_| Fault::MALFORMED)?;
        Ok(Self {
            text,
            at: 0,
            depth: 0,
        })
    }

    /// Says what the next value is, without reading it.
    pub(crate) fn peek(&mut self) -> Result<Token, Fault> {
        self.skip_whitespace();
        match self.byte() {
            Some(b'{') => Ok(Token::Object),
            Some(b'[') => Ok(Token::Array),
            Some(b'"') => Ok(Token::String),
            Some(b'-' | b'0'..=b'9') => Ok(Token::Number),
            Some(b't') => Ok(Token::True),
            Some(b'f') => Ok(Token::False),
            Some(b'n') => Ok(Token::Null),
            _ => Err(Fault::MALFORMED),
        }
    }

    /// Checks that nothing but white space is left.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        self.skip_whitespace();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(Fault::MALFORMED)
        }
    }

    /// Reads an object, giving each key and then the place of its value to `member`.
    /// A key that comes twice is refused: readers disagree on which one counts.
    pub(crate) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, &str) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut seen = BTreeSet::new();
        self.sequence(b'{', b'}', |cursor| {
            let key = cursor.string()?;
            cursor.skip_whitespace();
            cursor.expect(b':')?;
            member(cursor, &key)?;
            if seen.insert(key) {
                Ok(())
            } else {
                Err(Fault::MALFORMED)
            }
        })
    }

    /// Reads an array, giving the place of each element to `element`.
    pub(crate) fn array(
        &mut self,
        element: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.sequence(b'[', b']', element)
    }

    /// Reads `true`, `false` or `null`, as [`Self::peek`] announced it.
    pub(crate) fn literal(&mut self, literal: &str) -> Result<(), Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(literal) {
            return Err(Fault::MALFORMED);
        }
        self.at += literal.len();
        Ok(())
    }

    /// Reads a number and gives its text. One too large for a double is refused.
    pub(crate) fn number(&mut self) -> Result<&'a str, Fault> {
        let start = self.at;
        self.skip_if(b'-');
        if !self.skip_if(b'0') {
            self.digits()?;
        }
        if self.skip_if(b'.') {
            self.digits()?;
        }
        if self.skip_if(b'e') || self.skip_if(b'E') {
            let _sign = self.skip_if(b'+') || self.skip_if(b'-');
            self.digits()?;
        }
        let text = self.slice(start, self.at)?;
        let is_finite =
            text.len() <= MAX_NUMBER_LENGTH && text.parse::<f64>().is_ok_and(f64::is_finite);
        if is_finite {
            Ok(text)
        } else {
            Err(Fault::MALFORMED)
        }
    }

    /// Reads a string; it is borrowed from the body unless it has escapes.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.skip_whitespace();
        self.expect(b'"')?;
        let start = self.at;
        let mut has_escapes = false;
        loop {
            match self.next_special()? {
                b'"' => break,
                b'\\' => {
                    has_escapes = true;
                    self.next_byte()?;
                }
                _ => return Err(Fault::MALFORMED),
            }
        }
        let raw = self.slice(start, self.at - 1)?;
        if has_escapes {
            unescape(raw).map(Cow::Owned).ok_or(Fault::MALFORMED)
        } else {
            Ok(Cow::Borrowed(raw))
        }
    }

    /// Reads any value and gives its text.
    pub(crate) fn raw(&mut self) -> Result<&'a str, Fault> {
        self.skip_whitespace();
        let start = self.at;
        self.skip()?;
        self.slice(start, self.at)
    }

    /// Reads any value and forgets it.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Token::Object => self.object(|cursor, _| cursor.skip()),
            Token::Array => self.array(Self::skip),
            Token::String => self.string().map(drop),
            Token::Number => self.number().map(drop),
            Token::True => self.literal("true"),
            Token::False => self.literal("false"),
            Token::Null => self.literal("null"),
        }
    }

    fn sequence(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect(open)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::MALFORMED);
        }
        self.skip_whitespace();
        if !self.skip_if(close) {
            loop {
                item(self)?;
                self.skip_whitespace();
                if self.skip_if(close) {
                    break;
                }
                self.expect(b',')?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start {
            Ok(())
        } else {
            Err(Fault::MALFORMED)
        }
    }

    fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
    }

    fn skip_if(&mut self, wanted: u8) -> bool {
        let is_there = self.byte() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Fault> {
        if self.skip_if(wanted) {
            Ok(())
        } else {
            Err(Fault::MALFORMED)
        }
    }

    /// Goes past the next quote, backslash or control character and gives it.
    fn next_special(&mut self) -> Result<u8, Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
        let plain = rest.iter().position(is_special).ok_or(Fault::MALFORMED)?;
        self.at += plain;
        self.next_byte()
    }

    fn next_byte(&mut self) -> Result<u8, Fault> {
        let byte = self.byte().ok_or(Fault::MALFORMED)?;
        self.at += 1;
        Ok(byte)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(&self, start: usize, end: usize) -> Result<&'a str, Fault> {
        self.text.get(start..end).ok_or(Fault::MALFORMED)
    }
}

/// Resolves the escapes of a string; `None` for an unknown one or half a surrogate pair.
/// The result never outgrows the text it comes from, so that a secret is not moved about.
/// A NUL character is refused: PostgreSQL cannot store it.
fn unescape(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let (character, length) = unescape_one(escape)?;
        text.push(character);
        rest = escape.get(length..)?;
    }
    text.push_str(rest);
    Some(text)
}

/// The character that an escape stands for, and how many bytes after the backslash it takes.
fn unescape_one(escape: &str) -> Option<(char, usize)> {
    let simple = match escape.as_bytes().first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unescape_unicode(escape.get(1..)?),
        _ => return None,
    };
    Some((simple, 1))
}

fn unescape_unicode(digits: &str) -> Option<(char, usize)> {
    let high = code_unit(digits)?;
    if let Some(character) = char::from_u32(high) {
        return (character != '\0').then_some((character, 5));
    }
    let low = code_unit(digits.get(4..)?.strip_prefix("\\u")?)?;
    let is_pair = (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
    let character = char::from_u32(0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff))?;
    is_pair.then_some((character, 11))
}

fn code_unit(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_hex {
        u32::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}
