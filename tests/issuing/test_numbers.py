"""Registers and numbers: strictly the next one, never twice, no gap; what was cancelled stays with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from issuing import queries
from issuing.actions import cancel_number, give_number, open_register, reserve_number
from issuing.models import IssuedDocument, NumberRegister, Recipient
from issuing.symbols import written
from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import Journal, JournalEntry
from meetings.queries import office_actor
from people.models import Organisation
from tests.at_once import together
from tests.cast import Cast
from tests.issuing_papers import make_register
from tests.make import make_organisation, the_secretariat

pytestmark = pytest.mark.django_db


def give(register: NumberRegister, abstract: str = "Về việc thử", **kw: Any) -> IssuedDocument:
    return give_number(by=the_secretariat(), register=register, abstract=abstract, **{"dated": date(2025, 11, 20)} | kw)


@pytest.mark.parametrize(
    ("number", "body", "paper_type", "symbol", "expected"),
    [
        (5, "party", "GM", "VPTW", "05-GM/VPTW"),
        (127, "party", "QĐ", "TW", "127-QĐ/TW"),
        (9, "party", "CV", "VPTU", "09-CV/VPTU"),
        (15, "state", "QĐ", "BNV", "15/QĐ-BNV"),
        (5, "state", "GM", "UBND", "05/GM-UBND"),
        (7, "state", "CV", "BNV", "07/BNV"),
    ],
)
def test_a_number_is_written_as_its_body_writes_it(number: int, body: str, paper_type: str, symbol: str, expected: str) -> None:
    assert written(number, body, paper_type, symbol) == expected


def test_numbers_follow_one_another_and_each_type_has_its_own() -> None:
    invitations, notices = make_register(), make_register("TB")
    assert [give(invitations).symbol for _ in range(3)] == ["01-GM/VPTW", "02-GM/VPTW", "03-GM/VPTW"]
    assert give(notices).symbol == "01-TB/VPTW"
    assert queries.is_whole(NumberRegister.objects.get(pk=invitations.pk))
    assert not queries.broken_registers().exists()


def test_an_office_that_begins_in_the_middle_goes_on_where_it_was() -> None:
    register = make_register(first=42)
    assert give(register).symbol == "42-GM/VPTW"
    assert give(register).symbol == "43-GM/VPTW"
    register.refresh_from_db()
    assert queries.is_whole(register)


def test_a_term_has_one_register_of_a_type() -> None:
    make_register()
    data: dict[str, Any] = {"by": the_secretariat(), "organisation": make_organisation(), "paper_type": "GM"}
    with pytest.raises(OutOfOrder, match="2025–2030"):
        open_register(**data, since=date(2027, 1, 1), period="Khác")
    open_register(**data, since=date(2020, 1, 1), until=date(2025, 9, 30), period="Nhiệm kỳ 2020–2025")


def test_a_date_outside_the_period_gets_no_number() -> None:
    register = make_register(until=date(2030, 12, 31))
    for day in (date(2025, 9, 30), date(2031, 1, 1)):
        with pytest.raises(OutOfOrder, match="2025–2030"):
            give(register, dated=day)
    register.refresh_from_db()
    assert register.last == 0


def test_a_paper_from_outside_takes_the_next_number_and_says_so() -> None:
    register = make_register()
    made = reserve_number(
        by=the_secretariat(), register=register, abstract="Hoả tốc", dated=date(2025, 11, 20), reason="Mất điện"
    )
    assert (made.symbol, made.state, made.reason) == ("01-GM/VPTW", "outside", "Mất điện")
    assert give(register).symbol == "02-GM/VPTW"


def test_a_cancelled_number_stays_with_its_reason_and_is_not_given_again() -> None:
    register = make_register()
    first, second = give(register), give(register)
    cancel_number(by=the_secretariat(), document=first, reason="Sai ngày", replacement=2)
    first.refresh_from_db()
    assert (first.state, first.reason, first.replaced_by) == ("cancelled", "Sai ngày", second)
    assert give(register).symbol == "03-GM/VPTW"
    with pytest.raises(OutOfOrder):
        cancel_number(by=the_secretariat(), document=first, reason="Lần nữa")
    facts = [e.payload for e in JournalEntry.objects.filter(kind="number.cancelled")]
    assert facts == [{"document": first.pk, "symbol": "01-GM/VPTW", "replaced_by": "02-GM/VPTW"}]


@pytest.mark.parametrize("replacement", [1, 9])
def test_a_paper_is_not_replaced_by_itself_or_by_nothing(replacement: int) -> None:
    paper = give(make_register())
    with pytest.raises(OutOfOrder):
        cancel_number(by=the_secretariat(), document=paper, reason="Sai", replacement=replacement)


def test_every_number_is_in_the_office_s_journal() -> None:
    give(make_register(), abstract="Giấy mời họp")
    journal = Journal.objects.get(scope="office")
    kinds = list(journal.entries.order_by("number").values_list("kind", flat=True))
    assert kinds[-2:] == ["register.opened", "number.given"]
    last = journal.entries.get(number=journal.head).payload
    assert (last["number"], last["symbol"]) == (1, "01-GM/VPTW")


def test_recipients_are_kept_in_their_order_and_the_archive_is_told_apart() -> None:
    paper = give(make_register(), recipients=["Ban Bí thư", "Lưu Văn phòng"])
    assert list(Recipient.objects.filter(document=paper).values_list("position", "kind", "name")) == [
        (1, "body", "Ban Bí thư"),
        (2, "archive", "Lưu Văn phòng"),
    ]


def test_only_who_keeps_registers_gives_numbers(room: Any, cast: Cast) -> None:
    register = make_register()
    for name in ("stranger", "focal_point", "unit_head"):
        with pytest.raises(NotAllowed):
            give_number(by=office_actor(cast[name]), register=register, abstract="x", dated=date(2025, 11, 20))
    assert give_number(by=office_actor(cast["clerk"]), register=register, abstract="x", dated=date(2025, 11, 20)).number == 1


def test_the_tables_themselves_refuse_the_same_number_twice() -> None:
    paper = give(make_register())
    twin = IssuedDocument.objects.get(pk=paper.pk)
    twin.pk, twin.code = None, "B" * 26
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_what_the_office_calls_itself_stands_in_the_number() -> None:
    office = make_organisation("Bộ Nội vụ", body=Organisation.Body.STATE, symbol="BNV")
    year = {"period": "2025", "since": date(2025, 1, 1), "until": date(2025, 12, 31)}
    register = open_register(by=the_secretariat(), organisation=office, paper_type="GM", **year)  # type: ignore[arg-type]
    assert give(register).symbol == "01/GM-BNV"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_four_hundred_numbers_without_a_gap() -> None:
    register, by = make_register(), the_secretariat()

    def fifty() -> list[int]:
        return [give_number(by=by, register=register, abstract=f"Giấy {n}", dated=date(2025, 11, 20)).number for n in range(50)]

    results = together(*[fifty] * 8)
    assert [r for r in results if isinstance(r, Exception)] == []
    assert sorted(number for numbers in results for number in numbers) == list(range(1, 401))
    for numbers in results:
        assert numbers == sorted(numbers)
    register.refresh_from_db()
    assert register.last == 400
    assert queries.is_whole(register)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_number_that_is_rolled_back_is_given_to_the_next() -> None:
    register = make_register()
    with transaction.atomic():
        assert give(register).number == 1
        transaction.set_rollback(True)
    assert give(register).number == 1
