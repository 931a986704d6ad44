//! A paper half filled in: on disk from its first change, gone when it is issued.

use xunju_domain::paper::form;
use xunju_store::PaperDraftRow;

use crate::error::{ApiError, ErrorCode};
use crate::present::Subject;
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::paper::{PaperContent, PaperDraft, PaperPrepareRequest, PaperTemplatesRequest};
use crate::{Api, Caller};

/// The longest form filled to its limits is far shorter.
const BYTES_MAX: usize = 1 << 20;

/// Keeps the form as it stands, whatever is missing.
///
/// # Errors
/// `NotAllowed`, `NotFound`, `Invalid` for what no form holds, `DiskFull`: what was saved last still stands.
pub fn save(api: &Api, caller: &Caller, content: PaperContent) -> Result<PaperDraft, ApiError> {
    let of = api.subject_of(caller, &content)?;
    api.may_issue(caller, &content.template)?;
    let text = serde_json::to_string(&content).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    if text.len() > BYTES_MAX {
        return Err(ApiError::new(ErrorCode::Invalid).with("all", "text:too_long").at("text"));
    }
    let now = api.clock().wall_ms();
    let known = api.paper_draft(caller, &of, &content.template)?.map(|(row, _)| row.id);
    let row = PaperDraftRow {
        id: known.map_or_else(|| new_id(now), Ok)?,
        owner: caller.user.clone(),
        subject: of.record(),
        template: content.template,
        content: text,
        saved_ms: now,
    };
    let changed = api.store().save_paper_draft(&row).refused().inspect_err(|e| api.note_failure(e))?;
    api.changed(&changed);
    Ok(view(&row))
}

/// One's own half-filled papers of a case or a round.
///
/// # Errors
/// `NotFound`, disk failures.
pub fn list(api: &Api, caller: &Caller, asked: PaperTemplatesRequest) -> Result<Vec<PaperDraft>, ApiError> {
    let of = api.subject(caller, &asked.case_id, &asked.round)?;
    Ok(api.store().paper_drafts(&caller.user, &of.record()).refused()?.iter().map(view).collect())
}

/// # Errors
/// `NotFound`, disk failures.
pub fn discard(api: &Api, caller: &Caller, asked: PaperPrepareRequest) -> Result<Nothing, ApiError> {
    let of = api.subject(caller, &asked.case_id, &asked.round)?;
    let changed = api.store().drop_paper_draft(&caller.user, &of.record(), &asked.template).refused()?;
    api.changed(&changed);
    Ok(Nothing {})
}

impl Api {
    /// What the caller left half filled. A form that changed since is begun anew.
    pub(crate) fn paper_draft(
        &self,
        caller: &Caller,
        of: &Subject,
        template: &str,
    ) -> Result<Option<(PaperDraftRow, PaperContent)>, ApiError> {
        let row = self.store.paper_draft(&caller.user, &of.record(), template).refused()?;
        Ok(row.and_then(|row| {
            let content = serde_json::from_str(&row.content).ok()?;
            Some((row, content))
        }))
    }
}

fn view(row: &PaperDraftRow) -> PaperDraft {
    PaperDraft {
        template: row.template.clone(),
        label: form::form(&row.template).map(|f| f.label.clone()).unwrap_or_default(),
        saved_ms: row.saved_ms,
    }
}
