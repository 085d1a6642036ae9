"""The list of participants as a file, under the headings that importing knows: what was changed in it can be uploaded again."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from attendance.models import Presence
from meetings.importing.participants import Participants
from meetings.models import Participant, Role
from sheets import Value, write_csv, write_xlsx

CONTACTS = ("email", "phone")


def write_list(found: QuerySet[Participant], form: str, *, with_contacts: bool) -> bytes:
    """Return all participants found, as CSV or XLSX; addresses and telephone numbers only for who prepares the meeting."""
    columns = [column for column in Participants.columns if with_contacts or column.name not in CONTACTS]
    titles = [*(str(column.title) for column in columns), _("Presence"), _("Excused")]
    rows = list(_rows(found.select_related("person"), [column.name for column in columns]))
    return write_csv(titles, rows) if form == "csv" else write_xlsx(_("Delegates"), titles, rows)


def _rows(found: QuerySet[Participant], columns: list[str]) -> Iterator[list[Value]]:
    roles = {role: str(label) for role, label in Role.choices}
    modes = {mode: str(label) for mode, label in Participant.Mode.choices}
    states = {state: str(label) for state, label in Presence.State.choices}
    for one in found:
        presence: Presence | None = getattr(one, "presence", None)
        values: dict[str, Value] = {
            "name": one.name, "position": one.position, "unit": one.unit,
            "site": one.bridge_point.short_name if one.bridge_point else "", "role": roles[one.role], "mode": modes[one.mode],
            "group": one.group.name if one.group else "", "email": one.person.email, "phone": one.person.phone,
            "substitute": one.substitute_for.name if one.substitute_for else "", "standing": "x" if one.is_standing else "",
        }  # fmt: skip
        yield [
            *(values[column] for column in columns),
            states[presence.state] if presence else "",
            "x" if one.is_excused else "",
        ]
