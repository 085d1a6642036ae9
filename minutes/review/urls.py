"""Addresses of this part of the minutes."""

from django.urls import URLPattern, path

from minutes.review import desk_views, views

urlpatterns: list[URLPattern] = [
    path("m/<slug:slug>/minutes/review/", views.review, name="review"),
    path("m/<slug:slug>/minutes/rounds/", desk_views.circulations, name="circulations"),
    path("m/<slug:slug>/minutes/rounds/new/", desk_views.circulate, name="circulate"),
    path("m/<slug:slug>/minutes/rounds/<int:number>/remarks.xlsx", desk_views.remarks_file, name="remarks_file"),
    path("m/<slug:slug>/minutes/rounds/<int:number>/<int:remark>/", desk_views.remark, name="remark"),
]
