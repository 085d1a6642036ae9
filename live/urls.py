"""Addresses of the five screens, their tickets, fragments and HTTP twin."""

from django.urls import path

from live import hand_views, site_views, views

app_name = "live"
urlpatterns = [
    path("m/<slug:slug>/control/", views.control, name="control"),
    path("m/<slug:slug>/control/group/<int:pk>/", hand_views.group, name="group"),
    path("m/<slug:slug>/control/find/", hand_views.found, name="find"),
    path("m/<slug:slug>/lines/<int:pk>/<slug:line>/", hand_views.line, name="line"),
    path("m/<slug:slug>/chair/", views.chair, name="chair"),
    path("m/<slug:slug>/delegate/", views.delegate, name="delegate"),
    path("m/<slug:slug>/console/", views.console, name="console"),
    path("m/<slug:slug>/console/<int:pk>/", views.console, name="console_of"),
    path("m/<slug:slug>/console/<int:pk>/hall/", views.hall, name="hall"),
    path("m/<slug:slug>/console/<int:pk>/acks/", site_views.acks, name="acks"),
    path("m/<slug:slug>/console/<int:pk>/equipment/", site_views.equipment, name="equipment"),
    path("m/<slug:slug>/console/<int:pk>/tally/", site_views.tally, name="tally"),
    path("m/<slug:slug>/live/", views.twin, name="twin"),
    path("m/<slug:slug>/live/here/", views.here, name="here"),
    path("m/<slug:slug>/live/ticket/", views.ticket, name="ticket"),
    path("d/<str:token>/", views.display, name="display"),
    path("d/<str:token>/live/", views.display_twin, name="display_twin"),
    path("d/<str:token>/ticket/", views.display_ticket, name="display_ticket"),
]
