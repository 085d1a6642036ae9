"""How names and dates are set in a page: what must not be torn apart at the end of a line, and the days of the week."""

import re
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from printing import names

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
def in_lines(name: object) -> str:
    """Return a body's name in two lines where papers set it so."""
    return names.in_lines(str(name))


@register.filter
def unbroken(words: object) -> str:
    """Return words whose numbers stay on the line of what they count: “ngày 26 tháng 11”."""
    return names.unbroken(str(words))


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
def grouped(number: int) -> str:
    """A count as the language writes it: 1.741 in Vietnamese, 1,741 in English."""
    return number_format(number, force_grouping=True)


@register.filter
def weekday(moment: datetime) -> str:
    """The day of the week in words, in the meeting's time zone."""
    return str(WEEKDAYS[timezone.localtime(moment).weekday()])


@register.filter
def span_words(minutes: int) -> str:
    """A length of time in words, in its two greatest units: 45 minutes, 6 hours 56 minutes, 3 days 2 hours."""
    minutes = abs(int(minutes))
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    said = [
        ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else "",
        ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest} if rest or minutes < 60 else "",
    ]
    return " ".join([word for word in said if word][:2])
