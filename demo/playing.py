"""Playing the conference: each move of the script at its moment, through the forms and actions behind the buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from control.actions import begin_outages, end_outages
from control.receipts import mark_read
from demo.casting import Cast
from demo.consoles import Consoles
from demo.moves import Ballot, Line, Move, Step
from demo.pace import pace_of
from demo.script import walk
from meetings import clock, commands
from meetings.actions import set_clock
from meetings.errors import Refusal
from meetings.models import BridgePoint, Meeting
from meetings.procedure import the_system
from voting.ballots.casting import Sent, cast_ballot
from voting.models import Poll

Tell = Callable[[datetime, Move, str], None]
NEWEST = 2**63 - 1  # the newest message, whatever its key
LATEST_START = timedelta(hours=8)  # later than that (meeting time), the conference is played with all its times moved


class Player:
    """Plays a meeting that is in preparation until it is adjourned, by the script or by hand."""

    def __init__(self, meeting: Meeting, *, speed: float, tell: Tell, consoles: Consoles | None = None) -> None:
        self.meeting, self.speed, self.tell, self.consoles = meeting, speed, tell, consoles
        self.cast = Cast(meeting)
        self.moves = walk(self.cast.codes, self.cast.communes)
        self.delay = delay_of(clock.now(meeting), self._midnight(), self.moves[0].at)

    def play(self, until: timedelta | None = None) -> bool:
        """Make every move at its moment; tell whether the meeting was adjourned. The clock's rate is 1 again afterwards.

        `until`: a time of the script's day; later moves are not made, and the clock stands there when this returns.
        """
        secretary = self.cast.actor("secretary")
        assert secretary is not None  # loading has made it
        pace = pace_of(self.meeting, secretary, self.speed)
        start = self._midnight() + self.delay
        try:
            for move in self.moves:
                if until is not None and move.at > until:
                    pace.until(start + until)
                    return False
                pace.until(start + move.at)
                self._make(move)
                if self.meeting.state == Meeting.State.ADJOURNED:
                    return True
            return False
        finally:
            self._settle()

    def _midnight(self) -> datetime:
        planned = timezone.localtime(self.meeting.sittings.get(number=1).starts_at)
        return planned.replace(hour=0, minute=0, second=0, microsecond=0)

    def _make(self, move: Move) -> None:
        match move:
            case Step():
                refusal = self._command(move)
            case Ballot():
                refusal = self._ballot(move)
            case Line():
                refusal = self._line(move)
        self.meeting.refresh_from_db()
        self.tell(clock.now(self.meeting), move, refusal)

    def _command(self, step: Step) -> str:
        """Give a command as its page would; return why it was refused, or nothing. Somebody may have been faster."""
        command, actor = commands.find(step.command), self.cast.actor(step.who)
        assert command is not None, step.command
        if actor is None:
            return f"{step.who}: ?"
        form = command.form(self.cast.fields(step.fields), meeting=self.meeting, by=actor)
        if not form.is_valid():
            return "; ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
        arguments = form.arguments()
        if step.command == "message.send":  # who writes on a line has read what stands there
            mark_read(arguments["bridge_point"].pk, arguments["line"], arguments["at_site"], NEWEST)
        try:
            made = command.action(self.meeting, by=actor, **arguments)
        except Refusal as refusal:
            return refusal.reason
        if step.makes:
            self.cast.made[step.makes] = made
        return ""

    def _ballot(self, ballot: Ballot) -> str:
        """Vote as the page of a delegate would."""
        voter, poll = self.cast.actor(ballot.who), self.cast.made.get(ballot.poll)
        if voter is None or poll is None:
            return f"{ballot.who}: ?"
        now = Poll.objects.select_related("meeting").get(pk=poll.pk)
        try:
            cast_ballot(now.meeting, now, by=voter, sent=Sent(uuid4(), (ballot.choice,)))
        except Refusal as refusal:
            return refusal.reason
        return ""

    def _line(self, line: Line) -> str:
        """Turn a site's line; while the meeting runs its outage is kept here, to the moment of the script.

        A hub that looks on finds the outage open, or over, and records no second one: it is told to the journal before
        the console goes, and ended when the console is back.
        """
        if line.site in self.cast.sites:
            site = self.cast.sites[line.site]
            self._found(site, line.lag) if line.up else self._lost(site)
        return ""

    def _lost(self, site: BridgePoint) -> None:
        begin_outages(self.meeting, by=the_system(), lost=[(site.pk, clock.now(self.meeting))])
        if self.consoles:
            self.consoles.close(site.pk)

    def _found(self, site: BridgePoint, lag: float) -> None:
        staff = self.cast.console_of(site)
        out = self.meeting.outages.filter(bridge_point=site, ended_at=None).exists()
        if self.consoles and staff:
            self.consoles.open(site.pk, staff.pk, lag=lag, wait=out)
        if out:
            end_outages(self.meeting, by=the_system(), returned=[site.pk])

    def _settle(self) -> None:
        secretary = self.cast.actor("secretary")
        if secretary and Meeting.objects.filter(pk=self.meeting.pk).exclude(clock_rate=1.0).exists():
            set_clock(self.meeting, by=secretary, rate=1.0)


def delay_of(now: datetime, midnight: datetime, first: timedelta) -> timedelta:
    """Return by how much all times move: nothing while most of the arrivals are still to come, else so that they begin now."""
    return timedelta() if now <= midnight + LATEST_START else now - (midnight + first)
