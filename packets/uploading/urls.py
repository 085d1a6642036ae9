"""Addresses of files on their way."""

from django.urls import URLPattern, path

from packets.uploading import views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/uploads/", views.uploads, name="uploads"),
    path("m/<slug:slug>/papers/uploads/<uuid:key>/", views.upload, name="upload"),
]
