"""What this machine allows: photos of 5 MB made durable (file and folder synced) before they are answered for. From
memory without a network; over loopback with nothing but their bytes; over plain HTTP. Beside them SHA-256 alone, on one
core, and texts of one record appended to a file, each made durable before the next.
Memory is the server's, but of what has no server this program's, with all the photos in it.

Arguments: --photos 60 --senders 1,4 --records 1000
"""

import argparse
import hashlib
import http.client
import http.server
import os
import pathlib
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

import data
from measure import Server, at_once, measure

PIECE_BYTES = 1 << 20
NAME_BYTES = 8


class Store:
    """Files under their final names only when they are durable."""

    def __init__(self, folder):
        self.folder = folder
        self.handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def keep(self, name, length, read_into):
        """Takes `length` bytes by `read_into`, syncs, renames, syncs the folder."""
        part = f"{self.folder}/{name}.part"
        buffer = memoryview(bytearray(PIECE_BYTES))
        file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            while length:
                count = read_into(buffer[: min(length, PIECE_BYTES)])
                if not count:
                    raise EOFError("the photo broke off")
                if os.write(file, buffer[:count]) != count:
                    raise OSError("the disk is full")
                length -= count
            os.fsync(file)
        finally:
            os.close(file)
        os.rename(part, f"{self.folder}/{name}")
        os.fsync(self.handle)


class Raw(socketserver.BaseRequestHandler):
    """A name of eight bytes and a photo, and a byte back, until the other end has no more."""

    def handle(self):
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while name := self.request.recv(NAME_BYTES, socket.MSG_WAITALL):
            self.server.store.keep(name.hex(), data.PHOTO_BYTES, self.request.recv_into)
            self.request.sendall(b"\n")


class Plain(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        length = int(self.headers["content-length"])
        self.server.store.keep(self.path.strip("/"), length, self.rfile.readinto1)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


def serve(folder):
    store = Store(folder)
    ports = []
    for handler in (Raw, Plain):
        server = Threads(("127.0.0.1", 0), handler)
        server.store = store
        ports.append(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(*ports, flush=True)
    sys.stdin.read()


class RawSender:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, name, photo):
        self.socket.sendall(name.to_bytes(NAME_BYTES, "big"))
        self.socket.sendall(photo)
        if self.socket.recv(1) != b"\n":
            raise EOFError("the server has gone")
        return NAME_BYTES + len(photo) + 1


class PlainSender:
    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port)
        self.http.connect()
        self.http.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, name, photo):
        self.http.request("PUT", f"/{name}", photo)
        reply = self.http.getresponse()
        reply.read()
        if reply.status != 204:
            raise OSError(f"answered {reply.status}")
        # The reply's own head is some 100 bytes, not counted.
        return len(photo)


def send_all(connect, senders, photos, sent):
    """All photos by so many senders, each on its own connection."""
    left, times = list(enumerate(photos)), []

    def one():
        sender = connect()
        while left:
            name, photo = left.pop()
            begun = time.perf_counter()
            sent.append(sender.send(name, photo))
            times.append(time.perf_counter() - begun)

    at_once([one] * senders)
    if len(times) != len(photos):
        raise RuntimeError(f"{len(times)} of {len(photos)} photos arrived")
    return times


class Here:
    """This process in a server's place."""

    class child:
        pid = os.getpid()

    _proc, cpu, peak, forget = Server._proc, Server.cpu, Server.peak, Server.forget


def reader(photo):
    """Gives a photo from memory, piece by piece."""
    rest = memoryview(photo)

    def read_into(buffer):
        nonlocal rest
        count = min(len(buffer), len(rest))
        buffer[:count], rest = rest[:count], rest[count:]
        return count

    return read_into


def alone(folder, photos, records):
    """Without any network: one after another."""
    store, here = Store(folder), Here()

    def each(peer, workload, things, act):
        def work():
            times = []
            for n, thing in enumerate(things):
                begun = time.perf_counter()
                act(n, thing)
                times.append(time.perf_counter() - begun)
            return times

        measure(peer, workload, len(things), here, lambda: 0, work)

    each("SHA-256", "hash of 5 MB, one core", photos, lambda _, photo: hashlib.sha256(photo).digest())
    keep = lambda n, photo: store.keep(f"alone-{n}", len(photo), reader(photo))
    each("disk", "photos of 5 MB, fsync", photos, keep)
    texts = [data.text(n).encode("ascii") for n in range(records)]
    with open(folder / "records", "wb", buffering=0) as file:
        append = lambda _, text: (file.write(text), os.fdatasync(file.fileno()))
        each("disk", "records appended, fdatasync each", texts, append)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--senders", default="1,4")
    parser.add_argument("--records", type=int, default=1000)
    asked = parser.parse_args()
    photos = [data.photo(n) for n in range(asked.photos)]
    with tempfile.TemporaryDirectory(prefix="xunju-peer-") as home:
        folder = pathlib.Path(home) / "files"
        folder.mkdir()
        alone(folder, photos, asked.records)
        command = [sys.executable, __file__, "serve", folder]
        with Server(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            raw, plain = map(int, server.child.stdout.readline().split())
            ways = {"loopback": lambda: RawSender(raw), "plain HTTP": lambda: PlainSender(plain)}
            for peer, connect in ways.items():
                for senders in map(int, asked.senders.split(",")):
                    sent = []
                    work = lambda: send_all(connect, senders, photos, sent)
                    workload = f"photos of 5 MB, fsync, {senders} at once"
                    measure(peer, workload, len(photos), server, lambda: sum(sent), work)


if len(sys.argv) > 1 and sys.argv[1] == "serve":
    serve(sys.argv[2])
else:
    main()
