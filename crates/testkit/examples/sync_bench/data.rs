//! What every peer of `script/bench sync` is given, made from one seed; `script/bench.sync/data.mjs` says how.

const SEED: u32 = 20_261_125;
pub const PHOTO_BYTES: usize = 5_000_000;

struct Lcg(u32);

impl Lcg {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0
    }
}

/// As many hexadecimal digits, which no compressor shortens, as a signature and hashes have; with the rest of an event
/// about 850 bytes of body.
pub fn text(n: u32) -> String {
    let mut lcg = Lcg(SEED.wrapping_add(n.wrapping_mul(2_654_435_761)));
    (0..192).map(|_| char::from_digit(lcg.next() >> 28, 16).unwrap_or('0')).collect()
}

/// The photos, which differ in their first eight bytes.
pub struct Photos(Vec<u8>);

impl Photos {
    pub fn new() -> Self {
        let mut lcg = Lcg(SEED);
        Self((0..PHOTO_BYTES).map(|_| u8::try_from(lcg.next() >> 24).unwrap_or(0)).collect())
    }

    pub fn photo(&self, n: u64) -> Vec<u8> {
        let mut made = self.0.clone();
        made[..8].copy_from_slice(&n.to_be_bytes());
        made
    }
}
