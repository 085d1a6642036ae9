"""The queue: asked for in a transaction, done once, found again when its runner is gone."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from jobs import queue
from jobs.kinds import Periodic
from jobs.models import Job, JobFile
from jobs.progress import Cancelled, Lost, Progress
from jobs.queue import claim_next, enqueue
from jobs.runner import carry_out, do_duty
from people.models import Organisation
from tests.jobs import kinds  # noqa: F401
from tests.make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def ask(name: str = "tests.count", **arguments: object) -> Job:
    return enqueue(name, by=None, title="Việc dài", **arguments)


def run_next() -> Job:
    job = claim_next()
    assert job is not None
    carry_out(job)
    job.refresh_from_db()
    return job


def let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def made() -> int:
    return Organisation.objects.filter(name__startswith="Cơ quan ").count()


def test_a_job_is_done_and_says_what_came_of_it() -> None:
    ask(number=3)
    job = run_next()
    assert (job.state, job.note, job.done, job.total, job.percent, made()) == ("done", "3 cơ quan", 3, 3, 100, 3)
    assert job.files.get().file.read().decode() == "3 cơ quan"
    assert claim_next() is None


def test_a_job_asked_for_in_a_transaction_that_fails_is_not_there() -> None:
    with transaction.atomic():
        ask(number=1)
        transaction.set_rollback(True)
    assert claim_next() is None


def test_a_kind_that_nobody_knows_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="no job is called"):
        ask("tests.nothing")


def test_what_an_earlier_run_did_is_not_done_again() -> None:
    ask(number=5, falls_at=3)
    failed = run_next()
    assert (failed.state, made()) == ("failed", 3)
    assert "RuntimeError" not in failed.note
    Job.objects.update(arguments={"number": 5})
    queue.go_on(failed)
    job = run_next()
    assert (job.state, job.done, made()) == ("done", 5, 5)


def test_a_sentence_of_the_job_stands_on_its_page() -> None:
    ask("tests.refuse")
    job = run_next()
    assert (job.state, job.note) == ("failed", "Không có giấy.")


def test_a_job_speaks_the_language_of_who_asked() -> None:
    with translation.override("en"):
        job = ask(number=1, falls_at=0)
    assert job.language == "en"
    assert "The service made a mistake" in run_next().note


def test_a_job_whose_runner_is_gone_goes_to_the_next_one_and_the_old_one_writes_nothing_more() -> None:
    job = ask(number=2)
    first = claim_next()
    assert first is not None
    assert claim_next() is None  # it is held
    let_lease_run_out(job)
    second = claim_next()
    assert second is not None
    assert (second.pk, second.attempts) == (job.pk, 2)
    with pytest.raises(Lost):
        Progress(first).step()
    with pytest.raises(Lost):
        Progress(first).once("made-0")
    with pytest.raises(Lost):
        Progress(first).attach("a", "text/plain", b"")
    assert not queue.finish(first, "done", done=1)
    carry_out(second)
    assert Job.objects.get().state == "done"


def test_a_job_that_falls_three_times_is_given_up_in_words_and_can_be_asked_to_go_on() -> None:
    job = ask(number=1)
    for _run in range(3):
        assert claim_next() is not None
        let_lease_run_out(job)
    assert claim_next() is None
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 3)
    assert "3" in job.note
    queue.go_on(job)
    assert run_next().state == "done"


def test_a_job_that_waits_is_cancelled_at_once_and_one_that_runs_at_its_next_step() -> None:
    waiting, running = ask(number=1), ask(number=1)
    queue.cancel(waiting)
    assert Job.objects.get(pk=waiting.pk).state == "cancelled"
    held = claim_next()
    assert held is not None
    assert held.pk == running.pk
    queue.cancel(running)
    with pytest.raises(Cancelled):
        Progress(held).checkpoint()
    carry_out(held)
    held.refresh_from_db()
    assert (held.state, made()) == ("cancelled", 0)


def test_a_cancelled_job_whose_runner_fell_is_cancelled_and_not_begun_again() -> None:
    job = ask(number=1)
    claim_next()
    queue.cancel(job)
    let_lease_run_out(job)
    assert claim_next() is None
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_job_interrupted_by_the_end_of_the_service_waits_and_that_is_no_fall() -> None:
    ask(number=3)
    job = claim_next()
    assert job is not None
    carry_out(job, stopping=lambda: True)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert run_next().state == "done"
    assert made() == 3


def test_a_part_that_was_made_is_kept_until_the_job_is_done() -> None:
    job = ask(number=0)
    held = claim_next()
    assert held is not None
    progress, calls = Progress(held), []
    for _run in range(2):
        assert progress.made("pdf-1", lambda: calls.append(1) or b"%PDF") == b"%PDF"  # type: ignore[func-returns-value]
    assert (len(calls), JobFile.objects.filter(is_part=True).count()) == (1, 1)
    carry_out(held)
    assert JobFile.objects.filter(job=job, is_part=True).count() == 0


def test_a_file_of_the_same_name_replaces_the_one_before() -> None:
    ask(number=0)
    held = claim_next()
    assert held is not None
    for words in (b"one", b"two"):
        Progress(held).attach("a.txt", "text/plain", words)
    assert held.files.get().file.read() == b"two"


def test_a_duty_is_done_by_one_at_a_time_and_comes_again_when_it_is_due() -> None:
    done: list[int] = []

    def run(still_mine: object) -> None:
        done.append(1)
        assert not do_duty(duty)  # another runner finds it taken

    duty = Periodic("tests.duty", 3600, run)
    do_duty(duty)  # it is entered
    do_duty(duty)
    do_duty(duty)  # not due yet
    assert len(done) == 1


def test_a_duty_for_which_nothing_waits_writes_nothing() -> None:
    waits, done = [False], list[int]()
    duty = Periodic("tests.duty", 0, lambda _still_mine: done.append(1), lambda: waits[0])
    do_duty(duty)  # it is entered
    with CaptureQueriesContext(connection) as asked:
        assert not do_duty(duty)
    assert [query["sql"].split()[0] for query in asked.captured_queries] == ["SELECT"]
    assert done == []
    waits[0] = True
    do_duty(duty)
    assert done == [1]


def test_a_restored_backup_does_nothing_by_itself() -> None:
    ask(number=1)
    queue.end_after_restore()
    assert claim_next() is None
    assert Job.objects.get().state == "failed"


def test_who_may_see_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    owner, other = make_user("chu"), make_user("khac")
    own = enqueue("tests.count", by=owner, title="x", number=1)
    shared = enqueue("tests.count", by=owner, title="x", open_to="prepare", scope=7, number=1)
    assert [queue.may_see(user, own) for user in (owner, other)] == [True, False]
    monkeypatch.setattr(queue, "judges", [lambda user, ability, scope: user == other and (ability, scope) == ("prepare", 7)])
    assert [queue.may_see(user, shared) for user in (owner, other)] == [False, True]  # the owner has lost the right
    owner.is_active = False
    assert not queue.may_see(owner, own)


@pytest.mark.django_db(transaction=True)
def test_many_runners_at_once_do_each_job_once() -> None:
    for _n in range(20):
        ask(number=1)
    taken: list[int] = []

    def take() -> None:
        try:
            while job := claim_next():
                taken.append(job.pk)
        finally:
            connection.close()

    threads = [Thread(target=take) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(Job.objects.values_list("pk", flat=True))
