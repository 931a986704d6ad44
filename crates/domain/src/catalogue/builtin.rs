//! The catalogue this version ships, read from `assets/catalogue/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{
    CaseType, Catalogue, Category, Choice, Department, Label, LegalBasis, Outcome, Phrase, Reason, Route, Tile,
};

macro_rules! asset {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../assets/catalogue/", $name)))
    };
}

const WORDS: (&str, &str) = asset!("words.json");
const CATEGORIES: (&str, &str) = asset!("categories.json");
const TYPES: (&str, &str) = asset!("types.json");
const DEPARTMENTS: (&str, &str) = asset!("departments.json");
const ROUTES: (&str, &str) = asset!("routing.json");
const LEGAL_BASIS: (&str, &str) = asset!("legal-basis.json");
const REASONS: (&str, &str) = asset!("reasons.json");
const PHRASES: (&str, &str) = asset!("phrases.json");

static STANDARD: LazyLock<Catalogue> = LazyLock::new(|| builtin().unwrap_or_default());

#[derive(Deserialize)]
struct Words {
    version: String,
    tiles: Vec<Tile>,
    states: BTreeMap<String, Label>,
    sources: Vec<Choice>,
    severities: Vec<Choice>,
    outcomes: Vec<Outcome>,
}

/// A catalogue file does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueError {
    /// File name in `assets/catalogue/`.
    pub file: &'static str,
    pub cause: String,
}

impl std::fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "catalogue {}: {}", self.file, self.cause)
    }
}

impl std::error::Error for CatalogueError {}

/// Reads the shipped catalogue.
///
/// # Errors
/// A file that is not of this version's shape.
pub fn builtin() -> Result<Catalogue, CatalogueError> {
    let words: Words = read(WORDS)?;
    Ok(Catalogue {
        version: words.version,
        tiles: words.tiles,
        categories: read::<Vec<Category>>(CATEGORIES)?,
        types: read::<Vec<CaseType>>(TYPES)?,
        departments: read::<Vec<Department>>(DEPARTMENTS)?,
        routes: read::<Vec<Route>>(ROUTES)?,
        legal_basis: read::<Vec<LegalBasis>>(LEGAL_BASIS)?,
        reasons: read::<Vec<Reason>>(REASONS)?,
        phrases: read::<Vec<Phrase>>(PHRASES)?,
        states: words.states,
        sources: words.sources,
        severities: words.severities,
        outcomes: words.outcomes,
    })
}

/// [`builtin`], read once; the rules of filing lean on it on laptop and server alike.
#[must_use]
pub fn standard() -> &'static Catalogue {
    &STANDARD
}

fn read<T: DeserializeOwned>((file, text): (&'static str, &str)) -> Result<T, CatalogueError> {
    serde_json::from_str(text).map_err(|e| CatalogueError { file, cause: e.to_string() })
}
