//! Where a case stands this morning, and who may have brought it there.

use super::DemoUser;
use super::dice::Dice;
use crate::permission::Scopes;

/// Where a case stands this morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fate {
    Waiting,
    Difficult,
    Returned,
    Overdue,
    DueToday,
    DueThisWeek,
    DueLater,
    /// An illegal structure, filed and given to nobody yet.
    Filed,
    Handled,
    Checking,
    Suspended,
    Refused,
    #[default]
    Closed,
    Archived,
    Rejected,
    Transferred,
    Void,
}

impl Fate {
    pub fn is_due(self) -> bool {
        matches!(self, Self::Overdue | Self::DueToday | Self::DueThisWeek | Self::DueLater | Self::Filed)
    }

    /// How long ago it was found, least and most.
    pub fn age_days(self) -> (u64, u64) {
        match self {
            Self::Waiting | Self::Difficult => (1, 6),
            Self::Returned => (2, 9),
            Self::Overdue => (14, 30),
            Self::DueToday | Self::DueThisWeek | Self::DueLater | Self::Filed => (4, 14),
            Self::Handled | Self::Checking | Self::Suspended | Self::Refused => (6, 20),
            _ => (30, 364),
        }
    }
}

/// Who does what.
pub(super) struct People<'a> {
    users: &'a [DemoUser],
}

impl<'a> People<'a> {
    pub fn new(users: &'a [DemoUser]) -> Self {
        Self { users }
    }

    /// One of those whose name begins so and who work there.
    pub fn one(&self, stem: &str, scope: &str, dice: &mut Dice) -> String {
        let fits = |u: &&DemoUser| u.id.starts_with(stem) && Scopes::from(&u.defined.scopes).has(scope);
        let all: Vec<String> = self.users.iter().filter(fits).map(|u| u.id.clone()).collect();
        dice.pick(&all)
    }

    /// Somebody of this department.
    pub fn of_unit(&self, unit: &str, dice: &mut Dice) -> String {
        let all: Vec<String> = self.users.iter().filter(|u| u.defined.unit == unit).map(|u| u.id.clone()).collect();
        dice.pick(&all)
    }

    /// Who enters a case of this source: the inspector of the round, the office for the hotline, …
    pub fn reporter(&self, source: &str, scope: &str, dice: &mut Dice) -> String {
        let stem = match source {
            "patrol" => "inspector",
            "committee" | "property" => source,
            _ => "reviewer",
        };
        self.one(stem, scope, dice)
    }
}
