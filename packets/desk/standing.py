"""How far a paper is, in a word, a tone and what comes next. Pure, on rows that have been fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from copies.refusals import sentence_of
from jobs.models import Job
from packets.models import Document, Version

#: In the order of the work: what lacks a file or is to be mended, is being prepared, is to be checked, approved, released; done.
STEPS = ("mend", "wait", "check", "approve", "release", "done")
LABELS = {
    "mend": _("To be mended"),
    "wait": _("Being prepared"),
    "check": _("To check"),
    "approve": _("To approve"),
    "release": _("To release"),
    "done": _("Released"),
    "late": _("Late"),
    "stamps": _("Words of secrecy"),
}
_STATES: dict[str, tuple[str, str, Any]] = {
    Version.State.DRAFT: ("check", "", _("Draft")),
    Version.State.CHECKED: ("approve", "", _("Checked")),
    Version.State.APPROVED: ("release", "ok", _("Approved")),
}


@dataclass(frozen=True)
class Line:
    """A paper on the desk.

    `opens_at`: when the first of its releases begins, where none has yet; `is_over`: the time of all of them is over;
    `copies`: paper copies that are out, all that were issued, those that are lost; `twin`: paper with the same file.
    """

    document: Document
    version: Version | None
    released: Version | None = None
    open_releases: int = 0
    opens_at: datetime | None = None
    is_over: bool = False
    copies: tuple[int, int, int] = (0, 0, 0)
    twin: int | None = None
    job: Job | None = None
    due: datetime | None = None
    now: datetime | None = None

    @property
    def standing(self) -> tuple[str, str, Any]:
        """Return step, tone and word."""
        if self.document.is_placeholder:
            return ("done", "ok", _("Released")) if self.open_releases else ("release", "", _("On paper only"))
        if self.version is None:
            return "mend", "warn", _("No file yet")
        return self._of(self.version)

    def _of(self, version: Version) -> tuple[str, str, Any]:
        if version.copy == Version.Copy.WAITING:
            return self._waiting()
        if version.copy == Version.Copy.REFUSED:
            return "mend", "bad", _("Cannot be read")
        if version.state == Version.State.RELEASED:
            return ("done", "ok", _("Released")) if self.open_releases else ("release", "warn", _("Recalled"))
        if version.state == Version.State.DRAFT and version.returned_why:
            return "mend", "warn", _("Returned")
        return _STATES[version.state]

    def _waiting(self) -> tuple[str, str, Any]:
        job = self.job
        if job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED):
            return "mend", "bad", _("Preparation has stopped")
        if job is not None and job.state == Job.State.RUNNING:
            return "wait", "", _("Being prepared")
        return "wait", "", _("Waits to be prepared")

    @property
    def step(self) -> str:
        """Which step is next (STEPS)."""
        return self.standing[0]

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return self.standing[1]

    @property
    def word(self) -> Any:
        """The word of the state."""
        return self.standing[2]

    @property
    def sentence(self) -> str:
        """What is wrong, and what to do."""
        version = self.version
        if version is None or self.document.is_placeholder:
            return ""
        if version.copy == Version.Copy.REFUSED:
            return sentence_of(version.refusal)
        if version.copy == Version.Copy.WAITING and self.job is not None and self.step == "mend":
            return self.job.note
        if version.state == Version.State.DRAFT and version.returned_why:
            return str(_("%(name)s: %(why)s") % {"name": version.returned_by, "why": version.returned_why})
        return ""

    @property
    def is_late(self) -> bool:
        """Whether it came, or was released, after the deadline for papers; or has no file though that has passed."""
        if self.version is None:
            return not self.document.is_placeholder and bool(self.due and self.now and self.due < self.now)
        return self.version.is_late or (self.released is None and self.due is not None and self.version.uploaded_at > self.due)

    @property
    def warns(self) -> bool:
        """Whether words of secrecy stand in its text and nobody has answered for them."""
        return self.version is not None and self.version.is_unjudged

    @property
    def stamps(self) -> str:
        """The words of secrecy found, with their first page."""
        first: dict[str, int] = {}
        for word, page in self.version.stamps if self.version else []:
            first.setdefault(word, page)
        said = _("%(word)s (p. %(page)d)")
        return ", ".join(str(said % {"word": word, "page": page}) for word, page in first.items())

    @property
    def stamped_page(self) -> int:
        """The first page on which such words stand."""
        return min((page for _word, page in self.version.stamps), default=1) if self.version else 1

    @property
    def is_newer(self) -> bool:
        """Whether readers still have an older version than the newest."""
        return bool(self.released and self.version and self.released.pk != self.version.pk and self.open_releases)

    @property
    def copies_out(self) -> int:
        """Paper copies in somebody's hands."""
        return self.copies[0]

    @property
    def copies_issued(self) -> int:
        """All paper copies that were handed out."""
        return self.copies[1]

    @property
    def copies_lost(self) -> int:
        """Paper copies that were reported lost and not found."""
        return self.copies[2]
