"""A server as a process of its own: watched and stopped; and one measurement as one line."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")

# A plain `kill` cleans up too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
signal.signal(signal.SIGHUP, lambda *_: sys.exit(1))


class Server:
    def __init__(self, command, **options):
        self.child = subprocess.Popen([str(part) for part in command], **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()

    def _proc(self, name):
        return pathlib.Path(f"/proc/{self.child.pid}/{name}")

    def cpu(self):
        """Processor seconds of all its threads so far."""
        fields = self._proc("stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def peak(self):
        """Most memory since `forget`, MB."""
        line = next(line for line in self._proc("status").read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024

    def forget(self):
        self._proc("clear_refs").write_text("5", "ascii")


def measure(peer, workload, n, server, bytes_on_wire, work):
    """Measures `work`, which returns how long each of its steps took, s, or none, and prints the line."""
    server.forget()
    cpu, sent, begun = server.cpu(), bytes_on_wire(), time.perf_counter()
    times = sorted(work() or [])
    seconds = time.perf_counter() - begun

    def at(share):
        return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 2) if times else None

    line = {
        "peer": peer,
        "workload": workload,
        "n": n,
        "seconds": round(seconds, 3),
        "cpu_seconds": round(server.cpu() - cpu, 2),
        "rss_mb": round(server.peak()),
        "bytes_on_wire": bytes_on_wire() - sent,
        "p50_ms": at(0.5),
        "p99_ms": at(0.99),
    }
    print(json.dumps(line, ensure_ascii=False, separators=(",", ":")), flush=True)


def at_once(calls):
    """Runs each in a thread of its own; what goes wrong in one is said by who waits."""
    failed = []

    def guarded(call):
        try:
            call()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
