"""How much a unit hands in, how many files it sends at once, and who sends them: limits that keep no colleague from sending."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agenda.models import Speech
from jobs.models import Job
from packets.handing_in import rules
from packets.models import Upload, Version
from packets.uploading import store
from packets.uploading.finishing import finish
from people.models import User
from tests.cast import Clients, Room
from tests.make import actor_of, make_user
from tests.packets.handing_in.test_handing_in import hand_in, start
from tests.packets.uploading.test_tus import PDF, send


def test_a_unit_hands_in_so_much_and_no_more(focal: Client, room: Room, speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_UNFINISHED", 2)
    assert [start(focal, speech).status_code for _ in range(3)] == [201, 201, 409]
    Upload.objects.all().delete()
    assert hand_in(focal, speech, PDF).status_code == 303
    monkeypatch.setattr(rules, "MOST_BYTES", 2 * len(PDF))
    assert "no room left" in hand_in(focal, speech, PDF + b"\n").context["refused"]
    assert start(focal, speech, len(PDF) + 1).status_code == 409
    monkeypatch.setattr(rules, "MOST_BYTES", 9 * len(PDF))
    monkeypatch.setattr(rules, "MOST_VERSIONS", 1)
    assert "no more are taken" in hand_in(focal, speech, PDF + b"\n").context["refused"]
    assert Version.objects.count() == 1


def test_a_file_that_stands_still_keeps_no_colleague_from_sending(
    focal: Client, clients: Clients, speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients.cast["colleague"] = make_user("focal-lc-2", office_role="focal_point", organisation=speech.unit.organisation)
    monkeypatch.setattr(rules, "MOST_UNFINISHED", 1)
    url = start(focal, speech).headers["Location"]
    send(focal, url, PDF[:9])
    assert start(clients["colleague"], speech).status_code == 409
    file = store.path_of(Upload.objects.get().pk)
    assert (focal.head(url).status_code, file.exists()) == (200, True)
    Upload.objects.update(changed_at=timezone.now() - rules.STILL)
    assert start(clients["colleague"], speech).status_code == 201
    assert start(clients["colleague"], speech).status_code == 409
    assert (focal.head(url).status_code, file.exists()) == (404, False), "who comes back later begins anew"


def test_so_many_papers_of_an_account_wait_for_their_copies_and_no_more(
    focal: Client, speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_AT_WORK", 1)
    assert hand_in(focal, speech).status_code == 303
    assert "too many files at once" in hand_in(focal, speech, PDF + b"\n").context["refused"]
    assert start(focal, speech).status_code == 409
    Job.objects.update(state="failed")
    assert hand_in(focal, speech, PDF + b"\n").status_code == 303


def test_a_file_that_goes_on_at_this_moment_does_not_give_way(
    focal: Client, speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_UNFINISHED", 1)
    start(focal, speech)
    Upload.objects.update(changed_at=timezone.now() - rules.STILL)
    with store.held(Upload.objects.get().pk):
        assert start(focal, speech).status_code == 409


def test_nothing_of_the_secretariat_s_goes_by_the_name_of_a_unit(focal: Client, clients: Clients, speech: Speech) -> None:
    refused = start(clients["secretary"], speech)
    assert (refused.status_code, Upload.objects.count()) == (403, 0)
    url = start(focal, speech).headers["Location"]
    Upload.objects.update(account=clients.cast["secretary"])
    send(clients["secretary"], url, PDF)
    assert clients["secretary"].get(url).json()["state"] == "refused", "what was begun before is judged under the lock"
    assert not Version.objects.exists()


@pytest.mark.parametrize("left", [{"is_active": False}, {"office_role": ""}, {"organisation": None}])
def test_who_loses_the_right_while_the_file_is_looked_through_hands_in_nothing(
    left: dict[str, Any], focal: Client, clients: Clients, room: Room, speech: Speech
) -> None:
    url = start(focal, speech, waits="1").headers["Location"]
    send(focal, url, PDF)
    by, upload = actor_of(room.meeting, clients.cast["focal_point"]), Upload.objects.get()
    User.objects.filter(pk=by.user.pk).update(**left)
    finish(room.meeting, upload, by=by)
    assert ("refused" in upload.wishes, upload.version, Version.objects.count()) == (True, None, 0)
