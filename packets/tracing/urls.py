"""Addresses of opened copies and of their traces."""

from django.urls import URLPattern, path, register_converter

from packets.reader import files, taking
from packets.tracing import views
from packets.tracing.codes import LENGTH, LETTERS


class Code:
    """A whole trace code in an address."""

    regex = f"[{LETTERS}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(Code, "code")

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/trace/", views.trace, name="trace"),
    path("m/<slug:slug>/papers/packet/<code:code>.pdf", files.packet_file, name="packet_file"),
    path("m/<slug:slug>/papers/<int:number>/<code:code>.pdf", files.file, name="file"),
    path("m/<slug:slug>/papers/<int:number>/download/", taking.download, name="download"),
    path("m/<slug:slug>/papers/<int:number>/print/", taking.print_copy, name="print_copy"),
]
