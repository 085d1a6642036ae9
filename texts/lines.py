"""Rich text as plain text and back: what people write where no editor runs.

A line is a paragraph. `# ` and `## ` begin headings, `- ` an item of a list, `1. ` of a numbered one (where `2. ` follows); what
is indented by two spaces belongs to the item above. Two lines with ` | ` between their cells, or any line that begins and ends
with a bar, are a table whose first row is its heading; in it `<` is a place merged with the one before, `^` with the one above.
`↵` ends a line within a paragraph or a cell. A backslash takes the meaning of such a sign away. Bold, italic and alignment are
not told.
"""

from __future__ import annotations

import re
from itertools import pairwise

from texts.editor import checked
from texts.inline import BREAK, Run, inline
from texts.letters import composed
from texts.nodes import LETTERS, LISTS, NODES, SLOTS, Doc, Node, Refused, document, heading, inside, listing, paragraph, words_of
from texts.tables import Cell, cells_of, table

_LEVELS, _LEVELS_IN_CELLS = 5, 3  # of lists; deeper ones are brought up
_LONGEST = 3 * LETTERS  # with all signs and spaces
_LINES = NODES + SLOTS
_ITEM = re.compile(r"(?:- |([1-9]\d{0,3})\. )")
_HEADING = re.compile(r"(##?) ")
_BAR = re.compile(r"\\.|\|", re.DOTALL)
_RETURN = re.compile(r"\\.|[ ]?↵[ ]?", re.DOTALL)
_SPECIAL = r"\\|<^#\-0-9↵"
_MEANT = re.compile(rf"\\([{_SPECIAL}])")
_MISTAKEN = re.compile(rf"\\(?=[{_SPECIAL}])")
LEFT, ABOVE = "<", "^"


# --- writing


def plain(doc: Doc) -> str:
    """Return a document as plain text that `from_plain` reads back."""
    return "\n".join(_lines(inside(doc)))


def _lines(blocks: list[Node], *, in_cell: bool = False) -> list[str]:
    made: list[str] = []
    for before, block in pairwise([None, *blocks]):
        if block is None:
            continue
        lines = _of_block(block, in_cell)
        if before and before["type"] in (*LISTS, "table") and block["type"] in (*LISTS, "table"):
            made.append("")
        if before and _follows(made, lines[0]):  # what is no list must not be read as one
            if block["type"] == "paragraph":
                lines = [f"\\{lines[0]}"]
            elif before["type"] == "paragraph":
                made[-1] = f"\\{made[-1]}"
        made += lines
    return made


def _follows(made: list[str], line: str) -> bool:
    """Whether a line that begins with a number would be read as one list with what stands before it."""
    above = next((one for one in reversed(made) if one and not one.startswith(" ")), "")
    last, found = _number_of(above), _number_of(line)
    return bool(last and found == last + 1)


def _of_block(block: Node, in_cell: bool) -> list[str]:
    kind = block["type"]
    if kind == "table":
        return _of_table(block)
    if kind in LISTS:
        order = (block.get("attrs") or {}).get("order", 1) if kind == "ordered_list" else None
        return [line for number, item in enumerate(inside(block)) for line in _of_item(item, order, number, in_cell)]
    line = _joined(_escaped(words_of(block)).split("\n"))
    if not in_cell and _is_row(line):
        line = line.replace("|", "\\|")
    if kind == "heading":
        return ["#" * int(block["attrs"]["level"]) + " " + line]
    return [f"\\{line}" if line.startswith(("- ", "# ", "## ")) else line]


def _of_item(item: Node, order: int | None, number: int, in_cell: bool) -> list[str]:
    sign = "- " if order is None else f"{order + number}. "
    first, *others = _lines(inside(item), in_cell=in_cell)
    return [sign + first, *(f"  {line}" if line else "" for line in others)]


def _escaped(words: str) -> str:
    return _MISTAKEN.sub(r"\\\\", words).replace("↵", "\\↵")


def _joined(lines: list[str]) -> str:
    return " ↵ ".join(lines)


def _of_table(node: Node) -> list[str]:
    rows = cells_of(node)
    width = sum(cell.colspan for cell in rows[0])
    grid = [[""] * width for _row in rows]
    for cell in (cell for row in rows for cell in row):
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                grid[row][column] = LEFT if column > cell.column else ABOVE
        words = _joined([line.replace("|", "\\|") for line in _lines(cell.content, in_cell=True) if line])
        grid[cell.row][cell.column] = f"\\{words}" if words in (LEFT, ABOVE) else words
    bare = [" | ".join(row) for row in grid]
    clear = len(bare) > 1 and width > 1 and all(row[0] and row[-1] for row in grid)
    return bare if clear else [f"| {line} |" for line in bare]


# --- reading


def read(text: str) -> Doc:
    """Return the document of plain text."""
    if len(text) > _LONGEST:
        raise Refused("too_long")
    lines = [line.rstrip() for line in composed(text).splitlines()]
    if sum(1 for line in lines if line) > _LINES:
        raise Refused("too_many")
    return checked(document(_blocks(lines, _LEVELS)))


