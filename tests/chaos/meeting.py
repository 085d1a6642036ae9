"""One run: a real service with the demonstration's conference, stations on bad lines, commands, strikes; and the judgement."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.commanding import Commander, Counting
from tests.chaos.disturbing import disturb, plan
from tests.chaos.judge import Figures, differing, judge_commands, percentile
from tests.chaos.lines import Line
from tests.chaos.office import SLUG, Office, in_english, truth_of
from tests.chaos.region import Region
from tests.chaos.stations import Account, Station
from tests.chaos.villains import flooder, sleeper

HEALED = 25.0  # seconds after the last disturbance within which everybody must be at the newest number
ANSWERED = 45.0  # seconds within which the last command must have its answer
RETURNED = 20.0  # seconds after a restart that we wait for somebody
LOOKS = 0.25  # seconds between two looks for silence
REGIONAL = 6  # consoles behind the region's link
MOVING = ("board",)  # round trips: never the same twice


@dataclass
class Told:
    """What is told beside the figures."""

    memory: list[int] = field(default_factory=list)  # MiB, once a second
    returns: dict[str, list[float]] = field(default_factory=dict)  # seconds from the service being up to the first frame
    farewells: tuple[int, int] = (0, 0)  # who heard `bye`, of how many that were there on good lines
    codes: dict[str, int] = field(default_factory=dict)  # how each villain was closed
    relinked: dict[str, float] = field(default_factory=dict)  # seconds from a link being mended to all behind it being up to date
    disturbances: Counter[str] = field(default_factory=Counter)  # of each kind
    late: float = 0.0  # seconds our own loop was late at worst
    head: int = 0
    starts: list[float] = field(default_factory=list)
    phases: list[float] = field(default_factory=list)


class Run:
    """A run of so many seconds with one seed."""

    def __init__(self, office: Office, seconds: float, seed: int, region: Region | None = None) -> None:
        self.region = region
        self.office, self.seconds, self.service = office, seconds, office.service
        self.rng = random.Random(seed)
        self.figures, self.told = Figures(), Told()
        self.stations: list[Station] = []
        self.beside: dict[tuple[str, str], Station] = {}
        self.is_up = True
        self._woken = asyncio.Event()
        self._returning: set[asyncio.Task[None]] = set()
        self.begun = time.monotonic()

    async def go(self) -> None:
        """Run it all; the figures are there afterwards."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(320))
        await self._furnish()
        for one in (*self.beside.values(), *self.stations):
            one.start()
        await self.commander.begin()
        self._phase()
        happening = plan(self.rng, len(self.stations), self.seconds)
        self.told.disturbances.update(one.kind for one in happening)
        watching = [asyncio.create_task(self._watch()), asyncio.create_task(self._weigh())]
        await asyncio.gather(
            disturb(self.stations, happening, self.newest),
            self.commander.run(self.seconds),
            self._strike(),
            self._suffer(),
            self._unlink(),
        )
        self._phase()
        await self.commander.finish(ANSWERED)
        self._phase()
        await self._settle()
        self._phase()
        for task in watching:
            task.cancel()
        await self._judge()
        self._phase()
        await self.commander.stop()
        for one in (*self.stations, *self.beside.values()):
            await one.stop()
            if one.line is not None:
                one.line.close()
        if self.region is not None:
            self.relay.close()

    def _phase(self) -> None:
        self.told.phases.append(round(time.monotonic() - self.begun, 1))

    # --- who takes part

    async def _furnish(self) -> None:
        """A console at each bridge point, the screens of the centre, two whose lines let no socket through; and one of each
        kind of screen beside, on no bad line, that tells what the newest number is."""
        secretary = await asyncio.to_thread(self.office.signed_in, self.service.url, "secretary")
        chair = await asyncio.to_thread(self.office.signed_in, self.service.url, "chair")
        delegate = await asyncio.to_thread(self.office.signed_in, self.service.url, "delegate")
        central, *provinces = self.office.sites
        if self.region is not None:  # what stands before the service at the near end of the link, as a web server does
            self.relay = Line(self.office.port, called=await asyncio.to_thread(self.region.listening))
            await self.relay.open()
        consoles = [
            await self._add(
                "console", site=site, account=self.office.at_site("", site), region=self.region if n < REGIONAL else None
            )
            for n, site in enumerate(provinces)
        ]
        for screen, account in (("control", secretary), ("chair", chair), ("delegate", delegate), ("display", None)):
            await self._add(screen, account=account)
        await self._add("control", account=in_english(await self._again(secretary)), language="en")
        await self._add("console", site=central, account=self.office.at_site("", central), sockets_pass=False)
        await self._add("display", account=None, sockets_pass=False)
        english = in_english(await self._again(secretary))
        for screen, account, language in (
            ("control", secretary, "vi"), ("control", english, "en"), ("chair", chair, "vi"), ("delegate", delegate, "vi"),
            ("console", secretary, "vi"), ("display", None, "vi"),
        ):  # fmt: skip
            self.beside[screen, language] = self._station(f"{screen} beside", screen, account, None, central, language)
        self.commander = Commander(
            self.office, self.rng, _own(secretary, self.service.url), _own(chair, self.service.url), consoles
        )
        self.commander.seen = self.beside["control", "vi"]

    async def _again(self, account: Account) -> Account:
        """The same person's session with cookies of its own."""
        return await asyncio.to_thread(self.office.signed_in, account.base, "secretary")

    async def _add(
        self, screen: str, *, account: Account | None, site: dict[str, Any] | None = None, language: str = "vi",
        sockets_pass: bool = True, region: Region | None = None,
    ) -> Station:  # fmt: skip
        line = Line(self.relay.port if region else self.office.port, sockets_pass=sockets_pass, region=region)
        await line.open()
        name = f"{screen} {site['name'] if site else language}{'' if sockets_pass else ' by HTTP'}"
        self.stations.append(self._station(name, screen, account, line, site, language))
        return self.stations[-1]

    def _station(
        self, name: str, screen: str, account: Account | None, line: Line | None, site: dict[str, Any] | None, language: str
    ) -> Station:
        own = _own(account, line.url if line else self.service.url)
        where = {"token": self.office.display} if screen == "display" else {}
        where |= {"site": str(site["id"])} if screen == "console" and site else {}
        return Station(name, own, SLUG, screen, line, self.figures, language=language, **where)

    def newest(self, station: Station) -> int | None:
        """The number at which a station's screen has last changed; nothing while the service is away."""
        return self.beside[station.screen, station.language].pushed if self.is_up else None

    # --- what the service has to bear

    async def _suffer(self) -> None:
        secretary = self.commander.secretary
        asleep = asyncio.create_task(sleeper(secretary, self._woken))
        await asyncio.sleep(self.seconds * 0.1)
        self.told.codes["flood"] = await flooder(secretary)
        self.told.codes["never reads"] = await asleep

    async def _unlink(self) -> None:
        """Cut the region's link, mend it, and later let one direction of it die."""
        if self.region is None:
            return
        for at, dead in ((0.1, self.region.down), (0.35, self.region.deafen)):
            await asyncio.sleep(self.seconds * at)
            self.region.is_good = False
            for one in self._regional:
                one.troubles += 1
                one.forget_repair()
            await asyncio.to_thread(dead)
            await asyncio.sleep(min(20.0, self.seconds * 0.12))
            await asyncio.to_thread(self.region.heal)
            await self._relink(dead.__name__)
            self.region.is_good = True

    async def _relink(self, after: str) -> None:
        """Wait until the region's clients are at the newest number: TCP sends again at times of its own."""
        mended, wanted = time.monotonic(), self.beside["console", "vi"].pushed
        waiting = {one: one.troubles for one in self._regional if one.line and one.line.flows_itself}
        while waiting and time.monotonic() - mended < HEALED:
            await asyncio.sleep(0.05)
            if any(one.changed_at >= wanted for one in waiting):
                self.told.relinked[after] = round(time.monotonic() - mended, 1)
            undisturbed = {one: troubles for one, troubles in waiting.items() if one.troubles == troubles}
            waiting = {one: troubles for one, troubles in undisturbed.items() if one.changed_at < wanted}

    @property
    def _regional(self) -> list[Station]:
        return [one for one in self.stations if one.line and one.line.region]

    async def _strike(self) -> None:
        await asyncio.sleep(self.seconds * 0.3)
        self._woken.set()
        await asyncio.sleep(1)
        before = {one: (one.byes, one.troubles) for one in self.stations if one.is_listening and one.line and one.line.is_good}
        await self._restart(signal.SIGTERM)
        heard = [one.byes > byes for one, (byes, troubles) in before.items() if one.byes > byes or one.troubles == troubles]
        self.told.farewells = sum(heard), len(heard)
        await asyncio.sleep(self.seconds * 0.3)
        await self._restart(signal.SIGKILL)

    async def _restart(self, number: signal.Signals) -> None:
        self.is_up = False
        troubles = {one: one.troubles for one in (*self.stations, *self.beside.values())}
        for one in self.stations:
            one.forget_repair()
        self.service.process.send_signal(number)
        await asyncio.to_thread(self.service.process.wait)
        down_at = time.monotonic()
        everybody = (*self.stations, *self.beside.values())
        for one in everybody:
            one.came_back.clear()
        await asyncio.to_thread(self.service.start)
        up_at = time.monotonic()
        self.told.starts.append(round(up_at - down_at, 1))
        fine = [one for one in everybody if one.troubles == troubles[one] and (one.line is None or one.line.is_good)]
        self._returning |= {asyncio.create_task(self._return(one, up_at, number.name)) for one in fine}
        await asyncio.gather(*(one.came_back.wait() for one in self.beside.values()))
        self.is_up = True

    async def _return(self, one: Station, up_at: float, after: str) -> None:
        troubles = one.troubles
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(one.came_back.wait(), RETURNED)
        if one.troubles == troubles:
            self.told.returns.setdefault(after, []).append(time.monotonic() - up_at)

    # --- what is looked at meanwhile

    async def _watch(self) -> None:
        due = time.monotonic()
        while True:
            due = max(due + LOOKS, time.monotonic())
            await asyncio.sleep(due - time.monotonic())
            self.told.late = max(self.told.late, time.monotonic() - due)
            for one in self.stations:
                good = self.is_up and one.line is not None and one.line.is_good
                newest = self.beside[one.screen, one.language].pushed
                if one.silence.look(time.monotonic(), number=one.changed_at, newest=newest, knows=one.knows, good=good):
                    self.figures.silent.append(f"{one.name}: at {one.changed_at}, not at {newest}, for more than two seconds")

    async def _weigh(self) -> None:
        cores: dict[int, tuple[float, float]] = {}  # of each process there has been
        while True:
            with contextlib.suppress(OSError, StopIteration):
                place = Path(f"/proc/{self.service.process.pid}")
                size = next(line for line in (place / "status").read_text().splitlines() if line.startswith("VmRSS"))
                self.told.memory.append(int(size.split()[1]) >> 10)
                ran, waited, _times = map(int, (place / "schedstat").read_text().split())
                cores[self.service.process.pid] = (ran / 1e9, waited / 1e9)
                self.figures.ran, self.figures.waited = map(sum, zip(*cores.values(), strict=True))
            await asyncio.sleep(1)

    # --- the end

    async def _settle(self) -> None:
        """Wait until everybody is at the newest number."""
        until = time.monotonic() + HEALED
        while time.monotonic() < until and any(one.changed_at < (self.newest(one) or 0) for one in self.stations):
            await asyncio.sleep(0.2)
        await asyncio.sleep(3.5)  # what is polled for, and what is soft

    async def _judge(self) -> None:
        """Compare everybody with a first load of their own, both with the database, and the commands with the journal."""
        for attempt in range(5):
            truth = await asyncio.to_thread(truth_of, self.service)
            different = [
                fault for found in await asyncio.gather(*(_compare(one, truth) for one in self.stations)) for fault in found
            ]
            if not different:
                break
            await asyncio.sleep(attempt)
        self.figures.lost += different
        self.told.head = truth["head"]
        commands = [one.finished() for one in self.commander.asked]
        replies = {pk: (status, _canonical(body)) for pk, (status, body) in truth["replies"].items()}
        lost, doubled = judge_commands(commands, [tuple(entry) for entry in truth["entries"]], replies, self.office.told["head"])
        self.figures.lost += lost
        self.figures.doubled += doubled

    def report(self) -> list[str]:
        """Return what is told beside the last line."""
        told, asked = self.told, self.commander.asked
        answered = [one for one in asked if one.answers]
        slow = sorted(((seconds, words) for one in self.stations for seconds, words in one.repairs), reverse=True)[:3]
        back = {after: round(percentile(seconds, 95), 1) for after, seconds in told.returns.items()}
        done = sum(one.finished().number is not None for one in answered)
        kinds = sorted(told.disturbances.items())
        return [
            f"{len(self.stations)} clients, {sum(told.disturbances.values())} disturbances in {self.seconds:.0f} s,"
            f" journal at {told.head}",
            f"of each kind: {', '.join(f'{kind} {count}' for kind, count in kinds)}",
            f"commands: {len(asked)} given, {sum(one.sent for one in asked)} times sent, {len(answered)} answered, {done} done,"
            f" {Counting.again} times asked again",
            f"repairs: {len(self.figures.repairs)}, slowest: {', '.join(f'{seconds:.2f} s {words}' for seconds, words in slow)}",
            f"bye heard by {told.farewells[0]} of {told.farewells[1]}; away for {told.starts} s; back p95: {back} s",
            f"a link of {len(self._regional)} clients, from mending to the newest number: {told.relinked} s",
            f"badly behaved, closed: {told.codes}; phases ended at: {told.phases} s",
            f"the service's loop had a core for {self.figures.ran:.0f} s and wanted one for {self.figures.waited:.0f} s",
            f"memory MiB: {told.memory[:1]} at first, {max(told.memory, default=0)} at most, {told.memory[-1:]} in the end;"
            f" our loop late by {told.late:.2f} s at worst",
        ]


