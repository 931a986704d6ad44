//! Turning a picture the way it was held (EXIF 2.32, 4.6.4 Orientation).

use super::Rgb;

/// Pixels of a tile's side.
const TILE: usize = 32;

/// `picture` turned upright. `orientation` is 1-8; anything else leaves it as it is.
pub(super) fn turn(picture: Rgb, orientation: u8) -> Rgb {
    let Rgb { width, height, pixels } = picture;
    let (width, height, pixels) = spun::<3>(width, height, pixels, orientation);
    Rgb { width, height, pixels }
}

/// As [`turn`], of one sample a pixel: width, height, samples.
pub(super) fn plane(width: u32, height: u32, samples: Vec<u8>, orientation: u8) -> (u32, u32, Vec<u8>) {
    spun::<1>(width, height, samples, orientation)
}

fn spun<const N: usize>(columns: u32, rows: u32, pixels: Vec<u8>, orientation: u8) -> (u32, u32, Vec<u8>) {
    let (width, height) = (columns as usize, rows as usize);
    let (right, bottom) = (width.saturating_sub(1), height.saturating_sub(1));
    // Where the pixel at (x, y) of the upright picture stands in the stored one.
    let from: fn(usize, usize, usize, usize) -> (usize, usize) = match orientation {
        2 => |x, y, right, _| (right - x, y),
        3 => |x, y, right, bottom| (right - x, bottom - y),
        4 => |x, y, _, bottom| (x, bottom - y),
        5 => |x, y, _, _| (y, x),
        6 => |x, y, _, bottom| (y, bottom - x),
        7 => |x, y, right, bottom| (right - y, bottom - x),
        8 => |x, y, right, _| (right - y, x),
        _ => return (columns, rows, pixels),
    };
    let swapped = orientation >= 5;
    let (out_width, out_height) = if swapped { (height, width) } else { (width, height) };
    let (stored, _) = pixels.as_chunks::<N>();
    let mut upright = vec![0; pixels.len()];
    let (turned, _) = upright.as_chunks_mut::<N>();
    // In tiles: a column of the one is a row of the other, and neither leaves the cache on the way.
    for top in (0..out_height).step_by(TILE) {
        for left in (0..out_width).step_by(TILE) {
            let end = (left + TILE).min(out_width);
            for y in top..(top + TILE).min(out_height) {
                let row = turned.get_mut(y * out_width + left..y * out_width + end).unwrap_or_default();
                for (x, to) in (left..end).zip(row) {
                    let (from_x, from_y) = from(x, y, right, bottom);
                    *to = stored.get(from_y * width + from_x).copied().unwrap_or([0; N]);
                }
            }
        }
    }
    let (width, height) = if swapped { (rows, columns) } else { (columns, rows) };
    (width, height, upright)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3x2 pixels, numbered as stored; the upright pictures drawn by hand from the standard's table.
    #[test]
    fn eight_ways_of_holding_a_camera() {
        let expected: [(u8, u32, [u8; 6]); 8] = [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [4, 1, 5, 2, 6, 3]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [3, 6, 2, 5, 1, 4]),
        ];
        let spread = |numbers: &[u8]| numbers.iter().flat_map(|n| [*n; 3]).collect::<Vec<u8>>();
        for (orientation, width, numbers) in expected {
            let stored = Rgb { width: 3, height: 2, pixels: spread(&[1, 2, 3, 4, 5, 6]) };
            let turned = turn(stored, orientation);
            assert_eq!((turned.width, turned.pixels), (width, spread(&numbers)), "orientation {orientation}");
        }
    }
}
