"""The pages of accounts: the list, one account, new ones from people, those of a meeting; and slips."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from meetings import queries
from meetings.accounts import queries as found
from meetings.accounts.forms import AddAccount, EditAccount, ReopenAccount, ResetPassword, SlipsForm
from meetings.accounts.handing_out import hand_out
from meetings.accounts.planning import AT_ONCE, missing_of
from meetings.accounts.rules import may_touch
from meetings.desk import desk_context, tabs_of
from meetings.door import wants_json
from meetings.errors import Refusal
from meetings.procedure import Ability, Actor
from people import sessions
from people.models import User

PAGE = 100
FILTERS = ("q", "role", "unit", "state", "meeting", "sort")


@require_safe
@never_cache
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts with search and filters; chosen ones get new slips or are closed in one step."""
    actor = _office(request)
    query = {name: request.GET.get(name, "").replace("\0", "")[:120] for name in FILTERS}
    context = _frame(actor) | {
        "page": Paginator(found.accounts_found(query), PAGE).get_page(request.GET.get("page")),
        "query": query,
        "roles": [("none", User.OfficeRole.NONE.label), *User.OfficeRole.choices[1:]],
        "units": found.units_with_accounts(),
        "states": found.STATES,
    }
    return render(request, "people/accounts.html", context)


@require_safe
@never_cache  # it proposes one-time passwords
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account: its state, and what can be done with it."""
    actor = _office(request)
    one = get_object_or_404(found.accounts_found({}), pk=pk)
    context = _frame(actor) | {
        "one": one,
        "may_touch": may_touch(actor, one),
        "open_sessions": sessions.open_sessions(one).count(),
        "edit": EditAccount(by=actor, initial={"office_role": one.office_role, "organisation": one.organisation, "account": one}),
        "reset": ResetPassword(by=actor, auto_id="reset-%s"),
        "reopen": ReopenAccount(by=actor, auto_id="reopen-%s"),
    }
    return render(request, "people/account.html", context)


@require_safe
@never_cache
def new_accounts(request: HttpRequest) -> HttpResponse:
    """Choose people who have no account yet, or enter one that is nobody's yet."""
    actor = _office(request)
    sought = request.GET.get("q", "").replace("\0", "")[:120]
    context = _frame(actor) | {
        "page": Paginator(found.people_without_account(sought), PAGE).get_page(request.GET.get("page")),
        "query": {"q": sought},
        "add": AddAccount(by=actor),
        "slips": SlipsForm(auto_id="slips-%s"),
    }
    return render(request, "people/new_accounts.html", context)


@require_safe
@never_cache
def meeting_accounts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which accounts a meeting lacks, made with one click; and those of its staff and focal points."""
    meeting, actor = queries.page_actor(request, slug, Ability.RESET_PASSWORDS)
    missing = missing_of(meeting)
    there = list(found.staff_and_focal_points(meeting)[:AT_ONCE])
    context = desk_context(meeting, actor, "meetings:bridge_points") | _frame(actor) | {
        "tabs": tabs_of("sites", meeting, actor, "meetings:meeting_accounts"),
        "missing": missing[:AT_ONCE],
        "missing_total": len(missing),
        "there": there,
        "unused": [user for user in there if user.must_change_password],
    }  # fmt: skip
    return render(request, "people/meeting_accounts.html", context)


@require_POST
@sensitive_variables()
def slips(request: HttpRequest) -> HttpResponse:
    """Make accounts, or renew their passwords, and answer with the slips: the only time and place the passwords are shown."""
    actor = _office(request)
    form = SlipsForm(request.POST)
    if not form.is_valid():
        return _refused(request, " ".join(str(line) for lines in form.errors.values() for line in lines), 400)
    try:
        pdf = hand_out(form.cleaned_data["command_id"], by=actor, asked=form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, refusal.reason, refusal.status)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="phieu-tai-khoan-{timezone.localtime():%Y%m%d-%H%M}.pdf"'
    return answer


def _refused(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """Say why nothing was made: to the page's script as JSON, to a plain form on the page it came from."""
    if wants_json(request):
        return JsonResponse({"state": "refused", "reason": reason}, status=status)
    messages.error(request, reason)
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return redirect(asked if asked and ours else reverse("meetings:accounts"))


def _office(request: HttpRequest) -> Actor:
    actor = queries.office_actor(queries.account(request))
    actor.require(Ability.RESET_PASSWORDS)
    return actor


def _frame(actor: Actor) -> dict[str, Any]:
    """Return what each page's forms need; the id makes a slip be handed out once, however often it is asked for."""
    return {
        "abilities": {ability.value for ability in actor.abilities},
        "command_id": str(uuid.uuid4()),
        "moment": timezone.now(),
    }
