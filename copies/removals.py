"""What was taken out of a paper when its reading copy was made: a word for the row, a sentence for the secretariat."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "scripts": _("programs (JavaScript) that run when the file is opened or used"),
    "actions": _("actions that start something when the file is opened or a page is shown"),
    "links": _("links to addresses outside the paper; their words stay"),
    "files": _("files that were hidden or attached in it"),
    "forms": _("form fields: what was filled in is part of the page now"),
    "xfa": _("an XFA form"),
    "media": _("films, sound and 3D models"),
    "comments": _("comments: those that show on the page are part of it now"),
    "signatures": _("electronic signatures: they stay valid in the original, which is kept"),
    "layers": _("hidden layers"),
    "external": _("references to content in other files"),
    "properties": _("properties of the file: author, program, dates, structure"),
    "protection": _("restrictions on copying and printing; ours hold instead"),
    "pictures": _("text of some pages that could only be kept as pictures"),
    "frames": _("pictures beyond the first of an animation"),
}


def sentence_of(word: str) -> str:
    """Return what the secretariat reads for a word, in the language that is active now; nothing for an unknown one."""
    return str(SENTENCES.get(word, ""))
