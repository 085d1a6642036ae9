"""Addresses of this part."""

from django.urls import URLPattern, path

from packets.releasing import views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/standings/", views.standings, name="standings"),
    path("m/<slug:slug>/papers/mine/", views.mine, name="mine"),
    path("m/<slug:slug>/papers/find/", views.find, name="find"),
    path("m/<slug:slug>/papers/release/", views.release_papers, name="release_papers"),
    path("m/<slug:slug>/papers/release/<slug:what>/", views.choices, name="choices"),
    path("m/<slug:slug>/papers/<int:number>/standing/", views.standing, name="standing"),
    path("m/<slug:slug>/papers/<int:number>/release/", views.release_paper, name="release_paper"),
]
