"""The commands there are: each binds a name to a form and an action. Apps register theirs in forms.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in


class OfficeForm(forms.Form):
    """The input of a command of the office. It knows who asks; `arguments()` gives the action its words."""

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of the action."""
        return self.cleaned_data


class CommandForm(OfficeForm):
    """The input of a command on a meeting: it knows the meeting too."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        super().__init__(*args, **kwargs)


class Rows(forms.ModelMultipleChoiceField):
    """Several rows of a meeting, in a step for each database query and not for each row.

    A number that no row could have is refused before a database is asked: SQLite cannot take it.
    """

    def _check_values(self, value: Any) -> QuerySet[Any]:
        keys = {str(key): number_in(str(key)) for key in value}
        for key, number in keys.items():
            if number is None:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key})
        assert self.queryset is not None
        found = self.queryset.filter(pk__in=keys.values())
        if len(found) != len(set(keys.values())):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": ""})
        return found


class ChoosingForm(CommandForm):
    """A command form whose choices are rows of the meeting."""

    choices_of: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, related in self.choices_of.items():
            field: forms.ModelChoiceField[Any] = self.fields[name]  # type: ignore[assignment]
            field.queryset = getattr(self.meeting, related).all()
            field.error_messages["invalid_choice"] = _("This has been removed by somebody else in the meantime. Reload the page.")


@dataclass(frozen=True)
class Command:
    """A thing one can ask of a meeting, or of the office: `floor.give` runs `give_floor` on what `form` has read.

    `before(meeting, by=…)` does what takes long (printing) before the journal is locked; it returns further arguments
    of the action, or raises a Refusal, which is then the answer. `trial(meeting, by=…, …)` is the same with what the form has
    read. `leads_to(what the action has made)` is the address where the browser goes on.
    """

    name: str
    form: type[OfficeForm]
    action: Callable[..., Any]
    ability: Ability
    before: Callable[..., dict[str, Any]] | None = None
    leads_to: Callable[[Any], str] | None = None
    trial: Callable[..., dict[str, Any]] | None = None


_COMMANDS: dict[str, Command] = {}
_OFFICE_COMMANDS: dict[str, Command] = {}
FormT = TypeVar("FormT", bound=type[CommandForm])
OfficeFormT = TypeVar("OfficeFormT", bound=type[OfficeForm])


def command(
    name: str,
    action: Callable[..., Any],
    ability: Ability,
    *,
    before: Callable[..., dict[str, Any]] | None = None,
    trial: Callable[..., dict[str, Any]] | None = None,
    leads_to: Callable[[Any], str] | None = None,
) -> Callable[[FormT], FormT]:
    """Register a form class as the input of a command.

    `ability` is asked before the form is read, so that input of one who may not do this is never judged;
    the action asks again, under the lock.
    """

    def register(form: FormT) -> FormT:
        _COMMANDS[name] = Command(
            name=name, form=form, action=action, ability=ability, before=before, trial=trial, leads_to=leads_to
        )
        return form

    return register


def office_command(
    name: str, action: Callable[..., Any], ability: Ability, *, leads_to: Callable[[Any], str] | None = None
) -> Callable[[OfficeFormT], OfficeFormT]:
    """Register a form class as the input of a command of the office: its action knows no meeting."""

    def register(form: OfficeFormT) -> OfficeFormT:
        _OFFICE_COMMANDS[name] = Command(name=name, form=form, action=action, ability=ability, leads_to=leads_to)
        return form

    return register


def commands() -> dict[str, Command]:
    """Return every command on a meeting by name."""
    return dict(_COMMANDS)


def office_commands() -> dict[str, Command]:
    """Return every command of the office by name."""
    return dict(_OFFICE_COMMANDS)


def find(name: str) -> Command | None:
    """Return a command on a meeting, or nothing."""
    return _COMMANDS.get(name)


def find_in_office(name: str) -> Command | None:
    """Return a command of the office, or nothing."""
    return _OFFICE_COMMANDS.get(name)
