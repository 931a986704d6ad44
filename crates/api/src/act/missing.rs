//! Photos on one machine only: the office is told whose laptop has what the town lacks, a laptop what it alone has.

use std::collections::BTreeMap;

use xunju_domain::case::CaseState;
use xunju_domain::device::DeviceState;
use xunju_domain::permission::{Action, may};
use xunju_store::Absent;

use crate::error::ApiError;
use crate::present::Names;
use crate::refuse::Refused;
use crate::view::app::{Host, Nothing};
use crate::view::missing::{LatePhotos, MissingAlarm, MissingOfLaptop, MissingPhoto, MissingView};
use crate::{Api, Caller, doc};

const DAY_MS: i64 = 86_400_000;
/// Days after which it is said, and after which it is said loudly (sync.md §8.4).
const LONG_DAYS: u32 = 3;
const TOO_LONG_DAYS: u32 = 7;
/// Photos named of each laptop; the count is of all.
const SHOWN: usize = 50;

/// What the town lacks, on the desk; a laptop cannot know of others.
///
/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, _: Nothing) -> Result<MissingView, ApiError> {
    let (all, names) = (api.absent(caller)?, api.names()?);
    let mut by_laptop: BTreeMap<&str, Vec<&Absent>> = BTreeMap::new();
    for absent in &all {
        by_laptop.entry(&absent.dev).or_default().push(absent);
    }
    let mut laptops = Vec::new();
    for (device, photos) in by_laptop {
        laptops.push(api.missing_of(device, &photos, &names)?);
    }
    laptops.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.name.cmp(&b.name)));
    Ok(MissingView { count: u32::try_from(all.len()).unwrap_or(u32::MAX), laptops })
}

impl Api {
    /// Nothing, while nothing has waited for three days.
    pub(crate) fn late_photos(&self, caller: &Caller) -> Result<Option<LatePhotos>, ApiError> {
        let long = self.clock.wall_ms() - i64::from(LONG_DAYS) * DAY_MS;
        let found = if caller.host == Host::Desktop {
            self.store.only_here(long).refused()?
        } else if may(&caller.roles(), Action::File) {
            let late: Vec<Absent> = self.absent(caller)?.into_iter().filter(|a| a.recv_ms < long).collect();
            late.first().map(|oldest| (u32::try_from(late.len()).unwrap_or(u32::MAX), oldest.recv_ms))
        } else {
            None
        };
        Ok(found.map(|(count, oldest)| {
            let days = self.days_since(oldest);
            LatePhotos { count, days, alarm: alarm(days) }
        }))
    }

    /// Originals of this person's compounds that the town lacks, the longest awaited first.
    fn absent(&self, caller: &Caller) -> Result<Vec<Absent>, ApiError> {
        if caller.host == Host::Desktop {
            return Ok(Vec::new());
        }
        // Laptops bring their files past the desk's store: it learns of them here.
        let awaited = self.store.absent().refused()?;
        let (came, absent): (Vec<_>, Vec<_>) = awaited.into_iter().partition(|one| self.vault.has(&one.hash.hex()));
        if !came.is_empty() {
            self.store.blobs_arrived(&came.iter().map(|one| one.hash).collect::<Vec<_>>()).refused()?;
        }
        Ok(absent.into_iter().filter(|one| caller.scopes.has(&one.scope)).collect())
    }

    fn missing_of(&self, device: &str, photos: &[&Absent], names: &Names) -> Result<MissingOfLaptop, ApiError> {
        let row = self.store.record(&format!("device:{device}")).refused()?;
        let known: Option<DeviceState> = row.map(|row| doc(&row)).transpose()?;
        let (enrolled, revoked) = known.map_or_else(Default::default, |d| (d.enrolled, d.revoked.is_some()));
        let days = photos.first().map_or(0, |oldest| self.days_since(oldest.recv_ms));
        Ok(MissingOfLaptop {
            device: device.to_owned(),
            name: if enrolled.name.is_empty() { device.to_owned() } else { enrolled.name },
            user: if enrolled.user.is_empty() { String::new() } else { names.of(&enrolled.user) },
            revoked,
            count: u32::try_from(photos.len()).unwrap_or(u32::MAX),
            bytes: photos.iter().map(|photo| photo.bytes).sum(),
            days,
            alarm: alarm(days),
            photos: photos.iter().take(SHOWN).map(|photo| self.missing_photo(photo)).collect::<Result<_, _>>()?,
        })
    }

    fn missing_photo(&self, absent: &Absent) -> Result<MissingPhoto, ApiError> {
        let row = self.store.record(&absent.record).refused()?.filter(|row| row.kind == "case");
        let case: Option<CaseState> = row.map(|row| doc(&row)).transpose()?;
        let hash = absent.hash.hex();
        let photo = case.as_ref().and_then(|case| case.photos.iter().find(|photo| photo.blob.h == hash));
        let days = self.days_since(absent.recv_ms);
        Ok(MissingPhoto {
            name: photo.and_then(|photo| photo.blob.facts.get("name").cloned()).unwrap_or_default(),
            case_id: case.as_ref().map(|case| case.id.clone()),
            case_no: case.as_ref().map(|case| case.no().to_owned()),
            of: absent.record.split(':').next().unwrap_or_default().to_owned(),
            bytes: absent.bytes,
            named_ms: absent.recv_ms,
            days,
            alarm: alarm(days),
            hash,
        })
    }

    fn days_since(&self, ms: i64) -> u32 {
        u32::try_from((self.clock.wall_ms() - ms) / DAY_MS).unwrap_or(0)
    }
}

fn alarm(days: u32) -> MissingAlarm {
    match days {
        TOO_LONG_DAYS.. => MissingAlarm::TooLong,
        LONG_DAYS.. => MissingAlarm::Long,
        _ => MissingAlarm::None,
    }
}
