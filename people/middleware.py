"""The language of a page (what somebody chose, else Vietnamese: a browser's own language decides nothing, for an office PC with
an English Windows still belongs to a Vietnamese office), and who has to change a one-time password first."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from people.addresses import address_of
from people.models import User
from people.session_store import SessionStore


def chosen_language(request: HttpRequest) -> str:
    """Return the language of the cookie when it is one of ours, else the installation's."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class ChosenLanguageMiddleware(MiddlewareMixin):
    """Activates the chosen language for the request."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate it."""
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language()


class FirstPasswordMiddleware(MiddlewareMixin):
    """Who signed in with a one-time password gets the page that changes it and nothing else; notes that a session is in use."""

    OPEN = frozenset({"people:password", "people:sign_out"})

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let pass whose password is the own one; lead others to the change, refuse what a script asks."""
        user = request.user
        if not isinstance(user, User):
            return None
        if isinstance(request.session, SessionStore):
            request.session.seen(address_of(request))
        is_public = not getattr(view, "login_required", True)
        match = request.resolver_match
        if not user.must_change_password or is_public or (match is not None and match.view_name == "people:sign_out"):
            return None
        if user.one_time_is_over:
            logout(request)
            messages.error(request, _("The one-time password is no longer valid. Ask the secretariat for a new one."))
            return redirect(settings.LOGIN_URL)
        if match is not None and match.view_name in self.OPEN:
            return None
        return self._refuse(request)

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        reason = _("Change the one-time password first. Then everything is open to you.")
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"state": "refused", "reason": reason}, status=403)
        if request.method in ("GET", "HEAD"):
            return redirect("people:password")
        return render(request, "403.html", {"reason": reason}, status=403)
