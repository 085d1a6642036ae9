"""Addresses of a meeting's bridge points."""

from django.urls import path, re_path

from meetings.sites import sheet_views, views

addresses = [
    path("m/<slug:slug>/bridge-points/", views.bridge_points, name="bridge_points"),
    path("m/<slug:slug>/bridge-points/<int:pk>/", views.bridge_point, name="bridge_point"),
    path("m/<slug:slug>/bridge-points/<int:pk>/under/", views.under, name="bridge_points_under"),
    path("m/<slug:slug>/bridge-points/contact-sheet/", sheet_views.contact_sheet, name="contact_sheet"),
    re_path(r"^m/(?P<slug>[-\w]+)/bridge-points/list\.(?P<form>csv|xlsx)$", views.bridge_points_file, name="bridge_points_file"),
]
