"""The bridge points of the communes, where somebody wants to see thousands: neutral names, numbered by province. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

COMMUNES = 3321  # bridge points of communes; the hall and the 34 provinces come on top
DELEGATES = 3  # each expects so many
CONNECTS = 8  # in the walk, one in so many opens a console


def names_by_province(codes: Sequence[str], total: int = COMMUNES) -> dict[str, list[str]]:
    """Return the communes' names under each province's code: some provinces have twice as many as others, `total` in all."""
    weights = [60 + place * 13 % len(codes) * 60 // len(codes) for place in range(len(codes))]
    ends = [total * sum(weights[: place + 1]) // sum(weights) for place in range(len(codes))]
    counts = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    return {code: [f"Xã {code}-{number:03}" for number in range(1, count + 1)] for code, count in zip(codes, counts, strict=True)}


def people_of(name: str) -> Iterator[tuple[str, str, str]]:
    """Return role, name and position of who sits in a commune's hall."""
    own = name[0].lower() + name[1:]
    for number in range(1, DELEGATES + 1):
        yield "delegate", f"Đại biểu {own}-{number}", "Đại biểu"
    yield "operator", f"Cán bộ trực {own}", "Cán bộ trực điểm cầu"


def province_of(name: str) -> str:
    """Return the code of the province that a commune belongs to, from its name."""
    return name.removeprefix("Xã ").partition("-")[0]


def connected(names: Sequence[str]) -> list[str]:
    """Return the communes that open a console in the walk."""
    return list(names[::CONNECTS])
