"""Knocking at the command door, as a page's script and as a plain form do."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from meetings.models import Meeting
from tests.make import make_command_id


def knock(client: Client, meeting: Meeting, command: str, *, command_id: str | None = None, **fields: Any) -> HttpResponse:
    """Send a command as the page's script does, asking for JSON; rows stand for their numbers."""
    return _post(client, _address(meeting, command), _body(command_id, fields), "application/json")


def knock_plainly(
    client: Client, meeting: Meeting, command: str, *, command_id: str | None = None, **fields: Any
) -> HttpResponse:
    """Send a command as a form without scripts does."""
    return _post(client, _address(meeting, command), _body(command_id, fields), "text/html,application/xhtml+xml,*/*;q=0.8")


def _address(meeting: Meeting, command: str) -> str:
    return f"/m/{meeting.slug}/do/{command}/"


def _body(command_id: str | None, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in fields.items()} | {"command_id": command_id or make_command_id()}


def _post(client: Client, address: str, body: dict[str, Any], accept: str) -> HttpResponse:
    return cast(HttpResponse, client.post(address, body, HTTP_ACCEPT=accept))


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return getattr(value, "pk", value)
