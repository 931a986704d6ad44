"""Pillow with its scaled decoding."""
import pathlib, resource, sys, time

from PIL import Image, ImageOps


def job(file, out):
    with Image.open(file) as image:
        profile = image.info.get("icc_profile")
        image.draft("RGB", (1600, 1600))
        large = ImageOps.exif_transpose(image)
        large.thumbnail((1600, 1600), Image.Resampling.LANCZOS)
        small = large.copy()
        small.thumbnail((320, 320), Image.Resampling.LANCZOS)
        for made, px in ((large, 1600), (small, 320)):
            made.save(out / f"{file.stem}.{px}.jpg", quality=80, icc_profile=profile)


out, repeats = pathlib.Path(sys.argv[1]), int(sys.argv[2])
files = [pathlib.Path(f) for f in sys.argv[3:]]
for f in files:
    job(f, out)
before = time.process_time()
for _ in range(repeats):
    for f in files:
        job(f, out)
used = (time.process_time() - before) * 1e3 / (repeats * len(files))
print(f"{used:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
