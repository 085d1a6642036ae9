"""An honest paper looks the same after it was rebuilt: every page is drawn before and after, and compared dot by dot."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from copies.office import to_pdf
from tests.copies import papers
from tests.copies.looking import difference, drawn, found_in, made_of, size_of, without_mark
from tests.copies.office_files import odt


@pytest.fixture(scope="module")
def originals() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "a.odt"
        source.write_bytes(odt("".join(f"<text:p>Đề nghị số {n}: nghiêm túc thực hiện.</text:p>" for n in range(90))))
        office = to_pdf(source, "odt", Path(place)).read_bytes()
    return {"office": office, **{name: build() for name, build in papers.EVERY.items()}}


@pytest.fixture(scope="module")
def made(originals: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return made_of({name: (data, "pdf") for name, data in originals.items()}, tmp_path_factory.mktemp("papers"))


@pytest.mark.parametrize("name", ["office", *papers.EVERY])
def test_it_is_rebuilt_and_looks_the_same(
    originals: dict[str, bytes], made: dict[str, dict[str, Any]], name: str, tmp_path: Path
) -> None:  # fmt: skip
    said, original = made[name], tmp_path / "original.pdf"
    original.write_bytes(originals[name])
    assert (said.get("copy"), said.get("removed", [])) == ("rebuilt", [word for word in said["removed"] if word != "pictures"])
    copy = Path(said["path"])
    assert size_of(copy) == size_of(original)
    bare = without_mark(copy, tmp_path / "bare.pdf")
    apart = [difference(drawn(original, n), drawn(bare, n)) for n in range(said["pages"])]
    assert max(apart) < 0.001, apart
    assert found_in(copy, ()) == []
