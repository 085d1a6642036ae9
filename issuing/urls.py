"""Addresses of the registers, of a meeting's invitations, and of the page behind a reply link."""

from django.urls import path, re_path

from issuing import views
from issuing.answering.views import Reply
from issuing.invitations import views as invitations

app_name = "issuing"
urlpatterns = [
    path("registers/", views.registers, name="registers"),
    path("registers/<int:pk>/", views.register, name="register"),
    re_path(r"^registers/(?P<pk>\d{1,18})/(?P<kind>csv|xlsx|pdf)/$", views.register_file, name="register_file"),
    path("paper/<str:code>/", views.check, name="check"),
    path("m/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path("m/<slug:slug>/invitations/text/", invitations.text_page, name="invitation_text"),
    path("m/<slug:slug>/invitations/list.<str:kind>", invitations.export, name="invitation_list"),
    path("m/<slug:slug>/invitations/<int:pk>/", invitations.letter, name="letter"),
    path("r/<str:token>/", Reply.as_view(), name="reply"),
]
