"""The commands there are: each binds a name to a form and an action. Apps register theirs in forms.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.procedure import Ability, Actor


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
    of the action, or raises a Refusal, which is then the answer.
    """

    name: str
    form: type[OfficeForm]
    action: Callable[..., Any]
    ability: Ability
    before: Callable[..., dict[str, Any]] | None = None


_COMMANDS: dict[str, Command] = {}
_OFFICE_COMMANDS: dict[str, Command] = {}
FormT = TypeVar("FormT", bound=type[CommandForm])
OfficeFormT = TypeVar("OfficeFormT", bound=type[OfficeForm])


def command(
    name: str, action: Callable[..., Any], ability: Ability, *, before: Callable[..., dict[str, Any]] | None = None
) -> Callable[[FormT], FormT]:
    """Register a form class as the input of a command.

    `ability` is asked before the form is read, so that input of one who may not do this is never judged;
    the action asks again, under the lock.
    """

    def register(form: FormT) -> FormT:
        _COMMANDS[name] = Command(name=name, form=form, action=action, ability=ability, before=before)
        return form

    return register


def office_command(name: str, action: Callable[..., Any], ability: Ability) -> Callable[[OfficeFormT], OfficeFormT]:
    """Register a form class as the input of a command of the office: its action knows no meeting."""

    def register(form: OfficeFormT) -> OfficeFormT:
        _OFFICE_COMMANDS[name] = Command(name=name, form=form, action=action, ability=ability)
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
