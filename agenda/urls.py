"""Addresses of the programme."""

from django.urls import path

from agenda import release_views, views
from agenda.running import views as running
from agenda.speakers import views as speakers
from agenda.speeches import views as speeches

app_name = "agenda"
urlpatterns = [
    path("m/<slug:slug>/programme/", views.programme, name="programme"),
    path("m/<slug:slug>/programme/presenters/", views.presenters, name="presenters"),
    path("m/<slug:slug>/course/", running.course, name="course"),
    path("m/<slug:slug>/course/table.<slug:ending>", running.course_table, name="course_table"),
    path("m/<slug:slug>/course/<int:pk>/closed/", running.closed_item, name="closed_item"),
    path("m/<slug:slug>/programme/seen/", release_views.seen, name="seen"),
    path("m/<slug:slug>/programme/paper/", release_views.paper, name="paper"),
    path("m/<slug:slug>/programme/table.<slug:ending>", release_views.table, name="table"),
    path("m/<slug:slug>/programme/releases/", release_views.releases, name="releases"),
    path("m/<slug:slug>/programme/releases/<int:number>/", release_views.release, name="release"),
    path("m/<slug:slug>/speakers/<int:pk>/people/", speakers.line_people, name="line_people"),
    path("series/<int:pk>/speaking/", speakers.speaking, name="speaking"),
    path("series/<int:pk>/speaking.xlsx", speakers.speaking_file, name="speaking_file"),
    path("m/<slug:slug>/programme/speeches/", speeches.speeches, name="speeches"),
    path("m/<slug:slug>/programme/speeches/list.<str:form>", speeches.speeches_file, name="speeches_file"),
    path("m/<slug:slug>/programme/speeches/call/", speeches.speech_call, name="speech_call"),
    path("m/<slug:slug>/programme/speeches/new/", speeches.new_speech, name="new_speech"),
    path("m/<slug:slug>/programme/speeches/<int:speech>/", speeches.speech, name="speech"),
    path("m/<slug:slug>/programme/speeches/<int:speech>/edit/", speeches.edit_speech, name="edit_speech"),
]
