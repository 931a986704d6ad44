//! From a case to a proposed paper, from a folded paper to what a screen shows.

use std::collections::BTreeMap;
use std::path::PathBuf;

use xunju_documents::paper::{PaperError, Photos, lay_out};
use xunju_domain::case::CaseState;
use xunju_domain::case::draft::FieldProblem;
use xunju_domain::catalogue::{self, Label};
use xunju_domain::deadline::{self, bucket, limit, read_stamp};
use xunju_domain::mask;
use xunju_domain::paper::form::{Form, form, text};
use xunju_domain::paper::numbering::{Number, book};
use xunju_domain::paper::payload::{Issued, Officer, Recipient};
use xunju_domain::paper::terms::{Terms, terms, usual_clock};
use xunju_domain::paper::{PaperState, Sheet, SheetPhoto, SheetValue, decide, service};
use xunju_domain::permission::Role;
use xunju_domain::record;
use xunju_store::Query;

use crate::act::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::paper::{
    PaperCard, PaperContent, PaperEntry, PaperMode, PaperNotice, PaperPage, PaperPhotoChoice, PaperView,
};
use crate::{Api, Caller, doc, present};

/// What an office writes on every paper alike: kept from the last one, to start the next from.
const OFFICE_FIELDS: &[&str] =
    &["contact_name", "contact_phone", "organ_address", "remedy_authority", "remedy_court", "sender"];
