"""A paper of invented words that shows every component of a layout, for those who set its numbers."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from printing.authority import Kind, SignsAs, lines
from printing.order import Particulars
from printing.papers import Column, Head, Signature, Table, print_paper
from printing.profiles import Profile
from printing.wording import basis_lines, ended

PREVIEW_MARK = "BẢN XEM THỬ"
_NAMES = {
    "party": ("Ban Chấp hành Trung ương", "Văn phòng", "05-TB/VPTW", "Chánh Văn phòng", "Phó Chánh Văn phòng"),
    "state": ("Ủy ban nhân dân tỉnh", "Sở Nội vụ", "05/TB-SNV", "Giám đốc", "Phó Giám đốc"),
}
_WORDS = (
    "Ngày 26/11/2025, hội nghị được tổ chức theo hình thức trực tiếp kết hợp trực tuyến với các điểm cầu. Sau khi nghe báo cáo, "
    "ý kiến phát biểu của các đại biểu, người chủ trì kết luận như sau:"
)
_POINT = (
    "Các đơn vị rà soát quy trình tiếp nhận, xử lý văn bản điện tử; bảo đảm đường truyền, thiết bị tại điểm cầu; báo cáo kết quả "
    "trước ngày 31/12/2025."
)


def printed(profile: Profile) -> bytes:
    """Return the specimen as a PDF; raise PrintingError with a sentence for people."""
    parent, body, symbol, head_post, post = _NAMES[profile.body]
    head = Head(
        parent_body=profile.spell(parent),
        issuing_body=body,
        number=symbol,
        place="Hà Nội",
        on=date(2026, 2, 5),
        type_name="Thông báo",
        abstract="kết luận hội nghị công tác văn phòng năm 2025",
        draft_mark=PREVIEW_MARK,
    )
    authority = "\n".join(lines(profile.body, Kind.HEADED, SignsAs.DEPUTY, post, head_post))
    rows = [[at, f"Điểm cầu số {at:02d}", 10 + at] for at in range(1, 9)]
    context = {
        "base": f"printing/{profile.body}.html",
        "head": head,
        "grounds": basis_lines(profile, ["Căn cứ quy chế làm việc", "Căn cứ chương trình công tác năm"]),
        "opening": _WORDS,
        "point": _POINT,
        "closing": ended(profile, "Văn phòng thông báo để các đơn vị biết, thực hiện"),
        "table": Table((Column("TT", 10, "centre"), Column("Điểm cầu"), Column("Có mặt", 25, "right")), rows),
        "signatures": [Signature(authority, post, "Đại biểu 15-03")],
        "recipients": ["Như trên", "Các điểm cầu", f"{profile.kept}Văn phòng"],
    }
    about = Particulars(
        title=f"{PREVIEW_MARK}: {profile.name}",
        identifier=f"layout:{profile.code}:{profile.settings}",
        dated=timezone.localtime(),
    )
    return print_paper("minutes/layouts/printing/specimen.html", context, profile=profile, about=about)
