"""Letters go out once, whatever the mail server says, and wait for a person when nobody can know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from jobs.kinds import Periodic, duties
from jobs.runner import do_duty
from mailing import sending
from mailing.models import Letter
from mailing.posting import Enclosure, is_address, post
from tests.mailing.postman import Postman

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def write(key: str = "moi-1", **kw: object) -> Letter:
    data = {"to": "dai.bieu@example.vn", "name": "Giàng A Đại", "subject": "Giấy mời họp", "text": "Kính gửi đồng chí.\n"}
    return post(key=key, **data | kw)  # type: ignore[arg-type]


def send() -> None:
    sending.send_waiting(lambda: True)


def again_now() -> None:
    Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_letter_arrives_as_it_was_written(postman: Postman) -> None:
    pdf = Enclosure("Giấy mời.pdf", "application/pdf", b"%PDF-1.7 \xff")
    ics = Enclosure("phien-1.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:Hội nghị\r\n".encode())
    letter = write(attachments=[pdf, ics])
    send()
    (mail,) = postman.letters()
    letter.refresh_from_db()
    assert (letter.state, letter.error, letter.attempts) == ("sent", "", 1)
    assert (mail["Subject"], mail["To"]) == ("Giấy mời họp", "Giàng A Đại <dai.bieu@example.vn>")
    assert mail["From"] == "Văn phòng Tỉnh ủy <van.phong@example.vn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@example.vn>")
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Kính gửi đồng chí."]
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert "Hội nghị" in calendar.get_content()
    files = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert files["Giấy mời.pdf"] == b"%PDF-1.7 \xff"
    assert all(byte < 128 for byte in postman.taken[0])  # every mail server takes it
    assert "text/html" not in {part.get_content_type() for part in mail.walk()}


def test_a_key_is_posted_once_and_sent_once(postman: Postman) -> None:
    assert write() == write(subject="Một thư khác")
    for _round in range(3):
        send()
        again_now()
    assert len(postman.taken) == 1


def the_duty() -> Periodic:
    (duty,) = [one for one in duties() if one.name == "mailing.send"]
    do_duty(duty)  # it is entered
    return duty


def test_an_idle_outbox_writes_nothing(postman: Postman) -> None:
    duty, letter = the_duty(), write()
    Letter.objects.update(due_at=timezone.now() + timedelta(hours=1))
    with CaptureQueriesContext(connection) as asked:
        assert not do_duty(duty)
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}
    again_now()
    do_duty(duty)
    letter.refresh_from_db()
    assert (letter.state, len(postman.taken)) == ("sent", 1)


def test_a_lost_letter_is_given_up_where_no_mail_is_sent(settings: Settings) -> None:
    settings.SMTP_HOST, duty, letter = "", the_duty(), write()
    Letter.objects.update(state="sending", held_until=timezone.now() - timedelta(seconds=1))
    do_duty(duty)
    letter.refresh_from_db()
    assert letter.state == "unsure"


def test_many_letters_go_through_one_line(postman: Postman) -> None:
    for n in range(5):
        write(f"moi-{n}")
    send()
    assert len(postman.taken) == 5
    assert len([line for line in postman.said if line.startswith("ehlo")]) == 1
    assert len({mail["Message-ID"] for mail in postman.letters()}) == 5


def test_names_and_subjects_cannot_begin_another_header(postman: Postman) -> None:
    write(
        name='Bí\r\nBcc: ai@example.vn, "x" <y@example.vn>', subject="Họp\nX-Evil: 1\u2028Bcc: ai@example.vn", text=".\n..\nhết"
    )
    send()
    (mail,) = postman.letters()
    assert "Bcc" not in mail
    assert "X-Evil" not in mail
    assert [one.addr_spec for one in mail["To"].addresses] == ["dai.bieu@example.vn"]
    assert mail.get_body(("plain",)).get_content().splitlines() == [".", "..", "hết"]


@pytest.mark.parametrize("text", ["", "x", "a@b@c.vn", "a@b.vn\nBcc: c@d.vn", "a b@c.vn", "đại@example.vn", "a@-.vn", "<a@b.vn>"])
def test_what_is_no_address_is_not_posted_to(text: str) -> None:
    assert not is_address(text)
    with pytest.raises(ValueError, match="no mail address"):
        write(to=text)


def test_an_address_in_vietnamese_letters_is_written_as_the_network_writes_it(postman: Postman) -> None:
    write(to="van.thu@tỉnhủy.vn")
    send()
    assert postman.letters()[0]["To"].addresses[0].domain.startswith("xn--")


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "."])
def test_a_temporary_refusal_is_tried_again_later_and_the_others_go_out(postman: Postman, step: str) -> None:
    postman.once[step] = "451 try again later"
    first, second = write("moi-1"), write("moi-2")
    send()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("waiting", "sent")
    assert "451" in first.error
    assert first.due_at > timezone.now()
    send()
    assert len(postman.taken) == 1  # not before its time
    again_now()
    send()
    first.refresh_from_db()
    assert (first.state, first.error, len(postman.taken)) == ("sent", "", 2)


def test_after_some_temporary_refusals_a_letter_has_failed_in_words(postman: Postman) -> None:
    postman.answers["RCPT"] = "450 mailbox busy"
    letter = write()
    for _round in range(len(sending.WAITS) + 1):
        again_now()
        send()
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert "450" in letter.error


@pytest.mark.parametrize("step", ["RCPT", "DATA", "."])
def test_a_lasting_refusal_is_not_tried_again(postman: Postman, step: str) -> None:
    postman.once[step] = "550 no such user"
    letter = write()
    for _round in range(2):
        send()
        again_now()
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert "550" in letter.error
    assert postman.taken == []


def test_a_line_that_breaks_before_the_words_is_no_harm(postman: Postman) -> None:
    postman.once["RCPT"] = "hangup"
    first, second = write("moi-1"), write("moi-2")
    send()
    assert {Letter.objects.get(pk=one.pk).state for one in (first, second)} == {"waiting"}
    again_now()
    send()
    assert len(postman.taken) == 2


def test_a_line_that_breaks_after_the_words_leaves_it_to_a_person(postman: Postman) -> None:
    postman.once["."] = "hangup"
    first, second = write("moi-1"), write("moi-2")
    send()
    send()
    again_now()
    send()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("unsure", "sent")
    assert first.error
    assert len(postman.taken) == 1


def test_a_server_that_is_away_costs_no_letter_an_attempt(postman: Postman, settings: Settings) -> None:
    settings.SMTP_PORT = 1
    letter = write()
    send()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 0)
    assert letter.error
    settings.SMTP_PORT = postman.port
    again_now()
    send()
    assert len(postman.taken) == 1


def test_a_letter_that_was_going_out_when_the_service_was_killed_is_never_sent_by_itself(postman: Postman) -> None:
    letter = write()
    Letter.objects.update(state="sending", held_until=timezone.now() - timedelta(seconds=1))
    send()
    send()
    letter.refresh_from_db()
    assert (letter.state, postman.taken) == ("unsure", [])


def test_one_that_was_only_taken_up_is_sent_after_all(postman: Postman) -> None:
    write()
    Letter.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    send()
    assert len(postman.taken) == 1


def test_no_more_than_allowed_go_out_in_a_minute(postman: Postman, settings: Settings) -> None:
    settings.MAIL_PER_MINUTE = 3
    for n in range(5):
        write(f"moi-{n}")
    for _round in range(3):
        send()
    assert len(postman.taken) == 3
    Letter.objects.filter(state="sent").update(sent_at=timezone.now() - timedelta(seconds=61))
    send()
    assert len(postman.taken) == 5


@pytest.mark.parametrize("change", [{"SMTP_HOST": ""}, {"DEMO_MODE": True}])
def test_without_a_server_and_in_a_demonstration_letters_are_kept(
    postman: Postman, settings: Settings, change: dict[str, object]
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    letter = write()
    send()
    letter.refresh_from_db()
    assert (letter.state, postman.taken) == ("kept", [])


def test_a_letter_that_is_to_be_kept_is_kept(postman: Postman) -> None:
    assert write(keep=True).state == "kept"
    send()
    assert postman.taken == []


def test_after_a_restore_nothing_that_waited_goes_out_by_itself(postman: Postman) -> None:
    letter = write()
    sending.hold_after_restore()
    send()
    letter.refresh_from_db()
    assert (letter.state, postman.taken) == ("unsure", [])


def test_attachments_that_are_too_large_together_are_not_posted() -> None:
    with pytest.raises(ValueError, match="too large"):
        write(attachments=[Enclosure("a.pdf", "application/pdf", b"x" * 6_000_000)] * 2)


def test_the_password_and_the_server_s_secrets_stand_in_no_letter(postman: Postman, settings: Settings) -> None:
    settings.SMTP_USER, settings.SMTP_PASSWORD = "van-phong", "geheim"  # this server knows no signing in
    letter = write()
    send()
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert "geheim" not in letter.error
