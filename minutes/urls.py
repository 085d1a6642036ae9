"""Addresses of the minutes, their prints, and the page that checks a printed paper."""

from django.urls import path

from minutes import views

app_name = "minutes"
urlpatterns = [
    path("m/<slug:slug>/minutes/", views.minutes, name="minutes"),
    path("m/<slug:slug>/minutes/blocks/<int:pk>/", views.block, name="block"),
    path("m/<slug:slug>/minutes/print/", views.newest_print, name="newest_print"),
    path("m/<slug:slug>/minutes/print/<str:code>/", views.print_of, name="print"),
    path("check/<str:code>/", views.check, name="check"),
]
