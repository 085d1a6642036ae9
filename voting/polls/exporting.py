"""Who voted how in a named poll, as a file; inert, so that no name is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from sheets import Value, write_csv, write_xlsx
from voting.polls.models import Mandate, Poll
from voting.polls.queries import voted


def write_votes(poll: Poll, ending: str) -> bytes:
    """Return every vote of a named poll, by bridge point: whose, cast by whom, for what and when."""
    titles = [_("No."), _("Name"), _("Office"), _("Bridge point"), _("Cast by"), _("Vote"), _("Time"), _("Remark")]
    words = {one.position: one.text for one in poll.options.all()}
    rows = list(_rows(voted(poll), words))
    return write_csv(titles, rows) if ending == "csv" else write_xlsx(_("Votes"), titles, rows)


def _rows(mandates: Iterable[Mandate], words: dict[int, str]) -> Iterator[list[Value]]:
    for number, one in enumerate(mandates, start=1):
        ballot = getattr(one, "ballot", None)
        chosen = ", ".join(words.get(position, "") for position in ballot.choices or ()) if ballot else _not_cast(one)
        yield [
            number, one.name, one.office, one.bridge_point.short_name if one.bridge_point else "", one.voter_name, chosen,
            f"{timezone.localtime(ballot.at):%d/%m/%Y %H:%M:%S}" if ballot and ballot.at else "", ballot.remark if ballot else "",
        ]  # fmt: skip


def _not_cast(one: Mandate) -> str:
    return _("vote withdrawn") if one.withdrawn_at else _("not cast by device")
