"""One click instead of user name and password, in the demonstration only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from demo.accounts import visitors
from demo.fixture import SLUG
from meetings.home import home_of
from meetings.models import Meeting
from people.models import User


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the visitors' accounts and go to the page that was asked for, else to the role's own screen."""
    if not settings.DEMO_MODE:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    username = request.POST.get("username", "")
    user = visitors().filter(username=username).first()
    if user is None:
        raise Http404
    logout(request)  # whoever was signed in here before is signed out: their open pages must hear of it
    login(request, user)
    return redirect(_target(request, user))


def _target(request: HttpRequest, user: User) -> str:
    index, asked = reverse("meetings:index"), request.POST.get("next", "")
    if asked != index and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    meeting = Meeting.objects.filter(slug=SLUG).first()
    return home_of(meeting, user) if meeting else index
