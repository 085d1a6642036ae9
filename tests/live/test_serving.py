"""The server: everything whole and in order, slow and dead lines harm nobody, limits; and the application elsewhere."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed

from live.serving.framing import LARGEST_TEXT
from live.serving.request import LARGEST_BODY
from tests.live.talking import ROOT, get, listen, mute_socket, numbered, served, wait_until_served


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served() as (_process, port):
        yield port


def test_one_text_reaches_every_socket_whole(port: int) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(listen(port)) for _ in range(20)]
        sockets[0].send("all:200:3")
        for each in sockets:
            assert [each.recv() for _ in range(3)] == numbered(3, 200)


@pytest.mark.parametrize("letters", [1, 41, 42, 21_845, 21_846, 300_000])
def test_texts_of_every_frame_size_arrive_whole(port: int, letters: int) -> None:
    with listen(port) as one:
        one.send(f"size:{letters}")
        assert one.recv() == "ế" * letters


def test_bytes_arrive_as_bytes(port: int) -> None:
    with listen(port) as one:
        one.send("bytes:70000")
        assert one.recv() == b"\xff" * 70_000


def test_texts_of_one_socket_keep_their_order(port: int) -> None:
    with listen(port) as one:
        one.send("two")
        assert [one.recv(), one.recv()] == ["first", "second"]


def test_a_text_above_the_limit_is_refused_as_daphne_refuses_it(port: int) -> None:
    with listen(port) as one:
        one.send(f"size:{LARGEST_TEXT}")
        with pytest.raises(ConnectionClosed):
            one.recv(timeout=10)


@pytest.mark.parametrize("code", [1000, 1012, 4003])
def test_a_close_carries_its_code_and_nothing_follows_it(port: int, code: int) -> None:
    with listen(port) as one:
        one.send(f"close:{code}")
        with pytest.raises(ConnectionClosed) as closed:
            one.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


def test_compression_is_not_agreed_to(port: int) -> None:
    with listen(port, compression="deflate") as one:
        assert one.response is not None
        assert "Sec-WebSocket-Extensions" not in one.response.headers


def test_no_answer_names_the_server(port: int) -> None:
    with listen(port) as one:
        assert one.response is not None
        assert "Server" not in one.response.headers
    assert get(port, "/").getheader("Server") is None


def test_what_a_page_says_may_be_short_only(port: int) -> None:
    with listen(port) as one:
        one.send("x" * 20_000)
        with pytest.raises(ConnectionClosed):
            one.recv(timeout=10)


def test_a_client_that_does_not_read_delays_nobody_and_still_gets_every_byte_in_order(port: int) -> None:
    with listen(port, max_queue=1) as asleep, listen(port) as awake:
        start = time.monotonic()
        awake.send("all:3000:700")
        assert [awake.recv(timeout=10) for _ in range(700)] == numbered(700, 3000)
        assert time.monotonic() - start < 8
        assert [asleep.recv(timeout=10) for _ in range(700)] == numbered(700, 3000)


def test_what_waits_for_a_client_that_never_reads_is_bounded(port: int) -> None:
    with mute_socket(port) as mute, listen(port) as awake:
        for _ in range(100):  # 30 MB to each of them, as fast as the other one reads
            awake.send("all:100000:1")
            assert [awake.recv(timeout=10)] == numbered(1, 100_000)
        mute.settimeout(10)
        received = 0
        with suppress(ConnectionResetError):
            while some := mute.recv(1 << 20):
                received += len(some)
        assert received < 20_000_000


def test_a_client_that_vanishes_while_frames_wait_for_it_harms_nobody(port: int) -> None:
    with listen(port, max_queue=1) as asleep, listen(port) as awake:
        awake.send("all:3000:300")
        asleep.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        asleep.socket.close()
        for _ in range(300):
            awake.recv(timeout=10)
        awake.send("two")
        assert awake.recv(timeout=10) == "first"


def post(port: int, *pieces: bytes) -> bytes:
    """Sends a request piece by piece and returns what came back before the connection was closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        answer = b""
        try:
            for piece in (b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", *pieces):
                line.sendall(piece)
            while received := line.recv(1000):
                answer += received
        except ConnectionError:
            with suppress(ConnectionError):
                answer += line.recv(1000)
        return answer


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(port: int) -> None:
    length = f"Content-Length: {LARGEST_BODY + 1}\r\n\r\n"
    assert post(port, length.encode()).startswith(b"HTTP/1.1 413")


def test_a_body_in_chunks_is_cut_off_where_it_becomes_too_large(port: int) -> None:
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    answer = post(port, b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 40, b"0\r\n\r\n")
    assert b"200" not in answer


def test_a_body_of_the_largest_size_is_taken(port: int) -> None:
    length = f"Content-Length: {LARGEST_BODY}\r\n\r\n"
    assert post(port, length.encode(), b"x" * LARGEST_BODY).startswith(b"HTTP/1.1 200")


def test_a_line_that_answers_no_ping_is_dropped_and_one_that_does_is_kept() -> None:
    with served(ping_interval=0.3, ping_timeout=2) as (_process, port), listen(port) as alive, mute_socket(port) as mute:
        mute.settimeout(8)
        with suppress(ConnectionResetError):
            while mute.recv(1000):
                pass
        alive.send("two")
        assert alive.recv(timeout=10) == "first"


def test_many_idle_sockets_are_all_pinged() -> None:
    with served(ping_interval=0.3, ping_timeout=60) as (_process, port), ExitStack() as stack:
        mutes = [stack.enter_context(mute_socket(port)) for _ in range(25)]
        for mute in mutes:
            mute.settimeout(8)
            assert mute.recv(2) == b"\x89\x0c"


# The same application elsewhere


def test_the_application_runs_unchanged_on_stock_daphne() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "daphne", "-p", str(port), "-v", "0", "tests.live.parrot:application"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_served(port)
            with listen(port) as one:
                one.send("all:200:3")
                assert [one.recv() for _ in range(3)] == numbered(3, 200)
        finally:
            process.kill()
