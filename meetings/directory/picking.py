"""Form fields that pick one person or one organisation of the directory.

The page has a combobox (parts/pick.html, static/js/pick.js): one types, the server finds, one picks. Without scripts it is a
line of text, and what was typed is looked up when the form is sent: understood, or refused with a sentence, never guessed.
`name` carries the words and `name_pk` the number of what was picked; a program may send the number alone as `name`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.directory.finding import find_organisations, find_people, pickable_organisations, pickable_people
from meetings.directory.labels import APART, label_of_organisation, label_of_person
from meetings.queries import number_in
from people.models import Organisation, Person
from people.spelling import clean, fold

LONGEST = 400
NAMED_AT_MOST = 4  # of several of one name

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Typed:
    """What came from the page: the words, and the number of what was picked; None when the page sent no such field."""

    text: str
    pk: str | None = None


class Picker(forms.Widget):
    """A line of text in which one searches and picks. `fills`: fields of the same form that a pick fills in, name → what."""

    template_name = "parts/pick.html"

    def __init__(self, *, find: object, fills: Mapping[str, str] | None = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.find = find
        self.fills = dict(fills or {})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed | None:
        """Return what was typed and what was picked."""
        if name not in data and f"{name}_pk" not in data:
            return None
        return Typed(str(data.get(name, "")), data.get(f"{name}_pk"))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Tell whether the form was sent without this field."""
        return name not in data and f"{name}_pk" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what parts/pick.html needs."""
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, Typed) else Typed("")
        fills = " ".join(f"{field}:{what}" for field, what in self.fills.items())
        context["widget"] |= {"text": typed.text, "pk": typed.pk or "", "find": self.find, "fills": fills}
        return context


class PickField(forms.Field, Generic[Row]):
    """Picks one row. What it returns was pickable when the form was read; an unknown or ambiguous name is refused."""

    find: ClassVar[object]
    default_error_messages = {
        "unknown": _("“%(text)s” is not in the directory. Choose from the list, or enter it in the directory first."),
        "gone": _("What was picked is no longer in the directory. Choose again."),
        "several": _("“%(text)s” is the name of several: %(labels)s. Choose one from the list."),
        "perhaps": _("“%(text)s” is not in the directory. Perhaps you mean: %(labels)s. Choose from the list."),
    }

    def __init__(self, *, fills: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Picker(find=self.find, fills=fills))
        super().__init__(**kwargs)

    @abstractmethod
    def pickable(self) -> QuerySet[Row]:
        """The rows there are to pick from."""

    @abstractmethod
    def label_of(self, row: Row) -> str:
        """Return the line by which a row is told from others."""

    @abstractmethod
    def names_of(self, row: Row) -> list[str]:
        """Return the names a row is called by."""

    @abstractmethod
    def called(self, text: str) -> list[Row]:
        """Return the rows that may be called so."""

    @abstractmethod
    def like(self, text: str) -> list[Row]:
        """Return rows one may have meant."""

    def prepare_value(self, value: Any) -> Any:
        """Return a row, or the number of one, as the page shows it."""
        if isinstance(value, Model):
            return Typed(self.label_of(value), str(value.pk))  # type: ignore[arg-type]
        row = self._numbered(str(value)) if isinstance(value, int | str) and value else None
        return Typed(self.label_of(row), str(row.pk)) if row else value

    def to_python(self, value: Any) -> Row | None:
        """Return the row; raise ValidationError with what to do when it is not clear which."""
        if isinstance(value, Model):
            return value  # type: ignore[return-value]
        if not isinstance(value, Typed):
            return None
        text = clean(value.text.replace("\0", ""))[:LONGEST]
        if not text:
            return None
        if value.pk is None and text.isdecimal():
            return self._numbered(text) or self._refuse("gone", text)
        picked = self._numbered(value.pk or "")
        if picked is not None and fold(text) in self._spoken(picked):
            return picked
        return self._named(text, picked)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by number."""
        return str(getattr(initial, "pk", initial) or "") != str(getattr(data, "pk", data) or "")

    def _numbered(self, text: str) -> Row | None:
        number = number_in(text)
        return None if number is None else self.pickable().filter(pk=number).first()

    def _spoken(self, row: Row) -> list[str]:
        return [fold(name) for name in (self.label_of(row), *self.names_of(row))]

    def _named(self, text: str, picked: Row | None) -> Row:
        """Return the one row of a name, or of a name with what stands behind it to tell it from others.

        `picked`: what was picked before; it is meant when only what stands behind its name has changed meanwhile.
        """
        wanted, name = fold(text), text.partition(APART)[0]
        named = [row for row in self.called(name) if wanted in self._spoken(row)]
        whole = [row for row in named if fold(self.label_of(row)) == wanted]
        found = named if len(named) == 1 else whole
        if len(found) == 1:
            return found[0]
        if picked is not None and not named and fold(name) in [fold(one) for one in self.names_of(picked)]:
            return picked
        if named:
            self._refuse("several", text, named)
        guesses = self.like(text)
        return self._refuse("perhaps" if guesses else "unknown", text, guesses)

    def _refuse(self, code: str, text: str, rows: list[Row] | None = None) -> Any:
        labels = "; ".join(self.label_of(row) for row in (rows or [])[:NAMED_AT_MOST])
        raise forms.ValidationError(self.error_messages[code], code=code, params={"text": text, "labels": labels})


class PersonField(PickField[Person]):
    """Picks a person of the directory; one who was merged into another is not offered."""

    find = reverse_lazy("meetings:find_person")

    def pickable(self) -> QuerySet[Person]:
        """People who are not merged."""
        return pickable_people()

    def label_of(self, row: Person) -> str:
        """Return the name with the present positions."""
        return label_of_person(row.full_name, row.positions.all(), timezone.localdate())

    def names_of(self, row: Person) -> list[str]:
        """Return the full name."""
        return [row.full_name]

    def called(self, text: str) -> list[Person]:
        """Return the people of a full name."""
        return list(pickable_people().filter(folded=fold(text)))

    def like(self, text: str) -> list[Person]:
        """Return people whose name has the words."""
        return find_people(text, at_most=NAMED_AT_MOST)


class OrganisationField(PickField[Organisation]):
    """Picks an organisation of the directory; a closed one is not offered."""

    find = reverse_lazy("meetings:find_organisation")

    def pickable(self) -> QuerySet[Organisation]:
        """Organisations that are open."""
        return pickable_organisations()

    def label_of(self, row: Organisation) -> str:
        """Return the name with the one above."""
        return label_of_organisation(row)

    def names_of(self, row: Organisation) -> list[str]:
        """Return name, short name and code."""
        return [name for name in (row.name, row.short_name, row.code) if name]

    def called(self, text: str) -> list[Organisation]:
        """Return the organisations of a name."""
        return list(pickable_organisations().filter(folded__contains=fold(text))[:200])

    def like(self, text: str) -> list[Organisation]:
        """Return organisations whose name has the words."""
        return find_organisations(text, at_most=NAMED_AT_MOST)
