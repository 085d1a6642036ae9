"""Addresses of paper copies."""

from django.urls import URLPattern, path

from packets.handouts import views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/hand-outs/", views.hand_outs, name="hand_outs"),
    path("m/<slug:slug>/papers/hand-outs.<str:form>", views.hand_outs_file, name="hand_outs_file"),
    path("m/<slug:slug>/papers/<int:number>/hand-out/", views.issue_copy, name="issue_copy"),
]
