"""Addresses of the desk of papers."""

from django.urls import URLPattern, path

from packets import views
from packets.desk import views as desk

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/", views.papers, name="papers"),
    path("m/<slug:slug>/papers/new/", desk.new_paper, name="new_paper"),
    path("m/<slug:slug>/papers/<int:number>/desk/", desk.paper_desk, name="paper_desk"),
    path("m/<slug:slug>/papers/<int:number>/original/<int:version>/", desk.original, name="original"),
]
