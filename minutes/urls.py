"""Addresses of the minutes, their prints, and the page that checks a printed paper."""

from django.urls import path

from minutes import views
from minutes.blocks import urls as blocks
from minutes.conclusions import urls as conclusions
from minutes.issuance import urls as issuance
from minutes.papers import urls as papers
from minutes.papers.layouts import urls as layouts
from minutes.review import urls as review

app_name = "minutes"
urlpatterns = [
    path("m/<slug:slug>/minutes/", views.minutes, name="minutes"),
    path("m/<slug:slug>/minutes/print/", views.newest_print, name="newest_print"),
    path("m/<slug:slug>/minutes/print/<str:code>/", views.print_of, name="print"),
    *blocks.urlpatterns,
    *review.urlpatterns,
    *conclusions.urlpatterns,
    *issuance.urlpatterns,
    *papers.urlpatterns,
    *layouts.urlpatterns,
]
