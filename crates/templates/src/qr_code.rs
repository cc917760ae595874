//! QR codes as vector pictures that need no style and no script.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel};

/// Modules that must stay light around the code.
/// Source: ISO/IEC 18004, "quiet zone".
const QUIET_ZONE: usize = 4;

/// A QR code: a square of modules, and the path of the dark ones.
#[derive(Clone)]
pub struct QrPicture {
    /// Modules of a side, with what is around.
    pub side: usize,
    /// The dark modules as an SVG path.
    pub path: String,
}

impl QrPicture {
    /// Draws a text; `None` for one that is longer than a code can hold.
    pub fn of(text: &str) -> Option<Self> {
        let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (index, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (index % width + QUIET_ZONE, index / width + QUIET_ZONE);
                write!(path, "M{x} {y}h1v1h-1z").ok()?;
            }
        }
        Some(Self {
            side: width + 2 * QUIET_ZONE,
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finder_patterns_within_a_quiet_zone() {
        let picture = QrPicture::of("otpauth://totp/a:b?secret=GEZDGNBV&issuer=a").unwrap();
        assert!(picture.path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"));
        let corner = format!("M{} 4h1v1h-1z", picture.side - 5);
        assert!(picture.path.contains(&corner), "{corner}");
        assert!(!picture.path.contains("M3 "));
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert!(QrPicture::of(&"x".repeat(2332)).is_none());
        assert!(QrPicture::of(&"x".repeat(2000)).is_some());
    }
}
