"""Why a file is refused: a word for the row, a sentence for people. Nothing else of a hostile file ever reaches anybody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "empty": _("The file is empty. Choose the file again."),
    "broken": _("The file is damaged and cannot be read. Open it in its program, save it again, and upload that."),
    "encrypted": _("The file is protected with a password. Save it without a password, and upload that."),
    "macro": _("The file holds macros (a program), which we do not open. Save it without macros, or as PDF, and upload that."),
    "ending": _("The content of the file is not what its name says. Save it again in its program, and upload that."),
    "unknown": _("We do not know files of this kind. Save it as PDF, and upload that."),
    "bomb": _("The file unpacks to far more than a paper can be. Save it as PDF anew, and upload that."),
    "huge": _("The file is too large to be prepared. Divide it into parts, and upload those."),
    "pages": _("The paper has too many pages. Divide it into parts, and upload those."),
    "slow": _("The file took too long to be prepared. Save it as PDF anew, or divide it, and upload that."),
    "blank": _("Nothing of the file can be shown (it may be an XFA form). Print it to PDF, and upload that."),
    "no_office": _(
        "Word, Excel and PowerPoint files need LibreOffice on the server, which is not installed. Upload a PDF, or ask the "
        "administrator to install: %(packages)s"
    ),
    "no_isolation": _(
        "Office files are not opened on this server, because its system cannot close them off (it needs Linux 5.13 or newer with "
        "Landlock and seccomp). Upload a PDF, or tell the administrator."
    ),
    "stopped": _(
        "The work was ended from outside: the server was being stopped, or had too little memory. “Go on” tries once more."
    ),
    "disk": _("There is no room left on the server's disk. Tell the administrator; nothing you did is lost."),
}
OFFICE_PACKAGES = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"


class Refused(Exception):
    """A file is not taken; `word` is a key of SENTENCES."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word if word in SENTENCES else "broken"


def sentence_of(word: str) -> str:
    """Return what people read for a word, in the language that is active now."""
    sentence = str(SENTENCES.get(word, SENTENCES["broken"]))
    return sentence % {"packages": OFFICE_PACKAGES} if word == "no_office" else sentence