def _own(account: Account | None, base: str) -> Counting:
    """The same cookies at another address: that of one's own line."""
    own = Counting(base)
    for cookie in account.cookies.cookiejar if account else ():
        own.cookies.cookiejar.set_cookie(cookie)
    return own


def _canonical(body: object) -> str:
    return json.dumps(body, sort_keys=True)


async def _compare(station: Station, truth: dict[str, Any]) -> list[str]:
    """Return what a station shows otherwise than a first load of the same viewer, and that otherwise than the database."""
    status, fresh = await asyncio.to_thread(station.account.ask, f"{station.twin}after=0&epoch=")
    if status != 200 or "parts" not in fresh:
        return [f"{station.name}: no first load ({status}, {fresh})"]
    loaded = {name: part["html"] for name, part in fresh["parts"].items() if name not in MOVING}
    kept = truth["parts"][f"{station.screen}/{station.language}"]
    faults = [
        f"{station.name}: {name} at {station.n} is not as in a first load at {fresh['n']}"
        for name in differing(station.shown, loaded)
    ]
    faults += [f"{station.name}: {name} is not as in the database" for name in differing(loaded, kept)]
    if (station.epoch, fresh["epoch"]) != (truth["epoch"], truth["epoch"]):
        faults.append(f"{station.name}: another epoch")
    return faults
