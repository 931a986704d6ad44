//! The shipped catalogue: complete, in three languages, and every reference resolves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use xunju_domain::case::lifecycle::{STATES, TABLE};
use xunju_domain::catalogue::{Catalogue, FieldKind, Label, builtin};
use xunju_domain::deadline::is_offered;

/// domain.md §2.2.
const CODES: &[(&str, &str)] = &[
    ("WJ", "TJ TY LT YT WD GD DL CD WK CC PF WQ LJ NC QT"),
    ("QZ", "JS FG CW FJ MJ RS JZ"),
    ("JG", "SD BG CY LG JY YL YM CF CK FJ WZ QT"),
    ("CZ", "QT LZ LB MC YT JC"),
    ("WM", "LM KM KC YT FC KT ZP"),
    ("GB", "ZD GJ SS LD CW JY"),
    ("LS", "SB DW XG HS LJ"),
    ("XF", "TD FX DC WX"),
    ("ZA", "YH BA CZ ZS"),
    ("CW", "WZ XL RM QS"),
    ("ZX", "WG SJ QT"),
    ("WY", "BJ ZX LH WX SF ZJ YJ QZ"),
    ("YW", "HY GS HJ YZ ZG"),
];

fn catalogue() -> Catalogue {
    builtin().expect("the shipped catalogue reads")
}

#[test]
fn every_code_of_the_taxonomy_is_there_and_no_other() {
    let expected: BTreeSet<String> =
        CODES.iter().flat_map(|(c, subs)| subs.split(' ').map(move |s| format!("{c}-{s}"))).collect();
    let catalogue = catalogue();
    let found: BTreeSet<String> = catalogue.types.iter().map(|t| t.code.clone()).collect();
    assert_eq!(found, expected);
    assert_eq!(found.len(), catalogue.types.len(), "a code stands twice");
    for t in &catalogue.types {
        assert!(t.code.starts_with(&format!("{}-", t.category)), "{}", t.code);
    }
}

/// Every label with a word for where it stands.
fn labels(catalogue: &Catalogue) -> Vec<(String, &Label)> {
    let mut all: Vec<(String, &Label)> = Vec::new();
    for c in &catalogue.categories {
        all.push((c.code.clone(), &c.label));
        all.push((format!("{} deadline", c.code), &c.deadline.label));
        all.extend(c.slots.iter().map(|s| (format!("{} {}", c.code, s.key), &s.label)));
        for f in &c.fields {
            all.push((format!("{} {}", c.code, f.key), &f.label));
            all.extend(f.choices.iter().map(|x| (format!("{} {} {}", c.code, f.key, x.value), &x.label)));
        }
    }
    for t in &catalogue.types {
        all.push((t.code.clone(), &t.label));
        all.extend(t.deadline.iter().map(|d| (format!("{} deadline", t.code), &d.label)));
    }
    all.extend(catalogue.departments.iter().map(|d| (d.id.clone(), &d.label)));
    all.extend(catalogue.reasons.iter().flat_map(|r| [(r.code.clone(), &r.label), (r.code.clone(), &r.template)]));
    all.extend(catalogue.phrases.iter().map(|p| (p.category.clone(), &p.label)));
    all.extend(catalogue.tiles.iter().map(|t| (t.code.clone(), &t.label)));
    all.extend(catalogue.states.iter().map(|(s, l)| (s.clone(), l)));
    all.extend(catalogue.sources.iter().chain(&catalogue.severities).map(|c| (c.value.clone(), &c.label)));
    all
}

