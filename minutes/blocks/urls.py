"""Addresses of the blocks: following them, writing in one, its earlier versions."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from minutes.blocks import views


class BlockKey(StringConverter):
    """The key of a block: as long as one can be, without control signs. What is none has no address."""

    regex = r"[^/\x00-\x1f\x7f]{1,40}"


register_converter(BlockKey, "block_key")
urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/minutes/since/", views.since, name="since"),
    path("m/<slug:slug>/minutes/speakers/", views.speakers, name="speakers"),
    path("m/<slug:slug>/minutes/blocks/<block_key:key>/", views.block, name="block"),
    path("m/<slug:slug>/minutes/blocks/<block_key:key>/copy/", views.working_copy, name="working_copy"),
    path("m/<slug:slug>/minutes/blocks/<block_key:key>/compare/", views.compare, name="compare"),
    path("m/<slug:slug>/minutes/blocks/<block_key:key>/revisions/", views.revisions, name="revisions"),
]
