"""Nothing is lost or moved under the finger: every field of the live pages is filled in while a storm of updates runs."""

from __future__ import annotations

import bisect
import itertools
import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import ElementHandle, Page, expect

from tests.browser import DESK, HALL, PHONE, TABLET, People, people
from tests.client import Client
from tests.service import Service

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
PACES = (5.0, 3.0, 8.0)  # commands a second: the hall, the hall's second console, the desk
WINDOW = 3.0  # seconds over which the strength of the storm is measured
AT_LEAST = 10.0  # commands a second without which it is no storm; less on a machine that has no time for it
FRAMES = 3  # frames a page takes while something is held
ALIKE = 2  # elements of one kind that are tried: a list of alike need not be gone through
PATIENCE = 10.0  # seconds within which a part is sent anew in the storm
FETCHED = 400  # ms after a poke a fragment has been fetched
WORDS = "Tiếng Việt"
# who, where, on what, whether the page has fields to fill in
PAGES = (
    ("secretary", "control", HALL, 8),
    ("chair", "chair", TABLET, 1),
    ("delegate", "delegate", PHONE, 0),
    ("operator-15", "console", DESK, 3),
)

FIELDS = """() => [...document.querySelectorAll("input, textarea, select, details")].filter((one) =>
  !["hidden", "submit", "button", "file"].includes(one.type) && !one.disabled && !one.tried &&
  one.checkVisibility({visibilityProperty: true}))"""
OPENERS = """() => [...document.querySelectorAll("[role=tab], [data-thread], [data-toggle], [data-open]")].filter((one) =>
  !one.tried && one.checkVisibility({visibilityProperty: true}))"""
BUTTONS = """() => [...document.querySelectorAll("live-part form[data-command] button:not([type=button]), form button.primary")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest("dialog"))"""
STATE = """(one) => ({there: one.isConnected, focus: document.activeElement === one, value: one.value, open: one.open,
  checked: one.checked, selected: one.setSelectionRange ? [one.selectionStart, one.selectionEnd] : null})"""
# Where a button is, and whether a press in its middle would meet it.
MIDDLE = """(one) => { const b = one.getBoundingClientRect(); const [x, y] = [b.x + b.width / 2, b.y + b.height / 2];
  return {x, y, met: one.contains(document.elementFromPoint(x, y))} }"""


Answer = dict[str, object]


