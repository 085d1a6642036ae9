"""Addresses of the directory."""

from django.urls import path

from meetings.directory import find_views, views

addresses = [
    path("find/person/", find_views.find_person, name="find_person"),
    path("find/organisation/", find_views.find_organisation, name="find_organisation"),
    path("directory/", views.organisations, name="directory"),
    path("directory/<int:pk>/", views.organisation, name="organisation"),
    path("directory/<int:pk>/under/", views.under, name="directory_under"),
    path("directory/people/", views.people, name="people"),
    path("directory/people/list.csv", views.people_file, name="people_file"),
    path("directory/people/<int:pk>/", views.person, name="person"),
    path("directory/people/<int:pk>/data/", views.personal_data, name="personal_data"),
    path("directory/duplicates/", views.duplicates, name="duplicates"),
    path("directory/merge/", views.merge, name="merge_people"),
]
