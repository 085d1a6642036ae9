"""What comes in from the reader: which version, a search, a mark at a page."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from meetings.queries import number_in
from people.spelling import clean


def asked_version(request: HttpRequest) -> int | None:
    """Return the number of the one version an address asks for (`?version=2`); 0 for what is no number: no paper has that."""
    text = request.GET.get("version", "")
    return (number_in(text) or 0) if text else None


class BookmarkForm(forms.Form):
    """A mark at a page, with a few words, or its end."""

    page = forms.IntegerField(min_value=1, max_value=20_000)
    words = forms.CharField(max_length=200, required=False)
    remove = forms.BooleanField(required=False)

    def clean_words(self) -> str:
        """Return the words as they are kept."""
        return clean(self.cleaned_data["words"])
