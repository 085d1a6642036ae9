"""The registry of kinds of fact. Each app states its kinds in its facts.py as frozen dataclasses of plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar, dataclass_transform


class Fact:
    """Base of every kind of fact: plain values with the names of that moment, never contact data or a secret."""

    kind: ClassVar[str]

    def payload(self) -> dict[str, Any]:
        """Return the values as JSON can hold them."""
        return asdict(self)  # type: ignore[call-overload]


F = TypeVar("F", bound=type[Fact])
_KINDS: dict[str, type[Fact]] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def fact(kind: str) -> Callable[[F], F]:
    """Register a kind of fact, such as `floor.given`."""

    def register(cls: F) -> F:
        made = dataclass(frozen=True, kw_only=True)(cls)
        if "kind" in {f.name for f in fields(made)}:  # type: ignore[arg-type]
            raise ValueError(f"a value of {kind} may not be called kind")
        if kind in _KINDS and _KINDS[kind].__qualname__ != cls.__qualname__:
            raise ValueError(f"two kinds of fact are called {kind}")
        made.kind = kind
        _KINDS[kind] = made
        return made  # type: ignore[return-value]

    return register


def kinds() -> dict[str, type[Fact]]:
    """Return every registered kind by name."""
    return dict(_KINDS)


def read(kind: str, payload: dict[str, Any]) -> Fact:
    """Return the fact of an entry; values that a newer version dropped are passed over."""
    cls = _KINDS[kind]
    known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    return cls(**{name: value for name, value in payload.items() if name in known})
