"""The part of the minutes on who took part: who presided, how many came from where, quorum, roll calls. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from attendance.counting import HeadCount, summed
from meetings.models import Role
from minutes.attending import at_opening, counts_of, moves_of, quorums_of
from minutes.drafted import SECTION, TABLE, TEXT, Drafted
from minutes.story import Story
from minutes.writing import CELL, MINUTED, Frame, addressed, at_site, cell, comings, head_count, line, number, sentence


def composition(told: Story, frame: Frame) -> Iterator[Drafted]:
    """Return the blocks on who took part."""
    counts = counts_of(told)
    lines = [
        *_names("Chủ trì", told.people(Role.CHAIR), frame),
        *_names("Thư ký", told.people(Role.SECRETARY), frame),
        *_numbers(summed(counts.values()), at_opening(told)),
        *_bodies(told),
    ]
    yield Drafted("composition", SECTION, "Thành phần tham dự", "\n".join(lines), 1, told.last)
    if told.sites:
        yield Drafted("attendance", TABLE, "Đại biểu theo điểm cầu", _attendance(told, counts), 1, told.last)
    yield from _late(told, frame)
    for key, entries in (("quorum", told.attending.crossings), ("roll_calls", told.attending.roll_calls)):
        if entries:
            words = "\n".join(sentence(MINUTED[entry.kind](entry, frame)) for entry in entries)
            yield Drafted(key, TEXT, "", words, entries[0].number, entries[-1].number)


def _late(told: Story, frame: Frame) -> Iterator[Drafted]:
    """Return who came and left while the meeting was in session, and what was counted: each bridge point once, by time."""
    moves, halls = moves_of(told), told.attending.counts
    if not moves and not halls:
        return
    seen: dict[int | None, list[tuple[int, str, datetime]]] = {}
    for move in moves:
        seen.setdefault(move.where, []).append((move.who, move.state, move.at))
    said = {where: comings(rows, frame) for where, rows in seen.items()}
    for where, count in halls.items():
        said.setdefault(where, []).append((count.at, head_count(count, frame)))
    names = told.attending.names | {where: count.payload["bridge_point_name"] for where, count in halls.items()}
    in_order = sorted(said.items(), key=lambda one: min(one[1]))
    lines = [f"{at_site(names.get(where, ''))}: {'; '.join(text for _at, text in sorted(rows))}" for where, rows in in_order]
    words = "Trong thời gian họp ghi nhận thêm:"
    words = sentence(f"{words} {lines[0]}") if len(lines) == 1 else "\n".join([words, *(f"- {sentence(one)}" for one in lines)])
    numbers = [one.number for one in moves] + [count.number for count in halls.values()]
    yield Drafted("late", TEXT, "", words, min(numbers), max(numbers))


def _names(label: str, people: Sequence[dict[str, Any]], frame: Frame) -> list[str]:
    names = ((addressed(p["name"], is_state=frame.is_state), line(p["office"])) for p in people)
    named = "; ".join(", ".join(filter(None, one)) for one in names)
    return [sentence(f"{label}: {named}")] if people else []


def _numbers(whole: HeadCount, at_opening: HeadCount | None) -> list[str]:
    """Return how many came; where some have left, also how many there were at the opening."""
    of_these = [f"trực tuyến: {number(whole.online)}"] if whole.online else []
    of_these += [f"dự thay: {number(whole.substitutes)}"] if whole.substitutes else []
    words = f"Đại biểu được triệu tập: {number(whole.expected)}; có mặt: {number(whole.present)}"
    words += f" (trong đó {', '.join(of_these)})" if of_these else ""
    words += f"; đã về: {number(whole.left)}" if whole.left else ""
    words += f"; vắng mặt: {number(whole.absent)}"
    words += f"; chưa điểm danh: {number(whole.unmarked)}" if whole.unmarked else ""
    lines = [sentence(words)]
    if whole.left and at_opening:
        lines.append(sentence(f"Khi khai mạc: có mặt {number(at_opening.present)}/{number(at_opening.expected)} đại biểu"))
    return lines


def _bodies(told: Story) -> list[str]:
    return [
        sentence(
            f"{line(body.name)}: có mặt {number(body.present)}/{number(body.entitled)}, cần {number(body.needed)} – "
            f"{'đủ' if body.is_met else 'không đủ'} số đại biểu theo quy định"
        )
        for body in quorums_of(told)
    ]


def _attendance(told: Story, counts: Mapping[int | None, HeadCount]) -> str:
    """Return the table of bridge points as lines of cells; columns of few are there only where there is somebody."""
    nobody = HeadCount()
    in_order = sorted(told.sites.values(), key=lambda site: site["number"])
    places = [(site["name"], counts.get(site["id"], nobody)) for site in in_order]
    rest = summed(count for place, count in counts.items() if place not in told.sites)
    if rest.expected:
        places.append(("Đại biểu khác", rest))
    rows = [(str(at), name, count) for at, (name, count) in enumerate(places, start=1)]
    whole = summed(count for _name, count in places)
    columns = [("Triệu tập", "expected"), ("Có mặt", "present")]
    columns += [("Trực tuyến", "online")] if whole.online else []
    columns += [("Đã về", "left")] if whole.left else []
    columns += [("Vắng mặt", "absent")]
    columns += [("Chưa điểm danh", "unmarked")] if whole.unmarked else []
    lines = [CELL.join(["TT", "Điểm cầu", *(title for title, _of in columns)])]
    for at, name, count in [*rows, ("", "Tổng cộng", whole)]:
        lines.append(CELL.join([at, cell(name), *(str(getattr(count, of)) for _title, of in columns)]))
    return "\n".join(lines)
