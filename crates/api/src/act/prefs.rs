//! How the screens look, kept per person.

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::app::PrefsView;
use crate::{Api, Caller};

/// # Errors
/// `Invalid` for a language, theme or size there is not.
pub fn set(api: &Api, caller: &Caller, prefs: PrefsView) -> Result<PrefsView, ApiError> {
    let wrong = |field: &str| Err(ApiError::new(ErrorCode::Invalid).at(field).with("problem", "unknown_choice"));
    if !["zh-Hans", "zh-Hant", "en"].contains(&prefs.language.as_str()) {
        return wrong("language");
    }
    if !["light", "dark", "sun"].contains(&prefs.theme.as_str()) {
        return wrong("theme");
    }
    if ![100, 115, 130, 150].contains(&prefs.text_scale) {
        return wrong("text_scale");
    }
    let text = serde_json::to_string(&prefs).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    let changed = api.store().set_setting(&caller.user, "prefs", &text).refused()?;
    api.changed(&changed);
    Ok(prefs)
}
