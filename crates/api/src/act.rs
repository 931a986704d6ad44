#![allow(unused)]
pub mod catalogue { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn get(_: &Api, _: &Caller, _: Nothing) -> Result<Catalogue, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod prefs { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn set(_: &Api, _: &Caller, _: PrefsView) -> Result<PrefsView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod today { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn show(_: &Api, _: &Caller, _: Nothing) -> Result<TodayView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod round { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn set(_: &Api, _: &Caller, _: CompoundRef) -> Result<CompoundCard, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod compound { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn list(_: &Api, _: &Caller, _: CompoundQuery) -> Result<CompoundList, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn get(_: &Api, _: &Caller, _: CompoundRef) -> Result<CompoundView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod photo { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn tray(_: &Api, _: &Caller, _: Nothing) -> Result<Vec<TrayPhoto>, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn drop_from_tray(_: &Api, _: &Caller, _: PhotoRef) -> Result<Vec<TrayPhoto>, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn want(_: &Api, _: &Caller, _: PhotoRef) -> Result<Nothing, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn watch_get(_: &Api, _: &Caller, _: Nothing) -> Result<WatchView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn watch_set(_: &Api, _: &Caller, _: WatchRequest) -> Result<WatchView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod draft { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn new(_: &Api, _: &Caller, _: DraftNewRequest) -> Result<DraftView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn get(_: &Api, _: &Caller, _: DraftRef) -> Result<DraftView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn save(_: &Api, _: &Caller, _: DraftSaveRequest) -> Result<DraftView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn list(_: &Api, _: &Caller, _: Nothing) -> Result<Vec<DraftCard>, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn discard(_: &Api, _: &Caller, _: DraftRef) -> Result<Nothing, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn record(_: &Api, _: &Caller, _: DraftRef) -> Result<Recorded, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod case { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn page(_: &Api, _: &Caller, _: CaseQuery) -> Result<CasePage, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn get(_: &Api, _: &Caller, _: CaseRef) -> Result<CaseView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn act(_: &Api, _: &Caller, _: CaseActRequest) -> Result<Written, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn edit(_: &Api, _: &Caller, _: CaseEditRequest) -> Result<Written, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn resolve(_: &Api, _: &Caller, _: CaseResolveRequest) -> Result<Written, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn note(_: &Api, _: &Caller, _: CaseNoteRequest) -> Result<Written, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn add_photos(_: &Api, _: &Caller, _: CaseAddPhotosRequest) -> Result<Written, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod review { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn queue(_: &Api, _: &Caller, _: ReviewQuery) -> Result<ReviewQueueView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn decide(_: &Api, _: &Caller, _: ReviewDecideRequest) -> Result<HeldView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
  pub fn undo(_: &Api, _: &Caller, _: HeldRef) -> Result<Nothing, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
pub mod sync { use crate::{Api,Caller,error::*,view::{app::*,case::*,draft::*,photo::*,work::*}}; use xunju_domain::catalogue::Catalogue;
  pub fn status(_: &Api, _: &Caller, _: Nothing) -> Result<SyncView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
}
