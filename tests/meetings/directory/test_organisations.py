"""The tree of organisations: entered, edited, moved, closed; what cannot stand is refused with a sentence."""

from __future__ import annotations

import pytest

from meetings.directory import actions
from meetings.directory.actions import NewOrganisation
from meetings.errors import OutOfOrder
from meetings.journal import office_journal
from meetings.models import JournalEntry
from meetings.procedure import Actor
from people.models import Organisation
from tests.cast import Clients
from tests.make import make_meeting, make_organisation

pytestmark = pytest.mark.django_db


def province(name: str = "Lào Cai") -> Organisation:
    return Organisation.objects.get(kind="province", short_name=name)


def new(name: str, kind: str = "commune", **kw: str) -> NewOrganisation:
    return NewOrganisation(name=name, short_name=name, kind=kind, **kw)


def last_fact() -> JournalEntry:
    entry = JournalEntry.objects.filter(journal_id=office_journal()).order_by("-number").first()
    assert entry is not None
    return entry


def test_the_provinces_are_built_in_and_communes_stand_under_them(by: Actor) -> None:
    assert Organisation.objects.filter(kind="province", parent=None).count() == 34
    made = actions.add_organisation(by=by, data=new("Xã Mường Khương", code="02752"), parent=province())
    assert made.parent == province()
    assert (last_fact().kind, last_fact().payload["above"]) == ("organisation.added", "Tỉnh ủy Lào Cai")


@pytest.mark.parametrize(
    ("name", "kind", "code", "above", "words"),
    [
        ("Xã A", "commune", "", "", "Choose the province"),
        ("Ban A", "department", "", "", "belongs to a body"),
        ("Tỉnh ủy Lào Cai", "province", "", "", "already, in the same place"),
        ("Tỉnh ủy Khác", "province", "15", "", "code 15 belongs to"),
    ],
)
def test_what_cannot_stand_there_is_refused(by: Actor, name: str, kind: str, code: str, above: str, words: str) -> None:
    with pytest.raises(OutOfOrder, match=words):
        actions.add_organisation(by=by, data=new(name, kind, code=code), parent=province(above) if above else None)


def test_a_unit_moves_with_all_under_it_but_never_under_itself(by: Actor) -> None:
    office = make_organisation()
    bureau = actions.add_organisation(by=by, data=new("Cục A", "department"), parent=office)
    section = actions.add_organisation(by=by, data=new("Phòng B", "department"), parent=bureau)
    for above in (bureau, section):
        with pytest.raises(OutOfOrder, match="cannot stand under itself"):
            actions.move_organisation(by=by, organisation=bureau, parent=above)
    with pytest.raises(OutOfOrder, match="stands there already"):
        actions.move_organisation(by=by, organisation=bureau, parent=office)
    actions.move_organisation(by=by, organisation=bureau, parent=province())
    section.refresh_from_db()
    assert section.parent == bureau
    assert last_fact().payload["was_above"] == office.name
    with pytest.raises(OutOfOrder, match="Choose the province"):
        actions.move_organisation(
            by=by, organisation=actions.add_organisation(by=by, data=new("Xã C"), parent=province()), parent=office
        )


def test_what_is_closed_stays_where_it_is_used_and_can_be_opened_again(by: Actor) -> None:
    office = make_organisation("Ban Cũ")
    bureau = actions.add_organisation(by=by, data=new("Cục A", "department"), parent=office)
    meeting = make_meeting(organiser=office)
    with pytest.raises(OutOfOrder, match="open units under"):
        actions.close_organisation(by=by, organisation=office)
    actions.close_organisation(by=by, organisation=bureau)
    actions.close_organisation(by=by, organisation=office)
    meeting.refresh_from_db()
    assert meeting.organiser == office
    with pytest.raises(OutOfOrder, match="is closed"):
        actions.add_organisation(by=by, data=new("Cục B", "department"), parent=office)
    with pytest.raises(OutOfOrder, match="Open that one first"):
        actions.reopen_organisation(by=by, organisation=bureau)
    actions.reopen_organisation(by=by, organisation=office)
    actions.reopen_organisation(by=by, organisation=bureau)
    assert not Organisation.objects.filter(is_closed=True).exists()


def test_a_new_name_and_symbol_are_found_and_said_in_the_fact(by: Actor) -> None:
    office = make_organisation("Ban A")
    actions.edit_organisation(by=by, organisation=office, data=new("Ban B", "central", symbol="BB"))
    office.refresh_from_db()
    assert (office.name, office.symbol, office.folded) == ("Ban B", "BB", " ban b ban b")
    assert (last_fact().payload["was"], last_fact().payload["name"]) == ("Ban A", "Ban B")


def test_names_are_kept_as_they_are_searched(ask: object) -> None:
    answer = ask(  # type: ignore[operator]
        "organisation.add", name="  Ban\u00a0Tổ  chức\u200b ", kind="central", body="party", parent="", parent_pk=""
    )
    assert answer.status_code == 200, answer.content.decode()
    assert Organisation.objects.filter(name="Ban Tổ chức", short_name="Ban Tổ chức").exists()


def test_the_tree_opens_level_by_level_and_the_search_finds_below(by: Actor, clients: Clients) -> None:
    actions.add_organisation(by=by, data=new("Xã Mường Khương"), parent=province())
    page = clients["secretariat"].get("/directory/").content.decode()
    assert "Tỉnh ủy Lào Cai" in page.replace("\xa0", " ")
    assert "Mường" not in page
    branch = clients["secretariat"].get(f"/directory/{province().pk}/under/").content.decode().replace("\xa0", " ")
    assert "Xã Mường Khương" in branch
    assert 'data-level="1"' in branch
    found = clients["secretariat"].get("/directory/?q=muong+khuong%00").content.decode().replace("\xa0", " ")
    assert "Xã Mường Khương" in found
    assert "Tỉnh ủy Lào Cai" in found, "found with the one above"
    one = clients["secretariat"].get(f"/directory/{province().pk}/")
    assert one.context["uses"] == {"meetings": 0, "participations": 0, "bridge_points": 0, "accounts": 1}
    assert clients["secretariat"].get(f"/directory/{'9' * 30}/").status_code == 404


@pytest.mark.parametrize("many", [3, 60])
def test_pages_of_the_tree_ask_the_same_of_few_and_many(many: int, clients: Clients, django_assert_num_queries: object) -> None:
    rows = [Organisation(kind="commune", parent=province(), name=f"Xã {n:03}", short_name=f"Xã {n:03}") for n in range(many)]
    Organisation.objects.bulk_create(rows)
    clients["secretariat"].get("/directory/")
    for count, url in (
        (5, "/directory/"),
        (5, "/directory/?q=xa"),
        (4, f"/directory/{province().pk}/under/"),
        (11, f"/directory/{province().pk}/"),
    ):
        with django_assert_num_queries(count):  # type: ignore[operator]
            clients["secretariat"].get(url)