const OFFICE_SETTING: &str = "paper_office";

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

    pub(crate) fn photo_choices(&self, case: &CaseState) -> Vec<PaperPhotoChoice> {
        let drawable = case.photos.iter().filter(|p| p.blob.preview.is_some());
        drawable
            .map(|p| PaperPhotoChoice {
                hash: p.blob.h.clone(),
                thumb: p.blob.thumb.as_ref().map(|t| t.h.clone()),
                caption: caption(case, &p.slot),
            })
            .collect()
    }

    /// The form filled from the case, the catalogue's legal basis and the town's usual limits.
    pub(crate) fn proposed(
        &self,
        caller: &Caller,
        case: &CaseState,
        form: &Form,
        terms: &Terms,
    ) -> Result<PaperContent, ApiError> {
        let today = self.today();
        let names = self.names()?;
        let me = names.of(&caller.user);
        let catalogue = catalogue::standard();
        let basis = catalogue
            .basis(&case.type_code())
            .iter()
            .find_map(|id| catalogue.legal_basis.iter().find(|b| b.id == *id && b.effective_from <= today.to_string()));
        let clock = usual_clock(&form.code, &case.category()).filter(|_| terms.clock);
        let due = clock.as_ref().and_then(|c| {
            let start = today.and_hms_opt(0, 0, 0)?;
            let counted = deadline::compute(&self.calendar(), &c.rule, c.n, &c.unit, start).ok()?;
            Some(counted.due_at.date().to_string())
        });
        let place = format!("{}{}{}", case.text("compound_name"), case.text("building"), room(&case.text("room")));
        let label = present::fact::type_label(case).zh_hans;
        let found = case.text("found_at");
        let found_at: String = found.chars().take(16).collect::<String>().replace('T', " ");
        let facts = self.facts_in_words(caller, case)?;
        let law = |of: fn(&catalogue::LegalBasis) -> &String| basis.map(|b| of(b).clone()).unwrap_or_default();
        let lead = catalogue.departments.iter().find(|d| d.id == case.order.lead()).map(|d| d.label.zh_hans.clone());
        let officers: Vec<Officer> = self.officers(&today.to_string())?;
        let signers: Vec<Officer> =
            officers.iter().filter(|o| o.user == caller.user).take(terms.officers).cloned().collect();
        let words: Vec<(&str, String)> = vec![
            ("date", today.to_string()),
            ("started_at", self.now().format("%Y-%m-%d %H:%M").to_string()),
            ("checked_at", found_at.clone()),
            ("found_at", found_at.clone()),
            ("found_on", found_at.chars().take(10).collect()),
            ("rechecked_at", self.now().format("%Y-%m-%d %H:%M").to_string()),
            ("place", place.clone()),
            ("structure_place", place.clone()),
            ("party_address", place.clone()),
            ("case_name", format!("{place}{label}案")),
            ("act", law(|b| &b.act)),
            ("law_broken", law(|b| &b.cite)),
            ("law_basis", law(|b| &b.cite)),
            ("basis", law(|b| &b.cite)),
            ("law", law(|b| &b.cite)),
            ("facts", facts.clone()),
            ("scene", facts.clone()),
            ("problem", facts.clone()),
            ("findings", facts.clone()),
            ("matter", label.clone()),
            ("about", label.clone()),
            ("proves", format!("{place}{label}的现场情况")),
            ("source_medium", "执法记录设备原始文件".into()),
            ("structure_area", [case.text("area_m2"), "平方米".into()].concat()),
            ("consequence", "逾期不改正的，本机关将依法处理。".into()),
            ("recheck", "期限届满后的次一工作日，由本机关派员复查。".into()),
            ("due_on", due.clone().unwrap_or_default()),
            ("due_at", due.clone().map(|d| format!("{d} 17:00")).unwrap_or_default()),
            ("recheck_on", due.unwrap_or_default()),
            ("inspectors", me.clone()),
            ("recorder", me.clone()),
            ("contact_name", me.clone()),
            ("sender", me),
            ("route", case.text("compound_name")),
            ("problem_count", "1".into()),
            ("source", case.text("source")),
            ("party_kind", "person".into()),
            ("party_id_kind", "resident_id".into()),
        ];
        let mut fields: BTreeMap<String, SheetValue> = BTreeMap::new();
        for field in &form.fields {
            let word =
                words.iter().find(|(key, word)| *key == field.key && !word.is_empty()).map(|(_, word)| word.clone());
            let word = word.or_else(|| field.default.clone());
            let value = match (field.kind.as_str(), field.key.as_str()) {
                ("list", "corrections" | "requests" | "promises") => Some(SheetValue::List(vec![law(|b| &b.order)])),
                ("table", "items" | "problems") => {
                    let first = if field.key == "items" { law(|b| &b.act) } else { place.clone() };
                    let rest = [label.clone(), law(|b| &b.order), case.no().to_owned()];
                    let cells = std::iter::once(first).chain(rest).chain(std::iter::repeat(String::new()));
                    Some(SheetValue::Table(vec![cells.take(field.columns.len()).collect()]))
                }
                ("list" | "table", _) => None,
                (_, "to") if form.code == "G04" => lead.clone().map(SheetValue::Text),
                _ => word.map(SheetValue::Text),
            };
            fields.extend(value.map(|v| (field.key.clone(), v)));
        }
        let kept = self.store.setting(&caller.user, OFFICE_SETTING).refused()?;
        let kept: BTreeMap<String, SheetValue> = kept.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default();
        fields.extend(kept.into_iter().filter(|(key, _)| form.fields.iter().any(|f| f.key == *key)));
        Ok(PaperContent {
            case_id: case.id.clone(),
            template: form.code.clone(),
            proceeding: String::new(),
            fields,
            photos: if form.photos == "required" {
                self.photo_choices(case).into_iter().map(|p| p.hash).collect()
            } else {
                Vec::new()
            },
            officers: signers.into_iter().map(|o| o.user).collect(),
            clock,
        })
    }

    /// Measured facts of the case as one sentence.
    fn facts_in_words(&self, caller: &Caller, case: &CaseState) -> Result<String, ApiError> {
        let view = self.case_view(caller, case)?;
        let shown = view.facts.iter().filter(|f| !f.text.zh_hans.is_empty());
        let one = |f: &crate::view::case::FactView| {
            format!("{}：{}{}", f.label.zh_hans, f.text.zh_hans, f.unit.clone().unwrap_or_default())
        };
        Ok(shown.map(one).collect::<Vec<_>>().join("；"))
    }

    /// Keeps what every paper of this office says alike, for the next form.
    pub(crate) fn remember_office(&self, caller: &Caller, content: &PaperContent) -> Result<(), ApiError> {
        let kept: BTreeMap<&String, &SheetValue> =
            content.fields.iter().filter(|(key, _)| OFFICE_FIELDS.contains(&key.as_str())).collect();
        let text = serde_json::to_string(&kept).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
        self.store.set_setting(&caller.user, OFFICE_SETTING, &text).refused().map(drop)
    }

    /// What a person decided, with everything the case, the town and the accounts say.
    pub(crate) fn issued_of(
        &self,
        caller: &Caller,
        case: &CaseState,
        content: &PaperContent,
        number: Option<Number>,
    ) -> Result<Issued, ApiError> {
        let unknown = || ApiError::new(ErrorCode::NotFound).with("what", &content.template);
        let form = form(&content.template).ok_or_else(unknown)?;
        let terms = terms(&content.template).ok_or_else(unknown)?;
        let today = self.today().to_string();
        let town = self.store.identity().refused()?.map(|me| me.town_name).unwrap_or_default();
        let names = self.names()?;
        let choices = self.officers(&today)?;
        let officers: Vec<Officer> =
            content.officers.iter().filter_map(|user| choices.iter().find(|o| o.user == *user).cloned()).collect();
        let mut sheet = Sheet {
            template: form.code.clone(),
            version: form.version,
            title: form.label.zh_hans.clone(),
            organ: book().organ_name(&terms.organ, &town),
            number: number.as_ref().map(|n| n.text.clone()).unwrap_or_default(),
            case_no: case.no().to_owned(),
            date: today,
            fields: content.fields.iter().filter(|(_, v)| !is_blank(v)).map(|(k, v)| (k.clone(), v.clone())).collect(),
            photos: Vec::new(),
            qr: format!("xunju:case:{}", case.id),
        };
        let asked: std::collections::BTreeSet<String> =
            form.fields.iter().filter(|f| f.is_asked(&sheet)).map(|f| f.key.clone()).collect();
        sheet.fields.retain(|key, _| asked.contains(key) || !form.fields.iter().any(|f| f.key == *key));
        for (officer, at) in officers.iter().zip(1..) {
            sheet.fields.insert(format!("officer{at}_name"), SheetValue::Text(officer.name.clone()));
            sheet.fields.insert(format!("officer{at}_no"), SheetValue::Text(officer.certificate.clone()));
        }
        let place = format!("{}{}{}", case.text("compound_name"), case.text("building"), room(&case.text("room")));
        for hash in &content.photos {
            let missing = || ApiError::new(ErrorCode::PhotoMissing).with("hash", hash);
            let photo = case.photos.iter().find(|p| p.blob.h == *hash).ok_or_else(missing)?;
            let taken = photo.blob.facts.get("taken_at").cloned().unwrap_or_default();
            sheet.photos.push(SheetPhoto {
                sha256: hash.clone(),
                caption: caption(case, &photo.slot),
                taken_at: taken.chars().take(16).collect::<String>().replace('T', " "),
                place: place.clone(),
                taken_by: names.of(&photo.author),
            });
        }
        let named = ["party_name", "to", "recipient", "site_person"].iter().map(|key| text(&sheet, key));
        let address = ["party_address", "place"].iter().map(|key| text(&sheet, key)).find(|t| !t.is_empty());
        Ok(Issued {
            case_id: case.id.clone(),
            proceeding: content.proceeding.clone(),
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

    pub(crate) fn pages(&self, case: &CaseState, sheet: &Sheet, ppi: u32) -> Result<Vec<String>, ApiError> {
        let pages =
            lay_out(sheet, &Renditions { api: self, case }).and_then(|l| l.pictures(ppi)).map_err(|e| failed(&e))?;
        Ok(pages.iter().map(|png| base64(png)).collect())
    }

    pub(crate) fn pdf_of(&self, case: &CaseState, sheet: &Sheet) -> Result<Vec<u8>, ApiError> {
        let made = xunju_documents::paper::render(sheet, &Renditions { api: self, case }).map_err(|e| failed(&e))?;
        Ok(made.pdf)
    }

    /// A paper of a case the caller may see.
    pub(crate) fn paper(&self, caller: &Caller, id: &str) -> Result<PaperState, ApiError> {
        let missing = || ApiError::new(ErrorCode::NotFound).with("what", id);
        let row = self.store.record(&format!("paper:{}", record::id_of(id))).refused()?.ok_or_else(missing)?;
        let state: PaperState = doc(&row)?;
        self.case(caller, &state.issued.case_id).map_err(|_| missing())?;
        Ok(state)
    }

    /// Who may see whom a paper is about (domain.md §7): the others see masks and no pages.
    fn sees_whole(&self, caller: &Caller, state: &PaperState) -> bool {
        use Role::{Arc, Dep, Enf, Enfl, Fg, Head, Ins, Jw, Leg, Lxb};
        let own = state.author == caller.user
            || self.case(caller, &state.issued.case_id).is_ok_and(|case| case.author == caller.user);
        caller.roles().iter().any(|role| match role {
            Enf | Enfl | Leg | Head | Fg | Lxb | Arc | Dep => true,
            Ins | Jw => own,
            _ => false,
        })
    }

    /// A paper whose pages the caller may see.
    pub(crate) fn readable_paper(&self, caller: &Caller, id: &str) -> Result<PaperState, ApiError> {
        let state = self.paper(caller, id)?;
        match self.sees_whole(caller, &state) {
            true => Ok(state),
            false => Err(ApiError::new(ErrorCode::NotAllowed).with("action", "see")),
        }
    }

    /// The PDF as it was issued, noted in the access log.
    ///
    /// # Errors
    /// `NotFound`, `NotAllowed`; `PhotoMissing` while it is not on this machine: it is asked for.
    pub fn paper_pdf(&self, caller: &Caller, id: &str) -> Result<Vec<u8>, ApiError> {
        let state = self.readable_paper(caller, id)?;
        let hash = state.pdf.map(|pdf| pdf.h).unwrap_or_default();
        if !self.vault.has(&hash) {
            let id = hash.parse().map_err(|_| ApiError::new(ErrorCode::PhotoMissing).with("hash", &hash))?;
            self.changed(&self.store.want_blob(&id).refused()?);
            return Err(ApiError::new(ErrorCode::PhotoMissing).with("hash", hash).retryable());
        }
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

    pub(crate) fn paper_page(&self, caller: &Caller, query: &Query) -> Result<PaperPage, ApiError> {
        let total = self.store.count(query).refused()?;
        let states =
            self.store.records(query).refused()?.iter().map(doc::<PaperState>).collect::<Result<Vec<_>, _>>()?;
        Ok(PaperPage { total, rows: states.iter().map(|state| self.paper_card(caller, state)).collect() })
    }

    fn paper_card(&self, caller: &Caller, state: &PaperState) -> PaperCard {
        let issued = &state.issued;
        let label = form(&issued.sheet.template).map_or_else(Label::default, |f| f.label.clone());
        let name = &issued.recipient.name;
        let due = state.served.as_ref().and_then(|s| s.due.as_ref()).filter(|_| state.status == "served");
        let service = state.served.as_ref().map(|s| &s.service);
        PaperCard {
            id: state.id.clone(),
            case_id: issued.case_id.clone(),
            case_no: issued.sheet.case_no.clone(),
            template: issued.sheet.template.clone(),
            label,
            number: state.number().to_owned(),
            status: state.status.clone(),
            pending: state.pending,
            refused: state.refused.clone(),
            date: issued.sheet.date.clone(),
            recipient: if self.sees_whole(caller, state) { name.clone() } else { mask::name(name) },
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
        let entry = |e: &xunju_domain::paper::state::Entry| PaperEntry {
            kind: e.kind.clone(),
            author: names.of(&e.author),
            by_server: e.by_server,
            wall_ms: e.at.wall_ms,
            text: e.text.clone(),
            verdict: e.verdict.clone(),
            reason_code: e.reason_code.clone(),
        };
        Ok(PaperView {
            card: self.paper_card(caller, state),
            officers: state.issued.officers.clone(),
            clock: state.issued.clock.clone(),
            service: served.map(|s| s.service.clone()).filter(|_| whole),
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
            timeline: state.timeline.iter().filter(|e| !e.by_server || e.text == "refused").map(entry).collect(),
        })
    }
}

/// Drawable bytes of a case's photos: the rendition, which is a JPEG.
struct Renditions<'a> {
    api: &'a Api,
    case: &'a CaseState,
}

impl Photos for Renditions<'_> {
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>> {
        let blob = &self.case.photos.iter().find(|p| p.blob.h == sha256)?.blob;
        self.api.vault.read(&blob.preview.as_ref()?.h).ok()
    }
}

fn failed(error: &PaperError) -> ApiError {
    let told = |field: &str, code: &str| crate::refuse::invalid(&[FieldProblem::new(field, code)]);
    match error {
        PaperError::PhotoAbsent { sha256 } => ApiError::new(ErrorCode::PhotoMissing).with("hash", sha256),
        PaperError::ManyPhotos { .. } => told("photos", "too_long"),
        PaperError::Long { .. } => told("text", "too_long"),
        other => ApiError::new(ErrorCode::PaperFailed).with("cause", other),
    }
}

fn caption(case: &CaseState, slot: &str) -> String {
    let label = present::fact::slot_label(case, slot).map(|l| l.zh_hans);
    label.unwrap_or_else(|| "现场照片".into())
}

fn room(room: &str) -> String {
    match room.chars().last() {
        None => String::new(),
        Some(last) if last.is_ascii_digit() => format!("{room}室"),
        Some(_) => room.to_owned(),
    }
}

fn is_blank(value: &SheetValue) -> bool {
    match value {
        SheetValue::Text(text) => text.trim().is_empty(),
        SheetValue::List(items) => items.iter().all(|i| i.trim().is_empty()),
        SheetValue::Table(rows) => rows.iter().flatten().all(|c| c.trim().is_empty()),
    }
}

/// `责令限期改正通知书-示综执责改字〔2026〕第0001号.pdf`: no name of a person, nothing a file system minds.
pub(crate) fn paper_file_name(state: &PaperState) -> String {
    let number = if state.number().is_empty() { &state.issued.sheet.case_no } else { state.number() };
    let raw = format!("{}-{number}", state.issued.sheet.title);
    let kept: String = raw.chars().filter(|c| c.is_alphanumeric() || "-〔〕()（）".contains(*c)).collect();
    format!("{kept}.pdf")
}

/// Writes a file into the person's downloads, beside what is there of the same name.
///
/// # Errors
/// `DiskFailed`.
pub(crate) fn save_aside(name: &str, bytes: &[u8]) -> Result<String, ApiError> {
    let told = |path: &PathBuf, e: std::io::Error| {
        ApiError::new(ErrorCode::DiskFailed)
            .with("op", "save")
            .with("path", path.display())
            .with("cause", e)
            .retryable()
    };
    let folder = downloads();
    std::fs::create_dir_all(&folder).map_err(|e| told(&folder, e))?;
    let stem = name.trim_end_matches(".pdf");
    for at in 1..1000 {
        let path = folder.join(if at == 1 { name.to_owned() } else { format!("{stem} ({at}).pdf") });
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                std::io::Write::write_all(&mut file, bytes).map_err(|e| told(&path, e))?;
                return Ok(path.display().to_string());
            }
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(told(&path, e)),
        }
    }
    Err(ApiError::new(ErrorCode::DiskFailed).with("op", "save").with("path", folder.display()))
}

/// `XUNJU_DOWNLOADS`, or the downloads folder of the person's home.
fn downloads() -> PathBuf {
    let home = || std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let named = ["XUNJU_DOWNLOADS", "XDG_DOWNLOAD_DIR"].iter().find_map(|key| std::env::var_os(key).map(PathBuf::from));
    named.unwrap_or_else(|| home().unwrap_or_else(std::env::temp_dir).join("Downloads"))
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    const WORDS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let index = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or(0);
            let word = WORDS.get(index).copied().unwrap_or(b'=');
            text.push(if at <= chunk.len() { char::from(word) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn pictures_travel_as_text() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
