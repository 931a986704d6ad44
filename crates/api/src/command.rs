//! The table of commands: declared once, served by the window's IPC, by HTTP and by the command line.
//!
//! A command is a name, an argument type, an answer type and the function that does it. Dispatch,
//! the list of names and the TypeScript interface all come from this one table.

use serde_json::Value;

use crate::error::{ApiError, ErrorCode};
use crate::view::base::*;
use crate::view::{access::*, app::*, case::*, draft::*, paper::*, photo::*, proceeding::*, work::*};
use crate::view::{calendar::*, indicator::*};
use crate::view::{plan::*, round::*};
use crate::{Api, Caller, act};
use xunju_domain::catalogue::Catalogue;

macro_rules! commands {
    ($($name:literal: $args:ty => $out:ty = $run:path;)*) => {
        /// Every command's name, in the order of the table.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Runs one command. Arguments and answer are JSON of the types in the table.
        ///
        /// # Errors
        /// `BadRequest` for an unknown name or arguments of another shape; else what the command says.
        pub fn dispatch(api: &Api, caller: &Caller, name: &str, args: Value) -> Result<Value, ApiError> {
            match name {
                $($name => {
                    let args: $args = parse(args)?;
                    let out: $out = $run(api, caller, args)?;
                    serde_json::to_value(out).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", $name).with("cause", e))
                })*
                _ => Err(ApiError::new(ErrorCode::BadRequest).with("command", name)),
            }
        }

        /// The table as TypeScript: `"case.get": { args: CaseRef; out: CaseView };`
        #[must_use]
        pub fn typescript(config: &ts_rs::Config) -> Vec<String> {
            use ts_rs::TS;
            vec![$(format!("  \"{}\": {{ args: {}; out: {} }};", $name, <$args>::name(config), <$out>::name(config))),*]
        }
    };
}

fn parse<T: serde::de::DeserializeOwned>(args: Value) -> Result<T, ApiError> {
    serde_json::from_value(args).map_err(|e| ApiError::new(ErrorCode::BadRequest).with("cause", e))
}

