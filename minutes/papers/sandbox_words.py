"""What a template may say, in words for who writes it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: What may stand behind a bar (sandbox.py).
FILTERS = (
    ("rich", _("rich text as paragraphs, lists and tables; with a word in parentheses: that ends it")),
    ("lines", _("text with its line breaks")),
    ("upper", _("in capitals")),
    ("roman", _("a number in Roman figures")),
    ("ended", _("a line that ends with the mark in parentheses")),
    ("length", _("how many there are")),
    ("trim", _("without space around it")),
)
#: What a page may be made of (vocabulary.py), the tags that people need.
TAGS = (
    "table.head td.left td.right", "div.parent-body", "div.issuing-body", "div.star", "div.body-rule", "div.number",
    "div.urgency", "div.draft-mark", "div.title", "span.motto", "div.place-date", "h1.type-name", "div.abstract", "div.dashes",
    "div.abstract-rule", "div.content", "p", "p.centred", "p.basis", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "br",
    "table.grid col.w5–w120 thead tbody tr th td.centre td.right", "table.signatures td.recipients", "div.recipients-label",
    "div.authority", "div.post", "div.signature-gap", "div.signer", "div.verification", "section.annex", "div.annex-name",
    "p.annex-note",
)  # fmt: skip
