//! What a person decided, made whole: the sheet that is locked, its pages, its PDF.

use std::collections::BTreeSet;

use base64ct::{Base64, Encoding as _};
use xunju_documents::paper::{PaperError, Photos, lay_out};
use xunju_domain::case::draft::FieldProblem;
use xunju_domain::paper::form::{Form, form, text};
use xunju_domain::paper::numbering::{Number, book};
use xunju_domain::paper::payload::{Issued, Officer, Recipient};
use xunju_domain::paper::terms::{Terms, terms};
use xunju_domain::paper::waits::{Waits, waits};
use xunju_domain::paper::{Sheet, SheetPhoto, SheetValue};

use super::subject::Subject;
use crate::error::{ApiError, ErrorCode};
use crate::present::cover::covered;
use crate::view::paper::PaperContent;
use crate::{Api, Caller};

impl Api {
    /// What a person decided, with everything the case, the town and the accounts say.
    pub(crate) fn issued_of(
        &self,
        caller: &Caller,
        of: &Subject,
        content: &PaperContent,
        number: Option<Number>,
    ) -> Result<Issued, ApiError> {
        let unknown = || ApiError::new(ErrorCode::NotFound).with("what", &content.template);
        let form = form(&content.template).ok_or_else(unknown)?;
        let terms = terms(&content.template).ok_or_else(unknown)?;
        let names = self.names()?;
        let choices = self.officers(&self.today().to_string())?;
        let officers: Vec<Officer> =
            content.officers.iter().filter_map(|user| choices.iter().find(|o| o.user == *user).cloned()).collect();
        let mut sheet = self.sheet(of, content, form, terms, number.as_ref())?;
        for (officer, at) in officers.iter().zip(1..) {
            sheet.fields.insert(format!("officer{at}_name"), SheetValue::Text(officer.name.clone()));
            sheet.fields.insert(format!("officer{at}_no"), SheetValue::Text(officer.certificate.clone()));
        }
        for hash in &content.photos {
            let missing = || ApiError::new(ErrorCode::PhotoMissing).with("hash", hash);
            let photo = of.photos.iter().find(|p| p.blob.h == *hash).ok_or_else(missing)?;
            let taken = photo.blob.facts.get("taken_at").cloned().unwrap_or_default();
            sheet.photos.push(SheetPhoto {
                sha256: hash.clone(),
                caption: photo.caption.clone(),
                taken_at: taken.chars().take(16).collect::<String>().replace('T', " "),
                place: photo.place.clone(),
                taken_by: names.of(&photo.author),
            });
        }
        let named = ["party_name", "to", "recipient", "site_person"].iter().map(|key| text(&sheet, key));
        let address = ["party_address", "place"].iter().map(|key| text(&sheet, key)).find(|t| !t.is_empty());
        Ok(Issued {
            case_id: of.case_id(),
            round: of.round_id(),
            proceeding: if terms.awaits.is_empty() { String::new() } else { content.proceeding.clone() },
            number,
            recipient: Recipient {
                name: named.into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
                address: address.unwrap_or_default(),
            },
            officers,
            clock: content.clock.clone().filter(|_| terms.clock),
            printed_due: if terms.clock { text(&sheet, "due_on") } else { String::new() },
            issuer: names.of(&caller.user),
            sheet,
        })
    }

    /// Head and fields: what is blank, and what the form does not ask for here, is left out.
    fn sheet(
        &self,
        of: &Subject,
        content: &PaperContent,
        form: &Form,
        terms: &Terms,
        number: Option<&Number>,
    ) -> Result<Sheet, ApiError> {
        let town = self.town_name()?;
        let mut sheet = Sheet {
            template: form.code.clone(),
            version: form.version,
            title: form.label.zh_hans.clone(),
            organ: book().organ_name(&terms.organ, &town),
            number: number.map(|n| n.text.clone()).unwrap_or_default(),
            case_no: of.no(),
            date: self.today().to_string(),
            fields: content.fields.iter().filter(|(_, v)| !is_blank(v)).map(|(k, v)| (k.clone(), v.clone())).collect(),
            photos: Vec::new(),
            qr: format!("xunju:{}", of.record()),
        };
        let asked: BTreeSet<String> =
            form.fields.iter().filter(|f| f.is_asked(&sheet)).map(|f| f.key.clone()).collect();
        sheet.fields.retain(|key, _| asked.contains(key) || !form.fields.iter().any(|f| f.key == *key));
        Ok(sheet)
    }

    /// What the paper waits for in its proceeding.
    ///
    /// # Errors
    /// `NotAllowed` for roles that see no proceedings.
    pub(crate) fn waits_for(&self, caller: &Caller, issued: &Issued) -> Result<Option<Waits>, ApiError> {
        if issued.proceeding.is_empty() {
            return Ok(None);
        }
        let state = self.proceeding(caller, &issued.proceeding)?;
        Ok(waits(issued, &state, &caller.user, &self.calendar()))
    }

    pub(crate) fn pages(&self, of: &Subject, sheet: &Sheet, ppi: u32) -> Result<Vec<String>, ApiError> {
        let pages = lay_out(sheet, &Renditions { api: self, of })
            .and_then(|l| l.pictures(ppi))
            .map_err(|e| paper_refusal(&e))?;
        Ok(pages.iter().map(|png| Base64::encode_string(png)).collect())
    }

    pub(crate) fn pdf_of(&self, of: &Subject, sheet: &Sheet) -> Result<Vec<u8>, ApiError> {
        let made =
            xunju_documents::paper::render(sheet, &Renditions { api: self, of }).map_err(|e| paper_refusal(&e))?;
        Ok(made.pdf)
    }
}

/// Drawable bytes of the photos: the rendition, which is a JPEG.
struct Renditions<'a> {
    api: &'a Api,
    of: &'a Subject,
}

impl Photos for Renditions<'_> {
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>> {
        let blob = &self.of.photos.iter().find(|p| p.blob.h == sha256)?.blob;
        let preview = &blob.preview.as_ref()?.h;
        let bytes = self.api.picture(blob, preview).ok()?;
        match &self.of.case {
            // What cannot be covered is not printed.
            Some(case) => covered(case, preview, bytes).ok(),
            None => Some(bytes),
        }
    }
}

pub(crate) fn paper_refusal(error: &PaperError) -> ApiError {
    let told = |field: &str, code: &str| crate::refuse::invalid(&[FieldProblem::new(field, code)]);
    match error {
        PaperError::PhotoAbsent { sha256 } => ApiError::new(ErrorCode::PhotoMissing).with("hash", sha256),
        PaperError::ManyPhotos { .. } => told("photos", "too_long"),
        PaperError::Long { .. } => told("text", "too_long"),
        other => ApiError::new(ErrorCode::PaperFailed).with("cause", other),
    }
}

fn is_blank(value: &SheetValue) -> bool {
    match value {
        SheetValue::Text(text) => text.trim().is_empty(),
        SheetValue::List(items) => items.iter().all(|i| i.trim().is_empty()),
        SheetValue::Table(rows) => rows.iter().flatten().all(|c| c.trim().is_empty()),
    }
}
