"""The pages of official papers: all of a meeting, and one with its form beside the paper as it will be printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import page_actor
from minutes.checking import grouped
from minutes.issuance.answering import DOCX, file_of
from minutes.models import OfficialPaper
from minutes.papers import present, queries, rich
from minutes.papers.data import said_of
from minutes.papers.forms import BEARS, PREFIX, EditPaper
from minutes.papers.keeping import kept
from minutes.papers.kinds import KINDS
from minutes.papers.present import Sheet
from printing import word
from printing.errors import PrintingError
from texts.reading import from_editor
from texts.writing import plain

PAGE = "minutes:official"
State = OfficialPaper.State
# pdf.js decodes some pictures by WebAssembly, and works in a worker: on these pages alone.
allow_preview: Any = csp_update({"script-src": ["'wasm-unsafe-eval'"], "worker-src": [SELF]})


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return desk_context(meeting, actor, "minutes:official") | {"tabs": tabs_of("official", meeting, actor, PAGE)}


@require_safe
@never_cache
def official(request: HttpRequest, slug: str) -> HttpResponse:
    """List the official papers of a meeting by kind; begin one."""
    meeting, actor = page_actor(request, slug, Ability.SEE_MINUTES, named=True)
    return render(request, "minutes/papers/official.html", _frame(meeting, actor) | {"groups": queries.grouped(meeting)})


@require_safe
@never_cache
@allow_preview
def official_paper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one paper: what people write in it while it is a draft, what is missing, and the paper itself."""
    meeting, actor = page_actor(request, slug, Ability.SEE_MINUTES, named=True)
    row = queries.paper_or_404(meeting, number)
    context = _frame(meeting, actor) | {"paper": row, "kind": KINDS[row.kind], "news": present.news(row)}
    context |= {"is_withheld": _is_withheld(row, actor), "digest": grouped(row.sha256)}
    if row.state == State.DRAFT:
        context |= _draft(meeting, actor, row)
    return render(request, "minutes/papers/paper.html", context)


def _is_withheld(row: OfficialPaper, actor: Actor) -> bool:
    """Tell whether a paper was recalled before somebody who does not issue papers: its words are given to the office alone."""
    return row.state == State.RECALLED and not actor.may(Ability.ISSUE_PAPERS)


def _draft(meeting: Meeting, actor: Actor, row: OfficialPaper) -> dict[str, Any]:
    said = said_of(meeting, row.kind, row.words)
    sheet = present.drafted(row, said)
    initial: dict[str, Any] = {"paper": row.pk, "version": row.version, "kind": row.kind}
    initial |= {name: getattr(row, name) for name in BEARS} | {PREFIX + name: value for name, value in said.fields.items()}
    form = EditPaper(meeting=meeting, by=actor, initial=initial, auto_id="paper-%s")
    texts = [
        _shown(form[PREFIX + one.name], one.sort, said.fields.get(one.name), one.name in row.words)
        for one in KINDS[row.kind].fields
    ]
    bears = [
        _shown(form[name], "lines" if name in ("authority", "abstract") else "line", getattr(row, name), False) for name in BEARS
    ]
    return {
        "texts": texts,
        "bears": bears if row.kind not in ("BB", "CTr", "DS") else bears[:2],
        "unsigned": bears[2:] if row.kind in ("BB", "CTr", "DS") else [],
        "obstacles": present.obstacles(row, sheet.data),
        "layout": sheet.profile,
        "template": sheet.template,
    }


def _shown(field: BoundField, sort: str, value: Any, is_written: bool) -> dict[str, Any]:
    """Return a field as the page shows it: its sort, its value, and as plain text where it is rich."""
    shown: dict[str, Any] = {"field": field, "sort": sort, "value": value, "is_written": is_written}
    if sort == "rich":
        doc = from_editor(value) if value and not rich.is_blank(value) else None
        shown["plain"] = plain(doc) if doc else ""
        shown["json"] = json.dumps(doc, ensure_ascii=False) if doc else ""
        shown["text_name"] = f"{field.html_name}_text"
        shown["rows"] = min(14, max(3, len(shown["plain"]) // 70 + shown["plain"].count("\n") + 1))
    return shown


def _file(
    request: HttpRequest, slug: str, number: int, *, kind: str, ending: str, make: Callable[[Sheet, Meeting], bytes]
) -> HttpResponse:
    """Answer with a file of a paper as it stands; nothing is made anew for who has it already."""
    meeting, actor = page_actor(request, slug, Ability.SEE_MINUTES)
    row = queries.paper_or_404(meeting, number)
    if _is_withheld(row, actor):
        raise OutOfOrder(_("This paper was recalled. Its file is not given out any more."))
    if row.filed_at is not None and ending != "json":
        return file_of(row, ending)
    try:
        sheet = present.sheet_of(row)
        tag = f'"{sheet.content_hash[:32]}"'
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified()
        answer = HttpResponse(kept(f"{sheet.content_hash}.{ending}", lambda: make(sheet, meeting)), content_type=kind)
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error
    way = "inline" if ending == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{way}; filename="{row.kind}-{meeting.slug}-{row.number}.{ending}"'
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


@require_safe
def official_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a paper as it stands, as it is printed: a draft with the mark of a draft, none with a number."""
    return _file(
        request, slug, number, kind="application/pdf", ending="pdf", make=lambda sheet, meeting: sheet.pdf(meeting)
    )  # fmt: skip


@require_safe
def official_docx(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the same for Word."""
    return _file(
        request, slug, number, kind=DOCX, ending="docx",
        make=lambda sheet, meeting: word.docx(sheet.html(), sheet.profile, sheet.about(meeting)),
    )  # fmt: skip


@require_safe
def official_data(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the data a paper is made of."""
    return _file(
        request, slug, number, kind="application/json", ending="json", make=lambda sheet, _meeting: present.json_of(sheet.data)
    )
