"""Addresses of meetings, their workspace, the command door, the journal, and the office's accounts."""

from django.urls import path

from meetings import door, views
from meetings.accounts.views import accounts
from meetings.journal_views import journal

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="index"),
    path("accounts/", accounts, name="accounts"),
    path("do/<str:name>/", door.do_in_office, name="do_in_office"),
    path("m/new/", views.new, name="new"),
    path("m/<slug:slug>/", views.overview, name="overview"),
    path("m/<slug:slug>/edit/", views.edit, name="edit"),
    path("m/<slug:slug>/bridge-points/", views.bridge_points, name="bridge_points"),
    path("m/<slug:slug>/journal/", journal, name="journal"),
    path("m/<slug:slug>/do/<str:name>/", door.do, name="do"),
]
