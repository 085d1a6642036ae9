"""What is wrong with a template or a page, in words for who keeps the templates: line by line, with what to do."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from minutes.papers.kinds import KINDS
from minutes.papers.rendering import TRIALS, Renderer
from minutes.papers.vocabulary import Fault


@dataclass(frozen=True)
class Problem:
    """One thing to mend: on which line of the template (0: nowhere in particular), and what to do."""

    line: int
    sentence: str


def sentence_of(fault: Fault) -> str:
    """Return a fault as a sentence."""
    return _RULES.get(fault.rule, _unknown)(fault.what)


def problems(
    source: str, context: Mapping[str, Any], *, lane: Hashable | None = None, renderer: Renderer = TRIALS
) -> list[Problem]:
    """Return what is wrong with a template, line by line; `context`: a sample that has all there can be; `lane`: who asks."""
    return [Problem(one.line, sentence_of(one)) for one in renderer.check(source, context, lane=lane)]


def faults_filled(
    source: str, kind: str, context: Mapping[str, Any], markup: Mapping[str, str], *, lane: Hashable | None = None,
    renderer: Renderer = TRIALS,
) -> list[Problem]:  # fmt: skip
    """Return what is wrong with the page a template makes of a sample."""
    page, found = renderer.fill(source, context, markup, lane=lane)
    found = found or [Fault(0, "missing_component", name) for name in missing(page, kind)]
    return [Problem(one.line, sentence_of(one)) for one in found]


def missing(page: str, kind: str) -> list[str]:
    """Return the components a page of a kind needs and has not."""
    there = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    return [name for name in KINDS[kind].needs if name not in there]


def _unknown(what: str) -> str:
    return _("The template cannot be used. Take the system's own and change it step by step.")


_RULES = {
    "unknown_field": lambda what: (
        _("There is no field “%(name)s”. Look in the list of fields how it is called.") % {"name": what}
    ),
    "unknown_filter": lambda what: _("“%(name)s” may not stand behind a bar. Use one of the list.") % {"name": what},
    "syntax": lambda what: _("This cannot be read: %(what)s. Look for a brace or a word that is missing.") % {"what": what},
    "forbidden_expression": lambda what: (
        _("“%(what)s” may not be used in a template: only fields, “for”, “if” and the words behind a bar.") % {"what": what}
    ),
    "forbidden_tag": lambda what: _("The tag <%(tag)s> may not stand in a paper. Use one of the list.") % {"tag": what},
    "forbidden_attribute": lambda what: (
        _("“%(what)s” may not be set in a paper: papers fetch, run and style nothing.") % {"what": what}
    ),
    "forbidden_value": lambda what: _("“%(what)s” has a value a paper may not have.") % {"what": what},
    "unknown_class": lambda what: _("The layout rules know no “%(what)s”. Use one of the list.") % {"what": what},
    "no_tag": lambda what: (
        _("“%(what)s” is no tag of a paper. Write < as &lt; and close tags as they were opened.") % {"what": what}
    ),
    "not_closed": lambda what: _("The tag <%(tag)s> is not closed, or closed in the wrong order.") % {"tag": what},
    "misplaced": lambda what: (
        _("The tag <%(tag)s> stands where it may not. Look in the system's own template where it belongs.") % {"tag": what}
    ),
    "hidden": lambda what: (
        _("Something stands in “%(tag)s” that would not be seen on the paper. Put it where papers have words.") % {"tag": what}
    ),
    "too_long_line": lambda what: (
        _("The line “%(tag)s” does not turn: what goes beyond the page is not printed. Shorten it.") % {"tag": what}
    ),
    "too_wide": lambda what: (
        _("The columns of a table are wider than the page, %(width)s mm together. Make them narrower.") % {"width": what}
    ),
    "unseen_letter": lambda what: (
        _("“%(letter)s” is a sign nobody sees, or it turns the order of letters about. Take it out.") % {"letter": what}
    ),
    "own_code": lambda what: _("The code of a paper is drawn by {{ qr }} alone. Take other drawings out."),
    "too_deep": lambda what: _("Too many tags stand inside each other."),
    "no_doctype": lambda what: _("The page must begin with <!doctype html>."),
    "missing_component": lambda what: _("The component “%(what)s” is missing, which this paper must have.") % {"what": what},
    "template_too_long": lambda what: _("The template is longer than %(count)s characters. Shorten it.") % {"count": what},
    "too_large": lambda what: _("The paper became too large. Look for a loop inside a loop."),
    "too_long": lambda what: _("Filling the template took too long. Look for a loop inside a loop."),
    "busy": lambda what: _("Too many papers are being made now. Try again in a minute."),
    "not_started": lambda what: _("What fills templates could not be started. The log says why; tell the administrator."),
    "cannot_be_filled": lambda what: _("The template and the data do not fit together. Compare it with the system's own."),
}
