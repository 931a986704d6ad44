//! Enrolment of a laptop: a one-time code and a new key, for a name in the town.

use std::net::IpAddr;
use std::sync::Arc;

use xunju_evidence::PublicKey;
use xunju_sync::message::{EnrolReply, EnrolRequest, Refusal, Welcome};

use super::{access, code, login};
use crate::error::{Result, ServerError};
use crate::journal::directory::{self, DeviceKind};
use crate::journal::{Journal, Tx, town};

const FREE_FOR_ADDRESS: u32 = 10;

/// Answers `POST /v1/enrol`.
///
/// # Errors
/// `Sql` and the like.
pub fn enrol(journal: &Arc<Journal>, request: EnrolRequest, address: IpAddr) -> Result<EnrolReply> {
    if request.proto > xunju_sync::limits::PROTO {
        return Ok(EnrolReply::Refused(Refusal::Upgrade { proto_max: xunju_sync::limits::PROTO }));
    }
    let Ok(key) = PublicKey::parse(&request.device_public_key) else { return Ok(EnrolReply::Refused(Refusal::Key)) };
    journal.write(move |tx| {
        let by_address = format!("enrol:{address}");
        if let Err(ServerError::TooManyTries { retry_s }) = login::hold(tx.conn, &by_address, tx.clock.now_ms()) {
            let retry_s = u32::try_from(retry_s).unwrap_or(u32::MAX);
            return Ok(EnrolReply::Refused(Refusal::TooManyTries { retry_s }));
        }
        let dev = key.device_id();
        let user = match code::use_device(tx, &request.code, &dev) {
            Ok(user) => user,
            Err(ServerError::CodeRefused) => {
                login::failed(tx, &by_address, FREE_FOR_ADDRESS)?;
                return Ok(EnrolReply::Refused(Refusal::Code));
            }
            Err(other) => return Err(other),
        };
        match directory::device(tx.conn, &dev)? {
            Some(known) if known.user != user || known.revoked => return Ok(EnrolReply::Refused(Refusal::Key)),
            Some(_) => {}
            None => {
                directory::enrol_device(tx, &key, &user, request.device_name.trim(), DeviceKind::Laptop)?;
                access::note(tx, &access::Look { user: &user, device: &dev, action: "enrol", object: "", address })?;
            }
        }
        welcome(tx, &user, dev).map(EnrolReply::Welcome)
    })
}

fn welcome(tx: &Tx<'_>, user: &str, device: String) -> Result<Welcome> {
    let town = town::read(tx.conn)?;
    let user = directory::user(tx.conn, user)?.ok_or_else(|| ServerError::UnknownUser { user: user.to_owned() })?;
    Ok(Welcome {
        log: town.log,
        epoch: town.epoch,
        town_name: town.name,
        town_code: town.code,
        server_public_key: tx.signer.public().text(),
        user: user.id,
        user_name: user.name,
        device,
    })
}
