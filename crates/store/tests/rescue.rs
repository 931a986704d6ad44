//! The rescue file: what was written comes back; anything else is refused, and never more is held than an item.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod kit;

use kit::said_by;
use xunju_evidence::{Hash, Signer};
use xunju_store::rescue::{About, Item, Reader, RescueError, Writer, about};

const PHRASE: &str = "写在纸上的一句口令";

fn sample() -> About {
    About {
        town: "示例镇".into(),
        log: "log_1".into(),
        device: "d_1".into(),
        device_name: "巡查一号".into(),
        made_ms: 1_795_485_600_000,
        events: 1,
        files: 1,
        bytes: 2_500_000,
    }
}

fn photo() -> Vec<u8> {
    (0..2_500_000_u32).map(|n| (n % 251) as u8).collect()
}

fn written() -> Vec<u8> {
    let mut out = Writer::begin(Vec::new(), &sample(), PHRASE).unwrap();
    let event = said_by(&Signer::from_seed(&[5; 32]), 1, None, vec![], "undelivered");
    out.event(1, 7, &event).unwrap();
    out.file(&Hash::of(&photo()), 2_500_000).unwrap();
    out.piece(&photo()).unwrap();
    out.finish().unwrap()
}

fn items(bytes: &[u8], phrase: &str) -> Result<Vec<Item>, RescueError> {
    let mut reader = Reader::open(bytes, phrase)?;
    let mut items = Vec::new();
    while let Some(item) = reader.next_item()? {
        items.push(item);
    }
    Ok(items)
}

#[test]
fn it_comes_back_as_it_was_and_says_what_it_is_without_the_passphrase() {
    let bytes = written();
    assert_eq!(about(&bytes[..]).unwrap(), sample());
    let items = items(&bytes, PHRASE).unwrap();
    assert!(
        matches!(&items[0], Item::Event { inc: 1, n: 7, event } if event.body.windows(11).any(|w| w == b"undelivered"))
    );
    assert_eq!(items[1], Item::File { hash: Hash::of(&photo()), bytes: 2_500_000 });
    let pieces: Vec<u8> = items[2..items.len() - 1]
        .iter()
        .flat_map(|item| if let Item::Piece(piece) = item { piece.clone() } else { panic!("{item:?}") })
        .collect();
    assert!(pieces == photo() && items.last() == Some(&Item::End));
    assert!(!bytes.windows(11).any(|w| w == b"undelivered"), "nothing of it lies in clear");
    assert!(matches!(self::items(&bytes, "another"), Err(RescueError::WrongPassphrase)));
}

/// Frozen: a file written today is read in ten years.
#[test]
fn its_face_is_frozen() {
    let bytes = written();
    assert_eq!(&bytes[..8], b"XJUSB\0\0\x01");
    let length = u32::from_be_bytes(bytes[8..12].try_into().unwrap()) as usize;
    let header: serde_json::Value = serde_json::from_slice(&bytes[12..12 + length]).unwrap();
    let names = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&header), ["about", "key", "prefix"]);
    assert_eq!(
        names(&header["about"]),
        ["bytes", "device", "device_name", "events", "files", "log", "made_ms", "town"]
    );
    assert_eq!(names(&header["key"]), ["memory_kib", "nonce", "passes", "salt", "sealed"]);
    assert_eq!(header["prefix"].as_str().unwrap().len(), 38);
}

#[test]
fn changed_cut_off_moved_or_longer_it_is_refused_where_it_broke() {
    let bytes = written();
    let start = 12 + u32::from_be_bytes(bytes[8..12].try_into().unwrap()) as usize;
    // One byte in every part of it: lengths, sealed items, their tags.
    for at in [start, start + 3, start + 4, start + 200, bytes.len() - 1, bytes.len() / 2] {
        let mut broken = bytes.clone();
        broken[at] ^= 1;
        assert!(matches!(items(&broken, PHRASE), Err(RescueError::Broken { .. })), "byte {at}");
    }
    for cut in [start, start + 2, start + 100, bytes.len() - 1, bytes.len() - 21] {
        assert!(matches!(items(&bytes[..cut], PHRASE), Err(RescueError::Broken { .. })), "cut at {cut}");
    }
    // An item left out: the numbers no longer fit.
    let first = 4 + u32::from_be_bytes(bytes[start..start + 4].try_into().unwrap()) as usize;
    let without = [&bytes[..start], &bytes[start + first..]].concat();
    assert!(matches!(items(&without, PHRASE), Err(RescueError::Broken { item: 0 })));
    // What it says of itself is bound to what is in it.
    let said = String::from_utf8_lossy(&bytes[12..start]).replace("示例镇", "别的镇");
    let other = [&bytes[..12], said.as_bytes(), &bytes[start..]].concat();
    assert!(matches!(items(&other, PHRASE), Err(RescueError::Broken { item: 0 })));
    for foreign in [&b""[..], b"PK\x03\x04 not one of ours at all", &bytes[..11], b"XJUSB\0\0\x02aaaa"] {
        assert!(matches!(items(foreign, PHRASE), Err(RescueError::Foreign)));
    }
    // A length beyond any item is not believed, and nothing is reserved for it.
    let mut huge = bytes[..start].to_vec();
    huge.extend([0xff; 4]);
    assert!(matches!(items(&huge, PHRASE), Err(RescueError::Broken { item: 0 })));
}
