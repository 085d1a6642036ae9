"""Names as people search for them: without diacritics, whatever way they were typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django import forms
from django.db import models

from sheets.lines import one_line


def clean(text: str) -> str:
    """Return text as it is kept: NFC, every kind of white space one plain space, none at the ends, nothing unseen."""
    return one_line(text)


_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def fold(text: str) -> str:
    """Return text in lower case without diacritics (đ becomes d), so that uỷ, ủy and uy are found alike."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))).lower()


_TONES = "\u0300\u0301\u0303\u0309\u0323"


@lru_cache(maxsize=50_000)
def alike(text: str) -> str:
    """Return text so that two spellings of one name are equal, and two names are not.

    Letters are small, the tone stands at the end of its syllable (uỷ is ủy, hoá is hóa), white space is one plain space.
    """
    return " ".join(_syllable(word) for word in unicodedata.normalize("NFD", clean(text).lower()).split())


def _syllable(word: str) -> str:
    if word.isascii():
        return word
    tones = sorted(mark for mark in word if mark in _TONES)
    return "".join([*(letter for letter in word if letter not in _TONES), *tones])


def words(text: str, *, at_most: int = 6) -> list[str]:
    """Return the folded words of a search."""
    return re.sub(r"\s+", " ", fold(text.replace("\0", ""))).split()[:at_most]


class CleanField(forms.CharField):
    """One line of text as it is kept: composed, every white space one plain space, nothing unseen."""

    def to_python(self, value: Any) -> str:
        """Return the text cleaned."""
        return clean(super().to_python(value) or "")


class FoldedField(models.CharField):
    """Keeps the folded text of other fields of its row, so that a search finds it on every database.

    It is written when a row is saved or made, in bulk too. `save(update_fields=…)` must name it; `update()` and
    `bulk_update()` do not write it by themselves.
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = of
        settings: dict[str, Any] = {"max_length": 700, "editable": False, "blank": True, "default": ""}
        super().__init__(*args, **(settings | kwargs))

    def deconstruct(self) -> Any:
        """Return what a migration needs to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the folded text of the fields."""
        text = fold(" ".join(str(getattr(model_instance, name) or "") for name in self.of))[: self.max_length]
        setattr(model_instance, self.attname, text)
        return text
