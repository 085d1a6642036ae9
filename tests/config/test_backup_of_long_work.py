"""A restored backup does nothing by itself that may have been done since; what jobs have made is not kept in it."""

from __future__ import annotations

from pathlib import Path

from tests.config.commands import done, rows

ASKED = """
import jobs.kinds
from jobs.models import Job
from jobs.queue import claim_next, enqueue
from jobs.progress import Progress
from mailing.models import Letter
from mailing.posting import post
jobs.kinds.job("tests.made")(lambda progress: None)
enqueue("tests.made", by=None, title="x")
Progress(claim_next()).attach("giay-moi.zip", "application/zip", b"PK")
for state in ("waiting", "sending", "sent", "kept"):
    post(key=state, to="a@example.vn", name="A", subject="x", text="x")
    Letter.objects.filter(key=state).update(state=state)
"""


def test_what_waited_then_waits_for_a_person_now(office: Path, tmp_path: Path) -> None:
    done(office, "shell", "-c", ASKED)
    made = [path for path in (office / "files" / "jobs").rglob("*") if path.is_file()]
    assert len(made) == 1
    done(office, "backup", str(tmp_path / "a.tar.gz"))
    new = tmp_path / "new"
    done(new, "restore", str(tmp_path / "a.tar.gz"))
    letters = dict(rows(new, "SELECT key, state FROM mailing_letter"))
    assert letters == {"waiting": "unsure", "sending": "unsure", "sent": "sent", "kept": "kept"}
    assert list(rows(new, "SELECT state, claim FROM jobs_job")) == [("failed", None)]
    assert not (new / "files" / "jobs").exists()