def _blocks(lines: list[str], levels: int, *, tables: bool = True) -> list[Node]:
    made: list[Node] = []
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if not line:
            at += 1
        elif tables and (end := _end_of_table(lines, at)):
            made += [one] if (one := _table(lines[at:end])) else []
            at = end
        elif levels and (end := _end_of_list(lines, at)):
            made.append(_list(lines[at:end], levels))
            at = end
        else:
            found = _HEADING.match(line) if tables else None
            words = inline(_runs(line[found.end() :] if found else line))
            if words:
                made.append(heading(len(found[1]), *words) if found else paragraph(*words))
            at += 1
    return made


def _runs(line: str) -> list[Run]:
    parts = _split(line, _RETURN)
    return [run for part in parts for run in (Run(BREAK), Run(_MEANT.sub(r"\1", part)))][1:]


def _split(line: str, sign: re.Pattern[str]) -> list[str]:
    """Divide a line at a sign, but not where a backslash stands before it."""
    parts, start = [], 0
    for found in sign.finditer(line):
        if not found[0].startswith("\\"):
            parts.append(line[start : found.start()])
            start = found.end()
    return [*parts, line[start:]]


# --- lists


def _number_of(line: str) -> int | None:
    """The number an item bears, 0 for a hyphen, nothing where no item begins."""
    found = _ITEM.match(line)
    return int(found[1] or 0) if found else None


def _end_of_list(lines: list[str], at: int) -> int:
    """Where the list ends that begins here; 0: none begins."""
    number = _number_of(lines[at])
    if number is None:
        return 0
    ends = [_end_of_item(lines, at)]
    while ends[-1] < len(lines) and _number_of(lines[ends[-1]]) == (number and number + len(ends)):
        ends.append(_end_of_item(lines, ends[-1]))
    return 0 if number and len(ends) == 1 else ends[-1]


def _end_of_item(lines: list[str], at: int) -> int:
    end = at + 1
    for number in range(at + 1, len(lines)):
        if lines[number].startswith("  "):
            end = number + 1
        elif lines[number]:
            break
    return end


def _list(lines: list[str], levels: int) -> Node:
    order = _number_of(lines[0])
    items, at = [], 0
    while at < len(lines):
        end = _end_of_item(lines, at)
        first = lines[at][_ITEM.match(lines[at]).end() :]  # type: ignore[union-attr]  # it begins an item
        items.append(_item(first, [line[2:] for line in lines[at + 1 : end]], levels - 1))
        at = end
    return listing(items, order=order or None)


def _item(first: str, others: list[str], levels: int) -> list[Node]:
    if not levels:
        others = [line.strip() for line in others]
    return [paragraph(*inline(_runs(first))), *_blocks(others, levels, tables=False)]


# --- tables


def _is_row(line: str) -> bool:
    bars = [found.start() for found in _BAR.finditer(line) if found[0] == "|"]
    padded = f" {line} "
    return _is_barred(line, bars) or any(padded[bar : bar + 3] == " | " for bar in bars)


def _is_barred(line: str, bars: list[int]) -> bool:
    return len(bars) > 1 and bars[0] == 0 and bars[-1] == len(line) - 1


def _end_of_table(lines: list[str], at: int) -> int:
    end = at
    while end < len(lines) and _is_row(lines[end].strip()):
        end += 1
    first = lines[at].strip()
    barred = end > at and _is_barred(first, [found.start() for found in _BAR.finditer(first) if found[0] == "|"])
    return end if barred or end > at + 1 else 0


def _table(lines: list[str]) -> Node | None:
    grid = [_cells(line.strip()) for line in lines]
    rows: list[list[Cell]] = []
    owners: list[list[Cell]] = []
    for number, words in enumerate(grid):
        rows.append([])
        owners.append([])
        for column, word in enumerate(words):
            owner = _owner(owners, column, words)
            if owner is None:
                owner = Cell(_in_cell(word), is_header=number == 0, row=number, column=column)
                rows[-1].append(owner)
            owners[-1].append(owner)
    return table(rows)


def _cells(line: str) -> list[str]:
    parts = _split(line, _BAR)
    if len(parts) > 2 and not parts[0].strip() and not parts[-1].strip():
        parts = parts[1:-1]
    return [part.strip() for part in parts]


def _owner(owners: list[list[Cell]], column: int, words: list[str]) -> Cell | None:
    """The cell a merged place of the last row belongs to; nothing for a cell of its own. A merge is a rectangle, or none."""
    row = len(owners) - 1
    if words[column] == LEFT and column:
        cell = owners[row][column - 1]
        if cell.row == row:
            cell.colspan = column - cell.column + 1
            return cell
        return cell if column < cell.column + cell.colspan else None
    if words[column] == ABOVE and row and column < len(owners[row - 1]):
        cell = owners[row - 1][column]
        rest = words[column + 1 : column + cell.colspan]
        if cell.column == column and len(rest) == cell.colspan - 1 and all(word == LEFT for word in rest):
            cell.rowspan = row - cell.row + 1
            return cell
    return None


def _in_cell(words: str) -> list[Node]:
    return [] if words in (LEFT, ABOVE) else _blocks(_split(words, _RETURN), _LEVELS_IN_CELLS, tables=False)
