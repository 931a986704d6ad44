//! How WebKitGTK is to draw, decided before GTK starts.
//!
//! Without a working GPU its DMABUF path scrolls three times slower, and on some drivers the window
//! stays blank. One environment variable decides, and it must be there when the process starts: the
//! program starts itself anew with it. A choice the user has made is left alone.

use std::fs;
use std::path::PathBuf;

use crate::folder;

/// A start that never got as far as its first question to the program; see [`painted`].
fn marker() -> PathBuf {
    folder::cache_folder().join("window-starting")
}

/// The page has asked its first question: it has been drawn.
pub fn painted() {
    let _ = fs::remove_file(marker());
}

#[cfg(not(target_os = "linux"))]
pub fn choose() {}

#[cfg(target_os = "linux")]
pub fn choose() {
    use std::os::unix::process::CommandExt as _;
    if std::env::var_os(VARIABLE).is_some() {
        return;
    }
    let blank_before = marker().exists();
    // Best effort: without a marker a blank window is not remembered, nothing worse.
    let _ = fs::create_dir_all(folder::cache_folder()).and_then(|()| fs::write(marker(), b""));
    if !(blank_before || no_gpu() || too_old()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    // `exec` returns only when it failed; then the window opens as it would have.
    let error = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(VARIABLE, "1").exec();
    eprintln!("xunju: {VARIABLE} not set: {error}");
}

#[cfg(target_os = "linux")]
const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Whether no driver offers a render node, or only one that draws on the CPU.
#[cfg(target_os = "linux")]
fn no_gpu() -> bool {
    const SOFTWARE: [&str; 8] = ["vgem", "vkms", "bochs", "cirrus", "simpledrm", "ast", "mgag200", "hyperv_drm"];
    let Ok(nodes) = fs::read_dir("/dev/dri") else { return true };
    let names = nodes.flatten().map(|node| node.file_name().to_string_lossy().into_owned());
    !names.filter(|name| name.starts_with("renderD")).any(|name| {
        let driver = fs::read_link(format!("/sys/class/drm/{name}/device/driver"));
        let driver = driver.ok().and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
        driver.is_none_or(|driver| !SOFTWARE.contains(&driver.as_str()))
    })
}

/// Before 2.48 the DMABUF path had faults of its own.
#[cfg(target_os = "linux")]
fn too_old() -> bool {
    let version = tauri::webview_version().unwrap_or_default();
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    found != (0, 0) && found < (2, 48)
}
