"""The minutes printed from their page (minutes.print): set as the official paper is, with what the page's own head says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from issuing.codes import spelled
from meetings.models import Meeting
from minutes.blocks.overlay import Current
from minutes.models import Minutes
from minutes.papers import present
from minutes.papers.data import Bearing, framed_of
from minutes.papers.data import minutes as said
from people.models import Organisation
from printing.papers import press_html
from printing.profiles import Profile


def pdf_of_minutes(
    meeting: Meeting, minutes: Minutes, blocks: Sequence[Current], profile: Profile, *, dated: date, code: str, address: str
) -> bytes:
    """Return the minutes as they stand, under the code by which the paper is checked; raise PrintingError with a sentence."""
    head = {block.key: block for block in blocks if block.kind == "head"}
    place, number = (head[key].text if key in head else "" for key in ("place", "number"))
    is_draft = minutes.state != Minutes.State.APPROVED
    bearing = Bearing(abstract=meeting.title, place=place, number=number, dated=dated, is_draft=is_draft)
    told = said.said_of(blocks, {}, state=meeting.organiser.body == Organisation.Body.STATE)
    data = framed_of(meeting, "BB", told, bearing)
    data |= {"layout": dict(profile.settings), "verification": {"code": code, "spelled": spelled(code), "address": address}}
    sheet = present.Sheet(data, profile, present.current_template("BB", profile.code), {})
    about = replace(sheet.about(meeting), identifier=f"minutes:{code}")
    return press_html(sheet.html(), profile, about, [("data.json", "application/json", present.json_of(data))])
