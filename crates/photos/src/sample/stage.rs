//! The stage: a camera, the light, and a depth for every pixel, so that things may be put up in any order.

use super::noise::{Dice, cloud, lattice};
use super::vector::{V3, rgb, v};
use crate::codec::Rgb;

/// What a surface looks like at a point, in metres from its corner; none where it has a hole.
pub(super) type Paint<'a> = &'a dyn Fn(f32, f32) -> Option<V3>;

/// A lamp or a window indoors.
#[derive(Clone, Copy)]
pub(super) struct Lamp {
    pub at: V3,
    pub colour: V3,
    /// Metres at which it has half its strength.
    pub reach: f32,
}

pub(super) struct Stage {
    width: u32,
    height: u32,
    colours: Vec<V3>,
    depths: Vec<f32>,
    eye: V3,
    right: V3,
    up: V3,
    ahead: V3,
    /// Towards the sun.
    sun: V3,
    sunlight: V3,
    ambient: V3,
    lamps: Vec<Lamp>,
    /// Blocks that throw shadows: lowest and highest corner.
    shades: Vec<(V3, V3)>,
    hour: f32,
}

impl Stage {
    pub(super) fn new(width: u32, height: u32, hour: f32, dice: &mut Dice) -> Self {
        let count = width as usize * height as usize;
        let side = (hour - 12.5) / 6.0;
        let height_of_sun = (1.0 - side * side).clamp(0.15, 1.0);
        let warm = v(1.0, 0.93, 0.82).mix(v(1.0, 0.72, 0.48), (side.abs() - 0.4).clamp(0.0, 0.6));
        let overcast = dice.range(0.0, 1.0).powi(2);
        let mut stage = Self {
            width,
            height,
            colours: vec![v(0.0, 0.0, 0.0); count],
            depths: vec![f32::INFINITY; count],
            eye: v(0.0, 1.6, 0.0),
            right: v(1.0, 0.0, 0.0),
            up: v(0.0, 1.0, 0.0),
            ahead: v(0.0, 0.0, 1.0),
            sun: v(side * 0.9 + 0.1, height_of_sun, -0.75).unit(),
            sunlight: warm * (0.85 * (1.0 - overcast * 0.85)),
            ambient: v(0.42, 0.46, 0.52) * (1.0 + overcast * 0.35),
            lamps: Vec::new(),
            shades: Vec::new(),
            hour,
        };
        stage.look(v(0.0, 1.6, 0.0), v(0.0, 1.6, 5.0), 1.0, 0.0);
        stage
    }

    /// Puts the camera at `eye`, looking at `target`. `wide` is half the picture's width over the distance;
    /// `tilt` is the hand's, in radians.
    pub(super) fn look(&mut self, eye: V3, target: V3, wide: f32, tilt: f32) {
        let ahead = (target - eye).unit();
        let right = v(0.0, 1.0, 0.0).cross(ahead).unit();
        let up = ahead.cross(right);
        let (sin, cos) = tilt.sin_cos();
        let tall = wide * self.height as f32 / self.width as f32;
        self.eye = eye;
        self.ahead = ahead;
        self.right = (right * cos + up * sin) * wide;
        self.up = (up * cos - right * sin) * tall;
    }

    /// Takes the sun away and lights the room with `lamps`.
    pub(super) fn indoors(&mut self, ambient: V3, lamps: Vec<Lamp>) {
        self.sunlight = v(0.0, 0.0, 0.0);
        self.ambient = ambient;
        self.lamps = lamps;
    }

    pub(super) fn sky(&mut self, seed: u64) {
        let low = (self.hour - 12.5).abs() / 5.0;
        let (top, bottom) = (rgb(0x5F8FC4).mix(rgb(0x8C94A8), low * 0.5), rgb(0xD8E4EC).mix(rgb(0xEFD2B0), low * 0.6));
        self.every_pixel(|stage, index, ray| {
            let rise = (ray.y / ray.length()).clamp(0.0, 1.0);
            let veil = (cloud(ray.x / (rise + 0.25) * 1.4, ray.z / (rise + 0.25) * 1.4, seed) - 0.45).max(0.0) * 1.8;
            let colour = bottom.mix(top, (rise * 1.5).min(1.0)).mix(rgb(0xF4F5F6), veil.min(0.85));
            if let Some(to) = stage.colours.get_mut(index) {
                *to = colour;
            }
        });
    }

