"""What the child of copies/making.py does with its order: rebuild, picture what must be, hang the mark on, save, look again."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any, Protocol

import pikepdf

from copies import hanging, images, marking, rasterising, rebuilding, scanning, texts
from copies.rasterising import GLANCE, Unopenable
from copies.rebuilding import Rebuilt, Unbuildable
from copies.refusals import Refused

#: What is read while a copy is made, besides the file itself.
NEEDED = [hanging.FONT]
#: Pages of a paper that are compared with the original, besides those whose look is uncertain.
SAMPLE, UNCERTAIN = 6, 40


class Steps(Protocol):
    """Who counts the pages."""

    def page(self, number: int, total: int) -> None:
        """Hear that a page is done."""

    def breathe(self) -> None:
        """Begin another step."""


def work(order: dict[str, Any], pace: Steps) -> dict[str, Any]:
    """Make the copy an order asks for; return what is said of it. Raises Refused."""
    source, folder, limits = Path(order["source"]), Path(order["folder"]), order["limits"]
    title, target = str(order["title"]), folder / "copy.pdf"
    if order["task"] == "images":
        return _pictures_of_images(source, str(order["kind"]), title, target, limits, pace)
    if order["task"] == "pdf":
        try:
            return _rebuilt(source, title, target, limits, pace)
        except (Refused, MemoryError, OSError):
            raise
        except Exception:  # whatever a hostile file makes of a library: the other one may still draw its pages
            target.unlink(missing_ok=True)
            gc.collect()
    return _pictured(source, title, target, limits, pace)


def _pictures_of_images(
    source: Path, kind: str, title: str, target: Path, limits: dict[str, int], pace: Steps
) -> dict[str, Any]:  # fmt: skip
    pdf, removed = images.bind_images(source, kind, title=title, most=limits["pages"], on_page=pace.page)
    found = [""] * len(pdf.pages)
    return {**_save(pdf, target, pace), "copy": "rasterised", "texts": found, "contents": [], "removed": removed}


def _rebuilt(source: Path, title: str, target: Path, limits: dict[str, int], pace: Steps) -> dict[str, Any]:
    made = rebuilding.rebuild(source, title=title, most=limits["pages"], on_page=pace.page)
    total, draft = len(made.pdf.pages), target.with_name("work.pdf")
    _write(made.pdf, draft, linearize=False)
    pace.breathe()
    with rasterising.opened(draft) as fresh:
        if len(fresh) != total:
            raise Unbuildable
        found = texts.texts_of(fresh, most=limits["characters"], on_page=lambda number: pace.page(total + number, 2 * total))
        _picture_what_differs(source, made, fresh, found, pace)
    draft.unlink()
    said = _save(made.pdf, target, pace)
    pace.page(2 * total, 2 * total)
    if made.pictured:
        made.removed.add("pictures")
    copy = "rasterised" if len(made.pictured) == total else "rebuilt"
    return {**said, "copy": copy, "texts": found, "contents": made.contents, "removed": sorted(made.removed)}


def _picture_what_differs(source: Path, made: Rebuilt, fresh: Any, found: list[str], pace: Steps) -> None:
    """Turn into pictures what could not be rebuilt, and what does not look as it did: the original is drawn, and looked at."""
    total = len(found)
    try:
        with rasterising.opened(source, with_forms=True) as original:
            if len(original) != total:
                if made.pictured:
                    raise Unbuildable
                return
            wanted = {number * (total - 1) // (SAMPLE - 1) for number in range(SAMPLE)} | set(sorted(made.uncertain)[:UNCERTAIN])
            differing = {number for number in wanted - made.pictured - made.filled if not _is_like(original, fresh, number, pace)}
            if differing - made.uncertain:
                differing |= {
                    number
                    for number in set(range(total)) - wanted - made.pictured - made.filled
                    if not _is_like(original, fresh, number, pace)
                }
            made.pictured |= differing
            for number in sorted(made.pictured):
                rasterising.put_picture(made.pdf, number, *rasterising.picture_of(original, number))
                found[number] = texts.text_of(original, number)
                pace.breathe()
    except Unopenable:
        if made.pictured:
            raise Unbuildable from None


def _is_like(original: Any, fresh: Any, number: int, pace: Steps) -> bool:
    pace.breathe()
    one, _width, _height = rasterising.picture_of(original, number, dots=GLANCE)
    other, _width, _height = rasterising.picture_of(fresh, number, dots=GLANCE)
    return rasterising.look_alike(one, other)


def _pictured(source: Path, title: str, target: Path, limits: dict[str, int], pace: Steps) -> dict[str, Any]:
    """Turn every page into a picture: of a file that cannot be rebuilt, but that the second parser still draws."""
    try:
        with rasterising.opened(source, with_forms=True) as original:
            total = len(original)
            if not total:
                raise Refused("broken")
            if total > limits["pages"]:
                raise Refused("pages")
            pdf, found = pikepdf.new(), []
            for number in range(total):
                pdf.add_blank_page()
                rasterising.put_picture(pdf, number, *rasterising.picture_of(original, number))
                found.append(texts.text_of(original, number))
                pace.page(number + 1, total)
    except Unopenable:
        raise Refused("broken") from None
    if title:
        pdf.docinfo["/Title"] = title
    said = _save(pdf, target, pace)
    return {**said, "copy": "rasterised", "texts": found, "contents": [], "removed": ["pictures"]}


def _save(pdf: pikepdf.Pdf, target: Path, pace: Steps) -> dict[str, Any]:
    """Hang the mark on, write the copy in the order in which it is read, and look it over with another parser."""
    total = len(pdf.pages)
    marking.hang_on(pdf)
    pace.breathe()
    _write(pdf, target, linearize=True)
    pace.breathe()
    try:
        seen = scanning.scan(target)
    except (scanning.Unsound, ValueError):
        raise Unbuildable from None
    with rasterising.opened(target) as again:
        if seen.forbidden or seen.pages != total or len(again) != total:
            raise Unbuildable
    return {"pages": total, "anchors": marking.anchors_of(target)}


def _write(pdf: pikepdf.Pdf, target: Path, *, linearize: bool) -> None:
    pdf.save(
        target, linearize=linearize, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized, force_version="1.7", deterministic_id=True,
    )  # fmt: skip
