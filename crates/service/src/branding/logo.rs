//! Which files are logos.

use imagesize::{ImageType, blob_size, image_type};
use poolhouse_model::LogoFormat;

/// The largest logo, in bytes.
/// Source: AWS page "Customizing hosted UI (classic) branding".
const MAX_LOGO_BYTES: usize = 100 * 1024;

/// The longest side of a logo, in pixels. The service wants a logo that can be scaled to 350 by 178
/// and names no bound; a small file can hold an image that takes a browser gigabytes.
const MAX_LOGO_SIDE: usize = 4096;

/// Why a file is no logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum LogoRefusal {
    /// It is too large.
    #[error("The image is larger than {MAX_LOGO_BYTES} bytes.")]
    TooLarge,
    /// It is something else.
    #[error("The image must be a PNG or JPEG file.")]
    NotAnImage,
    /// It has too many pixels.
    #[error("The image must be 1 to {MAX_LOGO_SIDE} pixels wide and high.")]
    TooManyPixels,
}

/// Says what kind of image a file is: by what it holds, since nothing else is said of it.
/// # Errors
/// [`LogoRefusal`] for a file that is no logo.
/// Source: AWS page "Customizing hosted UI (classic) branding". Inferred: the texts.
pub(super) fn format_of(file: &[u8]) -> Result<LogoFormat, LogoRefusal> {
    if file.len() > MAX_LOGO_BYTES {
        return Err(LogoRefusal::TooLarge);
    }
    let format = match image_type(file) {
        Ok(ImageType::Png) => LogoFormat::Png,
        Ok(ImageType::Jpeg) => LogoFormat::Jpeg,
        _ => return Err(LogoRefusal::NotAnImage),
    };
    let size = blob_size(file).map_err(|_| LogoRefusal::NotAnImage)?;
    let is_side = |side| (1..=MAX_LOGO_SIDE).contains(&side);
    if is_side(size.width) && is_side(size.height) {
        return Ok(format);
    }
    Err(LogoRefusal::TooManyPixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        file.extend(width.to_be_bytes());
        file.extend(height.to_be_bytes());
        file.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        file
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut file = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
        file.extend(b"\xff\xc0\0\x0b\x08");
        file.extend(height.to_be_bytes());
        file.extend(width.to_be_bytes());
        file.extend(b"\x01\x01\x11\0\xff\xd9");
        file
    }

    #[test]
    fn png_and_jpeg_files_are_logos() {
        assert_eq!(format_of(&png(350, 178)), Ok(LogoFormat::Png));
        assert_eq!(format_of(&jpeg(350, 178)), Ok(LogoFormat::Jpeg));
        assert_eq!(format_of(&png(4096, 1)), Ok(LogoFormat::Png));
    }

    #[test]
    fn a_logo_has_100_kilobytes_at_most() {
        let mut file = png(10, 10);
        file.resize(MAX_LOGO_BYTES, 0);
        assert_eq!(format_of(&file), Ok(LogoFormat::Png));
        file.push(0);
        assert_eq!(format_of(&file), Err(LogoRefusal::TooLarge));
    }

    #[test]
    fn s51_what_a_browser_could_run_or_choke_on_is_no_logo() {
        let no_image = Err(LogoRefusal::NotAnImage);
        let others: [&[u8]; 9] = [
            b"",
            b"\x89PNG",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version='1.0'?><svg/>",
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"GIF89a\x01\0\x01\0\0\0\0;",
            b"RIFF\x1a\0\0\0WEBPVP8 ",
            b" \x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        ];
        for file in others {
            assert_eq!(format_of(file), no_image, "{file:?}");
        }
        for file in [png(4097, 1), png(1, u32::MAX), png(0, 1), jpeg(u16::MAX, 1)] {
            assert_eq!(format_of(&file), Err(LogoRefusal::TooManyPixels));
        }
    }

    #[test]
    fn s51_a_file_cut_anywhere_is_read_without_harm() {
        for file in [png(5, 5), jpeg(5, 5)] {
            for end in 0..file.len() {
                let _ = format_of(&file[..end]);
            }
        }
    }
}
