//! What the camera wrote: orientation, time, maker, place. Raw values stay raw; a field that is empty,
//! impossible or unreadable is absent, never zero.

use std::collections::BTreeMap;
use std::io::Cursor;

use exif::{Exif, In, Reader, Tag, Value};

use super::jpeg::JpegScan;
use super::media::Media;

/// Fields of interest, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// 1-8; 1 where absent or out of range (some phones write 0).
    pub orientation: u8,
    pub original: Option<String>,
    pub offset: Option<String>,
    pub gps_date: Option<String>,
    /// `HH:MM:SS`
    pub gps_time: Option<String>,
    pub make: Option<String>,
    pub model: Option<String>,
    pub software: Option<String>,
    /// GPS fields by tag name, rationals as `41/1 51/1 1080/100`.
    pub gps: BTreeMap<String, String>,
    /// Size as the block gives it, for formats whose pixels are not read.
    pub size: Option<(u32, u32)>,
    /// An orientation was written that there is not.
    pub orientation_wrong: bool,
    /// Part of the block could not be read.
    pub broken: bool,
}

/// Reads an EXIF block cut out of its file.
pub(crate) fn read_block(block: Vec<u8>) -> Option<Written> {
    taken_apart(lenient().read_raw(block))
}

/// Reads the EXIF block of a picture; none where there is none that can be read.
pub(crate) fn read(bytes: &[u8], media: Media, jpeg: Option<&JpegScan>) -> Option<Written> {
    match (media, jpeg) {
        (Media::Jpeg, Some(scan)) => read_block(scan.exif.clone()?),
        (Media::Tiff | Media::Png | Media::WebP | Media::Heif, _) => {
            taken_apart(lenient().read_from_container(&mut Cursor::new(bytes)))
        }
        _ => None,
    }
}

fn lenient() -> Reader {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    reader
}

/// A block with one broken entry is still a block.
fn taken_apart(parsed: Result<Exif, exif::Error>) -> Option<Written> {
    let mut broken = false;
    let exif = parsed.or_else(|e| e.distill_partial_result(|_| broken = true)).ok()?;
    (exif.fields().len() > 0).then(|| Written { broken, ..written(&exif) })
}

fn written(exif: &Exif) -> Written {
    let either = |first: Tag, second: Tag| text(exif, first).or_else(|| text(exif, second));
    let held = number(exif, Tag::Orientation);
    let orientation = held.and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=8).contains(n));
    Written {
        orientation: orientation.unwrap_or(1),
        orientation_wrong: held.is_some() && orientation.is_none(),
        broken: false,
        original: either(Tag::DateTimeOriginal, Tag::DateTimeDigitized),
        offset: either(Tag::OffsetTimeOriginal, Tag::OffsetTime),
        gps_date: text(exif, Tag::GPSDateStamp),
        gps_time: gps_time(exif),
        make: text(exif, Tag::Make),
        model: text(exif, Tag::Model),
        software: text(exif, Tag::Software),
        gps: gps(exif),
        size: number(exif, Tag::PixelXDimension).zip(number(exif, Tag::PixelYDimension)),
    }
}

fn number(exif: &Exif, tag: Tag) -> Option<u32> {
    exif.get_field(tag, In::PRIMARY)?.value.get_uint(0)
}

/// Trimmed text of a field, also where the camera typed it as raw bytes.
fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let field = exif.get_field(tag, In::PRIMARY)?;
    let bytes = match &field.value {
        Value::Ascii(parts) => parts.first()?.as_slice(),
        Value::Undefined(bytes, _) | Value::Byte(bytes) => bytes.as_slice(),
        _ => return None,
    };
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    (!text.is_empty()).then(|| text.chars().filter(|c| !c.is_control()).take(200).collect())
}

/// GPS time of day, cut to whole seconds.
fn gps_time(exif: &Exif) -> Option<String> {
    let Value::Rational(parts) = &exif.get_field(Tag::GPSTimeStamp, In::PRIMARY)?.value else { return None };
    let [hour, minute, second] = parts.as_slice() else { return None };
    if [hour, minute, second].iter().any(|part| part.denom == 0) {
        return None;
    }
    Some(format!("{:02}:{:02}:{:02}", hour.to_f64() as u32, minute.to_f64() as u32, second.to_f64() as u32))
}

fn gps(exif: &Exif) -> BTreeMap<String, String> {
    let wanted = [
        (Tag::GPSLatitude, "latitude"),
        (Tag::GPSLatitudeRef, "latitude_ref"),
        (Tag::GPSLongitude, "longitude"),
        (Tag::GPSLongitudeRef, "longitude_ref"),
        (Tag::GPSAltitude, "altitude"),
        (Tag::GPSMapDatum, "map_datum"),
        (Tag::GPSHPositioningError, "error_m"),
        (Tag::GPSProcessingMethod, "method"),
    ];
    wanted.into_iter().filter_map(|(tag, name)| Some((name.to_owned(), raw(exif, tag)?))).collect()
}

fn raw(exif: &Exif, tag: Tag) -> Option<String> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(parts) if !parts.is_empty() => {
            Some(parts.iter().take(4).map(|r| format!("{}/{}", r.num, r.denom)).collect::<Vec<_>>().join(" "))
        }
        _ => text(exif, tag),
    }
}
