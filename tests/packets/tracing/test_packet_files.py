"""The bytes of a bound packet: to whom they go, and that they go to nobody once one of its papers is taken away."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from meetings.queries import actor_for
from packets.models import Binding, Opening, Version
from packets.tracing import judging
from packets.tracing.openings import open_copy
from tests.cast import Cast, Clients, Room
from tests.papers import make_document, make_packet, make_paper, make_release, make_version, recall, stored_copy


@pytest.fixture
def papers(room: Room) -> list[Version]:
    """Two papers that everybody may read."""
    return [make_paper(room.meeting, title, pages=1).versions.get() for title in ("Báo cáo", "Chương trình")]


@pytest.fixture
def opening(room: Room, cast: Cast, papers: list[Version]) -> Opening:
    """A packet of both, opened by the delegate."""
    data, anchors = stored_copy(["Trang một", "Trang hai"])
    binding = Binding(
        meeting=room.meeting, key="a" * 64, size=len(data), pages=2, anchors=anchors, versions=[row.pk for row in papers],
        made_at=timezone.now(),
    )  # fmt: skip
    binding.file.save("bound.pdf", ContentFile(data), save=False)
    binding.save()
    return open_copy(room.meeting, actor_for(cast["delegate"], room.meeting), binding=binding)


def url_of(opening: Opening) -> str:
    return f"/m/{opening.meeting.slug}/papers/packet/{opening.code}.pdf"


def test_a_packet_carries_the_mark_and_goes_out_in_ranges(opening: Opening, clients: Clients) -> None:
    whole = clients["delegate"].get(url_of(opening))
    assert whole.status_code == 200
    assert all(opening.shown in page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(whole.content)))
    part = clients["delegate"].get(url_of(opening), headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])


def test_a_recalled_version_in_a_packet_does_not_come_back_with_its_successor(
    opening: Opening, papers: list[Version], clients: Clients
) -> None:
    document = papers[0].document
    former = document.releases.get()
    make_version(document, pages=1, state=Version.State.RELEASED)
    assert clients["delegate"].get(url_of(opening)).status_code == 200, "it was replaced: what is open stays"
    recall(former)
    make_release(document)
    assert clients["delegate"].get(url_of(opening)).status_code == 404


def test_who_approves_reads_the_packet_with_what_waits_for_that(room: Room, cast: Cast, clients: Clients) -> None:
    paper = make_document(room.meeting)
    make_version(paper, state=Version.State.CHECKED)
    for name, status in (("chair", 200), ("delegate", 404)):
        row = open_copy(room.meeting, actor_for(cast[name], room.meeting), binding=make_packet(paper))
        assert clients[name].get(url_of(row)).status_code == status


def test_a_packet_is_its_own_account_s_alone(opening: Opening, clients: Clients, cast: Cast) -> None:
    others = [name for name in cast if name not in ("delegate", "unit_head")]
    assert {clients[name].get(url_of(opening)).status_code for name in others} == {404}
    led = clients["delegate"].get(url_of(opening), headers={"Sec-Fetch-Dest": "iframe"})
    assert led.status_code == 302


def test_the_addresses_of_papers_and_packets_are_not_exchanged(opening: Opening, papers: list[Version], clients: Clients) -> None:
    assert clients["delegate"].get(url_of(opening).replace("/packet/", "/1/")).status_code == 404
    actor = actor_for(opening.meeting.participants.get(pk=opening.participant).person.user, opening.meeting)
    single = open_copy(opening.meeting, actor, version=papers[0])
    assert clients["delegate"].get(url_of(single)).status_code == 404


def taken_away(papers: list[Version], how: str) -> None:
    document = papers[1].document
    if how == "recalled":
        recall(document.releases.get())
    elif how == "returned":
        Version.objects.filter(pk=papers[1].pk).update(state=Version.State.DRAFT)
    elif how == "removed":
        document.is_removed = True
        document.save()
    else:
        papers[1].delete()


@pytest.mark.parametrize("how", ["recalled", "returned", "removed", "gone"])
def test_a_packet_ends_with_any_of_its_papers(how: str, opening: Opening, papers: list[Version], clients: Clients) -> None:
    account: Any = opening.account
    assert judging.is_still_open(opening, account)
    taken_away(papers, how)
    assert clients["delegate"].get(url_of(opening)).status_code == 404
    assert not judging.is_still_open(opening, account)


def test_a_packet_that_was_bound_anew_is_opened_anew(opening: Opening, clients: Clients) -> None:
    Binding.objects.all().delete()
    assert clients["delegate"].get(url_of(opening)).status_code == 404


def test_a_trace_of_a_packet_says_how_many_papers_were_in_it(opening: Opening, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("trace", opening.shown)
    assert "packet=2" in capsys.readouterr().out
