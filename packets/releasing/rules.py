"""When a paper may be released, in which version: pure, on rows whose versions have been fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copies.refusals import sentence_of
from meetings.errors import OutOfOrder
from packets.models import Document, Release, Version

if TYPE_CHECKING:
    from packets.releasing.actions import Openness

READY = frozenset({Version.State.APPROVED, Version.State.RELEASED})


def candidate(versions: Iterable[Version]) -> Version | None:
    """Return the version that a release would open: the newest one that is approved or released."""
    return max((one for one in versions if one.state in READY), key=lambda one: one.number, default=None)


def obstacle(document: Document, version: Version | None) -> object | None:
    """Return the sentence that says why a paper cannot be released; nothing: it can."""
    if document.is_placeholder:
        return None
    which: dict[str, object] = {"number": document.number}
    if version is None:
        return _("Paper %(number)d has not been approved yet. Have a version of it checked and approved first.") % which
    if version.copy == Version.Copy.WAITING:
        return _("Paper %(number)d is still being prepared. Release it when its reading copy is there.") % which
    if not version.is_readable:
        return _("Paper %(number)d cannot be read: %(why)s") % (which | {"why": sentence_of(version.refusal)})
    if version.is_unjudged:
        return _(
            "Paper %(number)d holds words of secrecy (%(words)s). If it is secret, take it out at once; if it is not, answer for "
            "that on its page before it is released."
        ) % (which | {"words": ", ".join(sorted({str(word) for word, _page in version.stamps}))})
    return None


def version_to_release(
    document: Document, seen: tuple[int, int] | None, to: Openness, former: Sequence[Release]
) -> Version | None:
    """Return the version that is opened, None for a placeholder; raise OutOfOrder when the paper cannot be released so.

    `former`: its releases that stand.
    """
    which: dict[str, object] = {"number": document.number}
    version = None if document.is_placeholder else candidate(document.versions.all())
    if seen != (document.edition, version.number if version else 0):
        raise OutOfOrder(_changed(document, former))
    if (sentence := obstacle(document, version)) is not None:
        raise OutOfOrder(sentence)
    if to.is_to_nobody and not former:
        raise OutOfOrder(_("Choose to whom paper %(number)d is released.") % which)
    if to.is_to_nobody and (version is None or version.state == Version.State.RELEASED):
        raise OutOfOrder(_("Paper %(number)d has no new version. Choose to whom else it is released.") % which)
    if to.holds_for_item and item_of(document) is None:
        raise OutOfOrder(
            _("Paper %(number)d belongs to no item of the programme, so it cannot be held until its item begins.") % which
        )
    return version


def _changed(document: Document, former: Sequence[Release]) -> object:
    """Say that the page is old; whoever was quicker with a release is told apart from other changes as far as is known."""
    which: dict[str, object] = {"number": document.number}
    if not former:
        return (
            _("Paper %(number)d has been changed by somebody else in the meantime. Reload the page and look at it again.") % which
        )
    last = max(former, key=lambda release: release.released_at)
    which |= {"name": last.released_by, "at": timezone.localtime(last.released_at).strftime("%H:%M %d/%m/%Y")}
    return (
        _(
            "Paper %(number)d has been changed in the meantime; its last release is by %(name)s, %(at)s. "
            "Nothing was released now. Reload the page: it shows to whom the paper is open."
        )
        % which
    )


def item_of(document: Document) -> int | None:
    """Return the key of the item a paper belongs to: that of its speech once it stands in the programme, else its own."""
    speech = document.speech
    return speech.item_id if speech is not None and speech.item_id is not None else document.item_id
