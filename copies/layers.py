"""Layers of a PDF (optional content): which are hidden when it is opened, and content without what they hide. In a child only.

A hidden layer is nothing a reader should find in the copy, and everything else of layers goes: what is seen stays.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator

from copies.pruning import Unpackable

_PAINTS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_SHOWS = frozenset({"Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"})
_DEPTH, _RULES = 20, 20_000  # levels of one rule; parts of all rules together


class Layers:
    """The layers of one PDF, as they are when it is opened on a screen."""

    def __init__(self, root: Object) -> None:
        properties = root.get("/OCProperties")
        config = properties.get("/D") if isinstance(properties, Dictionary) else None
        self._off: set[tuple[int, int]] = set()
        self._asked = 0
        if isinstance(properties, Dictionary) and isinstance(config, Dictionary):
            self._read(properties, config)

    def _read(self, properties: Object, config: Object) -> None:
        every = _groups(properties.get("/OCGs"))
        if str(config.get("/BaseState", "/ON")) == "/OFF":
            self._off |= {group.objgen for group in every}
        self._off |= {group.objgen for group in _groups(config.get("/OFF"))}
        if str(config.get("/BaseState", "/ON")) == "/OFF":
            self._off -= {group.objgen for group in _groups(config.get("/ON"))}
        usages = config.get("/AS")
        for usage in usages if isinstance(usages, Array) else ():
            if isinstance(usage, Dictionary) and str(usage.get("/Event")) == "/View":
                self._follow_usage(usage)

    def _follow_usage(self, usage: Object) -> None:
        """Heed what a layer says of itself for a screen, where the paper asks for that."""
        for group in _groups(usage.get("/OCGs")):
            own = group.get("/Usage")
            view = own.get("/View") if isinstance(own, Dictionary) else None
            if isinstance(view, Dictionary) and str(view.get("/ViewState")) in ("/ON", "/OFF"):
                (self._off.add if str(view["/ViewState"]) == "/OFF" else self._off.discard)(group.objgen)

    def is_hidden(self, group: Any, depth: int = 0) -> bool:
        """Tell whether what belongs to a layer, or to a rule over layers, is not seen."""
        if not self._off or not isinstance(group, Dictionary):
            return False
        if str(group.get("/Type")) != "/OCMD":
            return group.objgen in self._off
        rule = group.get("/VE")
        if isinstance(rule, Array):
            return not self._holds(rule, depth)
        groups = _groups(group.get("/OCGs"))
        hidden = [one.objgen in self._off for one in groups]
        if not groups:
            return False
        policy = str(group.get("/P", "/AnyOn"))
        seen = {
            "/AllOn": not any(hidden), "/AnyOff": any(hidden), "/AllOff": all(hidden)
        }.get(policy, not all(hidden))  # fmt: skip
        return not seen

    def _holds(self, rule: Object, depth: int) -> bool:
        self._asked += 1
        if depth > _DEPTH or not len(rule) or self._asked > _RULES:
            return True
        parts = [
            self._holds(part, depth + 1) if isinstance(part, Array) else not self.is_hidden(part, depth + 1)
            for part in list(rule)[1:50]
        ]
        operator = str(rule[0])
        if operator == "/Not":
            return not all(parts[:1])
        return any(parts) if operator == "/Or" else all(parts)

    def hidden_names(self, resources: Object | None) -> set[str]:
        """Return the names under which content speaks of hidden layers."""
        properties = resources.get("/Properties") if resources is not None else None
        if not self._off or not isinstance(properties, Dictionary):
            return set()
        return {key for key in properties.keys() if self.is_hidden(properties[key])}  # noqa: SIM118


def _groups(given: Any) -> list[Object]:
    if isinstance(given, Dictionary):
        return [given]
    return [one for one in given if isinstance(one, Dictionary)] if isinstance(given, Array) else []


def without_hidden(content: Object, hidden: Collection[str]) -> bytes | None:
    """Return content without what it draws in hidden layers, None if nothing is in any: how it moves and measures stays."""
    try:
        instructions = pikepdf.parse_content_stream(content)
    except pikepdf.PdfError:
        raise Unpackable from None
    kept: list[Any] = []
    marks: list[bool] = []
    changed = False
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            operands = list(instruction.operands)
            marks.append(
                operator == "BDC" and len(operands) == 2 and str(operands[0]) == "/OC"
                and isinstance(operands[1], Name) and str(operands[1]) in hidden
            )  # fmt: skip
        elif operator == "EMC" and marks:
            marks.pop()
        elif any(marks) and operator in _PAINTS:
            kept.append(([], Operator("n")))
            changed = True
            continue
        elif any(marks) and operator in _SHOWS:
            changed = True
            continue
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept) if changed else None
