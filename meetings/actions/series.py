"""What one can do to series: make one, rename it, take it out, put a meeting into it; and take a template out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import office_transition, transition
from meetings.models import Meeting, Series
from meetings.procedure import Ability, Actor
from meetings.series import facts


def add_series(*, by: Actor, title: str) -> Series:
    """Make a series. Raises OutOfOrder when there is one of that title."""
    with office_transition(by=by, ability=Ability.CREATE_MEETING) as change:
        _refuse_known(title)
        series = Series.objects.create(title=title)
        change.record(facts.SeriesAdded(series=series.pk, title=title))
        return series


def rename_series(*, by: Actor, series: Series, title: str) -> None:
    """Give a series another title."""
    with office_transition(by=by, ability=Ability.CREATE_MEETING) as change:
        row = _fresh(series)
        _refuse_known(title, but=row.pk)
        old, row.title = row.title, title
        row.save(update_fields=["title"])
        change.record(facts.SeriesRenamed(series=row.pk, title=title, old_title=old))


def remove_series(*, by: Actor, series: Series) -> None:
    """Take out a series to which no meeting belongs."""
    with office_transition(by=by, ability=Ability.CREATE_MEETING) as change:
        row = _fresh(series)
        if row.meetings.exists():
            raise OutOfOrder(_("Meetings belong to this series. Take them out first."))
        change.record(facts.SeriesRemoved(series=row.pk, title=row.title))
        row.delete()


def set_series(meeting: Meeting, *, by: Actor, series: Series | None, new_series: str = "") -> None:
    """Put a meeting into a series, a new one when its title is given, or take it out; whatever the meeting's state."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        if new_series:
            series = series_called(new_series, by=by)
        if meeting.series_id == (series.pk if series else None):
            raise OutOfOrder(_("The meeting is in this series already.") if series else _("The meeting is in no series already."))
        meeting.series = series
        meeting.save(update_fields=["series"])
        change.record(facts.SeriesSet(title=series.title if series else ""))


def series_called(title: str, *, by: Actor) -> Series:
    """Return the series of a title, made when there is none."""
    return Series.objects.filter(title__iexact=title).first() or add_series(by=by, title=title)


def remove_template(*, by: Actor, template: Meeting) -> None:
    """Take out a template with all that is in it; the meetings made from it stay."""
    with office_transition(by=by, ability=Ability.CREATE_MEETING) as change:
        row = Meeting.objects.select_related("journal").filter(pk=template.pk, kind=Meeting.Kind.TEMPLATE).first()
        if row is None:
            raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
        change.record(facts.TemplateRemoved(template=row.pk, title=row.title))
        journal = row.journal
        row.delete()
        journal.delete()


def _fresh(series: Series) -> Series:
    row = Series.objects.filter(pk=series.pk).first()
    if row is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    return row


def _refuse_known(title: str, *, but: int = 0) -> None:
    if Series.objects.filter(title__iexact=title).exclude(pk=but).exists():
        raise OutOfOrder(_("There is a series of this title already: %(title)s.") % {"title": title})
