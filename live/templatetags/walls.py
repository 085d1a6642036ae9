"""How large a sentence stands on a wall: by its length, so that it always fits and is never smaller than it must be."""

from django import template

register = template.Library()

STEPS = (28, 60, 100, 160, 240, 340)  # characters; sites.css has a size for each, and one for more


@register.filter
def fit(text: object) -> str:
    """Return the class of a text's size: fit-1 (largest) to fit-7."""
    length = len(str(text))
    return f"fit-{next((step for step, most in enumerate(STEPS, 1) if length <= most), len(STEPS) + 1)}"
