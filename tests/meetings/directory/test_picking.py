"""Picking people and organisations: found by words, understood or refused with a sentence, never guessed."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from meetings.directory.finding import find_organisations, find_people
from meetings.directory.picking import OrganisationField, PersonField
from people.models import Organisation, Person, Position
from tests.cast import Clients

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    """A form that picks."""

    head = PersonField(required=False, fills={"name": "name", "position": "title"})
    unit = OrganisationField(required=False)


def province(name: str = "Lào Cai") -> Organisation:
    return Organisation.objects.get(kind="province", short_name=name)


def commune(name: str, above: str) -> Organisation:
    return Organisation.objects.create(kind="commune", name=name, short_name=name, parent=province(above))


def person(name: str, title: str = "", unit: Organisation | None = None, **kw: Any) -> Person:
    one = Person.objects.create(full_name=name, **kw)
    if unit:
        Position.objects.create(person=one, organisation=unit, title=title)
    return one


def picked(**data: str) -> Any:
    form = Form(data)
    return form.cleaned_data if form.is_valid() else {name: [str(e) for e in errors] for name, errors in form.errors.items()}


def test_a_person_is_picked_by_number_and_by_name_however_it_is_typed() -> None:
    one = person("Giàng A Đại", "Phó Bí thư", province())
    label = "Giàng A Đại – Phó Bí thư, Tỉnh ủy Lào Cai"
    assert picked(head=str(one.pk))["head"] == one
    for typed in (label, "Giàng A Đại", "giang a dai", "  GIÀNG  A   ĐẠI ", "Gia\u0300ng A Đa\u0323i"):
        assert picked(head=typed)["head"] == one, typed
        assert picked(head=typed, head_pk=str(one.pk))["head"] == one, typed
        assert picked(head=typed, head_pk="")["head"] == one, typed
    assert picked(head="", head_pk=str(one.pk))["head"] is None, "who empties the line picks nobody"
    assert picked() == {"head": None, "unit": None}


def test_a_new_title_does_not_unpick_who_was_picked_before() -> None:
    one = person("Giàng A Đại", "Bí thư", province())
    assert picked(head="Giàng A Đại – Phó Bí thư, Tỉnh ủy Lào Cai", head_pk=str(one.pk))["head"] == one


def test_of_several_of_one_name_the_right_one_must_be_said() -> None:
    first, second = person("Lê Văn An", "Chánh Văn phòng", province()), person("Lê Văn An", "Trưởng ban", province("Hà Tĩnh"))
    (sentence,) = picked(head="Lê Văn An", head_pk="")["head"]
    assert "Chánh Văn phòng, Tỉnh ủy Lào Cai" in sentence
    assert "Trưởng ban, Tỉnh ủy Hà Tĩnh" in sentence
    assert picked(head="le van an – truong ban, tinh uy ha tinh", head_pk="")["head"] == second
    assert picked(head="Lê Văn An", head_pk=str(first.pk))["head"] == first


def test_an_unknown_name_is_refused_with_who_may_be_meant_and_stays_in_the_form() -> None:
    person("Lê Văn An")
    form = Form({"head": "Văn An", "head_pk": "", "unit": "Nhà hát <b>", "unit_pk": "9" * 40})
    assert not form.is_valid()
    assert "Lê Văn An" in form.errors["head"][0]
    html = str(form["head"]) + str(form["unit"])
    assert 'value="Văn An"' in html
    assert 'value="Nhà hát &lt;b&gt;"' in html
    assert "<b>" not in html


@pytest.mark.parametrize("text", ["\0", "x" * 5000, "9" * 60, "-1", "' OR 1=1 --", "%", "_", " – ", "\u200b"])
def test_hostile_words_pick_nobody(text: str) -> None:
    person("Lê Văn An")
    for data in ({"head": text}, {"head": text, "head_pk": text}, {"head": text, "head_pk": ""}):
        assert not isinstance(picked(**data).get("head"), Person)


def test_who_was_merged_and_what_was_closed_is_not_picked() -> None:
    kept = person("Lê Văn An", "Trưởng ban", province())
    gone = person("Lê Văn Ân", merged_into=kept)
    closed = Organisation.objects.create(kind="central", name="Ban cũ", short_name="Ban cũ", is_closed=True)
    assert isinstance(picked(head=str(gone.pk))["head"], list)
    assert isinstance(picked(unit=str(closed.pk))["unit"], list)
    assert [p.pk for p in find_people("le van an")] == [kept.pk]
    assert find_organisations("ban cũ") == []


def test_organisations_are_found_with_the_one_above() -> None:
    here, there = commune("Xã Tân Lập", "Lào Cai"), commune("Xã Tân Lập", "Sơn La")
    assert {o.pk for o in find_organisations("tan lap")} == {here.pk, there.pk}
    assert [o.pk for o in find_organisations("tân lập sơn la")] == [there.pk]
    assert find_organisations("lao cai")[0] == province()
    assert picked(unit="Xã Tân Lập – Sơn La")["unit"] == there
    assert "Xã Tân Lập – Lào Cai" in picked(unit="xã tân lập")["unit"][0]
    assert picked(unit="lào cai")["unit"] == province()
    assert picked(unit="15", unit_pk="")["unit"] == province(), "by its code, where a page has sent the field"


def test_people_are_found_by_name_with_unit_and_no_contact_data_is_shown(clients: Clients) -> None:
    person("Lê Văn An", "Trưởng ban", province("Hà Tĩnh"), email="an@example.vn", phone="0912 345 678")
    person("Lê Văn Bảo", "Trưởng ban", province("Sơn La"))
    assert [p.full_name for p in find_people("le son la")] == ["Lê Văn Bảo"]
    html = clients["secretary"].get("/find/person/?q=v%C4%83n+an").content.decode()
    assert 'data-label="Lê Văn An – Trưởng ban, Tỉnh ủy Hà Tĩnh"' in html
    assert "example" not in html
    assert "0912" not in html
    assert clients["secretary"].get("/find/person/?q=%00%27%22<").status_code == 200


def test_the_page_shows_what_was_picked() -> None:
    one = person("Lê Văn An", "Trưởng ban", province())
    for initial in (one, one.pk):
        html = str(Form(initial={"head": initial})["head"])
        assert 'value="Lê Văn An – Trưởng ban, Tỉnh ủy Lào Cai"' in html
        assert f'name="head_pk" value="{one.pk}"' in html
        assert 'data-fills="name:name position:title"' in html


@pytest.mark.parametrize("many", [3, 40])
def test_searching_takes_the_same_questions_for_few_and_many(many: int, clients: Clients, django_assert_num_queries: Any) -> None:
    for n in range(many):
        person(f"Đại biểu {n:02}", "Ủy viên", province())
    clients["secretariat"].get("/find/person/?q=dai")
    with django_assert_num_queries(4):
        clients["secretariat"].get("/find/person/?q=dai")
    with django_assert_num_queries(3):
        clients["secretariat"].get("/find/organisation/?q=lao+cai")
