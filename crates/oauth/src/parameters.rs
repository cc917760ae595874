//! Parameters of a query or a form body.

use std::fmt;

use poolhouse_model::ClientId;

/// Most parameters that one query or body may hold.
pub const MAX_PARAMETERS: usize = 100;

/// Most bytes that one query or body may have before decoding: room for a `state` of 4 KiB whose
/// every byte is percent-encoded, and more.
pub const MAX_ENCODED_BYTES: usize = 16 * 1024;

/// Decoded parameters in the order they came; `Debug` prints their names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    pairs: Vec<(String, String)>,
}

/// A parameter that may come once came more than once.
/// Source: RFC 6749 section 3.1, which forbids repeated parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("parameter '{0}' was sent more than once")]
pub struct DuplicateParameter(pub &'static str);

/// Why a query or body was not decoded at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParametersError {
    /// It has more than [`MAX_ENCODED_BYTES`] bytes.
    #[error("the parameters have more than {MAX_ENCODED_BYTES} bytes")]
    TooLong,
    /// It has more than [`MAX_PARAMETERS`] parameters.
    #[error("there are more than {MAX_PARAMETERS} parameters")]
    TooMany,
}

impl Parameters {
    /// Decodes `application/x-www-form-urlencoded` bytes: a query without its `?`, or a body.
    /// Malformed percent escapes stay as they are; bytes that are no UTF-8 become U+FFFD.
    /// # Errors
    /// [`ParametersError`] when there is too much of it.
    pub fn decode(encoded: &[u8]) -> Result<Self, ParametersError> {
        if encoded.len() > MAX_ENCODED_BYTES {
            return Err(ParametersError::TooLong);
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(encoded)
            .take(MAX_PARAMETERS + 1)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        if pairs.len() > MAX_PARAMETERS {
            return Err(ParametersError::TooMany);
        }
        Ok(Self { pairs })
    }

    /// Joins query and body; a parameter that is in both then counts as sent twice.
    /// Inferred: the token endpoint reads both, since real clients put some parameters in the
    /// query and others in the body.
    #[must_use]
    pub fn merge(query: Self, body: Self) -> Self {
        let mut pairs = query.pairs;
        pairs.extend(body.pairs);
        Self { pairs }
    }

    /// Finds the value of a parameter that may come once; an empty value counts as absent.
    /// # Errors
    /// [`DuplicateParameter`] when it came more than once, whatever the values.
    /// Source: RFC 6749 section 3.1.
    pub fn single(&self, name: &'static str) -> Result<Option<&str>, DuplicateParameter> {
        let mut values = self
            .pairs
            .iter()
            .filter(|(n, _)| n == name)
            .map(|(_, value)| value);
        let first = values.next();
        if values.next().is_some() {
            return Err(DuplicateParameter(name));
        }
        Ok(first.map(String::as_str).filter(|value| !value.is_empty()))
    }

    /// Finds the value of a parameter that came once; nothing for an empty value, and for one that
    /// came more than once.
    pub fn sole(&self, name: &str) -> Option<&str> {
        let mut values = self.pairs.iter().filter(|(n, _)| n == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) if !value.is_empty() => Some(value),
            _ => None,
        }
    }

    /// The names of the parameters, as often as each came.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name.as_str())
    }

    /// Refuses parameters of `names` that came more than once.
    /// # Errors
    /// [`DuplicateParameter`] names the first of them.
    pub fn refuse_duplicates(&self, names: &[&'static str]) -> Result<(), DuplicateParameter> {
        names
            .iter()
            .try_for_each(|name| self.single(name).map(drop))
    }

    /// Whether a parameter of that name came, be it empty.
    pub fn contains(&self, name: &str) -> bool {
        self.pairs.iter().any(|(n, _)| n == name)
    }

    /// Takes away every parameter of these names.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.pairs
            .retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// Adds a parameter at the end.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Encodes the parameters as a query without its `?`.
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.pairs)
            .finish()
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.pairs.iter().map(|(name, _)| name))
            .finish()
    }
}

