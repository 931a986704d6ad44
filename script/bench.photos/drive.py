"""Takes turns between the tools, and prints the table."""
import argparse, os, pathlib, shutil, statistics, subprocess, sys

import numpy
import pyvips

SCRATCH = pathlib.Path("target/bench")
HERE = pathlib.Path("script/bench.photos")
OURS = "target/release/examples/bench_photos"
PYTHON = sys.executable
LIBVIPS = "libvips 8.18, in-process, chained"
DEBIAN = "vipsthumbnail, Debian's libvips"
SHARP = "sharp, profile kept"
OURS_ROW = "ours: SHA-256, EXIF, both renditions"
ROWS = {
    OURS_ROW: [OURS, "ours"],
    "ours, decoder in its own process": [OURS, "worker"],
    "decode only, half size": [OURS, "floor"],
    LIBVIPS: [PYTHON, HERE / "vips.py"],
    SHARP: ["node", HERE / "sharp.mjs"],
    "Pillow, draft": [PYTHON, HERE / "pillow.py"],
    "image, plain": [OURS, "image"],
}
# What photos.md asks of our row: at most so much of another's processor time.
RATIOS_MAX = {LIBVIPS: 0.56, DEBIAN: 0.40, SHARP: 0.52}
PEAK_MB_MAX = 40
# Decibels below libvips.
PSNR_BELOW_MAX = 0.3


def photos():
    shared = pathlib.Path(os.environ.get("XUNJU_SHARED", "../shared"))
    folder = shared / "data/photos"
    if not (folder / "manifest.tsv").is_file():
        sys.exit(f"no photos: name some, or set XUNJU_SHARED ({folder} is not there)")
    rows = [line.split("\t") for line in (folder / "manifest.tsv").read_text().splitlines()[1:]]
    return [folder / r[0] for r in rows if r[12] == "JPEG" and int(r[4]) * int(r[5]) >= 9_000_000]


def pinned(command):
    environment = {**os.environ, "VIPS_CONCURRENCY": "1", "UV_THREADPOOL_SIZE": "1", "MALLOC_ARENA_MAX": "2"}
    core = str(max(os.sched_getaffinity(0)))
    return subprocess.Popen(["taskset", "-c", core, *map(str, command)], stdout=subprocess.PIPE, text=True, env=environment)


def run(command, out, repeats, files):
    out.mkdir(parents=True, exist_ok=True)
    process = pinned([*command, out, repeats, *files])
    text, _ = process.communicate()
    if process.returncode:
        sys.exit(f"{command} failed")
    each, peak = text.split()[-2:]
    return float(each), float(peak)


def thumbnailer(out, files):
    """vipsthumbnail: one process for each size; its start is part of its price."""
    out.mkdir(parents=True, exist_ok=True)
    used = 0.0
    for size in ("1600x1600>", "320x320>"):
        px = size.split("x")[0]
        command = ["vipsthumbnail", "--size", size, "-o", f"{out.absolute()}/%s.{px}.jpg[Q=80]", *files]
        process = pinned(command)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        used += usage.ru_utime + usage.ru_stime
    return used * 1e3 / len(files), usage.ru_maxrss / 1024


def pixels(path):
    image = pyvips.Image.new_from_file(str(path))
    return numpy.asarray(image.numpy(), dtype=float)


def reference(path):
    """Every pixel decoded, turned, and made smaller by Lanczos."""
    image = pyvips.Image.new_from_file(str(path)).autorot()
    return numpy.asarray(image.resize(1600 / max(image.width, image.height), kernel="lanczos3").numpy(), dtype=float)


def psnr(a, b):
    if a.shape != b.shape:
        return float("nan")
    return 10 * numpy.log10(255**2 / numpy.mean((a - b) ** 2))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("photos", nargs="*")
    asked = parser.parse_args()
    files = [pathlib.Path(p) for p in asked.photos] or photos()
    out = SCRATCH / "photos"
    shutil.rmtree(out, ignore_errors=True)
    times, peaks = {}, {}
    with_cli = shutil.which("vipsthumbnail")
    for number in range(asked.rounds):
        for at, (name, command) in enumerate(ROWS.items()):
            each, peak = run(command, out / str(at), asked.repeats, files)
            times.setdefault(name, []).append(each)
            peaks[name] = max(peaks.get(name, 0), peak)
        if with_cli:
            each, peak = thumbnailer(out / "cli", files)
            times.setdefault(DEBIAN, []).append(each)
            peaks[DEBIAN] = peak
        print(f"round {number + 1} of {asked.rounds}", file=sys.stderr)
    references = {f: reference(f) for f in files}
    places = {name: out / str(at) for at, name in enumerate(ROWS)} | {DEBIAN: out / "cli"}
    megapixels = sum(r.shape[0] for r in references.values()) and statistics.mean(
        pyvips.Image.new_from_file(str(f)).width * pyvips.Image.new_from_file(str(f)).height / 1e6 for f in files
    )
    print(f"{len(files)} photos, mean {megapixels:.1f} million pixels, {asked.rounds} rounds of {asked.repeats}")
    print("| tool | CPU ms a photo, median (least) | x libvips 8.18 | x sharp | peak MB | PSNR dB, 1600 px |")
    print("|---|---|---|---|---|---|")
    qualities = {}
    for name, each in times.items():
        ratio = lambda other: statistics.median(a / b for a, b in zip(each, times[other]))
        made = [places[name] / f"{f.stem}.1600.jpg" for f in files]
        quality = [psnr(pixels(m), references[f]) for m, f in zip(made, files)] if all(m.is_file() for m in made) else []
        qualities[name] = numpy.mean(quality) if quality else float("nan")
        said = f"{numpy.nanmean(quality):.2f}" if quality else "-"
        print(
            f"| {name} | {statistics.median(each):.1f} ({min(each):.1f}) | {ratio(LIBVIPS):.2f} "
            f"| {ratio(SHARP):.2f} | {peaks[name]:.0f} | {said} |"
        )
    sys.exit(judged(times, peaks, qualities))


def judged(times, peaks, qualities):
    """Says of each goal whether it is reached. One that is not makes the run fail."""
    met = []
    for other, most in RATIOS_MAX.items():
        if other not in times:
            print(f"goal NOT MEASURED: {other} is not here")
            continue
        ratio = statistics.median(a / b for a, b in zip(times[OURS_ROW], times[other]))
        met.append((ratio <= most, f"{ratio:.2f} of the time of {other}, at most {most}"))
    met.append((peaks[OURS_ROW] <= PEAK_MB_MAX, f"{peaks[OURS_ROW]:.0f} MB, at most {PEAK_MB_MAX}"))
    below = qualities[LIBVIPS] - qualities[OURS_ROW]
    # Not a number where a rendition is missing or of another size: missed.
    met.append((below <= PSNR_BELOW_MAX, f"{below:.3f} dB below libvips, at most {PSNR_BELOW_MAX}"))
    for reached, said in met:
        print(f"goal {'reached' if reached else 'MISSED'}: {said}")
    return 0 if all(reached for reached, _ in met) else 1


main()
