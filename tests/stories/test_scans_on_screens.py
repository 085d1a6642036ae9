"""Counts follow a scan within a second, and screens are not drawn anew for each: real server, real sockets."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
import uuid
from typing import Any

from websockets.sync.client import ClientConnection

from tests.client import Client
from tests.live.test_other_servers import SLUG, screen
from tests.service import Service

SCANS, EVERY = 12, 0.15  # seconds between two: a busy door
WITHIN = 1.0


def test_counts_follow_within_a_second_and_screens_are_not_drawn_for_each_scan(service: Service) -> None:
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    door = _door(service, secretary)
    assert secretary.do(SLUG, "displays.steer", mode="count")["state"] == "done"
    before = door.get()
    waiting = [one["id"] for one in before["people"] if one["role"] == "delegate" and not one["state"] and not one["out"]][:SCANS]
    assert len(waiting) == SCANS
    with screen(service.url, "/" + service.demo["display_url"].split("/", 3)[3]) as line:
        seen = Watch(line)
        for person in waiting:
            assert door.post(person) == "admitted"
            time.sleep(EVERY)
        last = time.monotonic() - EVERY
        seal = seen.until_quiet()
    drawn = [at for at, parts in seen.frames if "count" in parts]
    assert seal - last <= WITHIN
    assert 2 <= len(drawn) <= SCANS / 2
    assert door.get()["counts"]["present"] == before["counts"]["present"] + SCANS


class Door:
    """A device that admits people by name."""

    def __init__(self, url: str) -> None:
        self.url, self.turn = url, 0

    def get(self) -> dict[str, Any]:
        """Return its list."""
        with urllib.request.urlopen(f"{self.url}list/", timeout=5) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def post(self, person: int) -> str:
        """Admit one and return the verdict."""
        self.turn += 1
        now = round(time.time() * 1000)
        scan = {"key": str(uuid.uuid4()), "turn": self.turn, "at": now, "direction": "in", "way": "list", "participant": person}
        body = json.dumps({"now": now, "unsent": 0, "scans": [scan]}).encode()
        request = urllib.request.Request(f"{self.url}scans/", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            verdict: str = json.load(answer)["results"][0]["verdict"]
        return verdict


def _door(service: Service, secretary: Client) -> Door:
    """Open a device at the bridge point where most people are expected."""
    site = json.loads(service.manage("shell", "-v0", "-c", _CROWDED))
    answer = secretary.do(SLUG, "scanner.open", bridge_point=site)
    assert answer["state"] == "done", answer
    device = answer["address"].rstrip("/").rsplit("/", 1)[1]
    token = service.manage("shell", "-v0", "-c", _TOKEN.format(device=device)).strip()
    return Door(f"{service.url}/s/{token}/")


_CROWDED = f"""
from django.db.models import Count
from meetings.models import BridgePoint
print(BridgePoint.objects.filter(meeting__slug="{SLUG}").annotate(n=Count("participants")).order_by("-n").first().pk)
"""
_TOKEN = """
from attendance.models import Scanner
from attendance.scanning.tokens import token_of
print(token_of(Scanner.objects.get(pk={device})))
"""


class Watch:
    """What a display is sent, with the moment of each frame, taken by a thread of its own."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.frames: list[tuple[float, dict[str, Any]]] = []
        line.recv(timeout=5)  # the first parts
        self.thread = threading.Thread(target=self._take, daemon=True)
        self.thread.start()

    def until_quiet(self) -> float:
        """Wait for a frame after now and a quiet second; return when the last one with a count came."""
        time.sleep(2.5)
        return max(at for at, parts in self.frames if "count" in parts)

    def _take(self) -> None:
        while True:
            try:
                frame = json.loads(self.line.recv())
            except Exception:  # the line has been closed: the test is over
                return
            if frame["t"] == "parts":
                self.frames.append((time.monotonic(), frame["parts"]))
