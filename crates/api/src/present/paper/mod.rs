//! From a case to a proposed paper, from a folded paper to what a screen shows.
//!
//! [`subject`] what it is of; [`propose`] the form as far as it fills itself; [`sheet`] the locked text and its pages;
//! [`card`] lines and pages of papers that stand; [`file`] the PDF as a file; [`story`]
//! papers in the story of their case. Here: who may make and see one.

mod card;
mod file;
mod propose;
mod sheet;
mod story;
mod subject;

use xunju_domain::paper::PaperState;
use xunju_domain::paper::payload::Officer;
use xunju_domain::paper::terms::{Terms, terms};
use xunju_domain::permission::{Role, may_know};
use xunju_domain::record;
use xunju_store::Query;

use crate::act::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::{Api, Caller, doc};

pub(crate) use file::{paper_file_name, save_aside};
pub(crate) use sheet::paper_refusal;
pub(crate) use subject::Subject;

impl Api {
    pub(crate) fn may_issue(&self, caller: &Caller, template: &str) -> Result<&'static Terms, ApiError> {
        let refused = || ApiError::new(ErrorCode::NotAllowed).with("action", "issue").with("template", template);
        terms(template).filter(|t| t.may_issue(&caller.roles())).ok_or_else(refused)
    }

    /// Certified officers who may sign on a day.
    pub(crate) fn officers(&self, day: &str) -> Result<Vec<Officer>, ApiError> {
        let fits = |roles: &[Role]| roles.iter().any(|role| matches!(role, Role::Enf | Role::Enfl));
        let people = self.people()?.into_iter().filter(|p| fits(&p.grant().roles));
        let signer = |p: xunju_domain::user::UserState| {
            let certificate = p.certificate(day)?.no.clone();
            Some(Officer { user: p.id.clone(), name: p.defined.display.clone(), certificate })
        };
        Ok(people.filter_map(signer).collect())
    }

    /// A paper of a case or a round the caller may see.
    pub(crate) fn paper(&self, caller: &Caller, id: &str) -> Result<PaperState, ApiError> {
        let missing = || ApiError::new(ErrorCode::NotFound).with("what", id);
        let row = self.store.record(&format!("paper:{}", record::id_of(id))).refused()?.ok_or_else(missing)?;
        let state: PaperState = doc(&row)?;
        let of_round = state.issued.case_id.is_empty() && caller.scopes.has(&state.scope);
        if !of_round {
            self.case(caller, &state.issued.case_id).map_err(|_| missing())?;
        }
        Ok(state)
    }

    /// Whether the caller may be told in clear whom a paper is about, for a reason that is logged (domain.md §7).
    pub(crate) fn may_unmask(&self, caller: &Caller, state: &PaperState) -> bool {
        let case = self.case(caller, &state.issued.case_id).ok();
        let own = state.author == caller.user || case.as_ref().is_some_and(|case| case.author == caller.user);
        may_know(&caller.roles(), own, case.is_none_or(|case| case.is_open()))
    }

    /// Who may open a paper's pages: those who may be told whom it is about, whoever wrote or reported it, and the
    /// archive. Each opening is in the access log.
    pub(super) fn sees_whole(&self, caller: &Caller, state: &PaperState) -> bool {
        let case = self.case(caller, &state.issued.case_id);
        let own = state.author == caller.user || case.is_ok_and(|case| case.author == caller.user);
        may_know(&caller.roles(), own, true) || caller.roles().contains(&Role::Arc)
    }

    /// A paper whose pages the caller may see.
    pub(crate) fn readable_paper(&self, caller: &Caller, id: &str) -> Result<PaperState, ApiError> {
        let state = self.paper(caller, id)?;
        match self.sees_whole(caller, &state) {
            true => Ok(state),
            false => Err(ApiError::new(ErrorCode::NotAllowed).with("action", "see")),
        }
    }

    /// The PDF with the name it is saved by.
    ///
    /// # Errors
    /// As [`Api::paper_pdf`].
    pub fn paper_file(&self, caller: &Caller, id: &str) -> Result<(String, Vec<u8>), ApiError> {
        let name = paper_file_name(&self.readable_paper(caller, id)?);
        Ok((name, self.paper_pdf(caller, id)?))
    }

    /// The PDF as it was issued, noted in the access log.
    ///
    /// # Errors
    /// `NotFound`, `NotAllowed`; `PhotoMissing` while it is not on this machine: it is asked for.
    pub fn paper_pdf(&self, caller: &Caller, id: &str) -> Result<Vec<u8>, ApiError> {
        let state = self.readable_paper(caller, id)?;
        let hash = state.pdf.map(|pdf| pdf.h).unwrap_or_default();
        self.here_or_wanted(&hash)?;
        let objects = vec![format!("paper:{}", record::id_of(&state.id))];
        self.note_access(caller, Access { action: "view", objects, ..Access::default() })?;
        self.vault.read(&hash).refused()
    }

    pub(crate) fn papers(&self, caller: &Caller, facets: Vec<(String, String)>) -> Query {
        Query { kind: "paper".into(), facets, scopes: caller.scope_list(), ..Query::default() }
    }

    /// One of the lists of 今天; none for a name that is none.
    pub(crate) fn paper_duty(&self, caller: &Caller, key: &str) -> Option<Query> {
        let roles = caller.roles();
        let serves = roles.iter().any(|r| matches!(r, Role::Enf | Role::Enfl | Role::Lxb | Role::Ins));
        let flag = |name: &str| vec![(name.to_owned(), "1".to_owned())];
        let yesterday = self.yesterday();
        let (today, week) = (self.today().to_string(), self.bucket_bounds(Some("week")).1);
        let query = match key {
            "to_serve" if serves => self.papers(caller, flag("to_serve")),
            "overdue" if serves => Query { due_to: Some(yesterday), ..self.papers(caller, flag("running")) },
            "due" if serves => Query { due_from: Some(today), due_to: week, ..self.papers(caller, flag("running")) },
            _ => return None,
        };
        Some(query)
    }
}
