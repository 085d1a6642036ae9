"""What binds the ledger of scans to the journal."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("scans.sealed")
class ScansSealed(Fact):
    """A part of the ledger was sealed: scans `first` to `last`, `count` of them, `hash` over the seal before and the rows.

    `changes`: how people stand because of it, [{id, name, office, state, bridge_point, bridge_point_name, at, stays, kept}, …],
    `stays` being those that are new or changed, behind so many that are kept (no `kept`: none);
    `conflicts`: what contradicts, [{conflict, kind, scan, id, name, bridge_point_name}, …].
    """

    seal: int
    first: int
    last: int
    count: int
    hash: str
    changes: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
