"""Addresses of the bound packet."""

from django.urls import URLPattern, path

from packets.binding import views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/papers/packet/", views.packet, name="packet"),
    path("m/<slug:slug>/papers/packet/state/", views.packet_state, name="packet_state"),
    path("m/<slug:slug>/papers/packet/bind/", views.bind_packet, name="bind_packet"),
    path("m/<slug:slug>/papers/packet/read/", views.packet_reader, name="packet_reader"),
    path("m/<slug:slug>/papers/packet/find/", views.find_in_packet, name="find_in_packet"),
    path("m/<slug:slug>/papers/packet/download/", views.download_packet, name="download_packet"),
]
