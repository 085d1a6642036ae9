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
def without(rows: Iterable[AddressedT], acks: Iterable[Receipt]) -> list[AddressedT]:
    """Return the site commands that are not among those acknowledged."""
    done = {receipt.site_command_id for receipt in acks}
    return [one for one in rows if one.id not in done]
