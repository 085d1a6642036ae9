"""Prepared questions of a meeting in its rehearsal: as they stand, under the same numbers, still to be opened."""

from __future__ import annotations

from meetings.hooks import Maps
from meetings.models import Meeting
from meetings.series.copying import twin
from meetings.series.parts import REHEARSAL
from voting.models import Poll, PollOption
from voting.polls import facts


def copy_prepared(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Copy the questions that are prepared and were not opened; those for opinion slips go to real people, and stay behind."""
    if REHEARSAL not in maps.wanted:
        return
    items = dict(zip(old.items.order_by("position"), new.items.order_by("position"), strict=False))
    bodies = {body.name: body for body in new.bodies.all()}
    drafts = old.polls.filter(state=Poll.State.DRAFT, occasion=Poll.Occasion.ROOM).order_by("number")
    for row in drafts.select_related("item", "body"):
        body = bodies.get(row.body.name) if row.body else None
        poll = twin(row, meeting=new, item=items.get(row.item) if row.item else None, body=body, again_of=None, version=1)
        poll.save()
        options = list(row.options.order_by("position"))
        PollOption.objects.bulk_create(twin(one, poll=poll) for one in options)
        rule = {"base": poll.base, "numerator": poll.numerator, "denominator": poll.denominator, "is_strict": poll.is_strict}
        maps.change.record(
            facts.PollAdded(
                poll=poll.pk, number=poll.number, kind_of_poll=poll.kind, occasion=poll.occasion, is_secret=poll.is_secret,
                question=poll.question, item=poll.item_id, body=poll.body_id, rule=rule,
                options=[[one.code, one.text] for one in options],
            )
        )  # fmt: skip
