"""The secretariat's pages of invitations: who was sent one and said what, the words, one letter, the list as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from issuing import numbering
from issuing.answering.forms import AnswerInvitation
from issuing.invitations import links, paper, queries
from issuing.invitations.defaults import defaults
from issuing.invitations.forms import EditInvitationText
from issuing.invitations.values import occasion
from issuing.invitations.wording import LINK, PLACEHOLDERS
from issuing.models import Invitation, InvitationText, PaperType
from issuing.views import file_of
from meetings.deadlines.queries import work_calendar
from meetings.desk import desk_context, tabs_of
from meetings.errors import OutOfOrder
from meetings.models import Meeting, Participant
from meetings.procedure import Ability
from meetings.queries import page_actor
from people.models import Organisation
from printing.errors import PrintingError
from sheets import TYPES, write_csv, write_xlsx

PAGE = 100
FILTERED_AT_MOST = 100
WORKING_DAYS_BEFORE = 2
PDF_POLICY = {"object-src": ["'self'"]}


def _query(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\0", "")[:200] for name in ("q", "state", "site", "unit")}


def states() -> list[tuple[str, object]]:
    """Return what the list can be narrowed to."""
    return [
        (queries.NOT_INVITED, _("Not invited yet")),
        (queries.UNANSWERED, _("Not answered")),
        (queries.TO_APPROVE, _("Substitute to approve")),
        (queries.NO_ADDRESS, _("No mail address")),
        *Invitation.State.choices,
    ]


@require_safe
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """List who is invited, what was sent and answered; issue, send, remind, recall, print for some or all."""
    meeting, actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    query = _query(request)
    page = Paginator(queries.tracked(meeting, query), PAGE).get_page(request.GET.get("page"))
    text = InvitationText.objects.filter(meeting=meeting).first()
    totals = queries.totals(meeting)
    context = desk_context(meeting, actor, "attendance:participants")
    context |= {
        "tabs": tabs_of("delegates", meeting, actor, "issuing:invitations"),
        "page": page,
        "query": query,
        "states": states(),
        "sites": _sites(meeting, query["site"]),
        "totals": totals,
        "chart": _chart(totals),
        "units": queries.by_bridge_point(meeting),
        "text": text,
        "letter": (letter := queries.letter_of(meeting)),
        "lacks_register": letter is None and _lacks_register(meeting),
        "outdated": queries.told_otherwise(meeting, occasion(meeting, text)) if text else 0,
        "remind_on": reminder_day(text.answer_by) if text and text.answer_by else None,
        "links_end": links.ends_at(meeting, text),
        "answer": AnswerInvitation(meeting=meeting, by=actor, auto_id="answer-%s"),
        "today": timezone.localdate(),
        "may_issue": meeting.state == Meeting.State.PLANNED and not meeting.is_template,
    }
    return render(request, "issuing/invitations.html", context)


def _lacks_register(meeting: Meeting) -> bool:
    """Tell whether a register must be opened before the letter can take its number."""
    organiser = meeting.organiser
    if meeting.is_demonstration or organiser.body == Organisation.Body.STATE:
        return False
    return numbering.current(organiser, PaperType.GM, timezone.localdate()) is None


def reminder_day(answer_by: datetime) -> Any:
    """Return the day on which a reminder is best sent: two working days before answers are asked for."""
    return work_calendar().before(timezone.localtime(answer_by).date(), WORKING_DAYS_BEFORE)


def _chart(totals: queries.Totals) -> list[dict[str, object]]:
    """Return the bars of the chart of answers."""
    bars = [
        ("ok", _("Will come"), totals.accepted, "accepted"),
        ("warn", _("Sends a substitute"), totals.substituted, "substituted"),
        ("bad", _("Cannot come"), totals.declined, "declined"),
        ("", _("Not answered"), totals.unanswered, queries.UNANSWERED),
    ]
    return [{"tone": tone, "word": word, "count": count, "state": state} for tone, word, count, state in bars]


def _sites(meeting: Meeting, chosen: str) -> list[tuple[int, str]]:
    sites = list(meeting.bridge_points.values_list("pk", "short_name", "parent_id"))
    many = len(sites) > FILTERED_AT_MOST
    return [(pk, name) for pk, name, parent in sites if not many or parent is None or str(pk) == chosen]


@require_safe
def text_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the words of the invitations to be changed, what may stand in braces, and one letter as it will be."""
    meeting, actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    row = InvitationText.objects.filter(meeting=meeting).first()
    initial = EditInvitationText.initial_of(row) if row else defaults(meeting.organiser, meeting.place) | {"version": 0}
    context = desk_context(meeting, actor, "attendance:participants")
    context |= {
        "tabs": tabs_of("delegates", meeting, actor, "issuing:invitations"),
        "form": EditInvitationText(meeting=meeting, by=actor, initial=initial),
        "placeholders": list(PLACEHOLDERS.items()),
        "link_word": LINK,
        "text": row,
        "example": queries.to_invite(meeting).first() or meeting.participants.filter(invitation__isnull=False).first(),
        "may_issue": meeting.state == Meeting.State.PLANNED and not meeting.is_template,
    }
    return render(request, "issuing/invitation_text.html", context)


@require_safe
@never_cache
@csp_update(PDF_POLICY)  # type: ignore[arg-type]
def letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give one participant's letter as it stands: with number and link when it was issued, else as a draft."""
    meeting, _actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    participant = get_object_or_404(Participant.objects.select_related("bridge_point"), meeting=meeting, pk=pk)
    text = InvitationText.objects.filter(meeting=meeting).first()
    text = text or InvitationText(meeting=meeting, **defaults(meeting.organiser, meeting.place))
    living = Invitation.objects.filter(participant=participant).exclude(state=Invitation.State.RECALLED)
    row = living.select_related("document").first()
    try:
        pdf = paper.letter(meeting, text, row.document if row else None, [participant] if row else ()).print(participant, row)
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error
    return file_of(pdf, "application/pdf", f"giay-moi-{participant.pk}.pdf", shown=True)


@require_safe
@never_cache
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give the list as a table, with the same filter as the page; reasons and telephone numbers are not in it."""
    meeting, _actor = page_actor(request, slug, Ability.ISSUE_PAPERS)
    columns = [
        _("Name"), _("Position"), _("Unit"), _("Bridge point"), _("State"), _("Sent at"), _("Sent"), _("Answered at"), _("How"),
        _("Substitute"),
    ]  # fmt: skip
    rows = [_row(one) for one in queries.tracked(meeting, _query(request))]
    if kind == "csv":
        return file_of(write_csv(columns, rows), "text/csv; charset=utf-8", f"giay-moi-{meeting.slug}.csv")
    if kind == "xlsx":
        return file_of(write_xlsx(_("Invitations"), columns, rows), TYPES["xlsx"], f"giay-moi-{meeting.slug}.xlsx")
    raise Http404


def _row(one: Participant) -> list[Any]:
    row: Invitation | None = getattr(one, "invitation", None)
    who = [one.name, one.position, one.unit, one.bridge_point.short_name if one.bridge_point else ""]
    if row is None:
        return [*who, _("Not invited yet"), None, "", None, "", ""]
    sent, answered = (timezone.localtime(at) if at else None for at in (row.sent_at, row.answered_at))
    said = [str(row.get_state_display()), sent, str(row.get_channel_display()), answered, str(row.get_way_display())]
    return [*who, *said, row.substitute_name]
