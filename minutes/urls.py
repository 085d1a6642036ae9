"""Addresses of the minutes."""

from django.urls import path

from minutes import views

app_name = "minutes"
urlpatterns = [path("m/<slug:slug>/minutes/", views.minutes, name="minutes")]
