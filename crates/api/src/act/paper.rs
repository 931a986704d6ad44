//! 文书: lists, the form, and every write on a paper.

use xunju_domain::case::draft::DraftPhoto;
use xunju_domain::event::BlobRef;
use xunju_domain::paper::payload::{Checked, PDF_ROLE, PDF_TYPE};
use xunju_domain::paper::{decide, form, numbering, terms};
use xunju_store::{Commit, Order, Query};

use crate::act::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::view::app::{Host, Nothing};
use crate::view::paper::{
    PaperCheckRequest, PaperContent, PaperDuty, PaperFile, PaperPage, PaperPrepareRequest, PaperPrepared, PaperPreview,
    PaperPrintRequest, PaperProblem, PaperQuery, PaperRef, PaperServeRequest, PaperTemplate, PaperTemplatesRequest,
    PaperView, PaperVoidRequest,
};
use crate::{Api, Caller};

const PAGE_ROWS_MAX: u32 = 200;
const DUTY_ROWS_SHOWN: u32 = 5;
/// 1366×768 shows half a page at this.
const PREVIEW_PPI: u32 = 90;

/// Kinds of paper this person may make for this case; asks for numbers in time.
///
/// # Errors
/// `NotFound`, disk failures.
pub fn templates(api: &Api, caller: &Caller, of: PaperTemplatesRequest) -> Result<Vec<PaperTemplate>, ApiError> {
    let subject = api.subject(caller, &of.case_id, &of.round)?;
    if subject.case.as_ref().is_some_and(|case| case.case_no.is_none()) {
        return Ok(Vec::new());
    }
    api.ask_for_numbers(caller)?;
    let (roles, today) = (caller.roles(), api.today().to_string());
    let mut offered = Vec::new();
    for form in form::forms() {
        let fits = |t: &&terms::Terms| t.may_issue(&roles) && (subject.round.is_none() || t.of_round);
        let Some(terms) = terms::terms(&form.code).filter(fits) else { continue };
        offered.push(PaperTemplate {
            code: form.code.clone(),
            label: form.label.clone(),
            family: terms.family.clone(),
            officers: u32::try_from(terms.officers).unwrap_or(0),
            numbers_left: api.numbers_left(&form.code, &today)?,
        });
    }
    Ok(offered)
}

/// The form as far as it fills itself, or as it was left half filled.
///
/// # Errors
/// `NotAllowed`, `NotFound`.
pub fn prepare(api: &Api, caller: &Caller, asked: PaperPrepareRequest) -> Result<PaperPrepared, ApiError> {
    let of = api.subject(caller, &asked.case_id, &asked.round)?;
    let unknown = || ApiError::new(ErrorCode::NotFound).with("what", &asked.template);
    let form = form::form(&asked.template).ok_or_else(unknown)?;
    let terms = api.may_issue(caller, &asked.template)?;
    let today = api.today().to_string();
    let draft = api.paper_draft(caller, &of, &form.code)?;
    let saved_ms = draft.as_ref().map(|(row, _)| row.saved_ms);
    let content = match draft {
        Some((_, content)) => content,
        None => api.proposed(caller, &of, form, terms)?,
    };
    let me = api.store().identity().refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
    let proceedings = api.proceedings_for(caller, &of, terms)?;
    Ok(PaperPrepared {
        officers: u32::try_from(terms.officers).unwrap_or(0),
        officer_choices: api.officers(&today)?,
        photo_choices: if form.photos == "none" { Vec::new() } else { of.photo_choices() },
        has_clock: terms.clock,
        proceedings: proceedings.iter().map(|state| api.proceeding_card(state)).collect(),
        of_proceeding: !terms.awaits.is_empty(),
        organ: numbering::book().organ_name(&terms.organ, &me.town_name),
        next_number: api.next_number(&form.code, &today).ok().flatten().map(|n| n.text),
        form: form.clone(),
        content,
        saved_ms,
    })
}

