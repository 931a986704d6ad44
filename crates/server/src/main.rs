//! `xunju-server`: see [`xunju_server`].

fn main() -> std::process::ExitCode {
    // Pictures are decoded in a process of their own, which is this program started anew.
    if let Some(code) = xunju_photos::worker::serve_if_asked() {
        return code;
    }
    xunju_server::command::run()
}
