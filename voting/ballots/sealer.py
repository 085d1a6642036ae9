"""When ballots are sealed: soon after one is cast, not more often than the interval; a duty seals what is left."""

from __future__ import annotations

from collections.abc import Callable

from jobs.kinds import periodic
from meetings.procedure import the_system
from meetings.sealer import Sealer
from voting.ballots.actions import seal_ballots
from voting.ballots.sealing import unsealed


def seal_ledger_of(poll: int) -> int:
    """Seal one poll's ledger if there is anything to seal, and return how many ballots that were."""
    found = unsealed().filter(pk=poll).select_related("meeting").first()
    return seal_ballots(found.meeting, by=the_system(), poll=found) if found else 0


@periodic("ballots.seal", every=2.0, waits=lambda: unsealed().exists())
def seal_ledgers(still_mine: Callable[[], bool]) -> bool:
    """Seal what processes that ended have left behind."""
    for poll in unsealed().select_related("meeting"):
        if not still_mine():
            break
        seal_ballots(poll.meeting, by=the_system(), poll=poll)
    return False


SEALER = Sealer(seal_ledger_of)
