//! A disk whose plug can be pulled: an ext4 file system in a file, shut down with everything lost that was not yet
//! synced (sync.md §10.2, T8). It models a page cache that is gone, not a disk that lies about its own.

use std::path::PathBuf;
use std::process::Command;

/// `EXT4_IOC_SHUTDOWN` with `NOLOGFLUSH`, as the kernel's headers give them. Perl is on every Debian, and lets a safe
/// program ask for it.
const SHUTDOWN: &str =
    r#"open(my $f, "<", $ARGV[0]) or die $!; my $how = pack("L", 2); ioctl($f, 0x8004587d, $how) or die $!"#;

/// A mounted file system. Dropped, it is taken off.
pub struct Disk {
    home: tempfile::TempDir,
}

impl Disk {
    /// A new disk, empty.
    ///
    /// # Errors
    /// Why this machine cannot have one: no right to mount, no loop devices, no ext4.
    pub fn new(mib: u64) -> Result<Self, String> {
        let disk = Self { home: tempfile::tempdir().map_err(|e| e.to_string())? };
        let image = std::fs::File::create(disk.image()).map_err(|e| e.to_string())?;
        image.set_len(mib << 20).map_err(|e| e.to_string())?;
        std::fs::create_dir(disk.folder()).map_err(|e| e.to_string())?;
        said(Command::new("mkfs.ext4").args(["-q", "-F", "-m", "0"]).arg(disk.image()))?;
        disk.mount()?;
        Ok(disk)
    }

    fn image(&self) -> PathBuf {
        self.home.path().join("image")
    }

    /// Where it is mounted.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.home.path().join("disk")
    }

    fn mount(&self) -> Result<(), String> {
        said(Command::new("mount").args(["-o", "loop"]).arg(self.image()).arg(self.folder()))
    }

    /// Everything written so far is on the disk.
    pub fn sync(&self) {
        said(Command::new("sync").arg("-f").arg(self.folder())).unwrap();
    }

    /// The power goes: nothing more reaches the disk, and what waits in memory never does.
    pub fn pull(&self) {
        said(Command::new("perl").args(["-e", SHUTDOWN]).arg(self.folder())).unwrap();
    }

    /// The power is back: what the disk had is read again. Whoever had files open must be dead.
    pub fn plug_in(&self) {
        said(Command::new("umount").arg(self.folder())).unwrap();
        self.mount().unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a failing test may still hold files.
        if let Err(why) = said(Command::new("umount").arg("-l").arg(self.folder())) {
            eprintln!("the disk stays mounted: {why}");
        }
    }
}

fn said(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}
