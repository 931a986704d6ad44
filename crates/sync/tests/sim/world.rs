//! The loop: one queue of moments, one random source, one thread.

use std::collections::{BTreeMap, BTreeSet};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use xunju_evidence::{Hash, Receipt, Signer};
use xunju_sync::PullReply;
use xunju_sync::client::{Apply, Failure, Input, Lane, RawReply, Reply, StoreFault};

use super::check;
use super::disk::{Disk, Draft};
use super::laptop::{Asking, Laptop, Wish};
use super::plan::{Fault, Mutation, Plan};
use super::server::{CLOCK_MS, Handled, Http, Server};

/// A stalled request is given up after this.
const STALL_MS: u64 = 30_000;
const WAIT_MS: u64 = 55_000;
/// No run needs so many steps.
const MOMENTS_MAX: u32 = 30_000;
/// Everything must have drained this long after the storm.
const CALM_MS: u64 = 3 * 60 * 60_000;

#[derive(Debug)]
enum Moment {
    Wake { laptop: usize, life: u32, token: u64 },
    Write { laptop: usize },
    Arrive { laptop: usize, life: u32, id: u64, http: Box<Http>, cut: Option<usize> },
    Reply { laptop: usize, life: u32, id: u64, raw: Box<RawReply> },
    GiveUp { laptop: usize, life: u32, id: u64 },
    Stored { laptop: usize, life: u32, lane: Lane, result: Result<(), StoreFault> },
    Start { laptop: usize },
    Crash { laptop: usize },
    Backup { laptop: usize },
    Restore { laptop: usize },
    Clone { laptop: usize },
    Jump { laptop: usize },
    Grant { laptop: usize },
    LoseFile { laptop: usize },
    Dark { laptop: usize },
    Nudge { laptop: usize },
    Sync,
    ServerCrash,
    ServerUp,
    BackUpServer,
    RollBack,
    Expire { ticket: u64 },
    Calm,
}

pub struct World {
    pub plan: Plan,
    pub now: u64,
    queue: BTreeMap<(u64, u64), Moment>,
    next: u64,
    chance: ChaCha8Rng,
    /// Of its own, so that clocks change nothing else.
    clocks: ChaCha8Rng,
    pub server: Server,
    server_up: bool,
    sync_due: bool,
    backup_len: usize,
    tickets: BTreeMap<u64, (usize, u32, u64)>,
    pub laptops: Vec<Laptop>,
    calm: bool,
    pub tally: BTreeMap<&'static str, u64>,
    pub trace: Hash,
    /// Every receipt a laptop ever believed.
    pub receipts: BTreeSet<(String, u32, u64, Hash)>,
    pub times: BTreeMap<(String, u32, u64, Hash), i64>,
    /// What stood at each place of each scope, as any laptop ever read it.
    places: BTreeMap<(u32, String, u64), Hash>,
    pub rolled_back: bool,
    pub log: Option<Vec<String>>,
}

