"""Addresses of the conclusions desk."""

from django.urls import path

from minutes.conclusions import views

urlpatterns = [
    path("m/<slug:slug>/minutes/conclusions/", views.conclusions, name="conclusions"),
    path("m/<slug:slug>/minutes/conclusions/list/", views.conclusions_list, name="conclusions_list"),
    path("m/<slug:slug>/minutes/conclusions/file/", views.conclusions_file, name="conclusions_file"),
    path("m/<slug:slug>/minutes/conclusions/<int:conclusion>/", views.conclusion, name="conclusion"),
    path("m/<slug:slug>/minutes/conclusions/<int:conclusion>/state/", views.conclusion_state, name="conclusion_state"),
]
