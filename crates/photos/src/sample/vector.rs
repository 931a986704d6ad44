//! Three numbers: a point in metres, a direction, or a colour from 0 to 1.

use std::ops::{Add, Mul, Sub};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct V3 {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

pub(super) const fn v(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

/// A colour from `0xRRGGBB`.
pub(super) fn rgb(hex: u32) -> V3 {
    let part = |shift: u32| ((hex >> shift) & 0xFF) as f32 / 255.0;
    v(part(16), part(8), part(0))
}

impl V3 {
    pub(super) fn dot(self, other: V3) -> f32 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub(super) fn cross(self, o: V3) -> V3 {
        v(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }

    pub(super) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub(super) fn unit(self) -> V3 {
        self * (1.0 / self.length().max(1e-6))
    }

    /// Colour times colour.
    pub(super) fn tint(self, o: V3) -> V3 {
        v(self.x * o.x, self.y * o.y, self.z * o.z)
    }

    pub(super) fn mix(self, o: V3, share: f32) -> V3 {
        self * (1.0 - share) + o * share
    }
}

impl Add for V3 {
    type Output = V3;
    fn add(self, o: V3) -> V3 {
        v(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl Sub for V3 {
    type Output = V3;
    fn sub(self, o: V3) -> V3 {
        v(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for V3 {
    type Output = V3;
    fn mul(self, k: f32) -> V3 {
        v(self.x * k, self.y * k, self.z * k)
    }
}
