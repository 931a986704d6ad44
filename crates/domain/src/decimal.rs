//! Exact decimals. Areas and money are compared digit by digit; a float never decides a legal limit.

use std::cmp::Ordering;

/// A non-negative decimal: `units` in steps of 10^-`scale`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    units: u64,
    scale: u32,
}

impl Decimal {
    /// Digits with at most one point, half- or full-width: `12`, `12.50`, `１２．５`. None for anything else,
    /// for a sign, and for more than 15 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.trim().chars().map(narrow).collect();
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = format!("{whole}{part}");
        let sound = !whole.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit());
        if !sound || (plain.contains('.') && part.is_empty()) {
            return None;
        }
        Some(Self { units: digits.parse().ok()?, scale: u32::try_from(part.len()).ok()? })
    }

    #[must_use]
    pub fn whole(value: u64) -> Self {
        Self { units: value, scale: 0 }
    }

    /// Digits that matter after the point.
    #[must_use]
    pub fn digits(self) -> u32 {
        let (mut units, mut scale) = (self.units, self.scale);
        while scale > 0 && units.is_multiple_of(10) {
            units /= 10;
            scale -= 1;
        }
        scale
    }

    /// Written with exactly `scale` digits, the rest cut off: 4.999 at two digits is `4.99`, so that a value
    /// under a limit never looks as if it met it.
    #[must_use]
    pub fn text(self, scale: u32) -> String {
        let units = at_scale(u128::from(self.units), self.scale, scale);
        let whole = units / pow10(scale);
        if scale == 0 {
            return whole.to_string();
        }
        format!("{whole}.{:0width$}", units % pow10(scale), width = scale as usize)
    }

    /// `self / by`, cut off after `scale` digits, as text. None when dividing by nothing.
    #[must_use]
    pub fn per(self, by: u64, scale: u32) -> Option<String> {
        let units = at_scale(u128::from(self.units), self.scale, scale + 6).checked_div(u128::from(by))?;
        let cut = units / pow10(6);
        Some(format!("{}.{:0width$}", cut / pow10(scale), cut % pow10(scale), width = scale as usize))
    }

    /// `self - other`, exact; none below nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let of = |d: Self| at_scale(u128::from(d.units), d.scale, scale);
        let units = of(self).checked_sub(of(other))?;
        Some(Self { units: u64::try_from(units).ok()?, scale })
    }

    /// `self * by`, exact.
    #[must_use]
    pub fn times(self, by: u64) -> Option<Self> {
        Some(Self { units: self.units.checked_mul(by)?, scale: self.scale })
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        at_scale(u128::from(self.units), self.scale, scale).cmp(&at_scale(u128::from(other.units), other.scale, scale))
    }
}

fn at_scale(units: u128, from: u32, to: u32) -> u128 {
    if to >= from { units * pow10(to - from) } else { units / pow10(from - to) }
}

fn pow10(n: u32) -> u128 {
    10u128.saturating_pow(n.min(30))
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn reads_and_writes() {
        assert_eq!(d("12.5").text(2), "12.50");
        assert_eq!(d("１２．５").text(2), "12.50");
        assert_eq!(d("4.999").text(2), "4.99");
        assert_eq!(d("007").text(0), "7");
        assert_eq!(d("12.50").digits(), 1);
        for bad in ["", "-1", "1.", ".5", "1e3", "1,5", "1.2.3", "1234567890123456", "一"] {
            assert!(Decimal::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn compares_exactly() {
        assert_eq!(d("5"), d("5.00"));
        assert!(d("4.99") < d("5"));
        assert!(d("5.01") > d("5.0"));
        assert_eq!(d("15").per(3, 2).unwrap(), "5.00");
        assert_eq!(d("14.99").per(3, 2).unwrap(), "4.99");
        assert_eq!(d("10").per(3, 2).unwrap(), "3.33");
        assert!(d("10").per(0, 2).is_none());
        assert_eq!(d("2.50").times(4).unwrap(), d("10"));
    }
}
