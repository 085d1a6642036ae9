"""Makes the reading copy of a file nobody trusts: what it is, rebuilt or turned into pictures, checked, in child processes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Literal, cast

from copies import office
from copies.identifying import IMAGES, OFFICE, identify
from copies.refusals import Refused

CHILD = Path(__file__).with_name("child.py")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
BLOCK = 1 << 20
#: How the folders of copies that are being made begin.
MAKING = ".making-"


@dataclass(frozen=True)
class Limits:
    """What one paper may be (bytes, pages, bytes of its copy, characters of its text), and what making its copy may cost.

    `memory`: bytes of address space; `step`: seconds of a processor without one more page; `silence`: seconds by the clock
    without one more page, for a machine that is busy; `seconds`: all in all.
    """

    size: int = 400 * 1024 * 1024
    pages: int = 3000
    output: int = 1024 * 1024 * 1024
    characters: int = 20_000_000
    memory: int = 2048 * 1024 * 1024
    step: int = 8
    silence: int = 60
    seconds: int = 1800


LIMITS = Limits()


@dataclass(frozen=True)
class Made:
    """A reading copy that stands at its place. `texts`: one for each page; `contents`: [level, title, page] each.

    `removed`: words of copies/removals.py; `anchors`: where a reader's mark is hung on (copies/marking.py).
    """

    kind: str
    copy: Literal["rebuilt", "rasterised"]
    pages: int
    size: int
    sha256: str
    anchors: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    contents: list[list[Any]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


class _Lost(Exception):
    """A child ended without an answer; `word` says what is to be thought of that, `crashed` that another way may be tried."""

    def __init__(self, word: str, *, crashed: bool = False) -> None:
        super().__init__(word)
        self.word, self.crashed = word, crashed


def make_reading_copy(
    source: Path, name: str, target: Path, *, title: str = "", on_page: Callable[[int, int], None] | None = None,
    limits: Limits = LIMITS,
) -> Made:  # fmt: skip
    """Make the harmless PDF of a file at `target`, whole or not at all; raise Refused with a word of copies/refusals.py.

    `name`: as whoever uploaded it named it, of which only the ending is used. `on_page` hears (pages done, of how many), and
    may raise to stop. Blocks the calling thread: a second for a paper, minutes for a scan of thousands of pages.
    """
    _refuse_size(source, limits)
    kind = identify(source, name)
    try:
        with tempfile.TemporaryDirectory(
            prefix=f"{MAKING}{target.stem}.", dir=target.parent, ignore_cleanup_errors=True
        ) as place:
            folder = Path(place)
            os.chmod(folder, 0o700)
            return _make(source, kind, target, folder, title, on_page, limits)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused("disk") from None
        raise


def _make(
    source: Path, kind: str, target: Path, folder: Path, title: str, on_page: Callable[[int, int], None] | None, limits: Limits
) -> Made:  # fmt: skip
    material, task = source, "images" if kind in IMAGES else "pdf"
    if kind in OFFICE:
        converting = folder / "office"
        converting.mkdir()
        material = office.to_pdf(source, kind, converting)
        _refuse_size(material, limits)
    order = {
        "source": str(material.resolve()), "folder": str(folder.resolve()), "title": title, "kind": kind, "limits": asdict(limits)
    }  # fmt: skip
    try:
        said = _ask({**order, "task": task}, folder, on_page, limits)
    except _Lost as lost:
        if not (lost.crashed and task == "pdf"):
            raise Refused(lost.word) from None
        said = _ask_again({**order, "task": "pictures"}, folder, on_page, limits)
    return _put(said, kind, folder / "copy.pdf", target)


def _ask_again(order: dict[str, Any], folder: Path, on_page: Callable[[int, int], None] | None, limits: Limits) -> dict[str, Any]:
    """Turn every page into a picture, after a library broke down over the file itself."""
    try:
        return _ask(order, folder, on_page, limits)
    except _Lost as lost:
        raise Refused(lost.word) from None


def _refuse_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if not size:
        raise Refused("empty")
    if size > limits.size:
        raise Refused("huge")


def _put(said: dict[str, Any], kind: str, made: Path, target: Path) -> Made:
    """Believe a child only as far as its answer has the right shape, and put its file where it belongs."""
    if "refused" in said:
        raise Refused(str(said["refused"]))
    pages, copy = int(said["pages"]), "rebuilt" if said["copy"] == "rebuilt" else "rasterised"
    texts = [str(text) for text in said["texts"]]
    contents = [[int(level), str(words), int(page)] for level, words, page in said["contents"]]
    if pages < 1 or len(texts) != pages or made.is_symlink() or not made.is_file():
        raise Refused("broken")
    size, digest = made.stat().st_size, hashlib.sha256()
    with made.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
        os.fsync(stream.fileno())
    os.replace(made, target)
    return Made(
        kind=kind, copy=cast(Literal["rebuilt", "rasterised"], copy), pages=pages, size=size, sha256=digest.hexdigest(),
        anchors=dict(said["anchors"]), texts=texts, contents=contents, removed=[str(word) for word in said["removed"]],
    )  # fmt: skip


# The child


def _ask(order: dict[str, Any], folder: Path, on_page: Callable[[int, int], None] | None, limits: Limits) -> dict[str, Any]:
    """Return what a child says about its order; raise _Lost when it ends without a word."""
    for name in ("copy.pdf", "said.json", "work.pdf"):
        (folder / name).unlink(missing_ok=True)
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a library says of a file may hold its words
        env={**ENVIRONMENT, "TMPDIR": str(folder), "HOME": str(folder)},
        cwd=folder,
        start_new_session=True,
    )
    try:
        with contextlib.suppress(BrokenPipeError), cast(IO[bytes], child.stdin) as line:  # how it ended tells more
            line.write(json.dumps(order).encode())
        _listen(child, on_page, limits)
        code = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        raise _Lost("broken", crashed=True) from None
    finally:
        _end(child)
    return _answer(folder, code)


def _listen(child: subprocess.Popen[bytes], on_page: Callable[[int, int], None] | None, limits: Limits) -> None:
    """Hear of every page until the child closes its mouth; raise _Lost when it is silent for too long."""
    pipe = cast(IO[bytes], child.stdout)
    ends, rest = time.monotonic() + limits.seconds, b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            left = min(limits.silence, ends - time.monotonic())
            if left <= 0 or not waiting.select(left):
                raise _Lost("slow")
            heard = os.read(pipe.fileno(), 4096)
            if not heard:
                return
            *lines, rest = (rest[-100:] + heard).split(b"\n")
            words = lines[-1].split() if lines else []
            if on_page and len(words) == 2 and all(word.isdigit() and len(word) < 8 for word in words):
                on_page(int(words[0]), int(words[1]))


def _answer(folder: Path, code: int) -> dict[str, Any]:
    said = folder / "said.json"
    if code == 0 and said.is_file() and not said.is_symlink() and said.stat().st_size < 256 * BLOCK:
        try:
            return dict(json.loads(said.read_bytes()))
        except (ValueError, TypeError):
            raise _Lost("broken") from None
    if -code in (signal.SIGXCPU, signal.SIGKILL):
        raise _Lost("slow" if -code == signal.SIGXCPU else "stopped")
    if -code == signal.SIGXFSZ:
        raise _Lost("huge")
    raise _Lost("broken", crashed=True)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and all it may have started, whatever became of it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    cast(IO[bytes], child.stdout).close()


def forget(folder: Path, names: str) -> None:
    """Remove what a service that was killed in the middle of making copies of such names (they begin so) has left in a folder."""
    for left in folder.glob(f"{MAKING}{names}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(f"{names}*"):
        left.unlink(missing_ok=True)
