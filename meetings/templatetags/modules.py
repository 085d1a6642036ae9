"""What a page's modules import, named in its head: the browser asks for all of it at once, not for one after another.

Behind the stylesheets and fonts, which are waited for before anything is seen.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html_join

from meetings.modules import STYLES, STYLESHEETS, imports_of

register = template.Library()


@register.simple_tag(takes_context=True)
def imports(context: template.Context, *names: str) -> str:
    """Return the links for what these modules import, each once a page."""
    page: Any = context.render_context.dicts[0]
    said: set[str] = page.setdefault("modules", set())
    new = [one for one in dict.fromkeys(one for name in names for one in imports_of(name)) if one not in said]
    said.update(new)
    return format_html_join("", '<link rel="modulepreload" href="{}" fetchpriority="low">', ((static(one),) for one in new))


def is_collected() -> bool:
    """Tell whether the stylesheets of every page have been made one."""
    return not settings.DEBUG and STYLES in getattr(staticfiles_storage, "hashed_files", {})


@register.simple_tag
def stylesheets() -> str:
    """Return the links to the stylesheets of every page: one where files were collected, else each."""
    names = (STYLES,) if is_collected() else STYLESHEETS
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names))
