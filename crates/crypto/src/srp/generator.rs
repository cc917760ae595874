//! Powers of the generator, which every challenge and every new password need.

use std::sync::LazyLock;

use crypto_bigint::{CtAssign as _, CtEq as _, U256, U3072};

use super::group::Element;

/// The generator g.
pub(super) const GENERATOR: Element = Element::new(&U3072::from_u8(2));

/// Bits of the exponent that one multiplication takes care of.
const TEETH: u32 = 6;

/// Distance between those bits, so that all teeth together cover the exponent.
const SPACING: u32 = U256::BITS.div_ceil(TEETH);

/// The products of g^(2^(`SPACING` · i)) for every set of teeth i: 24 KiB.
static PRODUCTS: LazyLock<Vec<Element>> = LazyLock::new(products);

fn products() -> Vec<Element> {
    let mut products = vec![Element::ONE];
    let mut tooth = GENERATOR;
    for _ in 0..TEETH {
        let with_tooth: Vec<_> = products.iter().map(|product| product.mul(&tooth)).collect();
        products.extend(with_tooth);
        // The distance is no secret.
        tooth = tooth.square_repeat_vartime(SPACING);
    }
    products
}

/// Computes g^exponent, some five times as fast as the power of any other number, in a time that
/// does not depend on the exponent.
/// Source: Lim and Lee, "More Flexible Exponentiation with Precomputation", CRYPTO '94.
pub(super) fn generator_power(exponent: &U256) -> Element {
    let products = &*PRODUCTS;
    let mut power = Element::ONE;
    for column in (0..SPACING).rev() {
        power = power.square().mul(&pick(products, teeth(exponent, column)));
    }
    power
}

/// The bits of one column as a number.
fn teeth(exponent: &U256, column: u32) -> u32 {
    (0..TEETH)
        .map(|tooth| (tooth, tooth * SPACING + column))
        // Which places lie beyond the exponent is no secret.
        .filter(|(_, place)| *place < U256::BITS)
        .map(|(tooth, place)| u32::from(exponent.bit(place).to_u8()) << tooth)
        .sum()
}

/// Reads every entry, so that which one was wanted leaves no trace in the cache.
fn pick(products: &[Element], wanted: u32) -> Element {
    let mut picked = Element::ONE;
    for (number, product) in (0_u32..).zip(products) {
        picked.ct_assign(product, number.ct_eq(&wanted));
    }
    picked
}

#[cfg(test)]
mod tests {
    use poolhouse_model::RngExt as _;

    use super::*;
    use crate::seeded_rng::SeededRng;

    #[test]
    fn powers_at_the_edges_are_those_of_plain_exponentiation() {
        let high_bit = U256::ONE.shl_vartime(255);
        for exponent in [
            U256::ZERO,
            U256::ONE,
            U256::MAX,
            high_bit,
            U256::from_u64(2),
        ] {
            assert_eq!(generator_power(&exponent), GENERATOR.pow(&exponent));
        }
    }

    #[test]
    fn every_single_bit_has_its_place() {
        for place in 0..U256::BITS {
            let exponent = U256::ONE.shl_vartime(place);
            assert_eq!(generator_power(&exponent), GENERATOR.pow(&exponent));
        }
    }

    #[test]
    fn powers_are_those_of_plain_exponentiation() {
        let rng = SeededRng::new(11);
        for _ in 0..50 {
            let exponent = U256::from_be_slice(&rng.bytes::<32>());
            assert_eq!(generator_power(&exponent), GENERATOR.pow(&exponent));
        }
    }
}
