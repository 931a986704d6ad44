"""What every peer of `script/bench sync` is given; data.mjs says how it is made."""

import hashlib
import json
import pathlib

SEED = 20261125
TEXT_CHARS = 780
PHOTO_BYTES = 5_000_000
DEVICES = 20
EACH = 250

WORDS = (pathlib.Path(__file__).parent / "words.txt").read_text("ascii").split()
MASK = 0xFFFFFFFF
_base = None


def text(n):
    x = (SEED + 2654435761 * n) & MASK
    made = ""
    for _ in range(192):
        x = (1664525 * x + 1013904223) & MASK
        made += "%x" % (x >> 28)
    while len(made) < TEXT_CHARS:
        x = (1664525 * x + 1013904223) & MASK
        made += " " + WORDS[x >> 27]
    return made[:TEXT_CHARS]


def photo(n):
    global _base
    if _base is None:
        x = SEED
        _base = bytearray(PHOTO_BYTES)
        for at in range(PHOTO_BYTES):
            x = (1664525 * x + 1013904223) & MASK
            _base[at] = x >> 24
    return n.to_bytes(8, "big") + _base[8:]


if __name__ == "__main__":
    texts = "".join(text(n) for n in range(1000)).encode("ascii")
    sha = lambda data: hashlib.sha256(data).hexdigest()
    print(json.dumps({"texts": sha(texts), "photo": sha(photo(1))}, separators=(",", ":")))
