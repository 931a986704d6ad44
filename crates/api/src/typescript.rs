//! The UI's types, written from the Rust ones. `ui/src/ipc/api.gen.ts` is this text; a test holds them equal.

use std::fmt::Write as _;

use ts_rs::{Config, TS};
use xunju_domain::catalogue as cat;

use crate::command;
use crate::error::{ApiError, ErrorCode};
use crate::view::base::*;
use crate::view::{access::*, app::*, case::*, deadline::*, draft::*, photo::*, work::*};

macro_rules! declarations {
    ($config:expr, $($t:ty),* $(,)?) => { vec![$(<$t as TS>::decl($config)),*] };
}

/// The whole file.
#[must_use]
pub fn file() -> String {
    let config = Config::new().with_large_int("number");
    let mut out = String::from("// Written from crates/api by `script/types`. Do not edit.\n\n");
    let types = declarations!(
        &config,
        cat::Label,
        cat::FieldValue,
        cat::FieldKind,
        cat::Choice,
        cat::Field,
        cat::ShownIf,
        cat::PhotoSlot,
        cat::DeadlineRule,
        cat::DeadlineChoice,
        cat::Department,
        cat::LegalBasis,
        cat::Category,
        cat::CaseType,
        cat::Tile,
        cat::Reason,
        cat::Route,
        cat::Outcome,
        cat::Phrase,
        cat::Catalogue,
        ErrorCode,
        ApiError,
        Nothing,
        Phase,
        Host,
        KeyProtection,
        AppStateView,
        UserView,
        DeviceView,
        PrefsView,
        EnrolRequest,
        UnlockRequest,
        LoginRequest,
        Channel,
        PhotoFlag,
        PhotoState,
        TrayPhoto,
        PhotoView,
        PhotoRef,
        WatchView,
        WatchRequest,
        DeadlineView,
        DeadlineStep,
        DraftContent,
        DraftPhoto,
        DraftView,
        FieldProblem,
        DraftCard,
        DraftNewRequest,
        DraftSaveRequest,
        DraftRef,
        Recorded,
        CaseCard,
        CaseQuery,
        CasePage,
        CaseRef,
        CaseView,
        FactView,
        NoteView,
        ReturnedView,
        ConflictView,
        VersionView,
        EventTimes,
        TimelineEntry,
        ActionView,
        ParamView,
        OrderView,
        RefusedOrderView,
        AskView,
        StopView,
        CheckView,
        CaseActRequest,
        CaseEditRequest,
        CaseResolveRequest,
        CaseNoteRequest,
        CaseAddPhotosRequest,
        Written,
        TodayView,
        DutyView,
        ReturnedCase,
        Bucket,
        CompoundCard,
        CompoundView,
        BuildingView,
        CompoundQuery,
        CompoundRef,
        CompoundList,
        xunju_domain::compound::Doorway,
        xunju_domain::compound::Renamed,
        RegisterView,
        PersonRef,
        CompoundDefineRequest,
        CompanyCard,
        CompanyQuery,
        CompanyList,
        CompanyRef,
        CompanyView,
        ManagerView,
        CompanySaveRequest,
        ManagerInput,
        DwellingRef,
        DossierView,
        DossierCase,
        DossierRecord,
        DossierPhoto,
        DwellingSaveRequest,
        SearchQuery,
        SearchView,
        SearchGroup,
        SearchHit,
        ReviewQuery,
        ReviewQueueView,
        HeldView,
        ReviewDecideRequest,
        HeldRef,
        SyncView,
        Chip,
        SyncItem,
        AccessQuery,
        AccessPage,
        AccessRow,
    );
    for declaration in types {
        let _ = writeln!(out, "export {declaration}\n");
    }
    out.push_str("/** Every command, its arguments and its answer. */\nexport interface Commands {\n");
    for line in command::typescript(&config) {
        let _ = writeln!(out, "{line}");
    }
    out.push_str("}\n");
    out
}
