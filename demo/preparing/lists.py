"""The demonstration's groups of delegates, and an uploaded list that waits to be looked at: two of its rows have errors."""

from __future__ import annotations

from meetings.actions import add_group, edit_participants
from meetings.importing import find, runs
from meetings.models import Meeting, Participant, Role
from meetings.procedure import Actor
from sheets.cells import grid_of

HEAD = ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điểm cầu", "Vai trò", "Hình thức"]
ROWS = [
    ["1", "Đại biểu 15-01", "Chánh Văn phòng", "Tỉnh uỷ Lào Cai", "Lào Cai", "", "trực tuyến"],
    ["2", "Đại biểu bổ sung 15-11", "Chuyên viên", "Tỉnh ủy Lào Cai", "15", "Đại biểu", "Trực tuyến"],
    ["3", "Đại biểu bổ sung 46-11", "Phó Trưởng phòng", "Thành ủy Huế", "TP. Huế", "Đại biểu", "Trực tuyến"],
    ["4", "Đại biểu bổ sung 46-12", "Chuyên viên", "", "Huế", "Đại biểu", "Trực tuyến"],
    ["5", "Đại biểu bổ sung 96-11", "Chuyên viên", "Tỉnh ủy Cà Mau", "Cà Mâu", "Đại biểu", "Trực tuyến"],
    ["6", "Đại biểu bổ sung 15-11", "Chuyên viên", "Tỉnh ủy Lào Cai", "Lào Cai", "Đại biểu", "Trực tuyến"],
]


def load(meeting: Meeting, by: Actor) -> None:
    """Divide the list into three groups, and leave a list in the secretary's hands."""
    members: dict[str, list[Participant]] = {"Khối Trung ương": [], "Khối địa phương": [], "Khách mời": []}
    for one in meeting.participants.select_related("bridge_point"):
        members[_group(one)].append(one)
    for name, people in members.items():
        group = add_group(meeting, by=by, name=name)
        if people:
            edit_participants(meeting, by=by, participants=people, changes={"group": group})
    kind = find("participants", of_meeting=True)
    assert kind is not None
    runs.keep(kind, meeting, by=by.user, name="Danh sách bổ sung.xlsx", grid=grid_of([HEAD, *ROWS]))


def _group(one: Participant) -> str:
    if one.role == Role.GUEST:
        return "Khách mời"
    return "Khối Trung ương" if one.bridge_point is None or one.bridge_point.is_central else "Khối địa phương"
