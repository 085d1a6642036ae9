"""What one can do to an official paper before it is issued, and to the templates of papers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.errors import Changed, OutOfOrder
from meetings.journal import Transition, office_transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes.models import OfficialPaper, PaperTemplate
from minutes.papers import facts, present, rich
from minutes.papers.data import bearing_for, said_of
from minutes.papers.layouts.queries import profile_of

State = OfficialPaper.State
#: Official papers of a meeting, removed ones too.
LIMIT = 200


def draft_paper(meeting: Meeting, *, by: Actor, kind: str) -> OfficialPaper:
    """Begin a paper: all it says is drawn from the meeting until somebody writes something else.

    Where one of its kind was recalled and nothing has taken its place, it goes to the recipients of that one.
    """
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        last = _last(change)
        if last >= LIMIT:
            raise OutOfOrder(_("The meeting has %(n)d official papers already; there can be no more.") % {"n": LIMIT})
        bearing = bearing_for(meeting, kind)
        recalled = meeting.official_papers.filter(kind=kind, state=State.RECALLED, replaced_by=None).order_by("-number").first()
        known = meeting.official_papers.exclude(signer="").order_by("-number").first()
        row = OfficialPaper(
            meeting=meeting, number=last + 1, kind=kind, abstract=bearing.abstract[:400], place=bearing.place[:120],
            recipients=list(recalled.recipients if recalled else bearing.recipients), changed_at=change.now, changed_by=by.name,
            profile=profile_of(meeting.organiser, present.today(meeting)).code,
        )  # fmt: skip
        if known is not None and kind not in ("BB", "CTr", "DS"):
            row.authority, row.post, row.signer = known.authority, known.post, known.signer
        row.save()
        change.record(facts.PaperDrafted(paper=row.number, kind_of_paper=kind, digest=present.digest_of(row)))
        return row


def edit_paper(
    meeting: Meeting, *, by: Actor, paper: OfficialPaper, version: int, words: Mapping[str, Any], bears: Mapping[str, str]
) -> OfficialPaper:
    """Change what people write in a draft. `version` is the one the actor read: when it has moved, nothing is overwritten.

    `words`: fields as they stand in the form; what says the same as the meeting's data is not kept, so that it follows
    them. `bears`: abstract, place, authority, post, signer.
    """
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = _draft(change, paper)
        if row.version != version:  # the window keeps the version it was opened with: it is refused each time
            sentence = _(
                "%(name)s has changed this paper since you opened it. Open the paper in another window, copy there what you have "
                "typed here and save it there; this window cannot save any more."
            )
            raise Changed(sentence % {"name": row.changed_by}, version=row.version)
        before = present.digest_of(row)
        told = said_of(meeting, row.kind, {}).fields
        row.words = {name: value for name, value in {**row.words, **words}.items() if not _says(value, told.get(name))}
        for name, value in bears.items():
            setattr(row, name, value)
        digest = present.digest_of(row)
        if digest == before:
            raise OutOfOrder(_("Nothing to save: the words are the same."))
        _moved_on(change, row)
        row.save()
        change.record(facts.PaperEdited(paper=row.number, version=row.version, digest=digest))
        return row


def approve_paper(meeting: Meeting, *, by: Actor, paper: OfficialPaper, version: int) -> OfficialPaper:
    """Approve a draft as the actor has read it: data, template and layout are frozen, and nothing changes any more."""
    with transition(meeting, by=by, ability=Ability.APPROVE_PAPERS) as change:
        row = _draft(change, paper)
        _refuse_newer(row, version)
        sheet = present.drafted(row, said_of(meeting, row.kind, row.words), is_draft=False)
        missing = present.obstacles(row, sheet.data)
        if missing:
            raise OutOfOrder(" ".join(missing))
        row.data, row.template, row.profile = sheet.data, sheet.template, sheet.profile.code
        row.content_hash, row.state = sheet.content_hash, State.APPROVED
        row.approved_at, row.approved_by = change.now, by.name
        _moved_on(change, row)
        row.save()
        change.record(
            facts.PaperApproved(
                paper=row.number, version=row.version, profile=row.profile, content_hash=row.content_hash
            )
        )  # fmt: skip
        return row


def return_paper(meeting: Meeting, *, by: Actor, paper: OfficialPaper, version: int) -> OfficialPaper:
    """Make a draft again of a paper that was approved and not issued."""
    with transition(meeting, by=by, ability=Ability.APPROVE_PAPERS) as change:
        row: OfficialPaper = change.fresh(paper)
        if row.state == State.DRAFT:
            raise OutOfOrder(_("This paper is a draft already."))
        if row.state != State.APPROVED:
            raise OutOfOrder(_("This paper has been issued. It can only be recalled or replaced."))
        _refuse_newer(row, version)
        row.state, row.data, row.template, row.content_hash = State.DRAFT, None, None, ""
        row.approved_at, row.approved_by = None, ""
        _moved_on(change, row)
        row.save()
        change.record(facts.PaperReturned(paper=row.number, version=row.version))
        return row


def remove_paper(meeting: Meeting, *, by: Actor, paper: OfficialPaper, version: int) -> None:
    """Throw a draft away."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = _draft(change, paper)
        _refuse_newer(row, version)
        number, kind = row.number, row.kind
        row.delete()
        change.record(facts.PaperRemoved(paper=number, kind_of_paper=kind))


