"""A paper reads the font's files and nothing else: no address of any kind, however it is written."""

import contextlib
import logging
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from printing.errors import PrintingFailed
from printing.press import Press
from tests.printing.measuring import texts
from tests.printing.minutes import order_for, render_minutes

CONSTRUCTS = {
    "img": '<img src="{url}">',
    "img srcset": '<img srcset="{url} 1x, {url} 2x">',
    "picture": '<picture><source srcset="{url}"><img src="{url}"></picture>',
    "input image": '<input type="image" src="{url}">',
    "link stylesheet": '<link rel="stylesheet" href="{url}">',
    "link icon": '<link rel="icon" href="{url}">',
    "link attachment": '<link rel="attachment" href="{url}">',
    "a attachment": '<a rel="attachment" href="{url}">x</a>',
    "base": '<base href="{url}"><img src="x.png"><link rel="stylesheet" href="x.css">',
    "meta refresh": '<meta http-equiv="refresh" content="0;url={url}">',
    "import": '<style>@import url("{url}");</style>',
    "import string": '<style>@import "{url}";</style>',
    "background": '<div style="background: url({url})">x</div>',
    "background attribute": '<table background="{url}"><tr><td background="{url}">x</td></tr></table>',
    "border image": '<div style="border: 1px solid; border-image-source: url({url})">x</div>',
    "mask": '<div style="mask-image: url({url}); mask: url({url})">x</div>',
    "shape": '<div style="float: left; shape-outside: url({url})">x</div>',
    "list style": '<ul style="list-style-image: url({url})"><li>x</ul>',
    "content": '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    "page margin": '<style>@page {{ @bottom-left {{ content: url("{url}") }} background: url("{url}") }}</style><p>x</p>',
    "cursor": '<div style="cursor: url({url}), auto">x</div>',
    "font face": '<style>@font-face {{ font-family: Other; src: url("{url}") }} p {{ font-family: Other }}</style><p>x</p>',
    "colour profile": '<style>@color-profile --own {{ src: url("{url}") }} p {{ color: color(--own 1 0 0) }}</style><p>x</p>',
    "iframe": '<iframe src="{url}"></iframe>',
    "frame": '<frameset><frame src="{url}"></frameset>',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "video": '<video src="{url}" poster="{url}"><source src="{url}"></video>',
    "audio": '<audio src="{url}"></audio>',
    "script": '<script src="{url}"></script>',
    "svg image": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg xlink image": '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="{url}" width="9" '
    'height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}#a"/></svg>',
    "svg xlink use": '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><use xlink:href="{url}#a"/></svg>',
    "svg paint": '<svg width="9" height="9"><rect width="9" height="9" fill="url({url}#a)" filter="url({url}#b)" '
    'mask="url({url}#c)" clip-path="url({url}#d)" marker-start="url({url}#e)"/></svg>',
    "svg pattern": '<svg width="9" height="9"><defs><linearGradient id="g" href="{url}#a"/><pattern id="p" href="{url}#b"/>'
    '</defs><rect width="9" height="9" fill="url(#g)"/><text><textPath href="{url}#c">x</textPath></text></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url("{url}"); @font-face {{ font-family: o; src: url("{url}") }}'
    '</style><text font-family="o">x</text></svg>',
    "svg foreign object": '<svg width="9" height="9"><foreignObject><img src="{url}"></foreignObject></svg>',
    "mathml": '<math><mglyph src="{url}"/></math>',
}


SECRET_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="50"><text y="20">GIAUKIN</text></svg>'
SECRET_CSS = "p::after { content: 'GIAUKIN' }"


class Listener:
    """Counts the connections to a port of this machine and answers none."""

    def __init__(self) -> None:
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.connections += 1

    def wait_for(self, number: int) -> bool:
        end = time.monotonic() + 5
        while self.connections < number and time.monotonic() < end:
            time.sleep(0.02)
        return self.connections == number

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def _words(press: Press, markup: str) -> str:
    """The text of a paper; nothing when the engine gives the paper up because of a refused address."""
    try:
        return "".join(texts(press.print(order_for(f"<p>Đầu</p>{markup}<p>Cuối</p>"))))
    except PrintingFailed:
        return ""


@pytest.mark.parametrize("scheme", ["http", "HTTP", "https", "ftp", ""])
def test_no_construct_opens_a_connection(press: Press, listener: Listener, scheme: str) -> None:
    for name, construct in CONSTRUCTS.items():
        _words(press, construct.format(url=f"{scheme}:".lstrip(":") + f"//127.0.0.1:{listener.port}/secret"))
        assert listener.connections == 0, f"{name} was fetched"


def test_no_construct_reads_a_file(press: Press, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(SECRET_SVG)
    (tmp_path / "secret.css").write_text(SECRET_CSS)
    for file in ("secret.svg", "secret.css"):
        address = (tmp_path / file).as_uri()
        for name, construct in CONSTRUCTS.items():
            assert "GIAUKIN" not in _words(press, construct.format(url=address)), f"{name} read {file}"


@pytest.mark.parametrize(("kind", "secret"), [("text/css", SECRET_CSS), ("image/svg+xml", SECRET_SVG)])
def test_data_in_an_address_is_not_taken_either(press: Press, kind: str, secret: str) -> None:
    address = f"data:{kind};base64,{b64encode(secret.encode()).decode()}"
    for name, construct in CONSTRUCTS.items():
        assert "GIAUKIN" not in _words(press, construct.format(url=address)), name


def test_the_secrets_would_be_seen_if_they_were_read(press: Press) -> None:
    assert "GIAUKIN" in _words(press, f"<style>{SECRET_CSS}</style>")
    assert "GIAUKIN" in _words(press, SECRET_SVG)


def test_the_listener_counts(listener: Listener) -> None:
    socket.create_connection(("127.0.0.1", listener.port), timeout=5).close()
    assert listener.wait_for(1)


def test_a_refused_address_is_in_the_log_and_the_paper_still_comes(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "printing"):
        pdf = press.print(order_for('<p>Còn đây</p><img src="file:///etc/hostname">'))
    assert "Còn đây" in texts(pdf)[0]
    assert "file:///etc/hostname" in caplog.text


def test_our_own_papers_ask_for_nothing(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "printing"):
        press.print(order_for(render_minutes(demonstration=True)))
    assert caplog.records == []
