"""Two clients that behave badly: one never reads what it is sent, one sends without end. Both are to be closed, nobody else."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.chaos.office import SLUG
from tests.chaos.stations import Account

TOO_SLOW, FLOOD, ABNORMAL = 4008, 4029, 1006


async def flooder(account: Account, frames: int = 500) -> int:
    """Send far more than is allowed; return the code the service closes with, 0 when it does not."""
    address, origin = _address(account, await asyncio.to_thread(_ticket, account)), account.base
    with suppress(TimeoutError):
        async with asyncio.timeout(10), connect(address, origin=origin) as flood:  # type: ignore[arg-type]
            with suppress(ConnectionClosed):
                await flood.send(json.dumps({"t": "hello", "epoch": "", "after": 0, "client": "flood"}))
                for _ in range(frames):
                    await flood.send(json.dumps({"t": "here"}))
                await flood.wait_closed()
            return flood.close_code or 0
    return 0


async def sleeper(account: Account, until: asyncio.Event) -> int:
    """Say hello and read nothing until told; return the code it was closed with, 1006 where just the end came, 0 for none."""
    return await asyncio.to_thread(_sleep, account, until, asyncio.get_running_loop())


def _sleep(account: Account, until: asyncio.Event, loop: asyncio.AbstractEventLoop) -> int:
    host, port = account.base.removeprefix("http://").split(":")
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        line.connect((host, int(port)))
        key = base64.b64encode(os.urandom(16)).decode()
        path = f"/ws/m/{SLUG}/?ticket={_ticket(account)}"
        asked = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {account.base}\r\nSec-WebSocket-Key: {key}\r\n"
        line.sendall(f"{asked}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        line.sendall(_masked(json.dumps({"t": "hello", "epoch": "", "after": 0, "client": "sleeper"}).encode()))
        asyncio.run_coroutine_threadsafe(until.wait(), loop).result()
        return _last_code(line)


def _masked(text: bytes) -> bytes:
    return bytes([0x81, 0x80 | len(text)]) + bytes(4) + text


def _last_code(line: socket.socket) -> int:
    """Read what waits to its end; a close frame is the last of it, if it still found room."""
    line.settimeout(3)
    tail = b""
    try:
        while data := line.recv(65_536):
            tail = (tail + data)[-16:]
    except TimeoutError:
        return 0
    except OSError:
        return ABNORMAL
    at = tail.rfind(b"\x88")
    return struct.unpack(">H", tail[at + 2 : at + 4])[0] if 0 <= at <= len(tail) - 4 else ABNORMAL


def _ticket(account: Account) -> str:
    for _attempt in range(6):  # the service may be busy
        status, answer = account.ask(f"/m/{SLUG}/live/ticket/?screen=control")
        if status == 200:
            return str(answer["ticket"])
    raise RuntimeError(f"no ticket: {status}")


def _address(account: Account, ticket: str) -> str:
    return f"ws{account.base[4:]}/ws/m/{SLUG}/?ticket={ticket}"
