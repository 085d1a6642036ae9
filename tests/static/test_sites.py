"""The pages away from the control room: a display picks its part, a console and a delegate see what is for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser

REFRESH = """async ([name, html]) => {
  const { refresh } = await import("/static/js/morph.js");
  refresh(document.querySelector(`live-part[name="${name}"]`), html);
}"""


def refresh(page: Page, name: str, html: str) -> None:
    """Bring a part up to date as the socket does."""
    page.evaluate(REFRESH, [name, html])


# Displays


def steer(default: str, *exceptions: tuple[str, str, str]) -> str:
    rows = "".join(f'<li data-shows="{mode}" data-said="{said}" data-displays="{gaps}"></li>' for mode, said, gaps in exceptions)
    return f'<ul hidden data-steer data-shows="{default}" data-said="">{rows}</ul>'


STYLE = '<link rel="stylesheet" href="/static/css/app.css"><link rel="stylesheet" href="/static/css/sites.css">'


def wall(bench: Bench, display: int, told: str, **parts: str) -> Page:
    names = ("wall", "item", "speaker", "count", "announcement", "welcome")
    html = "".join(f'<live-part name="{name}">{parts.get(name, "")}</live-part>' for name in names)
    html += f'<live-part name="steer">{told}</live-part>'
    return bench.open(f'{STYLE}<main class="wall" data-display="{display}" data-shows="auto">{html}</main>', "wall.js")


ALL = {name: f"<h1>{name}</h1>" for name in ("wall", "item", "speaker", "count", "welcome")}
SAID = "".join(
    f'<section class="said" data-announcement="{key}"><h1>{word}</h1></section>' for key, word in ((7, "seven"), (8, "eight"))
)


OWN = ((812, "item"), (813, "item"), (840, "item"), (814, "wall"), (1, "wall"), (900, "seven"), (36**4, "eight"), (5, "count"))


def test_a_display_shows_exactly_its_own_part(bench: Bench) -> None:
    told = steer(
        "auto", ("announcement", "7", "p0"), ("announcement", "8", "10000"), ("count", "", "5 2"), ("item", "", "mk 1 r")
    )
    page = wall(bench, 1, told, announcement=SAID, **ALL)
    for display, shown in OWN:
        page.evaluate("key => { document.querySelector('main').dataset.display = key; }", str(display))
        refresh(page, "steer", told)
        assert page.locator("h1:visible").all_inner_texts() == [shown], display


def test_a_display_blank_shows_nothing_at_all(bench: Bench) -> None:
    page = wall(bench, 3, steer("auto", ("blank", "", "3")), **ALL)
    expect(page.locator("h1:visible")).to_have_count(0)
    expect(page.locator("main")).to_have_attribute("data-shows", "blank")


def test_a_display_follows_what_it_is_told_without_showing_two_things_or_none(bench: Bench) -> None:
    page = wall(bench, 3, steer("auto"), **ALL)
    page.evaluate(
        """() => {
          window.seen = new Set();
          const look = () => {
            const shown = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
            window.seen.add(shown.map((one) => one.textContent).join("+"));
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    for told, shown in [
        (steer("item"), "item"),
        (steer("auto", ("speaker", "", "3")), "speaker"),
        (steer("announcement", ("welcome", "", "1")), "wall"),  # it has been withdrawn
        (steer("welcome"), "welcome"),
    ]:
        refresh(page, "steer", told)
        expect(page.locator("h1:visible")).to_have_text(shown)
        page.wait_for_timeout(60)
    refresh(page, "welcome", "")
    expect(page.locator("h1:visible")).to_have_text("wall")
    refresh(page, "welcome", "<h1>again</h1>")
    expect(page.locator("h1:visible")).to_have_text("again")
    page.wait_for_timeout(200)
    assert set(page.evaluate("[...window.seen]")) == {"wall", "item", "speaker", "welcome", "again"}


# What is for this bridge point


def order(no: int, sites: str = "") -> str:
    return (
        f'<article class="site-order" id="site-order-{no}" data-order="{no}" data-sites="{sites}"><p>order {no}</p>'
        '<form data-command="site_command.acknowledge" data-needs="run_programme" method="post" action="/do/x/">'
        f'<input type="hidden" name="site_command" value="{no}"><button>Received</button></form></article>'
    )


def site_page(bench: Bench, orders: str, *, acks: str = "", below: str = "", lines: str = "") -> Page:
    body = (
        f'{STYLE}<div class="at-site" data-site="12" data-counts><live-part name="orders">{orders}</live-part>'
        f'<div class="console"><live-part name="acks">{acks}</live-part><main data-still>{below}</main>{lines}</div></div>'
    )
    return bench.open(body, "still.js")


def orders(*rows: str) -> str:
    return f'<section class="site-orders" data-own-children>{"".join(rows)}</section>'


def test_a_console_shows_what_is_for_it_until_it_is_acknowledged(bench: Bench) -> None:
    page = site_page(bench, orders(order(1), order(2, "7 12 "), order(3, "7 112 ")))
    visible = page.locator(".site-order:visible p")
    expect(visible).to_have_text(["order 1", "order 2"])
    assert page.title().startswith("(2)")
    refresh(page, "acks", '<ul><li data-acknowledged="1">Lý Thị Vận</li></ul>')
    expect(visible).to_have_text(["order 2"])
    refresh(page, "orders", orders(order(1), order(2, "7 12 "), order(4, "9 ")))
    expect(visible).to_have_text(["order 2"])
    refresh(page, "acks", '<ul><li data-acknowledged="1"></li><li data-acknowledged="2"></li></ul>')
    expect(page.locator(".site-orders")).to_be_hidden()
    assert not page.title().startswith("(")


def test_who_acknowledges_does_it_for_the_bridge_point_of_the_console(bench: Bench) -> None:
    page = site_page(bench, orders(order(5)))
    page.locator("button:visible").first.click()
    page.wait_for_timeout(300)
    assert [(sent["site_command"], sent["bridge_point"]) for sent in bench.posted] == [("5", "12")]


def test_unread_messages_are_counted_at_their_line(bench: Bench) -> None:
    line = (
        '<section class="site-lines"><div class="site-line"><p data-unread hidden><b class="num"></b> not read</p>'
        '<live-part name="technical"><ol><li class="theirs unread">A</li><li class="own">B</li></ol></live-part></div></section>'
    )
    page = site_page(bench, orders(order(1)), lines=line)
    expect(page.locator("[data-unread]")).to_have_text("1 not read")
    assert page.title().startswith("(2)")
    refresh(page, "technical", '<ol><li class="theirs">A</li></ol>')
    expect(page.locator("[data-unread]")).to_be_hidden()
    assert page.title().startswith("(1)")


def test_what_one_is_at_work_in_stays_where_it_is(bench: Bench) -> None:
    rows = "".join(f'<p class="row"><button type="button">Row {n}</button></p>' for n in range(6))
    page = site_page(bench, orders(), below=f'<input id="find">{rows}')
    field = page.locator("#find")
    page.evaluate("document.querySelector('main').style.paddingTop = '30rem'")
    field.focus()
    field.type("lao")
    before = field.bounding_box()
    refresh(page, "orders", orders(order(1), order(2)))
    assert page.locator(".site-orders").bounding_box()["height"] > 80  # type: ignore[index]
    assert field.bounding_box() == before
    expect(page.locator(".site-orders")).to_be_in_viewport(ratio=1)
    refresh(page, "acks", '<i data-acknowledged="1"></i><i data-acknowledged="2"></i>')
    assert field.bounding_box() == before
    assert field.input_value() == "lao"


def test_what_is_typed_in_is_not_covered(bench: Bench) -> None:
    page = site_page(bench, orders(), below='<input id="find">')
    field = page.locator("#find")
    field.focus()
    refresh(page, "orders", orders(*(order(n) for n in range(1, 4))))
    below, cover = field.bounding_box(), page.locator(".site-orders").bounding_box()
    assert below
    assert cover
    assert below["y"] >= cover["y"] + cover["height"]


# Announcements


def note(no: int, sites: str = "") -> str:
    return (
        f'<article class="notice" id="announced-{no}" data-sites="{sites}"><p>note {no}</p>'
        '<button type="button" data-put-away>Read</button></article>'
    )


def test_an_announcement_that_has_been_put_away_stays_away(bench: Bench) -> None:
    notes = f'<section class="announced" data-own-children>{note(1)}{note(2, "4 9-20")}{note(3, "4 9-11 13-120")}</section>'
    body = f'<div data-site="12"><live-part name="announcements">{notes}</live-part></div>'
    page = bench.open(body, "mine.js")
    visible = page.locator(".notice:visible p")
    expect(visible).to_have_text(["note 1", "note 2"])
    page.locator("#announced-1 button").click()
    expect(visible).to_have_text(["note 2"])
    refresh(page, "announcements", notes)
    expect(visible).to_have_text(["note 2"])
    page.reload()
    expect(visible).to_have_text(["note 2"])
    page.locator("#announced-2 button").click()
    expect(page.locator(".announced")).to_be_hidden()


def test_a_reader_without_a_bridge_point_sees_what_is_for_all(bench: Bench) -> None:
    notes = f'<section class="announced" data-own-children>{note(1)}{note(2, "12 ")}</section>'
    page = bench.open(f'<div data-site=""><live-part name="announcements">{notes}</live-part></div>', "mine.js")
    expect(page.locator(".notice:visible p")).to_have_text(["note 1"])
