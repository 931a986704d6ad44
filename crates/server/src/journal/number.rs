//! Case numbers: gap-free per category and year, given out in the transaction that accepts the case.

use super::{Tx, town};
use crate::error::{Result, ServerError};

/// What a category begins above.
const FLOOR: &str = "case_floor";

/// `XJ-2026-WJ-000001`.
///
/// # Errors
/// `Sql`.
pub fn next(tx: &Tx<'_>, category: &str) -> Result<String> {
    let (year, _, _) = date_in_shanghai(tx.clock.now_ms());
    let sql = "INSERT INTO case_number(category, year, last) VALUES (?1, ?2, 1 + ?3)
               ON CONFLICT(category, year) DO UPDATE SET last = last + 1 RETURNING last";
    let floor = town::floor(tx.conn, FLOOR, year)?;
    let number: u64 = tx
        .conn
        .prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_row((category, year, floor), |row| row.get(0)))
        .map_err(ServerError::sql("give case number"))?;
    Ok(format!("{}-{year}-{category}-{number:06}", town::read(tx.conn)?.code))
}

/// A number that was given out already comes no second time.
///
/// # Errors
/// `Sql`.
pub fn given(tx: &Tx<'_>, number: &str) -> Result<()> {
    let mut parts = number.rsplit('-');
    let (last, category, year) = (parts.next(), parts.next(), parts.next());
    let Some(((last, category), year)) = last.zip(category).zip(year) else { return Ok(()) };
    let (Ok(last), Ok(year)) = (last.parse::<u64>(), year.parse::<i64>()) else { return Ok(()) };
    let sql = "INSERT INTO case_number(category, year, last) VALUES (?1, ?2, ?3)
               ON CONFLICT(category, year) DO UPDATE SET last = max(last, excluded.last)";
    tx.conn.execute(sql, (category, year, last)).map(drop).map_err(ServerError::sql("note case number"))
}

/// Leaves a gap in every category, also one that begins later this year: numbers that may have been given out and that
/// nobody brought back.
///
/// # Errors
/// `Sql`.
pub fn leave_out(tx: &Tx<'_>, numbers: u64) -> Result<()> {
    tx.conn
        .execute("UPDATE case_number SET last = last + ?1", [numbers])
        .map_err(ServerError::sql("leave case numbers out"))?;
    town::raise_floor(tx.conn, FLOOR, date_in_shanghai(tx.clock.now_ms()).0, numbers)
}

/// Year, month and day at UTC+8; Shanghai has had no summer time since 1991.
#[must_use]
pub fn date_in_shanghai(now_ms: i64) -> (i64, u32, u32) {
    let days = (now_ms + 8 * 3_600_000).div_euclid(86_400_000);
    // Civil-from-days (Hinnant, chrono-compatible low-level date algorithms): years begin in March.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let day = doy - (153 * mp + 2) / 5 + 1;
    let small = |n: i64| u32::try_from(n).unwrap_or(0);
    (yoe + era * 400 + i64::from(month <= 2), small(month), small(day))
}

#[cfg(test)]
mod tests {
    use super::date_in_shanghai;

    #[test]
    fn the_day_turns_at_shanghai_midnight() {
        let new_year_2027_utc = 1_798_761_600_000;
        assert_eq!(date_in_shanghai(new_year_2027_utc - 8 * 3_600_000 - 1), (2026, 12, 31));
        assert_eq!(date_in_shanghai(new_year_2027_utc - 8 * 3_600_000), (2027, 1, 1));
        assert_eq!(date_in_shanghai(1_709_164_800_000), (2024, 2, 29));
        assert_eq!(date_in_shanghai(0), (1970, 1, 1));
    }
}
