//! A proceeding as its readers see it: personal data masked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::Label;

use super::deadline::DeadlineView;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProceedingRef {
    pub id: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ProceedingQuery {
    /// Of one case; all one may see when left out.
    pub case_id: Option<String>,
    /// Only those not closed.
    pub open: bool,
    pub offset: u32,
    /// At most 200.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProceedingPage {
    pub total: u32,
    pub rows: Vec<ProceedingCard>,
    /// Whether this person may open one.
    pub may_open: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProceedingCard {
    pub id: String,
    pub case_id: String,
    pub case_no: String,
    pub cause: String,
    pub in_progress: bool,
    /// `E00`, `E10`, …
    pub stage: String,
    pub stage_label: Label,
    pub opened_on: String,
    /// `pending` | `accepted` | `refused`
    pub opening: String,
    pub opening_refused: Option<String>,
    /// Masked; none until it is recorded.
    pub party: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProceedingOpenRequest {
    pub case_id: String,
    pub cause: String,
    /// `2026-01-05`; today when left out.
    #[serde(default)]
    pub date: String,
    /// 在建
    #[serde(default)]
    pub in_progress: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProceedingView {
    pub card: ProceedingCard,
    /// The road of this proceeding, what is done and what is next.
    pub road: Vec<RoadStep>,
    /// Everything recorded, in its order.
    pub steps: Vec<StepView>,
    /// What may follow now, or stands in its way.
    pub next: Vec<NextStep>,
    pub clocks: Vec<ClockView>,
    pub party: Option<PartyView>,
    pub surcharge: Option<SurchargeView>,
    pub may_set_party: bool,
    pub may_unmask: bool,
    /// Officers of the team with the certificate that holds today.
    pub officers: Vec<OfficerView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoadStep {
    pub code: String,
    pub label: Label,
    pub article: String,
    /// `done` | `now` | `ahead`
    pub state: String,
    pub date: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepView {
    pub event: String,
    pub code: String,
    pub label: Label,
    pub date: String,
    pub officers: Vec<String>,
    pub author: String,
    pub documents: Vec<DocumentView>,
    pub params: BTreeMap<String, String>,
    /// `accepted` | `refused` | `pending`
    pub verdict: String,
    pub refused: Option<WhyView>,
}

/// Why not, with the article.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WhyView {
    pub code: String,
    pub label: Label,
    pub article: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentView {
    pub template: String,
    pub number: String,
    pub date: String,
    #[serde(default)]
    pub paper: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextStep {
    pub code: String,
    pub label: Label,
    pub article: String,
    /// Role codes that take it.
    pub roles: Vec<String>,
    pub officers: bool,
    /// Templates; `F21|F22` is either.
    pub documents: Vec<String>,
    pub params: Vec<StepParam>,
    /// What stands in the way today; none when it can be taken.
    pub blocked: Option<WhyView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepParam {
    pub name: String,
    /// `date` | `time` | `money` | `text` | `choice`
    pub form: String,
    pub choices: Vec<String>,
    pub required: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClockView {
    pub id: String,
    pub label: Label,
    pub deadline: DeadlineView,
    /// `running` | `met` | `overdue` | `ended` | `until_final`
    pub state: String,
    /// `limit` | `window` | `earliest`
    pub kind: String,
}

/// Fields masked (domain.md §8.2).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PartyView {
    /// `person` | `unit`
    pub kind: String,
    /// `resident_id` | `credit_code` | `passport` | `none`
    pub id_kind: String,
    /// `name`, `id_no`, `representative`, `address`, `phone`, those that are recorded.
    pub fields: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SurchargeView {
    pub fine: String,
    pub days: u32,
    pub amount: String,
    pub capped: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfficerView {
    pub user: String,
    pub name: String,
    /// None where no certificate holds today.
    pub certificate: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProceedingStepRequest {
    pub id: String,
    pub code: String,
    /// The day it was done; today when left out.
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub officers: Vec<String>,
    #[serde(default)]
    pub documents: Vec<DocumentView>,
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PartySetRequest {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub id_kind: String,
    #[serde(default)]
    pub id_no: String,
    #[serde(default)]
    pub representative: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UnmaskRequest {
    /// `proceeding:0192…` | `paper:0192…`
    pub record: String,
    /// `name`, `id_no`, …
    pub fields: Vec<String>,
    pub reason: String,
}

/// Clear values: shown once, kept nowhere.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Unmasked {
    pub fields: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProceedingWritten {
    pub id: String,
    pub events: Vec<String>,
}
