"""The pages of a copy as a tree with short branches; in a child process only.

pdf.js looks for the last page of a file before it shows the first. In a flat list it fetches every page for that, and with them
nearly the whole of a long scan; along branches it fetches the two of the last one.
"""

from __future__ import annotations

from typing import Any

LEAVES = 2  # pages at the end of a branch
BRANCHES = 8
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def branch_out(pdf: Any) -> None:
    """Hang the pages of a pikepdf.Pdf into such a tree. Call it last: adding a page makes the list flat again."""
    pages = [page.obj for page in pdf.pages]
    if len(pages) <= BRANCHES:
        return
    for page in pages:
        _take_what_is_inherited(page)
    row, at_most = [(page, 1) for page in pages], LEAVES
    while len(row) > BRANCHES:
        row = [_branch(pdf, row[at : at + at_most]) for at in range(0, len(row), at_most)]
        at_most = BRANCHES
    _fill(pdf.Root.Pages, row)


def _take_what_is_inherited(page: Any) -> None:
    for key in INHERITED:
        node, depth = page, 0
        while node is not None and key not in node and depth < 64:
            node, depth = node.get("/Parent"), depth + 1
        if node is not None and key in node and key not in page:
            page[key] = node[key]


def _branch(pdf: Any, kids: list[tuple[Any, int]]) -> tuple[Any, int]:
    from pikepdf import Dictionary, Name

    node = pdf.make_indirect(Dictionary(Type=Name.Pages))
    return node, _fill(node, kids)


def _fill(node: Any, kids: list[tuple[Any, int]]) -> int:
    from pikepdf import Array

    count = sum(pages for _, pages in kids)
    node.Kids, node.Count = Array([kid for kid, _ in kids]), count
    for kid, _ in kids:
        kid.Parent = node
    return count
