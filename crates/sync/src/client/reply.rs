//! What the control lane makes of the server's answers.

use xunju_evidence::{Countersigned, Receipt, SignedEvent};

use super::Step;
use super::answer::Reply;
use super::batch::Resend;
use super::control::{Compare, Control, Sent};
use super::verify::{self, Mismatch};
use super::view::{Apply, EventsView, Output, Trouble};
use crate::limits;
use crate::message::{PullReply, PushReply, PushRequest};

/// Where the lane goes from here.
#[derive(Debug)]
pub(super) enum Next {
    /// Look at the laptop again and go on.
    Read,
    /// One after the other, each durable before the next.
    Store(Vec<Apply>),
    Pause(Trouble),
    Busy {
        retry_ms: u32,
    },
    Recovering {
        retry_ms: u32,
    },
}

fn bad(what: &'static str) -> Next {
    Next::Pause(Trouble::BadReply { what })
}

impl Control {
    pub(super) fn heed(&mut self, step: &mut Step<'_>, t0: i64, sent: Sent, reply: Reply) -> Next {
        match (sent, reply) {
            (Sent::Probe { inc, epoch }, Reply::Push(reply)) => self.probed(inc, epoch, reply),
            (Sent::Push { request, ours, to_the_end }, Reply::Push(reply)) => {
                self.pushed(step, t0, &request, (ours, to_the_end), reply)
            }
            (Sent::Pull { epoch, held }, Reply::Pull(reply)) => match reply {
                PullReply::Page(page) => {
                    step.sample(t0, page.t1, page.t2);
                    let (more, tip_seq) = (page.more, page.tip_seq);
                    match verify::page(step.party, epoch, &held, *page) {
                        Ok(page) => {
                            self.progress(false);
                            self.pull_due = more;
                            self.tip_seq = Some(tip_seq);
                            Next::Store(vec![Apply::Page(page)])
                        }
                        Err(Mismatch::Scope(scope)) => self.restart_scope(scope),
                        Err(Mismatch::Reply(what)) => bad(what),
                    }
                }
                PullReply::EpochChanged { epoch: new } => epoch_changed(epoch, new),
                PullReply::OtherLog { .. } => Next::Pause(Trouble::OtherLog),
                PullReply::Behind { scope, .. } => Next::Pause(Trouble::ServerBehind { scope }),
                PullReply::Upgrade { proto_max } => Next::Pause(Trouble::Upgrade { proto_max }),
                PullReply::Busy { retry_ms } => Next::Busy { retry_ms },
                PullReply::Recovering { retry_ms } => Next::Recovering { retry_ms },
                PullReply::Revoked => Next::Pause(Trouble::Revoked),
            },
            _ => bad("an answer to another question"),
        }
    }

    fn probed(&mut self, inc: u32, epoch: u32, reply: PushReply) -> Next {
        match reply {
            PushReply::Expected { n, head } => {
                self.compare = Some(Compare { inc, n, head });
                Next::Read
            }
            other => self.refused(epoch, other),
        }
    }

    /// The server's end of an incarnation beside ours: send what it lacks; where it knows what we do not,
    /// our chain went on somewhere else (sync.md §3.3).
    pub(super) fn compared(&mut self, step: &mut Step<'_>, compare: Compare, view: &EventsView) {
        let Compare { inc, n, head } = compare;
        if let Some((_, incs)) = &mut self.probes {
            incs.retain(|probe| *probe != inc);
        }
        let mut at_head =
            view.outgoing.iter().filter(|own| own.inc == inc && own.n.checked_add(1) == Some(n)).peekable();
        let known = at_head.peek().is_some();
        let same = n == 1 || at_head.any(|own| own.id == head);
        if same || self.thorough {
            self.resend = Some(Resend::new(inc, if self.thorough { 1 } else { n }));
        }
        if !same && inc == view.inc {
            let reason = if known { "forked" } else { "server_ahead" };
            let server_head = n.checked_sub(1).map(|n| (n, head));
            return self.store(step, vec![Apply::NewIncarnation { reason, server_head }], false);
        }
        self.read(step);
    }

