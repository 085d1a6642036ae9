"""The input of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, User


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": _("User name and password do not match. Check both; capital letters count."),
        "inactive": _("This account has been closed. Ask the secretariat."),
    }


class NewAccountForm(forms.ModelForm):
    """A new account with the name of its person; the one-time password is made by the system."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)

    class Meta:
        model = User
        fields = ["username", "office_role", "organisation"]
        labels = {"office_role": _("Office role"), "organisation": _("Unit")}

    field_order = ["full_name", "username", "office_role", "organisation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Organisation] = self.fields["organisation"]  # type: ignore[assignment]
        field.queryset = Organisation.objects.exclude(kind=Organisation.Kind.COMMUNE)
        field.empty_label = _("none")
        self.fields["office_role"].required = False
