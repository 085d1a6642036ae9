"""What was issued in a meeting that is wiped goes before it: its papers with their files, for they hold on to their numbers."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from meetings.models import Meeting
from minutes.issuance.filing import forget_all
from minutes.models import OfficialPaper


def take_out(meeting: Meeting) -> None:
    """Delete the official papers of a meeting, and once that is committed their files."""
    papers = OfficialPaper.objects.filter(meeting=meeting)
    names = [name for row in papers.values_list("pdf", "docx") for name in row]
    transaction.on_commit(partial(forget_all, names), robust=True)
    papers.delete()
