"""What one can do to papers before their release: enter, change, order, remove them; add, check, approve, return versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem, Speech
from attendance.models import AskedUnit
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from packets.desk import erasing, facts, rows
from packets.handouts.rules import NO_FILE, objections_to_removing
from packets.models import Document, Release, Version

State = Version.State


@dataclass(frozen=True)
class Stored:
    """A file that lies in the store already. `path`: its name there; `name`: what people call it; `sha256` of its bytes."""

    path: str
    name: str
    size: int
    sha256: str


def add_document(
    meeting: Meeting,
    *,
    by: Actor,
    title: str,
    item: AgendaItem | None = None,
    speech: Speech | None = None,
    secrecy: str = Document.Secrecy.NORMAL,
) -> Document:
    """Enter a paper without a file: one that is still to come, or the placeholder of a secret one."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = rows.new_document(change, title=title, item=item, speech=speech, secrecy=secrecy)
        change.record(facts.DocumentAdded(**rows.told(row, rows.item_of(change, item, speech))))
        return row


def edit_document(
    meeting: Meeting,
    *,
    by: Actor,
    document: Document,
    edition: int,
    title: str,
    item: AgendaItem | None = None,
    speech: Speech | None = None,
    secrecy: str = Document.Secrecy.NORMAL,
) -> Document:
    """Give a paper other words, another item or another secrecy, as it stood when the page was made."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = rows.paper(change, document, edition)
        about = rows.item_of(change, item, speech)
        _may_be(row, secrecy)
        row.title, row.secrecy, row.speech = title, secrecy, speech
        row.item_id = about.pk if about else None
        row.edition += 1
        row.save()
        change.record(facts.DocumentEdited(**rows.told(row, about)))
        return row


def move_document(
    meeting: Meeting,
    *,
    by: Actor,
    document: Document,
    way: str = "",
    before: Document | None = None,
    item: AgendaItem | None = None,
) -> None:
    """Put a paper a place up or down among those of its item, or (without `way`) under an item, before another of its papers."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = rows.paper(change, document)
        others = [one for one in rows.in_order(change) if one.pk != row.pk]
        if way:
            at = _step(row, others, way)
        else:
            about = change.fresh(item) if item is not None else None
            if (about.pk if about else None) != row.item_id:
                row.item_id, row.speech = about.pk if about else None, None
                row.edition += 1
                row.save(update_fields=["item", "speech", "edition"])
            at = _place(row, others, before)
        others.insert(at, row)
        rows.write_order(others)
        place = sum(1 for one in others[: at + 1] if one.item_id == row.item_id)
        title = change.meeting.items.filter(pk=row.item_id or 0).values_list("title", flat=True).first() or ""
        change.record(facts.DocumentMoved(document=row.number, title=row.title, item=row.item_id, item_title=title, place=place))


def remove_document(meeting: Meeting, *, by: Actor, document: Document, edition: int, erase: bool = False) -> None:
    """Take a paper out; its number is not given again. `erase`: its files and their text go for good."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = rows.paper(change, document, edition)
        if Release.objects.filter(document=row, recalled_at=None).exists():
            raise OutOfOrder(_("Paper %(number)d is released. Recall it first, then remove it.") % {"number": row.number})
        _refuse_while_out(row)
        row.is_removed, row.edition = True, row.edition + 1
        row.save(update_fields=["is_removed", "edition"])
        if erase:
            erasing.erase_files(row)
        change.record(facts.DocumentRemoved(document=row.number, title=row.title, erased=erase))


def add_version(
    change: Transition, document: Document, *, file: Stored, note: str = "", unit: AskedUnit | None = None
) -> Version:
    """Make a file of the store the newest version of a paper that stands (within another change); the copy comes later.

    `unit`: which has handed it in.
    """
    if document.is_placeholder:
        raise OutOfOrder(NO_FILE)
    last = document.versions.order_by("-number").first()
    if last is not None and last.original_sha256 == file.sha256 and last.copy != Version.Copy.REFUSED:
        words = _("This is the same file as version %(version)d of paper %(number)d: nothing was added.")
        raise OutOfOrder(words % {"version": last.number, "number": document.number})
    made = Version.objects.create(
        document=document, number=last.number + 1 if last else 1, note=note, name=file.name, original=file.path,
        original_size=file.size, original_sha256=file.sha256, unit=unit, uploaded_by=change.by.name,
        uploaded_account=change.by.user.pk, uploaded_at=change.now,
    )  # fmt: skip
    told = rows.named(made, document)
    unit_name = unit.organisation.name if unit else ""
    change.record(facts.VersionAdded(**told, sha256=file.sha256, size=file.size, unit_name=unit_name))
    return made


def check_version(meeting: Meeting, *, by: Actor, versions: Sequence[Version]) -> None:
    """Say of one or many newest versions that their reading copies have been looked through."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        ready = _not_yet(change, versions, {State.CHECKED, State.APPROVED, State.RELEASED})
        unready = [document.number for document, version in ready if not version.is_readable]
        if unready:
            words = _("There is no reading copy yet of: %(papers)s. Wait for it, or leave them out.")
            raise OutOfOrder(words % {"papers": rows.numbers(unready)})
        _step_on(change, ready, State.CHECKED, "checked_by", facts.VersionChecked)


