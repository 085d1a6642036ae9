"""kill -9 in the middle of commands: nothing that was answered is lost, and nothing is done twice."""

from __future__ import annotations

import re
import threading
import time
import uuid

from tests.client import Client
from tests.service import Service, running_service

SLUG = "vptw-2025"


def test_what_was_answered_before_a_kill_is_there_after_it() -> None:
    """Three people mark delegates while the service is killed; each answered command repeated gives the same answer."""
    with running_service() as service:
        answered: dict[uuid.UUID, tuple[dict[str, object], dict[str, object]]] = {}
        people = _delegates(service)
        stop = threading.Event()
        workers = [threading.Thread(target=_mark, args=(service, people[n::3], stop, answered), daemon=True) for n in range(3)]
        for worker in workers:
            worker.start()
        patience = time.monotonic() + 90
        while len(answered) < 40:
            assert time.monotonic() < patience, f"only {len(answered)} commands were answered in 90 s"
            time.sleep(0.02)
        service.kill()
        stop.set()
        for worker in workers:
            worker.join(timeout=30)
        service.start()
        client = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
        for command_id, (fields, first) in answered.items():
            assert client.do(SLUG, "presence.mark", command_id, **fields) == first
        report = service.manage("check_journal", SLUG)
        assert report.startswith("ok entries=")
        numbers = [int(str(answer["number"])) for _fields, answer in answered.values()]
        assert len(set(numbers)) == len(numbers)
        assert max(numbers) <= int(re.findall(r"entries=(\d+)", report)[0])


def _delegates(service: Service) -> list[str]:
    page = Client(service.url, "secretary", service.demo["accounts"]["secretary"]).get(f"/m/{SLUG}/participants/?role=delegate")
    return sorted(set(re.findall(r'name="participants" value="(\d+)"', page)))


def _mark(
    service: Service,
    people: list[str],
    stop: threading.Event,
    answered: dict[uuid.UUID, tuple[dict[str, object], dict[str, object]]],
) -> None:
    client = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    for turn in range(1000):
        for person in people:
            if stop.is_set():
                return
            fields: dict[str, object] = {"participants": person, "state": ("present", "absent")[turn % 2]}
            command_id = uuid.uuid4()
            try:
                answer = client.do(SLUG, "presence.mark", command_id, **fields)
            except OSError:  # the service is gone: no answer, no promise
                return
            assert answer["state"] == "done", answer
            answered[command_id] = (fields, answer)