impl World {
    pub fn new(plan: Plan, keep_log: bool) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(plan.seed ^ 0x5151_5151);
        let mut server = Server::new(plan.mutation);
        let server_key = server.signer.public();
        let mut laptops = Vec::new();
        for at in 0..plan.laptops {
            let signer = Signer::from_seed(&[u8::try_from(at).unwrap() + 1; 32]);
            let mut scopes: BTreeSet<String> = ["town".to_owned(), format!("user-{at}")].into();
            scopes.extend((0..3).filter(|_| chance.random_bool(0.7)).map(|n| format!("cmp-{n}")));
            server.enrol(0, &signer.public(), scopes.clone());
            let mut disk = Disk::new(signer.public().device_id(), server_key.clone(), 1);
            disk.granted = scopes;
            laptops.push(Laptop::new(signer, disk, server_key.clone()));
        }
        let clocks = ChaCha8Rng::seed_from_u64(plan.seed ^ 0xc10c);
        let mut world = Self {
            plan,
            now: 0,
            queue: BTreeMap::new(),
            next: 0,
            chance,
            clocks,
            server,
            server_up: true,
            sync_due: false,
            backup_len: 0,
            tickets: BTreeMap::new(),
            laptops,
            calm: false,
            tally: BTreeMap::new(),
            trace: Hash::default(),
            receipts: BTreeSet::new(),
            times: BTreeMap::new(),
            places: BTreeMap::new(),
            rolled_back: false,
            log: keep_log.then(Vec::new),
        };
        world.schedule();
        world
    }

    fn schedule(&mut self) {
        let storm = self.plan.storm_ms;
        for laptop in 0..self.plan.laptops {
            let at = self.chance.random_range(0..10_000);
            self.at(at, Moment::Start { laptop });
        }
        for _ in 0..self.plan.writes {
            let at = self.chance.random_range(10_000..storm);
            let laptop = self.chance.random_range(0..self.plan.laptops);
            self.at(at, Moment::Write { laptop });
        }
        let backup = self.chance.random_range(0..storm / 2);
        self.at(backup, Moment::BackUpServer);
        if self.plan.has(Fault::Rollback) {
            let at = self.chance.random_range(storm / 2..storm);
            self.at(at, Moment::RollBack);
        }
        for fault in [
            Fault::CrashLaptop,
            Fault::CrashServer,
            Fault::Clocks,
            Fault::Grant,
            Fault::LoseFile,
            Fault::Restore,
            Fault::Clone,
            Fault::Dark,
            Fault::Impatience,
        ] {
            let times = if self.plan.has(fault) { self.chance.random_range(1..4) } else { 0 };
            for _ in 0..times {
                let at = self.chance.random_range(1_000..storm);
                let laptop = self.chance.random_range(0..self.plan.laptops);
                match fault {
                    Fault::CrashLaptop => self.at(at, Moment::Crash { laptop }),
                    Fault::CrashServer => self.at(at, Moment::ServerCrash),
                    Fault::Clocks => self.at(at, Moment::Jump { laptop }),
                    Fault::Grant => self.at(at, Moment::Grant { laptop }),
                    Fault::LoseFile => self.at(at, Moment::LoseFile { laptop }),
                    Fault::Clone => self.at(at, Moment::Clone { laptop }),
                    Fault::Dark => self.at(at, Moment::Dark { laptop }),
                    Fault::Impatience => self.at(at, Moment::Nudge { laptop }),
                    _ => {
                        self.at(at / 2, Moment::Backup { laptop });
                        self.at(at, Moment::Restore { laptop });
                    }
                }
            }
        }
        self.at(storm, Moment::Calm);
    }

    fn at(&mut self, time: u64, moment: Moment) {
        self.next += 1;
        self.queue.insert((time.max(self.now), self.next), moment);
    }

    fn after(&mut self, delay: std::ops::Range<u64>, moment: Moment) {
        let time = self.now + self.chance.random_range(delay);
        self.at(time, moment);
    }

    /// Whether this fault strikes now; never once the storm is over.
    fn strikes(&mut self, fault: Fault) -> bool {
        let rate = self.plan.rate(fault);
        rate > 0.0 && !self.calm && self.chance.random_bool(rate)
    }

    /// Cut off, and not yet healed.
    fn dark(&self, laptop: usize) -> bool {
        !self.calm && self.now < self.laptops[laptop].dark_until
    }

    pub fn saw(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        let line = format!("{} {}", self.now, what());
        self.trace = Hash::of_parts(&[&self.trace.0, line.as_bytes()]);
        if let Some(log) = &mut self.log {
            log.push(line);
        }
    }

    /// Runs to the end of the calm; says what was broken.
    pub fn run(&mut self) -> Result<(), String> {
        let mut moments = 0;
        while let Some(((time, _), moment)) = self.queue.pop_first() {
            self.now = time;
            moments += 1;
            if moments > MOMENTS_MAX {
                return Err(format!("I19: runs in circles: {}", check::stuck(self)));
            }
            if self.calm && matches!(moment, Moment::Wake { .. } | Moment::Stored { .. }) && self.quiet() {
                break;
            }
            if time > self.plan.storm_ms + CALM_MS {
                return Err(format!("I19: not drained: {}", check::stuck(self)));
            }
            self.happen(moment)?;
        }
        let seen: Vec<(&'static str, u64)> = self.server.tally.iter().map(|(what, times)| (*what, *times)).collect();
        for (what, times) in seen {
            *self.tally.entry(what).or_default() += times;
        }
        check::end(self)
    }

    /// Everybody has all there is.
    fn quiet(&self) -> bool {
        let events = self.server.log.len() == self.server.durable;
        events
            && self.laptops.iter().all(|laptop| check::done(self, laptop))
            && check::level(self).is_ok()
            && check::fetched(self).is_ok()
    }

    fn happen(&mut self, moment: Moment) -> Result<(), String> {
        match moment {
            Moment::Wake { laptop, life, token } => {
                if self.laptops[laptop].life == life && self.laptops[laptop].wake_token == token {
                    self.drive(laptop, Input::Tick)?;
                }
            }
            Moment::Write { laptop } => self.write(laptop)?,
            Moment::Arrive { laptop, life, id, http, cut } => self.arrive(laptop, life, id, *http, cut)?,
            Moment::Reply { laptop, life, id, raw } => self.hear(laptop, life, id, *raw)?,
            Moment::GiveUp { laptop, life, id } => {
                if self.laptops[laptop].life == life && self.laptops[laptop].asking.remove(&id).is_some() {
                    self.drive(laptop, Input::Reply { id, result: Err(Failure::Unreachable) })?;
                }
            }
            Moment::Stored { laptop, life, lane, result } => {
                if self.laptops[laptop].life == life {
                    self.drive(laptop, Input::Stored { lane, result })?;
                }
            }
            Moment::Start { laptop } => {
                if self.laptops[laptop].client.is_none() {
                    self.note(|| format!("laptop {laptop} starts"));
                    let now = self.now;
                    if self.laptops[laptop].disk.events.is_empty() {
                        let times = self.laptops[laptop].times(now);
                        let Laptop { disk, signer, .. } = &mut self.laptops[laptop];
                        disk.incarnate(signer, "enrolled", times);
                    }
                    self.laptops[laptop].start(now, &mut self.chance);
                    self.drive(laptop, Input::Tick)?;
                }
            }
            Moment::Crash { laptop } => {
                self.saw("laptop crash at any moment");
                self.crash(laptop);
            }
            Moment::Backup { laptop } => {
                let disk = &self.laptops[laptop].disk;
                self.laptops[laptop].backup = (!disk.events.is_empty()).then(|| disk.clone());
            }
            Moment::Restore { laptop } => {
                if let Some(backup) = self.laptops[laptop].backup.take() {
                    self.saw("laptop restored");
                    self.crash(laptop);
                    self.laptops[laptop].disk = backup;
                }
            }
            Moment::Clone { laptop } => self.copy(laptop)?,
            Moment::Jump { laptop } => {
                let years = self.clocks.random_range(-10..=10_i64);
                let jump_ms = years * 365 * 86_400_000 + self.clocks.random_range(-3_600_000..3_600_000);
                self.laptops[laptop].wall_ms = if self.plan.true_clocks { 0 } else { jump_ms };
                self.saw("clock jump");
            }
            Moment::Grant { laptop } => {
                let dev = self.laptops[laptop].disk.dev.clone();
                let scope = format!("cmp-{}", self.chance.random_range(0..3));
                if self.server.grants.get_mut(&dev).unwrap().insert(scope) {
                    self.saw("scope granted late");
                }
            }
            Moment::LoseFile { laptop } => {
                let disk = &mut self.laptops[laptop].disk;
                let waiting =
                    disk.blobs.iter().find(|(hash, row)| row.mine && !row.verified && disk.vault.contains_key(*hash));
                if let Some(hash) = waiting.map(|(hash, _)| *hash) {
                    disk.vault.remove(&hash);
                    self.saw("file lost");
                }
            }
            Moment::Dark { laptop } => {
                self.laptops[laptop].dark_until = self.now + self.chance.random_range(60_000..1_200_000);
            }
            Moment::Nudge { laptop } => {
                self.saw("person asked now");
                self.drive(laptop, Input::Now)?;
            }
            Moment::Sync => self.sync()?,
            Moment::ServerCrash => self.crash_server()?,
            Moment::ServerUp => self.server_up = true,
            Moment::BackUpServer => self.backup_len = self.server.durable,
            Moment::RollBack => {
                self.crash_server()?;
                if self.server.log.len() > self.backup_len {
                    self.saw("server rolled back");
                }
                self.rolled_back = true;
                self.server.roll_back(self.backup_len.max(self.plan.laptops));
            }
            Moment::Expire { ticket } => {
                if let Some(raw) = self.server.expire(ticket) {
                    self.answer(ticket, raw);
                }
            }
            Moment::Calm => self.calm = true,
        }
        Ok(())
    }

    fn write(&mut self, laptop: usize) -> Result<(), String> {
        let scopes: Vec<String> = self.laptops[laptop].disk.granted.iter().filter(|s| *s != "town").cloned().collect();
        let scope = scopes[self.chance.random_range(0..scopes.len())].clone();
        let record = format!("case:{scope}-{}", self.chance.random_range(0..3));
        let mut files = Vec::new();
        if self.chance.random_bool(0.5) {
            for (lane, most) in [(1, 20_000), (3, 300_000)] {
                let mut bytes = self.chance.random::<u128>().to_be_bytes().to_vec();
                bytes.resize(self.chance.random_range(16..most), lane);
                files.push((lane, bytes));
            }
        }
        let times = self.laptops[laptop].times(self.now);
        let data = serde_json::json!({"note": format!("{}", self.chance.random::<u32>())});
        let Laptop { disk, signer, .. } = &mut self.laptops[laptop];
        disk.write(signer, Draft { kind: "case.noted", record, scope, times, files, data });
        let (inc, undelivered) = (disk.inc, disk.undelivered());
        self.note(|| format!("laptop {laptop} writes in {inc}, {undelivered} undelivered"));
        if self.strikes(Fault::CrashLaptop) {
            self.saw("crash after a write");
            self.crash(laptop);
            return Ok(());
        }
        self.drive(laptop, Input::Committed)
    }

    fn crash(&mut self, laptop: usize) {
        self.note(|| format!("laptop {laptop} crashes"));
        self.laptops[laptop].stop();
        self.after(500..60_000, Moment::Start { laptop });
    }

    fn copy(&mut self, laptop: usize) -> Result<(), String> {
        if self.laptops.len() >= 5 || self.laptops[laptop].disk.events.is_empty() {
            return Ok(());
        }
        self.saw("laptop cloned");
        let seed = [u8::try_from(laptop).unwrap() + 1; 32];
        let disk = self.laptops[laptop].disk.clone();
        let at = self.laptops.len();
        self.laptops.push(Laptop::new(Signer::from_seed(&seed), disk, self.server.signer.public()));
        self.after(0..5_000, Moment::Start { laptop: at });
        for _ in 0..4 {
            self.after(0..600_000, Moment::Write { laptop: at });
        }
        Ok(())
    }

    fn drive(&mut self, at: usize, input: Input) -> Result<(), String> {
        let now = self.now;
        for wish in self.laptops[at].drive(now, input, &mut self.chance) {
            let life = self.laptops[at].life;
            if self.laptops[at].client.is_none() {
                break;
            }
            match wish {
                Wish::Send { id, lane, http } => {
                    let what = self.laptops[at].asking.get(&id).map(Asking::words).unwrap_or_default();
                    self.note(|| format!("laptop {at} asks {id} {} {} {what}", http.method, http.path));
                    let patience = if lane == Lane::Watch { WAIT_MS + STALL_MS } else { STALL_MS };
                    self.at(now + patience, Moment::GiveUp { laptop: at, life, id });
                    self.carry(at, life, id, *http);
                }
                Wish::Fail { id, failure } => {
                    self.laptops[at].asking.remove(&id);
                    self.drive(at, Input::Reply { id, result: Err(failure) })?;
                }
                Wish::Store { lane, apply } => {
                    self.remember(&apply)?;
                    self.store(at, life, lane, *apply);
                }
                Wish::Wake { at_ms, token } => self.at(at_ms, Moment::Wake { laptop: at, life, token }),
                Wish::Anchor(anchor) => {
                    let truth = CLOCK_MS + now as i64;
                    if (anchor.srv - truth).abs() > anchor.err {
                        return Err(format!("I14: clock off by {}, claims ±{}", anchor.srv - truth, anchor.err));
                    }
                }
            }
        }
        Ok(())
    }

    /// I6: within an epoch a place is given to one event, for ever.
    fn remember(&mut self, apply: &Apply) -> Result<(), String> {
        let Apply::Page(page) = apply else { return Ok(()) };
        for frame in &page.frames {
            let id = frame.event.id();
            let place = (page.epoch, frame.scope.clone(), frame.pos);
            let first = *self.places.entry(place).or_insert(id);
            if first != id {
                return Err(format!("I6: {} {} was {first} and is {id}", frame.scope, frame.pos));
            }
        }
        Ok(())
    }

    /// One storage transaction: a crash comes before it, after it, or not.
    fn store(&mut self, at: usize, life: u32, lane: Lane, apply: Apply) {
        if self.strikes(Fault::CrashLaptop) {
            self.saw("crash before storing");
            return self.crash(at);
        }
        if self.strikes(Fault::DiskFull) {
            self.saw("laptop disk full");
            return self.after(1..60, Moment::Stored { laptop: at, life, lane, result: Err(StoreFault::Failed) });
        }
        let times = self.laptops[at].times(self.now);
        self.note(|| format!("laptop {at} stores {}", brief(&apply)));
        match &apply {
            Apply::NewIncarnation { reason, .. } => self.saw(reason),
            Apply::RestartCursors { .. } => self.saw("cursors restarted"),
            Apply::RestartScope { .. } => self.saw("scope restarted"),
            Apply::BlobMissing { .. } => self.saw("missing file noticed"),
            _ => {}
        }
        let believed = if let Apply::Receipt { receipt, .. } = &apply { Some(receipt.said.clone()) } else { None };
        let Laptop { disk, signer, .. } = &mut self.laptops[at];
        let result = if self.plan.mutation == Some(Mutation::CursorFirst)
            && let Apply::Page(page) = &apply
        {
            // Two transactions: a crash between them loses the events for good.
            let events = disk.events.clone();
            let result = disk.apply(Apply::Page(page.clone()), signer, times);
            if self.plan.has(Fault::CrashLaptop) && self.chance.random_bool(0.1) {
                self.laptops[at].disk.events = events;
                return self.crash(at);
            }
            result
        } else {
            disk.apply(apply, signer, times)
        };
        if let (Ok(()), Some(receipt)) = (&result, believed) {
            self.believe(receipt);
        }
        if self.strikes(Fault::CrashLaptop) {
            self.saw("crash after storing");
            return self.crash(at);
        }
        self.after(1..60, Moment::Stored { laptop: at, life, lane, result });
    }

    fn believe(&mut self, receipt: Receipt) {
        let Receipt { dev, inc, upto_n, head, recv_ms, epoch, .. } = receipt;
        self.receipts.insert((dev.clone(), inc, upto_n, head));
        let said = *self.times.entry((dev, epoch, u64::from(inc) << 32 | upto_n, head)).or_insert(recv_ms);
        if said != recv_ms {
            self.saw("receipt contradicts itself");
        }
    }

    /// The way there.
    fn carry(&mut self, laptop: usize, life: u32, id: u64, mut http: Http) {
        if self.plan.mutation == Some(Mutation::TrustTheNetwork) && http.path == "/v1/push" {
            let disk = &mut self.laptops[laptop].disk;
            let dev = disk.dev.clone();
            disk.events.values_mut().filter(|kept| kept.body.dev == dev).for_each(|kept| kept.delivered = true);
        }
        if self.dark(laptop) {
            return self.saw("no network");
        }
        if self.strikes(Fault::DropRequest) {
            return self.saw("request dropped");
        }
        if self.strikes(Fault::Replay)
            && let Some(raw) = self.laptops[laptop].last_reply.clone()
        {
            self.saw("old reply played again");
            return self.after(5..200, Moment::Reply { laptop, life, id, raw: Box::new(raw) });
        }
        if self.strikes(Fault::Portal) {
            self.saw("login page");
            let media_type = Some("text/html".to_owned());
            let body = b"<html>Welcome to Hotel WiFi</html>".to_vec();
            let raw = RawReply { status: 200, media_type, body, ..RawReply::default() };
            return self.after(5..200, Moment::Reply { laptop, life, id, raw: Box::new(raw) });
        }
        if self.strikes(Fault::Gateway) {
            self.saw("gateway answers");
            let status = [408, 413, 429, 500, 502, 503, 504][self.chance.random_range(0..7)];
            let raw = RawReply { status, retry_ms: Some(2_000), ..RawReply::default() };
            return self.after(5..200, Moment::Reply { laptop, life, id, raw: Box::new(raw) });
        }
        if self.strikes(Fault::Garble) && !http.body.is_empty() {
            self.saw("request garbled");
            let at = self.chance.random_range(0..http.body.len());
            http.body[at] ^= 1 << self.chance.random_range(0..8);
        }
        let cut = (self.strikes(Fault::Cut) && !http.body.is_empty()).then(|| {
            self.saw("body cut");
            self.chance.random_range(0..http.body.len())
        });
        let slow = self.strikes(Fault::Slow);
        if slow {
            self.saw("slow request");
        }
        if self.strikes(Fault::Duplicate) {
            self.saw("request duplicated");
            let http = Box::new(http.clone());
            self.after(1_000..120_000, Moment::Arrive { laptop, life, id, http, cut });
        }
        let delay = if slow { 1_000..40_000 } else { 1..300 };
        self.after(delay, Moment::Arrive { laptop, life, id, http: Box::new(http), cut });
    }

    fn arrive(&mut self, laptop: usize, life: u32, id: u64, mut http: Http, cut: Option<usize>) -> Result<(), String> {
        if !self.server_up {
            let raw = RawReply { status: 502, ..RawReply::default() };
            self.after(1..100, Moment::Reply { laptop, life, id, raw: Box::new(raw) });
            return Ok(());
        }
        let patch = http.method == "PATCH";
        if let Some(at) = cut
            && !patch
        {
            http.body.truncate(at);
        }
        self.next += 1;
        let ticket = self.next;
        let handled = self.server.handle(self.now, ticket, &http, cut);
        if cut.is_some() && patch {
            // The server kept what it got; there is nobody left to tell.
            self.schedule_sync();
            return Ok(());
        }
        self.tickets.insert(ticket, (laptop, life, id));
        if http.path.starts_with("/v1/wait") {
            self.at(self.now + WAIT_MS, Moment::Expire { ticket });
        }
        match handled {
            Handled::Now(raw) => self.answer(ticket, raw),
            Handled::Later => {}
        }
        self.schedule_sync();
        Ok(())
    }

    fn schedule_sync(&mut self) {
        if !self.sync_due {
            self.sync_due = true;
            // Now and then the disk takes its time.
            let delay = if self.chance.random_bool(0.2) { 500..5_000 } else { 1..40 };
            self.after(delay, Moment::Sync);
        }
    }

    fn sync(&mut self) -> Result<(), String> {
        self.sync_due = false;
        if !self.server_up {
            return Ok(());
        }
        if self.strikes(Fault::CrashServer) {
            self.saw("server crash before sync");
            return self.crash_server();
        }
        let replies = self.server.sync(self.now);
        if !replies.is_empty() && self.strikes(Fault::CrashServer) {
            self.saw("server crash after sync, before the answer");
            return self.crash_server();
        }
        for (ticket, raw) in replies {
            self.answer(ticket, raw);
        }
        Ok(())
    }

    fn crash_server(&mut self) -> Result<(), String> {
        if self.server_up {
            self.saw("server crash");
            self.note(|| "server crashes".to_owned());
            self.server_up = false;
            self.tickets.clear();
            self.server.crash()?;
            check::receipts(self)?;
            self.after(1_000..60_000, Moment::ServerUp);
        }
        Ok(())
    }

    /// The way back.
    fn answer(&mut self, ticket: u64, mut raw: RawReply) {
        let Some((laptop, life, id)) = self.tickets.remove(&ticket) else { return };
        if self.dark(laptop) {
            return self.saw("network gone before the answer");
        }
        if self.strikes(Fault::DropReply) {
            return self.saw("reply lost after the work");
        }
        if self.strikes(Fault::Garble) && !raw.body.is_empty() {
            self.saw("reply garbled");
            let at = self.chance.random_range(0..raw.body.len());
            raw.body[at] ^= 1 << self.chance.random_range(0..8);
        }
        if self.strikes(Fault::Cut) && !raw.body.is_empty() {
            self.saw("reply cut");
            raw.body.truncate(self.chance.random_range(0..raw.body.len()));
        }
        if self.strikes(Fault::Strip) {
            self.saw("headers stripped");
            raw = RawReply { status: raw.status, body: raw.body, ..RawReply::default() };
        }
        self.laptops[laptop].last_reply = Some(raw.clone());
        if self.strikes(Fault::DuplicateReply) {
            self.saw("reply duplicated");
            self.after(500..60_000, Moment::Reply { laptop, life, id, raw: Box::new(raw.clone()) });
        }
        let delay = if self.strikes(Fault::Slow) { 1_000..40_000 } else { 1..300 };
        self.after(delay, Moment::Reply { laptop, life, id, raw: Box::new(raw) });
    }

    fn hear(&mut self, laptop: usize, life: u32, id: u64, raw: RawReply) -> Result<(), String> {
        if self.laptops[laptop].life != life {
            return Ok(());
        }
        let Some(input) = self.laptops[laptop].hear(id, raw) else { return Ok(()) };
        self.note(|| format!("laptop {laptop} hears {id} {}", brief_reply(&input)));
        if !self.plan.has(Fault::DuplicateReply) {
            self.laptops[laptop].asking.remove(&id);
        }
        self.drive(laptop, input)
    }
}

fn brief(apply: &Apply) -> String {
    match apply {
        Apply::Page(page) => {
            format!("page of {} to {:?}", page.frames.len(), page.ends.iter().map(|end| end.pos).collect::<Vec<_>>())
        }
        Apply::Receipt { receipt, .. } => format!("receipt {}/{}", receipt.said.inc, receipt.said.upto_n),
        Apply::BlobArrived { hash, bytes } => format!("blob {hash} of {}", bytes.len()),
        other => format!("{other:?}"),
    }
}

fn brief_reply(input: &Input) -> String {
    let Input::Reply { result, .. } = input else { return String::new() };
    match result {
        Ok(Reply::Push(reply)) => format!("{reply:?}"),
        Ok(Reply::Pull(PullReply::Page(page))) => format!("page of {}, more {}", page.frames.len(), page.more),
        Ok(Reply::Part(bytes)) => format!("part of {}", bytes.len()),
        other => format!("{other:?}"),
    }
}
