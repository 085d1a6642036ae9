"""Files of a plain form, for browsers without scripts: put among the half files, then taken in like any other."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from copies.refusals import sentence_of
from meetings.errors import Refusal
from meetings.models import Meeting
from meetings.procedure import Actor
from packets.uploading import finishing, names, store
from packets.uploading.finishing import Arrived


def take_plainly(meeting: Meeting, actor: Actor, file: UploadedFile, wishes: dict[str, Any]) -> str:
    """Take one file in; return what is said against it, if anything."""
    name, size = names.harmless(file.name or ""), file.size or 0
    word = names.objection_to(name) or ("" if size else "empty")
    if word:
        return sentence_of(word)
    key = uuid.uuid4()
    try:
        store.require_room(size)
        store.begin(key)
        with store.held(key) as target:
            store.append(target, 0, file, at_most=size)
        finishing.take_in(meeting, by=actor, file=Arrived(store.path_of(key), name, size), wishes=wishes)
    except store.Full:
        return sentence_of("disk")
    except Refusal as refusal:
        return refusal.reason
    finally:
        store.forget(key)
    return ""
