"""Addresses of the delegates' list, and of their registration by units."""

from django.urls import path

from attendance import views
from attendance.badges import key_views as badge_keys
from attendance.badges import views as badges
from attendance.bodies import views as bodies
from attendance.presence import views as presence
from attendance.readiness import views as readiness
from attendance.registration import unit_views
from attendance.registration import views as registration
from attendance.reporting import views as reporting
from attendance.scanning import api as scan_api
from attendance.scanning import pages as scan_pages
from attendance.scanning import views as scanning

app_name = "attendance"
urlpatterns = [
    path("m/<slug:slug>/participants/", views.participants, name="participants"),
    path("m/<slug:slug>/participants/list.<str:form>", views.participants_file, name="participants_file"),
    path("m/<slug:slug>/participants/new/", views.new_participant, name="new_participant"),
    path("m/<slug:slug>/participants/groups/", views.groups, name="groups"),
    path("m/<slug:slug>/badges/", badges.badges, name="badges"),
    path("m/<slug:slug>/badges/chosen/", badges.chosen, name="badges_chosen"),
    path("m/<slug:slug>/badges/print/", badges.print_badges, name="print_badges"),
    path("m/<slug:slug>/badges/<int:pk>.pdf", badges.badge, name="badge"),
    path("badge-keys/", badge_keys.badge_keys, name="badge_keys"),
    path("m/<slug:slug>/bodies/", bodies.bodies, name="bodies"),
    path("m/<slug:slug>/bodies/<int:pk>/", bodies.body, name="body"),
    path("m/<slug:slug>/registration/", registration.registration, name="registration"),
    path("m/<slug:slug>/registration/ask/", registration.ask, name="ask"),
    path("m/<slug:slug>/registration/chosen/", registration.chosen, name="chosen"),
    path("m/<slug:slug>/registration/units.<str:form>", registration.registration_file, name="registration_file"),
    path("m/<slug:slug>/registration/lines/<int:line>/", unit_views.line, name="line"),
    path("m/<slug:slug>/registration/<int:unit>/", unit_views.unit, name="unit"),
    path("m/<slug:slug>/registration/<int:unit>/new/", unit_views.new_line, name="new_line"),
    path("m/<slug:slug>/my-unit/", unit_views.my_unit, name="my_unit"),
    path("m/<slug:slug>/doors/", scanning.doors, name="doors"),
    path("m/<slug:slug>/doors/<int:scanner>/", scanning.scanner, name="scanner"),
    path("s/worker.js", scan_pages.worker, name="scan_worker"),
    path("s/<str:token>/", scan_pages.scan, name="scan"),
    path("s/<str:token>/list/", scan_api.scan_list, name="scan_list"),
    path("s/<str:token>/scans/", scan_api.scan_post, name="scan_post"),
    path("m/<slug:slug>/attendance/", presence.presence, name="presence"),
    path("m/<slug:slug>/attendance/walk-in/", presence.walk_in, name="walk_in"),
    path("m/<slug:slug>/attendance/conflicts/", presence.conflicts, name="conflicts"),
    path("m/<slug:slug>/attendance/<int:pk>/", presence.person, name="person"),
    path("m/<slug:slug>/attendance/report/", reporting.report, name="report"),
    path("m/<slug:slug>/attendance/report/list.<str:form>", reporting.report_file, name="report_file"),
    path("m/<slug:slug>/readiness/", readiness.readiness, name="readiness"),
    path("m/<slug:slug>/readiness/list.<str:form>", readiness.readiness_file, name="readiness_file"),
    path("m/<slug:slug>/readiness/<int:pk>/", readiness.readiness_of, name="readiness_of"),
]
