"""Templates of papers, read and filled within narrow bounds: plain data in, escaped text out. Knows jinja2 and JSON alone.

What a template may say is a list of the few kinds of expression that papers need. No call, no arithmetic, no import, no macro, no
assignment: what is not there cannot be turned against the machine. Time and memory are bounded by the process around it.
"""

from __future__ import annotations

import re
import traceback
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup, escape

from minutes.papers import rich
from minutes.papers.visible import strange_marks, unseen_in
from minutes.papers.vocabulary import LARGEST, LONGEST_TEMPLATE, TAGS, Fault, faults, tag_faults
from printing.names import unbroken
from printing.wording import roman

_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_NODES = frozenset(
    {nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.If}
    | {nodes.CondExpr, nodes.For, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter, nodes.Test}
    | {nodes.Concat}
)
_TESTS = frozenset({"none", "odd", "even"})
_SPEECH = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def _lines(text: object) -> Markup:
    return Markup("<br>").join(escape(unbroken(one)) for one in str(text).split("\n"))


def _roman(number: object) -> str:
    return roman(number) if isinstance(number, int) and 0 < number < 1000 else ""


def _rich(value: object, end: str = "") -> Markup:
    doc = value if rich.is_doc(value) else rich.paragraphs(str(value or ""))
    assert isinstance(doc, Mapping)
    return Markup(rich.html(rich.ended(doc, str(end)) if end else doc))


def _ended(text: object, mark: str) -> str:
    return str(text).rstrip().rstrip("./;, ") + str(mark) if str(text).strip() else ""


#: What may stand behind a bar in a template.
FILTERS: dict[str, Any] = {
    "rich": _rich,
    "lines": _lines,
    "roman": _roman,
    "ended": _ended,
    "upper": lambda text: str(text).upper(),
    "length": len,
    "trim": lambda text: str(text).strip(),
}


class _Missing(StrictUndefined):
    """A field that is not there: whoever uses it is told its name."""


class _Environment(ImmutableSandboxedEnvironment):
    """Fields of plain data alone: no attribute of any object is ever looked up."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a field of an object, an element of a list, or where a loop stands."""
        if isinstance(obj, Mapping) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        if isinstance(obj, LoopContext) and argument in _LOOP:
            return getattr(obj, argument)
        return self.undefined(obj=obj, name=argument)


def _environment() -> _Environment:
    env = _Environment(
        autoescape=True, undefined=_Missing, trim_blocks=True, lstrip_blocks=True, cache_size=0, optimized=False, extensions=[]
    )
    env.filters, env.globals = dict(FILTERS), {}
    env.tests = {name: test for name, test in env.tests.items() if name in _TESTS or name in ("==", "!=", "eq", "ne")}
    return env


ENVIRONMENT = _environment()
_compiled: OrderedDict[str, Any] = OrderedDict()


def fill(source: str, context: Mapping[str, Any], markup: Mapping[str, str]) -> tuple[str, list[Fault]]:
    """Return the page a template makes of data, and what is wrong; the page is empty when anything is."""
    try:
        template = _template(source)
    except _Refused as refused:
        return "", refused.faults
    values = {**context, **{name: Markup(text) for name, text in markup.items()}}
    page, size = [], 0
    try:
        for piece in template.generate(values):
            size += len(piece)
            if size > LARGEST:
                return "", [Fault(0, "too_large", str(LARGEST))]
            page.append(piece)
    except UndefinedError as error:
        return "", [Fault(_line_of(error), "unknown_field", _name_in(error))]
    except (SecurityError, TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
        return "", [Fault(_line_of(error), "cannot_be_filled", type(error).__name__)]
    whole = "".join(page)
    wrong = faults(whole) + [Fault(0, *one) for one in strange_marks(whole, str(context.get("mark", "")), markup.values())]
    return ("", [Fault(0, one.rule, _tag_in(one.what)) for one in wrong]) if wrong else (whole, [])


def check(source: str, context: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a template, line by line, before it is filled: tags, expressions, unknown fields."""
    if len(source) > LONGEST_TEMPLATE:
        return [Fault(0, "template_too_long", str(LONGEST_TEMPLATE))]
    found = tag_faults(_SPEECH.sub(_blank, source))
    try:
        tree = _parsed(source)
    except _Refused as refused:
        found += refused.faults
    else:
        found += [Fault(line, "unknown_field", name) for line, name in _unknown(tree, context)]
    unique = dict.fromkeys(sorted(found, key=lambda one: (one.line, one.rule, one.what)))
    return list(unique)[:50]


class _Refused(Exception):
    """A template that is not read."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("refused")
        self.faults = found


def _template(source: str) -> Any:
    if source in _compiled:
        _compiled.move_to_end(source)
        return _compiled[source]
    tree = _parsed(source)
    made = ENVIRONMENT.template_class.from_code(ENVIRONMENT, ENVIRONMENT.compile(tree, filename="<template>"), {})
    _compiled[source] = made
    while len(_compiled) > 40:
        _compiled.popitem(last=False)
    return made


def _parsed(source: str) -> nodes.Template:
    """Return a template's tree when it says nothing it may not."""
    if len(source) > LONGEST_TEMPLATE:
        raise _Refused([Fault(0, "template_too_long", str(LONGEST_TEMPLATE))])
    try:
        tree = ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        rule = "unknown_filter" if (error.message or "").startswith("No filter named") else "syntax"
        raise _Refused([Fault(error.lineno or 0, rule, (error.message or "")[:200])]) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise _Refused([Fault(0, "syntax", type(error).__name__)]) from error
    found = [fault for node in _every(tree) for fault in _forbidden(node)]
    if found:
        raise _Refused(found[:50])
    return tree


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one.iter_child_nodes())


def _forbidden(node: nodes.Node) -> Iterator[Fault]:
    line = getattr(node, "lineno", 0) or 0
    if type(node) not in _NODES:
        yield Fault(line, "forbidden_expression", type(node).__name__)
    elif isinstance(node, nodes.Filter):
        if node.name not in FILTERS:
            yield Fault(line, "unknown_filter", node.name)
        elif node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > 1:
            yield Fault(line, "forbidden_expression", node.name)
    elif isinstance(node, nodes.Test):
        if node.name not in _TESTS:
            yield Fault(line, "forbidden_expression", node.name)
    elif isinstance(node, nodes.For):
        if node.recursive or not isinstance(node.target, nodes.Name):
            yield Fault(line, "forbidden_expression", "for")
    elif isinstance(node, nodes.Getitem) and not (isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)):
        yield Fault(line, "forbidden_expression", "[ ]")
    elif isinstance(node, nodes.TemplateData) or (isinstance(node, nodes.Const) and isinstance(node.value, str)):
        said = node.data if isinstance(node, nodes.TemplateData) else node.value
        yield from (Fault(line + at - 1, "unseen_letter", what) for at, what in unseen_in(said))
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        yield Fault(line, "forbidden_expression", node.attr[:40])


