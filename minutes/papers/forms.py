"""The commands on official papers before their issue, and on templates."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from issuing.forms import Line, lines_of
from meetings.commands import ChoosingForm, CommandForm, OfficeForm, command, office_command
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in
from minutes.blocks.fields import RichText
from minutes.models import OfficialPaper, PaperTemplate
from minutes.papers import actions, checking, present, rich, setting
from minutes.papers.kinds import KINDS, Field
from minutes.papers.samples import sample
from minutes.papers.vocabulary import LONGEST_TEMPLATE as LONGEST
from printing.errors import PrintingError
from printing.profiles import PROFILES

LARGEST = 2**31 - 1
#: How the name of a field of the paper's own text begins in the form.
PREFIX = "text_"
BEARS = ("abstract", "place", "authority", "post", "signer")
_KIND = [(code, kind.label) for code, kind in KINDS.items()]


def set_it_once(meeting: Meeting, *, by: Actor, paper: OfficialPaper, version: int) -> dict[str, Any]:
    """Set a draft before the journal is locked: what cannot be set is not approved."""
    try:
        present.sheet_of(paper).html()
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error
    return {}


def address_of(row: OfficialPaper) -> str:
    """Return the address of a paper's page."""
    return reverse("minutes:official_paper", args=[row.meeting.slug, row.number])


@command("paper.draft", actions.draft_paper, Ability.WRITE_MINUTES, leads_to=address_of)
class DraftPaper(CommandForm):
    """Which kind."""

    kind = forms.ChoiceField(choices=_KIND)


class _OfPaper(ChoosingForm):
    """Which paper, as it was read."""

    choices_of = {"paper": "official_papers"}
    paper = forms.ModelChoiceField(OfficialPaper.objects.none(), widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)


