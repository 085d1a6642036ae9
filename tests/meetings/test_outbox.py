"""The outbox as a page: what has been written, and what a person decides about it."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from mailing.models import Letter
from meetings.models import JournalEntry
from people.models import User
from sheets import read
from tests.long_work import make_letter
from tests.make import make_command_id, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(make_user("van-thu", office_role=User.OfficeRole.SECRETARIAT))
    return client


def decide(client: Client, command: str, *letters: Letter) -> int:
    body = {"letters": [one.pk for one in letters], "command_id": make_command_id()}
    return client.post(f"/do/{command}/", body, HTTP_ACCEPT="application/json").status_code


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_costs_the_same_for_few_and_many(client: Client, number: int, django_assert_num_queries: object) -> None:
    for n in range(number):
        make_letter(key=f"k{n}")
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/outbox/")


def test_letters_are_found_by_words_without_their_marks_and_by_state(client: Client) -> None:
    make_letter(key="a", name="Giàng A Đại", subject="Giấy mời")
    make_letter("failed", key="b", name="Lò Văn Bốn", subject="Nhắc trả lời")
    assert "Lò\u00a0Văn\u00a0Bốn" not in client.get("/outbox/?q=giang+dai").content.decode()
    assert "Giàng" in client.get("/outbox/?q=GIANG+dai").content.decode()
    page = client.get("/outbox/?state=failed").content.decode()
    assert "Bốn" in page
    assert "Giàng" not in page
    assert "No letter found" in client.get("/outbox/?q=xyz").content.decode()


def test_an_empty_outbox_says_what_will_stand_there(client: Client) -> None:
    assert "No letters yet" in client.get("/outbox/").content.decode()


def test_a_letter_is_shown_with_its_text_and_attachments_and_nothing_in_it_is_html(client: Client) -> None:
    letter = make_letter(text="Kính gửi <script>alert(1)</script>\n\nhttps://example.vn/r/x", subject="<b>Mời</b>")
    page = client.get(f"/outbox/{letter.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>Mời" not in page
    assert 'href="https://example.vn' not in page  # the answer's link is the recipient's
    file = letter.attachments.get()
    answer = client.get(f"/outbox/{letter.pk}/{file.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="giay-moi.pdf"'
    assert answer.content == b"%PDF-1.7"
    for other in (letter.pk + 1, 10**25):
        assert client.get(f"/outbox/{other}/{file.pk}/").status_code == 404


def test_a_person_decides_about_many_letters_at_once(client: Client, settings: Settings) -> None:
    settings.DEMO_MODE, settings.SMTP_HOST = False, "127.0.0.1"
    one, two, three = (make_letter(state, key=state) for state in ("failed", "unsure", "sent"))
    assert decide(client, "letters.release", one, two, three) == 200
    assert states() == ["waiting", "waiting", "sent"]  # who has got it gets nothing more
    told = JournalEntry.objects.filter(kind="letters.released").get().payload["letters"]
    assert [line["id"] for line in told] == [one.pk, two.pk]
    assert "@" not in str(told)
    assert decide(client, "letters.release", three) == 409


def test_what_nobody_was_sure_of_is_settled_or_discarded(client: Client) -> None:
    one, two = make_letter("unsure", key="a"), make_letter("unsure", key="b")
    assert decide(client, "letters.settle", one) == 200
    assert decide(client, "letters.discard", two) == 200
    assert states() == ["sent", "discarded"]
    assert decide(client, "letters.settle", one) == 409


def test_discarding_can_be_undone_and_without_a_server_nothing_is_sent(client: Client) -> None:
    letter = make_letter()
    assert decide(client, "letters.discard", letter) == 200
    assert decide(client, "letters.release", letter) == 200
    assert states() == ["kept"]
    assert decide(client, "letters.release", letter) == 409


def test_a_letter_that_is_going_out_is_left_alone(client: Client) -> None:
    letter = make_letter("sending")
    for command in ("letters.discard", "letters.settle", "letters.release"):
        assert decide(client, command, letter) == 409
    assert states() == ["sending"]


def test_the_list_is_exported_without_the_texts(client: Client) -> None:
    make_letter(name="=cmd|calc", text="bí mật")
    sheet = read(client.get("/outbox/list.xlsx").content, "thu-di.xlsx")
    assert len(sheet.rows) == 1
    assert "bí mật" not in str(sheet)


@pytest.mark.parametrize("query", ["?q=%00", "?state=nonsense&order=x", "?page=zz", "?q=" + "a" * 5000])
def test_strange_questions_are_answered(client: Client, query: str) -> None:
    make_letter()
    assert client.get(f"/outbox/{query}").status_code == 200
    assert client.get(f"/outbox/list.xlsx{query}").status_code == 200
