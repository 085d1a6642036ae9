"""kill -9 while a letter is going out: it is not sent a second time, and the others are sent."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.jobs.working import environment, python, worker
from tests.mailing.postman import serve
from tests.prepared import copy_sqlite

POST = (
    "from mailing.posting import post; "
    "[post(key=f'moi-{n}', to=f'dai.bieu.{n}@example.vn', name='A', subject=f'Thư {n}', text='x') for n in range(4)]"
)


def until(what: Callable[[], bool]) -> None:
    limit = time.monotonic() + 25
    while not what():
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_a_letter_that_was_going_out_is_left_to_a_person_and_nobody_is_mailed_twice(tmp_path: Path) -> None:
    postman, server = serve()
    office = {"DIEMCAU_MODE": "office", "DIEMCAU_SECRET_KEY": "k" * 60, "DIEMCAU_SMTP_HOST": "127.0.0.1"}
    office |= {"DIEMCAU_SMTP_PORT": str(postman.port), "DIEMCAU_SMTP_TLS": "none", "DIEMCAU_MAIL_FROM": "van.phong@example.vn"}
    env = environment(tmp_path, **office)

    def states() -> list[str]:
        with closing(sqlite3.connect(tmp_path / "diemcau.sqlite3", timeout=10)) as connection:
            return [state for (state,) in connection.execute("SELECT state FROM mailing_letter ORDER BY id")]

    copy_sqlite(tmp_path / "diemcau.sqlite3")
    python(env, POST)
    postman.once["."] = "hold"  # it has taken the letter and does not say so
    first = worker(env)
    until(postman.holding.is_set)
    assert states()[0] == "sending"
    first.send_signal(signal.SIGKILL)
    first.wait()
    python(
        env, "from mailing.models import Letter; Letter.objects.filter(state='sending').update(held_until='2020-01-01T00:00Z')"
    )
    second = worker(env)
    until(lambda: states() == ["unsure", "sent", "sent", "sent"])
    time.sleep(1.5)
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0
    server.shutdown()
    assert sorted(str(mail["Subject"]) for mail in postman.letters()) == ["Thư 0", "Thư 1", "Thư 2", "Thư 3"]
