"""Official papers before their issue, as tests need them, and good bodies of the commands on them and on templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from meetings.models import Meeting
from minutes.models import OfficialPaper, PaperTemplate
from minutes.papers.actions import approve_paper, draft_paper, edit_paper
from minutes.papers.setting import system_source
from tests.cast import Room
from tests.make import the_secretariat

Body = dict[str, Any]
LAYOUT = "HD05-2026"


def make_draft(meeting: Meeting, kind: str = "DS", words: Body | None = None, **bears: str) -> OfficialPaper:
    """Return a new draft in which place, signer and post were written, and what else is given; its version is 2."""
    row = draft_paper(meeting, by=the_secretariat(), kind=kind)
    signed = {"place": "Hà Nội", "post": "CHÁNH VĂN PHÒNG", "signer": "Đại biểu 15-03", "authority": "", "abstract": row.abstract}
    return edit_paper(meeting, by=the_secretariat(), paper=row, version=1, words=words or {}, bears=signed | bears)


def make_approved(meeting: Meeting, kind: str = "DS", **kw: Any) -> OfficialPaper:
    """Return a paper that has just been approved; its version is 3."""
    draft = make_draft(meeting, kind, **kw)
    return approve_paper(meeting, by=the_secretariat(), paper=draft, version=draft.version)


def make_template(kind: str = "DS", profile: str = LAYOUT, *, is_current: bool = False, source: str = "") -> PaperTemplate:
    """Return a template an office has kept."""
    last = PaperTemplate.objects.filter(kind=kind, profile=profile).count()
    return PaperTemplate.objects.create(
        kind=kind, profile=profile, revision=last + 1, source=source or system_source(kind, "party"), is_current=is_current,
        made_at=timezone.now(), made_by="Văn phòng",
    )  # fmt: skip


def _draft(room: Room, role: str) -> Body:
    return {"paper": make_draft(room.meeting), "version": 2}


def _approved(room: Room, role: str) -> Body:
    return {"paper": make_approved(room.meeting), "version": 3}


WRITING_PAPERS: dict[str, Callable[[Room, str], Body]] = {
    "paper.draft": lambda room, role: {"kind": "TB"},
    "paper.edit": lambda room, role: _draft(room, role) | {"abstract": "dự hội nghị tổng kết", "place": "Hà Nội"},
    "paper.approve": _draft,
    "paper.return": _approved,
    "paper.remove": _draft,
}


def _in_use() -> Body:
    make_template(is_current=True)
    return {"kind": "DS", "profile": LAYOUT}


TEMPLATES: dict[str, Callable[[], Body]] = {
    "paper_template.add": lambda: {"kind": "DS", "profile": LAYOUT, "source": system_source("DS", "party") + "\n"},
    "paper_template.take": lambda: {"template": make_template().pk},
    "paper_template.reset": _in_use,
}


def behind_drafts(route: str, room: Room) -> Body:
    """Return what the address of a route of official papers, or of templates, is made from."""
    if route.startswith("minutes:official_"):
        row = room.meeting.official_papers.filter(state="draft").first() or make_draft(room.meeting)
        return {"number": row.number}
    return {"kind": "DS", "profile": LAYOUT} if route.startswith("minutes:template") else {}
