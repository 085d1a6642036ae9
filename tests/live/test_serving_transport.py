"""What is sent: a text is framed once, written at once, and nothing overtakes what waits."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any, cast

import pytest
from twisted.internet import main
from twisted.internet.protocol import Protocol
from twisted.python.failure import Failure

from live.serving.framing import LARGEST_TEXT, LastText, text_frame
from live.serving.transport import EagerTransport

# What is framed


def message(text: str) -> dict[str, Any]:
    return {"type": "websocket.send", "text": text}


def test_a_text_is_framed_once_while_the_same_text_is_sent() -> None:
    last, sent = LastText(), message("điểm cầu Lào Cai")
    assert last.frame_of(sent) is last.frame_of(sent)
    assert last.frame_of(sent) is last.frame_of(dict(sent))


def test_an_equal_text_that_is_another_object_is_framed_right() -> None:
    last = LastText()
    first = last.frame_of(message("".join(["kỳ ", "họp"])))
    assert last.frame_of(message("".join(["kỳ ", "họp"]))) == first == text_frame("kỳ họp".encode())


def test_a_message_that_is_changed_after_it_was_sent_is_framed_anew() -> None:
    last, sent = LastText(), message("một")
    last.frame_of(sent)
    sent["text"] = "hai"
    assert last.frame_of(sent) == text_frame(b"hai")


def test_texts_in_turn_each_get_their_own_frame() -> None:
    last = LastText()
    assert [last.frame_of(message(text)) for text in ("một", "hai", "một")] == [
        text_frame(text.encode()) for text in ("một", "hai", "một")
    ]


@pytest.mark.parametrize(
    "sent",
    [
        message("x" * (LARGEST_TEXT + 1)),
        message(""),
        {"type": "websocket.send", "bytes": b"x"},
        {"type": "websocket.send", "text": None, "bytes": b"x"},
        {"type": "websocket.send", "text": "x", "bytes": b"x"},
        {"type": "websocket.close", "code": 1000},
        {"type": "http.response.body", "body": b"x"},
    ],
)
def test_what_is_no_text_of_a_fit_size_has_no_frame_also_after_one_that_is(sent: dict[str, Any]) -> None:
    last = LastText()
    assert last.frame_of(sent) == b""
    last.frame_of(message("một"))
    assert last.frame_of(sent) == b""
    assert last.frame_of(message("một")) == text_frame("một".encode())


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
