"""What the data of all papers have alike: the meeting, the head, who signs, who gets it, how it is verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from issuing.codes import spelled
from issuing.numbering import symbol_of
from meetings import clock
from meetings.models import Meeting
from minutes.papers.data.bearing import Bearing
from minutes.papers.kinds import KINDS
from people.models import Organisation
from printing.names import UNKNOWN_PLACE, in_lines
from printing.papers import day_in_words, place_and_date
from printing.wording import annex_label

#: Left free for a hand, or for the register.
BLANK = "\u00a0" * 8
DRAFT_MARK = "DỰ THẢO"
_MODES = {"in_person": "trực tiếp", "online": "trực tuyến", "hybrid": "trực tiếp kết hợp trực tuyến"}


@dataclass(frozen=True)
class Said:
    """What one kind of paper says: its text, annexes ({name, body}), who signs when it is not one signer, what it is drawn from.

    `head`: what of the head its own text decides (abstract, bodies); `fields`: what stands in the fields people can write in.
    """

    text: dict[str, Any]
    annexes: Sequence[Mapping[str, Any]] = ()
    signatures: Sequence[Mapping[str, Any]] | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


def framed(kind: str, meeting: Meeting, bearing: Bearing, said: Said) -> dict[str, Any]:
    """Return the whole data of a paper."""
    organiser = meeting.organiser
    bodies = {
        "parent": organiser.parent.name if organiser.parent else "", "issuing": organiser.name, "body": organiser.body,
        "symbol": symbol_of(organiser),
    }  # fmt: skip
    return assembled(kind, values_of(meeting), bodies, bearing, said, day=timezone.localtime(clock.now(meeting)).date())


def assembled(
    kind: str, meeting: Mapping[str, Any], bodies: Mapping[str, str], bearing: Bearing, said: Said, *, day: date
) -> dict[str, Any]:
    """Return the whole data of a paper from plain values. `day`: of the draft, whose date is still open. Pure."""
    body = "party" if bodies["body"] == Organisation.Body.PARTY else "state"
    signature = {"authority": _lines(bearing.authority), "post": bearing.post, "signer": bearing.signer}
    signed = said.signatures if said.signatures is not None else [signature]
    is_signed = said.signatures is not None or any(signature.values())
    head = _head(kind, body, bodies, bearing, said.head, day)
    return {
        "schema": f"diemcau/{kind}/1",
        "kind": kind,
        "body": body,
        "language": bearing.language,
        "demonstration": bool(meeting["demonstration"]),
        "meeting": dict(meeting),
        "head": head,
        "text": said.text,
        "signatures": [dict(one) for one in signed] if is_signed or kind not in ("CTr", "DS") else [],
        "recipients": [str(one["name"]).strip(" -;,.") for one in bearing.recipients],
        "annexes": _annexes(said.annexes, kind, body, bearing, bodies["issuing"], head["number"]),
        "verification": None,
        "sources": dict(said.sources),
    }


def issued(data: Mapping[str, Any], *, number: str, dated: date, code: str = "", address: str = "") -> dict[str, Any]:
    """Return frozen data with what issuing gives: number (05-TB/VPTW; empty: none), date, the code and where it is checked."""
    head = {**data["head"], "number": number, "dated": dated.isoformat(), "draft_mark": ""}
    bears_date = KINDS[data["kind"]].bears_date(data["body"])
    head["place_date"] = place_and_date(head["place"] or UNKNOWN_PLACE, dated) if bears_date else ""
    note = _note(data["kind"], data["body"], number, dated, data["meeting"]["organiser"])
    annexes = [{**one, "note": note} for one in data["annexes"]]
    verification = {"code": code, "spelled": spelled(code), "address": address} if code else None
    return {**data, "head": head, "annexes": annexes, "verification": verification}


def values_of(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as plain values."""
    return {
        "slug": meeting.slug,
        "title": " ".join(meeting.title.split()),
        "place": meeting.place,
        "organiser": meeting.organiser.name,
        "mode": _MODES[meeting.mode],
        "demonstration": meeting.is_demonstration,
        "opened_at": _iso(meeting.opened_at),
        "adjourned_at": _iso(meeting.adjourned_at),
        "sittings": [
            {"number": one.number, "title": one.title, "starts_at": _iso(one.starts_at), "ends_at": _iso(one.ends_at)}
            for one in meeting.sittings.all()
        ],
    }


def held_on(meeting: Mapping[str, Any]) -> date | None:
    """Return the day a meeting was opened, or is to begin."""
    first = meeting["opened_at"] or next((one["starts_at"] for one in meeting["sittings"]), "")
    return datetime.fromisoformat(first).date() if first else None


def _iso(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


def _head(kind: str, body: str, bodies: Mapping[str, str], bearing: Bearing, own: Mapping[str, str], day: date) -> dict[str, Any]:
    found = KINDS[kind]
    issuing, parent = own.get("issuing_body") or bodies["issuing"], own.get("parent_body", bodies["parent"])
    return {
        "parent_body": in_lines(parent),
        "issuing_body": in_lines(issuing),
        "number": bearing.number or (_blank_number(found.register, body, bodies["symbol"]) if found.register else ""),
        "urgency": "",
        "draft_mark": DRAFT_MARK if bearing.is_draft else "",
        "place": bearing.place,
        "dated": bearing.dated.isoformat() if bearing.dated else "",
        "place_date": _place_date(bearing, day) if found.bears_date(body) else "",
        "type_name": found.names[body],
        "abstract": own.get("abstract") or bearing.abstract,
    }


def _place_date(bearing: Bearing, day: date) -> str:
    place = bearing.place or UNKNOWN_PLACE
    return place_and_date(place, bearing.dated) if bearing.dated else f"{place}, ngày{BLANK}tháng{BLANK}năm {day.year}"


def _blank_number(register: str, body: str, symbol: str) -> str:
    return f"{BLANK}-{register}/{symbol}" if body == "party" else f"{BLANK}/{register}-{symbol}"


def _annexes(
    annexes: Sequence[Mapping[str, Any]], kind: str, body: str, bearing: Bearing, issuing: str, number: str
) -> list[dict[str, Any]]:
    """One annex is “Phụ lục”; several are numbered in Roman figures. What it is annexed to is said under its name.

    `number`: of the paper, or the room for it.
    """
    note = _note(kind, body, number, bearing.dated, issuing)
    return [{"label": annex_label(at, len(annexes)), "note": note, **one} for at, one in enumerate(annexes, start=1)]


def _note(kind: str, body: str, number: str, dated: date | None, issuing: str) -> str:
    name = KINDS[kind].names[body]
    named = f"Kèm theo {name} số {number}" if number.strip() else f"Kèm theo {name}"
    return ", ".join(filter(None, (named, day_in_words(dated) if dated else ""))) + f" của {issuing}"
