//! The table of commands: declared once, served by the window's IPC, by HTTP and by the command line.
//!
//! A command is a name, who may call it (domain.md §7), an argument type, an answer type and the function that does
//! it. Dispatch, the list of names and the TypeScript interface all come from this one table. Who may call is asked
//! before anything is read; what the caller may do with this very record is asked by `domain`, on the server again.

use serde_json::Value;

use crate::error::{ApiError, ErrorCode};
use crate::view::base::*;
use crate::view::ledger::*;
use crate::view::{access::*, app::*, case::*, draft::*, paper::*, photo::*, proceeding::*, work::*};
use crate::view::{bundle::*, calendar::*, copy::*, indicator::*};
use crate::view::{missing::*, office::*, plan::*, rescue::*, round::*};
use crate::{Api, Caller, act};
use xunju_domain::catalogue::Catalogue;
use xunju_domain::permission::Action;

/// Who may call a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody who is signed in; the answer holds what is theirs to see.
    Anyone,
    /// The roles of this row of the table of rights.
    May(Action),
}
use Action::{
    Accept, Accounts, Add, Calendar, Companies, Edit, File, Import, Issue, Plan, Proceed, Recheck, Report, See,
    SeeBase, SeeProceedings, TakeOut, Unmask, Void, Walk,
};
use Who::{Anyone, May};