    fn every_pixel(&mut self, mut act: impl FnMut(&mut Self, usize, V3)) {
        for y in 0..self.height {
            for x in 0..self.width {
                let ray = self.ray(x, y);
                act(self, (y * self.width + x) as usize, ray);
            }
        }
    }

    fn ray(&self, x: u32, y: u32) -> V3 {
        let across = 2.0 * (x as f32 + 0.5) / self.width as f32 - 1.0;
        let along = 1.0 - 2.0 * (y as f32 + 0.5) / self.height as f32;
        self.ahead + self.right * across + self.up * along
    }

    /// Where a point is seen, in pixels; none behind the camera.
    fn project(&self, point: V3) -> Option<(f32, f32)> {
        let to = point - self.eye;
        let depth = to.dot(self.ahead);
        if depth < 0.05 {
            return None;
        }
        let across = to.dot(self.right) / self.right.dot(self.right) / depth;
        let along = to.dot(self.up) / self.up.dot(self.up) / depth;
        Some(((across + 1.0) * 0.5 * self.width as f32, (1.0 - along) * 0.5 * self.height as f32))
    }

    /// Columns and rows that may show any of `points`.
    fn bounds(&self, points: &[V3]) -> (u32, u32, u32, u32) {
        let mut box_ = (f32::MAX, f32::MAX, 0.0f32, 0.0f32);
        for point in points {
            let Some((x, y)) = self.project(*point) else { return (0, 0, self.width, self.height) };
            box_ = (box_.0.min(x), box_.1.min(y), box_.2.max(x), box_.3.max(y));
        }
        let clip = |at: f32, most: u32| at.clamp(0.0, most as f32) as u32;
        (
            clip(box_.0 - 1.0, self.width),
            clip(box_.1 - 1.0, self.height),
            clip(box_.2 + 2.0, self.width),
            clip(box_.3 + 2.0, self.height),
        )
    }

    /// A flat face with `corner` and two edges; seen from both sides.
    pub(super) fn face(&mut self, corner: V3, along: V3, up: V3, paint: Paint) {
        let mut normal = along.cross(up).unit();
        if normal.dot(self.eye - corner) < 0.0 {
            normal = normal * -1.0;
        }
        let (left, top, right, bottom) = self.bounds(&[corner, corner + along, corner + up, corner + along + up]);
        let (a_len, b_len) = (along.length(), up.length());
        for y in top..bottom {
            for x in left..right {
                let ray = self.ray(x, y);
                let depth = normal.dot(corner - self.eye) / normal.dot(ray);
                let index = (y * self.width + x) as usize;
                if depth.is_nan() || depth <= 0.02 || self.depths.get(index).is_none_or(|seen| depth >= *seen) {
                    continue;
                }
                let point = self.eye + ray * depth;
                let local = point - corner;
                let (a, b) = (local.dot(along) / (a_len * a_len), local.dot(up) / (b_len * b_len));
                if !(0.0..=1.0).contains(&a) || !(0.0..=1.0).contains(&b) {
                    continue;
                }
                if let Some(colour) = paint(a * a_len, b * b_len) {
                    self.put(index, depth, colour.tint(self.light(point, normal)));
                }
            }
        }
    }

    /// A ball, lit like everything else.
    pub(super) fn ball(&mut self, centre: V3, radius: f32, paint: &dyn Fn(V3) -> V3) {
        let side = |bit: u32| if bit == 0 { -radius } else { radius };
        let corners: [V3; 8] = std::array::from_fn(|i| {
            let bits = i as u32;
            centre + v(side(bits & 1), side(bits & 2), side(bits & 4))
        });
        let (left, top, right, bottom) = self.bounds(&corners);
        let to = self.eye - centre;
        for y in top..bottom {
            for x in left..right {
                let ray = self.ray(x, y);
                let (a, b, c) = (ray.dot(ray), ray.dot(to), to.dot(to) - radius * radius);
                let root = b * b - a * c;
                let depth = (-b - root.max(0.0).sqrt()) / a;
                let index = (y * self.width + x) as usize;
                if root < 0.0 || depth < 0.02 || self.depths.get(index).is_none_or(|seen| depth >= *seen) {
                    continue;
                }
                let point = self.eye + ray * depth;
                let normal = (point - centre) * (1.0 / radius);
                self.put(index, depth, paint(normal).tint(self.light(point, normal)));
            }
        }
    }

