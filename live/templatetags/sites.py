"""What is for one bridge point, chosen by the server for pages without scripts (mine.js chooses on all others)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django import template

from control.models import Receipt

register = template.Library()


class Addressed(Protocol):
    """An announcement or a site command: for some bridge points, or (none) for all."""

    id: int
    site_ids: tuple[int, ...]


AddressedT = TypeVar("AddressedT", bound=Addressed)


@register.filter
def for_site(rows: Iterable[AddressedT], site: int | None) -> list[AddressedT]:
    """Return what is for all or for this bridge point."""
    return [one for one in rows if not one.site_ids or site in one.site_ids]


@register.filter
def spans(keys: Iterable[int]) -> str:
    """Write keys in few letters, as mine.js reads them: three and more in a row as "4-3320". Thousands must fit into a frame."""
    rows: list[list[int]] = []
    for key in sorted(keys):
        if rows and key == rows[-1][-1] + 1:
            rows[-1].append(key)
        else:
            rows.append([key])
    return " ".join(f"{row[0]}-{row[-1]}" if len(row) > 2 else " ".join(map(str, row)) for row in rows)


@register.filter
def without(rows: Iterable[AddressedT], acks: Iterable[Receipt]) -> list[AddressedT]:
    """Return the site commands that are not among those acknowledged."""
    done = {receipt.site_command_id for receipt in acks}
    return [one for one in rows if one.id not in done]
