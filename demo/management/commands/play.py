"""``manage.py play``: the demonstration walks through its conference by itself."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from types import FrameType
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from demo import neighbour
from demo.consoles import Consoles
from demo.fixture import SLUG
from demo.loading import display_address, ensure, find
from demo.mode import prepare_database, refuse_in_office
from demo.moves import Ballot, Line, Move, at
from demo.playing import Player
from meetings.models import Journal, Meeting


def speed(text: str) -> float:
    """Read a speed: meeting seconds in a second, 0.01 to 1,000,000."""
    value = float(text)
    if not 0.01 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError("0.01 … 1000000")
    return value


class Command(BaseCommand):
    """Returns when the meeting is adjourned; exits with 1 and a sentence when it cannot be played."""

    stopped = False
    help = "Play the demonstration conference at the meeting's clock, through the same actions as the buttons."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the conference, how fast, and whether to load it anew first."""
        parser.add_argument("slug", nargs="?", default=SLUG, help="the conference (default: %(default)s)")
        parser.add_argument("--speed", type=speed, default=60.0, help="meeting seconds in a second (default: %(default)s)")
        parser.add_argument("--until", type=at, metavar="HH:MM[:SS]", help="play until this time of the script, then stay")
        parser.add_argument("--reset", action="store_true", help="load the demonstration anew before playing it")
        parser.add_argument("--quiet", action="store_true", help="print no line for each step")

    def handle(
        self, *args: Any, slug: str, speed: float, until: timedelta | None, reset: bool, quiet: bool, **options: Any
    ) -> None:
        """Look for every reason not to play, then play."""
        refuse_in_office()
        prepare_database()
        meeting = ensure(reset=True) if reset and slug == SLUG else playable(slug)
        self.quiet = quiet
        if reset:
            self._say(_("The display of the hall stands at %(url)s now.") % {"url": display_address(meeting)})
        try:
            with stopped_calmly(self._stop):
                adjourned = self._play(meeting, speed, until)
        except KeyboardInterrupt:
            raise CommandError(
                _("Stopped. The meeting stands as it is; its clock runs at its ordinary rate."), returncode=130
            ) from None
        except (Meeting.DoesNotExist, Journal.DoesNotExist):
            raise CommandError(_("The demonstration has been removed or loaded anew meanwhile; this play is over.")) from None
        if not adjourned:
            raise CommandError(_("The script has ended, but the meeting has not been adjourned: somebody else took part in it."))

    def _play(self, meeting: Meeting, speed: float, until: timedelta | None) -> bool:
        with ExitStack() as stack:
            consoles = self._consoles(meeting)
            if consoles:
                stack.enter_context(consoles)
            player = Player(meeting, speed=speed, tell=self._tell, consoles=consoles)
            if player.delay:
                self._say(late(player.delay))
            adjourned = player.play(until)
            if until is not None and not adjourned:
                self._say(_("The meeting stands here, its bridge points stay connected; Ctrl-C ends this."))
                _stay(meeting)
            return adjourned

    def _consoles(self, meeting: Meeting) -> Consoles | None:
        url = neighbour.address()
        if not neighbour.is_alive(url):
            self._say(_("No server answers at %(url)s: the database is played alone.") % {"url": url})
            return None
        if not neighbour.serves(url, meeting):
            self._say(_("The server at %(url)s serves another database: this one is played alone.") % {"url": url})
            return None
        self._say(_("The server at %(url)s shows the meeting: its bridge points connect one after another.") % {"url": url})
        return Consoles(url, meeting.pk, meeting.slug)

    def _say(self, sentence: str) -> None:
        if not self.quiet:
            self.stdout.write(sentence)
            self.stdout.flush()

    def _stop(self, number: int, frame: FrameType | None) -> NoReturn:
        """End the play. Python loses an interrupt that strikes inside a callback of its own: the next step looks again."""
        self.stopped = True
        raise KeyboardInterrupt

    def _tell(self, now: datetime, move: Move, refusal: str) -> None:
        if self.stopped:
            raise KeyboardInterrupt
        told = f"{timezone.localtime(now):%H:%M:%S}  {describe(move)}"
        self._say(f"{told}: {refusal}" if refusal else told)


def _stay(meeting: Meeting) -> NoReturn:
    """Wait until somebody ends this; the meeting may be removed meanwhile."""
    while True:
        time.sleep(1)
        meeting.refresh_from_db()


@contextmanager
def stopped_calmly(stop: Callable[[int, FrameType | None], NoReturn]) -> Iterator[None]:
    """Let SIGTERM end the play as Ctrl-C does: what is under way is rolled back and the clock set to its ordinary rate."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def playable(slug: str) -> Meeting:
    """Return the demonstration while it is in preparation; raise CommandError with the way out."""
    meeting = find() if slug == SLUG else None
    if meeting is None:
        raise CommandError(_("There is no demonstration %(slug)s. Load it with: manage.py demo") % {"slug": slug})
    if meeting.state != Meeting.State.PLANNED:
        raise CommandError(_("The demonstration has been opened already. Load it anew with: manage.py demo --reset"))
    return meeting


def late(delay: timedelta) -> str:
    """Return the sentence for a demonstration whose clock has run past its planned times."""
    told = {"minutes": round(delay.total_seconds() / 60)}
    return (
        _("The demonstration's clock is past the planned times: all is played %(minutes)d minutes later. On time: --reset.")
        % told
    )


def describe(move: Move) -> str:
    """Return a move in one line, in the words of the commands."""
    if isinstance(move, Line):
        return f"{move.site:<12} line {'up' if move.up else 'down'}"
    if isinstance(move, Ballot):
        return f"{move.who:<12} ballot"  # what somebody voted is not told
    return f"{move.who:<12} {move.command} {' '.join(str(ref) for ref in move.fields.values())}".rstrip()
