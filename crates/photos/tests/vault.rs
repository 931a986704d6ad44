//! The vault against a hostile disk: tampering, cutting, swapping, and the power going at every step.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use xunju_photos::{PhotoError, Step, Stored, Vault, VaultKey, sha256_hex};

const CHUNK: usize = 64 * 1024;
const HEADER: usize = 40;
const SEALED_CHUNK: usize = CHUNK + 16;

fn key() -> Option<VaultKey> {
    Some(VaultKey::from_bytes([42; 32]))
}

fn sample(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 % 251) as u8).collect()
}

fn place(root: &Path, hash: &str) -> PathBuf {
    root.join(&hash[0..2]).join(&hash[2..4]).join(hash)
}

/// Changes a stored file the way a disk or a hand would.
fn meddle(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_goes_in_comes_out_at_every_length() {
    for sealed in [true, false] {
        let root = tempfile::tempdir().unwrap();
        let vault = Vault::open(root.path(), sealed.then(key).flatten()).unwrap();
        for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7] {
            let bytes = sample(len);
            let Stored { hash, bytes: length } = vault.put(&bytes).unwrap();
            assert_eq!((hash.clone(), length), (sha256_hex(&bytes), len as u64));
            assert_eq!(vault.read(&hash).unwrap(), bytes);
            assert_eq!(vault.len(&hash).unwrap(), len as u64);
            assert!(vault.verify(&hash).unwrap());
            for (offset, want) in
                [(0, 10), (CHUNK - 3, 6), (CHUNK, CHUNK), (2 * CHUNK - 1, 2), (len, 5), (len / 2, len)]
            {
                if offset <= len {
                    let part = vault.read_range(&hash, offset as u64, want as u64).unwrap();
                    assert_eq!(part, bytes[offset..len.min(offset + want)], "{len} {offset} {want}");
                }
            }
            let beyond = vault.read_range(&hash, len as u64 + 1, 1);
            assert!(matches!(beyond, Err(PhotoError::OutOfRange { .. })));
        }
    }
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), key()).unwrap();
    let bytes = sample(2 * CHUNK + 100);
    let hash = vault.put(&bytes).unwrap().hash;
    let path = place(root.path(), &hash);
    let whole = fs::read(&path).unwrap();
    for at in [0, 4, 5, 6, 8, 15, 16, 34, 35, 39, 40, HEADER + CHUNK, HEADER + SEALED_CHUNK + 5, whole.len() - 1] {
        meddle(&path, |file| file[at] ^= 1);
        assert!(!vault.verify(&hash).unwrap(), "byte {at}");
        assert!(matches!(vault.read(&hash), Err(PhotoError::Corrupt { .. })), "byte {at}");
        meddle(&path, |file| file.clone_from(&whole));
        assert!(vault.verify(&hash).unwrap());
    }
}

#[test]
fn cut_lengthened_reordered_or_swapped_files_are_noticed() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), key()).unwrap();
    let hash = vault.put(&sample(2 * CHUNK)).unwrap().hash;
    let other = vault.put(&sample(2 * CHUNK + 1)[1..]).unwrap().hash;
    let path = place(root.path(), &hash);
    let whole = fs::read(&path).unwrap();
    let foreign = fs::read(place(root.path(), &other)).unwrap();
    assert_eq!(whole.len(), foreign.len());
    let one_chunk = |file: &mut Vec<u8>| {
        file.truncate(HEADER + SEALED_CHUNK);
        file[8..16].copy_from_slice(&(CHUNK as u64).to_le_bytes());
    };
    type Meddling = Box<dyn Fn(&mut Vec<u8>)>;
    let meddlings: Vec<(&str, Meddling)> = vec![
        ("cut inside a chunk", Box::new(|file| file.truncate(HEADER + 100))),
        ("cut at a chunk", Box::new(|file| file.truncate(HEADER + SEALED_CHUNK))),
        ("cut at a chunk, header made to match", Box::new(one_chunk)),
        ("cut inside the header", Box::new(|file| file.truncate(20))),
        ("emptied", Box::new(Vec::clear)),
        ("lengthened", Box::new(|file| file.push(0))),
        ("chunks swapped", Box::new(|file| file[HEADER..].rotate_left(SEALED_CHUNK))),
        ("first chunk twice", Box::new(|file| file.copy_within(HEADER..HEADER + SEALED_CHUNK, HEADER + SEALED_CHUNK))),
        ("another picture's file", Box::new(move |file| file.clone_from(&foreign))),
    ];
    for (what, change) in meddlings {
        meddle(&path, |file| change(file));
        assert!(!vault.verify(&hash).unwrap(), "{what}");
        meddle(&path, |file| file.clone_from(&whole));
    }
    let stranger = Vault::open(root.path(), Some(VaultKey::from_bytes([43; 32]))).unwrap();
    assert!(!stranger.verify(&hash).unwrap(), "another key");
}

#[test]
fn a_plain_vault_never_hands_out_other_bytes() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), None).unwrap();
    let hash = vault.put(b"one").unwrap().hash;
    meddle(&place(root.path(), &hash), |file| file[0] ^= 1);
    assert!(matches!(vault.read(&hash), Err(PhotoError::Corrupt { .. })));
    assert!(!vault.verify(&hash).unwrap());
}

#[test]
fn a_sealed_vault_shows_nothing_of_a_picture() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), key()).unwrap();
    let jpeg = xunju_photos::sample::scene("plate:18", 1, 320, 240);
    let hash = vault.put(&jpeg).unwrap().hash;
    let file = fs::read(place(root.path(), &hash)).unwrap();
    for trace in [&b"\xFF\xD8\xFF"[..], b"Exif", b"Sample camera", &jpeg[2000..2016]] {
        assert!(!file.windows(trace.len()).any(|window| window == trace), "{trace:?}");
        assert!(jpeg.windows(trace.len()).any(|window| window == trace), "{trace:?} is in the picture itself");
    }
}

