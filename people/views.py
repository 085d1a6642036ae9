"""Signing in and out, one's own password, and where one is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from people import attempts, sessions
from people.forms import OwnPasswordForm, SignInForm
from people.models import User

ATTEMPTS_SHOWN = 10


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    """The page that asks for user name and password."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_initial(self) -> dict[str, Any]:
        """The QR code of a slip brings the user name along."""
        return super().get_initial() | {"username": self.request.GET.get("u", "").replace("\0", "")[:64]}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in and know this device from now on."""
        answer = super().form_valid(form)
        user = form.get_user()
        assert isinstance(user, User)
        attempts.remember_device(self.request, answer, user)
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Say what was wrong, and to programs how long to wait."""
        answer = super().form_invalid(form)
        assert isinstance(form, SignInForm)
        if form.waits:
            answer.status_code = 503 if form.is_busy else 429
            answer["Retry-After"] = str(form.waits)
        return answer


class SignOut(auth.LogoutView):
    """Signs out (POST only)."""


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(auth.PasswordChangeView):
    """One's own new password; who came with a one-time password gets no further without."""

    template_name = "people/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("meetings:index")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Save it and end the account's other sessions; the own one gets a new key, and its open pages load anew."""
        user, session = self.request.user, sessions.session_of(self.request)
        assert isinstance(user, User)
        with transaction.atomic():
            others = sessions.open_sessions(user).exclude(fingerprint=session)
            sessions.end_many(user, others)
            answer = super().form_valid(form)
            sessions.end(user, session, all_of_them=True)
        messages.success(self.request, _("Your new password holds from now on. You are signed out everywhere else."))
        return answer


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and who else has tried."""
    user = _own(request)
    context: dict[str, Any] = {
        "sessions": list(sessions.open_sessions(user)),
        "here": sessions.session_of(request),
        "attempts": list(user.sign_in_attempts.filter(is_good=False)[:ATTEMPTS_SHOWN]),
        "organisation": user.organisation,
    }
    return render(request, "people/me.html", context)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one other session of one's own, or all others; what is open there closes within two seconds."""
    user = _own(request)
    found = sessions.open_sessions(user).exclude(fingerprint=sessions.session_of(request))
    one = request.POST.get("session", "").replace("\0", "")
    ended = sessions.end_many(user, found.filter(fingerprint=one) if one else found)
    if ended:
        messages.success(request, ngettext("%(n)d sign-in ended.", "%(n)d sign-ins ended.", ended) % {"n": ended})
    else:
        messages.info(request, _("There was nothing to end: it has ended already."))
    return redirect("people:me")


def _own(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
