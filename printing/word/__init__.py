"""HTML of a paper to a Word file, in warm child processes of their own: the one place where python-docx and lxml are used."""

from printing.order import Particulars
from printing.press import Press
from printing.profiles import Profile
from printing.word.order import make_word_order

#: The press for Word files. One child: a Word file takes a fraction of what its PDF takes.
WORD = Press(children=1, module="printing.word.child")


def docx(html: str, profile: Profile, about: Particulars, *, press: Press = WORD) -> bytes:
    """Return a DOCX with the words of a whole document in the vocabulary of papers; the same order gives the same bytes.

    Raise PrintingError with a sentence for people.
    """
    return press.print(make_word_order(html, profile, about))
