//! The strict reader against `serde_json`: it accepts the same texts but for what it forbids.

use proptest::prelude::*;

use crate::{Document, Operation, check};

/// Whether the reader may refuse what `serde_json` accepts: a key may come twice, or a NUL.
fn may_be_stricter(text: &str) -> bool {
    text.matches(':').count() > 1 || text.contains("\\u0000")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn s71_texts_are_judged_as_by_another_reader(
        text in r#"[\[\]{},:"\\abeEnrtu0-9.+\- \t]{0,16}|\{"a":[\[\]{},:"\\u0-9deE.+\-]{0,12}\}|"(\\u[0-9a-fA-F]{4}|\\[a-z"\\/]|[a-z\x00-\x20é]){0,6}""#
    ) {
        let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        match Document::new(text.clone()) {
            Ok(_) => prop_assert!(is_json, "{text:?} was accepted"),
            Err(_) => prop_assert!(!is_json || may_be_stricter(&text), "{text:?} was refused"),
        }
    }

    #[test]
    fn s71_no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _verdict = check(&bytes, Operation::SignUp.input());
    }

    #[test]
    fn s71_no_damage_to_a_valid_body_makes_the_reader_panic(
        operation in 0..Operation::ALL.len(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let input = Operation::ALL[operation].input();
        let mut body = super::sample::valid(input).to_string().into_bytes();
        let place = place.index(body.len());
        body[place] = byte;
        let _verdict = check(&body, input);
    }
}
