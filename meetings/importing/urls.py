"""Addresses of importing: under a meeting, and under the office."""

from __future__ import annotations

from django.urls import path

from meetings.importing import views

addresses = [
    path("m/<slug:slug>/import/participants/", views.upload, {"kind": "participants"}, name="import_participants"),
    path("m/<slug:slug>/import/<slug:kind>/", views.upload, name="import"),
    path("m/<slug:slug>/import/<slug:kind>/template/", views.template, name="import_template"),
    path("m/<slug:slug>/import/<slug:kind>/<uuid:run>/", views.preview, name="import_run"),
    path("import/<slug:kind>/", views.upload, name="office_import"),
    path("import/<slug:kind>/template/", views.template, name="office_import_template"),
    path("import/<slug:kind>/<uuid:run>/", views.preview, name="office_import_run"),
]
