"""What the secretariat does with its hand in the walk: displays, announcements, site commands, messages. Pure and invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from demo.moves import Line, Made, Move, Ref, Site, Sites, Step, at
from demo.roster import CENTRAL

Speeches = Sequence[tuple[str, str, str, str]]


def hand(codes: list[str], speeches: Speeches) -> Iterator[Move]:
    """Everything of the hand; `speeches`: site, when it asks, is given the floor and ends."""
    yield from _displays()
    yield from _announcements()
    yield from _microphones(codes)
    yield from _roll_call(codes)
    yield from _recess(codes)
    yield from _speakers(speeches)
    yield from _lost_line()
    yield from _incident()
    yield from _messages()


# --- displays: welcome, the head count for a moment, then the meeting; the announcement of the recess shows itself


def _displays() -> Iterator[Step]:
    for clock, mode in (("07:40", "welcome"), ("08:27:30", "count"), ("08:29:40", "auto")):
        yield Step(at(clock), "secretary", "displays.steer", {"mode": mode})


# --- announcements

_FLAGS = ("01", "31", "22", "15", "82")  # the five offices that were given the Emulation Flag


def _announcements() -> Iterator[Step]:
    yield from _announced(
        "opening", "08:12", "08:30:30",
        "Hội nghị khai mạc lúc 08 giờ 30 phút. Kính mời các đồng chí ổn định chỗ ngồi và chuyển điện thoại sang chế độ im lặng.",
    )  # fmt: skip
    yield from _announced(
        "flags", "11:12", "11:32:40",
        "Tiếp theo là phần trao Cờ thi đua. Đề nghị 05 điểm cầu được tặng Cờ mời đại diện vào vị trí và hướng camera vào "
        "khu vực trao thưởng.",
        sites=_FLAGS,
    )  # fmt: skip


def _announced(
    name: str, since: str, until: str, text: str, *, sites: tuple[str, ...] = (), show: bool = False
) -> Iterator[Step]:
    """An announcement and its end; `show`: on the displays too, which follow the meeting again afterwards."""
    fields = {"text": text} | ({"sites": Sites(sites)} if sites else {}) | ({"show": "on"} if show else {})
    yield Step(at(since), "secretary", "announcement.publish", fields, makes=name)
    yield Step(at(until), "secretary", "announcement.withdraw", {"announcement": Made(name)})


# --- site commands (hiệu lệnh)

MUTE, RECESS = "mute", "recess"
LATE = {MUTE: ("52", timedelta(minutes=6)), RECESS: ("04", timedelta(minutes=4))}
SILENT = {MUTE: "86", RECESS: "12"}  # one bridge point acknowledges not at all


def _microphones(codes: list[str]) -> Iterator[Step]:
    text = "Tắt micro khi chưa được mời phát biểu. Đề nghị điểm cầu kiểm tra micro, camera và xác nhận."
    yield _issued(MUTE, "08:21", "other", text)
    yield from _acknowledged(MUTE, at("08:21"), codes)
    yield _withdrawn(MUTE, at("08:45"))


def _roll_call(codes: list[str]) -> Iterator[Step]:
    """The chair calls the roll: two in three answer at their consoles, the others are called by name, one stays silent."""
    opened = at("08:24:10")
    yield Step(opened, "chair", "roll_call.open")
    by_name = [code for turn, code in enumerate(codes) if turn % 3 == 2]
    for turn, code in enumerate(code for code in codes if code not in by_name):
        yield Step(opened + timedelta(seconds=4 + turn * 29 % 23), f"operator-{code}", "roll_call.answer")
    for turn, code in enumerate(by_name, start=1):
        said = {"bridge_point": Site(code), "state": "silent" if turn == len(by_name) else "here"}
        yield Step(opened + timedelta(seconds=28 + turn * 5), "chair", "roll_call.mark", said)
    yield Step(opened + timedelta(seconds=28 + len(by_name) * 5 + 8), "chair", "roll_call.close")


def _recess(codes: list[str]) -> Iterator[Step]:
    text = "Nghỉ giải lao 10 phút. Đề nghị giữ nguyên đường truyền và tắt micro."
    yield _issued(RECESS, "09:48:20", "recess", text)
    yield from _acknowledged(RECESS, at("09:48:20"), codes)
    yield from _announced(
        "break", "09:48:10", "09:57:20",
        "Hội nghị nghỉ giải lao 10 phút. Kính mời các đồng chí trở lại vị trí trước 09 giờ 58 phút.", show=True,
    )  # fmt: skip
    yield _withdrawn(RECESS, at("09:57:25"))


def _speakers(speeches: Speeches) -> Iterator[Step]:
    """The next bridge point prepares to speak, three minutes ahead where the list was long enough by then."""
    text = "Chuẩn bị phát biểu. Đề nghị hướng camera vào đồng chí phát biểu và chuẩn bị sẵn micro."
    for turn, (code, asked, given, _ended) in enumerate(speeches):
        name = f"prepare-{code}"
        issued = max(at(asked) + timedelta(seconds=15), at(given) - timedelta(minutes=3))
        fields: dict[str, Ref] = {"kind": "prepare", "text": text, "sites": Sites((code,))}
        yield Step(issued, "secretary", "site_command.issue", fields, makes=name)
        yield _acknowledges(f"operator-{code}", name, issued + timedelta(seconds=12 + turn * 5 % 19))
        yield _withdrawn(name, at(given) + timedelta(seconds=20))


def _issued(name: str, clock: str, kind: str, text: str) -> Step:
    return Step(at(clock), "secretary", "site_command.issue", {"kind": kind, "text": text}, makes=name)


def _withdrawn(name: str, moment: timedelta) -> Step:
    return Step(moment, "secretary", "site_command.withdraw", {"site_command": Made(name)})


def _acknowledged(name: str, issued: timedelta, codes: list[str]) -> Iterator[Step]:
    """Each bridge point after some seconds, one of them late and one not at all."""
    late, later = LATE[name]
    for turn, code in enumerate([CENTRAL, *codes]):
        after = later if code == late else timedelta(seconds=8 + turn * 29 % 11 * 6)
        if code != SILENT[name]:
            yield _acknowledges("technician" if code == CENTRAL else f"operator-{code}", name, issued + after)


def _acknowledges(who: str, name: str, moment: timedelta) -> Step:
    return Step(moment, who, "site_command.acknowledge", {"site_command": Made(name)})


# --- the line of Cà Mau

LOST = "96"


def _lost_line() -> Iterator[Move]:
    yield Line(at("09:25:00"), LOST, up=False)
    yield Line(at("09:31:30"), LOST, up=True)


# --- an incident: Nghệ An sees the picture stutter; both sides say since when and until when, and so it is closed

STUTTERING = "40"


def _incident() -> Iterator[Step]:
    note = "Hình ảnh từ trung tâm bị giật, dừng hình."
    fields: dict[str, Ref] = {"bridge_point": Site(STUTTERING), "kind": "no_picture", "note": note}
    who, name = f"operator-{STUTTERING}", "stutter"
    yield Step(at("09:29:50"), who, "incident.open", fields, makes=name)
    yield Step(at("09:30:40"), "secretary", "incident.confirm", {"incident": Made(name)})
    yield Step(at("09:35:40"), who, "incident.end", {"incident": Made(name)})
    yield Step(at("09:36:10"), "secretary", "incident.end", {"incident": Made(name)})


# --- messages: when, who, which line, to (or from) which site, the words

_TECHNICAL, _CHAIR = "technical", "chair"
_MESSAGES = (
    ("08:22:30", "operator-31", _TECHNICAL, "31", "Điểm cầu nghe tiếng từ trung tâm hơi nhỏ."),
    ("08:23:10", "secretary", _TECHNICAL, "31", "Trung tâm đã tăng âm lượng. Đề nghị điểm cầu nghe lại."),
    ("08:23:50", "operator-31", _TECHNICAL, "31", "Đã nghe rõ, xin cảm ơn."),
    (
        "09:26:10", "secretary", _TECHNICAL, LOST,
        "Trung tâm mất tín hiệu của điểm cầu từ 09 giờ 25 phút. Đề nghị kiểm tra và chuyển sang đường truyền dự phòng.",
    ),
    ("09:30:10", "operator-40", _TECHNICAL, "40", "Hình ảnh từ trung tâm bị giật, dừng hình."),
    (
        "09:31:55", "operator-96", _TECHNICAL, LOST,
        "Điểm cầu mất điện lưới, đã chạy máy phát và chuyển sang đường truyền dự phòng. Đề nghị trung tâm kiểm tra tín hiệu.",
    ),
    ("09:32:30", "secretary", _TECHNICAL, LOST, "Trung tâm đã nghe rõ, thấy rõ điểm cầu."),
    ("09:33:05", "operator-96", _TECHNICAL, LOST, "Đã rõ, xin cảm ơn."),
    ("09:34:00", "chair", _CHAIR, "82", "Mời điểm cầu chuẩn bị phát biểu tiếp theo. Đề nghị phát biểu không quá 08 phút."),
    ("09:34:40", "operator-82", _CHAIR, "82", "Đã rõ. Đồng chí phát biểu đã sẵn sàng."),
    ("09:35:10", "secretary", _TECHNICAL, "40", "Trung tâm đã kiểm tra đường truyền. Đề nghị điểm cầu xem lại hình ảnh."),
    ("09:35:50", "operator-40", _TECHNICAL, "40", "Hình ảnh đã ổn định, xin cảm ơn."),
    ("09:37:40", "chair", _CHAIR, "15", "Đã hết thời gian phát biểu. Đề nghị điểm cầu kết thúc ý kiến."),
    ("09:38:10", "operator-15", _CHAIR, "15", "Đã rõ. Xin kết thúc trong ít phút."),
    ("09:52:00", "operator-22", _CHAIR, "22", "Đồng chí phát biểu xin được trình chiếu 03 trang số liệu."),
    ("09:53:10", "chair", _CHAIR, "22", "Đồng ý. Đề nghị gửi tệp cho bộ phận kỹ thuật trước khi hết giờ giải lao."),
    ("10:12:20", "operator-68", _TECHNICAL, "68", "Điểm cầu mất điện lưới, đang chạy máy phát. Đường truyền ổn định."),
)  # fmt: skip


def _messages() -> Iterator[Step]:
    for clock, who, line, site, text in _MESSAGES:
        yield Step(at(clock), who, "message.send", {"line": line, "text": text, "bridge_point": Site(site)})
