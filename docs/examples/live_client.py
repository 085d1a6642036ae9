"""A client of the live protocol, written from ../live-protocol.md alone: copy it, and change what you like.

account = Account("http://127.0.0.1:8000"); account.sign_in("chu-toa", "…")
client = LiveClient(account, "dai-hoi", "control"); client.arrived = print; asyncio.run(client.run())
"""

import asyncio
import json
import random
import time
import uuid
from contextlib import suppress
from typing import Any
from urllib import parse, request

import websockets

SILENCE, TICKET, POLL = 15.0, 100.0, 3.0  # seconds: deaf after, a ticket is good for, between two answers by HTTP


def pause(failures: int) -> float:
    longest = 4.0 if failures <= 10 else 30.0
    return random.random() if failures < 2 else min(longest, 2.0 ** (failures - 2)) * random.uniform(0.5, 1.5)


class Account:
    """HTTP with the cookies of one account, or of none: a public display needs no account."""

    def __init__(self, base: str) -> None:
        self.base, self.cookies, self.opener = base, request.HTTPCookieProcessor(), request.OpenerDirector()
        for handler in (request.HTTPHandler(), request.HTTPSHandler(), self.cookies):
            self.opener.add_handler(handler)  # and none for redirects and errors: every status is an answer

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        csrf = "".join(str(cookie.value) for cookie in self.cookies.cookiejar if cookie.name == "csrftoken")
        headers = {"Accept": "application/json", "Referer": self.base + path, "X-CSRFToken": csrf}
        body = None if fields is None else parse.urlencode(fields, doseq=True).encode()
        try:
            with self.opener.open(request.Request(self.base + path, body, headers), timeout=10) as answer:
                text = answer.read().decode()
                return answer.status, json.loads(text) if text.startswith("{") else {}
        except Exception:  # refused, reset, cut in the middle, silent for 10 s: no answer, 0
            return 0, {}

    def sign_in(self, username: str, password: str) -> bool:
        self.ask("/sign-in/")  # brings the cookie csrftoken
        return self.ask("/sign-in/", {"username": username, "password": password})[0] == 302

    async def command(self, path: str, fields: dict[str, Any], command_id: str) -> tuple[int, dict[str, Any]]:
        tries = 0
        while (answer := await asyncio.to_thread(self.ask, path, fields | {"command_id": command_id}))[0] in {0, 502, 503, 504}:
            await asyncio.sleep(pause(tries := min(tries + 1, 4)))  # not known: the same again, with the same id
        return answer


class LiveClient:
    """Keeps the `parts` of one screen by name; `arrived` hears every frame, and {"t": "stale"} when none comes."""

    def __init__(self, account: Account, slug: str, screen: str, token: str = "", site: str = "") -> None:
        self.account, self.slug, self.site, self.client = account, slug, site, str(uuid.uuid4())
        base, query = (f"/d/{token}/", "") if token else (f"/m/{slug}/live/", f"screen={screen}&site={site}&")
        self.twin, self.renew = f"{base}{'live/' if token else ''}?{query}", f"{base}ticket/?{query}"
        self.epoch, self.n, self.ticket, self.ticket_at, self.heard = "", 0, "", -TICKET, time.monotonic()
        self.parts, self.soft, self.wait = dict[str, Any](), dict[str, Any](), -1.0  # wait: as long as the server said, or -1
        self.arrived: Any = lambda frame: None

    async def run(self) -> None:
        """Through a socket; by HTTP while three in a row did not pass though HTTP did. For ever, or until PermissionError."""
        failures = misses = 0
        while True:
            heard, self.wait = self.heard, -1.0
            if misses < 3 or misses % 20 == 0:  # later only now and then
                await self.listen()
            misses = 0 if self.heard > heard else misses + await self.poll()
            failures = 0 if self.heard > heard else failures + 1
            if time.monotonic() - self.heard > SILENCE:
                self.arrived({"t": "stale"})
            await asyncio.sleep(POLL if misses > 2 else pause(failures) if self.wait < 0 else self.wait)

    def take(self, frame: dict[str, Any]) -> None:
        self.heard = time.monotonic()
        if frame["t"] == "parts" and frame["epoch"] != self.epoch:  # another journal: nothing of the old one holds
            self.epoch, self.n, self.parts = frame["epoch"], frame["n"], frame["parts"]
        elif frame["t"] == "parts" and frame["n"] >= self.n:
            self.n, self.parts = frame["n"], self.parts | frame["parts"]
        elif frame["t"] == "soft":
            self.soft |= frame["parts"]
        elif frame["t"] == "ticket":
            self.ticket, self.ticket_at = frame["ticket"], self.heard
        elif frame["t"] == "bye":
            self.wait = frame["in"] / 1000
        self.arrived(frame)

    async def fetch(self, path: str) -> dict[str, Any]:
        status, answer = await asyncio.to_thread(self.account.ask, path)
        if status in {302, 403, 404}:
            raise PermissionError(status)
        return answer if status == 200 else {}

    async def poll(self) -> int:
        if frame := await self.fetch(f"{self.twin}after={self.n}&epoch={self.epoch}"):
            self.take(frame)
            if self.site:
                here = {"site": self.site, "client": self.client, "got": self.n}
                await asyncio.to_thread(self.account.ask, f"/m/{self.slug}/live/here/", here)
        return int(bool(frame))

    async def listen(self) -> None:
        if time.monotonic() - self.ticket_at >= TICKET:
            if not (answer := await self.fetch(self.renew)):
                return
            self.ticket, self.ticket_at = answer["ticket"], time.monotonic()
        address = f"ws{self.account.base[4:]}/ws/m/{self.slug}/?ticket={self.ticket}"
        origin = websockets.Origin(self.account.base)
        try:
            async with asyncio.timeout(SILENCE) as silence, websockets.connect(address, origin=origin, close_timeout=1) as socket:
                hello, got = {"t": "hello", "epoch": self.epoch, "after": self.n, "client": self.client}, None
                await socket.send(json.dumps(hello))
                async for text in socket:
                    silence.reschedule(asyncio.get_running_loop().time() + SILENCE)
                    self.take(frame := json.loads(text))
                    if frame["t"] in {"parts", "soft"} and (got is None or got.done()):
                        got = asyncio.create_task(self.say_got(socket))
                    if frame["t"] == "beat":
                        await socket.send(json.dumps({"t": "here", "echo": frame["clock"]["real"]}))
                        if frame["n"] > self.n:
                            await socket.send(json.dumps(hello | {"epoch": self.epoch, "after": self.n}))
        except (OSError, websockets.WebSocketException) as error:  # refused, no upgrade, cut off, silent, closed with a code
            code = getattr(getattr(error, "rcvd", None), "code", 1006)
            if code == 4003:
                raise PermissionError(code) from error
            self.ticket_at = -TICKET if code == 4001 else self.ticket_at
            self.wait = 30.0 if code == 4029 else self.wait

    async def say_got(self, socket: websockets.ClientConnection) -> None:
        await asyncio.sleep(1)  # one for all that came in this second
        with suppress(websockets.ConnectionClosed):
            await socket.send(json.dumps({"t": "got", "n": self.n}))
