"""Files are sent in chunks and go on after a cut line: tus 1.0.0 with creation, expiration and termination."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from copies.refusals import sentence_of
from meetings.errors import Refusal
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import page_actor
from packets.models import Upload
from packets.uploading import finishing, limits, names, store, tus
from packets.uploading.wishes import WishForm

CREATING = {"Tus-Version": tus.VERSION, "Tus-Extension": tus.EXTENSIONS, "Tus-Max-Size": str(limits.LARGEST_FILE)}


class Wishes(Protocol):
    """What shall become of a file: a form that says whether that may be, of a file of this size, and keeps it as plain values."""

    word: ClassVar[str]  # names its refusals for programs

    @property
    def errors(self) -> Any:
        """What is malformed."""
        ...

    def is_valid(self) -> bool:
        """Tell whether it can be read."""
        ...

    def require_fit(self, size: int = ...) -> None:
        """Raise a refusal where it may not be."""
        ...

    def kept(self) -> dict[str, Any]:
        """Return it as plain values."""
        ...


def _tus(response: HttpResponse, **headers: str) -> HttpResponse:
    response["Tus-Resumable"] = tus.VERSION
    response["X-Content-Type-Options"] = "nosniff"
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def _no(status: int, reason: str, word: str = "") -> HttpResponse:
    """Refuse with a sentence for people; `word` names it for programs."""
    return _tus(JsonResponse({"state": "refused", "reason": reason, "word": word}, status=status))


def _disk() -> HttpResponse:
    return _no(507, sentence_of("disk"), "disk")


def _old_tongue() -> HttpResponse:
    return _tus(HttpResponse(status=412), Tus_Version=tus.VERSION)


@require_http_methods(["OPTIONS", "POST"])
def uploads(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an upload of who prepares the meeting."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    return begun(request, meeting, actor, lambda told: WishForm(told, meeting=meeting, by=actor))


def begun(request: HttpRequest, meeting: Meeting, actor: Actor, read: Callable[[dict[str, str]], Wishes]) -> HttpResponse:
    """Begin an upload; what could not become a paper is refused before its first byte is sent. `read`: metadata to wishes."""
    if request.method == "OPTIONS":
        return _tus(HttpResponse(status=204, headers=CREATING))
    if not tus.speaks(request.headers):
        return _old_tongue()
    try:
        size = tus.number(request.headers.get("Upload-Length"), "Upload-Length")
        told = tus.metadata(request.headers.get("Upload-Metadata", ""))
    except tus.Malformed as fault:
        return _no(400, str(fault), "malformed")
    name = names.harmless(told.pop("filename", ""))
    wishes = read(told)
    refused = _objection(actor, name, size) or _unfit(wishes, size)
    if refused:
        return refused
    made = Upload(key=uuid.uuid4(), meeting=meeting, account=actor.user, name=name, size=size, wishes=wishes.kept())
    try:
        store.require_room(size)
        store.begin(made.key)
    except store.Full:
        return _disk()
    made.save(force_insert=True)
    where = reverse("packets:upload", args=[meeting.slug, made.key])
    return _tus(HttpResponse(status=201), Location=where, Upload_Expires=_expires(made))


def _objection(actor: Actor, name: str, size: int) -> HttpResponse | None:
    if word := names.objection_to(name):
        return _no(415, sentence_of(word), word)
    if size == 0:
        return _no(400, sentence_of("empty"), "empty")
    if size > limits.LARGEST_FILE:
        return _no(413, _("The file is larger than %(most)d MB. Divide it into parts, and upload those.") % _most(), "huge")
    own = Upload.objects.filter(account=actor.user, version=None).exclude(wishes__has_key="refused")
    under_way = own.aggregate(count=Count("pk"), size=Sum("size"))
    if under_way["count"] >= limits.MOST_UNFINISHED or (under_way["size"] or 0) + size > limits.MOST_UNFINISHED_BYTES:
        return _no(429, _("You are sending too many files at once. Let those under way arrive, then send the rest."), "many")
    return None


def _most() -> dict[str, int]:
    return {"most": limits.LARGEST_FILE // limits.MIB}


def _unfit(wishes: Wishes, size: int) -> HttpResponse | None:
    if not wishes.is_valid():
        return _no(400, " ".join(str(error) for errors in wishes.errors.values() for error in errors), "malformed")
    try:
        wishes.require_fit(size)
    except Refusal as refusal:
        return _no(refusal.status, refusal.reason, wishes.word)
    return None


def _expires(upload: Upload) -> str:
    return http_date((upload.changed_at + limits.PATIENCE).timestamp())


@require_http_methods(["GET", "HEAD", "PATCH", "POST", "DELETE"])
@never_cache
def upload(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Say how far a file is, take its next chunk, or let it go. It is there for the account alone that sends it."""
    meeting, actor = page_actor(request, slug, Ability.OFFER_SPEECH)
    found = Upload.objects.select_related("version__document").filter(pk=key, meeting=meeting, account=actor.user).first()
    if found is None or not (actor.may(Ability.PREPARE) or "unit" in found.wishes):
        raise Http404
    method = request.headers.get("X-HTTP-Method-Override", request.method or "") if request.method == "POST" else request.method
    if method in ("GET", "HEAD"):
        return _tus(
            JsonResponse(_state(meeting, found)), Upload_Offset=str(found.offset), Upload_Length=str(found.size),
            Upload_Expires=_expires(found),
        )  # fmt: skip
    return _changed(request, meeting, actor, found, method or "") if tus.speaks(request.headers) else _old_tongue()


