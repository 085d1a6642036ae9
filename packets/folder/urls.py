"""Addresses of emergency folders."""

from django.urls import URLPattern, path

from packets.folder import entry_views, views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/folder/", views.folders, name="folders"),
    path("m/<slug:slug>/folder/<int:pk>/file.<str:form>", views.folder_file, name="folder_file"),
    path("m/<slug:slug>/folder/<int:pk>/entry/", entry_views.folder_entry, name="folder_entry"),
    path("m/<slug:slug>/folder/<int:pk>/entry/<uuid:run>/", entry_views.folder_check, name="folder_check"),
]
