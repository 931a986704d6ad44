//! The program's command line: serve, and the chores of an administrator. All of them work beside a
//! running server on the same folder.

mod backup;
mod demo_town;
mod device_revoke;
mod enrol_code;
mod import;
mod recover;
mod serve;
mod stamp;
mod user_add;
mod user_scope;
mod verify;

use std::io::Read as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use xunju_domain::user::Certificate;
use zeroize::Zeroizing;

use crate::accounts::user::Post;
use crate::error::ServerError;
use crate::stamp::Service;

/// The town server of Xunju 巡居.
#[derive(Debug, Parser)]
#[command(name = "xunju-server", version, args_conflicts_with_subcommands = true)]
pub struct Line {
    #[command(subcommand)]
    chore: Option<Chore>,
    #[command(flatten)]
    serve: Option<ServeArgs>,
}

/// Serve the town in a folder.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Data folder; made if missing.
    #[arg(long)]
    pub data: PathBuf,
    /// Address and port; port 0 takes a free one, which is printed.
    #[arg(long)]
    pub listen: SocketAddr,
    /// Certificate chain, PEM. Without one only loopback is served.
    #[arg(long, requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key, PEM.
    #[arg(long, requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// File with the token a scraper of `/metrics` brings as `Authorization: Bearer …`; without it there are none.
    #[arg(long)]
    pub metrics_token: Option<PathBuf>,
    /// Write the log as JSON, a line each.
    #[arg(long)]
    pub log_json: bool,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Accounts.
    User {
        #[command(subcommand)]
        act: UserChore,
    },
    /// Devices.
    Device {
        #[command(subcommand)]
        act: DeviceChore,
    },
    /// Make the sample town in a folder that has none. Prints the users' random passwords once.
    DemoTown {
        #[arg(long)]
        data: PathBuf,
        /// `S`, `M` or `L`.
        #[arg(long, default_value = "S")]
        size: String,
        /// The same size and seed make the same town.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Check every event, signature, chain, checkpoint and photo of a folder from its bytes. Reads only.
    Verify {
        #[arg(long, required_unless_present = "backup")]
        data: Option<PathBuf>,
        /// A folder with backups instead: every generation in it.
        #[arg(long, conflicts_with = "data")]
        backup: Option<PathBuf>,
    },
    /// Copy the journal, the accounts and the photos to another place, beside a running server or none, and check the copy
    /// from its bytes. Photos that are there already are checked and not copied again.
    Backup {
        #[arg(long)]
        data: PathBuf,
        /// A folder of its own, best on another disk.
        #[arg(long)]
        to: PathBuf,
        /// The first time: makes a new place of an empty folder. Left out afterwards, so that a disk that is not plugged in
        /// is noticed.
        #[arg(long)]
        init: bool,
        /// Put the key that signs the log into it, too, sealed by a passphrase: the first line of standard input. Without
        /// the key nobody can go on from this backup.
        #[arg(long)]
        passphrase_stdin: bool,
        /// Generations to keep.
        #[arg(long, default_value_t = 14)]
        keep: usize,
    },
    /// Put the newest backup back into an empty folder, checked before it takes its name. The first line of standard
    /// input is the passphrase.
    Restore {
        #[arg(long)]
        from: PathBuf,
        #[arg(long)]
        data: PathBuf,
        #[arg(long, required = true)]
        passphrase_stdin: bool,
    },
    /// After a restore: what the laptops have brought, and which are still to be heard. It ends by itself when all were
    /// heard and the log is the one they saw.
    Recover {
        #[arg(long)]
        data: PathBuf,
        /// Ends it with what is there: laptops that were not heard can no longer bring others' records, only their own.
        #[arg(long)]
        finish: bool,
    },
    /// Take in a rescue file (U盘包) that a laptop wrote without a network. Its passphrase is the first line of standard input.
    Import {
        #[arg(long)]
        data: PathBuf,
        /// The `.xunju` file.
        #[arg(long)]
        file: PathBuf,
        #[arg(long, required = true)]
        passphrase_stdin: bool,
    },
    /// Have the newest checkpoint of the log stamped by a time-stamp service (RFC 3161), where the log has grown since the
    /// last stamp. Needs `openssl`.
    Stamp {
        #[arg(long)]
        data: PathBuf,
        /// Where the service answers.
        #[arg(long)]
        tsa: String,
        /// Certificate of its authority, PEM: a stamp that does not lead there is not kept.
        #[arg(long)]
        tsa_ca: PathBuf,
    },
    /// Print a one-time code with which one device of a user may enrol.
    EnrolCode {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        user: String,
    },
}