@dataclass
class _Scope:
    """The values each name may have, by the sample; nothing: they are not known."""

    names: dict[str, list[Any] | None] = field(default_factory=dict)

    def with_loop(self, name: str, values: list[Any] | None) -> _Scope:
        loop = dict.fromkeys(_LOOP, 1)
        return _Scope({**self.names, "loop": [loop], name: values})


def _unknown(tree: nodes.Template, context: Mapping[str, Any]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    _look(tree, _Scope({name: [value] for name, value in context.items()}), found)
    return found


def _look(node: nodes.Node, scope: _Scope, found: list[tuple[int, str]]) -> None:
    if isinstance(node, nodes.For):
        values = _values(node.iter, scope, found)
        _look_in_parts(node.iter, scope, found)
        elements = None if values is None else [one for value in values if isinstance(value, list) for one in value]
        assert isinstance(node.target, nodes.Name)
        inner = scope.with_loop(node.target.name, elements or None)
        for part in (*node.body, *([node.test] if node.test else [])):
            _look(part, inner, found)
        for part in node.else_:
            _look(part, scope, found)
    elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        _values(node, scope, found)
    else:
        _look_in_parts(node, scope, found)


def _look_in_parts(node: nodes.Node, scope: _Scope, found: list[tuple[int, str]]) -> None:
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        return
    for child in node.iter_child_nodes():
        _look(child, scope, found)


def _values(node: nodes.Node, scope: _Scope, found: list[tuple[int, str]]) -> list[Any] | None:
    """Return what an expression may be; note a field that nothing in the sample has."""
    if isinstance(node, nodes.Name):
        if node.name not in scope.names:
            found.append((node.lineno, node.name))
        return scope.names.get(node.name)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        of = _values(node.node, scope, found)
        name = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        if of is None or isinstance(name, int):
            return None if of is None else [one for value in of if isinstance(value, list) for one in value] or None
        known = [one for one in of if isinstance(one, Mapping)]
        values = [one[name] for one in known if name in one]
        if not values:
            if any(one is not None for one in of):
                found.append((node.lineno, f"{_spelled(node.node)}.{name}"))
            return None
        return values
    return None


def _spelled(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_spelled(node.node)}.{node.attr}"
    return "…"


def _blank(matched: re.Match[str]) -> str:
    """Return a sign that no tag may hold, and as many lines as a piece of template speech had."""
    return "\u2042" + "\n" * matched.group().count("\n")


def _tag_in(what: str) -> str:
    """Return the tag a fault is about, without what the data have put into it: a refusal tells nothing of a paper's words."""
    if re.fullmatch(r"U\+[0-9A-F]{4,6}|\d{1,3}", what):
        return what
    tag, _dot, named = what.partition(".")
    if named and named in TAGS.get(tag, ()):
        return what
    name = re.sub(r"^[<\s/]*([a-z0-9]*).*$", r"\1", what, flags=re.DOTALL)
    return name if name in TAGS or name in ("script", "style", "img") else "…"


def _line_of(error: BaseException) -> int:
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] if lines else 0


def _name_in(error: UndefinedError) -> str:
    names: list[str] = re.findall(r"'([^']{1,60})'", str(error))
    return names[-1] if names else ""
