"""Addresses of the papers of speeches, for the units that hand them in."""

from django.urls import URLPattern, path

from packets.handing_in import views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/speeches/<int:speech>/", views.speech_paper, name="speech_paper"),
    path("m/<slug:slug>/papers/speeches/<int:speech>/uploads/", views.speech_uploads, name="speech_uploads"),
]
