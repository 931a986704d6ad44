//! Everything that happened in the sample town, in the order of the year.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use xunju_domain::case::decide::{self, Author, Moment};
use xunju_domain::case::{self, CaseState};
use xunju_domain::catalogue::standard;
use xunju_domain::deadline::Calendar;
use xunju_domain::demo::{DemoCase, DemoStep, DemoTown, DemoWhat};
use xunju_domain::event::{BlobRef, NewEvent};
use xunju_evidence::Hash;

use super::device::DemoDevice;
use super::pictures::Pictures;
use crate::error::{Result, ServerError};
use crate::journal::directory::DeviceKind;
use crate::journal::{Journal, Tx, record};

/// Happenings in one transaction.
const GROUP: usize = 200;
/// From the laptop's save to the server, in the sample.
const DELIVERY_MS: i64 = 90_000;

/// The recording of a case, or one step of it.
#[derive(Clone, Copy)]
struct Happening {
    wall_ms: i64,
    case: usize,
    /// 0 is the recording.
    step: usize,
}

/// Tells the whole story.
///
/// # Errors
/// `Inner` with the case and step that could not happen; `Sql`.
pub fn tell(
    journal: &Arc<Journal>,
    time: &Arc<AtomicI64>,
    now_ms: i64,
    plan: &DemoTown,
    pictures: Pictures,
) -> Result<usize> {
    let mut teller = Teller {
        time: Arc::clone(time),
        now_ms,
        plan: plan.clone(),
        pictures,
        devices: BTreeMap::new(),
        before: BTreeMap::new(),
    };
    let happenings = in_order(plan);
    for group in happenings.chunks(GROUP) {
        let group = group.to_vec();
        teller = journal.write(move |tx| {
            group.iter().try_for_each(|happening| teller.happen(tx, *happening))?;
            Ok(teller)
        })?;
    }
    Ok(teller.pictures.count())
}

/// By time; a case's own steps stay in their order whatever their clocks say.
fn in_order(plan: &DemoTown) -> Vec<Happening> {
    let mut all = Vec::new();
    for (case, told) in plan.cases.iter().enumerate() {
        let mut at = told.wall_ms;
        all.push(Happening { wall_ms: at, case, step: 0 });
        for (step, what) in (1..).zip(&told.steps) {
            at = at.max(what.wall_ms);
            all.push(Happening { wall_ms: at, case, step });
        }
    }
    all.sort_by_key(|happening| (happening.wall_ms, happening.case, happening.step));
    all
}

struct Teller {
    time: Arc<AtomicI64>,
    now_ms: i64,
    plan: DemoTown,
    pictures: Pictures,
    /// Inspectors have laptops of their own; under the empty name the desk everybody else sits at.
    devices: BTreeMap<String, DemoDevice>,
    /// Parents of each case's last step.
    before: BTreeMap<usize, Vec<Hash>>,
}

impl Teller {
    fn happen(&mut self, tx: &Tx<'_>, what: Happening) -> Result<()> {
        let received = (what.wall_ms + DELIVERY_MS).min(self.now_ms).max(self.time.load(Ordering::SeqCst));
        self.time.store(received, Ordering::SeqCst);
        let missing = || ServerError::inner("sample town", "a case is missing");
        let case = self.plan.cases.get(what.case).cloned().ok_or_else(missing)?;
        let step =
            what.step.checked_sub(1).map(|step| case.steps.get(step).cloned().ok_or_else(missing)).transpose()?;
        let (author, wall_ms) = step.as_ref().map_or((&case.author, case.wall_ms), |step| (&step.author, step.wall_ms));
        let photos = step.as_ref().map_or(&case.photos, |step| &step.photos);
        let blobs = self.pictures.blobs(tx, &case, photos, wall_ms)?;
        let refused =
            |why: String| ServerError::inner("sample town", format!("case {} step {}: {why}", case.id, what.step));
        let (events, mut parents) = match &step {
            None => (vec![self.recording(&case, blobs).map_err(refused)?], Vec::new()),
            Some(step) => {
                let record = format!("case:{}", case.id);
                let scope = case.draft.compound_id.clone().unwrap_or_default();
                let events = record::events(tx.conn, &record, &tx.signer.public().device_id())?;
                let state = case::fold(&record, &scope, &events);
                let wish = self.wish(&state, step, blobs).map_err(refused)?;
                (wish, record::heads(&events))
            }
        };
        if step.as_ref().is_some_and(|step| step.beside) {
            parents = self.before.get(&what.case).cloned().unwrap_or(parents);
        }
        self.before.insert(what.case, parents.clone());
        self.device(tx, author)?.push(tx, events, &parents, wall_ms).map(drop)
    }

    fn recording(&self, case: &DemoCase, blobs: Vec<BlobRef>) -> std::result::Result<NewEvent, String> {
        let mut draft = case.draft.clone();
        draft.photos = blobs.iter().map(draft_photo).collect();
        let compound = self.plan.compounds.iter().find(|compound| Some(&compound.id) == draft.compound_id.as_ref());
        let name = compound.map_or("", |compound| compound.defined.name.as_str());
        let now = Moment { wall_ms: case.wall_ms, tz: "+08:00".to_owned() };
        let author = self.author(&case.author);
        decide::record(&case.id, &draft, blobs, &author, &now, standard(), Calendar::standard(), name, &case.source)
            .map_err(|problems| format!("{problems:?}"))
    }

    fn wish(
        &self,
        state: &CaseState,
        step: &DemoStep,
        blobs: Vec<BlobRef>,
    ) -> std::result::Result<Vec<NewEvent>, String> {
        let author = self.author(&step.author);
        let decided = match &step.what {
            DemoWhat::Act(input) => {
                let mut input = input.as_ref().clone();
                input.photos = blobs;
                decide::act(state, &author, &input)
            }
            DemoWhat::Note(text) => decide::note(state, &author, text),
            DemoWhat::Edit { field, value } => decide::edit(state, &author, field, value, standard()),
        };
        decided.map_err(|refusal| format!("{:?}: {refusal}", step.what))
    }

    fn author(&self, id: &str) -> Author {
        let user = self.plan.users.iter().find(|user| user.id == id);
        let roles = user.map(xunju_domain::demo::DemoUser::roles).unwrap_or_default();
        Author { user: id.to_owned(), roles, unit: user.map(|u| u.defined.unit.clone()).unwrap_or_default() }
    }

    fn device(&mut self, tx: &Tx<'_>, author: &str) -> Result<&mut DemoDevice> {
        let (key, user, name, kind) = if author.starts_with("inspector") {
            (author, author, "sample laptop", DeviceKind::Laptop)
        } else {
            ("", "desk", "sample desk", DeviceKind::Desk)
        };
        if !self.devices.contains_key(key) {
            self.devices.insert(key.to_owned(), DemoDevice::enrol(tx, user, name, kind)?);
        }
        self.devices.get_mut(key).ok_or_else(|| ServerError::inner("sample town", "no device"))
    }
}

fn draft_photo(blob: &BlobRef) -> xunju_domain::case::draft::DraftPhoto {
    let slot = blob.facts.get("slot").cloned().unwrap_or_default();
    xunju_domain::case::draft::DraftPhoto { hash: blob.h.clone(), slot }
}
