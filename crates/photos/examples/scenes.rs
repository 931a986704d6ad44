//! Draws one picture of every kind into a folder: `cargo run -p xunju-photos --example scenes -- DIR [SEED]`.

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = std::path::PathBuf::from(args.next().unwrap_or_else(|| "target/scenes".into()));
    let seed = args.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    std::fs::create_dir_all(&folder)?;
    for kind in xunju_photos::sample::KINDS {
        let started = std::time::Instant::now();
        let jpeg = xunju_photos::sample::scene(kind, seed, 1280, 960);
        println!("{kind}: {} kB in {} ms", jpeg.len() / 1000, started.elapsed().as_millis());
        std::fs::write(folder.join(format!("{kind}-{seed}.jpg")), jpeg)?;
    }
    Ok(())
}
