"""Addresses of meetings, their workspace and the command door."""

from django.urls import path

from meetings import door, views

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="index"),
    path("m/new/", views.new, name="new"),
    path("m/<slug:slug>/", views.overview, name="overview"),
    path("m/<slug:slug>/edit/", views.edit, name="edit"),
    path("m/<slug:slug>/bridge-points/", views.bridge_points, name="bridge_points"),
    path("m/<slug:slug>/do/<str:name>/", door.do, name="do"),
]