/// The pages as they stand, with what is still missing. Costs no number.
///
/// # Errors
/// `NotAllowed`, `NotFound`.
pub fn preview(api: &Api, caller: &Caller, content: PaperContent) -> Result<PaperPreview, ApiError> {
    let of = api.subject_of(caller, &content)?;
    api.may_issue(caller, &content.template)?;
    let number = api.next_number(&content.template, &api.today().to_string()).ok().flatten();
    let issued = api.issued_of(caller, &of, &content, number)?;
    let problems = decide::unfit(&issued).into_iter().map(|p| PaperProblem { field: p.field, code: p.code });
    let problems = problems.filter(|p| p.field != "number").collect();
    let waits = api.waits_for(caller, &issued)?.map(|w| crate::present::proceeding::waits_view(&w));
    Ok(match api.pages(&of, &issued.sheet, PREVIEW_PPI) {
        Ok(pages) => PaperPreview { pages, problems, waits, failed: None },
        Err(failed) => PaperPreview { pages: Vec::new(), problems, waits, failed: Some(failed) },
    })
}

/// 签发: the text is locked, the PDF is in the vault, the number is taken. Works without a network while numbers last.
///
/// # Errors
/// `Invalid` with every problem, `NotAllowed`, `IllegalTransition` while its proceeding is not so far, `NoNumbers`,
/// `PaperFailed`, `DiskFull`: then nothing is issued.
pub fn issue(api: &Api, caller: &Caller, content: PaperContent) -> Result<PaperView, ApiError> {
    let of = api.subject_of(caller, &content)?;
    api.may_issue(caller, &content.template)?;
    let not_yet = |reason: &str| ApiError::new(ErrorCode::NotAllowed).with("action", "issue").with("reason", reason);
    match (&of.case, &of.round) {
        (Some(case), _) if case.case_no.is_none() => return Err(not_yet("case_not_accepted")),
        (_, Some(round)) if round.sheet.started_at.is_empty() => return Err(not_yet("round_not_begun")),
        _ => {}
    }
    let draft = api.paper_draft(caller, &of, &content.template)?.map(|(row, _)| row.id);
    let id = draft.clone().map_or_else(|| new_id(api.clock().wall_ms()), Ok)?;
    {
        let _turn = crate::held(&api.numbering);
        let number = api.next_number(&content.template, &api.today().to_string())?;
        let issued = api.issued_of(caller, &of, &content, number)?;
        let problems = decide::unfit(&issued);
        if !problems.is_empty() {
            return Err(crate::refuse::invalid(&problems));
        }
        if let Some(waits) = api.waits_for(caller, &issued)? {
            let error = ApiError::new(ErrorCode::IllegalTransition).with("from", "").with("action", &waits.step);
            return Err(error.with("reason", waits.code).with("article", waits.article()));
        }
        let pdf = api.pdf_of(&of, &issued.sheet)?;
        let stored = api.vault().put(&pdf).refused().inspect_err(|e| api.note_failure(e))?;
        let blob = BlobRef {
            h: stored.hash,
            n: stored.bytes,
            m: PDF_TYPE.into(),
            role: PDF_ROLE.into(),
            thumb: None,
            preview: None,
            facts: std::collections::BTreeMap::new(),
        };
        let event = decide::issue(&id, &of.scope, &issued, blob, &caller.author()).refused()?;
        api.commit(Commit { events: vec![event], drop_paper_draft: draft, ..Commit::empty() }, &of.case_id())?;
    }
    api.remember_office(caller, &content)?;
    api.ask_for_numbers(caller)?;
    api.paper_view(caller, &api.paper(caller, &id)?)
}

/// # Errors
/// `NotFound` also for what one may not see.
pub fn get(api: &Api, caller: &Caller, of: PaperRef) -> Result<PaperView, ApiError> {
    api.paper_view(caller, &api.paper(caller, &of.id)?)
}

/// # Errors
/// `NotFound` for a case one may not see, disk failures.
pub fn list(api: &Api, caller: &Caller, asked: PaperQuery) -> Result<PaperPage, ApiError> {
    caller.require(xunju_domain::permission::Action::See)?;
    if let Some(case) = &asked.case_id {
        api.case(caller, case)?;
    }
    if let Some(round) = &asked.round {
        api.round_state(caller, round)?;
    }
    let query = match &asked.duty {
        Some(key) => {
            api.paper_duty(caller, key).ok_or_else(|| ApiError::new(ErrorCode::BadRequest).with("duty", key))?
        }
        None => api.papers(caller, Vec::new()),
    };
    let mut facets = query.facets;
    facets.extend(asked.case_id.map(|case| ("case".to_owned(), case)));
    facets.extend(asked.round.map(|round| ("round".to_owned(), round)));
    let limit = if asked.limit == 0 { PAGE_ROWS_MAX } else { asked.limit.min(PAGE_ROWS_MAX) };
    let order = if asked.duty.is_some() { Order::Due } else { Order::Newest };
    api.paper_page(&Query { facets, order, offset: asked.offset, limit, ..query })
}

