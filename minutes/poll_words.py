"""What the minutes say of votes: the result as every screen showed it, worked out by the one function. Pure."""

from __future__ import annotations

from minutes.writing import Entry, Frame, Writer, line, moment, number
from voting.majority import CAST, DECISIVE, ENTITLED, PRESENT
from voting.result import FOR, Line, Result, read

BASES = {
    PRESENT: "đại biểu có mặt",
    ENTITLED: "người được quyền biểu quyết",
    CAST: "phiếu đã biểu quyết",
    DECISIVE: "phiếu tán thành và không tán thành",
}


def poll_declared(entry: Entry, frame: Frame) -> str:
    """A vote with its full result: for what, against, of how many, whether it was carried or who was chosen."""
    p = entry.payload
    result = read(p["result"])
    how = "lấy ý kiến bằng phiếu" if p["occasion"] == "slip" else "bỏ phiếu kín" if p["is_secret"] else "biểu quyết công khai"
    begun = f"Vào hồi {moment(entry.at, frame.day)}, công bố kết quả {how} (số {p['number']}) về nội dung “{line(p['question'])}”"
    if any(one.code == FOR for one in result.lines):
        return f"{begun}: {_motion(result)}{_more(result)}. Nội dung này {_carried(result)}"
    return f"{begun}: {_choice(result)}{_more(result)}. {_chosen(result)}"


def _motion(result: Result) -> str:
    first, *others = result.lines
    words = f"{number(first.votes)}/{number(result.base)} {BASES[result.base_of]} {_lower(first.text)} ({_share(first)})"
    return ", ".join([words, *(f"{number(one.votes)} {_lower(one.text)} ({_share(one)})" for one in others)])


def _choice(result: Result) -> str:
    lines = sorted(result.lines, key=lambda one: (-one.votes, one.position))
    told = "; ".join(f"{line(one.text)}: {number(one.votes)} phiếu ({_share(one)})" for one in lines)
    return f"{number(result.cast)} phiếu, tỷ lệ tính trên {number(result.base)} {BASES[result.base_of]}: {told}"


def _more(result: Result) -> str:
    """Return what else was counted, where there is something."""
    halls = f"trong đó {number(result.by_hall)} phiếu kiểm tại {number(result.halls)} hội trường" if result.by_hall else ""
    invalid = f"{number(result.invalid)} phiếu không hợp lệ" if result.invalid else ""
    silent = f"{number(result.silent)} người có mặt không gửi phiếu" if result.silent else ""
    return "".join(f"; {one}" for one in (halls, invalid, silent) if one)


def _carried(result: Result) -> str:
    return f"{'được' if result.is_carried else 'không được'} thông qua (cần {number(result.needed)})"


def _chosen(result: Result) -> str:
    words = (
        f"Được chọn: {', '.join(line(one.text) for one in result.chosen)}" if result.chosen else "Không phương án nào đủ số phiếu"
    )
    tied = f"; bằng phiếu ở vị trí cuối: {', '.join(line(one.text) for one in result.tied)}" if result.tied else ""
    return f"{words} (cần {number(result.needed)} phiếu){tied}"


def poll_cancelled(entry: Entry, frame: Frame) -> str:
    """A vote that ended without a result, and why."""
    p = entry.payload
    about = f"biểu quyết số {p['number']} về nội dung “{line(p['question'])}”"
    return f"Vào hồi {moment(entry.at, frame.day)}, hủy {about}, không có kết quả, lý do: {line(p['why'])}"


def _share(one: Line) -> str:
    return f"{one.tenths // 10},{one.tenths % 10}%"


def _lower(text: str) -> str:
    text = line(text)
    return text[:1].lower() + text[1:]


WRITERS: dict[str, Writer] = {"poll.declared": poll_declared, "poll.cancelled": poll_cancelled}
