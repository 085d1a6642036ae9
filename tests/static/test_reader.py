"""The reader's search folds words in the page as the service folds them (people/spelling.py), whatever breaks them apart."""

from __future__ import annotations

import pytest

from people.spelling import fold
from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser
WORDS = ("Đại biểu", "ĐẠI BIỂU", "uỷ ủy", "Đa\u0323i bie\u0302\u0309u", "Ơ Ư ằ ẵ", "kết–luận 2025", "ǅ ß İ")


def test_words_are_folded_as_the_service_folds_them(bench: Bench) -> None:
    page = bench.open("")
    folded = page.evaluate(f"words => import('{HOST}/static/js/papers/folding.js').then(m => words.map(m.fold))", list(WORDS))
    assert folded == [fold(word) for word in WORDS]


@pytest.mark.parametrize(
    ("strings", "query", "places"),
    [
        (["Các Đại biểu", " đọc"], "dai bieu doc", [[[0, 4, 12], [1, 1, 4]]]),
        (["Đại", "biểu, ", "ĐẠI BIỂU"], "đại biểu", [[[0, 0, 3], [1, 0, 4]], [[2, 0, 8]]]),
        (["aaaa"], "aa", [[[0, 0, 2]], [[0, 2, 4]]]),
        (["Đại biểu"], "", []),
        ([], "x", []),
        (["báo", "cáo"], "bao  cáo ", [[[0, 0, 3], [1, 0, 3]]]),
    ],
)
def test_places_are_found_over_pieces_and_line_ends(
    bench: Bench, strings: list[str], query: str, places: list[list[list[int]]]
) -> None:
    page = bench.open("")
    script = f"([s, q]) => import('{HOST}/static/js/papers/folding.js').then(m => m.placesIn(s, m.needleOf(q)))"
    found = page.evaluate(script, [strings, query])
    plain = [[piece for piece in place if strings[piece[0]][piece[1] : piece[2]].strip()] for place in found]
    assert plain == places
