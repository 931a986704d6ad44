//! All the typesetter can reach: the layout, the sheet, its code and photos, and the fonts. No disk, no package, no clock.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Fonts;
use super::{PaperError, templates};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

pub(crate) struct Desk {
    main: FileId,
    sources: BTreeMap<&'static str, Source>,
    files: BTreeMap<String, Bytes>,
    fonts: Fonts,
}

impl Desk {
    pub(crate) fn new(fonts: &Fonts, layout: &str, files: BTreeMap<String, Bytes>) -> Result<Self, PaperError> {
        let mut sources = BTreeMap::new();
        for (path, text) in [("/paper.typ", layout), ("/layout.typ", templates::SHARED)] {
            sources.insert(path, Source::new(id(path)?, text.to_owned()));
        }
        Ok(Self { main: id("/paper.typ")?, sources, files, fonts: fonts.clone() })
    }
}

fn id(path: &str) -> Result<FileId, PaperError> {
    let path =
        VirtualPath::new(path).map_err(|e| PaperError::Layout { template: path.to_owned(), cause: e.to_string() })?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_with_slash()))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let ours = matches!(id.root(), VirtualRoot::Project).then(|| self.sources.get(id.vpath().get_with_slash()));
        ours.flatten().cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let ours = matches!(id.root(), VirtualRoot::Project).then(|| self.files.get(id.vpath().get_with_slash()));
        ours.flatten().cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// A paper's day is its sheet's.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
