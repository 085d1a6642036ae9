"""The meetings app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Registers the commands and the fold of meetings."""

    name = "meetings"

    def ready(self) -> None:
        """Load facts and commands; answer the questions of `check_journal`; tell the screens that sessions end."""
        from jobs import queue
        from meetings import facts, folding, forms, guards, hooks, overview  # noqa: F401
        from meetings.accounts import forms as accounts  # noqa: F401
        from meetings.announcing import announce_leaving
        from meetings.calendar import folding as calendar_folding
        from meetings.calendar import forms as calendar  # noqa: F401
        from meetings.deadlines import folding as deadlines
        from meetings.deadlines import forms as deadline_forms  # noqa: F401
        from meetings.desk import OFFICE_RAIL, TABS
        from meetings.directory import forms as directory  # noqa: F401
        from meetings.importing import forms as importing  # noqa: F401
        from meetings.importing import participants as import_of_participants  # noqa: F401
        from meetings.outbox import forms as outbox  # noqa: F401
        from meetings.presiding import folding as presiding
        from meetings.presiding import forms as handing_over  # noqa: F401
        from meetings.procedure import Ability
        from meetings.queries import has_ability
        from meetings.rehearsal import folding as rehearsals
        from meetings.rehearsal import forms as rehearsal_forms  # noqa: F401
        from people import sessions

        hooks.folds += [calendar_folding.FOLD, folding.FOLD, deadlines.FOLD, presiding.FOLD, rehearsals.FOLD]
        hooks.guards.append(guards)
        OFFICE_RAIL.append(("meetings:directory", "site", _("Directory"), Ability.MANAGE_DIRECTORY))
        sessions.listeners.append(announce_leaving)
        queue.judges.append(has_ability)
        TABS["programme"].append(("meetings:meeting_calendar", _("Calendar"), Ability.PREPARE))
        hooks.steps_of_preparation += [overview.data_step, overview.bridge_points_step]
