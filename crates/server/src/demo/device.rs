//! A device of the sample town: a random key that is thrown away when the story is told.

use serde_json::json;
use xunju_domain::device;
use xunju_domain::event::{BlobRef, NewEvent};
use xunju_evidence::body::ENVELOPE_VERSION;
use xunju_evidence::{Anchor, Blob, BlobPart, EventBody, Hash, SignedEvent, Signer, Times};
use xunju_sync::limits::PROTO;
use xunju_sync::{PushReply, PushRequest};

use crate::error::{Result, ServerError};
use crate::journal::directory::{self, Device, DeviceKind};
use crate::journal::{Tx, grant, intake, town};
use crate::secret;

pub struct DemoDevice {
    signer: Signer,
    device: Device,
    n: u64,
    head: Option<Hash>,
}

impl DemoDevice {
    /// Enrols a fresh device and opens its chain.
    pub fn enrol(tx: &Tx<'_>, user: &str, name: &str, kind: DeviceKind) -> Result<Self> {
        let signer = Signer::from_seed(&secret::bytes32()?);
        let device = directory::enrol_device(tx, &signer.public(), user, name, kind)?;
        let mut new = Self { signer, device, n: 0, head: None };
        let opened = NewEvent {
            record: format!("device:{}", new.device.dev),
            scope: grant::TOWN.to_owned(),
            kind: device::INCARNATION.to_owned(),
            tv: 1,
            actor: user.to_owned(),
            parents: Vec::new(),
            blobs: Vec::new(),
            data: json!({ "inc": 1, "reason": "enrolled" }),
        };
        new.push(tx, vec![opened], &[], tx.clock.now_ms())?;
        Ok(new)
    }

    /// Signs events that follow `parents` one after the other, and pushes them. Says their ids.
    pub fn push(&mut self, tx: &Tx<'_>, events: Vec<NewEvent>, parents: &[Hash], wall_ms: i64) -> Result<Vec<Hash>> {
        let (from_n, mut parents) = (self.n + 1, parents.to_vec());
        let mut signed = Vec::with_capacity(events.len());
        for event in events {
            let event = self.sign(event, parents, wall_ms)?;
            parents = vec![event.id()];
            signed.push(event);
        }
        let ids = signed.iter().map(SignedEvent::id).collect();
        let town = town::read(tx.conn)?;
        let (log, dev) = (town.log, self.device.dev.clone());
        let request = PushRequest { proto: PROTO, log, epoch: town.epoch, dev, inc: 1, from_n, events: signed, t0: 0 };
        match intake::push_in(tx, &self.device, &request)? {
            PushReply::Accepted { .. } => Ok(ids),
            other => Err(ServerError::inner("sample town", format!("{other:?}"))),
        }
    }

    fn sign(&mut self, event: NewEvent, parents: Vec<Hash>, wall_ms: i64) -> Result<SignedEvent> {
        // Sample laptops are in step with the server.
        let anchor = Anchor { srv: wall_ms, mono: wall_ms, err: 180 };
        let body = EventBody {
            v: ENVELOPE_VERSION,
            kind: event.kind,
            tv: event.tv,
            record: event.record,
            scope: event.scope,
            dev: self.device.dev.clone(),
            inc: 1,
            n: self.n + 1,
            prev: self.head,
            parents,
            actor: event.actor,
            sess: None,
            acl: 0,
            t: Times {
                wall: wall_ms,
                tz: "+08:00".to_owned(),
                boot: "sample".to_owned(),
                mono: wall_ms,
                anc: Some(anchor),
                gps: None,
            },
            seen: None,
            blobs: event.blobs.iter().map(blob).collect::<Result<_>>()?,
            crit: false,
            touches: Vec::new(),
            data: event.data,
        };
        let signed = self.signer.sign_event(&body)?;
        (self.n, self.head) = (body.n, Some(signed.id()));
        Ok(signed)
    }
}

fn blob(blob: &BlobRef) -> Result<Blob> {
    let hash = |text: &str| text.parse::<Hash>().map_err(|e| ServerError::inner("sample photo", e));
    let part = |part: &Option<xunju_domain::event::BlobPart>| -> Result<Option<BlobPart>> {
        part.as_ref().map(|part| Ok(BlobPart { h: hash(&part.h)?, n: part.n })).transpose()
    };
    Ok(Blob {
        h: hash(&blob.h)?,
        n: blob.n,
        m: blob.m.clone(),
        role: blob.role.clone(),
        thumb: part(&blob.thumb)?,
        preview: part(&blob.preview)?,
        facts: blob.facts.clone(),
    })
}
