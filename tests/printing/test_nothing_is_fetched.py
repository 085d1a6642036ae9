"""A paper reads the font's files and nothing else: no address of any kind, however it is written (promise 23)."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import threading
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

import pytest

from printing.errors import PrintingFailed
from printing.press import Press
from printing.profiles import HD36_2018
from printing.word import docx
from printing.worker import ROOT
from tests.printing.constructs import CONSTRUCTS, papers
from tests.printing.measuring import texts
from tests.printing.minutes import ABOUT, order_for, render_minutes

SECRET_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="50"><text y="20">GIAUKIN</text></svg>'
SECRET_CSS = "p::after { content: 'GIAUKIN' }"


class Trap:
    """A server on this machine: answers what would be seen on a paper, sends on to another address, remembers who came."""

    def __init__(self) -> None:
        trap, self.asked = self, []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.asked.append(self.path)
                if "redirect" in self.path:
                    self.send_response(302)
                    self.send_header("Location", f"http://127.0.0.1:{trap.port}/secret.svg")
                    self.end_headers()
                    return
                kind, body = ("text/css", SECRET_CSS) if "css" in self.path else ("image/svg+xml", SECRET_SVG)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.connections = 0
        accept = self._server.get_request

        def counted() -> tuple[object, object]:
            self.connections += 1
            return accept()

        self._server.get_request = counted  # type: ignore[assignment,method-assign]
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.close()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the secrets in it."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "secret.svg").write_text(SECRET_SVG)
    (folder / "secret.css").write_text(SECRET_CSS)
    return folder


def _addresses(trap: Trap, here: Path) -> dict[str, str]:
    """An address of each kind; at the end of each waits a secret that would be seen on the paper."""
    place = f"127.0.0.1:{trap.port}"
    return {
        "http": f"http://{place}/secret.svg",
        "https": f"https://{place}/secret.svg",
        "redirect": f"http://{place}/redirect",
        "ftp": f"ftp://{place}/secret.svg",
        "no scheme": f"//{place}/secret.svg",
        "file": (here / "secret.svg").as_uri(),
        "file of styles": (here / "secret.css").as_uri(),
        "relative": "tests/printing/secret.svg",
        "data": f"data:image/svg+xml;base64,{b64encode(SECRET_SVG.encode()).decode()}",
        "data of styles": f"data:text/css;base64,{b64encode(SECRET_CSS.encode()).decode()}",
    }


KINDS = ("http", "https", "redirect", "ftp", "no scheme", "file", "file of styles", "relative", "data", "data of styles")


def _words(press: Press, markup: str) -> str:
    """The text of a paper; nothing when the engine gives the paper up because of a refused address."""
    try:
        return "".join(texts(press.print(order_for(markup))))
    except PrintingFailed:
        return ""


@pytest.mark.parametrize("kind", KINDS)
def test_no_construct_fetches_an_address(press: Press, trap: Trap, here: Path, kind: str) -> None:
    before = trap.connections
    assert len(CONSTRUCTS) >= 60
    for markup in papers(_addresses(trap, here)[kind]):
        assert "GIAUKIN" not in _words(press, f"<p>Đầu</p>{markup}<p>Cuối</p>")
    assert trap.connections == before, trap.asked[-5:]


def test_the_paper_of_all_constructs_still_comes(press: Press, trap: Trap) -> None:
    shown = _words(press, f"<p>Đầu</p>{papers(f'http://127.0.0.1:{trap.port}/x')[0]}<p>Cuối</p>")
    assert "Đầu" in shown
    assert "Cuối" in shown


BARE = """
import logging, sys
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
from weasyprint import HTML
from tests.printing.constructs import ALONE, CONSTRUCTS
live = [construct for name, construct in CONSTRUCTS.items() if name not in ALONE]
pages = [construct.format(url=f"{sys.argv[1]}/{at}/secret.svg") for at, construct in enumerate(live)]
for at in range(0, len(pages), 6):
    try:
        HTML(string="".join(pages[at : at + 6])).write_pdf()
    except Exception:  # it cannot bear what the trap answers; what it has asked for is counted
        pass
