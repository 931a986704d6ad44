//! Colour profiles in and out of JPEG files (ICC.1:2022 annex B.4: `APP2`, cut in parts).
//! Phones write Display P3: without its profile a picture turns grey.

/// Profiles of cameras and phones have 0.5-4 kB; those of printers are not for screens.
const BYTES_MAX: usize = 64 * 1024;
/// Longest part of a profile in one segment: its length, name, number and count take 16 of 65,535 bytes.
const PART_BYTES_MAX: usize = 65_519;
const NAME: &[u8] = b"ICC_PROFILE\0";

/// Whether this is a profile for red, green and blue (bytes 16-19, ICC.1:2022 7.2.8) of a sane length.
pub(super) fn is_rgb(profile: &[u8]) -> bool {
    profile.len() <= BYTES_MAX && profile.get(16..20) == Some(b"RGB ")
}

/// The profile a JPEG carries, where it is one for a screen.
pub(super) fn of_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, &[u8])> = segments(bytes)
        .filter(|(marker, _)| *marker == 0xE2)
        .filter_map(|(_, body)| match body.strip_prefix(NAME)? {
            [number, _count, part @ ..] => Some((*number, part)),
            _ => None,
        })
        .collect();
    parts.sort_by_key(|(number, _)| *number);
    let profile = parts.into_iter().flat_map(|(_, part)| part.iter().copied()).take(BYTES_MAX + 1).collect::<Vec<u8>>();
    is_rgb(&profile).then_some(profile)
}

/// Segments in front of the pixels: marker and body.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    std::iter::from_fn(move || {
        let [0xFF, marker, high, low, ..] = *rest else { return None };
        let end = 2 + usize::from(u16::from_be_bytes([high, low]));
        let body = rest.get(4..end)?;
        rest = rest.get(end..)?;
        (marker != 0xDA).then_some((marker, body))
    })
}

/// `jpeg` with a profile and a comment behind its `JFIF` segment.
pub(super) fn into_jpeg(jpeg: &[u8], profile: Option<&[u8]>, remark: &str) -> Vec<u8> {
    let head = segments(jpeg).next().filter(|(marker, _)| *marker == 0xE0).map_or(2, |(_, body)| 6 + body.len());
    let (head, rest) = jpeg.split_at(head.min(jpeg.len()));
    let mut out = Vec::with_capacity(jpeg.len() + profile.map_or(0, <[u8]>::len) + remark.len() + 64);
    out.extend_from_slice(head);
    let parts: Vec<&[u8]> = profile.unwrap_or_default().chunks(PART_BYTES_MAX).collect();
    let count = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    for (number, part) in (1..=count).zip(parts) {
        segment(&mut out, 0xE2, &[NAME, &[number, count], part].concat());
    }
    if !remark.is_empty() {
        segment(&mut out, 0xFE, remark.as_bytes());
    }
    out.extend_from_slice(rest);
    out
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    // Callers keep to `PART_BYTES_MAX`; a longer body would be cut, never mislabelled.
    let body = body.get(..body.len().min(65_533)).unwrap_or_default();
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&[0xFF, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(body);
}
