//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Xunju from the command line. JSON on stdout, exit code 0 only on success.
#[derive(Parser)]
#[command(name = "xunjuctl", version, about)]
pub struct Arguments {
    #[command(flatten)]
    pub folder: FolderArguments,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Args)]
pub struct FolderArguments {
    /// The data folder, the same one the window uses.
    #[arg(long, env = "XUNJU_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// Read the data folder's passphrase from the first line of standard input (or set XUNJU_PASSPHRASE).
    #[arg(long, global = true)]
    pub passphrase_stdin: bool,
}

impl FolderArguments {
    /// The folder named, or the one the window keeps where none is.
    pub fn folder(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(default_folder)
    }
}

fn default_folder() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = from("XDG_DATA_HOME")
        .or_else(|| from("LOCALAPPDATA"))
        .or_else(|| from("HOME").map(|home| home.join(".local/share")));
    base.unwrap_or_default().join("xunju")
}

#[derive(Subcommand)]
pub enum Command {
    /// Enrol this data folder with a town server.
    Enrol(EnrolArguments),
    /// Compounds this person works in.
    Compound {
        #[command(subcommand)]
        command: CompoundCommand,
    },
    /// Record, list, show and act on cases.
    Case {
        #[command(subcommand)]
        command: CaseCommand,
    },
    /// Papers of a case, and the numbers they take.
    Paper {
        #[command(subcommand)]
        command: PaperCommand,
    },
    /// Open a proceeding and carry it on; see who saw personal data.
    Proceeding {
        #[command(subcommand)]
        command: ProceedingCommand,
    },
    /// A case as one file that anybody can check.
    Bundle {
        #[command(subcommand)]
        command: BundleCommand,
    },
    /// What is undelivered, as one sealed file to be carried by hand.
    Rescue {
        #[command(subcommand)]
        command: RescueCommand,
    },
    /// Check a bundle: every byte, every signature. Exit code 2 where something is wrong; needs no data folder.
    Verify { file: PathBuf },
    /// Look at a photo without taking it in; needs no data folder.
    Photo {
        #[command(subcommand)]
        command: PhotoCommand,
    },
    /// Take ledgers out as files, and bring edited ones in.
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
    /// Plan and walk rounds.
    Round {
        #[command(subcommand)]
        command: RoundCommand,
    },
    /// Exchange everything with the server, until drained or stuck.
    Sync {
        /// Give up after this many seconds.
        #[arg(long, default_value_t = 600)]
        seconds: u64,
    },
    /// What has not reached the server, item by item.
    Status,
    /// Public holidays: what counts, and a new year.
    Calendar {
        #[command(subcommand)]
        command: CalendarCommand,
    },
    /// The numbers of a period, each with its cases.
    Indicator {
        /// First day.
        #[arg(long)]
        from: String,
        /// Last day.
        #[arg(long)]
        to: String,
    },
    /// Count a deadline: by the calendars of the data folder where one is named with --data or XUNJU_DATA and enrolled, else
    /// by the one this program ships.
    Deadline(DeadlineArguments),
}

#[derive(Args)]
pub struct EnrolArguments {
    /// The server's address: https://…, or http://127.0.0.1:PORT on this machine.
    #[arg(long)]
    pub server: String,
    /// The one-time code an administrator gave out.
    #[arg(long)]
    pub code: String,
    /// What this laptop is called in lists; its host name when left out.
    #[arg(long)]
    pub device_name: Option<String>,
}

#[derive(Subcommand)]
pub enum CompoundCommand {
    /// List compounds.
    List {
        /// Name, address or pinyin initials.
        #[arg(default_value = "")]
        text: String,
    },
}

#[derive(Subcommand)]
pub enum RescueCommand {
    /// Write it into a folder and read it back. The passphrase is in XUNJU_RESCUE_PHRASE, at least eight characters.
    Export {
        /// A folder, best on a stick.
        #[arg(long)]
        to: PathBuf,
    },
    /// What a file says of itself; needs neither passphrase nor data folder.
    Inspect { file: PathBuf },
}

