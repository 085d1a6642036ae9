"""Parts of pages that are the same for everybody: {% fixed "parts/words.html" %} is rendered once in each language."""

from __future__ import annotations

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def fixed(name: str) -> str:
    """Return a template that needs no context, in the language that is active."""
    return render_to_string(name) if settings.DEBUG else _rendered(name, get_language())


@cache
def _rendered(name: str, language: str | None) -> str:
    return render_to_string(name)
