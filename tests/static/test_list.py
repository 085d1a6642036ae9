"""Lists that are whole in the page: found without marks, filtered, sorted, saved without formulas."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
BODY = """
<input data-search="sites"><button data-export="sites" data-name="sites.csv">Save</button>
<table><thead><tr><th><button class="sort" type="button">Name</button></th><th>People</th></tr></thead>
<tbody id="sites"><tr><td>Lào Cai</td><td data-value="9">9 people</td></tr><tr><td>Đà Nẵng</td><td>10</td></tr>
<tr><td>=SUM(A1)</td><td>1</td></tr></tbody></table><p data-empty="sites" hidden>Nothing</p>
"""


def names(bench: Bench) -> list[str]:
    """The visible rows."""
    return [row.locator("td").first.inner_text() for row in bench.page.locator("#sites tr:visible").all()]


def test_a_name_is_found_without_its_marks(bench: Bench) -> None:
    """An operator types "da nang" and "LAO CAI"; what matches nothing says so."""
    page = bench.open(BODY)
    page.locator("input").fill("da nang")
    assert names(bench) == ["Đà Nẵng"]
    page.locator("input").fill("LAO CAI")
    assert names(bench) == ["Lào Cai"]
    page.locator("input").fill("zzz")
    assert names(bench) == []
    assert page.locator("[data-empty]").is_visible()


def test_a_column_is_sorted_both_ways(bench: Bench) -> None:
    """The first press sorts up, the second down; the heading says which."""
    page = bench.open(BODY)
    page.locator(".sort").click()
    up = names(bench)
    page.locator(".sort").click()
    assert names(bench) == up[::-1]
    assert page.locator("th").first.get_attribute("aria-sort") == "descending"


def test_a_saved_list_holds_the_visible_rows_and_no_formula(bench: Bench, tmp_path: Path) -> None:
    """A spreadsheet must not take a name for a formula."""
    page = bench.open(BODY)
    with page.expect_download() as waiting:
        page.locator("[data-export]").click()
    waiting.value.save_as(tmp_path / "sites.csv")
    lines = (tmp_path / "sites.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ['"Name","People"', '"Lào Cai","9"', '"Đà Nẵng","10"', '"\'=SUM(A1)","1"']