    /// A block from `low` to `high`, the same paint on every side, throwing a shadow where there is sun.
    pub(super) fn block(&mut self, low: V3, high: V3, paint: Paint) {
        let size = high - low;
        let (x, y, z) = (v(size.x, 0.0, 0.0), v(0.0, size.y, 0.0), v(0.0, 0.0, size.z));
        for (corner, along, up) in
            [(low, x, y), (low + z, x, y), (low, z, y), (low + x, z, y), (low, x, z), (low + y, x, z)]
        {
            self.face(corner, along, up, paint);
        }
    }

    /// Lets the block from `low` to `high` throw a shadow on all that is drawn after this.
    pub(super) fn shade(&mut self, low: V3, high: V3) {
        self.shades.push((low, high));
    }

    fn put(&mut self, index: usize, depth: f32, colour: V3) {
        if let (Some(seen), Some(to)) = (self.depths.get_mut(index), self.colours.get_mut(index)) {
            *seen = depth;
            *to = colour;
        }
    }

    fn light(&self, point: V3, normal: V3) -> V3 {
        let sky = 0.75 + 0.25 * normal.y;
        let mut light = self.ambient * (sky * self.openness(point, normal));
        let facing = normal.dot(self.sun);
        if self.sunlight.x > 0.0 && facing > 0.0 && !self.in_shade(point + normal * 0.01) {
            light = light + self.sunlight * facing;
        }
        for lamp in &self.lamps {
            let to = lamp.at - point;
            let near = 1.0 / (1.0 + to.dot(to) / (lamp.reach * lamp.reach));
            light = light + lamp.colour * (near * (0.3 + 0.7 * normal.dot(to.unit()).max(0.0)));
        }
        light
    }

    fn in_shade(&self, point: V3) -> bool {
        self.shades.iter().any(|(low, high)| {
            let slab = |from: f32, dir: f32, low: f32, high: f32| {
                let (a, b) = ((low - from) / dir, (high - from) / dir);
                (a.min(b), a.max(b))
            };
            let (x0, x1) = slab(point.x, self.sun.x, low.x, high.x);
            let (y0, y1) = slab(point.y, self.sun.y, low.y, high.y);
            let (z0, z1) = slab(point.z, self.sun.z, low.z, high.z);
            let (enter, leave) = (x0.max(y0).max(z0), x1.min(y1).min(z1));
            leave > enter.max(0.001)
        })
    }

    /// Corners are darker: less sky reaches a floor beside a block.
    fn openness(&self, point: V3, normal: V3) -> f32 {
        if normal.y < 0.5 {
            return 1.0;
        }
        self.shades.iter().fold(1.0, |open: f32, (low, high)| {
            let away = |p: f32, low: f32, high: f32| (low - p).max(p - high).max(0.0);
            let (dx, dz) = (away(point.x, low.x, high.x), away(point.z, low.z, high.z));
            let distance = (dx * dx + dz * dz).sqrt();
            let above = low.y - point.y;
            if point.y > low.y + 0.05 || above > 0.6 { open } else { open * (0.55 + 0.45 * (distance / 0.35).min(1.0)) }
        })
    }

    /// What the camera makes of it: tone, tint, darker corners, noise.
    pub(super) fn develop(self, seed: u64) -> Rgb {
        let mut dice = Dice::new(seed ^ 0x6361_6d65_7261);
        let tint = v(dice.range(0.96, 1.05), 1.0, dice.range(0.95, 1.06));
        let exposure = dice.range(1.15, 1.4);
        let grain = if self.lamps.is_empty() { 0.02 } else { 0.045 };
        let mut pixels = Vec::with_capacity(self.colours.len() * 3);
        for (index, colour) in self.colours.iter().enumerate() {
            let (x, y) = (index as u32 % self.width, index as u32 / self.width);
            let across = x as f32 / self.width as f32 - 0.5;
            let along = y as f32 / self.height as f32 - 0.5;
            let corner = 1.0 - 0.55 * (across * across + along * along);
            let noise =
                (lattice(x as i32 / 2, y as i32 / 2, seed) + lattice(x as i32, y as i32, seed ^ 5) - 1.0) * grain;
            let lit = colour.tint(tint) * (exposure * corner);
            for part in [lit.x, lit.y, lit.z] {
                pixels.push((255.0 * (film(part) + noise)).clamp(0.0, 255.0) as u8);
            }
        }
        Rgb { width: self.width, height: self.height, pixels }
    }
}

/// Bright parts are rolled off instead of cut.
fn film(light: f32) -> f32 {
    let light = light.max(0.0);
    if light < 0.7 { light } else { 0.7 + 0.3 * (1.0 - (-(light - 0.7) / 0.3).exp()) }
}
