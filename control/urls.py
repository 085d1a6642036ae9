"""Addresses of the secretariat's control over displays, and of the video conference."""

from django.urls import path

from control import views
from control.video import views as video

app_name = "control"
urlpatterns = [
    path("m/<slug:slug>/displays/", views.displays, name="displays"),
    path("m/<slug:slug>/video/", video.addresses, name="video"),
    path("m/<slug:slug>/video/mine/", video.mine, name="my_video"),
    path("m/<slug:slug>/video/<int:pk>/", video.of_site, name="site_video"),
    path("m/<slug:slug>/video/<int:pk>/joining/", video.joining, name="joining"),
]
