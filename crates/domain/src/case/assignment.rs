//! 派遣: to whom the case was given, who refused it, who checks it, when its clock stood still.

use serde::{Deserialize, Serialize};

use super::payload::Act;
use crate::event::{EventId, FoldEvent};

/// The order as it stands: the newest dispatch, and who took it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assignment {
    pub event: EventId,
    /// Id of the department that leads (catalogue departments).
    pub lead: String,
    pub assisting: Vec<String>,
    /// What is asked of them, in words.
    pub instruction: String,
    /// Who took it; empty until then.
    pub handler: String,
    pub by: String,
    pub wall_ms: i64,
}

/// 退单: a department that gave the order back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedOrder {
    pub event: EventId,
    pub department: String,
    pub reason_code: String,
    pub reason: String,
    pub by: String,
    pub wall_ms: i64,
}

/// 延期申请, 挂起申请: asked for by the department, granted or not by the office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub event: EventId,
    /// `ask_extend` | `ask_suspend`
    pub action: String,
    pub reason_code: String,
    pub reason: String,
    pub by: String,
    pub wall_ms: i64,
}

/// 挂起: first day, and the last once it was resumed. Local dates Asia/Shanghai.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    pub from: String,
    pub to: String,
    pub expected_end: String,
    pub reason_code: String,
}

/// What the accepted steps of a case made of its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    pub assignment: Option<Assignment>,
    pub refused_by: Vec<RefusedOrder>,
    pub asks: Vec<Ask>,
    pub stops: Vec<Stop>,
    /// Who is to re-check; empty where nobody is named.
    pub checker: String,
    /// Code of the last 办理结果.
    pub result: String,
    /// 返工: how often the re-check was failed.
    pub reworked: u32,
    /// Case this one was merged into.
    pub merged_into: String,
    /// 移送: to whom, under which paper.
    pub referred_to: String,
    pub referred_by_paper: String,
}

impl Order {
    /// Takes one accepted step in, in the order of the rulings.
    pub(super) fn step(&mut self, event: &FoldEvent, act: &Act) {
        let param = |name: &str| act.params.get(name).cloned().unwrap_or_default();
        match act.action.as_str() {
            "dispatch" | "redispatch" | "hand_on" => self.assignment = Some(assigned(event, act)),
            "take" => {
                if let Some(order) = &mut self.assignment {
                    order.handler = param("handler");
                }
            }
            "refuse" => self.refuse(event, act),
            "ask_extend" | "ask_suspend" => self.asks.push(ask(event, act)),
            "extend" => self.asks.retain(|a| a.action != "ask_extend"),
            "suspend" => self.suspend(event, act),
            "resume" => self.resume(&day(event)),
            "report_done" => {
                self.result = param("result");
                self.asks.clear();
            }
            "assign_check" => self.checker = param("checker"),
            "fail" => self.reworked += 1,
            "merge" => self.merged_into = param("target"),
            "refer_out" => {
                self.referred_to = param("receiver");
                self.referred_by_paper = param("document");
            }
            _ => {}
        }
    }

    fn refuse(&mut self, event: &FoldEvent, act: &Act) {
        self.refused_by.push(RefusedOrder {
            event: event.id.clone(),
            department: self.assignment.as_ref().map(|a| a.lead.clone()).unwrap_or_default(),
            reason_code: act.reason_code.clone().unwrap_or_default(),
            reason: act.reason.clone(),
            by: event.actor.clone(),
            wall_ms: event.wall_ms,
        });
    }

    fn suspend(&mut self, event: &FoldEvent, act: &Act) {
        self.asks.clear();
        self.stops.push(Stop {
            from: day(event),
            to: String::new(),
            expected_end: act.params.get("expected_end").cloned().unwrap_or_default(),
            reason_code: act.reason_code.clone().unwrap_or_default(),
        });
    }

    fn resume(&mut self, on: &str) {
        if let Some(stop) = self.stops.last_mut().filter(|s| s.to.is_empty()) {
            on.clone_into(&mut stop.to);
        }
    }

    /// The stop the case stands in now.
    #[must_use]
    pub fn open_stop(&self) -> Option<&Stop> {
        self.stops.last().filter(|s| s.to.is_empty())
    }

    /// Whether the case was given to this department, to lead or to assist.
    #[must_use]
    pub fn concerns(&self, unit: &str) -> bool {
        let given = |a: &Assignment| a.lead == unit || a.assisting.iter().any(|d| d == unit);
        !unit.is_empty() && self.assignment.as_ref().is_some_and(given)
    }

    /// The department that leads now; empty before the first dispatch.
    #[must_use]
    pub fn lead(&self) -> &str {
        self.assignment.as_ref().map_or("", |a| &a.lead)
    }
}

fn assigned(event: &FoldEvent, act: &Act) -> Assignment {
    let param = |name: &str| act.params.get(name).cloned().unwrap_or_default();
    Assignment {
        event: event.id.clone(),
        lead: param("lead"),
        assisting: param("assisting").split(',').filter(|d| !d.is_empty()).map(str::to_owned).collect(),
        instruction: param("instruction"),
        handler: String::new(),
        by: event.actor.clone(),
        wall_ms: event.wall_ms,
    }
}

fn ask(event: &FoldEvent, act: &Act) -> Ask {
    Ask {
        event: event.id.clone(),
        action: act.action.clone(),
        reason_code: act.reason_code.clone().unwrap_or_default(),
        reason: act.reason.clone(),
        by: event.actor.clone(),
        wall_ms: event.wall_ms,
    }
}

/// The event's day in Shanghai by the clock of the device that wrote it: the office's own.
fn day(event: &FoldEvent) -> String {
    let at = chrono::DateTime::from_timestamp_millis(event.wall_ms).unwrap_or_default();
    (at + chrono::Duration::hours(8)).date_naive().to_string()
}
