"""Several PDFs, all printed by ourselves, as one file."""

from __future__ import annotations

import io
from collections.abc import Iterable


def joined(papers: Iterable[bytes]) -> bytes:
    """Return one PDF of many, one after the other; the same bytes for the same papers."""
    import pikepdf  # here, so that only who joins papers loads it

    out = io.BytesIO()
    with pikepdf.new() as whole:
        for data in papers:
            with pikepdf.open(io.BytesIO(data)) as one:
                whole.pages.extend(one.pages)
        whole.save(out, deterministic_id=True)
    return out.getvalue()
