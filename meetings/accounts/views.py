"""The administrator's page of accounts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.accounts.forms import AddAccount, ReopenAccount, ResetPassword
from meetings.accounts.queries import accounts_like
from meetings.procedure import Ability

PAGE = 100


@require_safe
@never_cache  # it proposes one-time passwords
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts with forms to add one, and to close, reopen or give a new password to each."""
    actor = queries.office_actor(queries.account(request))
    actor.require(Ability.MANAGE_ACCOUNTS)
    sought = request.GET.get("q", "").replace("\0", "")[:120]
    context = {
        "page": Paginator(accounts_like(sought), PAGE).get_page(request.GET.get("page")),
        "query": {"q": sought},
        "abilities": {ability.value for ability in actor.abilities},
        "add": AddAccount(by=actor),
        "reset": ResetPassword(by=actor, auto_id="reset-%s"),
        "reopen": ReopenAccount(by=actor, auto_id="reopen-%s"),
    }
    return render(request, "people/accounts.html", context)
