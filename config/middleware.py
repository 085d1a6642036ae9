"""What holds for every page before and after it is made: how it may be written to us, and who may keep it."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin


class PlainTextMiddleware(MiddlewareMixin):
    """Takes UTF-8 only. Python knows stranger codecs (unicode_escape, idna), which end in half letters or in an error."""

    def process_request(self, request: HttpRequest) -> None:
        """Refuse a body that names another encoding."""
        if (request.encoding or "utf-8").lower().replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
            raise BadRequest("the body is not in UTF-8")


class PrivatePagesMiddleware(MiddlewareMixin):
    """No page is kept: after signing out, the next person at the same machine goes back to nothing.

    A few pages may be kept by their reader's own browser for as long as the session lasts (meetings/unchanged.py): signing
    out wipes them.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Forbid keeping what does not say itself how long it may be kept; wipe what was kept when a session ends."""
        if request.resolver_match and request.resolver_match.view_name == "people:sign_out" and request.method == "POST":
            response["Clear-Site-Data"] = '"cache"'
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
