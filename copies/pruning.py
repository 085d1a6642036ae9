"""Cuts an object of a PDF, and all it leads to, down to what copies/allowing.py lets live. In place; in a child process only."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from copies.allowing import FILTER_NAMES, FORBIDDEN, SPECS, By, Each, Keys, Leaf, Names, OneOf, Pair, Tagged
from copies.geometry import numbers_of
from copies.refusals import Refused

#: Levels of objects within objects, and objects in all, of a paper that anybody has made to be read.
DEPTH, OBJECTS = 160, 1_500_000
_NUMBERS = re.compile(rb"[\[\]\s0-9.+\-]*")
_LONGEST = 32_767  # bytes of a string that is no lookup table of colours
_ABBREVIATED = {
    "Fl": "FlateDecode", "LZW": "LZWDecode", "A85": "ASCII85Decode", "AHx": "ASCIIHexDecode", "RL": "RunLengthDecode",
    "CCF": "CCITTFaxDecode", "DCT": "DCTDecode",
}  # fmt: skip


class Unpackable(Exception):
    """A stream is packed in a way we do not know: what it draws cannot be kept."""


class Pruner:
    """Remembers what it has cut, so that each object is cut once for each thing it is used as; a ring is opened where it closes.

    `on_stream` looks at each stream that stays (a Refused ends everything, False leaves the stream out); `on_drawing` may
    rewrite content, being given the stream, its resources and those of the page; `is_hidden` tells of layers.
    """

    def __init__(
        self, *, on_stream: Callable[[Object, str], bool], on_drawing: Callable[[Object, Object | None], None],
        is_hidden: Callable[[Object], bool], note: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._on_stream, self._on_drawing, self._is_hidden, self._note = on_stream, on_drawing, is_hidden, note
        self._known: dict[tuple[tuple[int, int], int], bool | None] = {}
        self._objects = 0
        self._later: list[tuple[Object, str]] = []

    def keep(self, thing: Any, spec: Any, depth: int = 0) -> bool:
        """Cut a thing down to what a spec allows; tell whether it may stay at all."""
        if isinstance(spec, str):
            spec = SPECS[spec]
        if isinstance(spec, Leaf):
            return _fits(thing, spec.kind)
        self._objects += 1
        if depth > DEPTH or self._objects > OBJECTS:
            raise Refused("bomb")
        if not isinstance(thing, Object):
            return False
        key = (thing.objgen, id(spec))
        if not thing.is_indirect:
            return self._keep(thing, spec, depth)
        if key not in self._known:
            self._known[key] = False  # whoever meets it again on the way down has come round in a ring
            try:
                self._known[key] = self._keep(thing, spec, depth)
            except Unpackable:
                self._known[key] = None
        answer = self._known[key]
        if answer is None:
            raise Unpackable
        return answer

    def _keep(self, thing: Object, spec: Any, depth: int) -> bool:
        if isinstance(spec, OneOf):
            return any(_could_be(thing, one) and self.keep(thing, one, depth + 1) for one in spec.of)
        if isinstance(spec, By):
            return self._by(thing, spec, depth)
        if isinstance(spec, Keys):
            return self._keys(thing, spec, depth)
        if isinstance(spec, Names):
            return self._names(thing, spec, depth)
        if isinstance(spec, Each):
            return self._each(thing, spec, depth)
        return self._rows(thing, spec, depth)

    def _by(self, thing: Object, spec: By, depth: int) -> bool:
        if not isinstance(thing, Dictionary | Stream):
            return False
        tag = thing.get("/" + spec.key)
        if spec.key == "PatternType" and tag == 1 and _is_too_fine(thing):
            return False
        row = spec.rows.get(str(tag)[1:] if isinstance(tag, Name) else tag if isinstance(tag, int) else None)
        if row is None:
            if isinstance(tag, Name) and str(tag) == "/PS":
                self._note("scripts")
            return False
        return self.keep(thing, row, depth + 1)

    def _keys(self, thing: Object, spec: Keys, depth: int) -> bool:
        if isinstance(thing, Stream) != bool(spec.stream) or not isinstance(thing, Dictionary | Stream):
            return False
        for key, allowed in spec.among.items():
            value = thing.get("/" + key)
            if not (isinstance(value, Name) and str(value)[1:] in allowed):
                return False
        if "/OC" in thing and self._is_hidden(thing["/OC"]):
            self._note("layers")
            return False
        if isinstance(thing, Stream) and "/F" in thing:
            self._note("external")
        if "/Subtype2" in thing:  # PostScript in a form's clothes
            self._note("scripts")
            return False
        if spec.draws:
            self._draw(thing)
        for key in list(thing.keys()):
            if key[1:] not in spec.keys or not self.keep(thing.get(key), spec.keys[key[1:]], depth + 1):
                self._drop(thing, key)
        if isinstance(thing, Stream):
            _spell_out(thing)
            return self._on_stream(thing, spec.stream)
        return True

    def _drop(self, thing: Object, key: str) -> None:
        if key in ("/OPI", "/Ref", "/Alternates"):
            self._note("external")
        if key not in ("/Length",):
            del thing[key]

    def _draw(self, thing: Object) -> None:
        resources = thing.get("/Resources")
        own = resources if isinstance(resources, Dictionary) else None
        if isinstance(thing, Stream):
            self._on_drawing(thing, own)
            return
        glyphs = thing.get("/CharProcs")
        for glyph in [glyphs[key] for key in list(glyphs.keys())] if isinstance(glyphs, Dictionary) else ():
            if isinstance(glyph, Stream):
                self._on_drawing(glyph, own)

    def _names(self, thing: Object, spec: Names, depth: int) -> bool:
        if not isinstance(thing, Dictionary):
            return False
        for key in list(thing.keys()):
            if key[1:] in FORBIDDEN:
                raise Unpackable
            value = thing.get(key)
            if not (self._is_emptied(thing, key, value, spec) or self.keep(value, spec.of, depth + 1)):
                del thing[key]
        return True

    def _is_emptied(self, thing: Object, key: str, value: Any, spec: Names) -> bool:
        """Leave of a property list (a layer, words for a reading machine) only that there was one."""
        if not (isinstance(spec.of, Keys) and not spec.of.keys and isinstance(value, Dictionary)):
            return False
        self._later.append((thing, key))
        return True

    def finish(self) -> None:
        """Empty what had to stay until everything was looked at: other content may speak of the same layers."""
        for thing, key in self._later:
            thing[key] = Dictionary()
        self._later.clear()

    def _each(self, thing: Object, spec: Each, depth: int) -> bool:
        if not isinstance(thing, Array) or len(thing) > spec.most:
            return False
        kept = [one for one in thing if self.keep(one, spec.of, depth + 1)]
        if len(kept) != len(thing):
            while len(thing):
                del thing[len(thing) - 1]
            thing.extend(kept)
        return True

    def _rows(self, thing: Object, spec: Tagged | Pair, depth: int) -> bool:
        if not isinstance(thing, Array) or not len(thing):
            return False
        row: tuple[Any, ...] | None = spec.of if isinstance(spec, Pair) else None
        first = 0
        if isinstance(spec, Tagged):
            row, first = spec.rows.get(str(thing[0])[1:] if isinstance(thing[0], Name) else ""), 1
        if row is None or len(thing) < first + len(row):
            return isinstance(spec, Tagged) and row is not None and str(thing[0]) == "/Pattern" and len(thing) == 1
        while len(thing) > first + len(row):
            del thing[len(thing) - 1]
        return all(self.keep(thing[first + at], one, depth + 1) for at, one in enumerate(row))


def _is_too_fine(pattern: Object) -> bool:
    """Tell whether a pattern repeats itself so closely that drawing it over a page never ends."""
    across, up = numbers_of([pattern.get("/XStep"), pattern.get("/YStep")], 2) or (0.0, 0.0)
    a, b, c, d, _e, _f = numbers_of(pattern.get("/Matrix"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return abs(across * up * (a * d - b * c)) < 0.25


def _could_be(thing: Object, spec: Any) -> bool:
    """Tell at a glance whether a spec is worth trying: trying cuts."""
    if isinstance(spec, str):
        spec = SPECS[spec]
    if isinstance(spec, Leaf):
        return _fits(thing, spec.kind)
    if isinstance(spec, Keys):
        return isinstance(thing, Stream) if spec.stream else isinstance(thing, Dictionary)
    if isinstance(spec, OneOf):
        return any(_could_be(thing, one) for one in spec.of)
    if isinstance(spec, By):
        return isinstance(thing, Dictionary | Stream)
    return isinstance(thing, Array)


def _fits(thing: Any, kind: str) -> bool:
    if kind in ("number", "integer"):
        whole = isinstance(thing, int) or (isinstance(thing, Decimal) and thing == thing.to_integral_value())
        fits = whole if kind == "integer" else isinstance(thing, int | Decimal)
        return fits and not isinstance(thing, bool) and abs(thing) < 10**12
    if kind == "name":
        return isinstance(thing, Name) and len(str(thing)) < 500 and str(thing)[1:] not in FORBIDDEN
    if kind == "truth":
        return isinstance(thing, bool)
    if kind == "string":
        return isinstance(thing, String) and len(bytes(thing)) <= _LONGEST
    if kind == "numbers":
        return _all_numbers(thing)
    return thing is None


def _all_numbers(thing: Any, depth: int = 0) -> bool:
    if not isinstance(thing, Array) or depth > 3:
        return False
    if _NUMBERS.fullmatch(thing.unparse(resolved=True)):
        return True
    return all(_fits(one, "number") or _all_numbers(one, depth + 1) for one in thing)


def _spell_out(stream: Object) -> None:
    """Write filters by their whole names, and leave none that is unknown: `Crypt` among them."""
    packed = stream.get("/Filter")
    names = [packed] if isinstance(packed, Name) else list(packed) if isinstance(packed, Array) else []
    for name in names:
        if str(name)[1:] not in FILTER_NAMES:
            raise Unpackable
    spelled = [Name("/" + _ABBREVIATED.get(str(name)[1:], str(name)[1:])) for name in names]
    if spelled and [str(n) for n in spelled] != [str(n) for n in names]:
        stream["/Filter"] = Array(spelled) if isinstance(packed, Array) else spelled[0]
