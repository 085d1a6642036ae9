"""Who sits where: every seat of the demonstration by office, the same on each loading. Pure; no name of a real person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CENTRAL = "TW"
CHAIR_POSITION = "Chánh Văn phòng"
OFFICE = "Văn phòng Trung ương Đảng"


@dataclass(frozen=True)
class Seat:
    """A place at a bridge point. `site`: code of the province, or TW; `unit`: a department's name, empty for the site's
    own office; `account`: the user name of who has one."""

    site: str
    role: str
    name: str
    position: str
    unit: str = ""
    account: str = ""


_PROVINCE_POSITIONS = (
    "Chánh Văn phòng",
    "Phó Chánh Văn phòng",
    "Trưởng phòng Tổng hợp",
    "Phó Chánh Văn phòng",
    "Trưởng phòng Hành chính - Lưu trữ",
    "Trưởng phòng Cơ yếu - Công nghệ thông tin",
    "Trưởng phòng Quản trị - Tài chính",
    "Phó Trưởng phòng Tổng hợp",
    "Phó Trưởng phòng Hành chính - Lưu trữ",
    "Chuyên viên tổng hợp",
    "Chuyên viên công nghệ thông tin",
)
_BLOCKS = (
    "Khối Tham mưu - Tổng hợp",
    "Khối Hành chính - Quản trị",
    "Khối Tài chính - Quản lý đầu tư",
    "Khối Lưu trữ - Công nghệ thông tin",
)
# role, position, unit
_CENTRAL: tuple[tuple[str, str, str], ...] = (
    ("guest", "Thường trực Ban Bí thư", "Ban Bí thư Trung ương Đảng"),
    ("delegate", "Phó Chánh Văn phòng Thường trực", OFFICE),
    *[("delegate", "Phó Chánh Văn phòng", OFFICE)] * 3,
    ("delegate", "Trưởng Ban Tổ chức Hội nghị", "Ban Tổ chức Hội nghị"),
    *[("delegate", "Thành viên Ban Tổ chức", "Ban Tổ chức Hội nghị")] * 5,
    *[("delegate", "Thành viên Tổ Thư ký", "Tổ Thư ký")] * 3,
    *[("delegate", "Thủ trưởng đơn vị", block) for block in _BLOCKS],
    *[("delegate", "Phó Thủ trưởng đơn vị", block) for block in _BLOCKS for _ in range(2)],
    *[("delegate", "Chuyên viên cao cấp", block) for block in _BLOCKS for _ in range(2)],
    *[("guest", "Đại diện cơ quan phối hợp", "Cơ quan phối hợp")] * 4,
)
_LARGE = ("01", "79")  # the two largest cities fill every seat
_BY_TURNS = (9, 8, 10, 9)  # seats of the other provinces
READING = ("15", "22", "48")  # Lào Cai, Quảng Ninh, Đà Nẵng: their delegates have accounts and have begun to read


def seats(codes: list[str]) -> list[Seat]:
    """Return every seat: the central bridge point's, then each province's in the order of `codes`."""
    return [*_central(), *(seat for place, code in enumerate(codes) for seat in _province(code, place))]


def _central() -> Iterator[Seat]:
    yield Seat(CENTRAL, "chair", "Chủ tọa Hội nghị", CHAIR_POSITION, OFFICE, "chair")
    yield Seat(CENTRAL, "secretary", "Thư ký Hội nghị", "Tổ trưởng Tổ Thư ký", "Tổ Thư ký", "secretary")
    for number, (role, position, unit) in enumerate(_CENTRAL, start=1):
        yield Seat(CENTRAL, role, f"Đại biểu TW-{number:02}", position, unit)
    yield Seat(CENTRAL, "technician", "Cán bộ kỹ thuật TW", "Cán bộ kỹ thuật", "Tổ Kỹ thuật", "technician")
    yield Seat(CENTRAL, "observer", "Quan sát viên 01", "Quan sát viên", "Ban Tổ chức Hội nghị", "observer")


def _province(code: str, place: int) -> Iterator[Seat]:
    count = len(_PROVINCE_POSITIONS) if code in _LARGE else _BY_TURNS[place % len(_BY_TURNS)]
    for number, position in enumerate(_PROVINCE_POSITIONS[:count], start=1):
        account = "delegate" if (code, number) == ("15", 2) else f"delegate-{code}-{number:02}" if code in READING else ""
        yield Seat(code, "delegate", f"Đại biểu {code}-{number:02}", position, account=account)
    yield Seat(code, "operator", f"Cán bộ trực điểm cầu {code}", "Cán bộ trực điểm cầu", account=f"operator-{code}")
    yield Seat(code, "technician", f"Cán bộ kỹ thuật {code}", "Cán bộ kỹ thuật")
