//! What a paper is of: a case, or a round without one.

use std::collections::BTreeMap;

use xunju_domain::case::CaseState;
use xunju_domain::event::BlobRef;
use xunju_domain::paper::SheetValue;
use xunju_domain::paper::terms::Terms;
use xunju_domain::proceeding::ProceedingState;
use xunju_domain::round::Sheet as RoundSheet;
use xunju_store::{Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::paper::{PaperContent, PaperPhotoChoice};
use crate::{Api, Caller, doc, present};

const PROCEEDINGS_MAX: u32 = 20;

pub(crate) struct Subject {
    pub scope: String,
    pub case: Option<CaseState>,
    pub round: Option<Walked>,
    pub photos: Vec<SubjectPhoto>,
}

/// A round and what its record says.
pub(crate) struct Walked {
    pub id: String,
    pub sheet: RoundSheet,
}

pub(crate) struct SubjectPhoto {
    pub blob: BlobRef,
    pub caption: String,
    pub place: String,
    pub author: String,
}

impl Subject {
    fn of_case(case: CaseState) -> Self {
        Self { scope: case.scope.clone(), photos: photos(&case), case: Some(case), round: None }
    }

    pub fn case_id(&self) -> String {
        self.case.as_ref().map(|case| case.id.clone()).unwrap_or_default()
    }

    pub fn round_id(&self) -> String {
        self.round.as_ref().map(|round| round.id.clone()).unwrap_or_default()
    }

    /// `case:0192…`, `round:0192…`
    pub fn record(&self) -> String {
        self.round.as_ref().map_or_else(|| format!("case:{}", self.case_id()), |round| format!("round:{}", round.id))
    }

    pub fn no(&self) -> String {
        self.case.as_ref().map(|case| case.no().to_owned()).unwrap_or_default()
    }

    pub fn place(&self) -> String {
        self.case.as_ref().map(place).unwrap_or_default()
    }

    pub fn photo_choices(&self) -> Vec<PaperPhotoChoice> {
        let drawable = self.photos.iter().filter(|p| p.blob.preview.is_some());
        let choice = |p: &SubjectPhoto| PaperPhotoChoice {
            hash: p.blob.h.clone(),
            thumb: p.blob.thumb.as_ref().map(|t| t.h.clone()),
            caption: p.caption.clone(),
        };
        drawable.map(choice).collect()
    }
}

impl Walked {
    /// 日期, 起止时间, 路线, 发现问题数, 问题清单, 现场处置 (F02).
    pub fn fields(&self) -> BTreeMap<String, SheetValue> {
        let Self { sheet, .. } = self;
        let spaced = |at: &str| at.replace('T', " ");
        let route = match sheet.route.join("、") {
            stops if stops.is_empty() => sheet.compound.clone(),
            stops => format!("{}：{stops}", sheet.compound),
        };
        let mut done = vec![format!("走访{}户（共{}户）。", sheet.doors_visited, sheet.doors_all)];
        done.extend(
            sheet.findings.iter().filter(|f| !f.handled.is_empty()).map(|f| format!("{}：{}", f.place, f.handled)),
        );
        done.extend((!sheet.skipped.is_empty()).then(|| format!("未到：{}", sheet.skipped.join("、"))));
        done.extend(Some(sheet.note.clone()).filter(|note| !note.is_empty()));
        let row = |f: &xunju_domain::round::Finding| {
            let kind = f.kind.clone();
            vec![f.place.clone(), f.problem.clone(), kind, f.case_no.clone()]
        };
        let mut fields = BTreeMap::from([
            ("date".to_owned(), SheetValue::Text(sheet.date.clone())),
            ("started_at".to_owned(), SheetValue::Text(spaced(&sheet.started_at))),
            ("ended_at".to_owned(), SheetValue::Text(spaced(&sheet.ended_at))),
            ("route".to_owned(), SheetValue::Text(route)),
            ("inspectors".to_owned(), SheetValue::Text(sheet.walkers.join("、"))),
            ("problem_count".to_owned(), SheetValue::Text(sheet.findings.len().to_string())),
            ("on_site".to_owned(), SheetValue::Text(done.join("\n"))),
        ]);
        if !sheet.findings.is_empty() {
            fields.insert("problems".to_owned(), SheetValue::Table(sheet.findings.iter().map(row).collect()));
        }
        fields
    }
}

impl Api {
    /// What a paper is to be of, which the caller may see.
    ///
    /// # Errors
    /// `NotFound`; `BadRequest` for both at once or neither.
    pub(crate) fn subject(&self, caller: &Caller, case: &str, round: &str) -> Result<Subject, ApiError> {
        match (case, round) {
            (case, "") if !case.is_empty() => Ok(Subject::of_case(self.case(caller, case)?)),
            ("", round) if !round.is_empty() => {
                let state = self.round_state(caller, round)?;
                let found = self.found_on(caller, round)?;
                let sheet = self.round_sheet(&state, &found)?;
                Ok(Subject {
                    scope: state.scope,
                    case: None,
                    photos: found.iter().flat_map(photos).collect(),
                    round: Some(Walked { id: state.id, sheet }),
                })
            }
            _ => Err(ApiError::new(ErrorCode::BadRequest).with("what", "case_id, round")),
        }
    }

    pub(crate) fn subject_of(&self, caller: &Caller, content: &PaperContent) -> Result<Subject, ApiError> {
        self.subject(caller, &content.case_id, &content.round)
    }

    /// Open proceedings of the case a paper is of, newest first; none where the paper is of no proceeding.
    pub(crate) fn proceedings_for(
        &self,
        caller: &Caller,
        of: &Subject,
        terms: &Terms,
    ) -> Result<Vec<ProceedingState>, ApiError> {
        let Some(case) = of.case.as_ref().filter(|_| !terms.awaits.is_empty()) else { return Ok(Vec::new()) };
        let facets = vec![("case".to_owned(), case.id.clone()), ("open".to_owned(), "1".to_owned())];
        let query = Query {
            kind: "proceeding".into(),
            facets,
            scopes: caller.scope_list(),
            order: Order::Newest,
            limit: PROCEEDINGS_MAX,
            ..Query::default()
        };
        self.store.records(&query).refused()?.iter().map(doc).collect()
    }

    /// Where there is one, it is the one.
    pub(super) fn only_proceeding(
        &self,
        caller: &Caller,
        of: &Subject,
        terms: &Terms,
    ) -> Result<Option<ProceedingState>, ApiError> {
        let mut all = self.proceedings_for(caller, of, terms)?;
        Ok(if all.len() == 1 { all.pop() } else { None })
    }
}

fn photos(case: &CaseState) -> Vec<SubjectPhoto> {
    let one = |p: &xunju_domain::case::Photo| SubjectPhoto {
        blob: p.blob.clone(),
        caption: caption(case, &p.slot),
        place: place(case),
        author: p.author.clone(),
    };
    case.photos.iter().map(one).collect()
}

fn caption(case: &CaseState, slot: &str) -> String {
    let label = present::fact::slot_label(case, slot).map(|l| l.zh_hans);
    label.unwrap_or_else(|| "现场照片".into())
}

fn place(case: &CaseState) -> String {
    format!("{}{}{}", case.text("compound_name"), case.text("building"), room(&case.text("room")))
}

fn room(room: &str) -> String {
    match room.chars().last() {
        None => String::new(),
        Some(last) if last.is_ascii_digit() => format!("{room}室"),
        Some(_) => room.to_owned(),
    }
}
