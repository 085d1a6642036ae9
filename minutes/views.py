"""The pages of the minutes."""

from django.http import HttpRequest, HttpResponse


def minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """The minutes."""
    return HttpResponse("")
