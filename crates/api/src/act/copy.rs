//! 副本: marks, covers and stamp burned into a copy. The original is read and stays; who took which copy for what is
//! in the access log and in the story of the case: the register of what was hidden (photos.md F).

use xunju_documents::overlay::{Overlay, overlay};
use xunju_domain::case::payload::Copied;
use xunju_domain::case::{CaseState, Mark, MarkKind, Photo, decide};
use xunju_domain::deadline::stamp_of_ms;
use xunju_domain::stamp::filled;
use xunju_photos::codec::{self, Area, Burn, COPY_PX};
use xunju_photos::intake::{Standing, standing};
use xunju_photos::sha256_hex;

use super::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::ledger::HandedOut;
use crate::present::cover::area;
use crate::present::paper_refusal;
use crate::refuse::Refused;
use crate::view::copy::{PhotoCopy, PhotoCopyRequest};
use crate::{Api, Caller};

/// # Errors
/// `NotFound`; `PhotoMissing` while the original is not here; `PhotoUnreadable` for one that cannot be drawn; `Invalid`
/// without a purpose.
pub fn copy(api: &Api, caller: &Caller, asked: PhotoCopyRequest) -> Result<PhotoCopy, ApiError> {
    let state = api.case(caller, &asked.case_id)?;
    // Refused before anything is drawn or logged.
    decide::copied(&state, &caller.author(), Copied { purpose: asked.purpose.clone(), ..Copied::default() })
        .refused()?;
    let missing = || ApiError::new(ErrorCode::NotFound).with("what", &asked.hash);
    let photo = state.photos.iter().find(|p| p.blob.h == asked.hash).ok_or_else(missing)?;
    // The original itself, whoever asks: what is covered is covered below, in its own pixels.
    api.here_or_wanted(&asked.hash)?;
    let original = api.vault.read(&asked.hash).refused()?;
    let marks: Vec<&Mark> = state.marks.iter().filter(|m| m.photo == asked.hash).map(|m| &m.mark).collect();
    let upright = Upright::of(&original)?;
    let hidden: Vec<Area> =
        marks.iter().filter(|m| m.kind == MarkKind::Mosaic).map(|m| area(m, upright.full)).collect();
    let shown = marks.iter().filter(|m| asked.marks && m.kind != MarkKind::Mosaic).map(|m| upright.scaled(m)).collect();
    let stamp = if asked.stamp { stamp(api, &state, photo)? } else { Vec::new() };
    let over = Overlay { width: upright.width, height: upright.height, marks: shown, stamp };
    let over = if over.marks.is_empty() && over.stamp.is_empty() {
        Vec::new()
    } else {
        overlay(&over).map_err(|e| paper_refusal(&e))?
    };
    let count = u32::try_from(hidden.len()).unwrap_or(u32::MAX);
    let burn = Burn { orientation: upright.orientation, long_px: COPY_PX, hidden, overlay: over };
    let jpeg = codec::copy(&original, burn).refused()?;
    let sha256 = sha256_hex(&jpeg);

    // Said before it leaves.
    let objects = vec![format!("case:{}", state.id), format!("photo:{}", asked.hash), format!("copy:{sha256}")];
    api.note_access(caller, Access { action: "export", objects, reason: asked.purpose.clone(), ..Access::default() })?;
    let copied = Copied { photo: asked.hash.clone(), copy: sha256.clone(), hidden: count, purpose: asked.purpose };
    api.write_case(caller, &state.id, &[], |state, author, _| decide::copied(state, author, copied))?;
    let name = format!("{}-{}.jpg", state.no(), sha256.get(..8).unwrap_or(&sha256));
    let HandedOut { path, url } = api.hand_out(caller, &name, &jpeg)?;
    Ok(PhotoCopy { sha256, name, path, url, hidden: count })
}

/// The town's wording filled in: from what is recorded, never from what somebody types.
fn stamp(api: &Api, state: &CaseState, photo: &Photo) -> Result<Vec<String>, ApiError> {
    let names = api.names()?;
    let taken = photo.blob.facts.get("taken_at").map(|at| at.chars().take(19).collect::<String>().replace('T', " "));
    let added = stamp_of_ms(photo.wall_ms).replace('T', " ");
    let town = api.town_name()?;
    Ok(filled(&api.stamp()?, |word| match word {
        "time" => taken.as_ref().map_or_else(|| format!("录入 {added}"), |at| format!("拍摄 {at}")),
        "place" => {
            [state.text("compound_name"), state.text("building"), state.text("room")].join(" ").trim().to_owned()
        }
        "by" => names.of(&photo.author),
        "case" => state.no().to_owned(),
        "hash" => format!("{}…", photo.blob.h.get(..16).unwrap_or(&photo.blob.h)),
        _ => town.clone(),
    }))
}

/// The picture as it stands, at the size of a copy.
struct Upright {
    orientation: u8,
    /// Of the original.
    full: (u32, u32),
    width: u32,
    height: u32,
}

impl Upright {
    fn of(original: &[u8]) -> Result<Self, ApiError> {
        let Standing { width, height, turn } = standing(original).refused()?;
        let (out_width, out_height) = codec::within(width, height, COPY_PX);
        Ok(Self { orientation: turn, full: (width, height), width: out_width, height: out_height })
    }

    fn scaled(&self, mark: &Mark) -> Mark {
        let part = |n: u32, of: u32, side: u32| {
            u32::try_from(u64::from(n) * u64::from(of) / u64::from(side.max(1))).unwrap_or(of)
        };
        let x = |n: u32| part(n, self.width, self.full.0);
        let y = |n: u32| part(n, self.height, self.full.1);
        Mark { x1: x(mark.x1), y1: y(mark.y1), x2: x(mark.x2), y2: y(mark.y2), ..mark.clone() }
    }
}