"""


def test_without_our_fetcher_many_of_them_are_fetched(trap: Trap) -> None:
    """The constructs are live ones and the trap counts: WeasyPrint as it comes falls for them."""
    before = len(trap.asked)
    subprocess.run(
        [sys.executable, "-c", BARE, f"http://127.0.0.1:{trap.port}"], cwd=ROOT, capture_output=True, timeout=60, check=True
    )
    reached = {path.split("/")[1] for path in trap.asked[before:]}
    assert len(reached) >= 20


def test_the_secrets_would_be_seen_if_they_were_read(press: Press) -> None:
    assert "GIAUKIN" in _words(press, f"<style>{SECRET_CSS}</style><p>x</p>")
    assert "GIAUKIN" in _words(press, SECRET_SVG)


def test_a_word_file_takes_nothing_from_an_address_either(trap: Trap, here: Path) -> None:
    before = trap.connections
    for address in _addresses(trap, here).values():
        made = docx(f"<p>Đầu</p>{papers(address)[0]}", HD36_2018, ABOUT)
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            parts = {name: package.read(name).decode() for name in package.namelist()}
        assert "GIAUKIN" not in "".join(parts.values())
        assert not any(str(trap.port) in text for name, text in parts.items() if name.endswith(".rels"))
    assert trap.connections == before


SPY = """
import sys
opened = []
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" else None)
from pathlib import Path
from printing import fonts, child
from printing.order import Order
from printing.pdf import make_pdf
order = Order.decode(sys.stdin.buffer.read())
make_pdf(order, fonts.DIRECTORY)
opened.clear()
make_pdf(order, fonts.DIRECTORY)
print(*opened, sep="\\n")
"""


#: The colour profile that PDF/A asks for; it comes with the library.
COLOURS = str(files("weasyprint.pdf") / "sRGB2014.icc")


def test_while_a_paper_is_printed_no_file_is_opened_but_the_fonts_and_the_colour_profile(here: Path, tmp_path: Path) -> None:
    markup = papers((here / "secret.svg").as_uri())[0]
    done = subprocess.run(
        [sys.executable, "-c", SPY],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        input=order_for(markup).encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    opened = [name for name in done.stdout.decode().splitlines() if name]
    assert [name for name in opened if "secret" in name] == []
    assert COLOURS in opened
    assert {name for name in opened if "LiberationSerif" not in name and not name.startswith(f"{tmp_path}/")} == {COLOURS}


@pytest.mark.parametrize(
    "code",
    [
        "open('/etc/hostname').read()",
        "open('/etc/passwd', 'rb').read()",
        "open('var/anything', 'w')",
        "open('/tmp/elsewhere', 'w')",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
        "__import__('subprocess').run(['true'])",
        "__import__('os').system('true')",
    ],
)
def test_the_child_itself_may_do_none_of_it(code: str) -> None:
    """The second lock, behind the address filter."""
    watch = (
        "import sys, tempfile; from pathlib import Path; from printing.child import _Watch; import socket, subprocess\n"
        "tempfile.tempdir = '/tmp/diemcau-press-own'\n"
        "sys.addaudithook(_Watch(Path('/usr/share/fonts/truetype/liberation2')))\n"
    )
    done = subprocess.run([sys.executable, "-c", watch + code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PermissionError: the press" in done.stderr


def test_a_refused_address_is_in_the_log_without_the_papers_words_and_the_paper_still_comes(
    press: Press, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "printing"):
        pdf = press.print(order_for('<p>Còn đây</p><img src="file:///etc/hostname">'))
    assert "Còn đây" in texts(pdf)[0]
    assert "Failed to load image" in caplog.text
    assert "hostname" not in caplog.text
    assert ABOUT.title not in caplog.text


def test_our_own_papers_ask_for_nothing(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "printing"):
        press.print(order_for(render_minutes(demonstration=True)))
    assert caplog.records == []