#[derive(Debug, Subcommand)]
enum DeviceChore {
    /// End a device's enrolment: lost, stolen, or out of use. What it sends afterwards is kept aside.
    Revoke {
        #[arg(long)]
        data: PathBuf,
        /// Its id, `d_…`.
        #[arg(long)]
        device: String,
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
enum UserChore {
    /// Say which compounds are a person's from now on.
    Scope {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        user: String,
        /// By id, with commas between; the whole town when left out.
        #[arg(long, value_delimiter = ',')]
        compounds: Option<Vec<String>>,
    },
    /// Make an account, or set role and password of an existing one.
    Add {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        user: String,
        /// `inspector`, `reviewer`, `officer`, `leader`, `admin`, …, or a code such as `R-INS`.
        #[arg(long)]
        role: String,
        /// Department of the catalogue whose orders are theirs: `enforcement`, `police`, …
        #[arg(long)]
        unit: Option<String>,
        /// Only these compounds, by id, with commas between; the whole town when left out.
        #[arg(long, value_delimiter = ',')]
        compounds: Option<Vec<String>>,
        /// An enforcement certificate: NO:FROM:TO, as 2026-01-01. Given again for several; they replace what was known.
        #[arg(long, value_parser = certificate)]
        certificate: Option<Vec<Certificate>>,
        /// Read the password from standard input: its first line.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

fn certificate(text: &str) -> std::result::Result<Certificate, String> {
    Certificate::parse(text).ok_or_else(|| "NO:FROM:TO is needed, such as 02-0001:2026-01-01:2030-12-31".to_owned())
}

/// Runs one command line. Answers go to standard output as JSON, refusals to standard error as JSON.
#[must_use]
pub fn run() -> std::process::ExitCode {
    let line = Line::parse();
    let done = match line {
        Line {
            chore:
                Some(Chore::User {
                    act: UserChore::Add { data, user, role, unit, compounds, certificate: certificates, .. },
                }),
            ..
        } => user_add::run(&data, &user, &role, Post { unit, compounds, certificates }),
        Line { chore: Some(Chore::User { act: UserChore::Scope { data, user, compounds } }), .. } => {
            user_scope::run(&data, &user, compounds)
        }
        Line { chore: Some(Chore::Device { act: DeviceChore::Revoke { data, device, reason } }), .. } => {
            device_revoke::run(&data, &device, &reason)
        }
        Line { chore: Some(Chore::Verify { data: Some(data), .. }), .. } => verify::run(&data),
        Line { chore: Some(Chore::Verify { backup: Some(from), .. }), .. } => verify::backup(&from),
        Line { chore: Some(Chore::Verify { .. }), .. } => {
            Err(ServerError::BadRequest { what: "--data or --backup is needed".to_owned() })
        }
        Line { chore: Some(Chore::Backup { data, to, init, passphrase_stdin, keep }), .. } => {
            backup::take(&data, &to, passphrase_stdin, keep, init)
        }
        Line { chore: Some(Chore::Restore { from, data, .. }), .. } => backup::restore(&from, &data),
        Line { chore: Some(Chore::Recover { data, finish }), .. } => recover::run(&data, finish),
        Line { chore: Some(Chore::Import { data, file, .. }), .. } => import::run(&data, &file),
        Line { chore: Some(Chore::Stamp { data, tsa, tsa_ca }), .. } => {
            stamp::run(&data, &Service { url: tsa, ca: tsa_ca })
        }
        Line { chore: Some(Chore::EnrolCode { data, user }), .. } => enrol_code::run(&data, &user),
        Line { chore: Some(Chore::DemoTown { data, size, seed }), .. } => demo_town::run(&data, &size, seed),
        Line { serve: Some(args), .. } => serve::run(args),
        Line { chore: None, serve: None } => {
            Err(ServerError::BadRequest { what: "--data and --listen are needed".to_owned() })
        }
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(e) => {
            let said = serde_json::json!({ "error": { "code": e.code(), "message": e.to_string() } });
            eprintln!("{said}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// The first line, without its end; a longer input than any password is cut off.
fn secret_from_stdin() -> crate::error::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    let read = std::io::stdin().lock().take(4_096).read_to_string(&mut text);
    read.map_err(|e| ServerError::inner("read password", e))?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}
