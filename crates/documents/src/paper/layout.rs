//! From a sheet to set pages, and from these to PDF and pictures.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::visualize::{RasterFormat, RasterImage};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;
use xunju_domain::paper::Sheet;

use super::data::{check, fingerprint, hex, readable};
use super::placed::{self, Placed};
use super::world::Desk;
use super::{FontFace, Fonts, PaperError, Photos, qr, templates};

const PHOTOS_MAX: usize = 1_000;
/// Typographic points in an inch.
const POINTS: f64 = 72.0;

/// A paper's PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// PDF/A-2b: what an archive can keep.
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// SHA-256 of `pdf`, lower-case hex.
    pub sha256: String,
    /// With other fonts the same sheet gives other bytes.
    pub fonts: Vec<FontFace>,
}

/// Pages set and checked: every character has a glyph.
pub struct Layout {
    template: String,
    fingerprint: String,
    day: Datetime,
    document: PagedDocument,
    fonts: Vec<FontFace>,
    /// What the typesetter remarked; empty unless a template is at fault.
    pub warnings: Vec<String>,
}

impl Layout {
    pub(super) fn of(fonts: &Fonts, sheet: &Sheet, photos: &dyn Photos) -> Result<Self, PaperError> {
        let unknown = || PaperError::Template { code: sheet.template.clone(), version: sheet.version };
        let (source, form) = templates::find(&sheet.template, sheet.version).ok_or_else(unknown)?;
        let day = day(&sheet.date)?;
        check(sheet)?;
        let mut files = photo_files(sheet, photos)?;
        files.insert("/sheet.json".into(), Bytes::from_string(readable(sheet).to_string()));
        files.insert("/template.json".into(), Bytes::from_string(form.to_string()));
        if !sheet.qr.is_empty() {
            files.insert("/qr.svg".into(), Bytes::from_string(qr::svg(&sheet.qr)?));
        }
        let desk = Desk::new(fonts, source, files)?;
        let set = typst::compile::<PagedDocument>(&desk);
        // What was set is personal data: nothing of it stays behind in the typesetter's memory.
        typst::comemo::evict(0);
        let failed = |cause| PaperError::Layout { template: sheet.template.clone(), cause };
        let document = set.output.map_err(|errors| failed(told(errors.iter())))?;
        let missing = placed::missing(&document);
        if !missing.is_empty() {
            return Err(PaperError::Characters { missing });
        }
        Ok(Self {
            template: sheet.template.clone(),
            fingerprint: fingerprint(sheet),
            day,
            document,
            fonts: fonts.faces().to_vec(),
            warnings: set.warnings.iter().map(|w| w.message.to_string()).collect(),
        })
    }

    #[must_use]
    pub fn page_count(&self) -> usize {
        self.document.pages().len()
    }

    /// Every run of text with its place.
    #[must_use]
    pub fn placed(&self) -> Vec<Placed> {
        placed::all(&self.document)
    }

    /// # Errors
    /// [`PaperError::Write`].
    pub fn pdf(&self) -> Result<Rendered, PaperError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2b]).map_err(|e| self.unwritten(e.message()))?;
        let options = PdfOptions {
            ident: Smart::Custom(self.fingerprint.clone()),
            creator: Smart::Custom(Some("Xunju".to_owned())),
            timestamp: Some(Timestamp::new_utc(self.day)),
            standards,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&self.document, &options).map_err(|e| self.unwritten(&told(e.iter())))?;
        let sha256 = hex(&Sha256::digest(&pdf));
        Ok(Rendered { pdf, pages: self.page_count(), sha256, fonts: self.fonts.clone() })
    }

    /// A PNG of each page, `ppi` pixels an inch.
    ///
    /// # Errors
    /// [`PaperError::Write`].
    pub fn pictures(&self, ppi: u32) -> Result<Vec<Vec<u8>>, PaperError> {
        let options = RenderOptions { pixel_per_pt: (f64::from(ppi) / POINTS).into(), ..RenderOptions::default() };
        let picture =
            |page| typst_render::render(page, &options).encode_png().map_err(|e| self.unwritten(&e.to_string()));
        self.document.pages().iter().map(picture).collect()
    }

    fn unwritten(&self, cause: &str) -> PaperError {
        PaperError::Write { template: self.template.clone(), cause: cause.to_owned() }
    }
}

/// Midnight of the sheet's day; the PDF carries no other time.
fn day(date: &str) -> Result<Datetime, PaperError> {
    let parts: Vec<&str> = date.split('-').collect();
    let made = match parts.as_slice() {
        [y, m, d] => match (y.parse(), m.parse(), d.parse()) {
            (Ok(y), Ok(m), Ok(d)) => Datetime::from_ymd_hms(y, m, d, 0, 0, 0),
            _ => None,
        },
        _ => None,
    };
    made.ok_or_else(|| PaperError::Date { date: date.to_owned() })
}

fn photo_files(sheet: &Sheet, photos: &dyn Photos) -> Result<BTreeMap<String, Bytes>, PaperError> {
    let count = sheet.photos.len();
    if count > PHOTOS_MAX {
        return Err(PaperError::ManyPhotos { photos: count, photos_max: PHOTOS_MAX });
    }
    let mut files = BTreeMap::new();
    for (i, photo) in sheet.photos.iter().enumerate() {
        let sha256 = || photo.sha256.clone();
        let bytes = photos.bytes(&photo.sha256).ok_or_else(|| PaperError::PhotoAbsent { sha256: sha256() })?;
        let bytes = picture(Bytes::new(bytes)).ok_or_else(|| PaperError::PhotoBroken { sha256: sha256() })?;
        files.insert(format!("/photo/{i}"), bytes);
    }
    Ok(files)
}

/// The bytes, if they are a whole JPEG or PNG; nothing else may stand on a page (an SVG could hold words).
fn picture(bytes: Bytes) -> Option<Bytes> {
    let format = typst::visualize::ExchangeFormat::detect(&bytes)?;
    let wanted = matches!(format, typst::visualize::ExchangeFormat::Jpg | typst::visualize::ExchangeFormat::Png);
    let whole = wanted && RasterImage::new(bytes.clone(), RasterFormat::Exchange(format), Smart::Auto).is_ok();
    whole.then_some(bytes)
}

fn told<'a>(errors: impl Iterator<Item = &'a SourceDiagnostic>) -> String {
    errors.map(|e| e.message.to_string()).collect::<Vec<_>>().join("; ")
}
