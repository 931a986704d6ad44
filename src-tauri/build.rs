//! Embeds the window's configuration, and keeps what it generates out of the root folder.

use std::fs;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=tauri.conf.json");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    println!("cargo:rerun-if-changed=assets/icons");
    println!("cargo:rerun-if-changed=ui/dist");
    if let Err(error) = have_a_page(Path::new("ui/dist")) {
        println!("cargo::error=ui/dist: {error}");
    }
    let windows = tauri_build::WindowsAttributes::new().window_icon_path("assets/icons/icon.ico");
    let commands = tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .windows_attributes(windows)
        .app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error=window configuration: {error:#}");
        return;
    }
    // Schemas for editors are always written to ./gen.
    let (from, to) = (Path::new("gen"), Path::new("src-tauri/gen"));
    if from.is_dir() {
        let _ = fs::remove_dir_all(to);
        if let Err(error) = fs::rename(from, to) {
            println!("cargo::warning=gen stays in the root folder: {error}");
        }
    }
}

/// The page is built by npm. Without it the program still compiles, and its window says what is missing.
fn have_a_page(dist: &Path) -> std::io::Result<()> {
    let page = dist.join("index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(dist)?;
    fs::write(page, "<!doctype html><title>Xunju</title><p>The interface is not built: npm --prefix ui run build\n")
}
