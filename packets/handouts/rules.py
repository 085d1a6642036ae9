"""What holds for secret papers: no file is taken, the title says nothing, and none goes away while a copy is out."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from packets.models import Document, HandOut

SECRET = frozenset({Document.Secrecy.CONFIDENTIAL, Document.Secrecy.SECRET, Document.Secrecy.TOP_SECRET})

#: Copies that somebody holds and can give back, and those whose loss was reported and that have not come back.
IN_HAND = Q(collected_at=None, lost_at=None)
LOST = Q(collected_at=None, lost_at__isnull=False)

#: What a placeholder is called unless the office writes other neutral words: in the office's language, for everybody.
NEUTRAL_TITLE = "Tài liệu phát bản giấy, thu hồi sau hội nghị"

#: Said when a file comes for a secret paper; nothing of the file is kept.
NO_FILE = _(
    "A secret paper (Mật, Tối mật, Tuyệt mật) may not be kept in a system that is connected to a network: no file was taken. "
    "Register the paper without a file; it is handed out on paper and collected after the meeting."
)


def is_secret(secrecy: str) -> bool:
    """Tell whether the law forbids to keep a paper of this secrecy here."""
    return secrecy in SECRET


def title_of_placeholder(words: str) -> str:
    """Return the title of a placeholder: the neutral words somebody has written for it, else ours."""
    return words.strip() or NEUTRAL_TITLE


def copies_out(document: Document) -> int:
    """Return how many paper copies of a paper are in somebody's hands."""
    return HandOut.objects.filter(IN_HAND, document=document).count()


def objections_to_removing(document: Document) -> Iterable[object]:
    """Answer, before a paper is taken out or made an ordinary one: not while copies of it are out."""
    out = copies_out(document)
    if out:
        words = ngettext_lazy(
            "%(count)d paper copy of it has not come back. Collect it first.",
            "%(count)d paper copies of it have not come back. Collect them first.",
            out,
        )
        yield words % {"count": out}
