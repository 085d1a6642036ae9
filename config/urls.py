"""All addresses of the product."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from config import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("people.urls")),
    path("", include("demo.urls")),
    path("", include("minutes.urls")),
    path("", include("voting.urls")),
    path("", include("packets.urls")),
    path("", include("agenda.urls")),
    path("", include("attendance.urls")),
    path("", include("control.urls")),
    path("", include("live.urls")),
    path("", include("meetings.urls")),
    path("", include("jobs.urls")),
    path("", include("issuing.urls")),
]
if settings.DEBUG:
    gallery = login_not_required(TemplateView.as_view(template_name="parts/gallery.html"))
    urlpatterns.append(path("parts/", gallery, name="parts"))

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