#[test]
fn the_same_bytes_twice_are_one_file_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), key()).unwrap();
    let first = vault.put(b"once").unwrap();
    let path = place(root.path(), &first.hash);
    let before = fs::read(&path).unwrap();
    assert_eq!(vault.put(b"once").unwrap(), first);
    assert_eq!(fs::read(&path).unwrap(), before, "a second write would have another nonce");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o400);
}

#[test]
fn putting_again_heals_a_damaged_file_and_keeps_the_damaged_one() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), key()).unwrap();
    let hash = vault.put(b"good").unwrap().hash;
    meddle(&place(root.path(), &hash), |file| file.truncate(10));
    assert!(!vault.verify(&hash).unwrap());
    vault.put(b"good").unwrap();
    assert_eq!(vault.read(&hash).unwrap(), b"good");
    assert_eq!(fs::read_dir(root.path().join("damaged")).unwrap().count(), 1);
}

/// A process killed before each step: never a name over half a file, never a name lost once given,
/// and what was left over is gone after the next start.
#[test]
fn killed_at_every_step() {
    for sealed in [true, false] {
        for dies_at in Step::ALL {
            let root = tempfile::tempdir().unwrap();
            let bytes = sample(3 * CHUNK);
            let hash = sha256_hex(&bytes);
            let vault = Vault::open(root.path(), sealed.then(key).flatten()).unwrap();
            let dying =
                vault.with_faults(move |step| if step == dies_at { panic!("killed at {step:?}") } else { Ok(()) });
            assert!(catch_unwind(AssertUnwindSafe(|| dying.put(&bytes))).is_err(), "{dies_at:?} was reached");

            let after = Vault::open(root.path(), sealed.then(key).flatten()).unwrap();
            assert_eq!(fs::read_dir(root.path().join("tmp")).unwrap().count(), 0);
            let named = matches!(dies_at, Step::SyncFolder | Step::Done);
            assert_eq!(after.has(&hash), named, "{dies_at:?}");
            assert!(!named || after.verify(&hash).unwrap());
            after.put(&bytes).unwrap();
            assert_eq!(after.read(&hash).unwrap(), bytes);
        }
    }
}

#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    for full_at in Step::ALL {
        let root = tempfile::tempdir().unwrap();
        let vault = Vault::open(root.path(), key()).unwrap();
        let full = vault.clone().with_faults(move |step| {
            if step == full_at { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
        });
        assert!(matches!(full.put(&sample(CHUNK)), Err(PhotoError::DiskFull { .. })), "{full_at:?}");
        assert_eq!(fs::read_dir(root.path().join("tmp")).unwrap().count(), 0, "{full_at:?}");
        let hash = vault.put(&sample(CHUNK)).unwrap().hash;
        assert!(vault.verify(&hash).unwrap(), "room was made: {full_at:?}");
    }
}

#[test]
fn an_upload_is_taken_over_only_when_it_is_what_it_was_called() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), None).unwrap();
    let bytes = sample(CHUNK + 5);
    let hash = sha256_hex(&bytes);
    let staged = vault.stage("../../up load/1");
    assert_eq!(staged.parent(), Some(root.path().join("stage").as_path()));
    fs::write(&staged, &bytes[..CHUNK]).unwrap();
    assert!(matches!(vault.adopt(&staged, &hash), Err(PhotoError::HashMismatch { .. })));
    assert!(staged.exists() && !vault.has(&hash));
    drop(vault);

    let vault = Vault::open(root.path(), None).unwrap();
    assert!(staged.exists(), "an upload under way outlives a restart");
    fs::write(&staged, &bytes).unwrap();
    assert_eq!(vault.adopt(&staged, &hash).unwrap(), Stored { hash: hash.clone(), bytes: bytes.len() as u64 });
    assert!(!staged.exists() && vault.verify(&hash).unwrap());

    let second = vault.stage("second");
    fs::write(&second, &bytes).unwrap();
    vault.adopt(&second, &hash).unwrap();
    assert!(!second.exists() && vault.verify(&hash).unwrap());

    let sealed = Vault::open(&root.path().join("laptop"), key()).unwrap();
    assert!(matches!(sealed.adopt(&second, &hash), Err(PhotoError::PlainVaultOnly { .. })));
}

#[test]
fn announced_bytes_are_checked_before_they_are_kept() {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), key()).unwrap();
    let hash = sha256_hex(b"announced");
    assert!(matches!(vault.put_as(&hash, b"other"), Err(PhotoError::HashMismatch { .. })));
    assert!(!vault.has(&hash) && !vault.has(&sha256_hex(b"other")));
    assert_eq!(vault.put_as(&hash, b"announced").unwrap().hash, hash);
    vault.remove(&hash).unwrap();
    vault.remove(&hash).unwrap();
    assert!(matches!(vault.read(&hash), Err(PhotoError::Missing { .. })));
    assert!(matches!(vault.read("../../../etc/passwd"), Err(PhotoError::BadHash { .. })));
}

#[test]
fn who_only_reads_beside_the_writer_sweeps_nothing_away() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(dir.path(), key()).unwrap();
    let stored = vault.put(&sample(1_000)).unwrap();
    let half = dir.path().join("tmp/half-written");
    fs::write(&half, b"half").unwrap();
    assert_eq!(Vault::beside(dir.path(), key()).read(&stored.hash).unwrap(), sample(1_000));
    assert!(half.exists());
    Vault::open(dir.path(), key()).unwrap();
    assert!(!half.exists(), "the writer's own next opening does");
}
