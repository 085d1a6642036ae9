"""The box of a secret poll as everybody may read it once the result is declared: receipt codes and what was voted."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from meetings.models import JournalEntry
from meetings.procedure import Ability, Actor
from voting.ballots.chain import box_hash, remark_hash
from voting.ballots.models import SecretBallot
from voting.figures import choices_of
from voting.polls.models import Poll

#: Fewer ballots than this tell by themselves how people voted; the page warns.
FEW = 5
State = Poll.State
#: How anybody works out the hash of a box from its CSV file; docs/voting/secret.md has it too.
RECIPE = (
    'python3 -c "import csv,hashlib,json,sys;d=hashlib.sha256();'
    "[d.update(json.dumps([r[0],[*map(int,r[1].split())],r[3]],separators=(',',':')).encode()) "
    'for r in sorted([*csv.reader(sys.stdin)][1:])];print(d.hexdigest())" < hom-phieu.csv'
)


def may_read(poll: Poll, actor: Actor) -> bool:
    """Tell whether somebody may read the box: all who see polls once the result is declared, who runs them from the closing on.

    The box of a cancelled poll stays closed: what was voted is not told.
    """
    return poll.state == State.DECLARED or (poll.state == State.CLOSED and actor.may(Ability.RUN_POLLS))


def lying_in(poll: Poll) -> QuerySet[SecretBallot]:
    """Return what lies in the box, sorted by receipt."""
    return SecretBallot.objects.filter(poll=poll).order_by("code")


def words_of(poll: Poll) -> dict[int, str]:
    """Return the words of each option, by its position."""
    return {one.position: one.text for one in choices_of(poll)}


def said_of(ballot: SecretBallot, words: dict[int, str]) -> str:
    """Return what a ballot says, in the options' words."""
    return " · ".join(words[position] for position in ballot.choices)


def rows_of(poll: Poll) -> Iterator[list[object]]:
    """Yield the box as a table holds it: receipt, positions, words, the hash of the remark."""
    words = words_of(poll)
    for one in lying_in(poll).iterator(chunk_size=2000):
        yield [one.code, " ".join(map(str, one.choices)), said_of(one, words), remark_hash(one.remark)]


def hashes(poll: Poll) -> tuple[str, str, int]:
    """Return the hash of the box as it lies there, the one that stands in the journal, and the number of that entry."""
    entry = JournalEntry.objects.filter(journal__meeting=poll.meeting_id, kind="poll.closed", payload__poll=poll.pk).first()
    now = box_hash(SecretBallot.objects.filter(poll=poll))
    return (now, entry.payload["box"], entry.number) if entry else (now, "", 0)
