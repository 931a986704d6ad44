//! A sample town (domain.md §10): invented lanes, people and cases, the same for the same size and seed.
//! Nothing here is of any real place or person.
//!
//! Three sizes; the users the manuals name (`inspector1`, `reviewer1`, `officer1`, `leader1`, `admin1`); and in
//! every size 东湖花园, 明珠苑, 新村一居, 阳光里, 翠苑.
mod cases;
mod companies;
mod dice;
mod edges;
mod facts;
mod fate;
mod names;
mod people;
mod places;
mod story;

use chrono::NaiveDate;

use crate::case::decide::ActInput;
use crate::case::draft::DraftContent;
use crate::catalogue::FieldValue;
use crate::permission::Role;
use crate::{company, compound, user};

/// Towns of domain.md §10.2, with fewer cases: enough for every screen to have something on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    S,
    M,
    L,
}

impl Size {
    /// `S`, `M` or `L`, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_uppercase().as_str() {
            "S" => Some(Self::S),
            "M" => Some(Self::M),
            "L" => Some(Self::L),
            _ => None,
        }
    }

    fn pick<T>(self, s: T, m: T, l: T) -> T {
        match self {
            Self::S => s,
            Self::M => m,
            Self::L => l,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct DemoTown {
    pub name: String,
    /// Stands before every case number: `SL-2026-WJ-000001`.
    pub code: String,
    pub users: Vec<DemoUser>,
    pub compounds: Vec<DemoCompound>,
    pub companies: Vec<DemoCompany>,
    /// By time of finding.
    pub cases: Vec<DemoCase>,
}

/// An account; its id is its sign-in name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoUser {
    pub id: String,
    pub defined: user::Defined,
}

impl DemoUser {
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        crate::permission::roles_from_codes(&self.defined.roles)
    }
}

/// A compound; its id is its scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DemoCompound {
    pub id: String,
    pub defined: compound::Defined,
}

/// A property company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoCompany {
    pub id: String,
    pub defined: company::Defined,
}

/// A case and everything that happened to it, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoCase {
    /// UUID.
    pub id: String,
    pub author: String,
    pub source: String,
    pub wall_ms: i64,
    /// Without photos: they have no hashes before they are drawn. Fill `photos` from [`DemoCase::photos`].
    pub draft: DraftContent,
    pub photos: Vec<DemoPhoto>,
    pub steps: Vec<DemoStep>,
}

/// A picture to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPhoto {
    pub slot: String,
    /// `facade`, `balcony`, `shed`, `corridor`, `room`, `stall`, `plate:8`
    pub scene: String,
    pub seed: u64,
}

/// One later event of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoStep {
    pub author: String,
    pub wall_ms: i64,
    pub what: DemoWhat,
    /// Come with the step; their blobs go into the request's `photos`.
    pub photos: Vec<DemoPhoto>,
    /// Made without having seen the step before: its parents are those of that step.
    pub beside: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DemoWhat {
    Act(Box<ActInput>),
    Note(String),
    Edit { field: String, value: FieldValue },
}

/// The town as it stands on the morning of `today` (local date in Shanghai).
#[must_use]
pub fn town(size: Size, seed: u64, today: NaiveDate) -> DemoTown {
    let mut dice = dice::Dice::new(seed);
    let mut compounds = places::all(size, &mut dice);
    let users = people::all(size, &compounds, &mut dice);
    let cases = cases::all(size, today, &compounds, &users, &mut dice);
    // From dice of their own: what a seed meant before there were companies, it still means.
    let companies = companies::all(size, &mut compounds, &users, &mut dice::Dice::new(seed ^ 0xC0));
    DemoTown { name: "示例镇".into(), code: "SL".into(), users, compounds, companies, cases }
}
