"""Addresses of the reader."""

from django.urls import URLPattern, path

from packets.reader import views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/<int:number>/find/", views.find_in_paper, name="find_in_paper"),
    path("m/<slug:slug>/papers/<int:number>/bookmarks/", views.bookmarks, name="bookmarks"),
    path("m/<slug:slug>/papers/<int:number>/", views.reader, name="reader"),
]
