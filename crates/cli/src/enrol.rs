//! `xunjuctl enrol`

use serde_json::json;
use xunju_api::view::app::{EnrolRequest, KeyProtection};

use crate::answer::Answer;
use crate::arguments::{EnrolArguments, FolderArguments};
use crate::folder;

pub fn enrol(of: &FolderArguments, asked: &EnrolArguments) -> Answer {
    let laptop = folder::open(of)?;
    let request = EnrolRequest {
        server_url: asked.server.clone(),
        code: asked.code.clone(),
        passphrase: None,
        device_name: asked.device_name.clone(),
    };
    let state = laptop.enrol(&request)?;
    if state.key_protection == Some(KeyProtection::UserFile) {
        eprintln!(
            "xunjuctl: this machine has no key store and no passphrase was given: the folder's key is kept in a file of \
             your profile, outside the data folder. Enrol with --passphrase-stdin for better protection."
        );
    }
    Ok(json!({ "enrolled": true, "state": state }))
}
