"""The server: eager writes, frames made once, everything whole and in order, and an end with manners."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import pytest
from twisted.internet import main
from twisted.internet.protocol import Protocol
from twisted.python.failure import Failure
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from live.serving.addresses import addresses_of, is_loopback, url_of
from live.serving.framing import LARGEST_TEXT, LastText, text_frame
from live.serving.request import LARGEST_BODY
from live.serving.transport import EagerTransport

ROOT = Path(__file__).parent.parent.parent
OURS = [sys.executable, "-m", "tests.live.parrot", "0"]


# What is framed


def test_a_text_is_framed_once_while_the_same_text_is_sent() -> None:
    last, text = LastText(), "điểm cầu Lào Cai"
    assert last.frame_of(text) is last.frame_of(text)


def test_an_equal_text_that_is_another_object_is_framed_anew_and_right() -> None:
    last = LastText()
    first = last.frame_of("".join(["kỳ ", "họp"]))
    assert last.frame_of("".join(["kỳ ", "họp"])) == first == text_frame("kỳ họp".encode())


def test_texts_in_turn_each_get_their_own_frame() -> None:
    last, one, two = LastText(), "một", "hai"
    assert [last.frame_of(text) for text in (one, two, one)] == [text_frame(text.encode()) for text in (one, two, one)]


def test_a_text_above_the_limit_has_no_frame() -> None:
    assert LastText().frame_of("x" * (LARGEST_TEXT + 1)) == b""


# The eager transport, over a real pair of sockets and a reactor that only notes who asks to write


class NotingReactor:
    """Notes who waits for the socket to become writable."""

    def __init__(self) -> None:
        self.writers: set[Any] = set()

    def addWriter(self, writer: Any) -> None:
        self.writers.add(writer)

    def removeWriter(self, writer: Any) -> None:
        self.writers.discard(writer)

    def callLater(self, *_call: Any) -> None:
        pass

    def addReader(self, reader: Any) -> None:
        pass

    removeReader = addReader


@pytest.fixture
def line() -> Iterator[tuple[EagerTransport, NotingReactor, socket.socket]]:
    near, far = socket.socketpair()
    near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32_768)
    reactor = NotingReactor()
    nobody: Any = Protocol()
    noting: Any = reactor
    transport = EagerTransport(near, nobody, ("127.0.0.1", 1), cast(Any, None), 0, noting)
    yield transport, reactor, far
    near.close()
    far.close()


Line = tuple[EagerTransport, NotingReactor, socket.socket]


def test_a_write_is_sent_before_it_returns_and_the_reactor_is_not_asked(line: Line) -> None:
    transport, reactor, far = line
    transport.write(b"now")
    assert far.recv(10, socket.MSG_DONTWAIT) == b"now"
    assert not reactor.writers


def test_what_the_kernel_does_not_take_follows_in_order(line: Line) -> None:
    transport, reactor, far = line
    pieces = [bytes([65 + number]) * 50_000 for number in range(8)]
    for piece in pieces:
        transport.write(piece)
    assert reactor.writers == {transport}
    received = b""
    while len(received) < 400_000:
        received += far.recv(65_536)
        transport.doWrite()
    assert received == b"".join(pieces)
    assert not reactor.writers


def test_after_the_rest_has_gone_writes_are_eager_again(line: Line) -> None:
    transport, reactor, far = line
    transport.write(b"x" * 200_000)
    received = 0
    while received < 200_000:
        received += len(far.recv(65_536))
        transport.doWrite()
    transport.write(b"again")
    assert far.recv(10, socket.MSG_DONTWAIT) == b"again"
    assert not reactor.writers


def test_a_full_buffer_pauses_whoever_produces(line: Line) -> None:
    transport, _reactor, _far = line

    class Producer:
        paused = False

        def pauseProducing(self) -> None:
            self.paused = True

    producer = Producer()
    transport.registerProducer(producer, True)
    transport.write(b"x" * 300_000)
    assert producer.paused


def test_writing_to_a_broken_line_raises_nothing_and_the_reactor_learns_of_it(line: Line) -> None:
    transport, reactor, far = line
    far.close()
    transport.write(b"anybody there?")
    assert reactor.writers == {transport}
    assert transport.doWrite() == main.CONNECTION_LOST


def test_what_was_written_before_closing_is_still_sent(line: Line) -> None:
    transport, _reactor, far = line
    transport.write(b"x" * 100_000)
    transport.loseConnection()
    received = 0
    while received < 100_000:
        received += len(far.recv(65_536))
        ended = transport.doWrite()
    assert ended == main.CONNECTION_DONE


def test_after_an_abort_nothing_more_is_sent(line: Line) -> None:
    transport, _reactor, far = line
    transport.abortConnection()
    transport.write(b"too late")
    with pytest.raises(BlockingIOError):
        far.recv(10, socket.MSG_DONTWAIT)


def test_after_the_end_writing_does_nothing(line: Line) -> None:
    transport, _reactor, far = line
    transport.connectionLost(Failure(main.CONNECTION_DONE))
    transport.write(b"too late")
    assert far.recv(10) == b""


# The server, as a process of its own


@contextmanager
def served(**options: Any) -> Iterator[tuple[subprocess.Popen[str], int]]:
    process = subprocess.Popen([*OURS, json.dumps(options)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served() as (_process, port):
        yield port


@pytest.fixture
def mortal() -> Iterator[tuple[subprocess.Popen[str], int]]:
    with served() as process_and_port:
        yield process_and_port


def numbered(times: int, letters: int) -> list[str]:
    return [f"{number:06d}" + "ế" * letters for number in range(times)]


def listen(port: int, **options: Any) -> AbstractContextManager[ClientConnection]:
    return connect(f"ws://127.0.0.1:{port}/", max_size=None, **options)


def get(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse()


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
        awake.send("all:3000:1000")
        assert [awake.recv(timeout=10) for _ in range(1000)] == numbered(1000, 3000)
        assert time.monotonic() - start < 8
        assert [asleep.recv(timeout=10) for _ in range(1000)] == numbered(1000, 3000)


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


@contextmanager
def mute_socket(port: int) -> Iterator[socket.socket]:
    """A WebSocket whose other end answers nothing, neither pings nor closing."""
    with socket.create_connection(("127.0.0.1", port)) as mute:
        mute.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert b"\r\n\r\n" in mute.recv(1000)
        yield mute


# The end


def test_on_sigterm_readiness_fails_first_and_a_running_request_is_answered(mortal: tuple[subprocess.Popen[str], int]) -> None:
    process, port = mortal
    answers: list[bytes] = []
    slow = threading.Thread(target=lambda: answers.append(get(port, "/slow").read()))
    assert get(port, "/ready").read() == b"True"
    slow.start()
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    assert get(port, "/ready").read() == b"False"
    slow.join()
    assert answers == [b"done"]
    assert process.wait(timeout=10) == 0


def test_on_sigterm_a_socket_hears_goodbye_and_is_closed_with_a_close_frame(mortal: tuple[subprocess.Popen[str], int]) -> None:
    process, port = mortal
    with listen(port) as one:
        process.send_signal(signal.SIGTERM)
        assert one.recv(timeout=10) == "bye"
        with pytest.raises(ConnectionClosed) as closed:
            one.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012
    assert process.wait(timeout=10) == 0


def test_a_client_that_never_answers_the_close_does_not_hold_the_end_up(mortal: tuple[subprocess.Popen[str], int]) -> None:
    process, port = mortal
    with mute_socket(port):
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0


def test_the_second_signal_does_not_wait(mortal: tuple[subprocess.Popen[str], int]) -> None:
    process, port = mortal
    busy = socket.create_connection(("127.0.0.1", port))
    busy.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=0.8) == 0
    busy.close()


def test_a_port_in_use_is_told_and_nothing_is_served() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [*OURS[:-1], str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert "Address already in use" in done.stderr


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


def wait_until_served(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            get(port, "/")
        except OSError:
            time.sleep(0.1)
        else:
            return


# Addresses


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "[::1]", "localhost"])
def test_loopback_stays_on_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", " ", "0.0.0.0", "::", "[::]", "192.0.2.7", "2001:db8::1", "no-such-host.invalid", "0"])
def test_everything_else_does_not(host: str) -> None:
    assert not is_loopback(host)


def test_a_name_that_stands_for_nothing_has_no_address() -> None:
    assert addresses_of("no-such-host.invalid") == []


def test_an_address_for_all_is_shown_as_one_that_can_be_opened() -> None:
    assert [url_of(host, 80) for host in ("0.0.0.0", "::1", "127.0.0.1")] == [
        "http://127.0.0.1:80/",
        "http://[::1]:80/",
        "http://127.0.0.1:80/",
    ]
