"""What one can do to a conclusion: propose and word it, show the wording on the displays, adopt it, withdraw it."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem
from meetings.errors import Changed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes.conclusions import facts
from minutes.conclusions.queries import wording_of
from minutes.conclusions.wording import Wording, opening
from minutes.models import Conclusion, ConclusionRevision, Minutes
from people.models import Organisation

LIMIT = 300  # conclusions of a meeting, withdrawn ones too
State = Conclusion.State


def propose_conclusion(
    meeting: Meeting, *, by: Actor, wording: Wording, item: AgendaItem | None = None, organisation: Organisation | None = None
) -> Conclusion:
    """Propose a conclusion, after all others."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        _refuse_approved(meeting)
        known = meeting.conclusions.aggregate(last=Max("position"))["last"] or 0
        if meeting.conclusions.count() >= LIMIT:
            raise OutOfOrder(_("The meeting has %(n)d conclusions already; there can be no more.") % {"n": LIMIT})
        row = Conclusion.objects.create(
            meeting=meeting, item=change.fresh(item) if item else None, position=known + 1, organisation=organisation,
            changed_at=change.now, changed_by=by.name, **_columns(wording),
        )  # fmt: skip
        _keep(change, row, wording)
        change.record(facts.ConclusionProposed(conclusion=row.pk, item=row.item_id, position=row.position, digest=wording.digest))
        return row


def change_conclusion(
    meeting: Meeting,
    *,
    by: Actor,
    conclusion: Conclusion,
    version: int,
    wording: Wording,
    item: AgendaItem | None = None,
    organisation: Organisation | None = None,
) -> Conclusion:
    """Word a proposal anew. `version` is the one the actor read: when it has moved, nothing is overwritten (Changed)."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = _proposed(change, conclusion)
        _refuse_newer(row, version, _("Somebody has just worded this anew. Compare the two wordings, then choose."))
        item = change.fresh(item) if item else None
        wanted = (wording, item.pk if item else None, organisation.pk if organisation else None)
        if wanted == (wording_of(row), row.item_id, row.organisation_id):
            raise OutOfOrder(_("Nothing to save: the words are the same."))
        for name, value in _columns(wording).items():
            setattr(row, name, value)
        row.item, row.organisation, row.version = item, organisation, version + 1
        row.changed_at, row.changed_by = change.now, by.name
        row.save()
        _keep(change, row, wording)
        change.record(facts.ConclusionChanged(conclusion=row.pk, item=row.item_id, version=row.version, digest=wording.digest))
        return row


def move_conclusion(meeting: Meeting, *, by: Actor, conclusion: Conclusion, way: str) -> None:
    """Let a proposal change places with the proposal before it (`up`) or after it (`down`)."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = _proposed(change, conclusion)
        others = meeting.conclusions.filter(state=State.PROPOSED)
        if way == "up":
            other = others.filter(position__lt=row.position).order_by("-position", "-pk").first()
        else:
            other = others.filter(position__gt=row.position).order_by("position", "pk").first()
        if other is None:
            raise OutOfOrder(_("It stands first already.") if way == "up" else _("It stands last already."))
        row.position, other.position = other.position, row.position
        Conclusion.objects.bulk_update([row, other], ["position"])
        change.record(
            facts.ConclusionMoved(conclusion=row.pk, position=row.position, other=other.pk, other_position=other.position)
        )


def show_conclusion(meeting: Meeting, *, by: Actor, conclusion: Conclusion) -> None:
    """Let the displays show the wording, and every change of it; another one that stood there goes."""
    with transition(meeting, by=by, ability=Ability.ADOPT_CONCLUSIONS) as change:
        row = change.fresh(conclusion)
        if meeting.state not in (Meeting.State.OPEN, Meeting.State.SUSPENDED):
            raise OutOfOrder(_("Displays show a conclusion while the meeting is in session."))
        _refuse_withdrawn(row)
        if row.shown_at is not None:
            raise OutOfOrder(_("The displays show this conclusion already."))
        meeting.conclusions.exclude(shown_at=None).update(shown_at=None)
        row.shown_at = change.now
        row.save(update_fields=["shown_at"])
        change.record(facts.ConclusionShown(conclusion=row.pk, version=row.version))


