"""A process that is closed off reaches no network, no file it was not given, no other process, and keeps its limits."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from copies import isolation
from tests.copies.trapping import Trap, trap

PROBE = """
import json, os, socket, sys
folder, port, local = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def tried(attempt):
    try:
        attempt()
    except OSError as error:
        return error.errno
    return 0
def connect(family, kind, address):
    with socket.socket(family, kind) as one:
        one.connect(address)
print(json.dumps({
    "tcp": tried(lambda: connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port))),
    "tcp6": tried(lambda: connect(socket.AF_INET6, socket.SOCK_STREAM, ("::1", port))),
    "udp": tried(lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port))),
    "name": tried(lambda: socket.getaddrinfo("localhost", 80) and None),
    "raw": tried(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
    "local": tried(lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, local)),
    "datagram": tried(lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)),
    "passwd": tried(lambda: open("/etc/passwd")),
    "environ": tried(lambda: open(f"/proc/{os.getppid()}/environ")),
    "beside": tried(lambda: open(folder + "/../beside")),
    "link": tried(lambda: open(folder + "/link")),
    "outside": tried(lambda: open(folder + "/../new", "w")),
    "program": tried(lambda: os.execv("/bin/true", ["true"])),
    "session": tried(os.setsid),
    "kill": tried(lambda: os.kill(os.getppid(), 0)),
    "own": tried(lambda: open(folder + "/new", "w")),
    "given": tried(lambda: open(folder + "/../given")),
    "large": tried(lambda: open(folder + "/large", "wb").write(bytes(2 << 20))),
}))
"""


@pytest.fixture
def trapped() -> Iterator[Trap]:
    with trap() as made:
        yield made


def closed(program: list[str], **kw: object) -> list[str]:
    python = os.path.realpath(sys.executable)
    places = [python, sys.base_prefix + "/lib"]
    limits = isolation.Limits(memory=512 << 20, seconds=5, file=1 << 20)
    return isolation.command([python, "-I", "-S", *program], limits=limits, running=places, **kw)  # type: ignore[arg-type]


def test_it_can_be_done_on_this_machine() -> None:
    assert isolation.is_possible()


def test_it_reaches_nothing_but_what_it_was_given(tmp_path: Path, trapped: Trap) -> None:
    folder, local = tmp_path / "folder", str(tmp_path / "s")
    folder.mkdir()
    for name in ("given", "beside"):
        (tmp_path / name).write_text(name)
    (folder / "link").symlink_to(tmp_path / "beside")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(local)
        server.listen()
        command = closed(["-c", PROBE, str(folder), str(trapped.port), local], reading=[tmp_path / "given"], writing=[folder])
        done = subprocess.run(command, capture_output=True, text=True, check=True, start_new_session=True, cwd=folder)
    found = json.loads(done.stdout)
    allowed = {name for name, error in found.items() if not error}
    assert allowed == {"own", "given"}
    assert trapped.knocks == []
    assert not (tmp_path / "new").exists()


def ended(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, start_new_session=True, check=False, timeout=60)


def test_it_ends_when_it_has_used_its_seconds_or_wants_more_memory() -> None:
    python = os.path.realpath(sys.executable)
    spinning = isolation.command(
        [python, "-I", "-S", "-c", "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"],
        limits=isolation.Limits(memory=512 << 20, seconds=1),
        running=[python, sys.base_prefix + "/lib"],
    )
    assert ended(spinning).returncode == -signal.SIGKILL
    assert b"MemoryError" in ended(closed(["-c", "bytes(1 << 30)"])).stderr


STARTER = """
import os, subprocess, sys
sys.path.insert(0, sys.argv[1])
from tests.copies.test_isolation import closed
child = subprocess.Popen(closed(["-c", "print(flush=True); import time; time.sleep(60)"]), stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
os._exit(1)
"""


def test_it_ends_with_who_has_started_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTER, str(isolation.ROOT)], capture_output=True, text=True, check=False, timeout=60
    )
    status = Path(f"/proc/{int(done.stdout)}/status")
    for _ in range(200):
        if not status.exists() or "State:\tZ" in status.read_text():
            return
        time.sleep(0.05)
    pytest.fail("it lives on")


def test_what_cannot_be_closed_off_is_not_started(tmp_path: Path) -> None:
    command = isolation.command(["/bin/true"], limits=isolation.Limits())  # nothing was named that it may run
    assert subprocess.run(command, capture_output=True, check=False).returncode == 126