def _changed(request: HttpRequest, meeting: Meeting, actor: Actor, found: Upload, method: str) -> HttpResponse:
    """Do what a request wants of the half file, which it has for itself meanwhile."""
    try:
        with store.held(found.key) as file:
            found.refresh_from_db(fields=["offset", "version", "wishes"])
            if method == "DELETE":
                return _let_go(found)
            return _finished(meeting, actor, found) if method == "POST" else _appended(request, meeting, actor, found, file)
    except store.Taken:
        return _no(423, _("This file is being sent from another window."), "taken")
    except FileNotFoundError:
        return _gone(meeting, found, method)
    except Upload.DoesNotExist:  # another window has let it go at this very moment
        raise Http404 from None
    except store.Full:
        return _disk()


def _gone(meeting: Meeting, found: Upload, method: str) -> HttpResponse:
    """The half file is not there any more: it has been taken in, refused, or tidied away."""
    if method == "DELETE":
        return _let_go(found)
    if method == "POST":
        return _tus(JsonResponse(_state(meeting, found)))
    return _no(410, _("This file has waited too long for its rest. Send it again."), "expired")


def _let_go(found: Upload) -> HttpResponse:
    """The version that came of it, if any, stays."""
    store.forget(found.key)
    found.delete()
    return _tus(HttpResponse(status=204))


def _appended(request: HttpRequest, meeting: Meeting, actor: Actor, found: Upload, file: Any) -> HttpResponse:
    if request.content_type != tus.CHUNK_TYPE:
        return _no(415, f"Content-Type must be {tus.CHUNK_TYPE}", "malformed")
    try:
        offset = tus.number(request.headers.get("Upload-Offset"), "Upload-Offset")
        length = tus.number(request.headers.get("Content-Length", "0"), "Content-Length")
    except tus.Malformed as fault:
        return _no(400, str(fault), "malformed")
    if offset != found.offset:
        return _tus(_no(409, _("The file has been sent further by another window."), "offset"), Upload_Offset=str(found.offset))
    if length > limits.LARGEST_CHUNK:
        return _no(413, "A chunk is at most 4 MiB", "chunk")
    store.require_room(length)
    try:
        written = store.append(file, offset, request, at_most=min(found.size - offset, limits.LARGEST_CHUNK))
    except store.TooLong:
        return _no(413, "More bytes than were announced", "malformed")
    found.offset = offset + written
    found.save(update_fields=["offset", "changed_at"])
    if found.offset == found.size and not found.wishes.get("waits"):
        finishing.finish(meeting, found, by=actor)
    return _tus(HttpResponse(status=204), Upload_Offset=str(found.offset), Upload_Expires=_expires(found))


def _finished(meeting: Meeting, actor: Actor, found: Upload) -> HttpResponse:
    """Take in what is complete: files that wait for their turn, and those that found the disk full."""
    if found.offset == found.size and found.version is None:
        finishing.finish(meeting, found, by=actor)
    return _tus(JsonResponse(_state(meeting, found)))


def _state(meeting: Meeting, found: Upload) -> dict[str, Any]:
    """Return what has become of a file: it is being `sent`, has `arrived`, was `refused`, or was `taken` in as a version."""
    told: dict[str, Any] = {"offset": found.offset, "size": found.size}
    if "refused" in found.wishes:
        return told | {"state": "refused", "reason": found.wishes["refused"]}
    version = found.version
    if version is None:
        return told | {"state": "arrived" if found.offset == found.size else "sent"}
    number, of_unit = version.document.number, "unit" in found.wishes  # a unit learns nothing of other papers
    return told | {
        "state": "taken", "paper": number, "version": version.number, "title": version.document.title,
        "url": finishing.page_of(meeting, number, found.wishes), "twin": None if of_unit else finishing.twin_of(version),
    }  # fmt: skip