@dataclass
class Storm:
    """Marks, requests for the floor, items, announcements, orders, messages and displays, from two accounts at once."""

    service: Service
    moments: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ordered: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        accounts = self.service.demo["accounts"]
        self.secretary = Client(self.service.url, "secretary", accounts["secretary"])
        self.operator = Client(self.service.url, "operator-15", accounts["operator-15"])
        self.secretary.do(SLUG, "meeting.open")
        items = re.findall(r'name="item" value="(\d+)"', self._screen())
        self.secretary.do(SLUG, "item.open", item=items[0])
        console = self.operator.get(f"/m/{SLUG}/console/")
        self.people = re.findall(r'id="person-(\d+)"', console)
        self.site = re.findall(r"screen=console&(?:amp;)?site=(\d+)", console)[0]
        assert len(self.people) > 2

    def _screen(self) -> str:
        return self.secretary.get(f"/m/{SLUG}/live/?screen=control&after=0").replace('\\"', '"')

    def start(self) -> None:
        """Begin; all work until `stop`."""
        for work, pace in zip((self._of_the_hall(0), self._of_the_hall(1), self._of_the_desk()), PACES, strict=True):
            self._threads.append(threading.Thread(target=self._run, args=(work, pace), daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let it blow over."""
        self._over.set()
        for thread in self._threads:
            thread.join(20)

    @property
    def strength(self) -> float:
        """Commands a second, in the best seconds of it: other work on this machine must not make the test fail."""
        moments = sorted(self.moments)
        return max(bisect.bisect(moments, at + WINDOW) - n for n, at in enumerate(moments)) / WINDOW

    def _run(self, work: Iterator[Answer], pace: float) -> None:
        due = time.monotonic()
        while not self._over.is_set():
            answer = next(work)
            self.moments.append(time.monotonic())
            if answer["state"] == "invalid":
                self.refused.append(str(answer))
            due += 1 / pace
            self._over.wait(max(0.0, due - time.monotonic()))

    def _of_the_hall(self, half: int) -> Iterator[Answer]:
        """The operator marks people, asks for the floor for them, writes, and acknowledges what is ordered."""
        hall = self.people[half::2]
        for turn in itertools.count():
            one = hall[turn % len(hall)]
            state = "present" if turn // len(hall) % 2 else "absent"
            yield self.operator.do(SLUG, "presence.mark", participants=one, state=state)
            yield self.operator.do(SLUG, "floor.request", participant=one)
            line = ("technical", "chair")[turn % 2]
            yield self.operator.do(SLUG, "message.send", bridge_point=self.site, line=line, text=f"Tin {turn}")
            if self.ordered:
                yield self.operator.do(SLUG, "site_command.acknowledge", site_command=self.ordered.pop())

    def _of_the_desk(self) -> Iterator[Answer]:
        """The secretary announces, commands, steers, writes, calls, takes off the list, and goes on in the programme."""

        def do(command: str, **fields: object) -> Answer:
            return self.secretary.do(SLUG, command, **fields)

        def read(command: str, name: str) -> list[str]:
            return re.findall(rf'data-command="{command}".*?name="{name}" value="(\d+)"', screen, re.S)

        for turn in itertools.count():
            yield do("announcement.publish", text=f"Thông báo {turn}")
            yield do("site_command.issue", kind="other", text=f"Hiệu lệnh {turn}")
            yield do("displays.steer", mode=("item", "speaker", "auto")[turn % 3])
            yield do("message.send", bridge_point=self.site, line=("chair", "technical")[turn % 2], text=f"Lời nhắn {turn}")
            screen = self._screen()
            for request in read("floor.give", "request")[:1]:
                yield do("floor.give", request=request)
            for request in re.findall(r'id="request-(\d+)"', screen)[2:4]:
                yield do("floor.withdraw", request=request)
            for one in read("announcement.withdraw", "announcement")[:1]:
                yield do("announcement.withdraw", announcement=one)
            for request in read("floor.yield", "request")[:1]:
                yield do("floor.yield", request=request)
            orders = read("site_command.withdraw", "site_command")
            self.ordered = orders[:1]
            for one in orders[1:2]:
                yield do("site_command.withdraw", site_command=one)
            if not (closing := read("incident.close", "incident")):
                yield do("incident.open", bridge_point=self.site, kind="no_sound")
            for one in closing[:1]:
                yield do("incident.close", incident=one)
            if turn % 4 == 3:
                for item in read("item.open", "item")[:1]:
                    yield do("item.open", item=item, closing=next(iter(read("item.close", "item")), ""))


@pytest.fixture(scope="module")
def storm(service: Service) -> Iterator[Storm]:
    """The storm, blowing over all tests of the module."""
    blowing = Storm(service)
    blowing.start()
    yield blowing
    blowing.stop()


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened


@dataclass
class Desk:
    """One live page in the storm, and how many frames have reached it."""

    page: Page
    frames: int = 0
    updates: Counter[str] = field(default_factory=Counter)
    around: str | None = None  # the part in which something is being done
    calm: set[str] = field(default_factory=set)  # parts that were not updated while something was done in them
    stirred: set[str] = field(default_factory=set)  # parts that were

    def __post_init__(self) -> None:
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def _count(self, text: str | bytes) -> None:
        frame = json.loads(text)
        self.frames += 1
        self.updates.update([*frame.get("parts", ()), *frame.get("what", ())])

    def weather(self, frames: int = FRAMES) -> None:
        """Wait until so many more frames have come, and the part in question has been sent anew."""
        before, limit = self.frames, time.monotonic() + 30
        newest, patience = self.updates[self.around or ""], time.monotonic() + PATIENCE
        while self.frames < before + frames:
            assert time.monotonic() < limit, "no updates reach this page: this is no storm"
            self.page.wait_for_timeout(50)
        while self.around and self.updates[self.around] == newest:
            if time.monotonic() > patience:
                return self.calm.add(self.around)
            self.page.wait_for_timeout(50)
        self.stirred.add(self.around or "")
        return self.page.wait_for_timeout(FETCHED)

    def stays(self, one: ElementHandle, what: str) -> None:
        """Nothing about the element changes while updates come."""
        before = one.evaluate(STATE)
        self.weather()
        assert one.evaluate(STATE) == before, what

    def found(self, script: str) -> list[ElementHandle]:
        """The elements a script finds, each given once."""
        handles = self.page.evaluate_handle(script).get_properties().values()
        return [one for handle in handles if (one := handle.as_element()) is not None]


def named(one: ElementHandle) -> str:
    """What to call a field in a message."""
    name: str = one.evaluate("(one) => [one.tagName, one.type, one.name, one.id, one.className].filter(Boolean).join(' ')")
    return name


def try_text(desk: Desk, one: ElementHandle) -> None:
    """Typed key by key, then partly selected, then composed as Vietnamese keyboards do."""
    keys, name = desk.page.keyboard, named(one)
    one.focus()
    before = one.evaluate("(one) => one.value")
    keys.press("End")
    for letter in WORDS:
        keys.type(letter)
        desk.page.wait_for_timeout(40)
    assert one.evaluate("(one) => one.value") == before + WORDS, f"{name}: letters were lost"
    keys.press("ArrowLeft")
    for _letter in range(4):
        keys.press("Shift+ArrowLeft")
    desk.stays(one, f"{name}: selected text")
    keys.press("End")
    session = desk.page.context.new_cdp_session(desk.page)
    for half in ("d", "đ", "đi", "điê", "điể"):
        session.send("Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)})
        desk.page.wait_for_timeout(120)
    session.send("Input.insertText", {"text": "điểm"})
    session.detach()
    assert one.evaluate("(one) => one.value") == before + WORDS + "điểm", f"{name}: composed letters were lost"
    one.evaluate("(one) => { one.value = one.defaultValue; one.blur() }")


def try_figures(desk: Desk, one: ElementHandle) -> None:
    """A number, or a time of day: typed key by key, it stays while updates come."""
    one.focus()
    for figure in "1234p":  # the afternoon, where a browser asks which half of the day
        desk.page.keyboard.type(figure)
        desk.page.wait_for_timeout(40)
    assert one.evaluate("(one) => one.value.replace(':', '')").startswith("1234"), f"{named(one)}: figures were lost"
    desk.stays(one, named(one))
    one.evaluate("(one) => { one.value = one.defaultValue; one.blur() }")


def try_choice(desk: Desk, one: ElementHandle) -> None:
    """A tick or a choice of one among several."""
    one.focus()
    desk.page.keyboard.press("Space")
    desk.stays(one, named(one))
    one.evaluate("(one) => { one.checked = one.defaultChecked; one.blur() }")


def try_select(desk: Desk, one: ElementHandle) -> None:
    """Its list stays open while updates come; what is chosen stays chosen."""
    one.focus()
    desk.page.keyboard.press("Alt+ArrowDown")
    opened = one.evaluate("(one) => one.matches(':open')")
    desk.weather()
    assert one.evaluate("(one) => one.matches(':open')") == opened, f"{named(one)}: the open list was closed"
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.stays(one, named(one))
    one.evaluate("(one) => { one.selectedIndex = 0; one.blur() }")


def try_details(desk: Desk, one: ElementHandle) -> None:
    """What the reader opens stays open, unless its row leaves the list; it is left so, for the fields inside."""
    if not one.evaluate("(one) => one.open"):
        one.evaluate("(one) => one.querySelector('summary').focus()")
        desk.page.keyboard.press("Enter")
    if not one.evaluate("(one) => one.isConnected"):
        return  # it had gone before it was opened
    assert one.evaluate("(one) => one.open"), f"{named(one)} does not open"
    desk.weather()
    gone = one.evaluate("(one) => Boolean(one.id) && !document.getElementById(one.id)")
    assert gone or one.evaluate("(one) => one.isConnected && one.open"), f"{named(one)} was closed"


def try_field(desk: Desk, one: ElementHandle) -> None:
    """Do with a field what a person does."""
    desk.around = one.evaluate("(one) => one.closest('live-part')?.getAttribute('name')")
    kind = one.evaluate("(one) => one.tagName === 'INPUT' ? one.type : one.tagName.toLowerCase()")
    if kind == "details":
        try_details(desk, one)
    elif kind == "select":
        try_select(desk, one)
    elif kind in ("checkbox", "radio"):
        try_choice(desk, one)
    elif kind in ("number", "time"):
        try_figures(desk, one)
    else:
        try_text(desk, one)


def try_fields(desk: Desk) -> list[str]:
    """Fill in everything that can be seen, and what comes to be seen by it; return the kinds of what was found."""
    tried: list[str] = []
    while fields := desk.found(FIELDS):
        one = fields[0]
        one.evaluate("(one) => { one.tried = true }")
        kind = re.sub(r"[-\d]+\b", "", named(one))
        if sum(re.sub(r"[-\d]+\b", "", name) == kind for name in tried) >= ALIKE and kind.startswith("DETAILS"):
            continue
        tried.append(named(one))
        try_field(desk, one)
        if one.evaluate("(one) => one.matches('details.more')"):
            one.evaluate("(one) => { one.open = false }")
    return tried


def press_and_hold(desk: Desk, one: ElementHandle) -> bool:
    """Hold a button down while updates come: it stays where it is. Let go elsewhere, so that nothing is sent."""
    mouse, desk.around = desk.page.mouse, None
    one.evaluate("(one) => one.scrollIntoView({block: 'center'})")
    desk.page.wait_for_timeout(200)
    spot = one.evaluate(MIDDLE) if one.evaluate("(one) => one.isConnected") else {"met": False}
    if not spot["met"]:
        return False
    mouse.move(spot["x"], spot["y"])
    mouse.down()
    held = one.evaluate(MIDDLE)
    desk.weather(FRAMES * 2)
    after = one.evaluate(MIDDLE)
    mouse.move(1, 1)
    mouse.up()
    assert after == held, f"{named(one)} moved under the finger"
    return bool(held["met"])


def visit(desk: Desk) -> list[str]:
    """Go through a page: its fields, then behind each of its doors those that were hidden."""
    tried = try_fields(desk)
    kinds: dict[str, int] = {}
    while openers := desk.found(OPENERS):
        one = openers[0]
        kind = one.evaluate("(one) => { one.tried = true; return one.getAttribute('role') ?? Object.keys(one.dataset).join() }")
        kinds[kind] = kinds.get(kind, 0) + 1
        if kind != "tab" and kinds[kind] > ALIKE:
            continue
        one.evaluate("(one) => one.click()")
        desk.page.wait_for_timeout(500)
        tried += try_fields(desk)
    return tried


@pytest.mark.parametrize(("who", "where", "size", "least"), PAGES)
def test_nothing_is_lost_or_moved_in_a_storm(
    service: Service, guests: People, storm: Storm, who: str, where: str, size: tuple[int, int], least: int
) -> None:
    """Every field a person can reach keeps text, selection, choice and focus; every button stays under its finger."""
    page = guests.sign_in(who, size)
    desk = Desk(page)
    page.goto(f"{service.url}/m/{SLUG}/{where}/")
    desk.weather()
    tried = visit(desk)
    assert desk.calm <= desk.stirred, "the storm does not reach these parts: let it"
    forms = [name for name in tried if not name.startswith("DETAILS")]
    assert len(forms) >= least, f"only {tried} found on {where}: has the page lost its forms, or the test its eyes?"
    page.reload()
    desk.weather()
    held = sum(press_and_hold(desk, button) for button in desk.found(BUTTONS)[:4])
    assert held or where == "delegate"
    busy = os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1)
    assert storm.strength >= (AT_LEAST / 4 if busy else AT_LEAST)
    assert storm.refused == []
    assert guests.complaints == []
    page.context.close()


def test_what_was_filled_in_during_the_storm_arrives(service: Service, guests: People, storm: Storm) -> None:
    """A message typed at the console while everything moves is sent, and read in the control room."""
    page = guests.sign_in("operator-15", DESK)
    page.goto(f"{service.url}/m/{SLUG}/console/")
    Desk(page).page.wait_for_timeout(1_000)
    area = page.locator('[id^="words-technical-"]')  # by name: the two lines are fetched in any order
    area.focus()
    page.keyboard.type("Âm thanh ở điểm cầu chúng tôi rất tốt", delay=40)
    area.locator("xpath=ancestor::form").locator("button.primary").click()
    expect(page.locator(".said")).to_contain_text(["Âm thanh ở điểm cầu chúng tôi rất tốt"], timeout=5_000)
    expect(area).to_have_value("")
