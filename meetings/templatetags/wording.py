"""How names and dates are set in a page: what must not be torn apart at the end of a line, and the days of the week."""

import re
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

register = template.Library()

NO_BREAK = "\u00a0"
JOINERS = {"ủy", "uỷ", "phố"}
LONGEST_UNBROKEN = 22
LONGEST_TAIL = 14
# Two syllables that are one word in an office's language; a line that begins with the second is hard to read from afar.
COMPOUNDS = re.compile(
    r"\b(báo cáo|công tác|đại biểu|đại diện|điểm cầu|hội nghị|kết luận|kiến nghị|nhiệm vụ|phát biểu|tham luận|thi đua"
    r"|toàn quốc|trung ương|văn phòng)\b",
    re.IGNORECASE,
)
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def _is_name_word(word: str) -> bool:
    return word in JOINERS or word[:1].isupper() or word[:1].isdigit()


def _joined(run: list[str]) -> str:
    if len(" ".join(run)) <= LONGEST_UNBROKEN:
        return NO_BREAK.join(run)
    tail = NO_BREAK.join(run[-3:])  # "Hồ Chí Minh"
    words = [*run[:-3], tail] if len(tail) <= LONGEST_TAIL else run
    return re.sub(r" (?=(?:ủy|uỷ|phố)(?:\W|$))", NO_BREAK, " ".join(words))


@register.filter
def nobreak(name: object) -> str:
    """Keep names and words together: "Đại diện Tỉnh ủy Lào Cai" may break before "Tỉnh" only; no line begins with "ủy"."""
    runs: list[list[str]] = []
    for word in str(name).split():
        if runs and _is_name_word(word) and _is_name_word(runs[-1][-1]):
            runs[-1].append(word)
        else:
            runs.append([word])
    text = " ".join(map(_joined, runs))
    text = re.sub(r" (?=(?:ủy|uỷ)(?:\W|$))", NO_BREAK, text)
    return COMPOUNDS.sub(lambda found: found[0].replace(" ", NO_BREAK), text)


@register.filter
def weekday(moment: datetime) -> str:
    """The day of the week in words, in the meeting's time zone."""
    return str(WEEKDAYS[timezone.localtime(moment).weekday()])
