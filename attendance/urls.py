"""Addresses of the delegates' list."""

from django.urls import path

from attendance import views

app_name = "attendance"
urlpatterns = [path("m/<slug:slug>/participants/", views.participants, name="participants")]
