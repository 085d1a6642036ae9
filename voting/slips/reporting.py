"""What opinion slips came to, as its paper and its workbook say it: who answered what, or of secret ones only the remarks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from voting.ballots.models import SecretBallot
from voting.figures import choices_of, result_now
from voting.polls.models import Mandate, Poll
from voting.result import Result

_CHANCE = random.SystemRandom()


@dataclass(frozen=True)
class Answer:
    """A slip: whose it is, of which unit, what it says (nothing: none came in), its remark; who answered in their stead."""

    name: str
    office: str
    unit: str
    said: str = ""
    remark: str = ""
    at: str = ""
    voter: str = ""


@dataclass(frozen=True)
class Report:
    """`answers`: of named slips everybody's, by unit. `remarks`: of secret ones, in an order made by chance each time."""

    poll: Poll
    result: Result
    asked: int
    answered: int
    answers: Sequence[Answer] = ()
    remarks: Sequence[str] = ()

    @property
    def by_unit(self) -> list[tuple[str, list[Answer]]]:
        """The answers of each unit, in the order in which the units come; who has none comes last."""
        units: dict[str, list[Answer]] = {}
        for one in self.answers:
            units.setdefault(one.unit, []).append(one)
        return sorted(units.items(), key=lambda unit: not unit[0])


def report_of(poll: Poll) -> Report:
    """Read the report of slips that have been closed."""
    result = result_now(poll)
    if poll.is_secret:
        remarks = [text for text in SecretBallot.objects.filter(poll=poll).values_list("remark", flat=True) if text.strip()]
        _CHANCE.shuffle(remarks)
        return Report(poll, result, asked=result.entitled, answered=result.cast, remarks=remarks)
    return Report(poll, result, asked=result.entitled, answered=result.cast, answers=_answers(poll))


def _answers(poll: Poll) -> list[Answer]:
    words = {one.position: one.text for one in choices_of(poll)}
    rows = Mandate.objects.filter(poll=poll, withdrawn_at=None).select_related("participant", "ballot")
    return [_answer(row, words) for row in rows.order_by("participant__bridge_point__number", "participant__unit", "pk")]


def _answer(row: Mandate, words: dict[int, str]) -> Answer:
    ballot = getattr(row, "ballot", None)
    if ballot is None:
        return Answer(row.name, row.office, row.participant.unit, voter=row.voter_name)
    return Answer(
        row.name, row.office, row.participant.unit, said="; ".join(words[position] for position in ballot.choices),
        remark=ballot.remark, at=f"{timezone.localtime(ballot.at):%H:%M %d/%m/%Y}", voter=row.voter_name,
    )  # fmt: skip
