//! Repeatable chance: dice for choices, smooth noise for plaster, clouds and dirt.

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// 0 to `n` - 1.
    pub(super) fn below(&mut self, n: u32) -> u32 {
        (self.next() >> 33) as u32 % n.max(1)
    }

    pub(super) fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    pub(super) fn chance(&mut self, share: f32) -> bool {
        self.range(0.0, 1.0) < share
    }

    pub(super) fn pick<T: Copy>(&mut self, of: &[T], otherwise: T) -> T {
        let at = self.below(of.len() as u32) as usize;
        of.get(at).copied().unwrap_or(otherwise)
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// 0 to 1 for a lattice point.
pub(super) fn lattice(x: i32, y: i32, seed: u64) -> f32 {
    let point = (u64::from(x as u32) << 32 | u64::from(y as u32)) ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mix(point) >> 40) as f32 / (1u32 << 24) as f32
}

/// Smooth noise, 0 to 1, one bump per unit.
pub(super) fn smooth(x: f32, y: f32, seed: u64) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (i, j) = (left as i32, top as i32);
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (a, b) = (ease(x - left), ease(y - top));
    let row = |j: i32| lattice(i, j, seed) * (1.0 - a) + lattice(i.wrapping_add(1), j, seed) * a;
    row(j) * (1.0 - b) + row(j.wrapping_add(1)) * b
}

/// Four octaves of [`smooth`], 0 to 1.
pub(super) fn cloud(x: f32, y: f32, seed: u64) -> f32 {
    let octave = |k: f32, s: u64| smooth(x * k, y * k, seed.wrapping_add(s)) / k;
    (octave(1.0, 1) + octave(2.0, 2) + octave(4.0, 3) + octave(8.0, 4)) / 1.875
}
