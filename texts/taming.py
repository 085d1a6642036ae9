"""HTML tamed before it is read: in one pass, whatever it holds, then by nh3; what comes out is balanced and not deep.

The pass takes time in proportion to the length, for hostile HTML too: what browsers do with unclosed or misnested tags can take
the square of it, so nothing but known tags, each closed where it must be, reaches nh3.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import nh3

from texts.nodes import LARGEST, LETTERS, Refused

BLOCK = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "address", "section", "article", "header", "footer",
    "main", "aside", "nav", "figure", "figcaption", "center", "dl", "dt", "dd", "form", "fieldset", "details", "summary",
    "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "hr",
))  # fmt: skip
INLINE = frozenset((
    "b", "strong", "i", "em", "span", "font", "a", "u", "s", "del", "ins", "sub", "sup", "small", "big", "code", "cite", "q",
    "abbr", "mark", "tt", "var", "kbd", "samp", "label", "br",
))  # fmt: skip
_VOID = frozenset(("br", "hr"))
_SILENT = frozenset((  # what stands in them is no text
    "script", "style", "title", "textarea", "select", "svg", "math", "template", "iframe", "object", "embed", "applet",
    "noscript", "noembed", "noframes", "xmp", "plaintext", "audio", "video", "canvas", "xml", "map", "datalist", "head",
    "button", "frameset",
))  # fmt: skip
_ATTRIBUTES = frozenset(("class", "style", "align", "colspan", "rowspan", "start"))
_DEEPEST = 60  # tags within tags; what is deeper loses its tags, not its words
_TAGS = 150_000  # of a source; a table of 15,000 cells from Word has 120,000
_TEXT = 2 * LETTERS  # letters of a source; some are left out later

_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+)?+)?+)*+)>"
)
_ATTRIBUTE = re.compile(r"([^\s/>=\"']++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+))")
_SPACE = re.compile(r"\s+")
_RULE = re.compile(r"\.([\w-]{1,40})\s*\{([^{}]{0,2000})\}")


@dataclass(slots=True)
class Element:
    """A tag with what is in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    is_end: bool
    attrs: dict[str, str]


def tree(source: str) -> tuple[Element, dict[str, str]]:
    """Return what is left of HTML, and the declarations of its classes (Excel says with them what is bold)."""
    if len(source) > LARGEST or source.count("<") > 2 * _TAGS:
        raise Refused("too_big")
    rules: dict[str, str] = {}
    tamed = "".join(_tamed(_tokens(source.replace("\0", "").encode("utf-8", "ignore").decode(), rules)))
    clean = nh3.clean(
        tamed,
        tags=set(BLOCK | INLINE),
        attributes={"*": set(_ATTRIBUTES)},
        clean_content_tags={"script", "style"},
        link_rel=None,
        strip_comments=True,
    )
    return _grown(_tokens(clean, {})), rules


# --- one pass over the letters


def _tokens(source: str, rules: dict[str, str]) -> Iterator[_Tag | str]:
    """Tags and the text between them; comments, instructions and what stands in silent elements are left out."""
    at, end = 0, len(source)
    while at < end:
        sign = source.find("<", at)
        if sign < 0:
            yield source[at:]
            return
        if sign > at:
            yield source[at:sign]
        if source.startswith("<!--", sign):
            at = _after(source, "-->", sign + 2)
        elif source.startswith(("<!", "<?"), sign):
            at = _after(source, ">", sign)
        elif found := _TAG.match(source, sign):
            at = found.end()
            name = found[2].lower()
            if name in _SILENT and not found[1]:
                at = _after_silent(source, name, at, found[3], rules)
            else:
                yield _Tag(name, bool(found[1]), {} if found[1] else _attributes(found[3]))
        elif re.match(r"</?[a-zA-Z]", source[sign : sign + 3]):
            return  # a tag that never ends takes all the rest with it
        else:
            at = sign + 1 if not source.startswith("</", sign) else _after(source, ">", sign)
            if at == sign + 1:
                yield "<"


def _after(source: str, sign: str, start: int) -> int:
    found = source.find(sign, start)
    return len(source) if found < 0 else found + len(sign)


