"""Readers without a browser: each opens a paper as the reader's page does, and has its first page; a process of ``bench.papers``.

Run as ``python -m bench.paper_readers PORT``; takes orders and answers as JSON, a line each.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from typing import Any

from bench.lines import say, take_line

CHUNK = 256 * 1024
FILE = re.compile(rb'data-file="([^"]+)"')


class Line:
    """One connection that stays open, as a browser keeps it."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session

    async def __aenter__(self) -> Line:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.writer.close()

    async def get(self, path: str, span: tuple[int, int] | None = None, *, slowly: float = 0.0) -> tuple[int, bytes | int, str]:
        """Asks for a page or a range; status, body (of a slow reading only its length), Content-Range."""
        wanted = f"Range: bytes={span[0]}-{span[1] - 1}\r\n" if span else ""
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: sessionid={self.session}\r\n{wanted}\r\n"
        self.writer.write(head.encode())
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines[1:] if line)}
        status, length = int(lines[0].split()[1]), int(headers.get("content-length", 0))
        if slowly:
            left = length
            while left:
                left -= len(await self.reader.read(min(left, 1 << 18)))
                await asyncio.sleep(slowly)
            return status, length, headers.get("content-range", "")
        return status, await self.reader.readexactly(length), headers.get("content-range", "")


async def open_first_page(port: int, session: str, order: dict[str, Any]) -> tuple[float, float]:
    """Opens the reader's page and has all bytes of the paper's first page; ms of both from the request on."""
    start = time.perf_counter()
    async with Line(port, session) as line:
        status, page, _span = await line.get(order["page"])
        found = FILE.search(bytes(page)) if status == 200 and isinstance(page, bytes) else None
        if found is None:
            raise OSError(f"the reader's page answered {status}")
        page_ms = (time.perf_counter() - start) * 1000
        file = found[1].decode()
        total = int((await _range(line, file, 0, CHUNK)).rpartition("/")[2])
        last = (total - 1) // CHUNK * CHUNK
        wanted = {at // CHUNK * CHUNK for at in (*range(0, order["first_page_end"], CHUNK), order["main_table"])} - {0, last}
        for at in (last, *sorted(wanted)):
            await _range(line, file, at, min(at + CHUNK, total))
    return (time.perf_counter() - start) * 1000, page_ms


async def _range(line: Line, file: str, start: int, end: int) -> str:
    status, body, span = await line.get(file, (start, end))
    if status != 206 or not body:
        raise OSError(f"a range answered {status}")
    return span


async def minute(port: int, order: dict[str, Any]) -> dict[str, Any]:
    """Lets all sessions open the paper, spread over some seconds as chance (always the same) has it."""
    chance = random.Random(7)
    moments = sorted(chance.uniform(0, order["seconds"]) for _session in order["sessions"])
    began, failed, took, pages = time.perf_counter(), [], [], []

    async def one(session: str, moment: float) -> None:
        await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
        try:
            all_ms, page_ms = await asyncio.wait_for(open_first_page(port, session, order), 60)
        except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError) as error:
            failed.append(str(error))
            return
        took.append(all_ms)
        pages.append(page_ms)

    await asyncio.gather(*(one(session, moment) for session, moment in zip(order["sessions"], moments, strict=True)))
    return {"took_ms": took, "page_ms": pages, "failed": len(failed), "why": failed[:1], "seconds": time.perf_counter() - began}


async def ranges(port: int, order: dict[str, Any]) -> dict[str, Any]:
    """One reader asks for many ranges, one after the other."""
    took = []
    async with Line(port, order["sessions"][0]) as line:
        _status, page, _span = await line.get(order["page"])
        file = FILE.search(bytes(page))[1].decode()  # type: ignore[index]
        for number in range(order["count"]):
            start = time.perf_counter()
            await _range(line, file, number % 50 * CHUNK, (number % 50 + 1) * CHUNK)
            took.append((time.perf_counter() - start) * 1000)
    return {"took_ms": took}


async def pages(port: int, order: dict[str, Any]) -> dict[str, Any]:
    """Somebody reads a page ten times a second for a while."""
    took, until = [], time.perf_counter() + order["seconds"]
    async with Line(port, order["sessions"][0]) as line:
        while time.perf_counter() < until:
            start = time.perf_counter()
            status, _page, _span = await line.get(order["page"])
            took.append((time.perf_counter() - start) * 1000)
            if status != 200:
                raise OSError(f"the page answered {status}")
            await asyncio.sleep(0.1)
    return {"took_ms": took}


async def whole(port: int, order: dict[str, Any]) -> dict[str, Any]:
    """One reader on a slow line reads a whole file."""
    async with Line(port, order["sessions"][0]) as line:
        _status, page, _span = await line.get(order["page"])
        file = FILE.search(bytes(page))[1].decode()  # type: ignore[index]
        status, length, _span = await line.get(file, slowly=order["pause"])
    return {"status": status, "bytes": length}


def main() -> None:
    """Takes one order after the other."""
    works = {"minute": minute, "ranges": ranges, "whole": whole, "pages": pages}
    while order := take_line():
        say(asyncio.run(works[order["do"]](int(sys.argv[1]), order)))


if __name__ == "__main__":
    main()
