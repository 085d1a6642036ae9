"""Addresses of meetings, their workspace, the command door, the journal, and the office's accounts."""

from django.urls import path

from meetings import door, views
from meetings.accounts import views as accounts
from meetings.calendar.urls import addresses as calendar
from meetings.deadlines import views as deadlines
from meetings.directory.urls import addresses as directory
from meetings.importing.urls import addresses as importing
from meetings.journal_views import journal
from meetings.outbox.urls import addresses as outbox
from meetings.presiding import views as presiding
from meetings.series import views as series
from meetings.sites.urls import addresses as sites

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="index"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_accounts, name="new_accounts"),
    path("accounts/slips/", accounts.slips, name="slips"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("m/<slug:slug>/accounts/", accounts.meeting_accounts, name="meeting_accounts"),
    *directory,
    *importing,
    *calendar,
    *outbox,
    path("do/<str:name>/", door.do_in_office, name="do_in_office"),
    path("series/", series.series, name="series"),
    path("series/<int:pk>/", series.one_series, name="one_series"),
    path("templates/", series.template_list, name="templates"),
    path("deadlines/", deadlines.rules_page, name="rules"),
    path("m/new/", series.new, name="new"),
    path("m/<slug:slug>/", views.overview, name="overview"),
    path("m/<slug:slug>/edit/", views.edit, name="edit"),
    path("m/<slug:slug>/compare/", series.compare, name="compare"),
    path("m/<slug:slug>/deadlines/", deadlines.deadlines, name="deadlines"),
    *sites,
    path("m/<slug:slug>/hand-over/", presiding.hand_over, name="hand_over"),
    path("m/<slug:slug>/journal/", journal, name="journal"),
    path("m/<slug:slug>/do/<str:name>/", door.do, name="do"),
]
