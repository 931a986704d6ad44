//! A laptop with a name, driven through the command table.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use xunju_api::error::ApiError;
use xunju_api::view::app::EnrolRequest;
use xunju_api::view::case::CaseView;
use xunju_api::view::draft::Recorded;
use xunju_api::view::photo::Channel;
use xunju_api::view::work::CompoundList;
use xunju_link::{Laptop, Options, Outcome};

use crate::photos::scene;
use crate::town::Town;

/// Longest a test waits for an exchange to end.
const PATIENCE: Duration = Duration::from_secs(120);

/// A person with an enrolled laptop.
pub struct Inspector {
    pub laptop: Laptop,
    pub dir: PathBuf,
    pub state_dir: PathBuf,
}

/// What a form for an illegal structure takes, at one door.
#[must_use]
pub fn case_with(compound: &str, building: &str, room: &str, photos: &[(String, &str)]) -> Value {
    let photos: Vec<Value> = photos.iter().map(|(hash, slot)| json!({ "hash": hash, "slot": slot })).collect();
    json!({
        "compound_id": compound, "building": building, "room": room, "type_code": "WJ-TJ",
        "fields": { "area_m2": "12.5", "structure": "steel" }, "note": "天井内搭建阳光房", "photos": photos,
    })
}

impl Inspector {
    /// Enrols `user` on a laptop of its own folder.
    #[must_use]
    pub fn enrol(town: &Town, user: &str, name: &str, options: Options) -> Self {
        Self::enrol_through(town, &town.server.url, user, name, options)
    }

    /// The same through another address, such as a proxy's.
    #[must_use]
    pub fn enrol_through(town: &Town, url: &str, user: &str, name: &str, options: Options) -> Self {
        Self::enrol_in(town, url, user, &town.folder(name), options)
    }

    /// The same in a folder somewhere else; its key files lie beside it.
    #[must_use]
    pub fn enrol_in(town: &Town, url: &str, user: &str, dir: &Path, options: Options) -> Self {
        let this = Self::open(dir, options);
        let name = dir.file_name().unwrap().to_string_lossy().into_owned();
        let asked = EnrolRequest {
            server_url: url.to_owned(),
            code: town.code(user),
            passphrase: None,
            device_name: Some(name),
        };
        this.laptop.enrol(&asked).unwrap();
        this.sync();
        this
    }

    /// Opens a laptop's folder, whose key files lie beside it.
    #[must_use]
    pub fn open(dir: &Path, options: Options) -> Self {
        let name = dir.file_name().unwrap().to_string_lossy();
        let (dir, state_dir) = (dir.to_owned(), dir.with_file_name(format!("{name}-state")));
        let laptop = Laptop::open(&dir, Options { state_dir: Some(state_dir.clone()), ..options }).unwrap();
        Self { laptop, dir, state_dir }
    }

    /// Closes and opens again, as after a power cut.
    #[must_use]
    pub fn reopen(self, options: Options) -> Self {
        let Self { laptop, dir, .. } = self;
        drop(laptop);
        Self::open(&dir, options)
    }

    /// Runs a command and reads its answer.
    ///
    /// # Errors
    /// What the command says.
    pub fn ask<T: DeserializeOwned>(&self, name: &str, args: Value) -> Result<T, ApiError> {
        self.laptop.call(name, args).map(|answer| serde_json::from_value(answer).unwrap())
    }

    /// Exchanges everything.
    pub fn sync(&self) {
        assert_eq!(self.outcome(), Outcome::Drained);
    }

    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.laptop.sync_until_quiet(PATIENCE).unwrap()
    }

    /// Id of the compound of this name.
    #[must_use]
    pub fn compound(&self, name: &str) -> String {
        let list: CompoundList = self.ask("compound.list", json!({ "text": name })).unwrap();
        list.rows.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("no compound {name}")).id.clone()
    }

    /// Puts a picture into the tray; gives its hash.
    #[must_use]
    pub fn import(&self, bytes: &[u8], name: &str) -> String {
        self.laptop.import(bytes, name, None, Channel::Picker).unwrap().hash
    }

    /// Records a case with these form contents.
    ///
    /// # Errors
    /// What `draft.record` says.
    pub fn record(&self, content: &Value) -> Result<Recorded, ApiError> {
        let draft: Value = self.ask("draft.new", json!({}))?;
        self.ask::<Value>("draft.save", json!({ "id": draft["id"], "content": content }))?;
        self.ask("draft.record", json!({ "id": draft["id"] }))
    }

    /// Records an illegal structure at a door, with photos in the first two slots.
    #[must_use]
    pub fn record_at(&self, building: &str, room: &str, seed: u64) -> Recorded {
        let compound = self.compound("东湖花园");
        let photos =
            [(self.import(&scene(seed), "IMG_1.JPG"), "far"), (self.import(&scene(seed + 1), "IMG_2.JPG"), "near")];
        self.record(&case_with(&compound, building, room, &photos)).unwrap()
    }

    #[must_use]
    pub fn case(&self, id: &str) -> CaseView {
        self.ask("case.get", json!({ "id": id })).unwrap()
    }

    #[must_use]
    pub fn photo_folder(&self) -> &Path {
        &self.dir
    }
}
