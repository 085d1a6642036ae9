"""Addresses of issuing, and of the papers an account has received."""

from django.urls import URLPattern, path

from minutes.issuance import received_views, views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/issuance/", views.issuance, name="issuance"),
    path("m/<slug:slug>/issuance/units/", views.units, name="issuance_units"),
    path("m/<slug:slug>/issuance/<int:number>/", views.paper, name="issuance_paper"),
    path("m/<slug:slug>/issuance/<int:number>/receipts.<str:form>", views.receipts, name="issuance_receipts"),
    path("m/<slug:slug>/issuance/<int:number>/<str:form>", views.paper_file, name="issuance_file"),
    path("received/", received_views.received, name="received"),
    path("received/<str:code>/", received_views.received_paper, name="received_paper"),
    path("received/<str:code>/paper.pdf", received_views.received_file, name="received_file"),
    path("check/<str:code>/", received_views.check, name="check"),
]
