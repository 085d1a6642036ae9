"""The end of the server: readiness first, goodbye, running requests, close frames; and never later than it must."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed

from tests.live.talking import OURS, ROOT, get, listen, mute_socket, served


@pytest.fixture
def mortal() -> Iterator[tuple[subprocess.Popen[str], int]]:
    with served() as process_and_port:
        yield process_and_port


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


def test_requests_that_come_after_the_signal_do_not_hold_the_end_up(mortal: tuple[subprocess.Popen[str], int]) -> None:
    process, port = mortal

    def ask_without_end() -> None:
        while process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                get(port, "/slow").read()

    for _ in range(3):
        threading.Thread(target=ask_without_end, daemon=True).start()
        time.sleep(0.4)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=6) == 0
