"""The demonstration beside a running server: bridge points connect while it is played, and a reset sends its screens home."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import time
from itertools import pairwise
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.client import Client
from tests.service import Service

SLUG = "vptw-2025"
TWIN = f"/m/{SLUG}/live/?screen=control&after=0&epoch="


@pytest.fixture
def secretary(service: Service) -> Client:
    """Somebody who looks into the control room."""
    return Client(service.url, "secretary", service.demo["accounts"]["secretary"])


def looked_at(secretary: Client) -> dict[str, Any]:
    """What the control room shows now."""
    frame: dict[str, Any] = json.loads(secretary.get(TWIN))
    return frame


def facts_of(secretary: Client) -> dict[str, list[dict[str, Any]]]:
    """The journal's facts by kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    after = 0
    while entries := json.loads(secretary.get(f"/m/{SLUG}/journal/?after={after}"))["entries"]:
        for entry in entries:
            found.setdefault(entry["kind"], []).append(entry["payload"])
        after = entries[-1]["number"]
    return found


def connected(frame: dict[str, Any]) -> int:
    """How many bridge points a control room shows as connected."""
    return len(re.findall(r'class="tile (?:ok|live)\b', frame["parts"]["board"]["html"]))


def test_an_interrupted_play_gives_the_clock_back_and_takes_its_consoles_along(service: Service, secretary: Client) -> None:
    """Ctrl-C during the arrivals; the bridge points seen until then went up one after another."""
    assert connected(looked_at(secretary)) == 0
    playing = service.background("play", SLUG, "--reset", "--speed", "120")
    seen = [0]
    while seen[-1] < 4:
        time.sleep(0.3)
        assert playing.poll() is None, playing.communicate()
        seen.append(connected(looked_at(secretary)))
    assert looked_at(secretary)["clock"]["rate"] == 120.0
    assert seen == sorted(seen)
    assert max(b - a for a, b in pairwise(seen)) <= 4, "they connect one after another"
    playing.send_signal(signal.SIGINT)
    assert playing.wait(timeout=20) == 130
    assert looked_at(secretary)["clock"]["rate"] == 1.0
    time.sleep(0.5)
    assert connected(looked_at(secretary)) == 0


def test_a_reset_sends_every_screen_of_the_old_conference_to_load_anew(service: Service, secretary: Client) -> None:
    """A socket that looks at the conference is closed (4003) within seconds of its being loaded anew."""
    ticket = json.loads(secretary.get(f"/m/{SLUG}/live/ticket/?screen=control"))["ticket"]

    async def story() -> int | None:
        address = service.url.replace("http", "ws") + f"/ws/m/{SLUG}/?ticket={ticket}"
        async with connect(address, origin=service.url, proxy=None) as socket:  # type: ignore[arg-type]
            await socket.send(json.dumps({"t": "hello", "epoch": "", "after": 0, "client": "story"}))
            await socket.recv()
            await asyncio.to_thread(service.manage, "demo", "--reset")
            try:
                async with asyncio.timeout(5):
                    while True:
                        await socket.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else None

    assert asyncio.run(story()) == 4003


def test_it_is_played_to_the_end_beside_the_server(service: Service, secretary: Client) -> None:
    """The fastest play: every bridge point is asked to connect, all facts are there, under a minute."""
    began = time.monotonic()
    told = service.manage("play", SLUG, "--speed", "100000")
    assert time.monotonic() - began < 60
    assert service.url in told.splitlines()[0]
    assert len(re.findall(r"line up$", told, re.M)) == 36
    assert "meeting.adjourn" in told.splitlines()[-1]
    assert service.manage("check_journal", SLUG).startswith("ok ")
    facts = facts_of(secretary)
    begun, ended = facts["outages.begun"], facts["outages.ended"]
    assert [outage["name"] for fact in begun for outage in fact["outages"]] == ["Tỉnh ủy Cà Mau"], "kept once, not twice"
    assert [380 < outage["seconds"] < 420 for fact in ended for outage in fact["outages"]] == [True]
