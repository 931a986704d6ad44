//! Intake: everything authentic is stored; what it means is judged afterwards, in the same transaction
//! (sync.md §3.4). A batch is stored whole or not at all, and sending it again stores nothing new.

use xunju_evidence::{EventBody, SignedEvent};
use xunju_sync::server::{Intake, MAIN_BRANCH, PushDecision, judge_push, open_batch, receipt};
use xunju_sync::{PushReply, PushRequest};

use super::directory::Device;
use super::own::{self, Statement};
use super::{Journal, Tx, append, chain, grant, recover, rule, town};
use crate::error::Result;
use crate::stage;

impl Journal {
    /// Takes a batch of one device's chain. The device is the one that signed the request; when this
    /// returns, what the reply calls received is durable.
    ///
    /// # Errors
    /// `Sql` and the like: nothing was stored.
    pub fn push(&self, device: &Device, request: PushRequest) -> Result<PushReply> {
        let t1 = self.clock().now_ms();
        let bodies = match open_batch(&request, &device.key) {
            Ok(bodies) => bodies,
            Err(reply) => return Ok(*reply),
        };
        stage::reach("push_opened");
        let device = device.clone();
        let reply = self.write(move |tx| take(tx, &device, &request, &bodies, t1))?;
        stage::reach("push_durable");
        Ok(reply)
    }
}

/// The same inside a transaction that is open already: the sample town's way in.
///
/// # Errors
/// As [`Journal::push`].
pub fn push_in(tx: &Tx<'_>, device: &Device, request: &PushRequest) -> Result<PushReply> {
    match open_batch(request, &device.key) {
        Ok(bodies) => take(tx, device, request, &bodies, tx.clock.now_ms()),
        Err(reply) => Ok(*reply),
    }
}

fn take(tx: &Tx<'_>, device: &Device, request: &PushRequest, bodies: &[EventBody], t1: i64) -> Result<PushReply> {
    let town = town::read(tx.conn)?;
    if town.recovering.is_some() {
        return Ok(PushReply::Recovering { retry_ms: recover::RETRY_MS });
    }
    let intake = Intake { log: town.log, epoch: town.epoch, dev: device.dev.clone() };
    let count = u64::try_from(request.events.len()).unwrap_or(u64::MAX);
    let (from_n, to_n) = (request.from_n.saturating_sub(1), request.from_n.saturating_add(count));
    let chain = chain::view(tx.conn, &request.dev, request.inc, from_n, to_n)?;
    let decision = judge_push(&chain, &intake, request, bodies);
    let (upto, recv_ms) = match &decision {
        PushDecision::Answer(reply) => return Ok(reply.clone()),
        PushDecision::Resend { upto, recv_ms, .. } => (*upto, *recv_ms),
        PushDecision::Append { skip, branch, upto, .. } => {
            let mut recv_ms = tx.clock.now_ms();
            for (event, body) in request.events.iter().zip(bodies).skip(*skip) {
                recv_ms = if *branch == MAIN_BRANCH {
                    let appended = append::append(tx, event, body)?;
                    stage::reach("push_stored");
                    rule::settle(tx, device, body, &appended)?;
                    stage::reach("push_judged");
                    appended.recv_ms
                } else {
                    keep_fork(tx, *branch, event, body)?
                };
            }
            (*upto, recv_ms)
        }
    };
    stage::reach("push_taken");
    let receipt = receipt(&intake, request.inc, &upto, recv_ms, tx.signer);
    Ok(decision.reply(receipt, t1, tx.clock.now_ms()))
}

/// The first event off the main branch tells the town that a chain has two writers.
fn keep_fork(tx: &Tx<'_>, branch: u32, event: &SignedEvent, body: &EventBody) -> Result<i64> {
    let kept = chain::keep_fork(tx, branch, event, body)?;
    if kept.first {
        let record = format!("device:{}", body.dev);
        own::say(
            tx,
            Statement {
                record: &record,
                scope: grant::TOWN,
                under: &[grant::TOWN],
                kind: "device.forked",
                tv: 1,
                parents: Vec::new(),
                data: serde_json::json!({ "inc": body.inc, "at_n": body.n }),
            },
        )?;
    }
    Ok(kept.recv_ms)
}
