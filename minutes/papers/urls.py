"""Addresses of official papers and of the templates they are made with."""

from django.urls import URLPattern, path

from minutes.papers import template_views, views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/official/", views.official, name="official"),
    path("m/<slug:slug>/official/<int:number>/", views.official_paper, name="official_paper"),
    path("m/<slug:slug>/official/<int:number>/paper.pdf", views.official_pdf, name="official_pdf"),
    path("m/<slug:slug>/official/<int:number>/paper.docx", views.official_docx, name="official_docx"),
    path("m/<slug:slug>/official/<int:number>/data.json", views.official_data, name="official_data"),
    path("paper-templates/", template_views.templates, name="templates"),
    path("paper-templates/<str:kind>/<slug:profile>/", template_views.template, name="template"),
    path("paper-templates/<str:kind>/<slug:profile>/file/", template_views.template_file, name="template_file"),
    path("paper-templates/<str:kind>/<slug:profile>/preview/", template_views.template_preview, name="template_preview"),
]
