//! Key files: 32 random bytes in hex, readable by the owner alone, made once and never half.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use xunju_evidence::hash::{from_hex, to_hex};
use zeroize::Zeroizing;

use crate::error::{Result, ServerError};
use crate::secret;

/// The seed in `path`; when there is none, draws one. Two processes doing so at once agree on one.
pub fn read_or_draw(path: &Path) -> Result<[u8; 32]> {
    if let Some(seed) = read(path)? {
        return Ok(seed);
    }
    // One draft for each who tries: two threads of a process are two.
    static TRIES: AtomicU32 = AtomicU32::new(0);
    let draft = path.with_extension(format!("{}-{}.new", std::process::id(), TRIES.fetch_add(1, Ordering::Relaxed)));
    write(&draft, &secret::bytes32()?)?;
    // A hard link fails when the name exists: the first writer wins, the second reads his.
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft).map_err(|e| ServerError::io("remove key draft", &draft, e))?;
    match linked {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(ServerError::io("place key", path, e)),
        _ => sync_folder(path)?,
    }
    read(path)?.ok_or_else(|| ServerError::corrupt(format!("key {} vanished", path.display())))
}

pub fn read(path: &Path) -> Result<Option<[u8; 32]>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(ServerError::io("read key", path, e)),
    };
    let seed = from_hex(text.trim()).and_then(|bytes| bytes.try_into().ok());
    seed.map(Some).ok_or_else(|| ServerError::corrupt(format!("{} is not a key", path.display())))
}

pub fn write(path: &Path, seed: &[u8; 32]) -> Result<()> {
    let failed = |e| ServerError::io("write key", path, e);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(to_hex(seed).as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

fn sync_folder(path: &Path) -> Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let opened = fs::File::open(folder).and_then(|folder| folder.sync_all());
        opened.map_err(|e| ServerError::io("sync folder", folder, e))?;
    }
    Ok(())
}

/// Sets permissions where the system has them.
pub fn owner_only(path: &Path, mode: u32) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let set = fs::set_permissions(path, fs::Permissions::from_mode(mode));
        set.map_err(|e| ServerError::io("set permissions", path, e))?;
    }
    Ok(())
}
