"""The pages of long work: one's own, moving, their files for nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from jobs import queue
from jobs.marking import COOKIE
from jobs.models import Job, JobFile
from jobs.queue import claim_next, enqueue
from jobs.runner import carry_out
from jobs.tidying import FILES_KEPT, JOBS_KEPT, tidy
from people.models import User
from tests.jobs import kinds  # noqa: F401
from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_user("chu-viec")


@pytest.fixture
def client(owner: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.cookies["django_language"] = "en"
    client.force_login(owner)
    return client


@pytest.fixture
def stranger() -> Client:
    client = Client()
    client.force_login(make_user("nguoi-la"))
    return client


def done_by(owner: User, **arguments: object) -> Job:
    job = enqueue("tests.count", by=owner, title="In 3 giấy mời", back="/m/x/", **{"number": 3} | arguments)
    held = claim_next()
    assert held is not None
    carry_out(held)
    job.refresh_from_db()
    return job


def test_a_job_and_its_file_are_its_owner_s(client: Client, stranger: Client, owner: User) -> None:
    job = done_by(owner)
    page = client.get(job.get_absolute_url()).content.decode()
    file = f"{job.get_absolute_url()}files/{job.files.get().uuid}/"
    assert "In 3 giấy mời" in page
    assert file in page
    answer = client.get(file)
    assert answer["Content-Disposition"] == 'attachment; filename="ket-qua.txt"'
    assert b"".join(answer.streaming_content).decode() == "3 cơ quan"
    for url in (job.get_absolute_url(), f"{job.get_absolute_url()}state/", file):
        assert stranger.get(url).status_code == 404
    for word in ("cancel", "go-on"):
        assert stranger.post(f"{job.get_absolute_url()}{word}/").status_code == 404
    assert job.title not in stranger.get("/jobs/").content.decode()


def test_a_file_that_is_gone_is_said_to_be_gone(client: Client, owner: User) -> None:
    job = done_by(owner)
    kept = job.files.get()
    kept.file.storage.delete(kept.file.name)
    assert client.get(f"{job.get_absolute_url()}files/{kept.uuid}/").status_code == 410


def test_a_job_is_cancelled_and_goes_on_by_its_buttons(client: Client, owner: User) -> None:
    job = enqueue("tests.count", by=owner, title="x", number=1)
    assert client.post(f"{job.get_absolute_url()}cancel/").status_code == 303
    assert Job.objects.get().state == "cancelled"
    assert "Go on" in client.get(job.get_absolute_url()).content.decode()
    assert client.post(f"{job.get_absolute_url()}go-on/").status_code == 303
    assert Job.objects.get().state == "waiting"


def test_an_administrator_sees_everybody_s_but_not_their_files(owner: User) -> None:
    job = done_by(owner)
    boss = Client()
    boss.force_login(make_user("sep", office_role=User.OfficeRole.ADMINISTRATOR))
    assert job.title in boss.get("/jobs/?of=all").content.decode()
    assert job.title not in boss.get("/jobs/").content.decode()
    assert boss.get(job.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_costs_the_same_for_few_and_many(
    client: Client, owner: User, number: int, django_assert_num_queries: object
) -> None:
    Job.objects.bulk_create(Job(name="x", title=f"Việc {n}", account=owner) for n in range(number))
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get("/jobs/")


def test_a_page_costs_nothing_more_until_its_reader_asks_for_work(client: Client, owner: User) -> None:
    enqueue("tests.count", by=owner, title="x", number=1)
    assert "jobs-mark" not in client.get("/jobs/").content.decode()
    client.cookies[COOKIE] = "1"
    assert "1 job is running" in client.get("/jobs/").content.decode()
    Job.objects.update(state="done")
    answer = client.get("/jobs/")
    assert "jobs-mark" not in answer.content.decode()
    assert answer.cookies[COOKIE].value == ""


def test_news_tell_what_has_ended(client: Client, stranger: Client, owner: User) -> None:
    job = done_by(owner)
    told = client.get(f"/jobs/news/?of={job.uuid}&of=nonsense").json()
    assert told["running"] == []
    assert [(one["state"], one["words"]) for one in told["ended"]] == [("done", "In 3 giấy mời: done.")]
    assert stranger.get(f"/jobs/news/?of={job.uuid}").json()["ended"] == []


def test_files_go_after_a_week_and_jobs_after_a_month(owner: User) -> None:
    job = done_by(owner)
    path = job.files.get().file.path
    tidy(lambda: True)
    assert JobFile.objects.count() == 1
    Job.objects.update(ended_at=timezone.now() - FILES_KEPT)
    tidy(lambda: True)
    assert (JobFile.objects.count(), Job.objects.count()) == (0, 1)
    assert path
    Job.objects.update(ended_at=timezone.now() - JOBS_KEPT)
    tidy(lambda: True)
    assert Job.objects.count() == 0


def test_who_has_lost_the_right_to_a_job_lets_it_neither_go_on_nor_end(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = enqueue("tests.count", by=owner, title="x", number=1, open_to="prepare", scope=1)
    monkeypatch.setattr(queue, "judges", [lambda _user, _ability, _scope: False])
    for word in ("cancel", "go-on"):
        assert client.post(f"{job.get_absolute_url()}{word}/").status_code == 404
    monkeypatch.setattr(queue, "judges", [lambda user, ability, scope: (user, ability, scope) == (owner, "prepare", 1)])
    assert client.post(f"{job.get_absolute_url()}cancel/").status_code == 303
    assert client.post(f"{job.get_absolute_url()}go-on/").status_code == 303
