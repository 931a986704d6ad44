//! `xunju-server`: see [`xunju_server`].

fn main() -> std::process::ExitCode {
    xunju_server::command::run()
}
