//! The group of SRP and the form in which its numbers are hashed.

use crypto_bigint::{U256, U3072, const_monty_params, modular::ConstMontyForm};

const_monty_params!(
    Modulus,
    U3072,
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74\
     020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437\
     4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed\
     ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05\
     98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb\
     9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b\
     e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718\
     3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33\
     a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7\
     abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864\
     d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e2\
     08e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff",
    "The 3072-bit MODP prime N. Source: RFC 3526 section 4 (group 15)."
);

/// A number modulo N, in Montgomery form.
pub(crate) type Element = ConstMontyForm<Modulus, { U3072::LIMBS }>;

/// Bytes of a number below N.
pub(crate) const ELEMENT_BYTES: usize = 384;

/// The multiplier k = H(B2(N) ‖ B2(g)).
/// Source: amazon-cognito-identity-js and pycognito, which compute it alike.
pub(crate) const MULTIPLIER: Element = Element::new(
    &U256::from_be_hex("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6").resize(),
);

/// Returns the parts of B2 of a big-endian number: the fewest bytes of its two's complement.
///
/// That is without leading zeros, but with one where the top bit would read as a sign; there is
/// no padding to the length of N.
/// Source: amazon-cognito-identity-js `padHex`, the quirk of Java's `BigInteger.toByteArray`.
pub(crate) fn b2(number: &[u8]) -> [&[u8]; 2] {
    let start = number
        .iter()
        .position(|&byte| byte != 0)
        .unwrap_or(number.len());
    let digits = &number[start..];
    let needs_zero = digits.first().is_none_or(|&byte| byte >= 0x80);
    [if needs_zero { &[0] } else { &[] }, digits]
}

/// The big-endian bytes of a number below N.
pub(crate) fn element_bytes(number: &U3072) -> [u8; ELEMENT_BYTES] {
    number.to_be_bytes().into()
}

/// Reads big-endian bytes; `None` unless the number lies in 1..N.
pub(crate) fn read_element(bytes: &[u8]) -> Option<U3072> {
    let start = bytes.iter().position(|&byte| byte != 0)?;
    let digits = &bytes[start..];
    let mut padded = [0; ELEMENT_BYTES];
    padded
        .get_mut(ELEMENT_BYTES.checked_sub(digits.len())?..)?
        .copy_from_slice(digits);
    let number = U3072::from_be_slice(&padded);
    (number < *Element::MODULUS.as_ref()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::sha256_of;

    #[test]
    fn b2_has_a_sign_byte_and_no_padding() {
        assert_eq!(b2(&[0, 0, 0x7f, 1]).concat(), [0x7f, 1]);
        assert_eq!(b2(&[0x80]).concat(), [0, 0x80]);
        assert_eq!(b2(&[0, 0xff]).concat(), [0, 0xff]);
        assert_eq!(b2(&[0, 0]).concat(), [0]);
        assert_eq!(b2(&[]).concat(), [0]);
    }

    #[test]
    fn the_multiplier_is_the_hash_of_modulus_and_generator() {
        let modulus = element_bytes(Element::MODULUS.as_ref());
        let [sign, digits] = b2(&modulus);
        let hash = sha256_of(&[sign, digits, &[2]]);
        assert_eq!(
            element_bytes(&MULTIPLIER.retrieve())[ELEMENT_BYTES - 32..],
            hash
        );
    }

    #[test]
    fn numbers_outside_one_to_modulus_are_not_read() {
        let modulus = element_bytes(Element::MODULUS.as_ref());
        assert_eq!(read_element(&modulus), None);
        assert_eq!(read_element(&[0; 400]), None);
        assert_eq!(read_element(&[1; 385]), None);
        assert_eq!(read_element(&[]), None);
        assert_eq!(read_element(&[0, 1]), Some(U3072::ONE));
        let mut below = modulus;
        below[ELEMENT_BYTES - 1] -= 1;
        assert!(read_element(&below).is_some());
    }
}
