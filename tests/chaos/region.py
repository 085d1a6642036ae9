"""A region: lines behind one real link between two network namespaces (root). The link goes down, or one way of it dies."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import socket
import subprocess
from collections.abc import Iterator

CLONE_NEWNET = 0x40000000
LINK = "region"  # each end's name for it
NOWHERE = "02:00:00:00:00:99"  # an address at the link that nobody has
PATIENCE = 20.0  # seconds


class Region:
    """A pair of interfaces: what goes over them is lost for good while the link is down, as on a cut cable.

    Each end has a namespace of its own. The machine's own network never changes: a browser of another test that runs beside
    would break off whatever it is loading (ERR_NETWORK_CHANGED), without a word where that was a module of a page.
    """

    def __init__(self) -> None:
        tail = os.getpid() % 100_000
        self.near, self.far = f"diemcau{tail}n", f"diemcau{tail}f"
        self.service, self.inside = "10.213.0.1", "10.213.0.2"
        self.is_good = True

    def lay(self) -> None:
        """Make the namespaces and the link; raise OSError where that is not allowed or there is no `ip`."""
        try:
            for name in (self.near, self.far):
                _ip("netns", "add", name)
            _ip("-n", self.near, "link", "add", LINK, "type", "veth", "peer", "name", LINK, "netns", self.far)
            for name, address in ((self.near, self.service), (self.far, self.inside)):
                _ip("-n", name, "address", "add", f"{address}/30", "dev", LINK)
                _ip("-n", name, "link", "set", LINK, "up")
        except OSError:
            self.remove()
            raise

    def remove(self) -> None:
        """Take it all away; the link goes with the namespaces."""
        for name in (self.near, self.far):
            with contextlib.suppress(OSError):
                _ip("netns", "delete", name)

    # --- what happens to the link

    def down(self) -> None:
        """Cut the cable."""
        _ip("-n", self.far, "link", "set", LINK, "down")

    def deafen(self) -> None:
        """Let nothing come from the service; what goes to it arrives."""
        _ip("-n", self.near, "neighbour", "replace", self.inside, "lladdr", NOWHERE, "nud", "permanent", "dev", LINK)

    def heal(self) -> None:
        """Mend both."""
        _ip("-n", self.far, "link", "set", LINK, "up")
        with contextlib.suppress(OSError):
            _ip("-n", self.near, "neighbour", "delete", self.inside, "dev", LINK)

    # --- connections over the link

    def listening(self) -> socket.socket:
        """Return a socket that is called on a free port of the near end."""
        with _inside(f"/run/netns/{self.near}"):
            line = socket.socket()
        line.bind((self.service, 0))
        return line

    async def dial(self, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect from the far end to a port of the near one."""
        return await asyncio.open_connection(sock=await asyncio.to_thread(self._connected, port))

    def _connected(self, port: int) -> socket.socket:
        with _inside(f"/run/netns/{self.far}"):
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
