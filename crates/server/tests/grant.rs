//! Whose word a grant is: the server's own, whatever else lies in the log.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod town;

use serde_json::json;
use town::{Plain, Town, accepted, only, recorded};
use xunju_domain::permission::Role;

fn defined(user: &str, data: serde_json::Value) -> Plain {
    Plain::new("user.defined", &format!("user:{user}"), "town", data)
}

#[test]
fn a_grant_somebody_wrote_for_himself_opens_nothing() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, only("cmp-1"));
    let mut laptop = town.laptop("inspector1", 1);
    let own = json!({ "name": "inspector1", "roles": ["R-INS"], "scopes": ["cmp-1", "cmp-9"], "active": true });
    accepted(&laptop.push(&town.journal, vec![defined("inspector1", own)]));
    // The administrator says the true one again: to the server the written one would have been a grant that ended.
    town.user("inspector1", Role::Ins, only("cmp-1"));
    accepted(&laptop.push(&town.journal, vec![recorded("taken", "cmp-9")]));
    let aside =
        town.texts("SELECT l.record FROM quarantine q JOIN log l USING(seq) WHERE q.reason <> 'ruling' ORDER BY seq");
    assert_eq!(aside, ["user:inspector1", "case:taken"]);
}

#[test]
fn a_grant_that_does_not_read_stops_nobody() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, only("cmp-1"));
    town.user("inspector2", Role::Ins, only("cmp-1"));
    let (mut one, mut two) = (town.laptop("inspector1", 1), town.laptop("inspector2", 2));
    accepted(&one.push(&town.journal, vec![defined("inspector2", json!({ "roles": 5 }))]));
    accepted(&two.push(&town.journal, vec![recorded("astray", "cmp-2"), recorded("mine", "cmp-1")]));
}
