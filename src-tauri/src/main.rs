#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    // This program is also the process that decodes its pictures.
    if let Some(code) = xunju_api::photo_worker::serve_if_asked() {
        return code;
    }
    xunju_shell::run()
}