    fn pushed(
        &mut self,
        step: &mut Step<'_>,
        t0: i64,
        request: &PushRequest,
        (ours, to_the_end): (u32, bool),
        reply: PushReply,
    ) -> Next {
        match reply {
            PushReply::Accepted { receipt, ahead, t1, t2 } => {
                if !verify::is_ours(step.party, request, &receipt) {
                    return bad("receipt");
                }
                step.sample(t0, t1, t2);
                let mut applies = vec![received(request, receipt)];
                if let Some(head) = ahead.filter(|_| to_the_end && ours == request.inc) {
                    applies.push(Apply::NewIncarnation { reason: "server_ahead", server_head: Some(head) });
                }
                self.delivered(request, applies)
            }
            PushReply::Forked { head_n, head, receipt, t1, t2, .. } => {
                if !verify::is_ours(step.party, request, &receipt) {
                    return bad("receipt");
                }
                step.sample(t0, t1, t2);
                let mut applies = vec![received(request, receipt)];
                if ours == request.inc {
                    applies.push(Apply::NewIncarnation { reason: "forked", server_head: Some((head_n, head)) });
                }
                self.delivered(request, applies)
            }
            PushReply::Expected { n, .. } if n < request.from_n => {
                let first = request.events.first().map(SignedEvent::id);
                let in_vain = first.is_some() && self.unplaced == first;
                self.unplaced = first;
                self.put_aside(request.inc);
                self.resend = Some(Resend { in_vain, ..Resend::asked(request.inc, n) });
                Next::Read
            }
            PushReply::Expected { .. } => bad("expects what it was not sent"),
            PushReply::TooLarge { events_max, .. } if request.events.len() > 1 => {
                let half = request.events.len() / 2;
                self.events_max = usize::try_from(events_max).map_or(half, |max| max.min(half)).max(1);
                Next::Read
            }
            PushReply::TooLarge { .. } => bad("one event is too large"),
            PushReply::Unfit { n, .. } if n > request.from_n && n - request.from_n < request.events.len() as u64 => {
                // One bad event delays none before it: they go alone, then it is the first and is told.
                self.events_max = usize::try_from(n - request.from_n).unwrap_or(1);
                Next::Read
            }
            PushReply::Unfit { n, why } => {
                self.hold_pushes(step, Trouble::Unfit { n, why });
                self.put_aside(request.inc);
                Next::Read
            }
            other => self.refused(request.epoch, other),
        }
    }

    /// Ends what is being sent again. Where that is another incarnation's, which had let older events go first, its ends
    /// are compared anew: what is still to go must not be forgotten.
    fn put_aside(&mut self, inc: u32) {
        if let Some(other) = self.resend.take().filter(|resend| resend.inc != inc)
            && let Some((_, incs)) = &mut self.probes
        {
            incs.push(other.inc);
        }
    }

    fn delivered(&mut self, request: &PushRequest, applies: Vec<Apply>) -> Next {
        if let Some(resend) = self.resend.as_mut().filter(|resend| resend.inc == request.inc) {
            resend.asked_n = None;
            resend.sent.extend(request.events.iter().map(SignedEvent::id));
        }
        self.progress(true);
        self.fresh = false;
        self.events_max = (self.events_max * 2).min(limits::PUSH_EVENTS_MAX);
        self.pull_due = true;
        Next::Store(applies)
    }

    fn refused(&mut self, epoch: u32, reply: PushReply) -> Next {
        match reply {
            PushReply::EpochChanged { epoch: new } => epoch_changed(epoch, new),
            PushReply::OtherLog { .. } => Next::Pause(Trouble::OtherLog),
            PushReply::Upgrade { proto_max } => Next::Pause(Trouble::Upgrade { proto_max }),
            PushReply::Busy { retry_ms } => Next::Busy { retry_ms },
            PushReply::Recovering { retry_ms } => Next::Recovering { retry_ms },
            PushReply::Revoked => Next::Pause(Trouble::Revoked),
            _ => bad("an answer to another push"),
        }
    }

    /// Once; a scope that still does not fit when read from its start is for a person.
    pub(super) fn restart_scope(&mut self, scope: String) -> Next {
        if self.restarted.insert(scope.clone()) {
            self.pull_due = true;
            Next::Store(vec![Apply::RestartScope { scope }])
        } else {
            Next::Pause(Trouble::Diverged { scope })
        }
    }
}

fn received(request: &PushRequest, receipt: Countersigned<Receipt>) -> Apply {
    Apply::Receipt { receipt, ids: request.events.iter().map(SignedEvent::id).collect() }
}

fn epoch_changed(ours: u32, new: u32) -> Next {
    if new > ours {
        Next::Store(vec![Apply::RestartCursors { epoch: new }])
    } else {
        Next::Pause(Trouble::ServerBehind { scope: String::new() })
    }
}

impl Step<'_> {
    fn sample(&mut self, t0: i64, t1: i64, t2: i64) {
        if let Some(anchor) = self.clock.exchange(t0, t1, t2, self.mono_ms()) {
            self.out.push(Output::Anchor(anchor));
        }
    }
}
