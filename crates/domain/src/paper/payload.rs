//! What each event of a paper carries in `data`. Within a version fields are only added, never changed.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::numbering::Number;
use super::sheet::Sheet;
use crate::case::payload::DeadlineFact;
use crate::catalogue::DeadlineChoice;

pub const ISSUED: &str = "paper.issued";
pub const SERVED: &str = "paper.served";
pub const CHECKED: &str = "paper.checked";
pub const VOIDED: &str = "paper.voided";
pub const PRINTED: &str = "paper.printed";
pub const RULED: &str = "paper.ruled";

/// The version of every payload here.
pub const TV: u32 = 1;

/// The role a paper's PDF has among an event's files.
pub const PDF_ROLE: &str = "paper";
pub const PDF_TYPE: &str = "application/pdf";

/// 签发: from here on the text is locked. The PDF is the event's file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Issued {
    /// Empty for a paper of a round.
    pub case_id: String,
    /// The round it records, where it is of no case.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub round: String,
    /// The enforcement proceeding it is a document of; empty for papers of the case itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub proceeding: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    pub sheet: Sheet,
    /// To whom, as on the day of issue.
    pub recipient: Recipient,
    /// Who signs it as officers, with certificate numbers (行政处罚法 42, 55).
    pub officers: Vec<Officer>,
    /// How long the recipient has from service on; none where nothing is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<DeadlineChoice>,
    /// The day the paper itself names; the later of the two holds.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub printed_due: String,
    /// Shown name of who issued it.
    pub issuer: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipient {
    pub name: String,
    pub address: String,
}

/// Somebody who signs or serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Officer {
    /// User id; empty for one who has no account.
    pub user: String,
    pub name: String,
    /// 执法证号; empty where none is needed.
    pub certificate: String,
}

/// 送达 (domain.md §5.4). Which of these are asked for is the mode's matter: [`super::service`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Service {
    /// `direct` | `left` | `post` | `electronic` | `entrusted` | `forwarded` | `notice`
    pub mode: String,
    /// `YYYY-MM-DD`: signed, left, delivered by post, arrived, posted.
    pub on: String,
    pub place: String,
    pub receiver: String,
    /// What the receiver is to the recipient: `self`, `family`, …
    pub relation: String,
    pub refusal: String,
    pub witness: String,
    pub witness_place: String,
    /// 邮件号
    pub tracking: String,
    /// Mail box, number or account it was sent to.
    pub electronic_address: String,
    /// 电子送达确认书: its number or date.
    pub consent: String,
    /// Who serves on behalf, or hands on.
    pub through: String,
    pub notice_medium: String,
    /// Why nothing else was possible (民事诉讼法 95).
    pub notice_reason: String,
    /// `D09:city_management`, `D09`, `D08`
    pub notice_limit: String,
    pub servers: Vec<Officer>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Served {
    pub service: Service,
    /// The day it counts as served.
    pub deemed_on: String,
    /// Of a service by notice: how that day was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<DeadlineFact>,
    /// What the recipient has until then to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DeadlineFact>,
}

/// What somebody found when it was due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Checked {
    /// `corrected` | `partly` | `not`
    pub result: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The number stays used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Voided {
    pub reason: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Printed {
    pub copies: u32,
}

/// The town server's answer to one event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ruled {
    pub of: String,
    /// `accepted` | `refused`
    pub verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
}

/// An event of a paper, read.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    Issued(Box<Issued>),
    Served(Box<Served>),
    Checked(Checked),
    Voided(Voided),
    Printed(Printed),
    Ruled(Ruled),
    /// Of a newer version, or not of this shape: kept and shown, without effect.
    Unknown,
}

/// Reads `data` by kind and version. Never fails.
#[must_use]
pub fn read(kind: &str, tv: u32, data: &Value) -> Payload {
    if tv != TV {
        return Payload::Unknown;
    }
    let read = match kind {
        ISSUED => Issued::deserialize(data).map(|p| Payload::Issued(Box::new(p))),
        SERVED => Served::deserialize(data).map(|p| Payload::Served(Box::new(p))),
        CHECKED => Checked::deserialize(data).map(Payload::Checked),
        VOIDED => Voided::deserialize(data).map(Payload::Voided),
        PRINTED => Printed::deserialize(data).map(Payload::Printed),
        RULED => Ruled::deserialize(data).map(Payload::Ruled),
        _ => return Payload::Unknown,
    };
    read.unwrap_or(Payload::Unknown)
}
