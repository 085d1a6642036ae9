"""The HTML a paper may be made of: tags, classes, attributes, and nothing that fetches, runs or styles. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.papers.visible import OUTSIDE, WORDLESS, Open, ill_placed, said_wrongly, unseen_in

#: tag → the classes it may have; the empty one: none.
TAGS: dict[str, frozenset[str]] = {
    "html": frozenset({""}), "head": frozenset({""}), "meta": frozenset({""}), "title": frozenset({""}), "body": frozenset({""}),
    "table": frozenset({"head", "signatures", "grid"}),
    "colgroup": frozenset({""}), "col": frozenset({"", *(f"w{width}" for width in range(5, 125, 5))}),
    "caption": frozenset({""}), "thead": frozenset({""}), "tbody": frozenset({""}), "tr": frozenset({"", "second"}),
    "th": frozenset({"", "centre", "right"}), "td": frozenset({"", "left", "right", "centre", "recipients"}),
    "div": frozenset(
        {"", "parent-body", "issuing-body", "star", "body-rule", "number", "urgency", "draft-mark", "title", "place-date"}
        | {"abstract", "dashes", "abstract-rule", "letter-abstract", "content", "recipients-label", "recipients", "authority"}
        | {"post", "signature-gap", "signer", "verification", "annex-name", "demonstration-line", "demonstration-ground"}
        | {"motto", "end-rule"}
    ),
    "span": frozenset({"motto", "title"}),
    "h1": frozenset({"type-name"}), "h2": frozenset({""}), "h3": frozenset({"", "point"}), "h4": frozenset({""}),
    "p": frozenset({"", "left", "centred", "right", "basis", "code", "annex-note"}),
    "ul": frozenset({""}), "ol": frozenset({""}), "li": frozenset({""}), "br": frozenset({""}),
    "em": frozenset({""}), "strong": frozenset({""}), "b": frozenset({""}), "section": frozenset({"annex"}),
    "svg": frozenset({"qr"}), "rect": frozenset({""}), "path": frozenset({""}),
}  # fmt: skip
VOID = frozenset({"meta", "col", "br", "rect", "path"})
_ATTRIBUTES: dict[str, dict[str, str]] = {
    "html": {"lang": r"[a-z]{2}"},
    "meta": {"charset": r"utf-8"},
    "th": {"colspan": r"\d{1,2}", "rowspan": r"\d{1,3}"},
    "td": {"colspan": r"\d{1,2}", "rowspan": r"\d{1,3}"},
    "ol": {"start": r"\d{1,4}"},
    "svg": {
        "xmlns": r"http://www\.w3\.org/2000/svg", "viewBox": r"[\d. ]{1,40}", "role": r"img", "aria-label": r"[^<>\"]{0,300}",
        "shape-rendering": r"crispEdges",
    },
    "rect": {"width": r"\d{1,4}", "height": r"\d{1,4}", "fill": r"#fff"},
    "path": {"d": r"[MmHhVvZzLl0-9 .,-]*", "fill": r"#000"},
}  # fmt: skip
DEEPEST = 40
#: A template longer than this is none.
LONGEST_TEMPLATE = 60_000
LARGEST = 20_000_000  # characters

_TOKEN = re.compile(r"<[^<>]*>|<|>")
_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*(/?)>')
_ATTRIBUTE = re.compile(r'([a-zA-Z-]+)="([^"<>]*)"')


@dataclass(frozen=True)
class Fault:
    """What a page has that no paper may have: on which line, which rule (a word), what it is about."""

    line: int
    rule: str
    what: str = ""


def faults(page: str, *, at_most: int = 20) -> list[Fault]:
    """Return what is wrong with a whole page; nothing when it is a paper."""
    if len(page) > LARGEST:
        return [Fault(0, "too_large", str(LARGEST))]
    found: list[Fault] = []
    body = page.lstrip()
    start = len(page) - len(body)
    if not body.lower().startswith("<!doctype html>"):
        found.append(Fault(1, "no_doctype"))
    else:
        start += len("<!doctype html>")
    _walk(page, start, found, at_most)
    found += [Fault(line, "unseen_letter", what) for line, what in unseen_in(page, spelled_only=True)]
    return found[:at_most]


def tag_faults(source: str, *, at_most: int = 50) -> list[Fault]:
    """Return the forbidden tags, classes and attributes in a piece of HTML, without asking whether it is whole."""
    found: list[Fault] = []
    known: dict[str, tuple[str, str]] = {}
    for token in _TOKEN.finditer(source):
        text = token.group()
        if text.lower().startswith("<!doctype"):
            continue
        rule, what = known.setdefault(text, _judged(text))
        if rule:
            found.append(Fault(source.count("\n", 0, token.start()) + 1, rule, what))
    return found[:at_most]


def _walk(page: str, start: int, found: list[Fault], at_most: int) -> None:
    open_ones: list[Open] = []
    known: dict[str, tuple[str, str]] = {}
    end = start
    for token in _TOKEN.finditer(page, start):
        if len(found) >= at_most:
            return
        text = token.group()
        rule, what = known.get(text) or known.setdefault(text, _judged(text))
        inside = open_ones[-1] if open_ones else OUTSIDE
        if not rule:
            rule, what = _nested(text, token.end(), open_ones)
        if not rule and inside.tag in WORDLESS and page[end : token.start()].strip():
            rule, what = "hidden", inside.tag or "html"
        if not rule and text.startswith("</"):
            rule, what = said_wrongly(inside, page[inside.at : token.start()])
        if rule:
            found.append(Fault(page.count("\n", 0, token.start()) + 1, rule, what))
        end = token.end()
    if len(found) < at_most and (open_ones or page[end:].strip()):
        found.append(Fault(page.count("\n") + 1, *(("not_closed", open_ones[-1].tag) if open_ones else ("hidden", "html"))))


def _nested(text: str, end: int, open_ones: list[Open]) -> tuple[str, str]:
    """Keep the open tags; return what is wrong with where this one stands."""
    matched = _TAG.fullmatch(text)
    assert matched
    closing, tag, attributes, selfclosing = matched.groups()
    if closing:
        if not open_ones or open_ones[-1].tag != tag:
            return "not_closed", open_ones[-1].tag if open_ones else tag
        open_ones.pop()
        return "", ""
    inside = open_ones[-1] if open_ones else OUTSIDE
    named = dict(_ATTRIBUTE.findall(attributes)).get("class", "").strip()
    rule = ill_placed(tag, open_ones)
    wrong = (rule, tag) if rule else inside.next_one(tag, named)
    if tag not in VOID and not selfclosing:
        open_ones.append(Open(tag, named, end))
        if len(open_ones) > DEEPEST:
            open_ones.pop()
            return "too_deep", tag
    return wrong


def _judged(text: str) -> tuple[str, str]:
    """Return the rule a tag breaks and what it is about; two empty words when it breaks none."""
    matched = _TAG.fullmatch(text)
    if matched is None:
        return "no_tag", text[:60]
    closing, tag, attributes, selfclosing = matched.groups()
    if tag not in TAGS:
        return "forbidden_tag", tag[:40]
    if closing:
        return ("no_tag", text[:60]) if attributes or tag in VOID else ("", "")
    if selfclosing and tag not in VOID:
        return "no_tag", text[:60]
    return _attributes(tag, attributes)


def _attributes(tag: str, attributes: str) -> tuple[str, str]:
    named = ""
    said = _ATTRIBUTE.findall(attributes)
    for name, value in said:
        if name == "class":
            named = value.strip()
        elif name not in _ATTRIBUTES.get(tag, {}):
            return "forbidden_attribute", f"{tag} {name}"
        elif not re.fullmatch(_ATTRIBUTES[tag][name], value):
            return "forbidden_value", f"{tag} {name}"
    if named not in TAGS[tag]:
        return "unknown_class", f"{tag}.{named or '–'}"[:60]
    is_twice = len({name for name, _value in said}) < len(said)  # a page reads the first of the two, this check the last
    return ("forbidden_attribute", f"{tag} {said[-1][0]}") if is_twice else ("", "")
