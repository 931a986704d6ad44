//! The fonts of a paper: Noto Serif (宋) and Noto Sans (黑) CJK, as installed. Only their simplified-Chinese faces are
//! loaded, so no other font of the machine can change a page.

use std::path::Path;
use std::sync::{Arc, Mutex};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use super::PaperError;

const PACKAGE: &str = "fonts-noto-cjk";

/// Where systems put them: Debian, Fedora, Arch, macOS, Windows.
const FOLDERS: &[&str] = &[
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/noto-cjk",
    "/usr/local/share/fonts/noto-cjk",
    "/Library/Fonts",
    "C:\\Windows\\Fonts",
];

/// File, the face of it that is used, and what the face is for.
const FACES: &[(&str, &str)] = &[
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
];

static SYSTEM: Mutex<Option<Fonts>> = Mutex::new(None);

/// A font in use; another version may break lines elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFace {
    /// `Noto Serif CJK SC Bold`
    pub name: String,
    /// As the font says: `Version 2.001;…`
    pub version: String,
}

/// The loaded faces; cheap to clone.
#[derive(Clone)]
pub struct Fonts(Arc<Loaded>);

struct Loaded {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    faces: Vec<FontFace>,
}

impl Fonts {
    /// The fonts installed on this machine, read once. A failure is tried anew at the next call: the package may have
    /// been installed meanwhile.
    ///
    /// # Errors
    /// The first family that is not there, with the package that brings it.
    pub fn system() -> Result<Self, PaperError> {
        let mut held = SYSTEM.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(fonts) = &*held {
            return Ok(fonts.clone());
        }
        let folders: Vec<&Path> = FOLDERS.iter().map(Path::new).collect();
        let fonts = Self::in_folders(&folders)?;
        *held = Some(fonts.clone());
        Ok(fonts)
    }

    /// The fonts in these folders, the first that has a file wins.
    ///
    /// # Errors
    /// As [`Self::system`].
    pub fn in_folders(folders: &[&Path]) -> Result<Self, PaperError> {
        let load = |(file, family): &(&str, &'static str)| {
            let bytes = folders.iter().find_map(|folder| std::fs::read(folder.join(file)).ok());
            let face = |bytes| Font::iter(Bytes::new(bytes)).find(|f| f.info().family == *family);
            bytes.and_then(face).ok_or(PaperError::Font { family, package: PACKAGE })
        };
        let fonts = FACES.iter().map(load).collect::<Result<Vec<Font>, _>>()?;
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let faces = fonts.iter().map(describe).collect();
        Ok(Self(Arc::new(Loaded { book, fonts, faces })))
    }

    #[must_use]
    pub fn faces(&self) -> &[FontFace] {
        &self.0.faces
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }
}

fn describe(font: &Font) -> FontFace {
    // Name id 5 of the OpenType `name` table.
    const VERSION: u16 = 5;
    let ttf = font.clone().instantiate(font.info().variant, typst::layout::Abs::pt(12.0), &Default::default());
    let names = ttf.ttf().names();
    let version = names.into_iter().find(|n| n.name_id == VERSION && n.is_unicode()).and_then(|n| n.to_string());
    let weight = if font.info().variant.weight.to_number() >= 600 { "Bold" } else { "Regular" };
    FontFace { name: format!("{} {weight}", font.info().family), version: version.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_the_fonts_says_which_package_brings_them() {
        let none = Fonts::in_folders(&[Path::new("/nowhere")]);
        let error = none.err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(error, "font Noto Serif CJK SC is missing: install fonts-noto-cjk");
    }
}
