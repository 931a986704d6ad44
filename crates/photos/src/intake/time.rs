//! When a picture was taken, and how far that can be believed.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::exif::Written;

/// A time with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub at: Option<DateTime<FixedOffset>>,
    /// `gps_utc` | `exif_offset` | `exif_zone_assumed` | `file_mtime` | `none`
    pub basis: &'static str,
}

/// China has one zone; assumed where the camera names none.
const ZONE_S: i32 = 8 * 3600;
/// Zones run from -12 to +14: a GPS time further from the camera's clock is of another picture.
const ZONES_APART_H: i64 = 15;
/// A camera may be set by hand.
const CLOCKS_APART_S: i64 = 120;
const QUARTER_S: i64 = 900;
/// The first year in which there were digital cameras.
const FIRST_YEAR: i32 = 1990;

/// The best time there is, in the order of confidence.
pub(crate) fn taken(written: Option<&Written>, mtime_ms: Option<i64>) -> Taken {
    let local = written.and_then(|w| date_time(w.original.as_deref()?));
    let gps = written
        .and_then(gps_utc)
        .filter(|gps| local.is_none_or(|local| (gps.naive_utc() - local).abs() <= TimeDelta::hours(ZONES_APART_H)));
    let offset = written.and_then(|w| offset(w.offset.as_deref()?));
    let china = FixedOffset::east_opt(ZONE_S);
    let in_zone = |zone: Option<FixedOffset>| local?.and_local_timezone(zone?).single();
    let known = |at: Option<DateTime<FixedOffset>>, basis| at.map(|at| Taken { at: Some(at), basis });
    known(gps, "gps_utc")
        .or_else(|| known(in_zone(offset), "exif_offset"))
        .or_else(|| known(in_zone(china), "exif_zone_assumed"))
        .or_else(|| {
            known(
                mtime_ms.and_then(|ms| Some(DateTime::from_timestamp_millis(ms)?.with_timezone(&china?))),
                "file_mtime",
            )
        })
        .unwrap_or(Taken { at: None, basis: "none" })
}

fn gps_utc(written: &Written) -> Option<DateTime<FixedOffset>> {
    let date = date(written.gps_date.as_deref()?, FIRST_YEAR..=2100)?;
    let [hour, minute, second] = numbers(written.gps_time.as_deref()?)?;
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    Some(NaiveDateTime::new(date, time).and_utc().fixed_offset())
}

/// The camera's own clock, RFC 3339; with an offset only where the camera wrote one.
pub(crate) fn as_written(written: &Written) -> Option<String> {
    let text = written.original.as_deref()?;
    let local = date_time_of(text, 1..=9999)?;
    let zone = written.offset.as_deref().filter(|text| offset(text).is_some()).unwrap_or_default();
    Some(format!("{}{zone}", local.format("%Y-%m-%dT%H:%M:%S")))
}

/// The camera's clock is not that of a camera of these days: 1970 or 1980 after an empty battery, 2036 or
/// 2038 after an overflow.
pub(crate) fn is_unset(written: &Written, now_ms: i64) -> bool {
    let Some(local) = written.original.as_deref().and_then(|text| date_time_of(text, 1..=9999)) else { return false };
    let now = DateTime::from_timestamp_millis(now_ms).map_or(9999, |now| now.year());
    local.year() < FIRST_YEAR || local.year() > now + 1
}

/// The camera's clock and the satellites' are of two moments more than two minutes apart. Where the camera names no
/// zone whole quarters of an hour are the zone's.
pub(crate) fn clocks_differ(written: &Written) -> bool {
    let Some((local, gps)) = written.original.as_deref().and_then(date_time).zip(gps_utc(written)) else {
        return false;
    };
    let apart = match written.offset.as_deref().and_then(offset) {
        Some(zone) => (local - TimeDelta::seconds(zone.local_minus_utc().into()) - gps.naive_utc()).num_seconds().abs(),
        None => {
            let rest = (local - gps.naive_utc()).num_seconds().rem_euclid(QUARTER_S);
            rest.min(QUARTER_S - rest)
        }
    };
    apart > CLOCKS_APART_S
}

