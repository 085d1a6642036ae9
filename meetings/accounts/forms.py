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
from meetings.accounts.planning import AT_ONCE
from meetings.commands import OfficeForm, Rows, office_command
from meetings.models import Meeting
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
            help_text=_("Write it down before you save: it is shown here only. Its owner must change it at the first sign-in."),
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


class _OfficePlace(OfficeForm):
    """What an account is in the office. A focal point speaks for a unit, and for nobody without one."""

    office_role = forms.ChoiceField(label=_("Office role"), choices=User.OfficeRole.choices, required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Unit"), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Organisation] = self.fields["organisation"]  # type: ignore[assignment]
        field.queryset = Organisation.objects.exclude(kind=Organisation.Kind.COMMUNE)

    def clean(self) -> dict[str, Any]:
        """Check that a focal point has a unit."""
        data = super().clean() or {}
        unit_is_missing = not data.get("organisation") and "organisation" not in self.errors
        if data.get("office_role") == User.OfficeRole.FOCAL_POINT and unit_is_missing:
            self.add_error("organisation", _("A focal point belongs to a unit. Choose it."))
        return data


@office_command("account.add", actions.add_account, Ability.MANAGE_ACCOUNTS)
class AddAccount(_WithPassword, _OfficePlace):
    """A new account with the name of its person."""

    full_name = forms.CharField(label=_("Full name"), max_length=Person._meta.get_field("full_name").max_length)
    username = UsernameField(
        label=_("User name"), max_length=User._meta.get_field("username").max_length, validators=[UnicodeUsernameValidator()]
    )
    field_order = ["full_name", "username", "office_role", "organisation", "password"]


class _OfAccount(OfficeForm):
    """Which account, open or closed: the action says politely what cannot be."""

    account = forms.ModelChoiceField(User.objects.all(), widget=forms.HiddenInput)


@office_command("account.close", actions.close_account, Ability.MANAGE_ACCOUNTS)
class CloseAccount(_OfAccount):
    """Which account."""


@office_command("account.reopen", actions.reopen_account, Ability.MANAGE_ACCOUNTS)
class ReopenAccount(_OfAccount, _WithPassword):
    """Which account, with its new one-time password."""


@office_command("account.edit", actions.edit_account, Ability.MANAGE_ACCOUNTS)
class EditAccount(_OfAccount, _OfficePlace):
    """Which account, with its new role and unit."""


@office_command("account.unlock", actions.unlock_account, Ability.RESET_PASSWORDS)
class UnlockAccount(_OfAccount):
    """Which account."""


@office_command("accounts.close", actions.close_accounts, Ability.MANAGE_ACCOUNTS)
class CloseAccounts(OfficeForm):
    """Which accounts."""

    accounts = Rows(User.objects.all())


@office_command("password.reset", actions.reset_password, Ability.RESET_PASSWORDS)
class ResetPassword(_OfAccount, _WithPassword):
    """Which account, with its new one-time password."""


class SlipsForm(forms.Form):
    """For whom slips are printed: what a meeting lacks, chosen people, or accounts there are already. No password comes in."""

    command_id = forms.UUIDField(widget=forms.HiddenInput)
    meeting = forms.ModelChoiceField(Meeting.objects.all(), to_field_name="slug", required=False)
    units = Rows(Organisation.objects.all(), required=False)
    people = Rows(Person.objects.all(), required=False)
    accounts = Rows(User.objects.all(), required=False)
    office_role = forms.ChoiceField(label=_("Office role"), choices=User.OfficeRole.choices, required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Unit"), required=False, empty_label=_("none"))

    def clean(self) -> dict[str, Any]:
        """Check that somebody is chosen, and not too many."""
        data = super().clean() or {}
        chosen = sum(len(data.get(name) or ()) for name in ("units", "people", "accounts"))
        if not chosen and not self.errors:
            raise forms.ValidationError(_("Choose at least one."))
        if chosen > AT_ONCE:
            raise forms.ValidationError(_("At most %(number)d at once. Choose fewer.") % {"number": AT_ONCE})
        if data.get("office_role") == User.OfficeRole.FOCAL_POINT and not data.get("organisation"):
            self.add_error("organisation", _("A focal point belongs to a unit. Choose it."))
        return data
