//! Photos as the screens see them: by hash, never by path.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::case::{Hides, MarkKind};

/// How a photo came in (photos.md, E).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Picker,
    Drop,
    /// Clipboard bitmap: no EXIF, no original; the weakest evidence.
    Paste,
    /// This machine's own camera through the web view: no EXIF, no original but this.
    Camera,
    /// A watched folder, such as a camera card.
    Folder,
    CommandLine,
    /// Found whole in the vault after its taking in was cut off.
    Recovered,
}

/// What a look at the bytes found; shown beside the photo, never a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhotoFlag {
    /// No end-of-image marker, or the decoder warned: stored whole, previewed as far as it goes.
    Damaged,
    /// Bytes follow the end of the image (a motion photo, an archive, …).
    TrailingBytes,
    NoExif,
    /// Stored, but this program cannot draw it (HEIC, say).
    NoPreview,
    /// The camera's time is later than the import.
    TakenAfterImport,
    /// By the camera's clock more than a day before the import.
    TakenLongBefore,
    /// 1970, 1980, 2036: no camera of these days.
    ClockNotSet,
    /// The camera's clock and the satellites' are more than two minutes apart.
    ClocksDiffer,
    /// 100-700 m from the case: so far do the datums of Chinese maps lie apart (photos.md D), or it is another place.
    PositionOff,
    /// Further from the case than any datum.
    PositionFar,
    /// An image editor's tag is present.
    EditedTag,
    /// A drawing of the sample town, no photo. One drawing serves many cases: it is not looked for among others.
    Sample,
}

/// How far the original has come. Nothing is called safe before a verified receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// 本机已存
    OnlyHere,
    /// 缩略图已上传
    ThumbSent,
    /// 原图 43 %
    Sending,
    /// 原图已核验
    Verified,
    /// 原图已备份: a checked backup of the town holds it; this laptop may let go of it where room is short.
    BackedUp,
    /// The original is on the server and not on this laptop.
    Remote,
    /// 文件丢失(请联系)
    Missing,
}

/// A photo imported and not yet in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrayPhoto {
    /// SHA-256 of the original bytes, lower-case hex.
    pub hash: String,
    /// SHA-256 of the 320 px rendition; none where there is no preview.
    pub thumb: Option<String>,
    /// SHA-256 of the 1600 px rendition.
    pub preview: Option<String>,
    pub name: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    /// `image/jpeg`, `image/heic`, …: by magic, never by extension.
    pub media_type: String,
    pub channel: Channel,
    /// Milliseconds since 1970 by the device's clock.
    pub imported_ms: i64,
    /// What the camera wrote, verbatim: `2026:11-09 10:02:11`.
    pub taken_raw: Option<String>,
    /// RFC 3339, with the confidence of `taken_basis`.
    pub taken_at: Option<String>,
    /// `gps_utc` | `exif_offset` | `exif_zone_assumed` | `file_mtime` | `none`
    pub taken_basis: String,
    pub camera: Option<String>,
    pub flags: Vec<PhotoFlag>,
    /// Set when the same bytes already stand in a case.
    pub used_in: Option<String>,
    /// Where the camera says it was taken.
    #[serde(default)]
    pub geo: Option<xunju_domain::geo::Geo>,
}

/// A photo of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhotoView {
    pub hash: String,
    pub thumb: Option<String>,
    pub preview: Option<String>,
    /// Slot of the case type: `far`, `near`, `door`, …; empty where none.
    pub slot: String,
    pub name: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub media_type: String,
    pub taken_at: Option<String>,
    pub taken_basis: String,
    pub camera: Option<String>,
    pub flags: Vec<PhotoFlag>,
    /// The event that brought it in.
    pub event: String,
    pub author: String,
    /// When it came into the case, by the device's clock.
    pub added_ms: i64,
    /// When the server had that from the device, by the server's.
    pub received_ms: Option<i64>,
    pub state: PhotoState,
    /// Percent of the original on the server, while `Sending`.
    pub sent_percent: u8,
    /// Whether thumbnail, preview and original can be drawn now from this machine.
    pub thumb_here: bool,
    pub preview_here: bool,
    pub original_here: bool,
    /// Which time somebody was there, 1 for the finding: photos of one slot and two visits make a pair.
    pub visit: u32,
    pub marks: Vec<MarkView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoRef {
    pub hash: String,
}

/// The watched folder (a camera card, a phone's transfer folder).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WatchView {
    pub folder: Option<String>,
    /// Why the folder cannot be read, if so.
    pub problem: Option<String>,
    pub imported: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WatchRequest {
    /// Absolute path; none stops watching.
    pub folder: Option<String>,
}

/// A mark on a photo. Pixels of the picture as it stands upright, from its top left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkView {
    /// The event that made it.
    pub id: String,
    pub kind: MarkKind,
    pub x1: u32,
    pub y1: u32,
    pub x2: u32,
    pub y2: u32,
    pub text: String,
    pub hides: Option<Hides>,
    pub by: String,
    pub by_name: String,
    /// RFC 3339.
    pub at: String,
    pub removable: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoMarkRequest {
    pub case_id: String,
    pub hash: String,
    pub kind: MarkKind,
    pub x1: u32,
    pub y1: u32,
    pub x2: u32,
    pub y2: u32,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub hides: Option<Hides>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoUnmarkRequest {
    pub case_id: String,
    /// [`MarkView::id`]
    pub mark: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoOfCase {
    pub case_id: String,
    /// SHA-256 of the original.
    pub hash: String,
}

/// How far two photos are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecycledKind {
    /// Byte for byte.
    SameFile,
    SamePicture,
    SamePlace,
}

/// A photo of another case, or of another visit, that a person should compare with this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecycledHit {
    pub kind: RecycledKind,
    /// 0 to 100.
    pub score: u8,
    pub hash: String,
    /// None for a case the caller may not see: nothing else of it is said either.
    pub case_id: Option<String>,
    pub case_no: String,
    pub compound: String,
    /// The photo there, with its marks; none where its case may not be seen.
    pub photo: Option<PhotoView>,
}

/// Room for photos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StorageView {
    /// None where the system does not say.
    pub free_bytes: Option<u64>,
    /// Photos of the usual size that still fit.
    pub photos_fit: Option<u64>,
    /// Not enough for a day's walk.
    pub low: bool,
}