def approve_version(meeting: Meeting, *, by: Actor, versions: Sequence[Version]) -> None:
    """Approve one or many newest versions that have been checked: they may be released."""
    with transition(meeting, by=by, ability=Ability.APPROVE_PAPERS) as change:
        ready = _not_yet(change, versions, {State.APPROVED, State.RELEASED})
        drafts = [document.number for document, version in ready if version.state != State.CHECKED]
        if drafts:
            words = _("Not checked yet: %(papers)s. Check them first, or leave them out.")
            raise OutOfOrder(words % {"papers": rows.numbers(drafts)})
        _step_on(change, ready, State.APPROVED, "approved_by", facts.VersionApproved)


def return_version(meeting: Meeting, *, by: Actor, version: Version, why: str) -> None:
    """Make a checked or approved version a draft again, and say why: who prepares reads it on the paper's page."""
    with transition(meeting, by=by, ability=Ability.APPROVE_PAPERS) as change:
        ((document, row),) = rows.versions_at(change, [version])
        if row.state not in (State.CHECKED, State.APPROVED):
            words = _("Paper %(number)d stands at “%(state)s” by now.")
            raise OutOfOrder(words % {"number": document.number, "state": row.get_state_display()})
        row.state, row.checked_by, row.approved_by = State.DRAFT, "", ""
        row.returned_by, row.returned_why = change.by.name, why
        row.save(update_fields=["state", "checked_by", "approved_by", "returned_by", "returned_why"])
        change.record(facts.VersionReturned(**rows.named(row, document)))


def _may_be(row: Document, secrecy: str) -> None:
    """A paper becomes a placeholder only when nothing of it stands here, and a placeholder stays one while copies are out."""
    will_be = Document(secrecy=secrecy).is_placeholder
    if will_be and not row.is_placeholder and row.versions.exists():
        raise OutOfOrder(
            _("Files of this paper stand here. Remove the paper and erase its files, then enter it anew as a placeholder.")
        )
    if row.is_placeholder and not will_be:
        _refuse_while_out(row)


def _refuse_while_out(row: Document) -> None:
    for objection in objections_to_removing(row):
        raise OutOfOrder(objection)


def _step(row: Document, others: Sequence[Document], way: str) -> int:
    before = [at for at, one in enumerate(others) if one.item_id == row.item_id and one.position < row.position]
    after = [at for at, one in enumerate(others) if one.item_id == row.item_id and one.position > row.position]
    if not (before if way == "up" else after):
        raise OutOfOrder(_("Paper %(number)d cannot go any further that way.") % {"number": row.number})
    return before[-1] if way == "up" else after[0] + 1


def _place(row: Document, others: Sequence[Document], before: Document | None) -> int:
    if before is None:
        same = [at for at, one in enumerate(others) if one.item_id == row.item_id]
        return same[-1] + 1 if same else len(others)
    at = next((at for at, one in enumerate(others) if one.pk == before.pk), None)
    if at is None or others[at].item_id != row.item_id:
        raise OutOfOrder(_("The papers have been put into another order in the meantime. Look again, then move the paper."))
    return at


def _not_yet(change: Transition, versions: Sequence[Version], there: set[State]) -> list[tuple[Document, Version]]:
    """Leave out those that have come as far already; when all have, somebody else was first."""
    found = rows.versions_at(change, versions)
    left = [(document, version) for document, version in found if version.state not in there]
    if not left:
        raise OutOfOrder(_("This has been done already."))
    return left


def _step_on(
    change: Transition, found: Sequence[tuple[Document, Version]], state: State, who: str, fact: Callable[..., Any]
) -> None:
    for document, version in found:
        version.state = state
        setattr(version, who, change.by.name)
        version.save(update_fields=["state", who])
        change.record(fact(**rows.named(version, document)))
