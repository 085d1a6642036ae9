"""The ready-made sentences: each fits where it is offered, in both languages, and none stands twice in a list."""

from __future__ import annotations

import pytest
from django.utils import translation

from control import phrases
from control.models import MESSAGE_LIMIT, TEXT_LIMIT, Line, SiteCommand

LISTS = {
    "announcements": (phrases.ANNOUNCEMENTS, TEXT_LIMIT),
    **{f"site commands: {kind}": (said, TEXT_LIMIT) for kind, said in phrases.SITE_COMMANDS.items()},
    **{f"messages: {line} {there}": (said, MESSAGE_LIMIT) for (line, there), said in phrases.MESSAGES.items()},
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_every_sentence_can_be_sent(name: str, language: str) -> None:
    said, limit = LISTS[name]
    with translation.override(language):
        sentences = [str(one) for one in said]
    assert len(set(sentences)) == len(sentences) > 0
    assert all(sentence.endswith(".") and len(sentence) <= limit for sentence in sentences)


def test_every_kind_line_and_side_has_sentences() -> None:
    assert set(phrases.SITE_COMMANDS) == set(SiteCommand.Kind)
    assert set(phrases.MESSAGES) == {(line, there) for line in Line for there in (False, True)}
