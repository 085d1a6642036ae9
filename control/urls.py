"""Addresses of the secretariat's control over displays."""

from django.urls import path

from control import views

app_name = "control"
urlpatterns = [path("m/<slug:slug>/displays/", views.displays, name="displays")]
