//! The case's QR code as lines, so it prints sharp at any size.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use super::PaperError;

/// The white border a reader needs, in modules (ISO/IEC 18004: four; three are enough on white paper).
const BORDER: usize = 3;

/// An SVG of the code of `text`.
pub(super) fn svg(text: &str) -> Result<String, PaperError> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|e| PaperError::Qr { cause: e.to_string() })?;
    let width = code.width();
    let side = width + 2 * BORDER;
    let mut path = String::new();
    for (i, colour) in code.to_colors().iter().enumerate() {
        if *colour == Color::Dark {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", i % width + BORDER, i / width + BORDER);
        }
    }
    Ok(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path d="{path}"/></svg>"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_and_a_text_too_long_is_refused() {
        let drawn = svg("xunju:case/310114-2026-WJ-000001").unwrap_or_default();
        assert!(drawn.contains("viewBox") && drawn.matches("h1v1h-1z").count() > 100);
        assert!(matches!(svg(&"x".repeat(4_000)), Err(PaperError::Qr { .. })));
    }
}
