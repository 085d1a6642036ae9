"""A region: lines behind one real link, in a network namespace of its own (root). The link goes down, or one way of it dies."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import socket
import subprocess
from collections.abc import Iterator

CLONE_NEWNET = 0x40000000
NOWHERE = "02:00:00:00:00:99"  # an address at the link that nobody has
PATIENCE = 20.0  # seconds


class Region:
    """A namespace with a pair of interfaces: what goes over them is lost for good while the link is down, as on a cut cable."""

    def __init__(self) -> None:
        tail = os.getpid() % 100_000
        self.name, self.near, self.far = f"diemcau{tail}", f"dcn{tail}", f"dcf{tail}"
        net = f"10.213.{os.getpid() % 250}"
        self.service, self.inside = f"{net}.1", f"{net}.2"
        self.is_good = True

    def lay(self) -> None:
        """Make the namespace and the link; raise OSError where that is not allowed or there is no `ip`."""
        _ip("netns", "add", self.name)
        try:
            _ip("link", "add", self.near, "type", "veth", "peer", "name", self.far, "netns", self.name)
            _ip("address", "add", f"{self.service}/30", "dev", self.near)
            _ip("-n", self.name, "address", "add", f"{self.inside}/30", "dev", self.far)
            _ip("link", "set", self.near, "up")
            _ip("-n", self.name, "link", "set", self.far, "up")
        except OSError:
            self.remove()
            raise

    def remove(self) -> None:
        """Take it all away; the link goes with the namespace."""
        with contextlib.suppress(OSError):
            _ip("netns", "delete", self.name)

    # --- what happens to the link

    def down(self) -> None:
        """Cut the cable."""
        _ip("-n", self.name, "link", "set", self.far, "down")

    def deafen(self) -> None:
        """Let nothing come from the service; what goes to it arrives."""
        _ip("neighbour", "replace", self.inside, "lladdr", NOWHERE, "nud", "permanent", "dev", self.near)

    def heal(self) -> None:
        """Mend both."""
        _ip("-n", self.name, "link", "set", self.far, "up")
        with contextlib.suppress(OSError):
            _ip("neighbour", "delete", self.inside, "dev", self.near)

    # --- connections from inside

    async def dial(self, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect from inside the namespace to a port at its other end."""
        return await asyncio.open_connection(sock=await asyncio.to_thread(self._connected, port))

    def _connected(self, port: int) -> socket.socket:
        with _inside(f"/run/netns/{self.name}"):
            line = socket.socket()
        line.settimeout(PATIENCE)
        try:
            line.connect((self.service, port))
        except OSError:
            line.close()
            raise
        line.setblocking(False)
        return line


@contextlib.contextmanager
def _inside(namespace: str) -> Iterator[None]:
    """Be in another network namespace, this thread alone: a socket stays in the one it was made in."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open("/proc/thread-self/ns/net") as home, open(namespace) as there:
        if libc.setns(there.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        try:
            yield
        finally:
            libc.setns(home.fileno(), CLONE_NEWNET)


def laid() -> Region | None:
    """Return a region, or nothing where there can be none: then only proxies are disturbed."""
    region = Region()
    try:
        region.lay()
    except OSError:
        return None
    return region


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip())