/// Reads a client id that is fit to be looked up: 1 to 128 printable ASCII characters.
/// Source: API reference, `ClientIdType` (which is narrower; fixed ids may hold a hyphen).
pub(crate) fn read_client_id(text: &str) -> Option<ClientId> {
    let fits = (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| ClientId::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(text: &str) -> Parameters {
        Parameters::decode(text.as_bytes()).unwrap()
    }

    #[test]
    fn plus_and_percent_escapes_are_decoded() {
        let parameters = decode("scope=openid+email%20phone&name=%C3%BC&empty=");
        assert_eq!(parameters.single("scope"), Ok(Some("openid email phone")));
        assert_eq!(parameters.single("name"), Ok(Some("ü")));
        assert_eq!(parameters.single("empty"), Ok(None));
        assert_eq!(parameters.single("absent"), Ok(None));
        assert!(parameters.contains("empty"));
        assert!(!parameters.contains("absent"));
    }

    #[test]
    fn malformed_escapes_and_invalid_utf_8_are_kept_leniently() {
        let parameters = decode("a=%zz&b=%&c=%4&d=%ff&=x&&e");
        assert_eq!(parameters.single("a"), Ok(Some("%zz")));
        assert_eq!(parameters.single("b"), Ok(Some("%")));
        assert_eq!(parameters.single("c"), Ok(Some("%4")));
        assert_eq!(parameters.single("d"), Ok(Some("\u{fffd}")));
        assert_eq!(parameters.single("e"), Ok(None));
    }

    #[test]
    fn s13_a_parameter_sent_twice_is_refused_whatever_its_values() {
        for query in [
            "state=a&state=b",
            "state=a&state=a",
            "state=&state=a",
            "state=a&st%61te=b",
        ] {
            let parameters = decode(query);
            assert_eq!(
                parameters.single("state"),
                Err(DuplicateParameter("state")),
                "{query}"
            );
        }
    }

    #[test]
    fn s13_a_parameter_in_query_and_body_is_refused() {
        let merged = Parameters::merge(decode("code=1&a=2"), decode("code=1&b=3"));
        assert_eq!(merged.single("code"), Err(DuplicateParameter("code")));
        assert_eq!(merged.single("a"), Ok(Some("2")));
        assert_eq!(merged.single("b"), Ok(Some("3")));
        let refused = merged.refuse_duplicates(&["a", "code"]);
        assert_eq!(refused, Err(DuplicateParameter("code")));
    }

    #[test]
    fn s16_a_state_of_4_kib_survives_decoding_and_encoding() {
        let state: String = ["&", "\0", "ü", "%00", "+", " ", "=", "\r\n", "\"<"].concat();
        let state = state.repeat(4096 / state.len() + 1);
        let encoded = Parameters::default().with("state", &state).encode();
        assert!(encoded.is_ascii());
        assert_eq!(decode(&encoded).single("state"), Ok(Some(state.as_str())));
    }

    #[test]
    fn s57_too_many_or_too_long_parameters_are_refused() {
        assert!(Parameters::decode("a&".repeat(100).as_bytes()).is_ok());
        let many = Parameters::decode("a&".repeat(101).as_bytes());
        assert_eq!(many, Err(ParametersError::TooMany));
        assert!(Parameters::decode(&vec![b'x'; MAX_ENCODED_BYTES]).is_ok());
        let long = Parameters::decode(&vec![b'x'; MAX_ENCODED_BYTES + 1]);
        assert_eq!(long, Err(ParametersError::TooLong));
    }

    #[test]
    fn s57_no_bytes_make_the_decoder_panic() {
        let mut seed = 1_u32;
        for _ in 0..2000 {
            let bytes: Vec<u8> = (0..40)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    b"%&=+aF0\xff\0;"[(seed >> 16) as usize % 10]
                })
                .collect();
            let parameters = Parameters::decode(&bytes).unwrap();
            assert_eq!(decode(&parameters.encode()), parameters);
        }
    }

    #[test]
    fn s67_debug_prints_names_only() {
        let printed = format!("{:?}", decode("client_secret=hunter2"));
        assert_eq!(printed, r#"{"client_secret"}"#);
    }

    #[test]
    fn parameters_can_be_taken_away_and_added() {
        let parameters = decode("a=1&b=2&a=3").without(&["a"]).with("c", "x y");
        assert_eq!(parameters.encode(), "b=2&c=x+y");
    }

    #[test]
    fn a_client_id_unfit_for_a_look_up_is_not_read() {
        assert!(read_client_id("my-client_1").is_some());
        for text in ["", "a b", "a\0", "ü", &"x".repeat(129)] {
            assert!(read_client_id(text).is_none(), "{text:?}");
        }
    }
}
