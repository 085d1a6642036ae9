"""A person without a browser: signs in and sends commands over HTTP, as any program could."""

from __future__ import annotations

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any


class Client:
    """One account's session with a service."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        page = self.get("/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None, "the sign-in page has no form"
        self._post("/sign-in/", {"username": username, "password": password, "csrfmiddlewaretoken": token[1]})

    def get(self, path: str) -> str:
        """Return a page's text."""
        with self.opener.open(self.url + path, timeout=10) as answer:
            text: str = answer.read().decode()
        return text

    def do(self, slug: str, command: str, command_id: uuid.UUID | None = None, **fields: object) -> dict[str, Any]:
        """Send a command and return its answer; a refusal is an answer too."""
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        body = {**fields, "command_id": str(command_id or uuid.uuid4()), "csrfmiddlewaretoken": token}
        answer: dict[str, Any] = json.loads(self._post(f"/m/{slug}/do/{command}/", body, json_wanted=True))
        return answer

    def _post(self, path: str, body: dict[str, object], *, json_wanted: bool = False) -> str:
        data = urllib.parse.urlencode(body, doseq=True).encode()
        headers = {"Accept": "application/json"} if json_wanted else {}
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        try:
            with self.opener.open(request, timeout=20) as answer:
                text: str = answer.read().decode()
        except urllib.error.HTTPError as error:
            if error.code not in (400, 403, 409) or not json_wanted:
                raise
            text = error.read().decode()
        return text
