//! 水印: the town's wording, seen filled in before it is published.

use xunju_domain::permission::{Action, may};
use xunju_domain::record;
use xunju_domain::stamp::{self, Defined, StampState, filled};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::{Refused, invalid};
use crate::view::app::Nothing;
use crate::view::copy::{StampRequest, StampView};
use crate::{Api, Caller, doc};

/// # Errors
/// Disk failures.
pub fn get(api: &Api, caller: &Caller, _: Nothing) -> Result<StampView, ApiError> {
    api.stamp_view(caller, api.stamp()?)
}

/// How a wording would look; nothing is written.
///
/// # Errors
/// `Invalid` with what is wrong with it.
pub fn preview(api: &Api, caller: &Caller, asked: StampRequest) -> Result<StampView, ApiError> {
    api.stamp_view(caller, sound(asked)?)
}

/// # Errors
/// `Invalid` with what is wrong with it.
pub fn set(api: &Api, caller: &Caller, asked: StampRequest) -> Result<StampView, ApiError> {
    let defined = sound(asked)?;
    let data = serde_json::to_value(&defined).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    api.define(caller, "stamp", record::id_of(stamp::RECORD), record::TOWN, stamp::DEFINED, data)?;
    api.stamp_view(caller, defined)
}

fn sound(asked: StampRequest) -> Result<Defined, ApiError> {
    let lines = asked.lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let defined = Defined { lines };
    let problems = stamp::check(&defined);
    if problems.is_empty() { Ok(defined) } else { Err(invalid(&problems)) }
}

impl Api {
    pub(crate) fn stamp(&self) -> Result<Defined, ApiError> {
        let row = self.store().record(stamp::RECORD).refused()?;
        Ok(row.map(|row| doc::<StampState>(&row)).transpose()?.map(|state| state.defined).unwrap_or_default())
    }

    /// With a sample of each word, so that its length is seen.
    fn stamp_view(&self, caller: &Caller, defined: Defined) -> Result<StampView, ApiError> {
        let town = self.town_name()?;
        let shown = filled(&defined, |word| match word {
            "time" => "2026-11-25 10:02:11".to_owned(),
            "place" => "东湖花园 8号 601".to_owned(),
            "by" => "张工".to_owned(),
            "case" => "SL-2026-WJ-000123".to_owned(),
            "hash" => "9f86d081884c7d65…".to_owned(),
            _ => town.clone(),
        });
        let words = stamp::WORDS.iter().map(|word| (*word).to_owned()).collect();
        Ok(StampView { lines: defined.lines, words, shown, may_edit: may(&caller.roles(), Action::Stamp) })
    }

    pub(crate) fn town_name(&self) -> Result<String, ApiError> {
        Ok(self.store().identity().refused()?.map(|me| me.town_name).unwrap_or_default())
    }
}
