"""Long answers: they wait for their line instead of filling the memory, arrive whole, and break off visibly or not at all."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator

import pytest

from tests.live.parrot import PIECE, PIECES
from tests.live.talking import get, served


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served() as (_process, port):
        yield port


def asked(port: int, path: str) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    return line


def whole(line: socket.socket) -> bytes:
    answer = http.client.HTTPResponse(line)
    answer.begin()
    return answer.read()


def sent(port: int) -> int:
    return int(get(port, "/sent").read())


def test_a_long_answer_waits_for_a_reader_who_does_not_read_and_then_arrives_whole(port: int) -> None:
    with asked(port, "/long") as line:
        until = time.monotonic() + 10
        while not sent(port) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        waiting = sent(port)
        assert 0 < waiting * PIECE < 8 * 1024 * 1024, "it waits in the kernel and in half a megabyte of ours"
        time.sleep(0.3)
        assert sent(port) == waiting
        body = whole(line)
    assert len(body) == PIECES * PIECE
    assert all(body[n * PIECE] == n % 256 for n in range(PIECES))


def test_who_goes_away_in_the_middle_ends_it(port: int) -> None:
    with asked(port, "/long") as line:
        line.recv(1000)
    time.sleep(1.5)
    before = sent(port)
    time.sleep(0.3)
    assert before in (sent(port), PIECES)
    assert get(port, "/ready").read() == b"True"


def test_an_answer_that_breaks_down_is_cut_off_so_that_nobody_takes_it_for_whole(port: int) -> None:
    began = time.monotonic()
    with asked(port, "/broken") as line, pytest.raises((http.client.IncompleteRead, ConnectionError)):
        whole(line)
    assert time.monotonic() - began < 4
    for _ in range(2):  # and the checks of all other lines go on
        with asked(port, "/broken") as line, pytest.raises((http.client.IncompleteRead, ConnectionError)):
            whole(line)
    assert get(port, "/ready").read() == b"True"
