"""Addresses of long work."""

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/news/", views.news, name="news"),
    path("jobs/<uuid:uuid>/", views.job, name="job"),
    path("jobs/<uuid:uuid>/state/", views.state, name="state"),
    path("jobs/<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("jobs/<uuid:uuid>/go-on/", views.go_on, name="go_on"),
    path("jobs/<uuid:uuid>/files/<uuid:file>/", views.file, name="file"),
]
