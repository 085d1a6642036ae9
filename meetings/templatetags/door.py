"""Forms that knock at the command door: {% command "floor.give" request=r.id %}<button>…</button>{% endcommand %}."""

from __future__ import annotations

import uuid
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from meetings import commands

register = template.Library()

ATTRIBUTES = {
    "title": "data-confirm-title",
    "confirm": "data-confirm",
    "do": "data-confirm-do",
    "done": "data-done",
    "form_id": "id",
}


def _hidden(fields: dict[str, Any]) -> SafeString:
    pairs = ((name, "" if value is None else str(value)) for name, value in fields.items())
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


def _plain_post(context: template.Context, next_page: str) -> dict[str, str]:
    """What a browser without scripts must send too. A part rendered for everybody (no request) leaves it to commands.js."""
    request = context.get("request")
    if request is None:
        return {"next": next_page} if next_page else {}
    return {
        "csrfmiddlewaretoken": get_token(request),
        "command_id": str(uuid.uuid4()),
        "next": next_page or request.get_full_path(),
    }


def _door(context: template.Context, name: str) -> str:
    meeting = context["meeting"]
    return reverse("meetings:do", args=[meeting["slug"] if isinstance(meeting, dict) else meeting.slug, name])


@register.simple_block_tag(takes_context=True)
def command(
    context: template.Context,
    content: SafeString,
    name: str,
    css: str = "command",
    next: str = "",
    outbox: bool = False,
    expires: int = 0,
    keeps: bool = False,
    **fields: Any,
) -> SafeString:
    """Return the form of command `name` around its buttons, or nothing where the reader may not do it.

    `title`, `confirm` and `do` make it ask once before; `done` is said afterwards (else the words of the button). With
    `outbox` the page keeps the command until it is answered, over a cut line and a closed browser; one that arrives more
    than `expires` seconds of the meeting's time after the press is refused; with `keeps` what is chosen in it stays chosen
    after it is done; `form_id` is its id in the page. All other words become hidden fields.
    Where no reader is known (a part rendered for an audience), `data-needs` lets the page leave the form out.
    """
    of_meeting, of_office = commands.find(name), commands.find_in_office(name)
    known = of_meeting or of_office
    if known is None:
        raise template.TemplateSyntaxError(f"There is no command {name}.")
    abilities = context.get("abilities")
    if abilities is not None and known.ability not in abilities:
        return SafeString("")
    asks = [(ATTRIBUTES[key], fields.pop(key)) for key in ATTRIBUTES if key in fields]
    asks += [("data-outbox", "")] if outbox else []
    asks += [("data-expires", str(expires))] if expires else []
    asks += [("data-keeps", "")] if keeps else []
    return format_html(
        '<form class="{}" data-command="{}" method="post" action="{}" data-needs="{}"{}>{}{}</form>',
        css,
        name,
        _door(context, name) if of_meeting else reverse("meetings:do_in_office", args=[name]),
        str(known.ability),
        format_html_join("", ' {}="{}"', asks),
        _hidden(fields | _plain_post(context, next)),
        mark_safe(content),
    )
