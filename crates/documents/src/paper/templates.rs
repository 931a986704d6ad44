//! The layouts this version ships, read from `assets/papers/`.

use std::sync::LazyLock;

use serde_json::Value;

macro_rules! asset {
    ($name:literal) => {
        include_str!(concat!("../../../../assets/papers/", $name))
    };
}

/// What every layout imports.
pub(super) const SHARED: &str = asset!("layout.typ");

/// Code and version of each layout. An issued paper keeps its version, so an old one stays when a new one is added.
const LAYOUTS: &[(&str, u32, &str)] = &[
    ("F02", 1, asset!("F02.typ")),
    ("F03", 1, asset!("F03.typ")),
    ("F05", 1, asset!("F05.typ")),
    ("F08", 1, asset!("F08.typ")),
    ("F09", 1, asset!("F09.typ")),
    ("F10", 1, asset!("F10.typ")),
    ("F11", 1, asset!("F11.typ")),
    ("F22", 1, asset!("F22.typ")),
    ("F23", 1, asset!("F23.typ")),
    ("F30", 1, asset!("F30.typ")),
    ("F32", 1, asset!("F32.typ")),
    ("G04", 1, asset!("G04.typ")),
    ("G16", 1, asset!("G16.typ")),
    ("G17", 1, asset!("G17.typ")),
];

static FORMS: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(asset!("templates.json")).unwrap_or_default());

/// The layout's source and its entry in `templates.json`.
pub(super) fn find(code: &str, version: u32) -> Option<(&'static str, &'static Value)> {
    let (_, _, source) = LAYOUTS.iter().find(|(c, v, _)| *c == code && *v == version)?;
    let entry = |form: &&Value| form.get("code").and_then(Value::as_str) == Some(code);
    Some((source, FORMS.iter().find(entry)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_a_layout_and_every_layout_a_template() {
        let ours: Vec<&str> = LAYOUTS.iter().map(|(code, _, _)| *code).collect();
        let listed: Vec<&str> = FORMS.iter().filter_map(|f| f.get("code")?.as_str()).collect();
        assert_eq!(ours, listed);
        assert!(find("F09", 2).is_none());
    }
}
