//! 文书: what may be made for a case, the form, and a paper that stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::{DeadlineChoice, Label};
use xunju_domain::paper::SheetValue;
use xunju_domain::paper::form::Form;
use xunju_domain::paper::payload::{Officer, Service};

use super::deadline::DeadlineView;
use super::proceeding::{ProceedingCard, WhyView};
use crate::error::ApiError;

/// What a paper is of: a case, or a round that has none.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PaperTemplatesRequest {
    pub case_id: String,
    pub round: String,
}

/// A paper half filled in on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaperDraft {
    pub template: String,
    pub label: Label,
    pub saved_ms: i64,
}

/// A kind of paper this person may make for this case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperTemplate {
    pub code: String,
    pub label: Label,
    /// `enforcement` | `office`
    pub family: String,
    /// Distinct certified officers who sign.
    pub officers: u32,
    /// Numbers left on this machine; none for papers without a number.
    pub numbers_left: Option<u32>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PaperPrepareRequest {
    pub case_id: String,
    pub round: String,
    pub template: String,
}

/// The form of a paper, filled as far as the case knows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperPrepared {
    pub form: Form,
    pub content: PaperContent,
    /// Distinct certified officers who sign.
    pub officers: u32,
    /// Who may sign today.
    pub officer_choices: Vec<Officer>,
    /// Photos of the case that may stand on it.
    pub photo_choices: Vec<PaperPhotoChoice>,
    /// Whether the recipient is given time, counted from service.
    pub has_clock: bool,
    /// Whether it is the document of a proceeding's step, and the open proceedings it may be of.
    pub of_proceeding: bool,
    pub proceedings: Vec<ProceedingCard>,
    pub organ: String,
    /// The number it would get now; none for papers without one, or while there is none on this machine.
    pub next_number: Option<String>,
    /// When the half-filled form was saved; none for a fresh one.
    pub saved_ms: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperPhotoChoice {
    pub hash: String,
    pub thumb: Option<String>,
    pub caption: String,
}

/// What a person decides about a paper; the rest comes from the case and the town.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PaperContent {
    pub case_id: String,
    pub round: String,
    pub template: String,
    pub proceeding: String,
    pub fields: BTreeMap<String, SheetValue>,
    /// Hashes of photos of the case, in order.
    pub photos: Vec<String>,
    /// User ids of those who sign.
    pub officers: Vec<String>,
    pub clock: Option<DeadlineChoice>,
}

/// The pages as they would be printed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperPreview {
    /// PNG of each page, base64.
    pub pages: Vec<String>,
    /// What is still missing or wrong.
    pub problems: Vec<PaperProblem>,
    /// What it waits for in its proceeding.
    pub waits: Option<PaperWaits>,
    /// Why the pages could not be set, if so.
    pub failed: Option<ApiError>,
}

/// The step a paper is the document of, and what stands in its way.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperWaits {
    /// `E50`
    pub step: String,
    pub step_label: Label,
    pub why: WhyView,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperProblem {
    pub field: String,
    pub code: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PaperQuery {
    pub case_id: Option<String>,
    pub round: Option<String>,
    /// `to_serve` | `due` | `overdue`
    pub duty: Option<String>,
    pub offset: u32,
    /// At most 200.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperPage {
    pub total: u32,
    pub rows: Vec<PaperCard>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperDuty {
    /// `to_serve` | `due` | `overdue`
    pub key: String,
    pub count: u32,
    /// The first of them.
    pub rows: Vec<PaperCard>,
}

/// A paper as one line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperCard {
    pub id: String,
    /// Empty for a paper of a round.
    pub case_id: String,
    pub round: String,
    pub case_no: String,
    pub template: String,
    pub label: Label,
    pub number: String,
    /// `issued` | `served` | `checked` | `voided` | `refused`
    pub status: String,
    /// Waits for the server's ruling.
    pub pending: bool,
    /// Why the server refused it.
    pub refused: Option<String>,
    pub date: String,
    /// Masked for those who may not see personal data.
    pub recipient: String,
    pub issuer: String,
    pub is_served_kind: bool,
    pub served_mode: Option<String>,
    pub served_on: Option<String>,
    pub due_date: Option<String>,
    /// `overdue` | `today` | `week` | `later`
    pub bucket: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PaperRef {
    pub id: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperView {
    pub card: PaperCard,
    pub officers: Vec<Officer>,
    pub clock: Option<DeadlineChoice>,
    /// Personal data in it masked.
    pub service: Option<Service>,
    /// Personal data by field (`recipient`, `receiver`, …), masked.
    pub personal: BTreeMap<String, String>,
    pub may_unmask: bool,
    pub deemed_on: Option<String>,
    /// How the day of a service by notice was counted.
    pub notice: Option<DeadlineView>,
    pub due: Option<DeadlineView>,
    pub service_photos: Vec<String>,
    pub checked: Option<String>,
    pub voided: Option<String>,
    /// The rule of a proceeding the server refused it by.
    pub refused_why: Option<WhyView>,
    /// SHA-256 of the PDF.
    pub pdf: Option<String>,
    pub pdf_here: bool,
    pub may_open: bool,
    /// `serve` | `check` | `void`
    pub actions: Vec<String>,
    /// Modes with the facts each asks for.
    pub modes: Vec<PaperMode>,
    pub relations: Vec<String>,
    /// Limits of service by notice, the longest first.
    pub notice_limits: Vec<PaperNotice>,
    pub servers: u32,
    pub timeline: Vec<PaperEntry>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperMode {
    pub name: String,
    pub needs: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperNotice {
    pub id: String,
    pub label: Label,
    pub n: u32,
    pub source: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperEntry {
    pub kind: String,
    pub author: String,
    pub by_server: bool,
    pub wall_ms: i64,
    pub text: String,
    pub verdict: Option<String>,
    pub reason_code: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PaperServeRequest {
    pub id: String,
    pub service: Service,
    /// Hashes of photos in the tray.
    pub photos: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PaperCheckRequest {
    pub id: String,
    /// `corrected` | `partly` | `not`
    pub result: String,
    #[serde(default)]
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PaperVoidRequest {
    pub id: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PaperPrintRequest {
    pub id: String,
    pub copies: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperFile {
    /// File name for saving.
    pub name: String,
    /// Where it was written; desktop only.
    pub path: Option<String>,
    /// Address to open it at; web only.
    pub url: Option<String>,
}

/// 文号: where every number of a series of this machine has gone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NumberBlock {
    pub series: String,
    pub template: String,
    pub year: i32,
    pub first: u32,
    pub last: u32,
    pub device: String,
    /// A chain that has ended gives no more numbers.
    pub ended: bool,
    pub left: u32,
    pub numbers: Vec<NumberUse>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NumberUse {
    pub seq: u32,
    pub text: String,
    /// `used` | `voided` | `refused` | `unused` | `returned` | `lost_chain`
    pub state: String,
    pub paper: Option<String>,
    pub reason: String,
}
