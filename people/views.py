"""Signing in and out, and one's own password."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from people import sessions
from people.forms import SignInForm
from people.models import User


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    """The page that asks for user name and password."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(auth.LogoutView):
    """Signs out (POST only)."""


class ChangePassword(auth.PasswordChangeView):
    """One's own new password."""

    template_name = "people/password.html"
    success_url = reverse_lazy("meetings:index")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Save it and end the account's other sessions; the own one gets a new key, and its open pages load anew."""
        user, session = self.request.user, sessions.session_of(self.request)
        assert isinstance(user, User)
        with transaction.atomic():
            answer = super().form_valid(form)
            sessions.end(user, session, all_of_them=True)
        return answer