#[test]
fn every_label_is_filled_in_three_languages() {
    let catalogue = catalogue();
    for (at, label) in labels(&catalogue) {
        for text in [&label.zh_hans, &label.zh_hant, &label.en] {
            assert!(!text.trim().is_empty(), "{at}: {label:?}");
        }
        assert!(!label.en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{at}: {}", label.en);
    }
}

#[test]
fn traditional_labels_carry_no_simplified_glyph() {
    let glossary = include_str!("data/glossary.tsv");
    let rows: Vec<Vec<&str>> = glossary.lines().map(|l| l.split('\t').collect()).collect();
    assert!(rows.len() > 170, "glossary rows: {}", rows.len());
    let kept: BTreeSet<char> = rows.iter().flat_map(|r| r[1].chars()).collect();
    let mut simplified: BTreeSet<char> = BTreeSet::new();
    for row in &rows {
        let (hans, hant): (Vec<char>, Vec<char>) = (row[0].chars().collect(), row[1].chars().collect());
        if hans.len() == hant.len() {
            simplified.extend(hans.iter().zip(&hant).filter(|(s, t)| s != t).map(|(s, _)| *s));
        }
    }
    simplified.retain(|c| !kept.contains(c));
    assert!(simplified.len() > 120, "distinguishing glyphs: {}", simplified.len());
    let catalogue = catalogue();
    for (at, label) in labels(&catalogue) {
        let found: Vec<char> = label.zh_hant.chars().filter(|c| simplified.contains(c)).collect();
        assert!(found.is_empty(), "{at}: {} has {found:?}", label.zh_hant);
    }
}

#[test]
fn every_reference_resolves() {
    let cat = catalogue();
    let departments: BTreeSet<&str> = cat.departments.iter().map(|d| d.id.as_str()).collect();
    let bases: BTreeSet<&str> = cat.legal_basis.iter().map(|b| b.id.as_str()).collect();
    for c in &cat.categories {
        let keys: BTreeSet<&str> = c.fields.iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys.len(), c.fields.len(), "{}: a field stands twice", c.code);
        assert!(!c.legal_basis.is_empty(), "{}", c.code);
        for f in c.fields.iter().filter_map(|f| f.at_most.as_deref()) {
            assert!(keys.contains(f), "{}: {f}", c.code);
        }
        assert!(c.legal_basis.iter().all(|b| bases.contains(b.as_str())), "{}", c.code);
        for shown in c.fields.iter().filter_map(|f| f.shown_if.as_ref()) {
            let known = keys.contains(shown.field.as_str()) || ["stage", "in_progress"].contains(&shown.field.as_str());
            assert!(known, "{}: {}", c.code, shown.field);
        }
        for f in &c.fields {
            let chosen = matches!(f.kind, FieldKind::OneOf | FieldKind::ManyOf);
            // What is computed may have words for its outcomes.
            let worded = chosen || f.kind == FieldKind::Computed;
            assert!(worded || f.choices.is_empty(), "{} {}", c.code, f.key);
            assert!(!chosen || !f.choices.is_empty(), "{} {}", c.code, f.key);
        }
        assert!(c.slots.iter().any(|s| s.expected) && c.slots.iter().any(|s| s.key == "after"), "{}", c.code);
    }
    for t in &cat.types {
        assert!(cat.category(&t.category).is_some(), "{}", t.code);
        assert!(cat.route(&t.code, "2026-11-24").is_some_and(|r| !r.lead.is_empty()), "{}", t.code);
        assert!(
            !cat.basis(&t.code).is_empty() && cat.basis(&t.code).iter().all(|b| bases.contains(b.as_str())),
            "{}",
            t.code
        );
        let rule = cat.deadline(&t.code).unwrap();
        assert!(is_offered(&rule.rule, &rule.unit, rule.n), "{}: {rule:?}", t.code);
        assert!(cat.severities.iter().any(|s| s.value == cat.severity(&t.code)), "{}", t.code);
    }
    for route in &cat.routes {
        let all = route.lead.iter().chain(&route.assisting);
        assert!(all.clone().all(|d| departments.contains(d.as_str())), "{}", route.code);
        assert!(cat.category(&route.code).is_some() || cat.case_type(&route.code).is_some(), "{}", route.code);
    }
    let actions: BTreeSet<&str> = TABLE.iter().map(|t| t.action).collect();
    for r in &cat.reasons {
        assert!(actions.contains(r.action.as_str()), "{}", r.code);
    }
    for p in &cat.phrases {
        assert!(cat.category(&p.category).is_some(), "{}", p.category);
    }
    assert_eq!(cat.tiles.len(), 8);
    for tile in cat.tiles.iter().take(7) {
        assert!(cat.category(&tile.code).is_some() || cat.case_type(&tile.code).is_some(), "{}", tile.code);
    }
}

#[test]
fn every_action_that_needs_a_reason_has_some_to_choose_from() {
    let cat = catalogue();
    for t in TABLE.iter().filter(|t| t.needs_reason()) {
        assert!(cat.reasons.iter().any(|r| r.action == t.action), "{}", t.action);
    }
    assert!(cat.reasons.iter().any(|r| r.action == "return" && r.names_slot));
}

#[test]
fn every_state_has_a_name() {
    let cat = catalogue();
    let named: BTreeSet<&str> = cat.states.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = STATES.iter().map(|(_, code)| *code).collect();
    assert_eq!(named, known);
}

#[test]
fn every_date_is_one() {
    let cat = catalogue();
    let rules = cat.categories.iter().map(|c| &c.deadline).chain(cat.types.iter().filter_map(|t| t.deadline.as_ref()));
    let dated = cat.departments.iter().map(|d| (&d.id, &d.effective_from, &d.effective_to));
    let dated = dated.chain(cat.legal_basis.iter().map(|b| (&b.id, &b.effective_from, &b.effective_to)));
    for (id, from, to) in dated.chain(rules.map(|r| (&r.id, &r.effective_from, &r.effective_to))) {
        let from = NaiveDate::parse_from_str(from, "%Y-%m-%d").unwrap_or_else(|e| panic!("{id}: {e}"));
        if let Some(to) = to {
            assert!(NaiveDate::parse_from_str(to, "%Y-%m-%d").unwrap() > from, "{id}");
        }
    }
    for b in &cat.legal_basis {
        assert!(["V", "S", "K", "unverified"].contains(&b.confidence.as_str()), "{}", b.id);
    }
}

#[test]
fn the_department_is_that_of_the_day_under_the_name_of_the_day() {
    let cat = catalogue();
    let lead = |code: &str, on: &str| cat.route(code, on).map(|r| r.lead.clone()).unwrap_or_default();
    assert_eq!(lead("JG-SD", "2010-01-01"), ["housing"]);
    assert_eq!(lead("JG-SD", "2026-11-24"), ["housing_town"]);
    assert_eq!(lead("JG-WZ", "2026-11-24"), ["market"], "a code's own route before its category's");
    assert!(cat.route("WJ-TJ", "2001-01-01").is_none(), "before the joint management there was no route");
    assert!(cat.route("WM-KC", "2026-11-24").and_then(|r| r.conflict.as_ref()).is_some(), "two texts disagree");
    let market = cat.department_called("工商所").unwrap();
    assert_eq!(market.label.zh_hans, "市场监督管理所");
    assert!(cat.department("market", "2010-01-01").is_none() && cat.department("market", "2026-11-24").is_some());
}
