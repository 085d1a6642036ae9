"""Every kind under every layout: the parts the rules name stand on the page, and nothing else than papers are made of."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from minutes.papers import checking, setting
from minutes.papers.data import issued
from minutes.papers.kinds import KINDS
from minutes.papers.rendering import RENDERER
from minutes.papers.samples import CODE, sample
from minutes.papers.setting import CannotBeSet, set_paper
from minutes.papers.vocabulary import faults
from printing.papers import DEMONSTRATION_MARK
from printing.profiles import PROFILES, Profile

EVERY = [(kind, profile) for kind in KINDS for profile in PROFILES.values()]
NAMES = [f"{kind}-{profile.code}" for kind, profile in EVERY]


def page_of(kind: str, profile: Profile, *, draft: bool = False, **changed: Any) -> str:
    return set_paper({**sample(kind, profile.body, draft=draft), **changed}, profile).html


def words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]))).strip()


@pytest.mark.parametrize(("kind", "profile"), EVERY, ids=NAMES)
def test_each_kind_under_each_layout_has_its_components_and_no_other_tags(kind: str, profile: Profile) -> None:
    for draft in (False, True):
        page = page_of(kind, profile, draft=draft)
        assert faults(page) == []
        assert checking.missing(page, kind) == []
        assert ("DỰ THẢO" in page) == draft
        assert ('class="qr"' in page, "Mã kiểm tra: ABCD-EFGH" in page) == (not draft, not draft)
        assert DEMONSTRATION_MARK not in page
    source = setting.system_source(kind, profile.body)
    context = setting.context_of(sample(kind, profile.body), profile)
    assert checking.problems(source, context) == []


PARTY_HEAD = ("ĐẢNG CỘNG SẢN VIỆT NAM", "Tỉnh uỷ Ba Sông", "*")
STATE_HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND tỉnh Ba Sông")
#: Domain notes B4: what each kind says, whoever's it is; then what differs.
PARTS = {
    "BB": ("Biên bản", "THỜI GIAN, ĐỊA ĐIỂM", "THÀNH PHẦN THAM DỰ", "Chủ trì:", "Thư ký:", "NỘI DUNG THEO DIỄN BIẾN", "KẾT THÚC",
           "Hội nghị kết thúc vào hồi 11 giờ 31 phút", "Điểm cầu 12", "Phụ lục", "GIÁN ĐOẠN KẾT NỐI CỦA CÁC ĐIỂM CẦU"),
    "TB": ("Thông báo", "Ngày 24 tháng 6 năm 2026, tại Hội trường", "chủ trì Hội nghị", "Sau khi nghe", "ĐÁNH GIÁ CHUNG",
           "KẾT LUẬN VÀ NHIỆM VỤ", "Chủ trì: Phòng Hành chính; phối hợp: các điểm cầu; thời hạn: 30/09/2026; sản phẩm:",
           "VỀ CÁC KIẾN NGHỊ, ĐỀ XUẤT", "DANH MỤC NHIỆM VỤ", "Nơi nhận:"),
    "NQ": ("Nghị quyết", "Căn cứ chức năng, nhiệm vụ", "QUYẾT NGHỊ:", "Mục tiêu đến hết năm 2026", "thực hiện Nghị quyết này"),
    "CTr": ("Chương trình", "(Tại Hội trường tầng 3, Ba Sông, ngày 24/06/2026)", "TT Thời gian Nội dung Người thực hiện Ghi chú",
            "08:15–08:45", "Bảo đảm đường truyền tại địa bàn vùng cao"),
    "GM": ("Giấy mời", "trân trọng kính mời:", "Tới dự:", "Chủ trì:", "Thời gian: Từ 08 giờ 00", "Địa điểm:", "Nội dung:",
           "có mặt trước giờ khai mạc 15 phút", "Trân trọng kính mời", "Nơi nhận:"),
    "DS": ("Danh sách đại biểu", "TT Họ và tên Chức vụ, đơn vị Ghi chú", "Trung ương (05 đại biểu)", "Khách mời (01 đại biểu)",
           "Trực tiếp tại điểm cầu Trung tâm (05 đại biểu) 1 Đại biểu 01-01 Lãnh đạo cơ quan Chủ trì",
           "Trực tuyến tại điểm cầu 03 (04 đại biểu)", "(Danh sách gồm 49 đại biểu)"),
}  # fmt: skip
PARTY = {
    "BB": ("Người ghi biên bản", "Chủ trì Hội nghị", "Xác nhận chữ ký của đồng chí", "T/L CHÁNH VĂN PHÒNG", "Số 07-BB/VPTU"),
    "TB": ("Số 07-TB/VPTU", "-----", "I- ĐÁNH GIÁ", "K/T CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng", "Ba Sông, ngày 24 tháng 6"),
    "NQ": ("- Căn cứ chức năng", "HỘI NGHỊ QUYẾT NGHỊ:", "1. Mục tiêu", "Số 07-NQ/VPTU"),
    "CTr": ("-----",), "GM": ("Các đồng chí đại biểu", "Trân trọng kính mời."), "DS": ("-----",),
}  # fmt: skip
STATE = {
    "BB": ("Thư ký", "Chủ tọa", "Số: 07/BB-SNV", "I. THỜI GIAN", "năm 2026./."),
    "TB": ("Số: 07/TB-SNV", "I. ĐÁNH GIÁ", "KT. GIÁM ĐỐC", "Lưu: VT"),
    "NQ": ("Điều 1. Mục tiêu", "Điều 3. Phân công", "Số: 07/NQ-SNV", "Nghị quyết này./."),
    "CTr": (), "GM": ("Các ông/bà đại biểu", "Trân trọng kính mời./."), "DS": (),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "profile"), EVERY, ids=NAMES)
def test_each_kind_says_what_the_rules_name(kind: str, profile: Profile) -> None:
    said = words(page_of(kind, profile))
    own, head = (PARTY, PARTY_HEAD) if profile.body == "party" else (STATE, STATE_HEAD)
    assert [part for part in (*head, *PARTS[kind], *own[kind]) if part not in said] == []


def test_a_state_body_s_minutes_bear_no_place_and_date_and_no_dashes() -> None:
    page = page_of("BB", PROFILES["ND30-2020"])
    assert 'class="place-date"' not in page
    assert 'class="dashes"' not in page_of("BB", PROFILES["HD05-2026"])
    assert 'class="place-date"' in page_of("BB", PROFILES["HD05-2026"])


def test_recipients_end_as_the_layout_says() -> None:
    for code, separator in (("HD36-2018", ","), ("HD05-2026", ";"), ("ND30-2020", ";")):
        page = page_of("TB", PROFILES[code])
        assert f"- Thường trực cấp trên (để báo cáo){separator}</p>" in page
        assert re.search(r"- Lưu[^<]*\.</p>", page)


def test_a_demonstration_s_paper_says_so_on_every_page() -> None:
    page = page_of("TB", PROFILES["HD36-2018"], demonstration=True)
    assert f'<div class="demonstration-line">{DEMONSTRATION_MARK}</div>' in page
    assert page.count(DEMONSTRATION_MARK) == 3


def test_an_issued_paper_has_its_number_date_and_code_and_no_mark_of_a_draft() -> None:
    draft = sample("TB", "party", draft=True)
    assert re.search(r"^\u00a0+-TB/VPTU$", draft["head"]["number"])
    done = issued(draft, number="12-TB/VPTU", dated=date(2026, 2, 3), code=CODE, address="https://x.example/check/")
    assert done["head"]["number"] == "12-TB/VPTU"
    assert done["head"]["place_date"] == "Ba Sông, ngày 03 tháng 02 năm 2026"
    assert done["head"]["draft_mark"] == ""
    assert (
        done["annexes"][0]["note"] == "Kèm theo Thông báo số 12-TB/VPTU, ngày 03 tháng 02 năm 2026 của Văn phòng Tỉnh uỷ Ba Sông"
    )
    assert draft["verification"] is None
    json.dumps(done)


@pytest.mark.parametrize(
    "evil", ['<script>x</script>"', "{{ head }}{% raw %}", "\u202eabc\u2066", "x" * 100_000, "a\u0301" * 500, "\x07&"]
)
def test_hostile_words_in_every_field_stay_words(evil: str) -> None:
    def poisoned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: one if key in ("type", "kind", "body") else poisoned(one) for key, one in value.items()}
        if isinstance(value, list):
            return [poisoned(one) for one in value]
        return evil if isinstance(value, str) else value

    data = {**poisoned(sample("TB", "party")), "kind": "TB", "body": "party", "verification": None}
    data["text"]["parts"][0]["body"] = {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": evil}]}],
    }
    page = set_paper(data, PROFILES["HD36-2018"]).html
    assert faults(page) == []
    assert "<script" not in page


def test_a_template_that_does_not_fit_is_refused_with_a_sentence_and_tells_nothing_of_the_data() -> None:
    data = sample("TB", "party") | {"secret": "mật"}
    for source in (
        "{{ secret.x }}",
        "<!doctype html><p>{{ secret }}</p><img>",
        '<!doctype html><p class="{{ secret }}">x</p>',
        "<!doctype html><{{ secret }}>",
        "{{ secret|rich(1,2) }}",
        "{{",
    ):
        with pytest.raises(CannotBeSet) as refused:
            set_paper(data, PROFILES["HD36-2018"], source)
        assert "mật" not in str(refused.value)
        assert len(str(refused.value)) > 20


def test_a_template_may_not_smuggle_through_what_stands_in_the_page_as_it_is() -> None:
    data = sample("TB", "party")
    page, found = RENDERER.fill(
        "<!doctype html>{{ qr }}", setting.context_of(data, PROFILES["HD36-2018"]), {"qr": "<script>x</script>"}
    )
    assert (page, {one.rule for one in found}) == ("", {"forbidden_tag"})
