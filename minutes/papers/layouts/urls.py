"""Addresses of the layouts."""

from django.urls import path

from minutes.papers.layouts import views

urlpatterns = [
    path("layouts/", views.layouts, name="layouts"),
    path("layouts/<slug:code>/", views.layout, name="layout"),
    path("layouts/<slug:code>/preview/", views.preview, name="layout_preview"),
    path("layouts/<slug:code>/<slug:field>/", views.component, name="layout_component"),
]
