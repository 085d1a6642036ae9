"""Texts read into documents: from the editor, from HTML that was pasted or brought along, from plain text."""

from __future__ import annotations

from texts import editor, lines, markup
from texts.nodes import Doc, Refused, sentence_of

__all__ = ["Doc", "Refused", "from_editor", "from_html", "from_plain", "sentence_of"]


def from_editor(value: object) -> Doc:
    """Return the document of what the editor sent, JSON or what was read of it; Refused for what no editor of ours writes."""
    return editor.read(value)


def from_html(html: str) -> Doc:
    """Return the document of any HTML: Word's, a spreadsheet's, a page's, or hostile; what is no text of ours is left out."""
    return markup.read(html)


def from_plain(text: str) -> Doc:
    """Return the document of plain text (texts/lines.py says how it is read); every text is one."""
    return lines.read(text)
