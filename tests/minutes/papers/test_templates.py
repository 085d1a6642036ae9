"""The templates of an office: checked before they are kept, used from then on, taken back; approved papers keep theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from meetings.models import Journal
from minutes.models import PaperTemplate
from minutes.papers import present
from minutes.papers.forms import problems_of
from minutes.papers.kinds import KINDS
from minutes.papers.rendering import RENDERER
from minutes.papers.setting import system_source
from minutes.papers.vocabulary import LONGEST_TEMPLATE
from printing.profiles import PROFILES
from tests.cast import Clients, Room, cast_of
from tests.make import make_command_id
from tests.paper_desk import make_approved, make_draft, make_template

pytestmark = pytest.mark.django_db
SOURCE = system_source("DS", "party")
LAYOUT = "HD05-2026"


@pytest.fixture
def clients(room: Room) -> Clients:
    return Clients(cast_of(room))


def ask(client: Client, command: str, **fields: Any) -> HttpResponse:
    body = {"kind": "DS", "profile": LAYOUT, "command_id": make_command_id()} | fields
    answer: HttpResponse = client.post(f"/do/paper_template.{command}/", body, HTTP_ACCEPT="application/json")  # type: ignore[assignment]
    return answer


def changed(old: str, new: str) -> str:
    assert old in SOURCE
    return SOURCE.replace(old, new, 1)


def test_a_changed_template_is_used_from_then_on_and_an_approved_paper_keeps_its_own(room: Room, clients: Clients) -> None:
    approved = make_approved(room.meeting)
    source = changed("<p>{{ text.total }}</p>", '<p class="centred"><em>{{ text.total }}</em></p>')
    assert ask(clients["secretariat"], "add", source=source, note="Căn giữa").status_code == 200
    draft = make_draft(room.meeting)
    assert '<p class="centred"><em>(Danh sách gồm' in present.sheet_of(draft).html()
    assert "<p>(Danh sách gồm" in present.sheet_of(approved).html()
    approved.refresh_from_db()
    assert present.sheet_of(approved).content_hash == approved.content_hash
    entry = Journal.objects.get(scope="office").entries.latest("number")
    assert (entry.kind, set(entry.payload)) == ("paper_template.added", {"kind_of_paper", "profile", "revision", "digest"})


def test_earlier_ones_stay_and_are_taken_again_and_the_system_s_comes_back(room: Room, clients: Clients) -> None:
    client = clients["administrator"]
    assert ask(client, "reset").status_code == 409
    for word in ("một", "hai"):
        assert ask(client, "add", source=SOURCE + f"{{# {word} #}}\n").status_code == 200
    assert ask(client, "add", source=SOURCE + "{# hai #}\n").status_code == 409
    first = PaperTemplate.objects.get(revision=1)
    assert ask(client, "take", template=first.pk).status_code == 200
    assert ask(client, "take", template=first.pk).status_code == 409
    assert PaperTemplate.objects.get(is_current=True) == first
    assert ask(client, "reset").status_code == 200
    assert (PaperTemplate.objects.filter(is_current=True).count(), PaperTemplate.objects.count()) == (0, 2)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{{ text.total }}", "{{ text.totl }}", True),
        ("<p>{{ text.total }}</p>", "<script>x</script>", True),
        ("<p>{{ text.total }}</p>", '<p style="color:red">{{ text.total }}</p>', True),
        ("<p>{{ text.total }}</p>", "{% include 'x' %}", True),
        ("<p>{{ text.total }}</p>", "{{ text.total", True),
        ('<div class="content">', "<div>", False),
        ("<p>{{ text.total }}</p>", "<p>{{ text.total }}", False),
        ("<p>{{ text.total }}</p>", "<p>{{ verification.code }}</p>", True),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(room: Room, clients: Clients, old: str, new: str, line: bool) -> None:
    answer = ask(clients["secretariat"], "add", source=changed(old, new))
    said = answer.json()["errors"]["source"]
    assert answer.status_code == 400
    assert any(one.startswith(("Dòng", "Line")) for one in said) == line
    assert not PaperTemplate.objects.exists()


@pytest.mark.parametrize(
    ("data", "status"),
    [(SOURCE.encode() + b"\n", 200), (b"\xef\xbb\xbf" + SOURCE.encode() + b"\n", 200), (b"", 400), (b"\xff\xfe\x00", 400),
     (b"x" * (LONGEST_TEMPLATE + 1), 400),
     (b"x" * (LONGEST_TEMPLATE * 4 + 1), 400), (b"\x00" * 50, 400)],
)  # fmt: skip
def test_a_template_comes_as_a_file_too(room: Room, clients: Clients, data: bytes, status: int) -> None:
    file = SimpleUploadedFile("mau.jinja", data)
    answer = ask(clients["secretariat"], "add", source="", file=file)
    assert answer.status_code == status, answer.content.decode()


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind in KINDS for code in PROFILES])
def test_the_system_s_own_templates_pass_the_check(kind: str, code: str) -> None:
    assert problems_of(kind, code, system_source(kind, PROFILES[code].body)) == []


def test_the_pages_show_what_is_in_use_give_it_as_a_file_and_print_it(room: Room, clients: Clients) -> None:
    client = clients["secretariat"]
    mine = make_template(is_current=True, source=changed("<p>{{ text.total }}</p>", "<p>x</p>"))
    assert "r1" in str(mine)
    listed = client.get("/paper-templates/").content.decode()
    assert listed.count("/paper-templates/DS/") == len(PROFILES)
    here = f"/paper-templates/DS/{LAYOUT}/"
    page = client.get(here).content.decode()
    assert "text.rows[].name" in page
    assert "&lt;p&gt;x&lt;/p&gt;" in page
    assert client.get(here + "file/").content.decode() == mine.source
    assert client.get(here + "file/?revision=0").content.decode() == SOURCE
    assert client.get(here + "file/?revision=7").status_code == 404
    assert client.get(here + "preview/?revision=0").content[:5] == b"%PDF-"
    for wrong in ("XX/HD36-2018/", "DS/HD99/", "DS/HD05-2026/preview/?revision=99"):
        assert client.get(f"/paper-templates/{wrong}").status_code == 404


@pytest.fixture
def all_papers_wait() -> Iterator[None]:
    """Papers of other templates take all the time there is."""
    lanes = ("one", "two")
    assert [RENDERER._turns.take(lane, 0) for lane in lanes] == [True, True]
    yield
    for lane in lanes:
        RENDERER._turns.leave(lane)


def test_templates_are_tried_out_apart_from_papers(room: Room, clients: Clients, all_papers_wait: None) -> None:
    assert problems_of("DS", LAYOUT, SOURCE) == []
    make_template(is_current=True, source=changed("{{ text.total }}", "{{ text.totl }}"))
    answer = clients["secretariat"].get(f"/paper-templates/DS/{LAYOUT}/preview/")
    assert answer.status_code == 409
    assert "totl" in answer.content.decode()
