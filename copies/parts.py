"""One XML part of an Office package: refused, or without what leads out of the package.

For child processes: the standard library alone. Names are compared without their prefixes, so that no prefix hides anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from copies.bounds import Bounds, Count, Unfit

Attributes = dict[str, str]
#: Elements whose address is only followed when somebody clicks; the PDF is rid of links later.
_CLICKED = {"a", "event-listener"}
#: Relationships that stay though they lead out: they too are followed by a click alone.
_CLICKED_TYPES = {"hyperlink"}
#: Relationships that go wherever they lead, by the last word of their type: what is there is not drawn, its picture beside is.
_DROPPED_TYPES = {
    "attachedtemplate", "mailmergesource", "mailmergeheadersource", "oleobject", "package", "control", "activexcontrolbinary",
    "vbaproject", "wordvbadata", "customui", "ui", "extensibility", "webextension", "taskpanes", "webextensiontaskpanes",
    "frame", "subdocument", "printersettings", "querytable", "connections", "customproperty", "audio", "video", "media",
}  # fmt: skip
_DDE = {"dde-source", "dde-connection-decl", "dde-link", "ddeLink"}
_REL_LEADS_OUT = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_LEADS_OUT = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]|\.\.)", re.IGNORECASE)
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "utf-16", "windows-1252", "windows-1258"}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENCODING_OF_TEXT = re.compile(r"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']")


def clean_xml(name: str, data: bytes, count: Count, bounds: Bounds) -> bytes:
    """Return a part as it may stay. Raises Unfit for entities, endless depth, macros, passwords, sheets without end."""
    if not data.strip():
        return data
    data = _in_utf8(data)
    if name.lower().endswith(".rels"):
        return _relationships(data, count)
    seen = _Seen(name, count, bounds)
    _parse(data, seen.begin, seen.end, declared=seen.declared)
    return _without_ways_out(data) if seen.leads_out else data


def _in_utf8(data: bytes) -> bytes:
    """Return XML in UTF-8, so that no other reader understands something else."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            text = data.decode("utf-16" if marked else "utf-16-be" if data[0] == 0 else "utf-16-le")
        except UnicodeDecodeError:
            raise Unfit("broken") from None
        return _ENCODING_OF_TEXT.sub(r"\1", text, count=1).encode()
    declared = _DECLARED.match(data[:300].removeprefix(b"\xef\xbb\xbf"))
    if declared and declared.group(1).decode().lower() not in _ENCODINGS:
        raise Unfit("broken")
    return data


def _parse(
    data: bytes,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
    declared: Callable[..., None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = _refuse_entity
    if declared is not None:
        parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Unfit("broken") from None


def _refuse_entity(*_: object) -> None:
    raise Unfit("bomb")


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


class _Seen:
    """What the elements of one part tell while they pass."""

    def __init__(self, name: str, count: Count, bounds: Bounds) -> None:
        self.leads_out = False
        self._is_list = name.lower() == "[content_types].xml"
        self._is_sheet = False
        self._count, self._bounds = count, bounds
        self._depth = 0
        self._repeated = 1
        self._row_holds = False

    def begin(self, element: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > self._bounds.depth:
            raise Unfit("bomb")
        kind = _bare(element)
        if self._depth == 1:
            self._is_sheet = kind == "worksheet"
        if self._is_sheet:
            self._cell_of_sheet(kind)
        else:
            self._element(kind, attributes)

    def end(self, _element: str) -> None:
        self._depth -= 1

    def declared(self, _name: str, _system: str | None, _public: str | None, _inside: int) -> None:
        """A document type points out of the part: it goes. Entities in it are refused on their own."""
        self.leads_out = True

    def _element(self, kind: str, attributes: Attributes) -> None:
        if kind in ("altChunk", "subDoc"):
            raise Unfit("broken")  # another file within: its own program takes it in when it saves again
        if kind == "encryption-data":
            raise Unfit("encrypted")
        if kind in _DDE:
            self.leads_out = True
        elif kind == "table-row":
            self._repeated = _whole(attributes, "number-rows-repeated")
            self._row_holds = False
        elif kind == "table-cell" and any(_bare(key) == "value-type" for key in attributes):
            self._hold(_whole(attributes, "number-columns-repeated") * self._repeated, self._repeated)
        if self._is_list and any("macroenabled" in value.lower() for value in attributes.values()):
            raise Unfit("macro")
        if kind not in _CLICKED and any(_bare(key) == "href" and _LEADS_OUT.match(value) for key, value in attributes.items()):
            self.leads_out = True

    def _cell_of_sheet(self, kind: str) -> None:
        if kind == "row":
            self._row_holds = False
        elif kind in ("v", "is"):
            self._hold(1, 1)

    def _hold(self, cells: int, rows: int) -> None:
        """Count cells that hold something. So many rows are more pages than anybody reads."""
        self._count.cells += cells
        if not self._row_holds:
            self._count.rows += rows
            self._row_holds = True
        if self._count.cells > self._bounds.cells or self._count.rows > self._bounds.rows:
            raise Unfit("pages")


def _whole(attributes: Attributes, name: str) -> int:
    value = next((value for key, value in attributes.items() if _bare(key) == name), "1")
    return min(int(value), 1 << 24) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _without_ways_out(data: bytes) -> bytes:
    """Return a part without the addresses that lead out of the package, and without its links to other programs."""
    parts: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    skipped = 0

    def begin(element: str, attributes: Attributes) -> None:
        nonlocal skipped
        if skipped or _bare(element) in _DDE:
            skipped += 1
            return
        clicked = _bare(element) in _CLICKED
        kept = (pair for pair in attributes.items() if clicked or _bare(pair[0]) != "href" or not _LEADS_OUT.match(pair[1]))
        parts.append(f"<{element}" + "".join(f" {key}={quoteattr(value)}" for key, value in kept) + ">")

    def end(element: str) -> None:
        nonlocal skipped
        if skipped:
            skipped -= 1
        else:
            parts.append(f"</{element}>")

    def text(words: str) -> None:
        if not skipped:
            parts.append(escape(words))

    _parse(data, begin, end, text)
    return "".join(parts).encode()


def _relationships(data: bytes, count: Count) -> bytes:
    """Return a list of relationships without those that lead out or to other programs."""
    kept: list[str] = []

    def begin(element: str, attributes: Attributes) -> None:
        if _bare(element) != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        if kind == "afchunk":
            raise Unfit("broken")
        out = attributes.get("TargetMode", "").lower() == "external" or _REL_LEADS_OUT.match(attributes.get("Target", ""))
        if kind in _DROPPED_TYPES or (out and kind not in _CLICKED_TYPES):
            count.dropped.add(kind)
            return
        named = ((key, value) for key, value in attributes.items() if key in ("Id", "Type", "Target", "TargetMode"))
        kept.append("<Relationship" + "".join(f" {key}={quoteattr(value)}" for key, value in named) + "/>")

    _parse(data, begin, lambda _element: None)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{space}">{"".join(kept)}</Relationships>'.encode()
