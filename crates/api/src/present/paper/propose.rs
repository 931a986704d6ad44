//! The form of a paper as far as case, round, proceeding, catalogue and office know it.

use std::collections::BTreeMap;

use xunju_domain::catalogue::{self, LegalBasis};
use xunju_domain::deadline;
use xunju_domain::paper::SheetValue;
use xunju_domain::paper::form::{Column, Form, FormField};
use xunju_domain::paper::payload::Officer;
use xunju_domain::paper::terms::{Terms, usual_clock};
use xunju_domain::proceeding::ProceedingState;

use super::subject::Subject;
use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::paper::PaperContent;
use crate::{Api, Caller, present};

/// What an office writes on every paper alike: kept from the last one, to start the next from.
const OFFICE_FIELDS: &[&str] =
    &["contact_name", "contact_phone", "organ_address", "remedy_authority", "remedy_court", "sender"];
const OFFICE_SETTING: &str = "paper_office";

type Words = Vec<(&'static str, String)>;

impl Api {
    /// The form filled from what it is of, the catalogue's legal basis and the town's usual limits.
    pub(crate) fn proposed(
        &self,
        caller: &Caller,
        of: &Subject,
        form: &Form,
        terms: &Terms,
    ) -> Result<PaperContent, ApiError> {
        let today = self.today();
        let catalogue = catalogue::standard();
        let ids = of.case.as_ref().map(|case| catalogue.basis(&case.type_code()).to_vec()).unwrap_or_default();
        let in_force =
            |id: &String| catalogue.legal_basis.iter().find(|b| b.id == *id && b.effective_from <= today.to_string());
        let basis = ids.iter().find_map(in_force);
        let category = of.case.as_ref().map(|case| case.category()).unwrap_or_default();
        let clock = usual_clock(&form.code, &category).filter(|_| terms.clock);
        let due = clock.as_ref().and_then(|c| {
            let start = today.and_hms_opt(0, 0, 0)?;
            let counted = deadline::compute(&self.calendar(), &c.rule, c.n, &c.unit, start).ok()?;
            Some(counted.due_at.date().to_string())
        });
        let proceeding = self.only_proceeding(caller, of, terms)?;
        let mut words = self.plain_words(caller, due.as_deref())?;
        words.extend(self.case_words(caller, of, basis)?);
        words.extend(proceeding.as_ref().map(decided).unwrap_or_default());
        let mut fields: BTreeMap<String, SheetValue> = BTreeMap::new();
        for field in &form.fields {
            let word =
                words.iter().find(|(key, word)| *key == field.key && !word.is_empty()).map(|(_, word)| word.clone());
            let word = word.or_else(|| field.default.clone());
            let value = match (field.kind.as_str(), field.key.as_str()) {
                ("list" | "table", _) => rows(of, field, basis, due.as_deref()),
                (_, "to") if form.code == "G04" => lead(of).map(SheetValue::Text),
                _ => word.map(SheetValue::Text),
            };
            fields.extend(value.map(|v| (field.key.clone(), v)));
        }
        if let Some(round) = &of.round {
            fields.extend(round.fields());
        }
        let kept = self.store.setting(&caller.user, OFFICE_SETTING).refused()?;
        let kept: BTreeMap<String, SheetValue> = kept.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default();
        fields.extend(kept.into_iter().filter(|(key, _)| form.fields.iter().any(|f| f.key == *key)));
        let officers: Vec<Officer> = self.officers(&today.to_string())?;
        let signers = officers.into_iter().filter(|o| o.user == caller.user).take(terms.officers);
        let drawable = of.photos.iter().filter(|p| p.blob.preview.is_some() && form.photos == "required");
        Ok(PaperContent {
            case_id: of.case_id(),
            round: of.round_id(),
            template: form.code.clone(),
            proceeding: proceeding.map(|p| p.id).unwrap_or_default(),
            fields,
            photos: drawable.map(|p| p.blob.h.clone()).collect(),
            officers: signers.map(|o| o.user).collect(),
            clock,
        })
    }

    /// Of today and of the person.
    fn plain_words(&self, caller: &Caller, due: Option<&str>) -> Result<Words, ApiError> {
        let now = self.now().format("%Y-%m-%d %H:%M").to_string();
        let me = self.names()?.of(&caller.user);
        let due = due.unwrap_or_default();
        Ok(vec![
            ("date", self.today().to_string()),
            ("started_at", now.clone()),
            ("rechecked_at", now),
            ("source_medium", "执法记录设备原始文件".into()),
            ("consequence", "逾期不改正的，本机关将依法处理。".into()),
            ("recheck", "期限届满后的次一工作日，由本机关派员复查。".into()),
            ("due_on", due.to_owned()),
            ("due_at", if due.is_empty() { String::new() } else { format!("{due} 17:00") }),
            ("recheck_on", due.to_owned()),
            ("inspectors", me.clone()),
            ("recorder", me.clone()),
            ("contact_name", me.clone()),
            ("sender", me),
            ("problem_count", "1".into()),
            ("party_kind", "person".into()),
            ("party_id_kind", "resident_id".into()),
        ])
    }

    /// Of the case and of the law it falls under.
    fn case_words(&self, caller: &Caller, of: &Subject, basis: Option<&LegalBasis>) -> Result<Words, ApiError> {
        let Some(case) = &of.case else { return Ok(Vec::new()) };
        let place = of.place();
        let label = present::fact::type_label(case).zh_hans;
        let found_at: String = case.text("found_at").chars().take(16).collect::<String>().replace('T', " ");
        let shown = |key: &str| case.value(key).map(|v| present::fact::words(case, key, v).zh_hans).unwrap_or_default();
        let source = case.text("source");
        let sources = &catalogue::standard().sources;
        let source = sources.iter().find(|s| s.value == source).map_or(source, |s| s.label.zh_hans.clone());
        let facts = self.facts_in_words(caller, case)?;
        let law = |of: fn(&LegalBasis) -> &String| basis.map(|b| of(b).clone()).unwrap_or_default();
        let mut words = vec![
            ("found_on", found_at.chars().take(10).collect()),
            ("checked_at", found_at.clone()),
            ("found_at", found_at),
            ("case_name", format!("{place}{label}案")),
            ("proves", format!("{place}{label}的现场情况")),
            ("act", law(|b| &b.act)),
            ("structure_area", case.text("area_m2")),
            ("structure_kind", shown("structure")),
            ("structure_use", shown("use")),
            ("route", case.text("compound_name")),
            ("source", source),
        ];
        words.extend(["place", "structure_place", "party_address"].map(|key| (key, place.clone())));
        words.extend(["law_broken", "law_basis", "basis", "law"].map(|key| (key, law(|b| &b.cite))));
        words.extend(["facts", "scene", "problem", "findings"].map(|key| (key, facts.clone())));
        words.extend(["matter", "about"].map(|key| (key, label.clone())));
        Ok(words)
    }

    /// Measured facts of the case as one sentence.
    fn facts_in_words(&self, caller: &Caller, case: &xunju_domain::case::CaseState) -> Result<String, ApiError> {
        let view = self.case_view(caller, case)?;
        let shown = view.facts.iter().filter(|f| !f.text.zh_hans.is_empty());
        let one = |f: &crate::view::case::FactView| {
            format!("{}：{}{}", f.label.zh_hans, f.text.zh_hans, f.unit.clone().unwrap_or_default())
        };
        Ok(shown.map(one).collect::<Vec<_>>().join("；"))
    }

    /// Keeps what every paper of this office says alike, for the next form.
    pub(crate) fn remember_office(&self, caller: &Caller, content: &PaperContent) -> Result<(), ApiError> {
        let kept: BTreeMap<&String, &SheetValue> =
            content.fields.iter().filter(|(key, _)| OFFICE_FIELDS.contains(&key.as_str())).collect();
        let text = serde_json::to_string(&kept).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
        self.store.set_setting(&caller.user, OFFICE_SETTING, &text).refused().map(drop)
    }
}

/// What a list or a table starts from.
fn rows(of: &Subject, field: &FormField, basis: Option<&LegalBasis>, due: Option<&str>) -> Option<SheetValue> {
    let case = of.case.as_ref()?;
    let law = |of: fn(&LegalBasis) -> &String| basis.map(|b| of(b).clone()).unwrap_or_default();
    match field.key.as_str() {
        "corrections" | "requests" | "promises" => Some(SheetValue::List(vec![law(|b| &b.order)])),
        "items" | "problems" => {
            let label = present::fact::type_label(case).zh_hans;
            let cell = |column: &Column| match column.key.as_str() {
                "place" => of.place(),
                "problem" => label.clone(),
                "kind" => present::fact::category_label(case).zh_hans,
                "case_no" => case.no().to_owned(),
                "clause" => law(|b| &b.cite),
                "demand" => law(|b| &b.order),
                "due" => due.unwrap_or_default().to_owned(),
                _ => String::new(),
            };
            Some(SheetValue::Table(vec![field.columns.iter().map(cell).collect()]))
        }
        _ => None,
    }
}

fn lead(of: &Subject) -> Option<String> {
    let lead = of.case.as_ref()?.order.lead().to_owned();
    catalogue::standard().departments.iter().find(|d| d.id == lead).map(|d| d.label.zh_hans.clone())
}

/// The decision a reminder is about: its number, its day and the day it was served.
fn decided(of: &ProceedingState) -> Words {
    let decision = of.last("E50").or_else(|| of.last("E50F"));
    let order = decision.and_then(|d| d.documents.iter().find(|d| d.template == "F22").or_else(|| d.documents.first()));
    let date = |code: &str| of.last(code).map(|s| s.date.clone()).unwrap_or_default();
    vec![
        ("decision_number", order.map(|d| d.number.clone()).unwrap_or_default()),
        ("decision_on", decision.map(|d| d.date.clone()).unwrap_or_default()),
        ("decision_served_on", date("E55")),
    ]
}
