"""What a device says of its line: why its address reads no more, and how many scans are stuck on it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser
LOOK = """async () => {
  const { keep } = await import("/static/js/scan/store.js");
  const { sender } = await import("/static/js/scan/sender.js");
  const found = { queued: [], links: [] };
  const told = { changed: (link) => found.links.push(link), queued: (n) => found.queued.push(n) };
  await keep({ key: "a", token: "t", turn: 1, made: 1, broken: true });
  await keep({ key: "b", token: "t", turn: 2, made: 2 });
  const line = sender({ token: "t", answered() {}, listed() {}, ...told });
  await line.look();
  await line.count();
  return [found.queued.at(-1), found.links.at(-1)];
}"""


@pytest.mark.parametrize("why", ["revoked", "ended"])
def test_it_says_why_nothing_is_read_any_more_and_counts_apart_what_is_stuck(bench: Bench, why: str) -> None:
    sent: list[dict[str, Any]] = []

    def take(route: Any) -> None:
        said: dict[str, Any] = {why: True}
        if route.request.method == "POST":
            sent.append(route.request.post_data_json)
            said |= {"number": 1, "results": [{"key": "b"}]}
        route.fulfill(status=410, body=json.dumps(said), content_type="application/json")

    page = bench.open("<p>Cửa vào</p>")
    page.route(f"{HOST}/s/**", take)
    queued, link = page.evaluate(LOOK)
    assert [name for name in ("revoked", "ended", "unknown") if link[name]] == [why]
    assert (queued, link["broken"]) == (0, 1)
    assert [(one["unsent"], [scan["key"] for scan in one["scans"]]) for one in sent] == [(1, ["b"])]
