//! Rules of a stylesheet: read from tokens, written anew.

use super::CssRefusal;
use super::tokens::{Token, Tokens};
use super::vocabulary::{is_function, is_property, is_selector, takes_text};

/// How deep functions may stand in functions.
const MAX_DEPTH: usize = 4;

/// Reads rules and writes them.
pub(super) struct Rules<'a> {
    tokens: Tokens<'a>,
    /// The token that was looked at and not taken yet.
    next: Option<Token<'a>>,
    out: String,
}

impl<'a> Rules<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        Self {
            tokens: Tokens::of(source),
            next: None,
            out: String::new(),
        }
    }

    /// Reads everything and gives back what was written.
    /// # Errors
    /// [`CssRefusal`] for what is not allowed.
    pub(super) fn write(mut self) -> Result<String, CssRefusal> {
        while self.peek_past_space()?.is_some() {
            self.selectors()?;
            self.declarations()?;
        }
        Ok(self.out)
    }

    /// `.one-customizable, .other-customizable:hover {`, behind a root that makes them outweigh the
    /// classes of the pages' own stylesheet.
    fn selectors(&mut self) -> Result<(), CssRefusal> {
        loop {
            self.selector()?;
            match self.take_past_space()? {
                Some(Token::Mark(',')) => self.out.push(','),
                Some(Token::Mark('{')) => {
                    self.out.push('{');
                    return Ok(());
                }
                _ => return Err(self.refuse("a selector must be one of the classes alone")),
            }
        }
    }

    fn selector(&mut self) -> Result<(), CssRefusal> {
        let (Some(Token::Mark('.')), Some(Token::Ident(class))) =
            (self.take_past_space()?, self.take()?)
        else {
            return Err(self.refuse("a selector must be one of the classes alone"));
        };
        let state = match self.peek()? {
            Some(Token::Mark(':')) => {
                self.take()?;
                match self.take()? {
                    Some(Token::Ident(state)) => Some(state),
                    _ => return Err(self.refuse(format!(".{class}: has no such state"))),
                }
            }
            _ => None,
        };
        if !is_selector(class, state) {
            let state = state.map(|state| format!(":{state}")).unwrap_or_default();
            return Err(self.refuse(format!(".{class}{state} is none of the classes")));
        }
        self.out.push_str(":root .");
        self.out.push_str(class);
        if let Some(state) = state {
            self.out.push(':');
            self.out.push_str(state);
        }
        Ok(())
    }

    /// `name: value; name: value }`
    fn declarations(&mut self) -> Result<(), CssRefusal> {
        loop {
            match self.take_past_space()? {
                Some(Token::Mark(';')) => {}
                Some(Token::Mark('}')) => {
                    self.out.push_str("}\n");
                    return Ok(());
                }
                Some(Token::Ident(name)) => self.declaration(name)?,
                Some(_) => return Err(self.refuse("a property is missing")),
                None => return Err(self.refuse("a } is missing")),
            }
        }
    }

    fn declaration(&mut self, name: &str) -> Result<(), CssRefusal> {
        let name = name.to_ascii_lowercase();
        if !is_property(&name) {
            return Err(self.refuse(format!("the property {name} is not allowed")));
        }
        if self.take_past_space()? != Some(Token::Mark(':')) {
            return Err(self.refuse(format!("a : is missing behind {name}")));
        }
        self.out.push_str(&name);
        self.out.push(':');
        self.peek_past_space()?;
        self.value(&name)?;
        self.out.push(';');
        Ok(())
    }

    /// Everything up to the `;` or `}` that ends it.
    fn value(&mut self, name: &str) -> Result<(), CssRefusal> {
        let begin = self.out.len();
        let mut depth = 0_usize;
        loop {
            let Some(token) = self.peek()? else {
                return Err(self.refuse("a } is missing"));
            };
            if depth == 0 && matches!(token, Token::Mark(';' | '}')) {
                break;
            }
            self.take()?;
            match token {
                Token::Space => self.space(begin)?,
                Token::Ident(word) | Token::Number(word) => self.out.push_str(word),
                Token::Hash(digits) => {
                    self.out.push('#');
                    self.out.push_str(digits);
                }
                Token::Text(text) if takes_text(name) => {
                    self.out.extend(["\"", text, "\""]);
                }
                Token::Function(function) => {
                    depth += 1;
                    self.function(function, depth)?;
                }
                Token::Mark(')') if depth > 0 => {
                    depth -= 1;
                    self.out.push(')');
                }
                Token::Mark(mark @ ('+' | '-' | '*')) if depth > 0 => self.out.push(mark),
                Token::Mark(mark @ (',' | '/')) => self.out.push(mark),
                Token::Mark('!') if depth == 0 && self.out.len() > begin => {
                    return self.important();
                }
                Token::Text(_) => return Err(self.refuse(format!("{name} cannot be a text"))),
                Token::Mark(mark) => {
                    return Err(self.refuse(format!("{mark:?} cannot stand in a value")));
                }
            }
        }
        if self.out.len() == begin {
            return Err(self.refuse(format!("{name} has no value")));
        }
        Ok(())
    }

    /// One blank, unless it is the first or the last of a value.
    fn space(&mut self, begin: usize) -> Result<(), CssRefusal> {
        let is_last = matches!(self.peek()?, None | Some(Token::Mark(';' | '}' | '!')));
        if self.out.len() > begin && !is_last {
            self.out.push(' ');
        }
        Ok(())
    }

    fn function(&mut self, name: &str, depth: usize) -> Result<(), CssRefusal> {
        let name = name.to_ascii_lowercase();
        if !is_function(&name) {
            return Err(self.refuse(format!("{name}() is not allowed")));
        }
        if depth > MAX_DEPTH {
            return Err(self.refuse("functions stand too deep in each other"));
        }
        self.out.push_str(&name);
        self.out.push('(');
        Ok(())
    }

    /// What stands behind `!`, which ends a value.
    fn important(&mut self) -> Result<(), CssRefusal> {
        let is_important = matches!(
            self.take_past_space()?,
            Some(Token::Ident(word)) if word.eq_ignore_ascii_case("important")
        );
        let is_end = matches!(self.peek_past_space()?, Some(Token::Mark(';' | '}')));
        if !is_important || !is_end {
            return Err(self.refuse("only important can stand behind !"));
        }
        self.out.push_str("!important");
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<Token<'a>>, CssRefusal> {
        if self.next.is_none() {
            self.next = self.tokens.next()?;
        }
        Ok(self.next)
    }

    fn take(&mut self) -> Result<Option<Token<'a>>, CssRefusal> {
        self.peek()?;
        Ok(self.next.take())
    }

    fn peek_past_space(&mut self) -> Result<Option<Token<'a>>, CssRefusal> {
        while self.peek()? == Some(Token::Space) {
            self.take()?;
        }
        self.peek()
    }

    fn take_past_space(&mut self) -> Result<Option<Token<'a>>, CssRefusal> {
        self.peek_past_space()?;
        self.take()
    }

    fn refuse(&self, reason: impl Into<String>) -> CssRefusal {
        self.tokens.refuse(reason)
    }
}
