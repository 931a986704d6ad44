"""libvips in-process, its best chain: shrink on load, the small one made from the large one."""
import pathlib, resource, sys, time

import pyvips

pyvips.cache_set_max(0)


def job(file, out):
    large = pyvips.Image.thumbnail(str(file), 1600, height=1600, size="down").copy_memory()
    small = large.thumbnail_image(320, height=320, size="down")
    for image, px in ((large, 1600), (small, 320)):
        image.jpegsave(str(out / f"{file.stem}.{px}.jpg"), Q=80, keep="icc")


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
