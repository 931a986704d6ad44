"""tuspy as it comes, against a server: a photo in pieces, cut off within one, resumed by a second client, looked at,
and sent again by one that does not know. Anything unexpected ends it with words and code 1.

python tests/tus/stock.py ENDPOINT HEADERS FILE [--piece BYTES]
ENDPOINT: where uploads are created, without TLS. HEADERS: JSON {"name": "text"} for every request; under "POST", "HEAD"
and "PATCH" an object of those for that method alone. script/bench.sync/install installs the client.
"""

import argparse
import contextlib
import hashlib
import json
import pathlib
import subprocess
import sys
from urllib.parse import urlsplit

from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

LINK = pathlib.Path(__file__).parents[2] / "script/bench.sync/link.mjs"


class Unexpected(Exception):
    pass


def expect(held, words):
    if not held:
        raise Unexpected(words)


@contextlib.contextmanager
def breaking_line(address, at):
    """A line to the server that breaks once so many bytes have gone up; where it begins."""
    command = ["node", LINK, "--to", address, "--rate", "200000000", "--at", str(at)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as line:
        # It ends when its standard input does.
        yield json.loads(line.stdout.readline())["listening"]


class Client:
    """One client with the headers each method is given."""

    def __init__(self, endpoint, given, path, piece, sha256):
        always = {name: value for name, value in given.items() if isinstance(value, str)}
        self.given, self.path, self.piece = given, path, piece
        self.metadata = {"sha256": sha256, "filename": path.name}
        self.tus = TusClient(endpoint, always)

    def headers(self, method):
        self.tus.set_headers(self.given.get(method, {}))

    def create(self):
        self.headers("POST")
        uploader = self.tus.uploader(str(self.path), chunk_size=self.piece, metadata=self.metadata)
        uploader.set_url(uploader.create_url())
        return uploader

    def resume(self, url):
        self.headers("HEAD")
        return self.tus.uploader(str(self.path), url=url, chunk_size=self.piece)

    def send(self, uploader, to):
        self.headers("PATCH")
        while uploader.offset < to:
            uploader.upload_chunk()

    def look(self, uploader):
        self.headers("HEAD")
        return uploader.get_offset()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("endpoint")
    parser.add_argument("headers")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--piece", type=int)
    asked = parser.parse_args()
    given, path = json.loads(asked.headers), asked.file
    size = path.stat().st_size
    piece = asked.piece or -(-size // 4)
    expect(size > 2 * piece, "the file must be larger than two pieces")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    split = urlsplit(asked.endpoint)

    with breaking_line(split.netloc, piece + piece // 2) as there:
        first = Client(f"{there}{split.path}", given, path, piece, sha256)
        uploader = first.create()
        at = urlsplit(uploader.url).path
        first.send(uploader, piece)
        expect(uploader.offset == piece, f"after the first piece it stood at {uploader.offset}")
        try:
            uploader.upload_chunk()
        except TusUploadFailed as error:
            expect(error.status_code is None, f"the second piece was refused with {error.status_code}")
        else:
            raise Unexpected("the second piece was taken before it was cut off")

    url = f"{split.scheme}://{split.netloc}{at}"
    second = Client(asked.endpoint, given, path, piece, sha256)
    uploader = second.resume(url)
    kept = uploader.offset
    expect(piece <= kept < size, f"{kept} bytes were kept of {piece} and more")
    second.send(uploader, size)
    expect(uploader.offset == size, f"it ended at {uploader.offset}")
    expect(second.look(uploader) == size, "looked at when whole, it was not")

    third = Client(asked.endpoint, given, path, piece, sha256)
    uploader = third.create()
    steps = "POST"
    try:
        third.send(uploader, size)
        steps += ", PATCH"
    except TusUploadFailed as error:
        # What its `retries` do: look, and go on from there.
        uploader.offset = third.look(uploader)
        steps += f", PATCH {error.status_code}, HEAD"
        third.send(uploader, size)
    expect(uploader.offset == size, f"sent again it ended at {uploader.offset}")
    print(json.dumps({"client": "tuspy", "size": size, "kept_of_cut": kept - piece, "again": steps}))


try:
    main()
except (Unexpected, TusUploadFailed, TusCommunicationError, OSError) as error:
    detail = getattr(error, "status_code", None)
    sys.exit(f"tuspy: {error or type(error).__name__}{f' (status {detail})' if detail else ''}")