class Lines(forms.CharField):
    """Several lines, each cleaned as names are."""

    def __init__(self, *, at_most: int = 40, **kwargs: Any) -> None:
        self.at_most = at_most
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the lines that say something, one a line."""
        return "\n".join(lines_of(super().clean(value), at_most=self.at_most))


@command("paper.edit", actions.edit_paper, Ability.WRITE_MINUTES)
class EditPaper(_OfPaper):
    """What people write in a paper: what it bears, and the fields of its kind."""

    abstract = Line(label=_("Abstract"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    place = Line(label=_("Place of date"), max_length=120, required=False)
    authority = Lines(
        label=_("Authority"), max_length=160, at_most=3, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Party: T/M, K/T, T/L; State: TM., KT., TL. Empty when the head signs."),
    )  # fmt: skip
    post = Line(label=_("Post"), max_length=160, required=False)
    signer = Line(label=_("Signer"), max_length=120, required=False, help_text=_("Without titles and degrees."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = self._kind_of_paper()
        for one in KINDS[self.kind].fields if self.kind else ():
            self.fields[PREFIX + one.name] = field_of(one)

    def _kind_of_paper(self) -> str:
        asked = number_in(str(self.data.get("paper", ""))) if self.is_bound else None
        found = self.meeting.official_papers.filter(pk=asked).values_list("kind", flat=True).first() if asked else None
        return str(found or self.initial.get("kind", ""))

    def arguments(self) -> dict[str, Any]:
        """Return the paper, what it bears, and its words by field. What was not sent stays as it is."""
        data = self.cleaned_data
        words = {one.name: data[PREFIX + one.name] for one in self._sent()}
        for one in KINDS[self.kind].fields if self.kind else ():
            if one.sort == "rich" and one.name in words:
                words[one.name] = words[one.name] or rich.paragraphs("")
        return {
            "paper": data["paper"], "version": data["version"], "words": words,
            "bears": {name: data[name] for name in BEARS if name in self.data},
        }  # fmt: skip

    def _sent(self) -> list[Field]:
        """Return the fields of the kind that were sent; a tick that is not there was taken away, when others are there."""
        fields = KINDS[self.kind].fields if self.kind else ()
        names = {one.name for one in fields if any(key in self.data for key in (PREFIX + one.name, f"{PREFIX}{one.name}_text"))}
        return [one for one in fields if one.name in names or (one.sort == "tick" and names)]


def field_of(one: Field) -> forms.Field:
    """Return the form field of a field of a paper."""
    about: dict[str, Any] = {"label": one.label, "help_text": one.help, "required": False}
    match one.sort:
        case "rich":
            return RichText(**about)
        case "tick":
            return forms.BooleanField(**about)
        case "lines":
            about.pop("required")
            return Lines(max_length=4000, **about)
    return Line(max_length=600, **about)


@command("paper.approve", actions.approve_paper, Ability.APPROVE_PAPERS, trial=set_it_once)
class ApprovePaper(_OfPaper):
    """Which draft, as it was read."""


@command("paper.return", actions.return_paper, Ability.APPROVE_PAPERS)
class ReturnPaper(_OfPaper):
    """Which approved paper, as it was read."""


@command("paper.remove", actions.remove_paper, Ability.WRITE_MINUTES)
class RemovePaper(_OfPaper):
    """Which draft, as it was read."""


class _OfTemplate(OfficeForm):
    """Which kind under which layout."""

    kind = forms.ChoiceField(choices=_KIND, widget=forms.HiddenInput)
    profile = forms.ChoiceField(choices=[(code, one.name) for code, one in PROFILES.items()], widget=forms.HiddenInput)


@office_command("paper_template.add", actions.add_paper_template, Ability.KEEP_LAYOUTS)
class AddPaperTemplate(_OfTemplate):
    """A template's source, typed or as a file; it is kept only when nothing is wrong with it."""

    source = forms.CharField(label=_("Template"), max_length=LONGEST, required=False, strip=False, widget=forms.Textarea)
    file = forms.FileField(label=_("Or a file"), required=False)
    note = Line(label=_("What was changed"), max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the file where there is one, and check the template."""
        data = super().clean() or {}
        if self.errors:
            return data
        if data.get("file") is not None:
            data["source"] = self._read(data["file"])
        source = data["source"] = data["source"].replace("\r\n", "\n")
        if not source.strip():
            self.add_error("source", _("Write the template, or choose a file."))
            return data
        for one in problems_of(data["kind"], data["profile"], source, lane=self.by.user.pk)[:20] if not self.errors else ():
            self.add_error("source", told(one))
        return data

    def _read(self, file: Any) -> str:
        if file.size > LONGEST * 4:
            self.add_error("file", _("The template is longer than %(count)s characters. Shorten it.") % {"count": LONGEST})
            return ""
        try:
            found: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text file in UTF-8. Save it as UTF-8 and choose it again."))
            return ""
        return found

    def arguments(self) -> dict[str, Any]:
        """Return all but the file."""
        return {name: self.cleaned_data[name] for name in ("kind", "profile", "source", "note")}


def problems_of(kind: str, profile: str, source: str, *, lane: Hashable | None = None) -> list[checking.Problem]:
    """Return what is wrong with a template of a kind under a layout, tried on a paper that is issued and on a draft.

    `lane`: who tries it out; a second trial of theirs waits behind the first.
    """
    layout = PROFILES[profile]
    for draft in (False, True):
        data = sample(kind, layout.body, draft=draft)
        context, markup = setting.context_of(data, layout), setting.markup_of(data)
        found = (
            [] if draft else checking.problems(source, context, lane=lane)
        )  # what only some papers have is known from the issued one
        found = found or checking.faults_filled(source, kind, context, markup, lane=lane)
        if found:
            return found
    return []


def told(one: checking.Problem) -> str:
    """Return a problem with its line."""
    return _("Line %(line)d: %(what)s") % {"line": one.line, "what": one.sentence} if one.line else one.sentence


@office_command("paper_template.take", actions.take_paper_template, Ability.KEEP_LAYOUTS)
class TakePaperTemplate(OfficeForm):
    """Which one."""

    template = forms.ModelChoiceField(PaperTemplate.objects.all(), widget=forms.HiddenInput)


@office_command("paper_template.reset", actions.reset_paper_template, Ability.KEEP_LAYOUTS)
class ResetPaperTemplate(_OfTemplate):
    """Of which kind under which layout."""
