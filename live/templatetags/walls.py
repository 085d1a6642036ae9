"""What only a wall needs: how large a sentence stands there, and the day in words."""

from datetime import datetime

from django import template
from django.utils import formats, timezone, translation

from printing.papers import day_in_words

register = template.Library()

STEPS = (28, 60, 100, 160, 240, 340, 510)  # characters; sites.css has a size for each, and one for more
CAPITAL = 1.4  # how wide a capital letter is, in small ones


@register.filter
def fit(text: object) -> str:
    """Return the class of a text's size by its length, so that it always fits: fit-1 (largest) to fit-8."""
    length = sum(CAPITAL if letter.isupper() else 1 for letter in str(text))
    return f"fit-{next((step for step, most in enumerate(STEPS, 1) if length <= most), len(STEPS) + 1)}"


@register.filter
def day(moment: datetime) -> str:
    """Return the day as invitations write it: "ngày 26 tháng 11 năm 2025"; in other languages as a date."""
    on = timezone.localtime(moment).date()
    return day_in_words(on) if translation.get_language() == "vi" else formats.date_format(on, "DATE_FORMAT")
