"""Who signs with which line above the post."""

import pytest
from django.utils.translation import override

from printing.authority import Kind, SignsAs, faults, kind_of, lines, ways
from printing.errors import BadAuthority
from printing.rules import Body

OFFICE = {"post": "Phó Chánh Văn phòng", "head_post": "Chánh Văn phòng"}
COMMITTEE = {"post": "Phó Bí thư", "head_post": "Bí thư", "name": "Ban Thường vụ"}
PEOPLES_COMMITTEE = {"post": "Phó Chủ tịch", "head_post": "Chủ tịch", "name": "Ủy ban nhân dân"}
MINISTRY = {"post": "Thứ trưởng", "head_post": "Bộ trưởng"}


@pytest.mark.parametrize(
    ("body", "kind", "signs_as", "who", "expected"),
    [
        ("party", Kind.HEADED, SignsAs.HEAD, OFFICE, ()),
        ("party", Kind.HEADED, SignsAs.DEPUTY, OFFICE, ("K/T Chánh Văn phòng",)),
        ("party", Kind.HEADED, SignsAs.BY_ORDER, OFFICE, ("T/L Chánh Văn phòng",)),
        ("party", Kind.COLLECTIVE, SignsAs.HEAD, COMMITTEE, ("T/M Ban Thường vụ",)),
        ("party", Kind.COLLECTIVE, SignsAs.DEPUTY, COMMITTEE, ("T/M Ban Thường vụ",)),
        ("party", Kind.COLLECTIVE, SignsAs.BY_ORDER, COMMITTEE, ("T/L Ban Thường vụ",)),
        (
            "party", Kind.COLLECTIVE, SignsAs.DEPUTY_BY_ORDER, COMMITTEE | {"ordered_post": "Chánh Văn phòng"},
            ("T/L Ban Thường vụ", "K/T Chánh Văn phòng"),
        ),
        ("state", Kind.HEADED, SignsAs.HEAD, MINISTRY, ()),
        ("state", Kind.HEADED, SignsAs.DEPUTY, MINISTRY, ("KT. Bộ trưởng",)),
        ("state", Kind.HEADED, SignsAs.BY_ORDER, MINISTRY, ("TL. Bộ trưởng",)),
        ("state", Kind.HEADED, SignsAs.AUTHORISED, MINISTRY, ("TUQ. Bộ trưởng",)),
        ("state", Kind.HEADED, SignsAs.ACTING, MINISTRY, ()),
        ("state", Kind.COLLECTIVE, SignsAs.HEAD, PEOPLES_COMMITTEE, ("TM. Ủy ban nhân dân",)),
        ("state", Kind.COLLECTIVE, SignsAs.DEPUTY, PEOPLES_COMMITTEE, ("TM. Ủy ban nhân dân", "KT. Chủ tịch")),
        ("state", Kind.COLLECTIVE, SignsAs.BY_ORDER, PEOPLES_COMMITTEE, ("TL. Ủy ban nhân dân",)),
    ],
)  # fmt: skip
def test_the_lines_of_each_way_to_sign(
    body: Body, kind: Kind, signs_as: SignsAs, who: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert lines(body, kind, signs_as, **who) == expected


@pytest.mark.parametrize("signs_as", list(SignsAs))
def test_a_committee_never_signs_in_the_place_of_its_head(signs_as: SignsAs) -> None:
    if signs_as in ways("party", Kind.COLLECTIVE):
        first = lines("party", Kind.COLLECTIVE, signs_as, **COMMITTEE, ordered_post="Chánh Văn phòng")[0]
        assert first.startswith(("T/M ", "T/L "))


def test_party_lines_have_a_slash_and_state_lines_a_dot() -> None:
    for body, sign, never in (("party", "/", "."), ("state", ".", "/")):
        for kind in Kind:
            for signs_as in ways(body, kind):  # type: ignore[arg-type]
                for line in lines(body, kind, signs_as, "Phó", "Trưởng", name="Hội đồng", ordered_post="Chánh"):  # type: ignore[arg-type]
                    assert sign in line.split()[0]
                    assert never not in line.split()[0]


@pytest.mark.parametrize(
    ("body", "kind", "signs_as"),
    [
        ("party", Kind.HEADED, SignsAs.ACTING),
        ("party", Kind.HEADED, SignsAs.AUTHORISED),
        ("party", Kind.COLLECTIVE, SignsAs.AUTHORISED),
        ("state", Kind.COLLECTIVE, SignsAs.ACTING),
    ],
)
def test_a_way_nobody_signs_in_is_refused(body: Body, kind: Kind, signs_as: SignsAs) -> None:
    with pytest.raises(BadAuthority, match=r"\.$"):
        lines(body, kind, signs_as, "Phó", "Trưởng", name="Hội đồng")


def test_missing_words_are_asked_for() -> None:
    with override("en"), pytest.raises(BadAuthority, match="for whom"):
        lines("party", Kind.COLLECTIVE, SignsAs.HEAD, "Bí thư", "", name=" ")
    with override("en"), pytest.raises(BadAuthority, match="for whom"):
        lines("party", Kind.HEADED, SignsAs.DEPUTY, "Phó", "")
    with override("en"), pytest.raises(BadAuthority, match="post"):
        lines("party", Kind.HEADED, SignsAs.HEAD, "  ", "")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tỉnh ủy Lào Cai", Kind.COLLECTIVE),
        ("Thành uỷ Hà Nội", Kind.COLLECTIVE),
        ("ĐẢNG ỦY xã", Kind.COLLECTIVE),
        ("Ban Thường vụ Tỉnh ủy", Kind.COLLECTIVE),
        ("Ủy ban Kiểm tra", Kind.COLLECTIVE),
        ("Uỷ ban nhân dân tỉnh", Kind.COLLECTIVE),
        ("Hội đồng nhân dân", Kind.COLLECTIVE),
        ("Văn phòng Trung ương Đảng", Kind.HEADED),
        ("Văn phòng Tỉnh ủy", Kind.HEADED),
        ("Ban Chỉ đạo chuyển đổi số", Kind.HEADED),
        ("Bộ Nội vụ", Kind.HEADED),
        ("", Kind.HEADED),
    ],
)
def test_a_name_tells_how_its_body_decides(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("body", "kind", "typed", "count"),
    [
        ("party", Kind.COLLECTIVE, "T/M BAN THƯỜNG VỤ", 0),
        ("party", Kind.COLLECTIVE, "K/T BÍ THƯ", 1),
        ("party", Kind.HEADED, "K/T CHÁNH VĂN PHÒNG", 0),
        ("party", Kind.HEADED, "KT. CHÁNH VĂN PHÒNG", 1),
        ("state", Kind.COLLECTIVE, "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", 0),
        ("state", Kind.COLLECTIVE, "T/M ỦY BAN NHÂN DÂN\nK/T CHỦ TỊCH", 2),
        ("state", Kind.HEADED, "TL.", 1),
        ("party", Kind.HEADED, "", 0),
        ("party", Kind.HEADED, "Chủ trì hội nghị", 0),
    ],
)
def test_what_somebody_typed_is_judged(body: Body, kind: Kind, typed: str, count: int) -> None:
    found = faults(body, kind, typed)
    assert len(found) == count
    assert all(sentence.endswith(".") for sentence in found)
