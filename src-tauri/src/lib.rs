//! The window: thin adapters between the page and `xunju_link::Laptop`, which does the work.
//!
//! Owns what only a desktop has: the window, its IPC, the `photo://` protocol, dropped files, and the
//! choice of renderer. Must never: hold a rule of the town's work, an SQL statement, or a picture's pixels.
//!
//! Start at [`run`].

mod camera;
mod desk;
mod drop;
mod folder;
mod ipc;
mod photo;
mod pinch;
mod renderer;
mod viewer;

use std::process::ExitCode;

use tauri::{Emitter, Manager, RunEvent};
use tracing_subscriber::EnvFilter;

use desk::Desk;

/// Opens the window and stays until it is closed.
#[must_use]
pub fn run() -> ExitCode {
    renderer::choose();
    log();
    viewer::clear();
    let desk = Desk::open(&folder::data_folder());
    let protocol = desk.clone();
    let outcome = tauri::Builder::default()
        .manage(desk)
        .invoke_handler(tauri::generate_handler![
            ipc::call,
            ipc::app_state,
            ipc::app_enrol,
            ipc::app_unlock,
            ipc::paper_open,
            ipc::photo_import,
            ipc::ledger_upload
        ])
        .register_asynchronous_uri_scheme_protocol("photo", move |_, request, responder| {
            photo::serve(protocol.clone(), &request, responder);
        })
        .setup(|app| {
            let desk = app.state::<Desk>().inner().clone();
            let page = app.handle().clone();
            // A page that is gone needs no news.
            desk.on_change(move |change| drop_error(page.emit("changed", change)));
            if let Some(window) = app.get_webview_window("main") {
                pinch::disable(&window);
                camera::allow(&window);
            }
            Ok(())
        })
        .on_window_event(drop::on_event)
        .build(tauri::generate_context!());
    match outcome {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    app.state::<Desk>().close();
                    viewer::clear();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xunju: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

/// To standard error; `XUNJU_LOG` as in `warn,xunju_link=debug`.
fn log() {
    let filter = EnvFilter::try_from_env("XUNJU_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // Fails only where a log is kept already.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

fn drop_error(result: tauri::Result<()>) {
    if let Err(error) = result {
        eprintln!("xunju: {error}");
    }
}
