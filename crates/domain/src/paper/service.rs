//! 送达: which facts each way of serving asks for, and the day a paper counts as served (domain.md §5.4; 民事诉讼法
//! 87-95, 行政处罚法 61).

use chrono::{NaiveDate, NaiveDateTime};

use super::form::{is_date, text};
use super::payload::{Issued, Served, Service};
use super::terms::{Terms, limit_behind};
use crate::case::draft::FieldProblem;
use crate::case::payload::DeadlineFact;
use crate::catalogue::{DeadlineChoice, Label};
use crate::deadline::{self, Calendar, limit};

/// A way of serving and what is asked for it. In the order of the law: notice is the last resort.
pub struct Mode {
    pub name: &'static str,
    pub needs: &'static [&'static str],
}

pub const MODES: &[Mode] = &[
    Mode { name: "direct", needs: &["receiver", "relation"] },
    Mode { name: "left", needs: &["refusal"] },
    Mode { name: "post", needs: &["tracking"] },
    Mode { name: "electronic", needs: &["electronic_address", "consent"] },
    Mode { name: "entrusted", needs: &["through", "receiver"] },
    Mode { name: "forwarded", needs: &["through", "receiver"] },
    Mode { name: "notice", needs: &["notice_medium", "notice_reason"] },
];

/// What the receiver may be to the recipient (民事诉讼法 88).
pub const RELATIONS: &[&str] = &["self", "family", "legal_representative", "responsible", "mailroom", "agent"];

const CHARS_MAX: usize = 500;

fn field<'a>(service: &'a Service, name: &str) -> &'a str {
    match name {
        "receiver" => &service.receiver,
        "relation" => &service.relation,
        "refusal" => &service.refusal,
        "tracking" => &service.tracking,
        "electronic_address" => &service.electronic_address,
        "consent" => &service.consent,
        "through" => &service.through,
        "notice_medium" => &service.notice_medium,
        "notice_reason" => &service.notice_reason,
        _ => "",
    }
}

/// Everything missing or wrong. `photos` is how many come with it; `issued_on` the day of the paper.
#[must_use]
pub fn problems(service: &Service, terms: &Terms, issued_on: &str, photos: usize) -> Vec<FieldProblem> {
    let Some(mode) = MODES.iter().find(|m| m.name == service.mode) else {
        let code = if service.mode.is_empty() { "required" } else { "unknown_choice" };
        return vec![FieldProblem::new("mode", code)];
    };
    let mut found = Vec::new();
    let mut wants = |met: bool, name: &str, code: &str| {
        if !met {
            found.push(FieldProblem::new(name, code));
        }
    };
    for name in ["place"].iter().filter(|_| mode.name != "notice").chain(mode.needs) {
        let text = if *name == "place" { &service.place } else { field(service, name) };
        wants(!text.trim().is_empty(), name, "required");
        wants(text.chars().count() <= CHARS_MAX, name, "too_long");
    }
    wants(is_date(&service.on), "on", if service.on.is_empty() { "required" } else { "not_a_date" });
    wants(!is_date(&service.on) || service.on.as_str() >= issued_on, "on", "before_issue");
    if mode.name == "direct" && !service.relation.is_empty() {
        wants(RELATIONS.contains(&service.relation.as_str()), "relation", "unknown_choice");
    }
    // Left at the door: a witness, or the whole recorded in pictures (民事诉讼法 89).
    if mode.name == "left" {
        let witnessed = !service.witness.trim().is_empty() && !service.witness_place.trim().is_empty();
        wants(witnessed || photos > 0, "witness", "witness_or_photos");
    }
    if mode.name == "notice" {
        wants(terms.notice.contains(&notice_limit(service, terms)), "notice_limit", "unknown_choice");
    }
    let names: std::collections::BTreeSet<&str> =
        service.servers.iter().map(|s| s.name.trim()).filter(|n| !n.is_empty()).collect();
    wants(names.len() >= terms.servers, "servers", if terms.servers > 1 { "two_people" } else { "required" });
    found
}

