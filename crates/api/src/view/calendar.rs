//! 节假日.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::calendar::Problem;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarList {
    /// Version that counts now, as every deadline carries it.
    pub version: String,
    /// Newest first.
    pub years: Vec<YearCard>,
    /// Whether this person may publish.
    pub may_publish: bool,
    /// Local date by the town's clock.
    pub today: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct YearCard {
    pub year: i32,
    /// `shipped` | `published` | `provisional`
    pub stands: String,
    pub versions: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CalendarYearRef {
    pub year: i32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarYear {
    pub card: YearCard,
    /// January to December.
    pub months: Vec<CalendarMonth>,
    /// Newest first: the first is in force.
    pub versions: Vec<CalendarVersion>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarMonth {
    pub month: u32,
    /// 1 Monday … 7 Sunday, of the first.
    pub starts_on: u32,
    pub days: Vec<CalendarDay>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CalendarDay {
    pub date: String,
    /// `work` | `weekend` | `holiday` | `make_up`
    pub kind: String,
    /// The holiday's name, where there is one.
    pub name: String,
    /// 法定节假日 proper.
    pub statutory: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarVersion {
    pub id: String,
    pub notice_no: String,
    pub source: String,
    pub days: u32,
    pub author: String,
    pub wall_ms: i64,
    pub in_force: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CalendarText {
    /// The notice's text, or a file's content.
    pub text: String,
    /// Where the text does not name it, or to be held to it.
    #[serde(default)]
    pub year: Option<i32>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CalendarPreview {
    /// 0 where none was found.
    pub year: i32,
    pub notice_no: String,
    pub source: String,
    /// In order, with what each is today.
    pub days: Vec<CalendarFound>,
    pub problems: Vec<Problem>,
    /// Sentences with a date that were left, as they stand.
    pub unread: Vec<String>,
    /// Whether it may be published as it is.
    pub sound: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CalendarFound {
    pub date: String,
    /// 1 Monday … 7 Sunday
    pub weekday: u32,
    pub off: bool,
    pub name: String,
    /// Whether it is something else by the calendar that counts now.
    pub new: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CalendarPublish {
    pub text: String,
    #[serde(default)]
    pub year: Option<i32>,
    /// Replaces what the text says, where given.
    #[serde(default)]
    pub notice_no: String,
    #[serde(default)]
    pub source: String,
}
