"""The data of a notice of conclusions: what was held and heard, the assessment, the conclusions with who, what and by when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from agenda.models import AgendaItem, FloorRequest
from attendance.models import Presence
from meetings.hashing import canonical
from meetings.models import COUNTED_ROLES, Meeting, Role
from minutes.conclusions.queries import adopted
from minutes.conclusions.wording import details
from minutes.models import Conclusion
from minutes.papers import rich
from minutes.papers.data.frame import Said, held_on, values_of
from minutes.papers.data.parts import Written, day, sentence, table
from minutes.writing import addressed, number
from people.models import Organisation
from printing.papers import day_in_words
from printing.wording import roman

_TITLES = ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm")


def read(meeting: Meeting, words: Mapping[str, Any]) -> Said:
    """Return what a notice of a meeting's conclusions says as it stands."""
    conclusions = rows_of(adopted(meeting))
    return said_of(told_of(meeting), conclusions, words)


def rows_of(conclusions: Sequence[Conclusion]) -> list[dict[str, Any]]:
    """Return conclusions as plain values."""
    return [
        {
            "number": one.number or at, "text": one.text.strip(), "who": one.who, "along": one.along,
            "due": one.due.isoformat() if one.due else "", "due_words": day(one.due), "product": one.product,
        }
        for at, one in enumerate(conclusions, start=1)
    ]  # fmt: skip


def told_of(meeting: Meeting) -> dict[str, Any]:
    """Return what an introduction tells of a meeting, as plain values."""
    people = list(meeting.participants.filter(role__in=COUNTED_ROLES, is_excused=False).order_by("pk"))
    chairs = [one for one in people if one.role == Role.CHAIR]
    heard = meeting.items.filter(kind__in=[AgendaItem.Kind.REPORT, AgendaItem.Kind.DIRECTIVE], opened_at__isnull=False)
    return {
        "meeting": values_of(meeting), "body": meeting.organiser.body,
        "chairs": [[one.name, one.office] for one in chairs], "people": len(people),
        "present": _present(meeting),
        "sites": meeting.bridge_points.filter(parent=None).count(),
        "heard": list(heard.order_by("position").values_list("title", flat=True)),
        "speeches": meeting.floor_requests.filter(state=FloorRequest.State.DONE).count(),
    }  # fmt: skip


def _present(meeting: Meeting) -> int:
    """Count those of the people counted who were there, the excused who came after all among them."""
    return meeting.presences.filter(participant__role__in=COUNTED_ROLES, state=Presence.State.PRESENT).count()


def said_of(told: Mapping[str, Any], conclusions: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> Said:
    """Return what a notice says, from plain values. Pure."""
    written = Written(words)
    rows = [{**one, "details": details_of(one)} for one in conclusions]
    parts: list[dict[str, Any]] = []
    for heading, body, own in (
        ("Đánh giá chung", written.doc("assessment"), []),
        ("Kết luận và nhiệm vụ", written.doc("lead"), rows),
        ("Về các kiến nghị, đề xuất", written.doc("recommendations"), []),
    ):
        if own or not rich.is_blank(body):
            parts.append({"number": roman(len(parts) + 1), "heading": heading, "body": body, "conclusions": own})
    annexes = []
    if written.tick("tasks_annex") and rows:
        annexes.append({"name": "Danh mục nhiệm vụ", "body": _tasks(rows)})
    return Said(
        text={
            "intro": written.doc("intro", _intro(told)),
            "parts": parts,
            "organisation": written.doc("organisation", _organisation(told)),
        },
        annexes=annexes,
        fields=written.used,
        sources={"conclusions": hashlib.sha256(canonical(list(conclusions)).encode()).hexdigest()[:16]},
    )


def details_of(one: Mapping[str, Any]) -> str:
    """Return who, with whom, by when and with what product, as one sentence."""
    return details(one["who"], one["along"], one["due_words"], one["product"])


def _tasks(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    cells = [[str(one["number"]), one["text"], one["who"], one["along"], one["due_words"], one["product"]] for one in rows]
    return table(_TITLES, cells)


def _intro(told: Mapping[str, Any]) -> str:
    meeting, on = told["meeting"], held_on(told["meeting"])
    when = f"{day_in_words(on)}, " if on else ""
    sites = f", kết nối {number(told['sites'])} điểm cầu" if told["sites"] > 1 else ""
    first = f"{when}tại {meeting['place']}, {meeting['organiser']} tổ chức {meeting['title']} ({meeting['mode']}{sites})"
    paragraphs = [sentence(first)]
    if told["chairs"]:
        is_state = told["body"] == Organisation.Body.STATE
        names = ((addressed(name, is_state=is_state), office) for name, office in told["chairs"])
        who = "; ".join(", ".join(filter(None, one)) for one in names)
        paragraphs.append(sentence(f"{who} chủ trì Hội nghị") if "," not in who else sentence(f"{who}, chủ trì Hội nghị"))
    where = " tại các điểm cầu" if told["sites"] > 1 else ""
    if told["present"]:
        paragraphs.append(f"Dự Hội nghị có {number(told['present'])} đại biểu{where}.")
    elif told["people"]:  # nobody was marked present: papers say no more than is known
        paragraphs.append(f"Triệu tập dự Hội nghị {number(told['people'])} đại biểu{where}.")
    heard = "; ".join(told["heard"])
    after = [f"nghe {heard}" if heard else "", f"{number(told['speeches'])} ý kiến phát biểu" if told["speeches"] else ""]
    said = " và ".join(part for part in after if part) or "nghe báo cáo và các ý kiến phát biểu"
    paragraphs.append(f"Sau khi {said}, Hội nghị thống nhất kết luận như sau:")
    return "\n".join(paragraphs)


def _organisation(told: Mapping[str, Any]) -> str:
    return (
        f"{told['meeting']['organiser']} thông báo để các đơn vị, địa phương biết, tổ chức thực hiện và báo cáo kết quả"
        " theo thời hạn nêu trên."
    )