macro_rules! commands {
    ($($name:literal $who:expr; $args:ty => $out:ty = $run:path;)*) => {
        /// Every command's name, in the order of the table.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Who may call a command; none for a name that is not in the table.
        #[must_use]
        pub fn who_may(name: &str) -> Option<Who> {
            match name {
                $($name => Some($who),)*
                _ => None,
            }
        }

        /// Runs one command. Arguments and answer are JSON of the types in the table.
        ///
        /// # Errors
        /// `BadRequest` for an unknown name or arguments of another shape, `NotAllowed` for a caller of other roles;
        /// else what the command says.
        pub fn dispatch(api: &Api, caller: &Caller, name: &str, args: Value) -> Result<Value, ApiError> {
            if let Some(May(action)) = who_may(name) {
                caller.require(action)?;
            }
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
    "catalogue.get"          Anyone;               Nothing => Catalogue = act::catalogue::get;
    "prefs.set"              Anyone;               PrefsView => PrefsView = act::prefs::set;

    "today.show"             Anyone;               Nothing => TodayView = act::today::show;
    "compound.list"          May(SeeBase);         CompoundQuery => CompoundList = act::compound::list;
    "compound.get"           May(SeeBase);         CompoundRef => CompoundView = act::compound::get;

    "compound.register"      May(SeeBase);         CompoundRef => RegisterView = act::register::get;
    "compound.define"        May(Accounts);        CompoundDefineRequest => RegisterView = act::register::define;
    "company.list"           May(SeeBase);         CompanyQuery => CompanyList = act::company::list;
    "company.get"            May(SeeBase);         CompanyRef => CompanyView = act::company::get;
    "company.save"           May(Companies);       CompanySaveRequest => CompanyView = act::company::save;
    "dwelling.dossier"       May(See);             DwellingRef => DossierView = act::dwelling::dossier;
    "search.find"            Anyone;               SearchQuery => SearchView = act::search::find;
    "dwelling.save"          May(Companies);       DwellingSaveRequest => DossierView = act::dwelling::save;
    "plan.get"               May(SeeBase);         CompoundRef => PlanView = act::plan::get;
    "plan.set"               May(Plan);            PlanSetRequest => Written = act::plan::set;
    "plan.draw"              May(Plan);            PlanDrawRequest => Written = act::plan::draw;

    "round.begin"            May(Walk);            CompoundRef => RoundCard = act::round::begin;
    "round.plan"             May(Walk);            RoundPlanRequest => Vec<RoundCard> = act::round::plan;
    "round.act"              May(Walk);            RoundActRequest => RoundView = act::round::act;
    "round.get"              May(See);             RoundRef => RoundView = act::round::get;
    "round.list"             May(See);             RoundQuery => RoundList = act::round::list;
    "round.walkers"          May(Walk);            CompoundRef => Vec<Walker> = act::round::walkers;
    "round.sheet"            May(See);             RoundRef => Sheet = act::round::sheet;
    "round.coverage"         May(See);             CoverageQuery => CoverageView = act::coverage::show;

    "storage.get"            Anyone;               Nothing => StorageView = act::photo::storage;
    "tray.list"              May(Add);             Nothing => Vec<TrayPhoto> = act::photo::tray;
    "tray.drop"              May(Add);             PhotoRef => Vec<TrayPhoto> = act::photo::drop_from_tray;
    "photo.missing"          May(File);            Nothing => MissingView = act::missing::list;
    "photo.want"             May(See);             PhotoRef => Nothing = act::photo::want;
    "watch.get"              May(Add);             Nothing => WatchView = act::photo::watch_get;
    "watch.set"              May(Add);             WatchRequest => WatchView = act::photo::watch_set;

    "draft.new"              May(Report);          DraftNewRequest => DraftView = act::draft::new;
    "draft.get"              May(Report);          DraftRef => DraftView = act::draft::get;
    "draft.save"             May(Report);          DraftSaveRequest => DraftView = act::draft::save;
    "draft.list"             May(Report);          Nothing => Vec<DraftCard> = act::draft::list;
    "draft.discard"          May(Report);          DraftRef => Nothing = act::draft::discard;
    "draft.record"           May(Report);          DraftRef => Recorded = act::draft::record;

    "case.page"              May(See);             CaseQuery => CasePage = act::case::page;
    "case.get"               May(See);             CaseRef => CaseView = act::case::get;
    "case.act"               May(See);             CaseActRequest => Written = act::case::act;
    "case.edit"              May(Edit);            CaseEditRequest => Written = act::case::edit;
    "case.resolve"           May(Edit);            CaseResolveRequest => Written = act::case::resolve;
    "case.note"              May(Add);             CaseNoteRequest => Written = act::case::note;
    "pair.list"              May(File);            Nothing => PairList = act::pair::list;
    "pair.get"               May(File);            PairRef => PairView = act::pair::get;
    "pair.not_same"          May(File);            PairNotSameRequest => Written = act::pair::not_same;
    "case.add_photos"        May(Add);             CaseAddPhotosRequest => Written = act::case::add_photos;
    "case.place"             May(Edit);            CasePlaceRequest => Written = act::case::place;
    "photo.mark"             May(Add);             PhotoMarkRequest => Written = act::mark::mark;
    "bundle.export"          May(See);             BundleRequest => BundleFile = act::bundle::export;
    "photo.recycled"         May(See);             PhotoOfCase => Vec<RecycledHit> = act::recycled::recycled;
    "photo.copy"             May(See);             PhotoCopyRequest => PhotoCopy = act::copy::copy;
    "stamp.get"              Anyone;               Nothing => StampView = act::stamp::get;
    "stamp.preview"          May(Action::Stamp);   StampRequest => StampView = act::stamp::preview;
    "stamp.set"              May(Action::Stamp);   StampRequest => StampView = act::stamp::set;
    "photo.unmark"           May(Add);             PhotoUnmarkRequest => Written = act::mark::unmark;

    "review.queue"           May(Accept);          ReviewQuery => ReviewQueueView = act::review::queue;
    "review.decide"          May(Accept);          ReviewDecideRequest => HeldView = act::review::decide;
    "review.undo"            May(Accept);          HeldRef => Nothing = act::review::undo;

    "proceeding.list"        May(SeeProceedings);  ProceedingQuery => ProceedingPage = act::proceeding::list;
    "proceeding.get"         May(SeeProceedings);  ProceedingRef => ProceedingView = act::proceeding::get;
    "proceeding.rules"       Anyone;               Nothing => Vec<WhyView> = act::proceeding::rules;
    "proceeding.open"        May(Proceed);         ProceedingOpenRequest => ProceedingWritten = act::proceeding::open;
    "proceeding.step"        May(SeeProceedings);  ProceedingStepRequest => ProceedingWritten = act::proceeding::step;
    "party.set"              May(Proceed);         PartySetRequest => ProceedingWritten = act::party::set;
    "party.unmask"           May(Unmask);          UnmaskRequest => Unmasked = act::party::unmask;

    "access.page"            Anyone;               AccessQuery => AccessPage = act::access::page;

    "paper.templates"        May(See);             PaperTemplatesRequest => Vec<PaperTemplate> = act::paper::templates;
    "paper.prepare"          May(Issue);           PaperPrepareRequest => PaperPrepared = act::paper::prepare;
    "paper.preview"          May(Issue);           PaperContent => PaperPreview = act::paper::preview;
    "paper.issue"            May(Issue);           PaperContent => PaperView = act::paper::issue;
    "paper.draft_save"       May(Issue);           PaperContent => PaperDraft = act::paper_draft::save;
    "paper.draft_list"       May(Issue);           PaperTemplatesRequest => Vec<PaperDraft> = act::paper_draft::list;
    "paper.draft_discard"    May(Issue);           PaperPrepareRequest => Nothing = act::paper_draft::discard;
    "paper.get"              May(See);             PaperRef => PaperView = act::paper::get;
    "paper.list"             May(See);             PaperQuery => PaperPage = act::paper::list;
    "paper.duties"           Anyone;               Nothing => Vec<PaperDuty> = act::paper::duties;
    "paper.serve"            May(Issue);           PaperServeRequest => PaperView = act::paper::serve;
    "paper.check"            May(Recheck);         PaperCheckRequest => PaperView = act::paper::check;
    "paper.void"             May(Void);            PaperVoidRequest => PaperView = act::paper::void;
    "paper.print_log"        May(See);             PaperPrintRequest => PaperView = act::paper::print_log;
    "paper.pdf"              May(See);             PaperRef => PaperFile = act::paper::pdf;
    "paper.numbers"          May(Issue);           Nothing => Vec<NumberBlock> = act::numbers::list;
    "paper.numbers_return"   May(Issue);           Nothing => Vec<NumberBlock> = act::numbers::give_back;

    "calendar.list"          Anyone;               Nothing => CalendarList = act::calendar::list;
    "calendar.year"          Anyone;               CalendarYearRef => CalendarYear = act::calendar::year;
    "calendar.preview"       May(Calendar);        CalendarText => CalendarPreview = act::calendar::preview;
    "calendar.publish"       May(Calendar);        CalendarPublish => CalendarYear = act::calendar::publish;

    "ledger.list"            May(SeeBase);         Nothing => LedgerList = act::ledger::list;
    "ledger.export"          May(SeeBase);         LedgerExportRequest => LedgerFile = act::ledger::export;
    "ledger.job"             May(SeeBase);         LedgerJobRef => LedgerJob = act::ledger::job;
    "ledger.stop"            May(SeeBase);         LedgerJobRef => Nothing = act::ledger::stop;
    "ledger.preview"         May(Import);          LedgerImportRequest => ImportReport = act::ledger::preview;
    "ledger.import"          May(Import);          LedgerImportRequest => ImportReport = act::ledger::import;
    "ledger.imports"         May(Import);          Nothing => Vec<ImportCard> = act::ledger::imports;
    "ledger.undo"            May(Import);          LedgerImportRef => ImportUndone = act::ledger::undo;
    "ledger.ask"             May(TakeOut);         ExportAskRequest => ExportCard = act::ledger::ask;
    "ledger.answer"          May(TakeOut);         ExportAnswerRequest => ExportCard = act::ledger::answer;
    "ledger.asked"           May(TakeOut);         Nothing => Vec<ExportCard> = act::ledger::asked;

    "indicator.show"         May(See);             IndicatorQuery => IndicatorView = act::indicator::show;
    "indicator.cases"        May(See);             IndicatorCasesQuery => CasePage = act::indicator::cases;

    "rescue.places"          Anyone;               Nothing => RescuePlaces = act::rescue::places;
    "rescue.export"          Anyone;               RescueRequest => RescueFile = act::rescue::export;
    "sync.status"            Anyone;               Nothing => SyncView = act::sync::status;
}