def add_paper_template(*, by: Actor, kind: str, profile: str, source: str, note: str = "") -> PaperTemplate:
    """Keep an office's template and use it from now on. Papers approved before keep theirs."""
    with office_transition(by=by, ability=Ability.KEEP_LAYOUTS) as change:
        known = PaperTemplate.objects.filter(kind=kind, profile=profile)
        if (now := known.filter(is_current=True).first()) and now.source == source:
            raise OutOfOrder(_("Nothing to save: this template is in use already."))
        last = known.aggregate(last=Max("revision"))["last"] or 0
        known.filter(is_current=True).update(is_current=False)
        row = PaperTemplate.objects.create(
            kind=kind, profile=profile, revision=last + 1, source=source, note=note, is_current=True,
            made_at=timezone.now(), made_by=by.name,
        )  # fmt: skip
        digest = hashlib.sha256(source.encode()).hexdigest()
        change.record(facts.PaperTemplateAdded(kind_of_paper=kind, profile=profile, revision=row.revision, digest=digest))
        return row


def take_paper_template(*, by: Actor, template: PaperTemplate) -> PaperTemplate:
    """Use an earlier template of the office again."""
    with office_transition(by=by, ability=Ability.KEEP_LAYOUTS) as change:
        row = PaperTemplate.objects.filter(pk=template.pk).first()
        if row is None:
            raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
        if row.is_current:
            raise OutOfOrder(_("This template is in use already."))
        PaperTemplate.objects.filter(kind=row.kind, profile=row.profile, is_current=True).update(is_current=False)
        row.is_current = True
        row.save(update_fields=["is_current"])
        change.record(facts.PaperTemplateTaken(kind_of_paper=row.kind, profile=row.profile, revision=row.revision))
        return row


def reset_paper_template(*, by: Actor, kind: str, profile: str) -> None:
    """Use the system's own template again; those of the office stay and can be taken again."""
    with office_transition(by=by, ability=Ability.KEEP_LAYOUTS) as change:
        if not PaperTemplate.objects.filter(kind=kind, profile=profile, is_current=True).update(is_current=False):
            raise OutOfOrder(_("The system's own template is in use already."))
        change.record(facts.PaperTemplateReset(kind_of_paper=kind, profile=profile))


def _last(change: Transition) -> int:
    """Return the highest number a paper of the meeting has had, removed ones too: the journal knows them."""
    rows = change.meeting.official_papers.aggregate(last=Max("number"))["last"] or 0
    told = change.journal.entries.filter(kind="paper.drafted").order_by("-number").values_list("payload", flat=True).first()
    return max(rows, int(told["paper"]) if told else 0)


def _draft(change: Transition, paper: OfficialPaper) -> OfficialPaper:
    row: OfficialPaper = change.fresh(paper)
    if row.state == State.APPROVED:
        raise OutOfOrder(_("This paper has been approved. Return it to draft to change it."))
    if row.state != State.DRAFT:
        raise OutOfOrder(_("This paper has been issued; its words can no longer be changed."))
    return row


def _says(value: Any, told: Any) -> bool:
    """Tell whether a field says what the meeting's data say anyway."""
    return rich.same(value, told) if rich.is_doc(value) and rich.is_doc(told) else value == told


def _refuse_newer(row: OfficialPaper, version: int) -> None:
    if row.version != version:
        sentence = _("%(name)s has changed this paper in the meantime. Reload the page and look at it again.")
        raise Changed(sentence % {"name": row.changed_by}, version=row.version)


def _moved_on(change: Transition, row: OfficialPaper) -> None:
    row.version, row.changed_at, row.changed_by = row.version + 1, change.now, change.by.name
