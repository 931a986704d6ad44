//! Why a paper could not be made, by cause.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperError {
    /// No layout for this template and version.
    Template { code: String, version: u32 },
    /// The sheet's day is not `YYYY-MM-DD`.
    Date { date: String },
    /// A font is not on this machine; `package` brings it.
    Font { family: &'static str, package: &'static str },
    /// Characters that no font here can draw.
    Characters { missing: Vec<char> },
    /// Characters that would hide or reorder what the page says (controls, direction overrides).
    Hidden { characters: Vec<char> },
    /// More text than a paper carries.
    Long { chars: usize, chars_max: usize },
    /// More photos than a paper carries.
    ManyPhotos { photos: usize, photos_max: usize },
    /// The bytes of a photo are not here.
    PhotoAbsent { sha256: String },
    /// The bytes of a photo are not a whole JPEG or PNG.
    PhotoBroken { sha256: String },
    /// The text of the QR code is too long for one.
    Qr { cause: String },
    /// The typesetter refused; a defect of a template.
    Layout { template: String, cause: String },
    /// The PDF or picture could not be written; a defect.
    Write { template: String, cause: String },
}

impl fmt::Display for PaperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { code, version } => write!(f, "paper {code}: no layout of version {version}"),
            Self::Date { date } => write!(f, "paper: {date:?} is not a day"),
            Self::Font { family, package } => write!(f, "font {family} is missing: install {package}"),
            Self::Characters { missing } => write!(f, "no font has {}", named(missing)),
            Self::Hidden { characters } => write!(f, "text holds hidden characters: {}", named(characters)),
            Self::Long { chars, chars_max } => write!(f, "text of {chars} characters, at most {chars_max}"),
            Self::ManyPhotos { photos, photos_max } => write!(f, "{photos} photos, at most {photos_max}"),
            Self::PhotoAbsent { sha256 } => write!(f, "photo {sha256}: its bytes are not here"),
            Self::PhotoBroken { sha256 } => write!(f, "photo {sha256}: not a whole JPEG or PNG"),
            Self::Qr { cause } => write!(f, "QR code: {cause}"),
            Self::Layout { template, cause } => write!(f, "paper {template}: layout: {cause}"),
            Self::Write { template, cause } => write!(f, "paper {template}: writing: {cause}"),
        }
    }
}

impl std::error::Error for PaperError {}

/// `㛃 (U+36C3)`; a control character only by its number.
fn named(characters: &[char]) -> String {
    let one = |c: &char| match u32::from(*c) {
        number if super::data::hides(*c) => format!("U+{number:04X}"),
        number => format!("{c} (U+{number:04X})"),
    };
    characters.iter().map(one).collect::<Vec<_>>().join(", ")
}
