"""What a device opens: the scan page under its signed address, and the worker that keeps the page for times without a line."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from attendance.scanning.ending import has_ended
from attendance.scanning.tokens import scanner_of
from meetings import clock
from meetings.modules import STYLES, STYLESHEETS, imports_of
from meetings.templatetags.modules import is_collected

MODULE = "js/scan/scan.js"
READER = "js/scan/reader.js"
WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("vietnamese", "latin-ext", "latin")
WASM = "vendor/zxing/zxing_reader.wasm"


@require_safe
@login_not_required
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one device. One that may read no more gets it too, with 410: it may still hold scans that it has not sent."""
    device = scanner_of(token)
    if device is None:
        raise Http404
    context = {
        "meeting": device.meeting,
        "device": device,
        "door": device.door,
        "site": device.door.bridge_point,
        "token": token,
    }
    is_over = device.revoked_at is not None or has_ended(device.meeting, clock.now(device.meeting))
    answer = render(request, "attendance/scanning/scan.html", context, status=410 if is_over else 200)
    # The address is the secret: what the page loads is not told it. (With none at all the buttons of the language were refused.)
    answer["Referrer-Policy"] = "strict-origin"
    answer["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return answer


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: a static module behind the list of files it keeps. It may serve what stands under /s/, no more."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("attendance:scan_worker").removesuffix("worker.js")
    answer["Cache-Control"] = "no-cache"
    return answer


def kept_files() -> list[str]:
    """Return the addresses of all that the scan page loads, sooner or later."""
    styles = [STYLES] if is_collected() else list(STYLESHEETS)
    scripts = ["js/boot.js", MODULE, *imports_of(MODULE), READER, *imports_of(READER)]
    families = ("be-vietnam-pro", "inter")
    fonts = [f"vendor/fontsource/{f}/files/{f}-{s}-{w}-normal.woff2" for f in families for s in SUBSETS for w in WEIGHTS]
    return [static(name) for name in [*styles, "css/scan.css", *scripts, WASM, "icons/sprite.svg", "icons/mark.svg", *fonts]]


@cache
def _worker() -> bytes:
    path = finders.find("js/scan/worker.js")
    assert isinstance(path, str)
    files = kept_files()
    source = Path(path).read_text("utf-8")
    version = sha256(json.dumps([files, source]).encode()).hexdigest()[:16]
    return f"const SHELL = {json.dumps({'version': version, 'files': files})};\n{source}".encode()
