"""What every page knows of the installation."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from meetings.desk import office_rail
from meetings.queries import office_actor
from people.models import User


def installation(request: HttpRequest) -> dict[str, Any]:
    """Tell templates whether this is the demonstration, and what the reader may do in the office (asked only when used)."""
    abilities = _abilities_of(request)
    return {
        "demo_mode": settings.DEMO_MODE,
        "office_abilities": abilities,
        "office_rail": lambda: office_rail(abilities(), request.path),
    }


def _abilities_of(request: HttpRequest) -> Callable[[], frozenset[str]]:
    def abilities() -> frozenset[str]:
        user = getattr(request, "user", None)
        return frozenset(office_actor(user).abilities) if isinstance(user, User) else frozenset()

    return abilities