/// The limit chosen, or the longest there is for this kind of paper.
#[must_use]
pub fn notice_limit(service: &Service, terms: &Terms) -> String {
    let chosen = Some(&service.notice_limit).filter(|l| !l.is_empty());
    chosen.or_else(|| terms.notice.first()).cloned().unwrap_or_default()
}

/// When it counts as served, and until when the recipient has time: both counted here, at service, and kept.
///
/// # Errors
/// A day or a length no calendar can name.
pub fn served(issued: &Issued, service: &Service, terms: &Terms, calendar: &Calendar) -> Result<Served, FieldProblem> {
    let on = day(&service.on).ok_or_else(|| FieldProblem::new("on", "not_a_date"))?;
    let notice = match service.mode.as_str() {
        "notice" => Some(noticed(&notice_limit(service, terms), on, calendar)?),
        _ => None,
    };
    let deemed = notice.as_ref().map_or_else(|| service.on.clone(), |n| n.due_date().to_owned());
    let start = day(&deemed).ok_or_else(|| FieldProblem::new("on", "not_a_date"))?;
    let due = issued.clock.as_ref().map(|clock| {
        let counted = deadline::compute(calendar, &clock.rule, clock.n, &clock.unit, midnight(start));
        let counted = counted.map_err(|_| FieldProblem::new("clock", "out_of_range"))?;
        // What the paper promised in ink holds where it is later: nobody is given less than he was told.
        let printed = day(&issued.printed_due).map(|d| d.and_hms_opt(23, 59, 59).unwrap_or_default());
        let later = printed.filter(|printed| *printed > counted.due_at);
        Ok(DeadlineFact {
            due_at: deadline::stamp(later.unwrap_or(counted.due_at)),
            id: String::new(),
            label: if later.is_some() {
                words("文书载明的期限", "文書載明的期限", "the day named on the paper")
            } else {
                words("送达之日起计算", "送達之日起計算", "counted from service")
            },
            rule: clock.rule.clone(),
            n: clock.n,
            unit: clock.unit.clone(),
            basis: basis(issued, clock),
            start: deadline::stamp(midnight(start)),
            provisional: counted.provisional,
            calendar_version: calendar.version.clone(),
        })
    });
    Ok(Served { service: service.clone(), deemed_on: deemed, notice, due: due.transpose()? })
}

/// What a clock rests on: the limit of law it is, else what the paper itself names.
fn basis(issued: &Issued, clock: &DeadlineChoice) -> String {
    let limit = limit_behind(&issued.sheet.template, clock, &issued.sheet.date);
    let named = || ["law_basis", "basis"].iter().map(|key| text(&issued.sheet, key)).find(|t| !t.is_empty());
    limit.map(|l| l.source.clone()).or_else(named).unwrap_or_default()
}

/// R12: the last day of the notice, moved off a rest day; served at its end.
fn noticed(name: &str, on: NaiveDate, calendar: &Calendar) -> Result<DeadlineFact, FieldProblem> {
    let (id, variant) = name.split_once(':').unwrap_or((name, ""));
    let unknown = || FieldProblem::new("notice_limit", "unknown_choice");
    let limit = limit(id, variant, &on.to_string()).ok_or_else(unknown)?;
    let counted =
        deadline::compute(calendar, &limit.rule, limit.n, &limit.unit, midnight(on)).map_err(|_| unknown())?;
    Ok(DeadlineFact {
        due_at: deadline::stamp(counted.due_at),
        id: name.to_owned(),
        label: limit.label.clone(),
        rule: limit.rule.clone(),
        n: limit.n,
        unit: limit.unit.clone(),
        basis: limit.source.clone(),
        start: deadline::stamp(midnight(on)),
        provisional: counted.provisional,
        calendar_version: calendar.version.clone(),
    })
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(0, 0, 0).unwrap_or_default()
}

fn day(text: &str) -> Option<NaiveDate> {
    is_date(text).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

fn words(zh_hans: &str, zh_hant: &str, en: &str) -> Label {
    Label { zh_hans: zh_hans.into(), zh_hant: zh_hant.into(), en: en.into() }
}
