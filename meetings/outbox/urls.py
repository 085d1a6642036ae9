"""Addresses of the outbox."""

from django.urls import path

from meetings.outbox import views

addresses = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/list.xlsx", views.exported, name="outbox_list"),
    path("outbox/<int:pk>/", views.letter, name="letter"),
    path("outbox/<int:pk>/<int:number>/", views.attachment, name="attachment"),
]