/// 今天: papers to serve, and those whose time runs out or has run out. Each count is the length of its list.
///
/// # Errors
/// Disk failures.
pub fn duties(api: &Api, caller: &Caller, _: Nothing) -> Result<Vec<PaperDuty>, ApiError> {
    let mut all = Vec::new();
    for key in ["to_serve", "overdue", "due"] {
        let Some(query) = api.paper_duty(caller, key) else { continue };
        let page = api.paper_page(&Query { limit: DUTY_ROWS_SHOWN, ..query })?;
        if page.total > 0 {
            all.push(PaperDuty { key: key.to_owned(), count: page.total, rows: page.rows });
        }
    }
    Ok(all)
}

/// # Errors
/// `Invalid` with every problem, `NotAllowed`, `PhotoMissing`.
pub fn serve(api: &Api, caller: &Caller, asked: PaperServeRequest) -> Result<PaperView, ApiError> {
    let state = api.paper(caller, &asked.id)?;
    let photos: Vec<DraftPhoto> =
        asked.photos.iter().map(|hash| DraftPhoto { hash: hash.clone(), slot: "service".into() }).collect();
    let blobs = api.blobs(caller, &photos)?;
    let event = decide::serve(&state, &caller.author(), &asked.service, blobs, &api.calendar()).refused()?;
    let drop_tray = asked.photos.into_iter().map(|hash| (caller.user.clone(), hash)).collect();
    api.commit(Commit { events: vec![event], drop_tray, ..Commit::empty() }, &state.issued.case_id)?;
    get(api, caller, PaperRef { id: asked.id })
}

/// # Errors
/// `NotAllowed`, `Invalid`.
pub fn check(api: &Api, caller: &Caller, asked: PaperCheckRequest) -> Result<PaperView, ApiError> {
    let state = api.paper(caller, &asked.id)?;
    let event =
        decide::check(&state, &caller.author(), &Checked { result: asked.result, text: asked.text }).refused()?;
    api.commit(Commit { events: vec![event], ..Commit::empty() }, &state.issued.case_id)?;
    get(api, caller, PaperRef { id: asked.id })
}

/// # Errors
/// `NotAllowed`, `Invalid`.
pub fn void(api: &Api, caller: &Caller, asked: PaperVoidRequest) -> Result<PaperView, ApiError> {
    let state = api.paper(caller, &asked.id)?;
    let event = decide::void(&state, &caller.author(), &asked.reason).refused()?;
    api.commit(Commit { events: vec![event], ..Commit::empty() }, &state.issued.case_id)?;
    get(api, caller, PaperRef { id: asked.id })
}

/// # Errors
/// `Invalid` for a number of copies no printer makes.
pub fn print_log(api: &Api, caller: &Caller, asked: PaperPrintRequest) -> Result<PaperView, ApiError> {
    let state = api.readable_paper(caller, &asked.id)?;
    api.note_access(
        caller,
        Access { action: "print", objects: vec![format!("paper:{}", state.id)], ..Access::default() },
    )?;
    let event = decide::printed(&state, &caller.author(), asked.copies).refused()?;
    api.commit(Commit { events: vec![event], ..Commit::empty() }, &state.issued.case_id)?;
    get(api, caller, PaperRef { id: asked.id })
}

/// Where the PDF can be opened: on a laptop it is written to the person's downloads, on the web it has an address.
///
/// # Errors
/// `NotAllowed`, `PhotoMissing` while the file is not on this machine (it is asked for), disk failures.
pub fn pdf(api: &Api, caller: &Caller, of: PaperRef) -> Result<PaperFile, ApiError> {
    if caller.host == Host::Web {
        let state = api.readable_paper(caller, &of.id)?;
        let name = crate::present::paper_file_name(&state);
        return Ok(PaperFile { name, path: None, url: Some(format!("/api/paper/{}.pdf", state.id)) });
    }
    let (name, bytes) = api.paper_file(caller, &of.id)?;
    let path = crate::present::save_aside(&name, &bytes)?;
    Ok(PaperFile { name, path: Some(path), url: None })
}
