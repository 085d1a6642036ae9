"""The large answer at a door says where somebody is present who is not let in."""

from __future__ import annotations

import pytest

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
BOX = """<section class="answer" hidden><template><svg><use href="#check"/></svg><h2 data-title></h2><p data-who></p>
<p data-office></p><p data-why></p><p data-help></p><button data-remedy></button>
<dl class="seat"><div data-of="group"><dd data-group></dd></div><div data-of="site"><dd data-site></dd></div></dl>
</template></section>
<template data-words><b data-word="answer-other_place">Other bridge point</b><b data-word="why-other_place">Expected elsewhere</b>
<b data-word="why-elsewhere-since">Present at {where} since {at}.</b></template>"""
SHOWN = """async (answer) => {
  const { show } = await import("/static/js/scan/answer.js");
  const box = document.querySelector(".answer");
  show(box, { verdict: "refused", reason: "other_place", who: { name: "Giàng A Đại" }, ...answer });
  return box.querySelector("[data-why]").textContent;
}"""


def test_who_is_present_elsewhere_is_told_where_and_since_when(bench: Bench) -> None:
    page = bench.open(BOX)
    since = 1_763_000_580_000  # 09:23 in Hà Nội
    assert page.evaluate(SHOWN, {"where": "Trung ương", "since": since}) == "Present at Trung ương since 09:23."
    assert page.evaluate(SHOWN, {"where": None, "since": None}) == "Expected elsewhere"
