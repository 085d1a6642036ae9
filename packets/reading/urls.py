"""Addresses of reading."""

from django.urls import URLPattern, path

from packets.reading import board_views, own_views, views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/progress/<str:code>/", views.progress, name="progress"),
    path("m/<slug:slug>/papers/my-reading/", own_views.own_record, name="own_record"),
    path("me/reading/", own_views.own_reading, name="own_reading"),
    path("m/<slug:slug>/papers/reading/", board_views.board, name="board"),
    path("m/<slug:slug>/papers/reading/people/", board_views.board_people, name="board_people"),
    path("m/<slug:slug>/papers/reading/people.<str:form>", board_views.board_file, name="board_file"),
]
