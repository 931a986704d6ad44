"""Anki's sync server (`python -m anki.syncserver`) with Anki's own client at the other end; a note is a record.

One collection belongs to one user and is synced by one device at a time, so W1 has 20 users, each with a collection of
its own: 20 at once into one is not to be had. W2 brings a collection to a second device, as a file and by changes.
Media are the photos: Anki says when all have gone, not when each has. Its SQLite syncs; of media files only the rows.
Bytes are counted by a relay in a process of its own that all clients go through.
Arguments: --batches 1,20,200 --pull 5000,100000 --photos 40
"""

import argparse
import contextlib
import functools
import multiprocessing
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

import data
from measure import Server, at_once, measure

from anki.buildinfo import version
from anki.collection import AddNoteRequest, Collection
from anki.sync import SyncOutput

NAME = f"anki {version}"
PASSWORD = "pass"
text = functools.cache(data.text)
ADDRESS = re.compile(rb"127\.0\.0\.1:(\d+)")


def pump(source, sink, carried):
    source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with contextlib.suppress(OSError):
        while piece := source.recv(1 << 18):
            with carried.get_lock():
                carried.value += len(piece)
            sink.sendall(piece)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def relay(listener, port, carried):
    while True:
        near, _ = listener.accept()
        far = socket.create_connection(("127.0.0.1", port))
        for way in ((near, far), (far, near)):
            threading.Thread(target=pump, args=(*way, carried), daemon=True).start()


class Town:
    """A server in a fresh folder, and the way to it."""

    def __init__(self, stack, users):
        self.home = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xunju-peer-")))
        accounts = {f"SYNC_USER{n + 1}": f"{user}:{PASSWORD}" for n, user in enumerate(users)}
        places = {"SYNC_BASE": str(self.home / "server"), "SYNC_HOST": "127.0.0.1", "SYNC_PORT": "0"}
        env = {**os.environ, **accounts, **places, "MAX_SYNC_PAYLOAD_MEGS": "1000"}
        command = [sys.executable, "-m", "anki.syncserver"]
        self.server = stack.enter_context(Server(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        said = self.server.child.stdout
        found = next((found for line in said if (found := ADDRESS.search(line))), None)
        if found is None:
            raise RuntimeError("the server ended before it listened")
        threading.Thread(target=said.read, daemon=True).start()
        self.carried = multiprocessing.Value("q", 0)
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
        between = multiprocessing.Process(target=relay, args=(listener, int(found[1]), self.carried), daemon=True)
        between.start()
        stack.callback(between.terminate)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        self.stack = stack

    def bytes(self):
        return self.carried.value

    def device(self, user, name):
        return Device(self, user, self.home / f"{name}.anki2")

    def measure(self, workload, n, work):
        measure(NAME, workload, n, self.server, self.bytes, work)


class Device:
    def __init__(self, town, user, path):
        self.collection = Collection(str(path))
        town.stack.callback(self.collection.close)
        self.auth = self.collection.sync_login(user, PASSWORD, town.url)

    def whole(self, upload):
        """The collection as one file."""
        self.collection.close_for_full_sync()
        self.collection.full_upload_or_download(auth=self.auth, server_usn=None, upload=upload)
        self.collection.reopen(after_full_sync=True)

    def sync(self):
        done = self.collection.sync_collection(self.auth, sync_media=False)
        if done.required != SyncOutput.NO_CHANGES:
            raise RuntimeError(f"a whole sync is asked for: {done}")

    def sync_media(self):
        self.collection.sync_media(self.auth)
        while self.collection.media_sync_status().active:
            time.sleep(0.005)

    def add(self, numbers):
        kind, deck = self.collection.models.by_name("Basic"), self.collection.decks.id("Default")
        requests = []
        for n in numbers:
            note = self.collection.new_note(kind)
            note.fields = [f"record-{n:08}", text(n)]
            requests.append(AddNoteRequest(note, deck))
        self.collection.add_notes(requests)


def timed(act):
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def push(batch):
    users = [f"device-{number:02}" for number in range(data.DEVICES)]
    with contextlib.ExitStack() as stack:
        town = Town(stack, users)
        devices = [town.device(user, user) for user in users]
        for device in devices:
            device.whole(upload=True)
        times = []

        def one(number):
            for at in range(0, data.EACH, batch):
                first = number * data.EACH
                devices[number].add(range(first + at, first + min(at + batch, data.EACH)))
                times.append(timed(devices[number].sync))

        def work():
            at_once([functools.partial(one, number) for number in range(data.DEVICES)])
            return times

        for n in range(data.DEVICES * data.EACH):
            text(n)
        # Making notes of the texts is counted with it: a small part.
        town.measure(f"W1 push, batch {batch}, 20 collections", data.DEVICES * data.EACH, work)


def pull(n):
    with contextlib.ExitStack() as stack:
        town = Town(stack, ["town"])
        one, two, three = (town.device("town", name) for name in ("one", "two", "three"))
        one.whole(upload=True)
        two.whole(upload=False)
        one.add(range(n))
        town.measure("W1 push, all at once", n, one.sync)
        town.measure("W2 pull by changes", n, two.sync)
        town.measure("W2 pull as a file", n, lambda: three.whole(upload=False))
        if not two.collection.note_count() == three.collection.note_count() == n:
            raise RuntimeError("not every note came")


def media(n):
    with contextlib.ExitStack() as stack:
        town = Town(stack, ["town"])
        one, two = (town.device("town", name) for name in ("one", "two"))
        one.whole(upload=True)
        two.whole(upload=False)
        for number in range(n):
            one.collection.media.write_data(f"photo-{number}.jpg", bytes(data.photo(number)))
        for device, way in ((one, "up"), (two, "down")):
            town.measure(f"photos of 5 MB, {way}", n, device.sync_media)
        for number in range(n):
            path = pathlib.Path(two.collection.media.dir()) / f"photo-{number}.jpg"
            if path.read_bytes() != data.photo(number):
                raise RuntimeError(f"{path.name} arrived otherwise")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batches", default="1,20,200")
    parser.add_argument("--pull", default="5000,100000")
    parser.add_argument("--photos", type=int, default=40)
    asked = parser.parse_args()
    for batch in filter(None, asked.batches.split(",")):
        push(int(batch))
    for n in filter(None, asked.pull.split(",")):
        pull(int(n))
    if asked.photos:
        media(asked.photos)


if __name__ == "__main__":
    main()
