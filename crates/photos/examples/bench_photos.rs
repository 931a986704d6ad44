//! One row of `script/bench photos`: `bench_photos ROW OUT REPEATS FILE...` does the job for every file and
//! prints the processor time of a photo and the most memory used.
//!
//! `ours` and `worker` do what an import does but for the vault; `image` does it with the image library
//! alone; `floor` only decodes, at half size.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;
use std::process::ExitCode;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageReader};
use xunju_photos::intake::examined;
use xunju_photos::{Source, sha256_hex, worker};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let row = args.first().map(String::as_str).unwrap_or_default();
    // The decoder in its own process, as the programs have it; the other rows stay in this one.
    if matches!(row, "worker" | "--photo-worker")
        && let Some(code) = worker::serve_if_asked()
    {
        return code;
    }
    let job: fn(&Path, &Path) = match row {
        "ours" | "worker" => ours,
        "image" => plain,
        "floor" => floor,
        _ => return ExitCode::FAILURE,
    };
    let (out, repeats) = (Path::new(&args[1]), args[2].parse::<u32>().unwrap());
    let files: Vec<&Path> = args[3..].iter().map(Path::new).collect();
    files.iter().for_each(|file| job(file, out));
    let before = used_ms();
    (0..repeats).for_each(|_| files.iter().for_each(|file| job(file, out)));
    let each = (used_ms() - before) / (f64::from(repeats) * files.len() as f64);
    println!("{each:.2} {}", peak_mb());
    ExitCode::SUCCESS
}

fn write(out: &Path, file: &Path, px: u32, bytes: &[u8]) {
    let name = file.file_stem().unwrap().to_string_lossy();
    std::fs::write(out.join(format!("{name}.{px}.jpg")), bytes).unwrap();
}

fn ours(file: &Path, out: &Path) {
    let bytes = std::fs::read(file).unwrap();
    let source = Source { name: String::new(), mtime_ms: None, channel: "folder".into(), imported_ms: 0 };
    let hash = sha256_hex(&bytes);
    let (facts, drawn) = examined(&bytes, &source).unwrap();
    assert!(facts.width > 0 && hash.len() == 64);
    write(out, file, 1600, &drawn.preview);
    write(out, file, 320, &drawn.thumb);
}

/// As one writes it in an afternoon.
fn plain(file: &Path, out: &Path) {
    let mut decoder = ImageReader::open(file).unwrap().into_decoder().unwrap();
    let profile = decoder.icc_profile().unwrap();
    let orientation = decoder.orientation().unwrap();
    let mut image = DynamicImage::from_decoder(decoder).unwrap();
    image.apply_orientation(orientation);
    for px in [1600, 320] {
        let small = image.resize(px, px, FilterType::Lanczos3);
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 80);
        if let Some(profile) = &profile {
            image::ImageEncoder::set_icc_profile(&mut encoder, profile.clone()).unwrap();
        }
        encoder.encode_image(&small).unwrap();
        write(out, file, px, &jpeg);
    }
}

fn floor(file: &Path, _out: &Path) {
    let bytes = std::fs::read(file).unwrap();
    let mut decompressor = turbojpeg::Decompressor::new().unwrap();
    decompressor.set_scaling_factor(turbojpeg::ScalingFactor::ONE_HALF).unwrap();
    let header = decompressor.read_header(&bytes).unwrap().scaled(turbojpeg::ScalingFactor::ONE_HALF);
    let mut pixels = vec![0; header.width * header.height * 3];
    let format = turbojpeg::PixelFormat::RGB;
    let (width, height) = (header.width, header.height);
    let image = turbojpeg::Image { pixels: pixels.as_mut_slice(), width, pitch: width * 3, height, format };
    decompressor.decompress(&bytes, image).unwrap();
}

/// Of this process and of those it started.
fn used_ms() -> f64 {
    let children = std::fs::read_to_string("/proc/thread-self/children").unwrap_or_default();
    let others: f64 = children.split_whitespace().map(|pid| ticks_ms(&format!("/proc/{pid}/stat"))).sum();
    let own = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    own.tv_sec as f64 * 1e3 + own.tv_nsec as f64 / 1e6 + others
}

fn ticks_ms(stat: &str) -> f64 {
    let text = std::fs::read_to_string(stat).unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // User and system time, in hundredths of a second (proc(5), 14 and 15).
    fields.get(11..13).map_or(0.0, |both| both.iter().map(|t| t.parse::<f64>().unwrap_or(0.0) * 10.0).sum())
}

fn peak_mb() -> u64 {
    let kilobytes = |status: String| {
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0)
    };
    let of = |pid: &str| kilobytes(std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default());
    let children = std::fs::read_to_string("/proc/thread-self/children").unwrap_or_default();
    (of("self") + children.split_whitespace().map(of).sum::<u64>()) / 1024
}
