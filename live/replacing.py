"""A demonstration loaded anew keeps its address: who asked for it at that very moment is answered from the new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from meetings.models import Meeting


def of_what_stands_there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Judge and read once more when the meeting has gone between the judging of rights and the reading in one snapshot."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for _time in range(2):
            try:
                return view(request, *args, **kwargs)
            except Meeting.DoesNotExist:
                continue
        raise Http404

    return answer