commands! {
    "catalogue.get":    Nothing => Catalogue = act::catalogue::get;
    "prefs.set":        PrefsView => PrefsView = act::prefs::set;

    "today.show":       Nothing => TodayView = act::today::show;
    "compound.list":    CompoundQuery => CompoundList = act::compound::list;
    "compound.get":     CompoundRef => CompoundView = act::compound::get;

    "compound.register": CompoundRef => RegisterView = act::register::get;
    "compound.define":  CompoundDefineRequest => RegisterView = act::register::define;
    "company.list":     CompanyQuery => CompanyList = act::company::list;
    "company.get":      CompanyRef => CompanyView = act::company::get;
    "company.save":     CompanySaveRequest => CompanyView = act::company::save;
    "dwelling.dossier": DwellingRef => DossierView = act::dwelling::dossier;
    "search.find":      SearchQuery => SearchView = act::search::find;
    "dwelling.save":    DwellingSaveRequest => DossierView = act::dwelling::save;
    "plan.get":         CompoundRef => PlanView = act::plan::get;
    "plan.set":         PlanSetRequest => Written = act::plan::set;
    "plan.draw":        PlanDrawRequest => Written = act::plan::draw;

    "round.begin":      CompoundRef => RoundCard = act::round::begin;
    "round.plan":       RoundPlanRequest => Vec<RoundCard> = act::round::plan;
    "round.act":        RoundActRequest => RoundView = act::round::act;
    "round.get":        RoundRef => RoundView = act::round::get;
    "round.list":       RoundQuery => RoundList = act::round::list;
    "round.walkers":    CompoundRef => Vec<Walker> = act::round::walkers;
    "round.sheet":      RoundRef => Sheet = act::round::sheet;
    "round.coverage":   CoverageQuery => CoverageView = act::coverage::show;

    "tray.list":        Nothing => Vec<TrayPhoto> = act::photo::tray;
    "tray.drop":        PhotoRef => Vec<TrayPhoto> = act::photo::drop_from_tray;
    "photo.want":       PhotoRef => Nothing = act::photo::want;
    "watch.get":        Nothing => WatchView = act::photo::watch_get;
    "watch.set":        WatchRequest => WatchView = act::photo::watch_set;

    "draft.new":        DraftNewRequest => DraftView = act::draft::new;
    "draft.get":        DraftRef => DraftView = act::draft::get;
    "draft.save":       DraftSaveRequest => DraftView = act::draft::save;
    "draft.list":       Nothing => Vec<DraftCard> = act::draft::list;
    "draft.discard":    DraftRef => Nothing = act::draft::discard;
    "draft.record":     DraftRef => Recorded = act::draft::record;

    "case.page":        CaseQuery => CasePage = act::case::page;
    "case.get":         CaseRef => CaseView = act::case::get;
    "case.act":         CaseActRequest => Written = act::case::act;
    "case.edit":        CaseEditRequest => Written = act::case::edit;
    "case.resolve":     CaseResolveRequest => Written = act::case::resolve;
    "case.note":        CaseNoteRequest => Written = act::case::note;
    "case.add_photos":  CaseAddPhotosRequest => Written = act::case::add_photos;

    "review.queue":     ReviewQuery => ReviewQueueView = act::review::queue;
    "review.decide":    ReviewDecideRequest => HeldView = act::review::decide;
    "review.undo":      HeldRef => Nothing = act::review::undo;

    "proceeding.list":  ProceedingQuery => ProceedingPage = act::proceeding::list;
    "proceeding.get":   ProceedingRef => ProceedingView = act::proceeding::get;
    "proceeding.rules": Nothing => Vec<WhyView> = act::proceeding::rules;
    "proceeding.open":  ProceedingOpenRequest => ProceedingWritten = act::proceeding::open;
    "proceeding.step":  ProceedingStepRequest => ProceedingWritten = act::proceeding::step;
    "party.set":        PartySetRequest => ProceedingWritten = act::party::set;
    "party.unmask":     UnmaskRequest => Unmasked = act::party::unmask;

    "access.page":      AccessQuery => AccessPage = act::access::page;

    "paper.templates":  PaperTemplatesRequest => Vec<PaperTemplate> = act::paper::templates;
    "paper.prepare":    PaperPrepareRequest => PaperPrepared = act::paper::prepare;
    "paper.preview":    PaperContent => PaperPreview = act::paper::preview;
    "paper.issue":      PaperContent => PaperView = act::paper::issue;
    "paper.get":        PaperRef => PaperView = act::paper::get;
    "paper.list":       PaperQuery => PaperPage = act::paper::list;
    "paper.duties":     Nothing => Vec<PaperDuty> = act::paper::duties;
    "paper.serve":      PaperServeRequest => PaperView = act::paper::serve;
    "paper.check":      PaperCheckRequest => PaperView = act::paper::check;
    "paper.void":       PaperVoidRequest => PaperView = act::paper::void;
    "paper.print_log":  PaperPrintRequest => PaperView = act::paper::print_log;
    "paper.pdf":        PaperRef => PaperFile = act::paper::pdf;
    "paper.numbers":    Nothing => Vec<NumberBlock> = act::numbers::list;
    "paper.numbers_return": Nothing => Vec<NumberBlock> = act::numbers::give_back;

    "calendar.list":    Nothing => CalendarList = act::calendar::list;
    "calendar.year":    CalendarYearRef => CalendarYear = act::calendar::year;
    "calendar.preview": CalendarText => CalendarPreview = act::calendar::preview;
    "calendar.publish": CalendarPublish => CalendarYear = act::calendar::publish;

    "indicator.show":   IndicatorQuery => IndicatorView = act::indicator::show;

    "sync.status":      Nothing => SyncView = act::sync::status;
}
