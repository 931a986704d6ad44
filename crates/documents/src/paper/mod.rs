//! 文书: a sheet becomes a PDF and pictures of its pages (domain.md §5).
//!
//! The same sheet, photos and fonts give the same bytes on every machine: the only day in the file is the sheet's, its
//! identity is the sheet's fingerprint, and the typesetter can reach no file, package or clock. What a person typed
//! reaches the pages as data and is never read as markup.

mod data;
mod error;
mod fonts;
mod layout;
pub(crate) mod placed;
mod qr;
mod templates;
pub(crate) mod world;

use xunju_domain::paper::Sheet;

pub use data::fingerprint;
pub use error::PaperError;
pub use fonts::{FontFace, Fonts};
pub use layout::{Layout, Rendered};
pub use placed::Placed;

/// Where the bytes of a photo come from: a JPEG or PNG rendition, by the SHA-256 of the untouched original.
pub trait Photos {
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>>;
}

/// For papers without photos.
pub struct NoPhotos;

impl Photos for NoPhotos {
    fn bytes(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

/// Lays the sheet out and writes its PDF.
///
/// # Errors
/// Every [`PaperError`]; nothing half-made is returned.
pub fn render(sheet: &Sheet, photos: &dyn Photos) -> Result<Rendered, PaperError> {
    lay_out(sheet, photos)?.pdf()
}

/// Sets the sheet's pages with the fonts of this machine. The layout gives the PDF and pictures of the pages without
/// being set again.
///
/// # Errors
/// Every [`PaperError`] but those of writing.
pub fn lay_out(sheet: &Sheet, photos: &dyn Photos) -> Result<Layout, PaperError> {
    lay_out_with(&Fonts::system()?, sheet, photos)
}

/// [`lay_out`] with fonts of the caller's choice.
///
/// # Errors
/// As [`lay_out`].
pub fn lay_out_with(fonts: &Fonts, sheet: &Sheet, photos: &dyn Photos) -> Result<Layout, PaperError> {
    Layout::of(fonts, sheet, photos)
}
