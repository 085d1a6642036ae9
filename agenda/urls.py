"""Addresses of the programme."""

from django.urls import path

from agenda import views

app_name = "agenda"
urlpatterns = [path("m/<slug:slug>/programme/", views.programme, name="programme")]
