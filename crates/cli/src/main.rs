//! xunjuctl: the same commands as the window, for a person at a terminal or a script.
//!
//! Answers are JSON on stdout; the exit code is 0 only on success. A refusal is JSON too:
//! `{"error":{"code":…,"params":…}}`, with one plain line on stderr.
//!
//! Start reading at `arguments.rs`; each subcommand is a file.

mod act;
mod answer;
mod arguments;
mod bundle;
mod calendar;
mod case;
mod deadline;
mod enrol;
mod folder;
mod inspect;
mod ledger;
mod paper;
mod photos;
mod proceeding;
mod rescue;
mod round;
mod sync;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, CaseCommand, Command, CompoundCommand, PhotoCommand};

fn main() -> ExitCode {
    // Pictures are decoded in a process of their own, which is this program started anew.
    if let Some(code) = xunju_api::photo_worker::serve_if_asked() {
        return code;
    }
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("XUNJU_LOG").unwrap_or_else(|_| "error".into()))
        .init();
    let arguments = Arguments::parse();
    if let Command::Deadline(asked) = &arguments.command
        && let Some(table) = &asked.batch
    {
        return match folder::calendar(&arguments.folder) {
            Ok(calendar) => deadline::batch(table, &calendar),
            Err(error) => answer::print(Err(error.into())),
        };
    }
    let answer = run(&arguments);
    answer::print(answer)
}

fn run(arguments: &Arguments) -> answer::Answer {
    match &arguments.command {
        Command::Enrol(asked) => enrol::enrol(&arguments.folder, asked),
        Command::Compound { command: CompoundCommand::List { text } } => case::compounds(&arguments.folder, text),
        Command::Case { command } => match command {
            CaseCommand::New(asked) => case::new(&arguments.folder, asked),
            CaseCommand::List(asked) => case::list(&arguments.folder, asked),
            CaseCommand::Show { id } => case::show(&arguments.folder, id),
            CaseCommand::Act(asked) => act::act(&arguments.folder, asked),
            CaseCommand::Edit(asked) => act::edit(&arguments.folder, asked),
            CaseCommand::Resolve(asked) => act::resolve(&arguments.folder, asked),
        },
        Command::Paper { command } => paper::run(&arguments.folder, command),
        Command::Proceeding { command } => proceeding::run(&arguments.folder, command),
        Command::Rescue { command } => rescue::run(&arguments.folder, command),
        Command::Bundle { command } => bundle::run(&arguments.folder, command),
        Command::Verify { file } => bundle::check(file),
        Command::Photo { command: PhotoCommand::Inspect { file } } => inspect::inspect(file),
        Command::Ledger { command } => ledger::run(&arguments.folder, command),
        Command::Round { command } => round::run(&arguments.folder, command),
        Command::Sync { seconds } => sync::sync(&arguments.folder, *seconds),
        Command::Status => sync::status(&arguments.folder),
        Command::Calendar { command } => calendar::calendar(&arguments.folder, command),
        Command::Indicator { from, to } => calendar::indicator(&arguments.folder, from, to),
        Command::Deadline(asked) => deadline::one(asked, &*folder::calendar(&arguments.folder)?),
    }
}
