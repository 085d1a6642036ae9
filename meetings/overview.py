"""What a meeting still needs: each room answers for its part; here they are given their deadlines and set in order of urgency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings import hooks
from meetings.deadlines.dues import Due
from meetings.deadlines.models import DeadlineKind
from meetings.deadlines.queries import deadlines_of
from meetings.hooks import Step
from meetings.models import Meeting, Participant, Role, Sitting

#: What leads up to an opening: a template has none.
OF_AN_OPENING = frozenset(
    {DeadlineKind.REGISTRATION, DeadlineKind.PROGRAMME, DeadlineKind.INVITATIONS, DeadlineKind.PAPERS, DeadlineKind.CONCLUSION}
)
#: What belongs to the meeting itself: a rehearsal invites nobody and asks no unit.
OF_THE_MEETING_ITSELF = frozenset({DeadlineKind.REGISTRATION, DeadlineKind.INVITATIONS})
_ORDER = {"late": 0, "missing": 1, "ok": 2}
_NEVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Task:
    """A step with its state now."""

    step: Step
    state: str


@dataclass(frozen=True)
class Overview:
    """All the work of preparing, the most urgent first; the first sentence says how many are late and how many missing."""

    tasks: list[Task]
    late: int
    missing: int

    @property
    def first(self) -> Step | None:
        """What to do now."""
        return self.tasks[0].step if self.tasks and self.tasks[0].state != "ok" else None


def overview_of(meeting: Meeting, sittings: Sequence[Sitting], now: datetime) -> Overview:
    """Ask every room, give each step its deadline and who must act, and sort: late, missing by deadline, ready."""
    dues = deadlines_of(meeting, sittings)
    secretaries = _secretaries(meeting)
    asked = [step(meeting) for step in hooks.steps_of_preparation]
    pointless = {Meeting.Kind.TEMPLATE: OF_AN_OPENING, Meeting.Kind.REHEARSAL: OF_THE_MEETING_ITSELF}
    steps = [step for step in asked if step and step.deadline not in pointless.get(Meeting.Kind(meeting.kind), ())]
    tasks = [_task(_governed(step, dues, secretaries), now) for step in steps]
    tasks.sort(key=lambda task: (_ORDER[task.state], (task.state != "ok" and task.step.due_at) or _NEVER))
    counted = Counter(task.state for task in tasks)
    return Overview(tasks=tasks, late=counted["late"], missing=counted["missing"])


def _task(step: Step, now: datetime) -> Task:
    return Task(step=step, state=step.state(now))


def _governed(step: Step, dues: dict[str, Due], secretaries: str) -> Step:
    due = dues.get(step.deadline)
    return replace(step, due_at=step.due_at or (due.due_at if due else None), who=step.who or secretaries)


def _secretaries(meeting: Meeting) -> str:
    """Return who prepares, by name: the secretaries, else whom the organiser charges with it."""
    rows: Sequence[Participant] = list(meeting.participants.filter(role=Role.SECRETARY).order_by("pk")[:3])
    return ", ".join(row.name for row in rows) or meeting.organiser.name


def data_step(meeting: Meeting) -> Step:
    """Answer for the data of the meeting: it needs a sitting with its end."""
    ends = [sitting.ends_at for sitting in meeting.sittings.all()]
    return Step(
        title=_("Data and sittings"),
        count=len(ends),
        done=bool(ends) and all(ends),
        missing=_("A sitting has no end yet: the programme cannot be checked against it.") if ends else _("No sitting yet."),
        url=reverse("meetings:edit", args=[meeting.slug]),
    )


def bridge_points_step(meeting: Meeting) -> Step:
    """Answer for the bridge points: there are some, and each of the highest level but the central hall has an operator."""
    sites = Q(parent=None, is_central=False)
    served = Exists(Participant.objects.filter(bridge_point=OuterRef("pk"), role=Role.OPERATOR))
    numbers = meeting.bridge_points.annotate(served=served).aggregate(
        count=Count("pk"), total=Count("pk", filter=sites), staffed=Count("pk", filter=sites & Q(served=True))
    )
    count, total, staffed = numbers["count"], numbers["total"], numbers["staffed"]
    return Step(
        title=_("Bridge points"),
        count=staffed if count else 0,
        of=total if count else None,
        done=count > 0 and staffed == total,
        missing=_("Bridge points without an operator.") if count else _("No bridge point yet. Add the provinces in one step."),
        url=reverse("meetings:bridge_points", args=[meeting.slug]),
        deadline=DeadlineKind.BRIDGE_POINTS,
    )
