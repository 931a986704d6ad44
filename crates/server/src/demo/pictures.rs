//! Drawn pictures for the sample town. Drawing is dear, so some dozens of scenes serve all; what stands
//! open gets files of its own (another time of taking in the EXIF block), what has ended shares them.

use std::collections::BTreeMap;
use std::sync::Arc;

use xunju_domain::demo::{DemoCase, DemoPhoto, DemoTown};
use xunju_domain::event::{BlobPart, BlobRef};
use xunju_evidence::Hash;
use xunju_photos::{Intake, Source, Vault, intake, sample};

use super::chrono_text;
use crate::blobs::register;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::Tx;

const WIDTH: u32 = 1024;
const HEIGHT: u32 = 768;
/// Different drawings of one kind.
const VARIANTS: u64 = 3;
/// Different door plates.
const PLATES_MAX: usize = 12;
/// Cases found within this time have files of their own.
const OWN_FILES_MS: i64 = 21 * 24 * 3_600_000;

/// What is drawn: kind and variant.
type Motif = (String, u64);

pub struct Pictures {
    vault: Arc<Vault>,
    /// The drawing without an EXIF block, and the file shared by what has ended.
    drawn: BTreeMap<Motif, (Vec<u8>, Intake)>,
    plates: BTreeMap<String, String>,
    since_ms: i64,
    count: usize,
}

impl Pictures {
    /// Draws what the town needs, on all processors.
    pub fn draw(folder: &Folder, plan: &DemoTown, now_ms: i64) -> Result<Self> {
        let vault = Arc::new(Vault::open(&folder.blobs(), None)?);
        let mut new =
            Self { vault, drawn: BTreeMap::new(), plates: BTreeMap::new(), since_ms: now_ms - OWN_FILES_MS, count: 0 };
        let photos = plan
            .cases
            .iter()
            .flat_map(|case| case.photos.iter().chain(case.steps.iter().flat_map(|step| &step.photos)));
        let mut motifs: Vec<Motif> = photos.map(|photo| new.motif(photo)).collect();
        motifs.sort();
        motifs.dedup();
        let jobs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(motifs.len().max(1));
        let share = motifs.len().div_ceil(jobs).max(1);
        let drawn = std::thread::scope(|threads| {
            let handles: Vec<_> = motifs
                .chunks(share)
                .map(|motifs| {
                    let vault = &new.vault;
                    threads.spawn(move || motifs.iter().map(|motif| paint(vault, motif)).collect::<Result<Vec<_>>>())
                })
                .collect();
            handles
                .into_iter()
                .map(|handle| handle.join().map_err(|_| ServerError::inner("draw", "a drawing failed"))?)
                .collect::<Result<Vec<_>>>()
        })?;
        new.drawn = drawn.into_iter().flatten().collect();
        Ok(new)
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// The scene that serves for a photo.
    fn motif(&mut self, photo: &DemoPhoto) -> Motif {
        let variant = photo.seed % VARIANTS;
        if !photo.scene.starts_with("plate") {
            return (photo.scene.clone(), variant);
        }
        let known = self.plates.len();
        let fallback = self.plates.values().nth(usize::try_from(photo.seed).unwrap_or(0) % known.max(1)).cloned();
        let scene = self.plates.entry(photo.scene.clone()).or_insert_with(|| match fallback {
            Some(other) if known >= PLATES_MAX => other,
            _ => photo.scene.clone(),
        });
        (scene.clone(), 0)
    }

    /// The photos of a case or a step as its event names them; files that are new are stored first.
    pub fn blobs(&mut self, tx: &Tx<'_>, case: &DemoCase, photos: &[DemoPhoto], wall_ms: i64) -> Result<Vec<BlobRef>> {
        photos.iter().map(|photo| self.blob(tx, case, photo, wall_ms)).collect()
    }

    fn blob(&mut self, tx: &Tx<'_>, case: &DemoCase, photo: &DemoPhoto, wall_ms: i64) -> Result<BlobRef> {
        let motif = self.motif(photo);
        let own = case.wall_ms >= self.since_ms;
        let (bare, shared) = self.drawn.get(&motif).ok_or_else(|| ServerError::inner("sample photo", &photo.scene))?;
        let taken_ms = wall_ms - 60_000 - i64::try_from(photo.seed % 600_000).unwrap_or(0);
        let mut kept = shared.clone();
        if own {
            let taken = chrono_text(taken_ms, "%Y:%m:%d %H:%M:%S");
            let stored = self.vault.put(&sample::with_exif(bare, &taken, 1))?;
            kept.facts.taken_at = Some(chrono_text(taken_ms, "%Y-%m-%dT%H:%M:%S+08:00"));
            kept.facts.taken_raw = Some(taken);
            kept.original = stored;
            self.count += 1;
        }
        for stored in [Some(&kept.original), kept.thumb.as_ref(), kept.preview.as_ref()].into_iter().flatten() {
            let hash: Hash = stored.hash.parse().map_err(|e| ServerError::inner("sample photo", e))?;
            register::note(tx, &hash, stored.bytes)?;
        }
        Ok(named(&kept, photo))
    }
}

fn paint(vault: &Vault, motif: &Motif) -> Result<(Motif, (Vec<u8>, Intake))> {
    let (scene, variant) = motif;
    let file = sample::scene(scene, *variant, WIDTH, HEIGHT);
    let source =
        Source { name: "IMG.jpg".to_owned(), mtime_ms: None, channel: "folder".to_owned(), imported_ms: i64::MAX / 2 };
    let kept = intake(vault, &file, &source)?;
    Ok((motif.clone(), (without_exif(&file), kept)))
}

/// The file without its first segment, where that is an EXIF block: another one takes its place.
fn without_exif(file: &[u8]) -> Vec<u8> {
    match file {
        [0xff, 0xd8, 0xff, 0xe1, high, low, ..] => {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            [&[0xff, 0xd8], file.get(4 + length..).unwrap_or_default()].concat()
        }
        _ => file.to_vec(),
    }
}

fn named(kept: &Intake, photo: &DemoPhoto) -> BlobRef {
    let part =
        |stored: &Option<xunju_photos::Stored>| stored.as_ref().map(|s| BlobPart { h: s.hash.clone(), n: s.bytes });
    let facts = &kept.facts;
    let all = [
        ("slot", photo.slot.clone()),
        ("name", format!("IMG_{:04}.jpg", photo.seed % 10_000)),
        ("width", facts.width.to_string()),
        ("height", facts.height.to_string()),
        ("channel", "folder".to_owned()),
        ("taken_raw", facts.taken_raw.clone().unwrap_or_default()),
        ("taken_at", facts.taken_at.clone().unwrap_or_default()),
        ("taken_basis", facts.taken_basis.clone()),
        ("camera", facts.camera.clone().unwrap_or_default()),
        ("flags", "sample".to_owned()),
    ];
    BlobRef {
        h: kept.original.hash.clone(),
        n: kept.original.bytes,
        m: facts.media_type.clone(),
        role: "photo".to_owned(),
        thumb: part(&kept.thumb),
        preview: part(&kept.preview),
        facts: all
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    }
}
