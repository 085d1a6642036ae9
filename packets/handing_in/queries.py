"""What is read of papers that units hand in: how far the paper of each speech is, before its unit and the secretariat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from agenda.models import Speech
from jobs.models import Job
from meetings import clock
from meetings.hooks import Beside
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from packets.desk.queries import HEAVY, jobs_of
from packets.handing_in import rules
from packets.models import Document, HandIn, Release, Version


@dataclass
class Paper:
    """The paper of a speech. `versions`: what its unit has handed in, each with how far it is, the newest first;
    `others`: papers of the speech that are not its unit's."""

    speech: Speech
    leave: HandIn | None
    document: Document | None = None
    versions: list[tuple[Version, rules.Standing]] = field(default_factory=list)
    others: list[Document] = field(default_factory=list)
    now: datetime | None = None

    @property
    def newest(self) -> Version | None:
        """What was handed in last."""
        return self.versions[0][0] if self.versions else None

    @property
    def standing(self) -> rules.Standing:
        """How far that is."""
        return self.versions[0][1] if self.versions else rules.standing_of(None)

    @property
    def until(self) -> datetime | None:
        """Until when it is handed in."""
        return rules.until(self.speech.call, self.leave)

    @property
    def is_late(self) -> bool:
        """Whether it is not taken any more unless that is granted."""
        return self.now is not None and rules.is_late(self.speech.call, self.leave, self.now)

    @property
    def may_come(self) -> bool:
        """Whether the unit may hand it in now."""
        is_held = self.speech.meeting.state != Meeting.State.ADJOURNED
        return is_held and rules.stands(self.speech) and not self.is_late


def papers_of(meeting: Meeting, speeches: Collection[int], now: datetime) -> dict[int, Paper]:
    """Return the papers of speeches by the speech's key: the same number of queries for one and for many."""
    rows = meeting.speeches.filter(pk__in=speeches).select_related("call", "unit__organisation", "hand_in", "meeting")
    found = {row.pk: Paper(row, getattr(row, "hand_in", None), now=now) for row in rows}
    documents = Document.objects.filter(speech__in=found, is_removed=False).order_by("position", "pk")
    standing = {row.pk: row for row in documents}
    versions = Version.objects.filter(document__in=standing).order_by("document", "-number").defer(*HEAVY)
    opened = set(Release.objects.filter(document__in=standing, recalled_at=None).order_by().values_list("document", flat=True))
    jobs = jobs_of(meeting) if standing else {}
    for version in versions:
        document = standing[version.document_id]
        paper = found[document.speech_id or 0]
        if version.unit_id == paper.speech.unit_id:
            paper.document = paper.document or document
            paper.versions.append((version, _standing(version, jobs, opened, is_replaced=bool(paper.versions))))
    for document in standing.values():
        paper = found[document.speech_id or 0]
        if paper.document is None or paper.document.pk != document.pk:
            paper.others.append(document)
    return found


def _standing(version: Version, jobs: Mapping[int, Job], opened: Collection[int], *, is_replaced: bool) -> rules.Standing:
    is_open = version.document_id in opened
    return rules.standing_of(version, job=jobs.get(version.pk), is_open=is_open, is_replaced=is_replaced)


def beside_speeches(meeting: Meeting, actor: Actor, speeches: Collection[int]) -> dict[int, Beside]:
    """Answer the pages of registered speeches: what they show of the paper of each."""
    prepares = actor.may(Ability.PREPARE)
    return {
        key: Beside(
            "packets/handing_in/beside.html",
            {"paper": paper, "prepares": prepares, "url": reverse("packets:speech_paper", args=[meeting.slug, key])},
        )
        for key, paper in papers_of(meeting, speeches, clock.now(meeting)).items()
    }
