"""The data of a letter of invitation for all: the words of the meeting's invitations, nothing personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from issuing.invitations.defaults import defaults
from issuing.invitations.values import Occasion, occasion
from issuing.invitations.wording import filled
from issuing.models import InvitationText
from meetings.models import Meeting
from minutes.papers.data import delegates
from minutes.papers.data.frame import Said
from minutes.papers.data.parts import Written, sentence
from people.models import Organisation

_LABELS = (("attending", "Tới dự"), ("chair", "Chủ trì"), ("time", "Thời gian"), ("place", "Địa điểm"))
#: Written of one invited person: the letter for all has its own words there.
_PERSONAL = ("{tên}", "{chức danh}", "{chức vụ}", "{đơn vị}")


def read(meeting: Meeting, words: Mapping[str, Any]) -> Said:
    """Return what the letter of a meeting says as it stands."""
    rows = delegates.rows_of(meeting) if words.get("list_annex") else []
    return said_of(_written(meeting), words, rows, state=meeting.organiser.body == Organisation.Body.STATE)


def _written(meeting: Meeting) -> dict[str, str]:
    """Return the office's words for this meeting's invitations, their braces filled."""
    text = InvitationText.objects.filter(meeting=meeting).first()
    if text is None:
        text = InvitationText(meeting=meeting, **defaults(meeting.organiser, meeting.place))
    values = _values(occasion(meeting, text), meeting)
    names = ("opening", "attending", "chair", "time", "place", "content", "requirements", "closing", "invited")
    said = {name: filled(getattr(text, name), values).strip() for name in names}
    if any(brace in text.invited for brace in _PERSONAL):
        said["invited"] = ""
    return {**said, "version": str(text.version)}


def _values(told: Occasion, meeting: Meeting) -> dict[str, str]:
    return {
        "hội nghị": told.title, "cơ quan": told.body, "chủ trì": told.chair, "thời gian": told.time, "địa điểm": meeting.place,
        "hạn trả lời": told.answer_by, "hình thức": "theo danh sách",
    }  # fmt: skip


def said_of(written: Mapping[str, str], words: Mapping[str, Any], rows: Sequence[Mapping[str, str]], *, state: bool) -> Said:
    """Return what a letter says, from plain values. Pure."""
    everyone = "Các ông/bà đại biểu theo danh sách" if state else "Các đồng chí đại biểu theo danh sách"
    written_in = Written(words)
    written_in.tick("list_annex")
    parts = [{"label": label, "words": sentence(written_in.line(name, written[name]))} for name, label in _LABELS]
    return Said(
        text={
            "opening": written_in.line("opening", written["opening"]),
            "invited": written_in.lines("invited", [written["invited"] or everyone]),
            "parts": [one for one in parts if one["words"].strip(" .")],
            "subject": written_in.doc("subject", written["content"] and f"Nội dung: {written['content']}"),
            "requirements": written_in.doc("requirements", written["requirements"]),
            "closing": written_in.line("closing", written["closing"]),
        },
        annexes=[delegates.annex(rows)] if rows else [],
        fields=written_in.used,
        sources={"invitation": written["version"], **({"delegates": delegates.mark_of(rows)} if rows else {})},
    )
