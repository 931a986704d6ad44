//! 核查台: the queue, and decisions with ten seconds of grace.

use serde::{Deserialize, Serialize};
use xunju_domain::case::decide::{self, ActInput};
use xunju_domain::permission::{Action, Scopes};
use xunju_domain::user::UserState;
use xunju_store::{Changed, Commit, HeldRow, Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::view::app::{Host, Nothing};
use crate::view::work::{HeldRef, HeldView, ReviewDecideRequest, ReviewQuery, ReviewQueueView};
use crate::{Api, Caller, doc};

/// How long a decision can be taken back without a trace.
const GRACE_MS: i64 = 10_000;
const QUEUE_ROWS_MAX: u32 = 200;
const QUEUES: [&str; 3] = ["to_review", "returned", "difficult"];

/// A held decision as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    request: ReviewDecideRequest,
    case_no: String,
}

/// # Errors
/// `NotAllowed` for those who do not decide.
pub fn queue(api: &Api, caller: &Caller, asked: ReviewQuery) -> Result<ReviewQueueView, ApiError> {
    caller.require(Action::Accept)?;
    let queue = if QUEUES.contains(&asked.queue.as_str()) { asked.queue } else { "to_review".to_owned() };
    let of = |queue: &str| Query {
        order: Order::Due,
        limit: QUEUE_ROWS_MAX,
        ..caller.cases(vec![("queue", queue.to_owned())])
    };
    let held = api.store().held(Some(&caller.user)).refused()?;
    let decided = |id: &str| held.iter().any(|h| h.record == id && h.failed.is_none());
    let names = api.names()?;
    let rows = api.store().records(&of(&queue)).refused()?;
    let rows = rows
        .iter()
        .filter(|row| !decided(&row.id))
        .map(|row| api.card(&doc(row)?, &names))
        .collect::<Result<Vec<_>, _>>()?;
    let [to_review, returned, difficult] = QUEUES.map(|queue| api.store().count(&of(queue)));
    let (done_today, done_last_hour) = api.decided_by(caller)?;
    Ok(ReviewQueueView {
        queue,
        to_review: to_review.refused()?,
        returned: returned.refused()?,
        difficult: difficult.refused()?,
        done_today,
        done_last_hour,
        rows,
        held: held.iter().filter_map(|row| held_view(api, row)).collect(),
    })
}

/// Checks the decision now and holds it; it counts when its grace is over.
///
/// # Errors
/// What [`decide::act`] refuses, `NotFound`.
pub fn decide(api: &Api, caller: &Caller, request: ReviewDecideRequest) -> Result<HeldView, ApiError> {
    caller.require(Action::Accept)?;
    let state = api.case(caller, &request.case_id)?;
    decide::act(&state, &caller.author(), &input(&request)?).refused()?;
    let kept = Kept { case_no: state.no().to_owned(), request };
    let row = HeldRow {
        id: new_id(api.clock().wall_ms())?,
        owner: caller.user.clone(),
        record: format!("case:{}", state.id),
        request: serde_json::to_string(&kept).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?,
        due_mono_ms: api.clock().mono_ms() + GRACE_MS,
        boot: api.clock().boot(),
        failed: None,
    };
    let changed = api.store().hold(&row).refused()?;
    api.changed(&changed);
    held_view(api, &row).ok_or_else(|| ApiError::new(ErrorCode::Internal).with("op", "review.decide"))
}

/// 撤销, within the grace.
///
/// # Errors
/// `Stale` when the decision has already been carried out.
pub fn undo(api: &Api, caller: &Caller, of: HeldRef) -> Result<Nothing, ApiError> {
    if !api.store().drop_held(&caller.user, &of.id).refused()? {
        return Err(ApiError::new(ErrorCode::Stale));
    }
    api.changed(&Changed::topic("review"));
    Ok(Nothing {})
}

impl Api {
    /// Carries out every decision whose grace is over, also one left by a program that was killed.
    ///
    /// # Errors
    /// Disk failures; a decision that is refused stays in the list with its reason.
    pub fn tick(&self) -> Result<(), ApiError> {
        let (boot, now) = (self.clock.boot(), self.clock.mono_ms());
        for row in self.store.held(None).refused()? {
            let over = row.boot != boot || row.due_mono_ms <= now;
            if row.failed.is_none() && over {
                self.carry_out(&row)?;
            }
        }
        Ok(())
    }

    fn carry_out(&self, row: &HeldRow) -> Result<(), ApiError> {
        match self.release(row) {
            Err(e) if e.retry => Err(e),
            Err(e) => {
                let failed = serde_json::to_string(&e).ok();
                let changed = self.store.hold(&HeldRow { failed, ..row.clone() }).refused()?;
                self.changed(&changed);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn release(&self, row: &HeldRow) -> Result<(), ApiError> {
        let user = self.user(&row.owner)?.ok_or_else(|| ApiError::new(ErrorCode::NotFound).with("what", &row.owner))?;
        let caller = caller_of(&user);
        let kept: Kept =
            serde_json::from_str(&row.request).map_err(|e| ApiError::new(ErrorCode::Corrupt).with("what", e))?;
        let state = self.case(&caller, &row.record)?;
        let events = decide::act(&state, &caller.author(), &input(&kept.request)?).refused()?;
        self.commit(Commit { events, drop_held: Some(row.id.clone()), ..Commit::empty() }, &state.id).map(|_| ())
    }

    /// Decisions of this person today and in the last hour, by this machine's clock.
    fn decided_by(&self, caller: &Caller) -> Result<(u32, u32), ApiError> {
        let now = self.clock.wall_ms();
        let midnight = now - (now + 8 * 3_600_000).rem_euclid(86_400_000);
        let count = |since: i64| self.store.acts_since(&caller.user, "case.act", since).refused();
        Ok((count(midnight)?, count(now - 3_600_000)?))
    }
}

fn caller_of(user: &UserState) -> Caller {
    Caller {
        user: user.id.clone(),
        roles: user.defined.roles.clone(),
        scopes: Scopes::from(&user.defined.scopes),
        unit: user.defined.unit.clone(),
        host: Host::Desktop,
    }
}

fn input(request: &ReviewDecideRequest) -> Result<ActInput, ApiError> {
    if !["approve", "return", "reject", "difficult"].contains(&request.decision.as_str()) {
        return Err(ApiError::new(ErrorCode::BadRequest).with("decision", &request.decision));
    }
    Ok(ActInput {
        action: request.decision.clone(),
        reason_code: request.reason_code.clone(),
        reason: request.reason.clone(),
        slot: request.slot.clone(),
        ..ActInput::default()
    })
}

fn held_view(api: &Api, row: &HeldRow) -> Option<HeldView> {
    let kept: Kept = serde_json::from_str(&row.request).ok()?;
    let left = if row.boot == api.clock().boot() { row.due_mono_ms - api.clock().mono_ms() } else { 0 };
    Some(HeldView {
        id: row.id.clone(),
        case_id: xunju_domain::record::id_of(&row.record).to_owned(),
        case_no: kept.case_no,
        decision: kept.request.decision,
        left_ms: u32::try_from(left.max(0)).unwrap_or(u32::MAX),
        failed: row.failed.as_deref().and_then(|text| serde_json::from_str(text).ok()),
    })
}
