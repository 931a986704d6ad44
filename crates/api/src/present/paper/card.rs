//! A folded paper as a line of a list and as a page.

use std::collections::BTreeMap;

use xunju_domain::catalogue::Label;
use xunju_domain::deadline::{bucket, limit, read_stamp};
use xunju_domain::paper::form::form;
use xunju_domain::paper::payload::Service;
use xunju_domain::paper::terms::terms;
use xunju_domain::paper::{PaperState, decide, personal, service, state};
use xunju_domain::proceeding::rule;
use xunju_store::Query;

use crate::error::ApiError;
use crate::present::Names;
use crate::present::proceeding::why_of;
use crate::refuse::Refused;
use crate::view::paper::{PaperCard, PaperEntry, PaperMode, PaperNotice, PaperPage, PaperView};
use crate::{Api, Caller, doc};

impl Api {
    pub(crate) fn paper_page(&self, query: &Query) -> Result<PaperPage, ApiError> {
        let total = self.store.count(query).refused()?;
        let states =
            self.store.records(query).refused()?.iter().map(doc::<PaperState>).collect::<Result<Vec<_>, _>>()?;
        Ok(PaperPage { total, rows: states.iter().map(|state| self.paper_card(state)).collect() })
    }

    fn paper_card(&self, state: &PaperState) -> PaperCard {
        let issued = &state.issued;
        let label = form(&issued.sheet.template).map_or_else(Label::default, |f| f.label.clone());
        let due = state.served.as_ref().and_then(|s| s.due.as_ref()).filter(|_| state.status == "served");
        let service = state.served.as_ref().map(|s| &s.service);
        PaperCard {
            id: state.id.clone(),
            case_id: issued.case_id.clone(),
            round: issued.round.clone(),
            case_no: issued.sheet.case_no.clone(),
            template: issued.sheet.template.clone(),
            label,
            number: state.number().to_owned(),
            status: state.status.clone(),
            pending: state.pending,
            refused: state.refused.clone(),
            date: issued.sheet.date.clone(),
            recipient: state.masked("recipient"),
            issuer: issued.issuer.clone(),
            is_served_kind: terms(&issued.sheet.template).is_some_and(|t| t.servers > 0),
            served_mode: service.map(|s| s.mode.clone()),
            served_on: state.served.as_ref().map(|s| s.deemed_on.clone()),
            due_date: state.due().map(str::to_owned),
            bucket: due.and_then(|d| read_stamp(&d.due_at)).map(|at| bucket(at, self.now()).to_owned()),
        }
    }

    pub(crate) fn paper_view(&self, caller: &Caller, state: &PaperState) -> Result<PaperView, ApiError> {
        let whole = self.sees_whole(caller, state);
        let names = self.names()?;
        let terms = terms(&state.issued.sheet.template);
        let limits = terms.map(|t| t.notice.as_slice()).unwrap_or_default().iter().filter_map(|id| {
            let (code, variant) = id.split_once(':').unwrap_or((id, ""));
            let limit = limit(code, variant, &state.issued.sheet.date)?;
            Some(PaperNotice { id: id.clone(), label: limit.label.clone(), n: limit.n, source: limit.source.clone() })
        });
        let served = state.served.as_ref();
        let mode = |m: &service::Mode| PaperMode {
            name: m.name.to_owned(),
            needs: m.needs.iter().map(|n| (*n).to_owned()).collect(),
        };
        Ok(PaperView {
            card: self.paper_card(state),
            officers: state.issued.officers.clone(),
            clock: state.issued.clock.clone(),
            service: served.map(|_| masked_service(state)).filter(|_| whole),
            personal: masked(state),
            may_unmask: self.may_unmask(caller, state),
            deemed_on: served.map(|s| s.deemed_on.clone()),
            notice: served.and_then(|s| s.notice.as_ref()).map(|fact| self.deadline_view(fact)),
            due: served.and_then(|s| s.due.as_ref()).map(|fact| self.deadline_view(fact)),
            service_photos: state.service_photos.iter().map(|p| p.h.clone()).collect(),
            checked: state.checked.as_ref().map(|c| c.result.clone()),
            voided: state.voided.as_ref().map(|v| v.reason.clone()),
            pdf: state.pdf.as_ref().map(|pdf| pdf.h.clone()),
            pdf_here: state.pdf.as_ref().is_some_and(|pdf| self.vault.has(&pdf.h)),
            may_open: whole,
            actions: decide::offered(state, &caller.author()).into_iter().map(str::to_owned).collect(),
            modes: service::MODES.iter().map(mode).collect(),
            relations: service::RELATIONS.iter().map(|r| (*r).to_owned()).collect(),
            notice_limits: limits.collect(),
            servers: terms.map_or(0, |t| u32::try_from(t.servers).unwrap_or(0)),
            refused_why: state.refused.as_deref().and_then(rule).map(why_of),
            timeline: told(state).map(|e| entry(e, &names)).collect(),
        })
    }
}

/// Every personal field somebody recorded, masked.
fn masked(state: &PaperState) -> BTreeMap<String, String> {
    let recorded = personal::FIELDS.iter().filter(|f| !state.personal(f).is_empty());
    recorded.map(|f| ((*f).to_owned(), state.masked(f))).collect()
}

fn masked_service(state: &PaperState) -> Service {
    Service {
        receiver: state.masked("receiver"),
        witness: state.masked("witness"),
        electronic_address: state.masked("electronic_address"),
        ..state.served.as_ref().map(|s| s.service.clone()).unwrap_or_default()
    }
}

/// What is told of a paper: what people did, and what the server did not accept.
pub(super) fn told(state: &PaperState) -> impl Iterator<Item = &state::Entry> {
    state.timeline.iter().filter(|e| !e.by_server || e.text == "refused")
}

fn entry(e: &state::Entry, names: &Names) -> PaperEntry {
    PaperEntry {
        kind: e.kind.clone(),
        author: names.of(&e.author),
        by_server: e.by_server,
        wall_ms: e.at.wall_ms,
        text: e.text.clone(),
        verdict: e.verdict.clone(),
        reason_code: e.reason_code.clone(),
    }
}
