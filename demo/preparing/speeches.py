"""Registered speeches in the demonstration: ten provinces offer, the eight that speak are picked, one is to be mended, one waits.

They are picked and ordered, and not put into the programme: the conference runs them as one item with a list of speakers.
"""

from __future__ import annotations

from datetime import datetime

from agenda.models import AgendaItem
from agenda.speeches.actions import offer_speech, pick_speech, return_speech, set_speech_call
from attendance.registration.queries import people_on_the_list
from demo.script import SPEAKING_SITES
from meetings.models import Meeting
from meetings.procedure import Actor

DEADLINE = "2025-11-21T17:00:00+07:00"
MESSAGE = (
    "Đề nghị văn phòng tỉnh ủy, thành ủy đăng ký 01 tham luận không quá 8 phút, gửi tên và đề cương trước 17 giờ "
    "ngày 21/11/2025. Ban Tổ chức chọn 08 tham luận trình bày tại Hội nghị."
)
# By province: the title and what it will say. Invented; no province has said so.
OFFERS = {
    "01": ("Đổi mới công tác tham mưu, tổng hợp của Thành ủy", "Nâng chất lượng thẩm định; rút ngắn thời gian xử lý."),
    "38": ("Kinh nghiệm phục vụ cấp ủy khi sắp xếp đơn vị hành chính", "Bàn giao hồ sơ; bố trí trụ sở; phân công lại nhiệm vụ."),
    "15": ("Tổ chức họp trực tuyến thông suốt ở địa bàn miền núi", "Đường truyền dự phòng; tập huấn; kiểm tra trước giờ họp."),
    "82": ("Số hóa tài liệu lưu trữ của cấp ủy sau hợp nhất", "Phân loại; số hóa theo mức ưu tiên; tra cứu dùng chung."),
    "22": ("Họp không giấy: kết quả và bài học", "Gửi tài liệu trước; biểu quyết điện tử; chi phí giảm."),
    "48": ("Xây dựng kho dữ liệu dùng chung của Thành ủy", "Chuẩn hóa biểu mẫu; kết nối với đơn vị trực thuộc."),
    "66": ("Hướng dẫn nghiệp vụ văn phòng cho cấp xã", "Sổ tay điện tử; nhóm hỗ trợ theo cụm xã."),
    "79": ("Chuyển đổi số trong công tác văn phòng cấp ủy ở đô thị lớn", "Quy trình liên thông; ký số; theo dõi nhiệm vụ."),
    "40": ("Theo dõi, đôn đốc thực hiện kết luận của cấp ủy", "Giao việc có thời hạn; báo cáo tự động."),
    "31": ("Bảo đảm an toàn thông tin tại điểm cầu", "Phân vùng mạng; kiểm tra định kỳ."),
}  # fmt: skip
NAMED_LATER, RETURNED = "79", "40"


def load(meeting: Meeting, by: Actor) -> None:
    """Open the registration for the item of speeches, let ten provinces offer, pick those that speak in their order."""
    item = meeting.items.filter(kind=AgendaItem.Kind.SPEECHES).first()
    if item is None:
        return
    limit = item.speech_minutes or 8
    call = set_speech_call(meeting, by=by, item=item, deadline=datetime.fromisoformat(DEADLINE), minutes=limit, message=MESSAGE)
    units = {unit.organisation.code: unit for unit in meeting.asked_units.select_related("organisation")}
    offers = {}
    for code in sorted(OFFERS.keys() & units.keys()):
        title, outline = OFFERS[code]
        speaker = None if code == NAMED_LATER else people_on_the_list(units[code]).order_by("pk").first()
        offers[code] = offer_speech(
            meeting, by=by, call=call, unit=units[code], title=title, outline=outline, minutes=limit, speaker=speaker
        )
    for code in SPEAKING_SITES:
        if code in offers:
            pick_speech(meeting, by=by, speech=offers[code], version=offers[code].version)
    if RETURNED in offers:
        one = offers[RETURNED]
        return_speech(
            meeting,
            by=by,
            speech=one,
            version=one.version,
            reason="Trùng nội dung với Báo cáo tóm tắt; đề nghị nêu cách làm cụ thể.",
        )
