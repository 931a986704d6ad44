//! The evidence bundle of a case: photos, renditions, events, receipts and a contact sheet in one file that
//! anybody can check.

use std::collections::BTreeMap;

use xunju_domain::case::CaseState;
use xunju_domain::event::BlobRef;
use xunju_domain::paper::SheetValue;
use xunju_domain::permission::Role;
use xunju_domain::record;
use xunju_evidence::Hash;
use xunju_evidence::bundle::{Absent, ArchiveError, Content, make};

use crate::act::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::present::type_label;
use crate::refuse::Refused;
use crate::view::paper::PaperContent;
use crate::{Api, Caller};

/// Form of the contact sheet (domain.md §5.2).
const SHEET: &str = "F05";
const SHEET_PATH: &str = "papers/F05-contact-sheet.pdf";

/// A bundle, and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    pub bytes: Vec<u8>,
    pub number: String,
    /// Photos whose originals are in it.
    pub originals: usize,
    /// Files the case names that are not on this machine.
    pub absent: usize,
    /// The contact sheet could be set.
    pub contact_sheet: bool,
}

impl Api {
    /// Everything that proves a case, as one file signed by this device. Noted in the access log first.
    ///
    /// # Errors
    /// `NotFound`, `NotAllowed`; `Invalid` without a reason; disk failures.
    pub fn bundle(&self, caller: &Caller, id: &str, reason: &str) -> Result<Bundle, ApiError> {
        let case = self.case(caller, id)?;
        if !may_take_out(caller, &case) {
            return Err(ApiError::new(ErrorCode::NotAllowed).with("action", "export"));
        }
        let record = format!("case:{}", record::id_of(&case.id));
        let access =
            Access { action: "export", objects: vec![record.clone()], reason: reason.to_owned(), ..Access::default() };
        self.note_access(caller, access)?;
        let me = self.store.identity().refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
        let said = self.store.said_of(&record).refused()?;
        let (mut files, absent) = self.photo_files(&case)?;
        let sheet = self.contact_sheet(caller, &case);
        let contact_sheet = sheet.is_some();
        files.extend(sheet.map(|pdf| (SHEET_PATH.to_owned(), "paper".to_owned(), None, pdf)));
        let originals = files.iter().filter(|(_, role, ..)| role == "original").count();
        let content = Content {
            record,
            number: case.no().to_owned(),
            town: me.town_name,
            log: me.log,
            made_ms: self.clock.wall_ms(),
            events: said.events,
            receipts: said.receipts,
            blob_receipts: said.blob_receipts,
            keys: said.keys,
            server: me.server_key,
            files,
            absent: absent.clone(),
        };
        let signer = self.store.signer().refused()?;
        let bytes = make(content, &signer).map_err(|e| match e {
            ArchiveError::TooLarge => ApiError::new(ErrorCode::Invalid).at("case").with("problem", "too_long"),
            other => ApiError::new(ErrorCode::Internal).with("op", format!("{other:?}")),
        })?;
        Ok(Bundle { bytes, number: case.no().to_owned(), originals, absent: absent.len(), contact_sheet })
    }

    /// Originals and renditions that are here, and those that are not.
    #[allow(clippy::type_complexity)]
    fn photo_files(
        &self,
        case: &CaseState,
    ) -> Result<(Vec<(String, String, Option<Hash>, Vec<u8>)>, Vec<Absent>), ApiError> {
        let (mut files, mut absent) = (Vec::new(), Vec::new());
        let mut seen = std::collections::BTreeSet::new();
        for (hash, role, ending, of) in case.photos.iter().flat_map(|photo| parts(&photo.blob)) {
            if !seen.insert(hash.clone()) {
                continue;
            }
            let sha256: Hash = hash.parse().map_err(|_| ApiError::new(ErrorCode::Corrupt).with("hash", &hash))?;
            if !self.vault.has(&hash) {
                absent.push(Absent { sha256, role: role.to_owned() });
                continue;
            }
            let folder = if role == "original" { "originals" } else { "renditions" };
            let of = of.and_then(|of| of.parse().ok());
            files.push((format!("{folder}/{hash}.{ending}"), role.to_owned(), of, self.vault.read(&hash).refused()?));
        }
        Ok((files, absent))
    }

    /// F05 with every photo that has a preview here; none where the pages cannot be set.
    fn contact_sheet(&self, caller: &Caller, case: &CaseState) -> Option<Vec<u8>> {
        let here = |blob: &BlobRef| blob.preview.as_ref().is_some_and(|preview| self.vault.has(&preview.h));
        let photos: Vec<String> =
            case.photos.iter().filter(|photo| here(&photo.blob)).map(|photo| photo.blob.h.clone()).collect();
        if photos.is_empty() {
            return None;
        }
        let fields = [
            ("case_name", type_label(case).zh_hans),
            ("proves", format!("案件{}登记的现场照片,原始文件未经改动", case.no())),
            ("source_medium", "本证据包 originals 文件夹,以每张照片所列 SHA-256 为准".to_owned()),
        ];
        let fields: BTreeMap<String, SheetValue> =
            fields.into_iter().map(|(key, text)| (key.to_owned(), SheetValue::Text(text))).collect();
        let content = PaperContent {
            case_id: case.id.clone(),
            template: SHEET.into(),
            fields,
            photos,
            ..PaperContent::default()
        };
        let made = || {
            let subject = self.subject_of(caller, &content)?;
            self.pdf_of(&subject, &self.issued_of(caller, &subject, &content, None)?.sheet)
        };
        made().inspect_err(|e| tracing::warn!(error = %e, "the bundle has no contact sheet")).ok()
    }
}

/// Who may take a case out of the program: those who carry it on, and whoever recorded it.
pub(crate) fn may_take_out(caller: &Caller, case: &CaseState) -> bool {
    use Role::{Arc, Enf, Enfl, Fg, Head, Leg};
    case.author == caller.user || caller.roles().iter().any(|role| matches!(role, Arc | Enf | Enfl | Fg | Head | Leg))
}

/// Hash, role, ending, and what it was made from.
fn parts(blob: &BlobRef) -> Vec<(String, &'static str, String, Option<String>)> {
    let subtype = blob.m.rsplit('/').next().unwrap_or_default();
    let ending = if subtype == "jpeg" { "jpg" } else { subtype };
    let rendition = |hash: &str, role| (hash.to_owned(), role, "jpg".to_owned(), Some(blob.h.clone()));
    let mut parts = vec![(blob.h.clone(), "original", ending.to_owned(), None)];
    parts.extend(blob.preview.iter().map(|part| rendition(&part.h, "preview")));
    parts.extend(blob.thumb.iter().map(|part| rendition(&part.h, "thumb")));
    parts
}