def hide_conclusion(meeting: Meeting, *, by: Actor, conclusion: Conclusion) -> None:
    """Let the displays follow the meeting again."""
    with transition(meeting, by=by, ability=Ability.ADOPT_CONCLUSIONS) as change:
        row = change.fresh(conclusion)
        if row.shown_at is None:
            raise OutOfOrder(_("The displays do not show this conclusion."))
        _hide(change, row)


def hide_shown_conclusions(change: Transition) -> None:
    """Take what stands on the displays away, within the change that adjourns the meeting."""
    for row in change.meeting.conclusions.exclude(shown_at=None):
        _hide(change, row)


def adopt_conclusion(meeting: Meeting, *, by: Actor, conclusion: Conclusion, version: int) -> Conclusion:
    """Adopt a proposal as the actor has read it, under the next number; from then on no word changes."""
    with transition(meeting, by=by, ability=Ability.ADOPT_CONCLUSIONS) as change:
        row = _proposed(change, conclusion)
        if meeting.opened_at is None:
            raise OutOfOrder(_("The meeting has not been opened yet."))
        _refuse_newer(row, version, _("The wording has changed since you read it. Read it again, then adopt it."))
        last = meeting.conclusions.aggregate(last=Max("number"))["last"] or 0
        row.state, row.number, row.adopted_at, row.adopted_by = State.ADOPTED, last + 1, change.now, by.name
        row.save(update_fields=["state", "number", "adopted_at", "adopted_by"])
        change.record(
            facts.ConclusionAdopted(
                conclusion=row.pk, item=row.item_id, number=row.number, version=row.version,
                digest=wording_of(row).digest, opening=opening(row.text),
            )
        )  # fmt: skip
        return row


def withdraw_conclusion(meeting: Meeting, *, by: Actor, conclusion: Conclusion, version: int, why: str = "") -> None:
    """Take a conclusion back. One that was adopted keeps its number, which is not given again, and needs words why."""
    with transition(meeting, by=by, ability=Ability.ADOPT_CONCLUSIONS) as change:
        row = change.fresh(conclusion)
        _refuse_withdrawn(row)
        _refuse_newer(row, version, _("The wording has changed since you read it. Read it again, then withdraw it."))
        if row.state == State.ADOPTED and not why:
            raise OutOfOrder(_("Say why the adopted conclusion is withdrawn."))
        row.state, row.shown_at, row.why = State.WITHDRAWN, None, why
        row.withdrawn_at, row.withdrawn_by = change.now, by.name
        row.save(update_fields=["state", "shown_at", "why", "withdrawn_at", "withdrawn_by"])
        change.record(facts.ConclusionWithdrawn(conclusion=row.pk, number=row.number, why=why))


def _columns(wording: Wording) -> dict[str, object]:
    return {"text": wording.text, "who": wording.who, "along": wording.along, "due": wording.due, "product": wording.product}


def _keep(change: Transition, row: Conclusion, wording: Wording) -> None:
    ConclusionRevision.objects.create(
        conclusion=row, version=row.version, words=wording.words, editor=change.by.name, at=change.now
    )


def _hide(change: Transition, row: Conclusion) -> None:
    row.shown_at = None
    row.save(update_fields=["shown_at"])
    change.record(facts.ConclusionHidden(conclusion=row.pk))


def _proposed(change: Transition, conclusion: Conclusion) -> Conclusion:
    """Return a proposal that can still be worded, as it stands under the lock."""
    row: Conclusion = change.fresh(conclusion)
    _refuse_withdrawn(row)
    if row.state == State.ADOPTED:
        raise OutOfOrder(
            _("This was adopted as conclusion %(n)d; its words can no longer be changed. Withdraw it and propose it anew.")
            % {"n": row.number}
        )
    _refuse_approved(change.meeting)
    return row


def _refuse_withdrawn(row: Conclusion) -> None:
    if row.state == State.WITHDRAWN:
        raise OutOfOrder(_("This conclusion has been withdrawn. Propose it anew."))


def _refuse_newer(row: Conclusion, version: int, sentence: object) -> None:
    if row.version != version:
        raise Changed(sentence, version=row.version)


def _refuse_approved(meeting: Meeting) -> None:
    if Minutes.objects.filter(meeting=meeting, state=Minutes.State.APPROVED).exists():
        raise OutOfOrder(_("The minutes have been approved; the meeting concludes nothing more."))
