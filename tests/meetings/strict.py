"""Reading a calendar strictly, by RFC 5545 itself: lines, folding, parameters, what must and may stand in an event."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LINE = re.compile(
    r'^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f]*"|[^";:,\x00-\x08\x0a-\x1f]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$'
)
MOMENT = re.compile(r"^\d{8}T\d{6}Z?$")
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "DESCRIPTION", "LAST-MODIFIED", "URL"}


@dataclass
class Part:
    """A component: its properties in order as (name, parameters, value), and its components."""

    name: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """Return the values of a property."""
        return [value for key, _parameters, value in self.lines if key == name]

    def one(self, name: str) -> str:
        """Return the value of a property that stands there once."""
        (value,) = self.all(name)
        return value

    def parameters(self, name: str) -> str:
        """Return the parameters of a property that stands there once."""
        (found,) = [parameters for key, parameters, _value in self.lines if key == name]
        return found


def read(data: bytes) -> Part:
    """Return the calendar; raise AssertionError at whatever the standard does not allow."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "a line is longer than 75 octets"
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    unfolded: list[bytes] = []
    for line in lines:
        line.decode()  # folded between letters, not inside one
        if line[:1] in (b" ", b"\t"):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    calendar = _part(iter([line.decode() for line in unfolded]))
    _judge(calendar)
    return calendar


def _part(lines: object) -> Part:
    stack: list[Part] = []
    for line in lines:  # type: ignore[attr-defined]
        found = LINE.match(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            stack.append(Part(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            if not stack:
                assert next(iter(lines), None) is None, "something stands after the calendar"  # type: ignore[call-overload]
                return done
            stack[-1].parts.append(done)
        else:
            stack[-1].lines.append((name, parameters, value))
    raise AssertionError("the calendar does not end")


def _judge(calendar: Part) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.one("VERSION") == "2.0"
    assert calendar.one("PRODID")
    zones = {part.one("TZID") for part in calendar.parts if part.name == "VTIMEZONE"}
    for event in (part for part in calendar.parts if part.name == "VEVENT"):
        assert all(len(event.all(name)) <= 1 for name in ONCE)
        assert event.one("UID")
        assert event.one("STATUS") in ("CONFIRMED", "TENTATIVE", "CANCELLED")
        assert event.one("SEQUENCE").isdecimal()
        assert event.one("DTSTAMP").endswith("Z")
        for name in ("DTSTART", "DTEND"):
            assert MOMENT.match(event.one(name))
            zone = re.search(r"TZID=([^;:]+)", event.parameters(name))
            assert zone, "a time without its zone"
            assert zone[1] in zones, "a zone that is not defined"
        assert event.one("DTSTART") < event.one("DTEND")
        for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
            for value in event.all(name):
                assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), f"{name} is not escaped"
