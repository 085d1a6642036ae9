"""A refusal raised anywhere becomes a page or JSON that says why."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from meetings.errors import Refusal


class RefusalMiddleware(MiddlewareMixin):
    """Answers NotAllowed with 403 and OutOfOrder with 409, in words."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into an answer; leave every other exception alone, it is a bug."""
        if not isinstance(exception, Refusal):
            return None
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"state": "refused", "reason": exception.reason}, status=exception.status)
        return render(request, f"{exception.status}.html", {"reason": exception.reason}, status=exception.status)
