"""Whatever a display has to say fits on the wall, in every mode, on every shape of screen: nothing is cut off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attendance.bodies.quorum import AT_LEAST, Quorum, Rule
from attendance.counting import HeadCount
from live.hand import AnnouncementState, DisplayState, Hand
from live.rendering import render_parts
from live.state import RoomState
from tests.live.test_screens import at, item, room, site, speech
from tests.static.conftest import Bench

pytestmark = pytest.mark.browser

SIZES = ((1920, 1080), (1280, 720), (1080, 1920), (1024, 768), (2560, 1080), (1366, 768), (3840, 2160))
SENTENCES = (
    "Đề nghị các điểm cầu giữ trật tự, tắt điện thoại di động hoặc chuyển sang chế độ im lặng, không di chuyển trong "
    "hội trường khi đại biểu đang phát biểu; trưởng đoàn đôn đốc đại biểu có mặt trước giờ khai mạc 15 phút, ngồi đúng vị trí "
    "theo sơ đồ đã gửi. Điểm cầu nào mất tín hiệu thì báo ngay cho Phòng điều hành theo đường dây kỹ thuật, không tự ý "
    "khởi động lại thiết bị đầu cuối; cán bộ kỹ thuật trực tại vị trí trong suốt thời gian Hội nghị, kể cả giờ giải lao và "
    "giờ ăn trưa, cho đến khi Hội nghị bế mạc."
)
NAMES = ("Thái Nguyên", "Tuyên Quang", "Hồ Chí Minh", "Quảng Ngãi", "Khánh Hòa")
OVERFLOWING = """() => [...document.querySelectorAll(".wall, .wall .who, .wall .item .text, .wall .heads, .wall .name")]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.scrollHeight > one.clientHeight + 3 || one.scrollWidth > one.clientWidth + 2)
  .map((one) => `${one.className}: ${one.scrollWidth}x${one.scrollHeight} in ${one.clientWidth}x${one.clientHeight}`)"""
#: Pieces of the head count that stand on each other or over the edge.
CROSSING = """() => {
  const wall = document.querySelector(".wall").getBoundingClientRect();
  const pieces = ".heading h1, .heading .num, .wall .item, .total, .heads li, .quorum, .rest, .clock";
  const boxes = [...document.querySelectorAll(pieces)].filter((one) => one.checkVisibility())
    .map((one) => [one.textContent.trim().replace(/\\s+/g, " "), one.getBoundingClientRect()]);
  const found = boxes.filter(([, a]) => a.left < wall.left || a.right > wall.right || a.top < wall.top || a.bottom > wall.bottom)
    .map(([text]) => `${text} over the edge`);
  boxes.forEach(([text, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 1) found.push(`${text} on ${other}`);
  }));
  return found;
}"""
CUT_NUMBERS = """() => [...document.querySelectorAll(".wall .quorum")].filter((one) => one.checkVisibility())
  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.trim().replace(/\\s+/g, " "))"""
TORN = """() => [...document.querySelectorAll(".wall h1")].filter((one) => one.checkVisibility()).flatMap((one) => {
  const range = document.createRange();
  const found = [];
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const { 0: word, index } of node.data.matchAll(/\\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word);
    }
  }
  return found;
})"""


def showing(mode: str, *, text: str = "", title: str = "Hội nghị", name: str = "Nguyễn Văn An", office: str = "") -> RoomState:
    """A room in the third speech of its second item, with all its displays in one mode."""
    sites = tuple(replace(site(n, 3), short_name=NAMES[n % 5]) for n in range(1, 36))
    talk = replace(speech(1, "speaking", site=2, given=8, item_id=2), name=name, office=office, bridge_point="Thái Nguyên")
    base = room(
        item(1, 10, "closed", opened=0), replace(item(2, 30, "open", opened=5), title=title, presenter="Phó Chánh Văn phòng"),
        sites=sites, speeches=(talk,), now=9,
    )  # fmt: skip
    said = (AnnouncementState(id=7, text=text, at=at(0), by="", site_ids=()),) if mode == "announcement" else ()
    display = DisplayState(id=1, name="Màn", bridge_point_id=None, mode=mode, announcement_id=7 if said else None)
    organiser, place = "Văn phòng Trung ương Đảng", "Hội trường lớn, trụ sở Trung ương Đảng, Hà Nội"
    meeting = replace(base.meeting, title=title, organiser=organiser, place=place)
    return replace(base, meeting=meeting, hand=Hand(displays=(display,), announcements=said))


def counted(sites: int, bodies: int, *, online: int = 0) -> RoomState:
    """The head count of some bridge points, with bodies that have enough and others that have not."""
    names = (
        "Ban Chấp hành Đảng bộ tỉnh",
        "Thường trực Hội đồng nhân dân",
        "Ủy ban Kiểm tra Tỉnh ủy và các cơ quan tham mưu, giúp việc",
    )
    rows = [(names[n % 3], 120 * (n % 2), 120 + n) for n in range(bodies)]
    state = showing("count")
    held = tuple(Quorum(n, n, name, Rule(AT_LEAST), entitled, there) for n, (name, there, entitled) in enumerate(rows, start=1))
    many = tuple(
        replace(site(n, 3), short_name=NAMES[n % 5], count=HeadCount(expected=12, present=10)) for n in range(1, sites + 1)
    )
    return replace(state, sites=many, bodies=held, people=HeadCount(expected=10312, present=9871, online=online))


def by_province() -> RoomState:
    """A meeting of communes under 35 provinces, a thousand and more people in each."""
    provinces = tuple(replace(site(n), short_name=NAMES[n % 5]) for n in range(1, 36))
    full = replace(provinces[0].count, expected=1263, present=1250)
    communes = tuple(replace(site(n), parent_id=n % 35 + 1, count=full) for n in range(36, 71))
    return replace(showing("count"), sites=provinces + communes)


LONG_TITLE = SENTENCES[:290].rsplit(" ", 1)[0]
OFFICE = "Phó Bí thư Thường trực Tỉnh ủy, Trưởng Ban Tổ chức Tỉnh ủy Thái Nguyên"
LENGTHS = (27, 59, 99, 159, 239, 339)
CASES = {
    **{f"announcement of {n}": showing("announcement", text=SENTENCES[:n].rsplit(" ", 1)[0]) for n in LENGTHS},
    "announcement of 500": showing("announcement", text=SENTENCES[:500]),
    "announcement of 500 in capitals": showing("announcement", text=SENTENCES[:500].upper()),
    "item": showing("item", title="Tham luận của các điểm cầu"),
    "item with a long title": showing("item", title=LONG_TITLE),
    "speaker": showing("speaker"),
    "speaker with an office": showing("speaker", name="Đồng chí Nguyễn Thị Phương Thảo", office=OFFICE),
    "count": showing("count"),
    "count by province": by_province(),
    "count by province with 7 bodies": replace(
        by_province(), bodies=counted(35, 7).bodies, people=counted(35, 7, online=2).people
    ),
    **{
        f"count of {sites} with {bodies} bodies, {online} online": counted(sites, bodies, online=online)
        for sites in (8, 35, 40)
        for bodies, online in ((0, 0), (0, 2), (1, 2), (3, 2), (6, 1234), (7, 2))
    },
    "count in one number with 7 bodies": counted(45, 7, online=2),
    "welcome": showing("welcome", title="Hội nghị toàn quốc công tác văn phòng tỉnh ủy, thành ủy năm 2025"),
    "welcome with a long title": showing("welcome", title=LONG_TITLE),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_everything_fits_on_the_wall(size: tuple[int, int], bench: Bench) -> None:
    bench.page.set_viewport_size({"width": size[0], "height": size[1]})
    styles = "".join(f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in ("fonts", "app", "sites", "counting"))
    page = bench.open(f'{styles}<main class="wall" data-theme="dark" data-display="1" data-shows="auto"></main>', "wall.js")
    page.evaluate("document.body.className = 'hall'; document.querySelector('#toasts').remove()")
    wrong = []
    for case, state in CASES.items():
        parts = render_parts("display", "vi", state, {})
        html = "".join(f'<live-part name="{name}">{part}</live-part>' for name, part in parts.items())
        page.evaluate(
            """async (html) => {
              document.querySelector("main").innerHTML = html;
              document.dispatchEvent(new CustomEvent("live:part", { detail: { part: document.querySelector("live-part") } }));
              await document.fonts.ready;
            }""",
            html,
        )
        assert page.get_attribute("main", "data-shows") == case.split()[0]
        wrong += [f"{case}: {line}" for line in page.evaluate(OVERFLOWING)]
        wrong += [f"{case}: {line}" for line in page.evaluate(CROSSING) + page.evaluate(CUT_NUMBERS)]
        wrong += [f"{case}: torn {word}" for word in page.evaluate(TORN)]
    assert wrong == []
