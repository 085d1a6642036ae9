"""What was issued in a meeting of the demonstration, taken out again: official papers with their files, then their numbers."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from issuing.models import IssuedDocument
from meetings.models import Meeting
from minutes.issuance.filing import forget_all
from minutes.models import OfficialPaper


def remove(meeting: Meeting) -> None:
    """Take out the papers first, for they hold on to their numbers; a replaced number holds on to the one in its place."""
    papers = OfficialPaper.objects.filter(meeting=meeting)
    names = [name for row in papers.values_list("pdf", "docx") for name in row]
    transaction.on_commit(partial(forget_all, names), robust=True)
    papers.delete()
    worthless = IssuedDocument.objects.filter(register__is_disposable=True)
    worthless.filter(replaced_by__meeting=meeting).update(replaced_by=None)
    worthless.filter(meeting=meeting).delete()
