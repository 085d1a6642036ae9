"""A rehearsal is deleted whole: after it no row of any table is left of it, no file and no job; the journal tells of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from attendance.badges.giving import give_badges
from attendance.scanning.models import Scan
from control.actions import begin_outages
from jobs.queue import enqueue
from meetings import actions
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import JournalEntry, Meeting
from meetings.procedure import the_system
from meetings.rehearsal.actions import end_rehearsal, rehearse_meeting
from meetings.sites.work import CONTACT_SHEET
from meetings.wiping import wipe
from packets.models import Opening
from packets.tracing.openings import open_copy
from people.models import Person
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import (
    actor_of,
    ask_for_floor,
    give_floor,
    make_announcement,
    make_message,
    make_minutes,
    make_print,
    make_site_command,
    mark_present,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)
from tests.polls import FOR, cast, close_poll, declare_poll, open_poll
from tests.scans import Device, make_scanner
from voting.models import Ballot

pytestmark = pytest.mark.django_db

Rows = dict[str, set[Any]]


def rows() -> Rows:
    """The keys of all rows there are, table by table."""
    tables = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.label: set(model._base_manager.values_list("pk", flat=True)) for model in tables}


def files() -> set[Path]:
    return {path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()}
