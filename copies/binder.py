"""The child that binds: one order as JSON on standard input, one answer as JSON on standard output, then it ends.

Run as `python -m copies.binder`. It reads reading copies only, which were made harmless before, and is closed off nevertheless.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import fontTools.subset  # what hanging needs, before the doors close
import fontTools.ttLib  # noqa: F401
import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from copies import hanging, marking  # noqa: F401
from copies.isolation import Limits, NotPossible, enclose, limit
from copies.numbering import number_pages

ROOT = Path(__file__).resolve().parent.parent
# On which page, where on it, to which page or name, how that is shown.
Link = tuple[int, list[float], int | str, list[Any]]


def main() -> NoReturn:
    """Take limits, bind, answer, end."""
    order = json.load(sys.stdin)
    limit(Limits(memory=order["memory"], seconds=order["seconds"], file=4 * 1024**3))
    with contextlib.suppress(NotPossible):
        beneath = [sys.prefix, sys.base_prefix, str(ROOT / "copies"), *(part["path"] for part in order["parts"])]
        enclose(reading=beneath, writing=[Path(order["target"]).parent])
    try:
        said = bind(order)
    except OSError:
        said = {"refused": "disk"}
    except MemoryError:
        said = {"refused": "huge"}
    except (pikepdf.PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        said = {"refused": "broken"}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
    os._exit(0)


def bind(order: dict[str, Any]) -> dict[str, Any]:
    """Return what was bound; or how many pages the front has, when that is not what was thought."""
    with contextlib.ExitStack() as opened:
        front = opened.enter_context(pikepdf.open(order["front"]))
        if len(front.pages) != order["front_pages"]:
            return {"front_pages": len(front.pages)}
        parts = [(part, opened.enter_context(pikepdf.open(part["path"]))) for part in order["parts"]]
        if any(len(source.pages) != part["pages"] for part, source in parts):
            raise ValueError("a part has other pages than was said")
        whole = opened.enter_context(pikepdf.new())
        begins = _put_together(whole, front, parts)
        _outline(whole, parts, begins, order["title"])
        number_pages(whole, after=1)
        marking.hang_on(whole, bound=True)
        whole.save(
            order["target"], linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True,
            compress_streams=True,
        )  # fmt: skip
        pages = len(whole.pages)
    target = Path(order["target"])
    return {"pages": pages, "size": target.stat().st_size, "anchors": marking.anchors_of(target)}


def _put_together(whole: Pdf, front: Pdf, parts: list[tuple[dict[str, Any], Pdf]]) -> dict[str, int]:
    """Append all pages and lead the links; return on which page, counted from 0, each target begins."""
    links = _largest(_links_of(front, 0))
    for page in front.pages:
        _append(whole, page)
    begins: dict[str, int] = {}
    for part, source in parts:
        at = begins[part["target"]] = len(whole.pages)
        links += _links_of(source, at)
        for page in source.pages:
            _append(whole, page)
    for page_number, box, goal, view in links:
        at = begins.get(goal, -1) if isinstance(goal, str) else goal
        if 0 <= at < len(whole.pages):
            _link(whole, page_number, box, at, view)
    return begins


def _largest(links: Iterable[Link]) -> list[Link]:
    """Leave one link of each target on a page: a line of the contents comes as a link for each of its boxes."""
    found: dict[tuple[int, int | str], Link] = {}
    for link in links:
        key = link[0], link[2]
        if key not in found or _area(link[1]) > _area(found[key][1]):
            found[key] = link
    return list(found.values())


def _area(box: list[float]) -> float:
    return abs((box[2] - box[0]) * (box[3] - box[1]))


def _append(whole: Pdf, page: Any) -> None:
    """Append a page without its links: they lead to pages of another file."""
    if "/Annots" in page:
        del page["/Annots"]
    whole.pages.append(page)


def _links_of(source: Pdf, shift: int) -> Iterator[Link]:
    """Yield the links within a file: on which page of the whole, where on it, to which page or name, how it is shown there."""
    numbers = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    for number, page in enumerate(source.pages):
        for link in page.get("/Annots", []):
            if link.get("/Subtype") != Name.Link:
                continue
            goal = link.get("/Dest", link.get("/A", Dictionary()).get("/D"))
            box = [float(side) for side in link.Rect]
            if isinstance(goal, pikepdf.String | Name):
                yield number + shift, box, str(goal).lstrip("/"), []
            elif isinstance(goal, Array) and len(goal) and goal[0].objgen in numbers:
                yield number + shift, box, numbers[goal[0].objgen] + shift, _view(goal)


def _view(goal: Array) -> list[Any]:
    """Return how a page is shown after a jump, in plain values."""
    return [str(one) if isinstance(one, Name) else None if one is None else float(one) for one in list(goal)[1:]]


def _link(whole: Pdf, number: int, box: list[float], goal: int, view: list[Any]) -> None:
    page = whole.pages[number]
    shown = [Name(one) if isinstance(one, str) else one for one in view] or [Name.Fit]
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, Border=[0, 0, 0], Dest=[whole.pages[goal].obj, *shown])
    )


def _outline(whole: Pdf, parts: list[tuple[dict[str, Any], Pdf]], begins: dict[str, int], title: str) -> None:
    """Item, paper, what the paper says of itself."""
    whole.Root.PageMode = Name.UseOutlines
    with whole.open_outline(max_depth=12) as outline:
        if title:
            outline.root.append(OutlineItem(title, 0))
        heading, under = "", outline.root
        for part, _source in parts:
            if part["heading"] != heading:
                heading = part["heading"]
                under = outline.root
                if heading:
                    item = OutlineItem(heading, begins[part["target"]])
                    outline.root.append(item)
                    under = item.children
            own = OutlineItem(part["title"], begins[part["target"]])
            under.append(own)
            _own_contents(own, part, begins[part["target"]])


def _own_contents(own: OutlineItem, part: dict[str, Any], at: int) -> None:
    path = [(0, own)]
    for level, title, page in part["contents"]:
        if not 1 <= page <= part["pages"]:
            continue
        while len(path) > 1 and path[-1][0] >= level:
            path.pop()
        item = OutlineItem(str(title), at + page - 1)
        item.is_closed = True
        path[-1][1].children.append(item)
        path.append((min(level, 8), item))


if __name__ == "__main__":
    main()
