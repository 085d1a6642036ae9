"""Rich text in forms: what the editor sends as JSON, or what a page without scripts sends as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from texts.nodes import Refused
from texts.reading import from_editor, from_plain
from texts.writing import is_empty

if TYPE_CHECKING:
    from texts.nodes import Doc


class RichTextInput(forms.Textarea):
    """Reads both: JSON under its own name, plain text under another (`plain`)."""

    template_name = "parts/rich_text.html"

    def __init__(self, plain: str = "", attrs: dict[str, Any] | None = None) -> None:
        self.plain = plain
        super().__init__(attrs)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str]:
        """Return what the editor sent and what a plain page sent."""
        return str(data.get(name) or ""), str(data.get(self.plain or f"{name}_text") or "")

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Tell whether neither was sent."""
        return name not in data and (self.plain or f"{name}_text") not in data


class RichText(forms.Field):
    """A document (texts/nodes.py). JSON is read before plain text; what is not taken is told with what to do.

    `plain`: name of the field of plain text; without it the field's own with `_text` behind.
    """

    default_error_messages = {"required": _("Write something first.")}

    def __init__(self, *, plain: str = "", **kwargs: Any) -> None:
        super().__init__(widget=RichTextInput(plain), **kwargs)

    def to_python(self, value: Any) -> Doc | None:
        """Read a document; nothing where nothing was sent."""
        sent, typed = value if isinstance(value, tuple | list) else ("", str(value or ""))
        if not sent and not typed.strip():
            return None
        try:
            return from_editor(sent) if sent else from_plain(typed)
        except Refused as refused:
            raise forms.ValidationError(refused.sentence, code=refused.word) from refused

    def validate(self, value: Any) -> None:
        """An empty document is no words."""
        if self.required and (value is None or is_empty(value)):
            raise forms.ValidationError(self.error_messages["required"], code="required")