#[derive(Subcommand)]
pub enum BundleCommand {
    /// Write photos, renditions, events, receipts and a contact sheet of a case to a new file.
    Export {
        /// Id or number of the case.
        case: String,
        #[arg(short, long)]
        output: PathBuf,
        /// What for; goes into the access log.
        #[arg(long, default_value = "证据包")]
        reason: String,
    },
}

#[derive(Subcommand)]
pub enum PhotoCommand {
    /// What a file is and says of itself. Exit code 2 for one that cannot be read.
    Inspect { file: PathBuf },
}

#[derive(Subcommand)]
pub enum RoundCommand {
    /// Plan a round in each compound named.
    Plan(RoundPlanArguments),
    /// Begin a round that was planned, or walk a compound now.
    Start {
        /// Id of the round, or name or id of a compound.
        id: String,
    },
    /// Answer a stop of the round being walked.
    Stop(RoundStopArguments),
    /// End the round being walked, or another by its id.
    End {
        id: Option<String>,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// List rounds.
    List {
        /// Name or id of a compound.
        #[arg(long)]
        compound: Option<String>,
        /// Only one's own.
        #[arg(long)]
        mine: bool,
        /// Only those that are not over.
        #[arg(long)]
        open: bool,
    },
}

#[derive(Args)]
pub struct RoundPlanArguments {
    /// Name or id of a compound; may be given again.
    #[arg(long = "compound", required = true)]
    pub compounds: Vec<String>,
    /// User who walks; oneself when left out.
    #[arg(long, default_value = "")]
    pub walker: String,
    /// YYYY-MM-DD; today when left out.
    #[arg(long, default_value = "")]
    pub date: String,
    /// A stop, in order: a doorway's plate or the name of a point; every doorway when left out.
    #[arg(long = "stop")]
    pub stops: Vec<String>,
    #[arg(long, default_value = "")]
    pub note: String,
}

#[derive(Args)]
pub struct RoundStopArguments {
    /// The stop's plate or name.
    pub stop: String,
    /// done, skipped or open (takes an answer back).
    #[arg(long, default_value = "done")]
    pub result: String,
    /// Why it was skipped.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// A door visited: 601=nobody, 602=refused, 603=entered.
    #[arg(long = "visit", value_name = "ROOM=OUTCOME")]
    pub visits: Vec<String>,
    /// Another round than the one being walked.
    #[arg(long)]
    pub round: Option<String>,
}

#[derive(Args)]
pub struct LedgerChoice {
    /// wj, qz, jg, wm, ls, compounds, doorways, dwellings, companies
    pub ledger: String,
    /// Name or id of the only compound.
    #[arg(long, default_value = "")]
    pub compound: String,
    /// Only these states, such as REPORTED.
    #[arg(long)]
    pub status: Vec<String>,
    /// Words of a search.
    #[arg(long, default_value = "")]
    pub text: String,
    /// Why: stands in the access log.
    #[arg(long, default_value = "")]
    pub reason: String,
}

#[derive(Subcommand)]
pub enum LedgerCommand {
    /// The ledgers, and which may be imported.
    List,
    /// Write a ledger to a file, personal data masked.
    Export {
        #[command(flatten)]
        choice: LedgerChoice,
        /// xlsx, csv or geojson
        #[arg(long, default_value = "xlsx")]
        format: String,
        /// Where; the downloads folder when left out. A file that is there is not written over.
        #[arg(long)]
        to: Option<PathBuf>,
        /// An approved export, with personal data in clear; its own choice of rows counts.
        #[arg(long)]
        approval: Option<String>,
    },
    /// Say what a file would change and everything that is wrong with it, by cell. Writes nothing.
    Preview { file: PathBuf },
    /// Write what is right in a file.
    Import {
        file: PathBuf,
        /// Also rows that may be a record that exists already.
        #[arg(long)]
        duplicates: bool,
    },
    /// Imports so far.
    Imports,
    /// Put back what an import changed, where nobody has changed it since.
    Undo { import: String },
    /// Ask for an export with personal data.
    Ask {
        #[command(flatten)]
        choice: LedgerChoice,
    },
    /// Approve another's export with personal data, or refuse it with a note.
    Answer {
        id: String,
        #[arg(long)]
        refuse: bool,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Exports with personal data, from the asking to the file.
    Asked,
}

#[derive(Subcommand)]
pub enum CalendarCommand {
    /// The years, or one year day by day.
    Show { year: Option<i32> },
    /// Read a notice's text, or a JSON or TSV file, and publish it; with problems nothing is published.
    Import {
        file: PathBuf,
        /// Where the file does not name it.
        #[arg(long)]
        year: Option<i32>,
        /// Address of the notice.
        #[arg(long, default_value = "")]
        source: String,
        /// Only say what is found.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Subcommand)]
pub enum CaseCommand {
    /// Record a case here; it is sent by the next sync.
    New(NewArguments),
    /// List cases.
    List(ListArguments),
    /// Show one case, by id or number.
    Show { id: String },
    /// Ask for a step: resubmit, approve, return, reject, …
    Act(ActArguments),
    /// Set one field.
    Edit(EditArguments),
    /// Settle a field that two people set differently.
    Resolve(ResolveArguments),
}

#[derive(Subcommand)]
pub enum PaperCommand {
    /// List papers, of one case or all.
    List {
        /// Id or number of the case.
        #[arg(long)]
        case: Option<String>,
    },
    /// Issue a paper: the form as the case fills it, with what is set put over it.
    Issue {
        /// Id or number of the case.
        case: String,
        /// F09, F10, …
        template: String,
        /// A field of the form: party_name=张三.
        #[arg(long = "set", value_name = "KEY=VALUE")]
        set: Vec<String>,
        /// User id of an officer who signs; once for each.
        #[arg(long = "officer")]
        officers: Vec<String>,
    },
    /// Note how a paper was served.
    Serve {
        id: String,
        /// mode=direct, on=2026-11-24, place=…, receiver=…, relation=self
        #[arg(long = "set", value_name = "KEY=VALUE")]
        set: Vec<String>,
        /// Name of somebody who served it; once for each.
        #[arg(long = "server")]
        servers: Vec<String>,
    },
    /// Make a paper void; its number stays used.
    Void {
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// Write the PDF to the downloads folder.
    Pdf { id: String },
    /// Where every number leased to this machine has gone; asks for new ones where few are left.
    Numbers {
        /// Give every unused number back.
        #[arg(long)]
        give_back: bool,
    },
}

#[derive(Subcommand)]
pub enum ProceedingCommand {
    /// Open a proceeding for a case, by id or number.
    Open {
        case: String,
        #[arg(long)]
        cause: String,
        /// The day; today when left out.
        #[arg(long, default_value = "")]
        date: String,
        /// A structure under construction: the fast path is open.
        #[arg(long)]
        in_progress: bool,
    },
    /// Record the party: kind=person name=… id_kind=resident_id id_no=… phone=… address=…
    Party {
        id: String,
        #[arg(value_name = "KEY=VALUE")]
        set: Vec<String>,
    },
    /// Record a step: E10, E20, …
    Step(StepArguments),
    /// Show one, personal data masked.
    Show { id: String },
    /// List them.
    List {
        /// Of one case, by id or number.
        #[arg(long)]
        case: Option<String>,
        /// Only those not closed.
        #[arg(long)]
        open: bool,
    },
    /// Show personal data in clear; the reason goes into the access log first.
    Unmask {
        id: String,
        #[arg(long = "field", required = true)]
        fields: Vec<String>,
        #[arg(long)]
        reason: String,
    },
    /// The access log: one's own part, or everybody's for an auditor.
    Access {
        #[arg(long)]
        user: Option<String>,
    },
}

#[derive(Args)]
pub struct StepArguments {
    pub id: String,
    pub code: String,
    /// The day it was done; today when left out.
    #[arg(long, default_value = "")]
    pub date: String,
    /// An officer, by user name. At least two, one of them oneself.
    #[arg(long = "officer")]
    pub officers: Vec<String>,
    /// A document: F09=NUMBER, or F09=NUMBER@DATE.
    #[arg(long = "document", value_name = "TEMPLATE=NUMBER")]
    pub documents: Vec<String>,
    /// A particular of the step: correct_by=2026-03-10.
    #[arg(long = "param", value_name = "KEY=VALUE")]
    pub params: Vec<String>,
}

#[derive(Args)]
pub struct NewArguments {
    /// Name or id of the compound.
    #[arg(long)]
    pub compound: String,
    #[arg(long, default_value = "")]
    pub building: String,
    #[arg(long, default_value = "")]
    pub room: String,
    /// Where, when it is not at a door.
    #[arg(long, default_value = "")]
    pub location: String,
    /// Code of the case type, such as WJ-TJ.
    #[arg(long = "type")]
    pub type_code: String,
    /// A field of the type: area_m2=12.5. `in_progress=true` and `severity=urgent` may be set too.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    #[arg(long, default_value = "")]
    pub note: String,
    /// A photo; slots are filled in the type's order, or named: near=photo.jpg.
    #[arg(long = "photo", value_name = "[SLOT=]FILE")]
    pub photos: Vec<String>,
    /// Why there is no photo.
    #[arg(long, default_value = "")]
    pub no_photo_reason: String,
}

#[derive(Args)]
pub struct ListArguments {
    /// Only these states, such as REPORTED or RETURNED.
    #[arg(long)]
    pub status: Vec<String>,
    /// Number, compound, building or room.
    #[arg(long, default_value = "")]
    pub text: String,
    /// Only cases recorded by this person.
    #[arg(long)]
    pub mine: bool,
    #[arg(long, default_value_t = 0)]
    pub offset: u32,
    #[arg(long, default_value_t = 200)]
    pub limit: u32,
}

#[derive(Args)]
pub struct ActArguments {
    /// Id or number of the case.
    pub id: String,
    pub action: String,
    /// Why, in words.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Code of the reason; the action's general one when left out.
    #[arg(long)]
    pub reason_code: Option<String>,
    /// The photo slot meant, such as door.
    #[arg(long)]
    pub slot: Option<String>,
    /// A particular of the step: lead=enforcement, handler=enforcer1, result=self_corrected.
    #[arg(long = "param", value_name = "KEY=VALUE")]
    pub params: Vec<String>,
    /// What was measured: demolished_m2=12.5.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// A time limit: 7day, 5workday, 4work_hour, 24hour.
    #[arg(long)]
    pub limit: Option<String>,
    /// A photo to add first; it fills the slot that was asked for.
    #[arg(long = "photo", value_name = "[SLOT=]FILE")]
    pub photos: Vec<String>,
}

#[derive(Args)]
pub struct EditArguments {
    pub id: String,
    /// room=602
    #[arg(value_name = "KEY=VALUE")]
    pub set: String,
}

#[derive(Args)]
pub struct ResolveArguments {
    pub id: String,
    #[arg(value_name = "KEY=VALUE")]
    pub set: String,
    #[arg(long, default_value = "")]
    pub reason: String,
}

#[derive(Args)]
pub struct DeadlineArguments {
    /// The day (not counted), or for hours the moment: DATE or DATETHH:MM.
    #[arg(long, required_unless_present = "batch")]
    pub from: Option<String>,
    /// CAL_ROLL, CAL_HARD, WORK, BACK_WORK, BACK_CAL, HOURS, WORKHOURS or EARLIEST_DEMOLITION.
    #[arg(long, required_unless_present_any = ["batch", "limit"])]
    pub rule: Option<String>,
    /// A statutory limit of the catalogue instead of a rule: D13, or D09:city_management where the law has two.
    #[arg(long, value_name = "ID", conflicts_with_all = ["rule", "n", "unit"])]
    pub limit: Option<String>,
    /// How many; only EARLIEST_DEMOLITION, which has its own lengths, can do without.
    #[arg(long)]
    pub n: Option<u32>,
    /// day, month, year, workday, workhour or hour.
    #[arg(long, default_value = "")]
    pub unit: String,
    /// Days on which the clock stood still, both included: FROM..TO. May be given again.
    #[arg(long, value_name = "FROM..TO")]
    pub suspended: Vec<String>,
    /// Read start_date, rule, n, unit from a table with tabs and a heading line; print one due value a line.
    #[arg(long, conflicts_with_all = ["from", "rule", "limit", "n", "unit", "suspended"])]
    pub batch: Option<PathBuf>,
}