/// `2026:11:09 10:02:11`, also with `-` or `/` in the date; sub-seconds are left.
fn date_time(text: &str) -> Option<NaiveDateTime> {
    date_time_of(text, FIRST_YEAR..=2100)
}

fn date_time_of(text: &str, years: RangeInclusive<i32>) -> Option<NaiveDateTime> {
    let (day, time) = text.split_once([' ', 'T'])?;
    let [hour, minute, second] = numbers(time.split('.').next()?)?;
    Some(NaiveDateTime::new(date(day, years)?, NaiveTime::from_hms_opt(hour, minute, second)?))
}

/// A real day of these years.
fn date(text: &str, years: RangeInclusive<i32>) -> Option<NaiveDate> {
    let [year, month, day] = numbers(text)?;
    let year = i32::try_from(year).ok().filter(|year| years.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn numbers(text: &str) -> Option<[u32; 3]> {
    let parts: Vec<u32> = text.trim().split([':', '-', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// `+08:00`, `-03:30`, `Z`.
fn offset(text: &str) -> Option<FixedOffset> {
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shot(original: &str, offset: Option<&str>, gps: Option<(&str, &str)>) -> (Option<String>, &'static str) {
        let written = Written {
            original: Some(original.into()),
            offset: offset.map(Into::into),
            gps_date: gps.map(|g| g.0.into()),
            gps_time: gps.map(|g| g.1.into()),
            ..Written::default()
        };
        let taken = taken(Some(&written), None);
        (taken.at.map(|at| at.to_rfc3339()), taken.basis)
    }

    #[test]
    fn clocks_more_than_two_minutes_apart_are_told_whatever_the_zone() {
        let differ = |original: &str, offset: Option<&str>, gps: (&str, &str)| {
            clocks_differ(&Written {
                original: Some(original.into()),
                offset: offset.map(Into::into),
                gps_date: Some(gps.0.into()),
                gps_time: Some(gps.1.into()),
                ..Written::default()
            })
        };
        let gps = ("2026:11:09", "02:02:11");
        assert!(!differ("2026:11:09 10:03:50", Some("+08:00"), gps));
        assert!(differ("2026:11:09 10:04:30", Some("+08:00"), gps));
        assert!(differ("2026:11:09 11:02:11", Some("+08:00"), gps), "an hour off with a zone named");
        assert!(!differ("2026:11:09 11:02:11", None, gps), "may be another zone");
        assert!(differ("2026:11:09 10:08:00", None, gps) && differ("2026:11:09 09:58:00", None, gps));
        assert!(!clocks_differ(&Written::default()));
    }

    #[test]
    fn order_of_confidence() {
        let at = |text: &str| Some(text.to_owned());
        assert_eq!(shot("2026:11:09 10:02:11", None, None), (at("2026-11-09T10:02:11+08:00"), "exif_zone_assumed"));
        assert_eq!(shot("2026:11:09 10:02:11", Some("+01:00"), None), (at("2026-11-09T10:02:11+01:00"), "exif_offset"));
        let gps = Some(("2026-11-09", "02:02:11"));
        assert_eq!(shot("2026:11:09 10:02:11", Some("+01:00"), gps), (at("2026-11-09T02:02:11+00:00"), "gps_utc"));
    }

    #[test]
    fn a_stale_gps_time_is_not_believed() {
        let gps = Some(("2026:10:01", "02:02:11"));
        assert_eq!(shot("2026:11:09 10:02:11", None, gps).1, "exif_zone_assumed");
    }

    #[test]
    fn impossible_times_are_absent() {
        for wrong in
            ["0000:00:00 00:00:00", "2026:13:01 10:00:00", "2026:11:09", "    :  :     :  :  ", "2026:02:30 10:00:00"]
        {
            assert_eq!(shot(wrong, None, None), (None, "none"), "{wrong}");
        }
        let taken = taken(None, Some(1_794_000_000_000));
        assert_eq!((taken.basis, taken.at.unwrap().timestamp_millis()), ("file_mtime", 1_794_000_000_000));
    }
}
