"""Pings: answered like anybody's, until they are a flood."""

from __future__ import annotations

import time
from typing import Any

import pytest
from daphne.ws_protocol import WebSocketProtocol

from live.serving.protocol import FramesProtocol


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> tuple[FramesProtocol, list[str], list[float]]:
    """A protocol whose answers are noted, and its clock."""
    said: list[str] = []
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(WebSocketProtocol, "onPing", lambda self, payload: said.append("pong"))
    monkeypatch.setattr(FramesProtocol, "dropConnection", lambda self, **how: said.append("dropped"), raising=False)
    made: Any = FramesProtocol.__new__(FramesProtocol)
    return made, said, now


def test_who_pings_now_and_then_is_answered(line: tuple[FramesProtocol, list[str], list[float]]) -> None:
    made, said, now = line
    for _n in range(200):
        made.onPing(b"")
        now[0] += 1
    assert said == ["pong"] * 200


def test_who_pings_without_end_is_cut_off(line: tuple[FramesProtocol, list[str], list[float]]) -> None:
    made, said, _now = line
    for _n in range(21):
        made.onPing(b"")
    assert said == ["pong"] * 20 + ["dropped"]
