"""The office's rail marks the part of the work one is in, also below its first page."""

import pytest

from meetings.desk import office_rail
from meetings.procedure import Ability

EVERYTHING = frozenset(Ability)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/", "/"),
        ("/directory/", "/directory/"),
        ("/directory/people/", "/directory/"),
        ("/accounts/new/", "/accounts/"),
        ("/registers/1/", "/registers/"),
        ("/elsewhere/", None),
    ],
)
def test_the_rail_marks_where_one_is(path: str, marked: str | None) -> None:
    assert [one["url"] for one in office_rail(EVERYTHING, path) if one["current"]] == ([marked] if marked else [])
