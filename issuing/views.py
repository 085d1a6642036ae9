"""The office's pages of registers: all of them, one with its papers, the same as a file and on paper; the check of a paper."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from issuing import queries, sheet
from issuing.codes import read_code
from issuing.forms import CancelNumber, GiveNumber, OpenRegister, ReserveNumber
from issuing.models import IssuedDocument, NumberRegister, PaperType
from meetings.errors import OutOfOrder
from meetings.procedure import Ability, Actor
from meetings.queries import account, office_actor
from printing.errors import PrintingError
from sheets import TYPES, write_csv, write_xlsx

PAGE = 100


def keeper(request: HttpRequest) -> Actor:
    """Return who asks, who must be allowed to keep registers."""
    actor = office_actor(account(request))
    actor.require(Ability.KEEP_REGISTERS)
    return actor


def _said(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\0", "")[:120] for name in names}


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """List the registers by body, period and type, with the number that comes next; a form opens one."""
    actor, query = keeper(request), _said(request, "q", "type", "period")
    found = queries.registers_like(query["q"], query["type"], query["period"])
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "query": query,
        "types": PaperType.choices,
        "periods": queries.periods(),
        "broken": list(queries.broken_registers()[:5]),
        "form": OpenRegister(by=actor),
        "abilities": {ability.value for ability in actor.abilities},
    }
    return render(request, "issuing/registers.html", context)


@require_safe
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one register: its papers, newest first, with what was cancelled and why; forms give the next number."""
    actor, query = keeper(request), _said(request, "q", "state")
    held = get_object_or_404(NumberRegister.objects.select_related("organisation"), pk=pk)
    context = {
        "register": held,
        "page": Paginator(queries.papers_like(held, query["q"], query["state"]), PAGE).get_page(request.GET.get("page")),
        "query": query,
        "states": IssuedDocument.State.choices,
        "is_whole": queries.is_whole(held),
        "give": GiveNumber(by=actor, initial={"register": held}, auto_id="give-%s"),
        "reserve": ReserveNumber(by=actor, initial={"register": held}, auto_id="reserve-%s"),
        "cancel": CancelNumber(by=actor, auto_id="cancel-%s"),
        "abilities": {ability.value for ability in actor.abilities},
    }
    return render(request, "issuing/register.html", context)


@require_safe
@never_cache
def register_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give a register as a table or on paper, with the same filter as the page."""
    keeper(request)
    query = _said(request, "q", "state")
    held = get_object_or_404(NumberRegister.objects.select_related("organisation__parent"), pk=pk)
    rows = sheet.rows_of(reversed(queries.papers_like(held, query["q"], query["state"])))
    name = f"so-van-ban-di-{held.paper_type}-{held.period}"
    if kind == "csv":
        return file_of(write_csv(sheet.columns(), rows), TYPES["csv"], f"{name}.csv")
    if kind == "xlsx":
        return file_of(write_xlsx(_("Register"), sheet.columns(), rows), TYPES["xlsx"], f"{name}.xlsx")
    try:
        return file_of(sheet.printed(held, rows), "application/pdf", f"{name}.pdf", shown=True)
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error


def file_of(data: bytes, content_type: str, name: str, *, shown: bool = False) -> HttpResponse:
    """Answer with a file; its name is safe in a header whatever a period is called."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-.") else "-" for letter in name)
    headers = {"Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{plain}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)


@login_not_required
@require_safe
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say of a numbered paper what stands in the register, to whoever holds the paper and its code."""
    found: Any = (
        IssuedDocument.objects.select_related("register__organisation", "replaced_by").filter(code=read_code(code)).first()
    )
    if found is None:
        return render(request, "minutes/unknown_paper.html", {"typed": code[:60]}, status=404)
    return render(request, "issuing/check.html", {"paper": found, "register": found.register})
