//! A copy of a photo that may be given away.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoCopyRequest {
    pub case_id: String,
    /// SHA-256 of the original.
    pub hash: String,
    /// Arrows, boxes, texts and lengths burned in. What is to be hidden is hidden in every copy.
    pub marks: bool,
    /// Time, place, case and fingerprint in a strip below.
    pub stamp: bool,
    /// What it is for: `公示`. In the access log and the story of the case.
    pub purpose: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PhotoCopy {
    /// SHA-256 of the copy.
    pub sha256: String,
    pub name: String,
    /// Where it was saved; none in a browser.
    pub path: Option<String>,
    /// Where a browser gets it, once.
    pub url: Option<String>,
    /// Areas hidden.
    pub hidden: u32,
}

/// 水印: the strip under a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StampView {
    /// At most three; words in braces are filled in: `{time}  {place}`.
    pub lines: Vec<String>,
    /// What may stand in braces: `time`, `place`, …
    pub words: Vec<String>,
    /// The same lines with a sample of each word.
    pub shown: Vec<String>,
    pub may_edit: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StampRequest {
    pub lines: Vec<String>,
}
