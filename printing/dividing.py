"""Places inside very long text where the layout may pause: for each line it looks at all the rest of a stretch. Pure."""

import re
from collections.abc import Iterator

#: A stretch between two tags that is looked through at all.
LONG = 1000
#: Letters of one word, and of a stretch, after which the layout may pause; a paper's own words are shorter.
WORD, STRETCH = 500, 2000
#: What marks the place: a break is allowed there, and a reader's search does not find it.
PAUSE = "<wbr>"
_STRETCHES = re.compile(rf">[^<>]{{{LONG},}}")
_UNITS = re.compile(rf"&[#\w]{{1,30}};|\s+|[^\s&]{{1,{WORD}}}|&")


def divided(html: str) -> str:
    """Return HTML with such places in its long stretches of text; time and length grow with the text, no faster."""
    return _STRETCHES.sub(lambda found: "".join(_with_pauses(found[0])), html)


def _with_pauses(stretch: str) -> Iterator[str]:
    word = since = 0
    for unit in _UNITS.finditer(stretch):
        text = unit[0]
        letters = 1 if text.startswith("&") else len(text)
        is_space = text.isspace()
        if (word and word + letters > WORD and not is_space) or (not word and since > STRETCH and not is_space):
            yield PAUSE
            word = since = 0
        word = 0 if is_space else word + letters
        since += letters
        yield text
