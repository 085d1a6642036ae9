"""Random histories of a review: each step is refused without a trace or recorded, and the journal tells what the tables say."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sizes import HISTORIES
from tests.stories import review_steps
from tests.stories.test_histories import ACTIONS, live_through

NAMES = [*["circulate", "remark", "take remark"] * 2, *review_steps.STEPS, "adjourn", "remove site", "remove person", "clock"]
WHO = ["secretary"] * 4 + ["operator", "delegate", "guest", "chair"]


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=max(2, HISTORIES // 10), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    history=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(WHO), st.integers(0, 999), st.integers(0, 999)),
        min_size=20,
        max_size=40,
    )
)
def test_every_history_of_a_review_folds_to_the_tables(history: list[tuple[str, str, int, int]]) -> None:
    assert set(NAMES) <= set(ACTIONS)
    live_through([("circulate", "secretary", 0, 1), *history], "real")
