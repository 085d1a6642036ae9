"""The input of signing in, and of one's own password."""

from __future__ import annotations

from math import ceil
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.hashers import check_password
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people import attempts
from people.hashing import TooBusy, impatient
from people.models import User
from people.patience import Kind

WARNED_WITH = 2  # wrong attempts left
SPENT = _("This is the one-time password. Choose one of your own.")


class SignInForm(AuthenticationForm):
    """User name and password. `waits`: seconds until the next attempt is let through."""

    error_messages = {
        "invalid_login": _("User name and password do not match. Check both; capital letters count."),
        "inactive": _("This account has been closed. Ask the secretariat."),
        "expired": _("The one-time password is no longer valid. Ask the secretariat for a new one."),
        "busy": _("Very many people sign in at this moment. Try again in ten seconds."),
    }
    waits = 0
    is_busy = False

    def clean(self) -> dict[str, Any]:
        """Count the attempt, then look at the password."""
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return self.cleaned_data
        assert self.request is not None
        try:
            attempt = attempts.begin(self.request, username)
        except attempts.MustWait as wait:
            self.waits = max(1, ceil((wait.until - timezone.now()).total_seconds()))
            raise forms.ValidationError(_sentence(wait), code="must_wait") from wait
        return self._judge(attempt)

    def confirm_login_allowed(self, user: Any) -> None:
        """Refuse a one-time password that was not used in time: only who knows it learns that."""
        super().confirm_login_allowed(user)
        if user.one_time_is_over:
            raise forms.ValidationError(self.error_messages["expired"], code="expired")

    def _judge(self, attempt: attempts.Attempt) -> dict[str, Any]:
        try:
            with impatient():
                data: dict[str, Any] = super().clean()
        except TooBusy as error:
            attempts.undo(attempt)
            self.waits, self.is_busy = 10, True
            raise forms.ValidationError(self.error_messages["busy"], code="busy") from error
        except forms.ValidationError as error:
            if error.code != "invalid_login":
                attempts.succeeded(attempt)
                raise
            attempts.failed(attempt)
            raise forms.ValidationError([error, *_warning(attempt.left)]) from error
        attempts.succeeded(attempt)
        return data


class OwnPasswordForm(PasswordChangeForm):
    """The old password and a new one, which is not the one-time password again."""

    def clean_old_password(self) -> str:
        """Count the attempt, then look at the password."""
        assert isinstance(self.user, User)
        try:
            attempt = attempts.begin_own(self.user)
        except attempts.MustWait as wait:
            raise forms.ValidationError(_sentence(wait), code="must_wait") from wait
        try:
            old: str = super().clean_old_password()
        except forms.ValidationError:
            attempts.failed(attempt)
            raise
        attempts.succeeded(attempt)
        return old

    def clean_new_password1(self) -> str:
        """Refuse the password that opened the account, and the last one-time password."""
        new: str = self.cleaned_data["new_password1"]
        assert isinstance(self.user, User)
        if check_password(new, self.user.spent_password) or (self.user.must_change_password and self.user.check_password(new)):
            raise forms.ValidationError(SPENT, code="spent")
        return new

    def save(self, commit: bool = True) -> Any:
        """Keep the new password; a one-time password is spent."""
        user = self.user
        assert isinstance(user, User)
        if user.must_change_password:
            user.spent_password = user.password
        user.must_change_password, user.one_time_until = False, None
        return super().save(commit)


def _warning(left: int) -> list[str]:
    if left == 0:
        return [str(_("The next attempts have to wait."))]
    if left > WARNED_WITH:
        return []
    words = ngettext("%(left)d more attempt before you have to wait.", "%(left)d more attempts before you have to wait.", left)
    return [words % {"left": left}]


def _sentence(wait: attempts.MustWait) -> str:
    minutes = max(1, ceil((wait.until - timezone.now()).total_seconds() / 60))
    if wait.kind is Kind.ADDRESS:
        words = ngettext(
            "Many wrong attempts have come from your network. Try again at %(time)s, in %(minutes)d minute.",
            "Many wrong attempts have come from your network. Try again at %(time)s, in %(minutes)d minutes.",
            minutes,
        )
    else:
        words = ngettext(
            "Too many wrong attempts. Try again at %(time)s, in %(minutes)d minute, or ask the secretariat to lift the lock.",
            "Too many wrong attempts. Try again at %(time)s, in %(minutes)d minutes, or ask the secretariat to lift the lock.",
            minutes,
        )
    return words % {"time": date_format(timezone.localtime(wait.until), "H:i"), "minutes": minutes}
