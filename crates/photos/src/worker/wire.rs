//! What a program and its worker say to each other, over two pipes.
//!
//! ```text
//! to the worker     task, 1 byte (1 draw, 2 read a HEIF's boxes, 3 brightness, 4 copy) · orientation, 1 byte · the file
//!                   for a copy also: long side, 4 bytes · hidden areas, 16 bytes each · overlay
//! from the worker   0 · why it could not be done, UTF-8
//!                   1 · width, height, 4 bytes each · 1 where part of the file is missing · thumbnail · preview
//!                   2 · width, height, 4 bytes each · EXIF block, empty where there is none
//!                   3 · width, height, 4 bytes each · brightness, a byte a pixel
//!                   4 · a JPEG file
//! ```
//!
//! Numbers are little-endian; everything of no fixed length has its length, 8 bytes, in front.

use std::io::{self, Read, Write};

use crate::codec::{Area, Burn, Done, HeifHead, Renditions, Task};
use crate::error::PhotoError;
use crate::recycled::Luma;

/// Longest answer that is believed.
const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;

pub(super) fn write_question(to: &mut impl Write, bytes: &[u8], task: &Task) -> io::Result<()> {
    let head = match task {
        Task::Draw { orientation } => [1, *orientation],
        Task::HeifHead => [2, 0],
        Task::Luma => [3, 0],
        Task::Burn(how) => [4, how.orientation],
    };
    to.write_all(&head)?;
    write_block(to, bytes)?;
    if let Task::Burn(how) = task {
        to.write_all(&how.long_px.to_le_bytes())?;
        let sides = |a: &Area| [a.left, a.top, a.right, a.bottom].map(u32::to_le_bytes).concat();
        write_block(to, &how.hidden.iter().flat_map(sides).collect::<Vec<u8>>())?;
        write_block(to, &how.overlay)?;
    }
    to.flush()
}

pub(super) fn read_question(from: &mut impl Read) -> io::Result<(Task, Vec<u8>)> {
    let head: [u8; 2] = read_array(from)?;
    let bytes = read_block(from, crate::intake::FILE_BYTES_MAX)?;
    let task = match head {
        [1, orientation] => Task::Draw { orientation },
        [2, _] => Task::HeifHead,
        [3, _] => Task::Luma,
        [4, orientation] => {
            let long_px = u32::from_le_bytes(read_array(from)?);
            let hidden = read_block(from, ANSWER_BYTES_MAX)?;
            let sides = hidden.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n)).collect::<Vec<_>>();
            let areas = sides.as_chunks::<4>().0.iter();
            let hidden =
                areas.map(|[left, top, right, bottom]| Area { left: *left, top: *top, right: *right, bottom: *bottom });
            let hidden = hidden.collect();
            Task::Burn(Burn { orientation, long_px, hidden, overlay: read_block(from, ANSWER_BYTES_MAX)? })
        }
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    Ok((task, bytes))
}

pub(super) fn write_answer(to: &mut impl Write, answer: &Result<Done, PhotoError>) -> io::Result<()> {
    match answer {
        Err(error) => {
            to.write_all(&[0])?;
            let cause = if let PhotoError::Decode { cause } = error { cause.clone() } else { error.to_string() };
            write_block(to, cause.as_bytes())?;
        }
        Ok(Done::Drawn(drawn)) => {
            write_size(to, 1, drawn.source_width, drawn.source_height)?;
            to.write_all(&[u8::from(drawn.partial)])?;
            write_block(to, &drawn.thumb)?;
            write_block(to, &drawn.preview)?;
        }
        Ok(Done::Head(head)) => {
            write_size(to, 2, head.width, head.height)?;
            write_block(to, head.exif.as_deref().unwrap_or_default())?;
        }
        Ok(Done::Luma(luma)) => {
            let side = |px: usize| u32::try_from(px).unwrap_or(0);
            write_size(to, 3, side(luma.width), side(luma.height))?;
            write_block(to, &luma.pixels)?;
        }
        Ok(Done::Copy(jpeg)) => {
            to.write_all(&[4])?;
            write_block(to, jpeg)?;
        }
    }
    to.flush()
}

pub(super) fn read_answer(from: &mut impl Read) -> io::Result<Result<Done, PhotoError>> {
    let block = |from: &mut _| read_block(from, ANSWER_BYTES_MAX);
    let done = match read_array(from)? {
        [0] => {
            let cause = String::from_utf8_lossy(&block(from)?).into_owned();
            return Ok(Err(PhotoError::Decode { cause }));
        }
        [1] => {
            let (source_width, source_height) = read_size(from)?;
            let [partial] = read_array(from)?;
            let partial = partial != 0;
            Done::Drawn(Renditions { partial, thumb: block(from)?, preview: block(from)?, source_width, source_height })
        }
        [2] => {
            let (width, height) = read_size(from)?;
            Done::Head(HeifHead { width, height, exif: Some(block(from)?).filter(|exif| !exif.is_empty()) })
        }
        [3] => {
            let (width, height) = read_size(from)?;
            let (width, height) = (width as usize, height as usize);
            let pixels = block(from)?;
            if pixels.len() != width.saturating_mul(height) {
                return Err(io::ErrorKind::InvalidData.into());
            }
            Done::Luma(Luma { width, height, pixels })
        }
        [4] => Done::Copy(block(from)?),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    Ok(Ok(done))
}

fn write_size(to: &mut impl Write, kind: u8, width: u32, height: u32) -> io::Result<()> {
    to.write_all(&[kind])?;
    to.write_all(&width.to_le_bytes())?;
    to.write_all(&height.to_le_bytes())
}

fn read_size(from: &mut impl Read) -> io::Result<(u32, u32)> {
    Ok((u32::from_le_bytes(read_array(from)?), u32::from_le_bytes(read_array(from)?)))
}

fn write_block(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

fn read_block(from: &mut impl Read, bytes_max: u64) -> io::Result<Vec<u8>> {
    let length = u64::from_le_bytes(read_array(from)?);
    if length > bytes_max {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| io::ErrorKind::InvalidData)?];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_array<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}
