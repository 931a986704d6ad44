//! The watched folder: a camera card, a phone's transfer folder, a share. Polled, because network
//! shares and phones send no word of changes. Files are only ever read: never moved, never deleted.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Deepest folder below the watched one: `DCIM/100CANON` is two.
const DEPTH_MAX: usize = 6;
const EXTENSIONS: [&str; 12] =
    ["jpg", "jpeg", "jpe", "png", "webp", "bmp", "tif", "tiff", "gif", "heic", "heif", "hif"];

/// A picture file that lies still and can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    pub name: String,
    /// Time of the file, milliseconds since 1970.
    pub mtime_ms: Option<i64>,
    /// Length of the file.
    pub bytes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Shape {
    bytes: u64,
    mtime_ms: Option<i64>,
}

/// Looks at one folder again and again.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    /// Files seen at the last scan and not reported yet.
    waiting: HashMap<PathBuf, Shape>,
    reported: HashSet<(PathBuf, Shape)>,
    problem: Option<String>,
}

impl Watch {
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { root: path.to_owned(), waiting: HashMap::new(), reported: HashSet::new(), problem: None }
    }

    /// Why the folder could not be read at the last scan, if so.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Files that had the same length and time at the scan before and open now; each is reported once,
    /// and again only when it changes. A card that is pulled out is a [`Watch::problem`], and its files
    /// are not reported a second time when it comes back.
    pub fn scan(&mut self) -> Vec<Found> {
        self.problem = None;
        let mut seen = HashMap::new();
        if let Err(e) = walk(&self.root, 0, &mut seen) {
            self.problem = Some(e.to_string());
            self.waiting.clear();
            return Vec::new();
        }
        let still = |(path, shape): (&PathBuf, &Shape)| self.waiting.get(path) == Some(shape);
        let mut found: Vec<Found> = seen
            .iter()
            .filter(|(path, shape)| still((path, shape)) && !self.reported.contains(&((*path).clone(), **shape)))
            .filter(|(path, _)| File::open(path).is_ok())
            .map(|(path, shape)| Found {
                path: path.clone(),
                name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
                mtime_ms: shape.mtime_ms,
                bytes: shape.bytes,
            })
            .collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        for file in &found {
            self.reported.insert((file.path.clone(), Shape { bytes: file.bytes, mtime_ms: file.mtime_ms }));
        }
        self.waiting = seen;
        found
    }
}

fn walk(folder: &Path, depth: usize, seen: &mut HashMap<PathBuf, Shape>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        // A file may go while the folder is read; the next scan will tell.
        let Ok(entry) = entry else { continue };
        let Ok(kind) = entry.file_type() else { continue };
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || kind.is_symlink() {
            continue;
        }
        let path = entry.path();
        if kind.is_dir() && depth < DEPTH_MAX {
            // Folders of the system on a card may be closed to us: not the card's problem.
            let _ = walk(&path, depth + 1, seen);
        } else if kind.is_file() && is_picture(&path) {
            let Ok(meta) = entry.metadata() else { continue };
            if meta.len() > 0 {
                let mtime_ms = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                let mtime_ms = mtime_ms.and_then(|since| i64::try_from(since.as_millis()).ok());
                seen.insert(path, Shape { bytes: meta.len(), mtime_ms });
            }
        }
    }
    Ok(())
}

fn is_picture(path: &Path) -> bool {
    let extension = path.extension().map(|ext| ext.to_string_lossy().to_lowercase());
    extension.is_some_and(|ext| EXTENSIONS.contains(&ext.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_file_is_reported_once_it_lies_still() {
        let card = tempfile::tempdir().unwrap();
        let folder = card.path().join("DCIM/100CANON");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("IMG_0001.JPG");
        fs::write(&path, b"half").unwrap();
        fs::write(folder.join("MVI_0002.MOV"), b"film").unwrap();
        let mut watch = Watch::new(card.path());
        assert!(watch.scan().is_empty(), "seen for the first time");
        fs::write(&path, b"half and more").unwrap();
        assert!(watch.scan().is_empty(), "still growing");
        let found = watch.scan();
        assert_eq!((found.len(), found[0].name.as_str(), found[0].bytes), (1, "IMG_0001.JPG", 13));
        assert!(watch.scan().is_empty(), "already reported");
        assert_eq!(fs::read(&path).unwrap(), b"half and more");
    }

    #[test]
    fn a_card_that_is_gone_is_said() {
        let card = tempfile::tempdir().unwrap();
        let root = card.path().join("card");
        let mut watch = Watch::new(&root);
        assert!(watch.scan().is_empty());
        assert!(watch.problem().is_some());
        fs::create_dir(&root).unwrap();
        fs::write(root.join("a.jpg"), b"x").unwrap();
        watch.scan();
        assert_eq!(watch.problem(), None);
        assert_eq!(watch.scan().len(), 1);
    }
}
