"""The input of the office's commands on accounts.

The one-time password comes with the form: the page proposes it, the administrator writes it down, the form hands on its hash
alone. No action, stored reply, journal or log ever holds it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from meetings.accounts import actions
from meetings.accounts.passwords import one_time_password
from meetings.commands import OfficeForm, office_command
from meetings.procedure import Ability
from people.models import Organisation, Person, User


class OneTimePasswordField(forms.CharField):
    """A password that the page proposes; whatever is sent must be a good one. Its value is the hash.

    Hashing takes a tenth of a second on purpose: here, not in the action, where every commit would wait for it.
    """

    def __init__(self) -> None:
        attributes = {"readonly": True, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            label=_("One-time password"),
            max_length=128,
            widget=forms.TextInput(attrs=attributes),
            initial=one_time_password,
            help_text=_("Write it down before you save: it is shown here only. Its owner changes it after signing in."),
        )

    def validate(self, value: str) -> None:
        """Refuse a password that people could guess."""
        super().validate(value)
        validate_password(value)

    def clean(self, value: Any) -> str:
        """Return the hash of a good password."""
        return make_password(super().clean(value))


class _WithPassword(OfficeForm):
    """A command that carries a new one-time password."""

    password = OneTimePasswordField()

    def arguments(self) -> dict[str, Any]:
        """Call the hash what it is."""
        data = dict(self.cleaned_data)
        data["password_hash"] = data.pop("password")
        return data


@office_command("account.add", actions.add_account, Ability.MANAGE_ACCOUNTS)
class AddAccount(_WithPassword):
    """A new account with the name of its person."""

    full_name = forms.CharField(label=_("Full name"), max_length=Person._meta.get_field("full_name").max_length)
    username = UsernameField(
        label=_("User name"), max_length=User._meta.get_field("username").max_length, validators=[UnicodeUsernameValidator()]
    )
    office_role = forms.ChoiceField(label=_("Office role"), choices=User.OfficeRole.choices, required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Unit"), required=False, empty_label=_("none"))
    field_order = ["full_name", "username", "office_role", "organisation", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Organisation] = self.fields["organisation"]  # type: ignore[assignment]
        field.queryset = Organisation.objects.exclude(kind=Organisation.Kind.COMMUNE)


class _OfAccount(OfficeForm):
    """Which account, open or closed: the action says politely what cannot be."""

    account = forms.ModelChoiceField(User.objects.all(), widget=forms.HiddenInput)


@office_command("account.close", actions.close_account, Ability.MANAGE_ACCOUNTS)
class CloseAccount(_OfAccount):
    """Which account."""


@office_command("account.reopen", actions.reopen_account, Ability.MANAGE_ACCOUNTS)
class ReopenAccount(_OfAccount, _WithPassword):
    """Which account, with its new one-time password."""


@office_command("password.reset", actions.reset_password, Ability.MANAGE_ACCOUNTS)
class ResetPassword(_OfAccount, _WithPassword):
    """Which account, with its new one-time password."""
