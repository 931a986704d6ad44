//! Files dropped on the window. The page never sees their paths: they are read here and come out in the tray.

use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use tauri::{DragDropEvent, Emitter, Manager, Window, WindowEvent};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::photo::Channel;

use crate::desk::Desk;

pub fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    let (window, paths) = (window.clone(), paths.clone());
    tauri::async_runtime::spawn_blocking(move || {
        let desk = window.state::<Desk>().inner().clone();
        for path in files(paths) {
            if let Err(error) = import(&desk, &path) {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                // Nobody asked for this by a call, so the refusal is told by an event.
                let _ = window.emit("import_refused", error.with("name", name));
            }
        }
    });
}

/// Dropped files, and the files directly inside dropped folders.
fn files(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let inside = |path: PathBuf| -> Vec<PathBuf> {
        if !path.is_dir() {
            return vec![path];
        }
        let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        files.sort();
        files
    };
    paths.into_iter().flat_map(inside).collect()
}

fn import(desk: &Desk, path: &PathBuf) -> Result<(), ApiError> {
    let failed = |e: std::io::Error| ApiError::new(ErrorCode::DiskFailed).with("path", path.display()).with("cause", e);
    let meta = std::fs::metadata(path).map_err(failed)?;
    let limit = 128 * 1024 * 1024;
    if meta.len() > limit {
        return Err(ApiError::new(ErrorCode::PhotoTooLarge).with("bytes", meta.len()).with("bytes_max", limit));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let since = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let mtime_ms = since.and_then(|since| i64::try_from(since.as_millis()).ok());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    desk.import(&bytes, &name, mtime_ms, Channel::Drop).map(|_| ())
}
