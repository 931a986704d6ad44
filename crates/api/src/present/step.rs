//! 下一步: what the form of each step offers to choose from, and what it starts with.

use xunju_domain::case::decide::class_by_baseline;
use xunju_domain::case::{CaseState, DeadlineNeed, Offer, Param};
use xunju_domain::catalogue::{self, Choice};
use xunju_domain::permission::{Action, may, roles_from_codes};
use xunju_domain::user::UserState;
use xunju_store::{Order, Query};

use super::order::same;
use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::case::{ActionView, ParamView};
use crate::{Api, Caller, doc};

/// Cases offered to merge into.
const TARGETS_MAX: u32 = 20;

impl Api {
    /// An offer with everything its form needs.
    pub(crate) fn action_view(
        &self,
        caller: &Caller,
        state: &CaseState,
        offer: &Offer,
        people: &[UserState],
    ) -> Result<ActionView, ApiError> {
        let reasons = catalogue::standard().reasons.iter().filter(|r| r.action == offer.action).map(|r| r.code.clone());
        let params = offer.params.iter().map(|p| self.param(caller, state, p, people));
        Ok(ActionView {
            action: offer.action.clone(),
            needs_reason: offer.needs_reason,
            reasons: reasons.collect(),
            may_name_slot: offer.may_name_slot,
            params: params.collect::<Result<_, _>>()?,
            measures: offer.measures.clone(),
            deadline: offer.deadline.map(|need| word(need).to_owned()),
            photo_slot: offer.photo_slot.clone(),
            new_photos: offer.new_photos,
            confirm: offer.confirm,
        })
    }

    fn param(
        &self,
        caller: &Caller,
        state: &CaseState,
        param: &Param,
        people: &[UserState],
    ) -> Result<ParamView, ApiError> {
        let today = self.today().to_string();
        let route = catalogue::standard().route(&state.type_code(), &today);
        let (choices, proposed) = match param.name.as_str() {
            "lead" => {
                let refused = |id: &str| state.order.refused_by.iter().any(|r| r.department == id);
                let proposed = route.and_then(|r| r.lead.iter().chain(&r.assisting).find(|d| !refused(d)).cloned());
                (departments(&today), proposed.unwrap_or_default())
            }
            "assisting" => (departments(&today), route.map(|r| r.assisting.join(",")).unwrap_or_default()),
            "handler" => (handlers(state, people), caller.user.clone()),
            "checker" => (checkers(state, people), String::new()),
            "result" => (outcomes(), String::new()),
            "stock_class" => classes(state, &today),
            "target" => (self.targets(caller, state)?, String::new()),
            _ => (Vec::new(), String::new()),
        };
        let proposed = if choices.is_empty() || param.name == "assisting" || choices.iter().any(|c| c.value == proposed)
        {
            proposed
        } else {
            String::new()
        };
        Ok(ParamView { name: param.name.clone(), required: param.required, choices, proposed })
    }

    /// Open cases of the same category in the same compound, those at the same door first.
    fn targets(&self, caller: &Caller, state: &CaseState) -> Result<Vec<Choice>, ApiError> {
        let open = ("open", "1".to_owned());
        let of = vec![("compound", state.text("compound_id")), ("category", state.category()), open];
        let query = Query { order: Order::Newest, limit: TARGETS_MAX, ..caller.cases(of) };
        let rows = self.store.records(&query).refused()?;
        let others = rows.iter().map(doc::<CaseState>).collect::<Result<Vec<_>, _>>()?;
        let door = |s: &CaseState| (s.text("building"), s.text("room"));
        let mut fit: Vec<_> =
            others.iter().filter(|o| xunju_domain::case::target_unfit(state, Some(o)).is_none()).collect();
        fit.sort_by_key(|o| door(o) != door(state));
        let label = |o: &CaseState| same(&format!("{} {} {}", o.no(), o.text("building"), o.text("room")));
        Ok(fit.into_iter().map(|o| Choice { value: o.id.clone(), label: label(o) }).collect())
    }

    pub(crate) fn people(&self) -> Result<Vec<UserState>, ApiError> {
        let all = Query { kind: "user".into(), limit: 10_000, ..Query::default() };
        let people: Vec<UserState> = self.store.records(&all).refused()?.iter().map(doc).collect::<Result<_, _>>()?;
        Ok(people.into_iter().filter(|p| p.defined.active).collect())
    }
}

fn word(need: DeadlineNeed) -> &'static str {
    match need {
        DeadlineNeed::Keep => "keep",
        DeadlineNeed::New => "new",
        DeadlineNeed::Again => "again",
        DeadlineNeed::Later => "later",
        DeadlineNeed::Moved => "moved",
    }
}

fn departments(today: &str) -> Vec<Choice> {
    let catalogue = catalogue::standard();
    let serving = catalogue.departments.iter().filter(|d| catalogue.department(&d.id, today).is_some());
    serving.map(|d| Choice { value: d.id.clone(), label: d.label.clone() }).collect()
}

/// What a structure may be called: what was proposed where something is, else all but what it is called now, with what its
/// year says as the beginning.
fn classes(state: &CaseState, today: &str) -> (Vec<Choice>, String) {
    let category = catalogue::standard().category(&state.category());
    let all = category.and_then(|c| c.fields.iter().find(|f| f.key == "stock_class")).map(|f| f.choices.clone());
    let now = state.text("stock_class");
    let asked = state.class_ask.as_ref().map(|ask| ask.to.clone());
    let fits = |c: &Choice| asked.as_ref().map_or(c.value != now, |to| c.value == *to);
    let proposed = asked.clone().or_else(|| class_by_baseline(state, today).map(str::to_owned));
    (all.unwrap_or_default().into_iter().filter(fits).collect(), proposed.unwrap_or_default())
}

fn outcomes() -> Vec<Choice> {
    let all = catalogue::standard().outcomes.iter();
    all.map(|o| Choice { value: o.value.clone(), label: o.label.clone() }).collect()
}

/// Those who may take the order: people of the leading department who work there.
fn handlers(state: &CaseState, people: &[UserState]) -> Vec<Choice> {
    let fits = |p: &&UserState| {
        let grant = p.grant();
        grant.person().may(Action::Handle)
            && grant.person().works_for(state.order.lead())
            && grant.scopes.has(&state.scope)
    };
    people.iter().filter(fits).map(person).collect()
}

/// Those who may re-check: nobody judges his own work.
fn checkers(state: &CaseState, people: &[UserState]) -> Vec<Choice> {
    let fits = |p: &&UserState| {
        may(&roles_from_codes(&p.defined.roles), Action::Recheck)
            && p.grant().scopes.has(&state.scope)
            && !state.handlers.contains(&p.id)
    };
    people.iter().filter(fits).map(person).collect()
}

fn person(user: &UserState) -> Choice {
    let name = if user.defined.display.is_empty() { &user.id } else { &user.defined.display };
    Choice { value: user.id.clone(), label: same(&format!("{name} ({})", user.id)) }
}
