"""Addresses of calendars."""

from django.urls import path

from meetings.calendar import views

addresses = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/renew/", views.renew, name="renew_own_calendar"),
    path("calendar/<int:pk>/<str:token>.ics", views.feed, name="feed"),
    path("m/<slug:slug>/calendar/", views.meeting_calendar, name="meeting_calendar"),
    path("m/<slug:slug>/calendar.ics", views.meeting_file, name="meeting_file"),
]
