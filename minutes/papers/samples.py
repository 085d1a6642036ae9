"""A made-up conference, as data of each kind of paper: for previews of templates and for tests. Nobody in it is real. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from minutes.blocks.plain import doc_of
from minutes.papers import rich
from minutes.papers.data import delegates, invitation, minutes, notice, programme, resolution
from minutes.papers.data.bearing import Bearing
from minutes.papers.data.frame import Said, assembled, issued
from minutes.papers.kinds import KINDS
from minutes.writing import address, at_bridge_point

DAY = date(2026, 6, 24)
CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NAMES = {"party": ("Văn phòng Tỉnh uỷ Ba Sông", "Tỉnh uỷ Ba Sông", "VPTU"), "state": ("Sở Nội vụ", "UBND tỉnh Ba Sông", "SNV")}
_TITLE = "Hội nghị sơ kết công tác văn phòng 6 tháng đầu năm 2026"


@dataclass(frozen=True)
class _Block:
    key: str
    kind: str
    heading: str = ""
    text: str = ""
    number: str = ""
    is_left_out: bool = False

    @property
    def body(self) -> Any:
        return doc_of(self.kind, self.text)


@cache
def _sample(kind: str, body: str, draft: bool) -> dict[str, Any]:
    issuing, parent, symbol = _NAMES[body]
    bodies = {"issuing": issuing, "parent": parent, "body": body, "symbol": symbol}
    data = assembled(kind, _meeting(issuing), bodies, _bearing(kind, body, draft), _said(kind, body, issuing), day=DAY)
    if draft:
        return data
    register = KINDS[kind].register
    number = (f"07-{register}/{symbol}" if body == "party" else f"07/{register}-{symbol}") if register else ""
    return issued(data, number=number, dated=DAY, code=CODE, address=f"https://diemcau.example/check/{CODE}/")


def sample(kind: str, body: str, *, draft: bool = False) -> dict[str, Any]:
    """Return the data of a paper of a Party or State body: issued under a number, or still a draft without one."""
    return dict(_sample(kind, body, draft))


def _meeting(issuing: str) -> dict[str, Any]:
    return {
        "slug": "so-ket-2026", "title": _TITLE, "place": "Hội trường tầng 3, Ba Sông", "organiser": issuing,
        "mode": "trực tiếp kết hợp trực tuyến", "demonstration": False, "opened_at": "2026-06-24T08:02:00+07:00",
        "adjourned_at": "2026-06-24T11:31:00+07:00",
        "sittings": [
            {"number": 1, "title": "", "starts_at": "2026-06-24T08:00:00+07:00", "ends_at": "2026-06-24T11:30:00+07:00"}
        ],
    }  # fmt: skip


def _bearing(kind: str, body: str, draft: bool) -> Bearing:
    party = body == "party"
    abstracts = {
        "TB": "kết luận hội nghị sơ kết công tác văn phòng 6 tháng đầu năm 2026",
        "NQ": "về nhiệm vụ công tác văn phòng 6 tháng cuối năm 2026",
        "GM": "dự hội nghị sơ kết công tác văn phòng 6 tháng đầu năm 2026",
        "DS": "dự hội nghị sơ kết công tác văn phòng 6 tháng đầu năm 2026",
    }
    abstract = abstracts.get(kind, _TITLE)
    names = ["Thường trực cấp trên (để báo cáo)", "Các đơn vị, địa phương dự Hội nghị", "Lãnh đạo cơ quan"]
    return Bearing(
        abstract=abstract if party else abstract[0].upper() + abstract[1:],
        place="Ba Sông",
        authority="" if kind in ("CTr", "DS") else ("K/T CHÁNH VĂN PHÒNG" if party else "KT. GIÁM ĐỐC"),
        post="" if kind in ("CTr", "DS") else ("Phó Chánh Văn phòng" if party else "Phó Giám đốc"),
        signer="" if kind in ("CTr", "DS") else "Đại biểu 01-02",
        recipients=[{"name": name} for name in (*names, f"Lưu {_NAMES['party'][0]}" if party else "Lưu: VT, HC")],
        is_draft=draft,
    )


def _said(kind: str, body: str, issuing: str) -> Said:
    told = {
        "meeting": _meeting(issuing), "body": body, "chairs": [["Đại biểu 01-01", f"Lãnh đạo {issuing}"]], "people": 186,
        "present": 180,
        "sites": 12, "heard": ["Báo cáo kết quả công tác 6 tháng đầu năm 2026", "Báo cáo tổng hợp kiến nghị"], "speeches": 8,
    }  # fmt: skip
    match kind:
        case "BB":
            return minutes.said_of(_blocks(body, issuing), _CERTIFIED if body == "party" else {}, state=body == "state")
        case "TB":
            return notice.said_of(told, _conclusions(), _NOTICE)
        case "NQ":
            return resolution.said_of(told, _conclusions(), {"articles": _ARTICLES})
        case "CTr":
            return programme.said_of(_programme(), {}, 3)
        case "GM":
            return invitation.said_of(_invitation(body, issuing), {}, _people()[:12], state=body == "state")
    return delegates.said_of(_people(), {})


_CERTIFIED = {
    "certification": "Xác nhận chữ ký của đồng chí Đại biểu 01-05",
    "certified_by": "T/L CHÁNH VĂN PHÒNG\nTRƯỞNG PHÒNG\nĐại biểu 01-07",
}
_NOTICE = {
    "assessment": rich.paragraphs(
        "Sáu tháng đầu năm 2026, các đơn vị đã hoàn thành phần lớn nhiệm vụ đề ra; 11/12 điểm cầu xử lý văn bản hoàn toàn"
        " trên môi trường điện tử; thời gian chuẩn bị một hội nghị giảm một phần ba so với cùng kỳ.\nTuy nhiên, việc gửi tài"
        " liệu trước hội nghị ở một số đơn vị còn chậm; chất lượng đường truyền tại ba điểm cầu chưa ổn định."
    ),
    "recommendations": rich.paragraphs(
        "Với 17 kiến nghị thuộc thẩm quyền: các phòng, ban nghiên cứu, làm việc trực tiếp với đơn vị kiến nghị, giải quyết"
        " trước ngày 30/09/2026.\nVới 4 kiến nghị vượt thẩm quyền: phối hợp với cơ quan có liên quan, tham mưu cấp có thẩm quyền."
    ),
    "tasks_annex": True,
}


def _article(heading: str, *words: str) -> list[dict[str, Any]]:
    head = {"type": "heading", "attrs": {"level": 1}, "content": [{"type": "text", "text": heading}]}
    return [head, *rich.paragraphs("\n".join(words))["content"]]


_ARTICLES = {
    "type": "doc",
    "content": [
        *_article(
            "Mục tiêu đến hết năm 2026",
            "Toàn bộ văn bản, trừ văn bản mật, được xử lý và gửi, nhận trên môi trường điện tử.",
            "Tài liệu hội nghị đến đại biểu trước ít nhất ba ngày làm việc.",
        ),
        *_article(
            "Nhiệm vụ, giải pháp chủ yếu",
            "Hoàn thiện quy trình chuẩn bị hội nghị trực tuyến; bảo đảm mỗi điểm cầu có cán bộ trực kỹ thuật từ 60 phút trước"
            " giờ khai mạc đến khi kết thúc.",
            "Rà soát đường truyền, thiết bị dự phòng của các điểm cầu trong quý III năm 2026.",
        ),
        *_article(
            "Phân công thực hiện", "Các phòng, ban theo chức năng cụ thể hoá thành kế hoạch, báo cáo trước ngày 15/07/2026."
        ),
    ],
}


def _conclusions() -> list[dict[str, Any]]:
    texts = (
        ("Hoàn thành gửi, nhận văn bản điện tử tại tất cả các điểm cầu.", "Phòng Hành chính", "các điểm cầu", "30/09/2026"),
        (
            "Xây dựng quy trình chuẩn bị và phục vụ hội nghị trực tuyến.",
            "Phòng Tổng hợp",
            "Phòng Công nghệ",
            "15/08/2026",
        ),
        (
            "Rà soát, thay thế thiết bị đầu cuối đã dùng quá năm năm.",
            "Phòng Công nghệ",
            "Phòng Tài chính",
            "31/10/2026",
        ),
        ("Tổng hợp, trả lời các kiến nghị thuộc thẩm quyền.", "Phòng Tổng hợp", "các đơn vị liên quan", "30/09/2026"),
        ("Báo cáo kết quả thực hiện kết luận này hằng quý.", "Các đơn vị dự Hội nghị", "", ""),
    )
    products = ("Báo cáo kết quả", "Quy trình ban hành kèm quyết định", "Biên bản nghiệm thu", "Văn bản trả lời", "Báo cáo quý")
    return [
        {"number": at, "text": text, "who": who, "along": along, "due": "", "due_words": due, "product": product}
        for at, ((text, who, along, due), product) in enumerate(zip(texts, products, strict=True), start=1)
    ]


def _people() -> list[dict[str, str]]:
    posts = ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng phòng Tổng hợp", "Chuyên viên")
    rows = [("Trung ương", "Trung tâm", "Đại biểu 01-01", "Lãnh đạo cơ quan", "Chủ trì")]
    for site in range(1, 13):
        for at, post in enumerate(posts, start=3):
            note = "Thư ký" if (site, at) == (1, 5) else ""
            where = "Trung tâm" if site == 1 else f"Điểm cầu {site:02d}"
            group = "Khách mời" if (site, at) == (2, 3) else "Trung ương" if site == 1 else "Địa phương"
            rows.append((group, where, f"Đại biểu {site:02d}-{at:02d}", f"{post}, Đơn vị số {site:02d}", note))
    rows.sort(key=lambda row: ("Trung ương", "Địa phương", "Khách mời").index(row[0]))
    return [
        {
            "number": str(at), "name": name, "office": office, "site": site, "group": group, "note": note,
            "mode": mode, "form": f"{mode} tại {at_bridge_point(site)}",
        }
        for at, (group, site, name, office, note) in enumerate(rows, start=1)
        for mode in (delegates.HALL if site == "Trung tâm" else delegates.LINE,)
    ]  # fmt: skip


def _programme() -> dict[str, Any]:
    lines = (
        ("1", "08:00", "08:05", "Ổn định tổ chức, giới thiệu đại biểu", "Phòng Tổng hợp", ""),
        ("2", "08:05", "08:15", "Khai mạc Hội nghị", "Đại biểu 01-01", ""),
        ("3", "08:15", "08:45", "Báo cáo kết quả công tác 6 tháng đầu năm 2026", "Đại biểu 01-02", "Tài liệu số 1"),
        ("4", "08:45", "09:45", "Tham luận của các điểm cầu", "", ""),
        ("4.1", "08:45", "09:15", "Kinh nghiệm phục vụ hội nghị không giấy tờ", "Đại biểu 02-03", "Tài liệu số 2"),
        ("4.2", "09:15", "09:45", "Bảo đảm đường truyền tại địa bàn vùng cao", "Đại biểu 07-03", "Tài liệu số 3"),
        ("5", "09:45", "10:00", "Nghỉ giải lao", "", ""),
        ("6", "10:00", "11:00", "Thảo luận", "Các điểm cầu", ""),
        ("7", "11:00", "11:15", "Phát biểu chỉ đạo", "Lãnh đạo cấp trên", ""),
        ("8", "11:15", "11:30", "Kết luận, bế mạc Hội nghị", "Đại biểu 01-01", ""),
    )
    day = "2026-06-24T"
    items = [
        {
            "id": at, "number": number, "depth": number.count("."), "is_heading": number == "4", "part": 0,
            "kind": "break" if number == "5" else "other", "title": title, "presenter": presenter, "note": note, "minutes": 10,
            "starts_at": f"{day}{start}:00+07:00", "ends_at": f"{day}{end}:00+07:00",
        }
        for at, (number, start, end, title, presenter, note) in enumerate(lines, start=1)
    ]  # fmt: skip
    sitting = {"id": 1, "number": 1, "title": "", "starts_at": f"{day}08:00:00+07:00", "limit": f"{day}11:30:00+07:00"}
    return {"title": _TITLE, "place": "Hội trường tầng 3, Ba Sông", "sittings": [sitting], "items": items}


def _invitation(body: str, issuing: str) -> dict[str, str]:
    you = address(is_state=body == "state")
    return {
        "opening": f"{issuing} trân trọng kính mời:",
        "invited": "",
        "attending": f"{_TITLE}.",
        "chair": f"{you.capitalize()} Đại biểu 01-01, Lãnh đạo {issuing}.",
        "time": "Từ 08 giờ 00 đến 11 giờ 30, ngày 24 tháng 6 năm 2026.",
        "place": "Hội trường tầng 3 và 12 điểm cầu theo danh sách kèm theo.",
        "content": "Sơ kết công tác 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2026.",
        "requirements": f"Đề nghị {you} có mặt trước giờ khai mạc 15 phút, nghiên cứu trước tài liệu chuẩn bị ý kiến.",
        "closing": "Trân trọng kính mời",
        "version": "1",
    }


def _blocks(body: str, issuing: str) -> list[_Block]:
    sites = ["TT | Điểm cầu | Triệu tập | Có mặt | Vắng mặt"]
    sites += [f"{at} | {'Trung tâm' if at == 1 else f'Điểm cầu {at:02d}'} | 15 | {15 - at % 3} | {at % 3}" for at in range(1, 13)]
    titles = ("Khai mạc Hội nghị", "Báo cáo kết quả công tác", "Tham luận của các điểm cầu", "Thảo luận", "Kết luận Hội nghị")
    you = address(is_state=body == "state")
    speech = (
        f"- {you.capitalize()}"
        + " Đại biểu {0:02d}-03, Đơn vị số {0:02d}, phát biểu từ 09 giờ {1:02d} phút đến 09 giờ {2:02d} phút."
    )
    items = [
        _Block(
            f"item:{at}", "point", title,
            "\n".join(
                [f"Thời gian: từ 08 giờ {at * 5:02d} phút đến 08 giờ {at * 5 + 5:02d} phút (5 phút).",
                 "Người trình bày: Đại biểu 01-02.", *(speech.format(n, n, n + 4) for n in range(at * 2, at * 2 + 2))]
            ),
            str(at),
        )
        for at, title in enumerate(titles, start=1)
    ]  # fmt: skip
    outages = (
        "TT | Điểm cầu | Mất kết nối | Kết nối lại | Thời gian gián đoạn\n1 | Điểm cầu 07 | 09:12:05 | 09:14:10 | 2 phút 05 giây"
    )
    return [
        _Block("issuer", "head", _NAMES[body][1], issuing),
        _Block("abstract", "head", "", _TITLE),
        _Block("time", "section", "Thời gian, địa điểm",
               "Hội nghị khai mạc vào hồi 08 giờ 02 phút, ngày 24 tháng 6 năm 2026.\nĐịa điểm: Hội trường tầng 3, Ba Sông.\n"
               "Hình thức: trực tiếp kết hợp trực tuyến, qua 12 điểm cầu.", "I"),
        _Block("composition", "section", "Thành phần tham dự",
               f"Chủ trì: {you} Đại biểu 01-01.\nThư ký: {you} Đại biểu 01-05.\n"
               "Đại biểu được triệu tập: 180; có mặt: 168; vắng mặt: 12.", "II"),
        _Block("attendance", "table", "Đại biểu theo điểm cầu", "\n".join(sites)),
        _Block("course", "section", "Nội dung theo diễn biến", "", "III"),
        *items,
        _Block("end", "section", "Kết thúc", "Hội nghị kết thúc vào hồi 11 giờ 31 phút, ngày 24 tháng 6 năm 2026.", "IV"),
        _Block("writer", "signature", "Người ghi biên bản", "Đại biểu 01-05"),
        _Block("chair", "signature", "Chủ trì Hội nghị", "Đại biểu 01-01"),
        _Block("annex-outages", "annex", "Gián đoạn kết nối của các điểm cầu", outages, "Phụ lục"),
    ]  # fmt: skip