def _after_silent(source: str, name: str, at: int, attributes: str, rules: dict[str, str]) -> int:
    """Where a silent element is over: at its end tag, or where the source is."""
    if name == "embed" or (attributes.endswith("/") and name in ("svg", "math", "xml")):
        return at
    found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(source, at)
    if name == "head":  # its style may say what is bold; what stands in it is no text either way
        for style in re.split(r"<style", source[at : found.start()] if found else "", maxsplit=3, flags=re.IGNORECASE)[1:]:
            _read_rules(style.partition("</style")[0], rules)
    elif name == "style":
        _read_rules(source[at : found.start()] if found else source[at:], rules)
    return _after(source, ">", found.start()) if found else len(source)


def _read_rules(style: str, rules: dict[str, str]) -> None:
    for name, declarations in _RULE.findall(style[:400_000])[:500]:
        rules[name] = declarations


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        if name.lower() in _ATTRIBUTES and name.lower() not in found:
            found[name.lower()] = html.unescape(double or single or bare)[:2000]
    return found


# --- known tags only, each closed


def _tamed(tokens: Iterator[_Tag | str]) -> Iterator[str]:
    """Write HTML in which every tag is known and closed, and none lies deeper than it may."""
    opened: list[str] = []
    tags = letters = 0
    for token in tokens:
        if isinstance(token, str):
            words = _SPACE.sub(" ", html.unescape(token))
            letters += len(words)
            if letters > _TEXT:
                raise Refused("too_long")
            yield html.escape(words, quote=False)
            continue
        tags += 1
        if tags > _TAGS:
            raise Refused("too_big")
        if token.is_end:
            if token.name in opened:
                while (name := opened.pop()) != token.name:
                    yield f"</{name}>"
                yield f"</{token.name}>"
        elif token.name in _VOID:
            yield f"<{token.name}>"
        elif token.name in BLOCK or token.name in INLINE:
            for name in _closes(token.name, opened):
                yield f"</{name}>"
            if len(opened) < _DEEPEST:
                opened.append(token.name)
                attrs = "".join(f' {name}="{html.escape(value)}"' for name, value in token.attrs.items())
                yield f"<{token.name}{attrs}>"
    yield from (f"</{name}>" for name in reversed(opened))


# What a tag ends that was left open, and what it does not reach beyond.
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "table", "td", "th"}),
    "dt": ({"dt", "dd"}, {"dl", "table", "td", "th"}),
    "dd": ({"dt", "dd"}, {"dl", "table", "td", "th"}),
    "td": ({"td", "th"}, {"table"}),
    "th": ({"td", "th"}, {"table"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "tbody": ({"tr", "tbody", "thead", "tfoot"}, {"table"}),
    "thead": ({"tr", "tbody", "thead", "tfoot"}, {"table"}),
    "tfoot": ({"tr", "tbody", "thead", "tfoot"}, {"table"}),
}
_NOT_BEYOND = frozenset(("td", "th", "table", "caption"))


def _closes(name: str, opened: list[str]) -> list[str]:
    """Take from what is open all that a tag ends; return it, the innermost first."""
    kinds, limits = _ENDS.get(name, ({"p"}, _NOT_BEYOND) if name in BLOCK else (set(), frozenset()))
    kinds = {*kinds, "p"} if name in BLOCK else kinds
    outermost = None
    for index in range(len(opened) - 1, -1, -1):
        if opened[index] in limits:
            break
        if opened[index] in kinds:
            outermost = index
    if outermost is None:
        return []
    closed = opened[outermost:]
    del opened[outermost:]
    return closed[::-1]


# --- a tree of what nh3 left


def _grown(tokens: Iterator[_Tag | str]) -> Element:
    """Return the tree of balanced HTML."""
    root = Element("div")
    path = [root]
    for token in tokens:
        if isinstance(token, str):
            path[-1].children.append(html.unescape(token))
        elif not token.is_end:
            element = Element(token.name, token.attrs)
            path[-1].children.append(element)
            if token.name not in _VOID:
                path.append(element)
        elif any(one.tag == token.name for one in path[1:]):
            while path.pop().tag != token.name:
                pass
    return root
