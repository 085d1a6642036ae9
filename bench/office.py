"""People without a browser: a secretary who signs in, gives commands and looks at pages; visitors with a session."""

from __future__ import annotations

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any

from bench.rig import BenchFailure


def visit(address: str, session: str) -> str:
    """The text of a page for whom a session belongs to."""
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={session}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as refused:
        raise BenchFailure(f"{address} answered {refused.code}.") from refused


class Secretary:
    """A signed-in account at one server."""

    def __init__(self, base: str, account: str, password: str) -> None:
        """``base`` is the address of the server without a slash at its end."""
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.page("/sign-in/")
        self._post("/sign-in/", {"username": account, "password": password})
        if "sessionid" not in self._cookie_names():
            raise BenchFailure(f"The demonstration's account {account} could not sign in.")

    @property
    def session(self) -> str:
        """The session the account is signed in with."""
        return next(str(cookie.value) for cookie in self.cookies if cookie.name == "sessionid")

    def page(self, path: str) -> str:
        """The text of a page."""
        try:
            with self.opener.open(self.base + path, timeout=30) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError as refused:
            raise BenchFailure(f"{path} answered {refused.code}.") from refused

    def command(self, slug: str, name: str, **fields: Any) -> dict[str, Any]:
        """Gives one command and returns its answer; BenchFailure unless it was carried out."""
        answer: dict[str, Any] = json.loads(self._post(f"/m/{slug}/do/{name}/", {**fields, "command_id": uuid.uuid4()}))
        if answer["state"] != "done":
            raise BenchFailure(f"{name} was not carried out: {answer.get('reason') or answer.get('errors')}")
        return answer

    def _post(self, path: str, fields: dict[str, Any]) -> str:
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), "")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.base + path, body, {"Accept": "application/json"})
        try:
            with self.opener.open(request, timeout=30) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError as refused:
            text = refused.read().decode()
            if text.startswith("{"):
                return text
            raise BenchFailure(f"{path} answered {refused.code}.") from refused

    def _cookie_names(self) -> set[str]:
        return {cookie.name for cookie in self.cookies}
