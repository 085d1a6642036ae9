"""Public displays opened and steered over HTTP, for stories and pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.client import Client


def open_displays(secretary: Client, slug: str, names: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Open displays and return the key and the path of each by name."""
    for name in names:
        assert secretary.do(slug, "display.open", name=name)["state"] == "done"
    page = secretary.get(f"/m/{slug}/displays/")
    rows = re.findall(r'<li id="display-(\d+)">.*?<p class="strong">([\w ]+?) <span.*?href="(/d/[^"]+)"', page, re.S)
    return {name: (int(key), path) for key, name, path in rows}


def announce(secretary: Client, slug: str, text: str) -> int:
    """Publish an announcement for all and return its key."""
    assert secretary.do(slug, "announcement.publish", text=text, sites=[])["state"] == "done"
    page = secretary.get(f"/m/{slug}/displays/")
    found = re.search(r'<select class="input" id="said-all".*?<option value="(\d+)"', page, re.S)
    assert found is not None, "the page of displays offers no announcement"
    return int(found[1])
