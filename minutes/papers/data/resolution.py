"""The data of a resolution: its grounds, who resolves, the articles, its effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.models import Meeting
from minutes.conclusions.queries import adopted
from minutes.papers import rich
from minutes.papers.data import notice
from minutes.papers.data.frame import Said, held_on
from minutes.papers.data.parts import Written
from printing.papers import day_in_words


def read(meeting: Meeting, words: Mapping[str, Any]) -> Said:
    """Return what a resolution of a meeting says as it stands."""
    return said_of(notice.told_of(meeting), notice.rows_of(adopted(meeting)), words)


def said_of(told: Mapping[str, Any], conclusions: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> Said:
    """Return what a resolution says, from plain values. Pure."""
    written = Written(words)
    own = written.doc("articles")
    articles = list(_from_conclusions(conclusions)) if rich.is_blank(own) else split(own)
    effect = written.doc("effect", _effect(told))
    return Said(
        text={
            "basis": [one.rstrip(" ;,.").removeprefix("- ") for one in written.lines("basis", _basis(told))],
            "resolves": written.line("resolves", "Hội nghị quyết nghị:" if told["body"] == "party" else "Quyết nghị:"),
            "articles": [{"number": at, **one} for at, one in enumerate(articles, start=1)],
            "effect": effect,
            "has_effect": not rich.is_blank(effect),
        },
        fields=written.used,
        sources=notice.said_of(told, conclusions, {}).sources,
    )


def split(written: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the articles of rich text: one for each heading of the first level; without headings one for each paragraph."""
    content = [one for one in written.get("content", []) if not rich.is_blank(one)]
    if not any(one.get("type") == "heading" for one in content):
        return _by_paragraph(content)
    articles: list[dict[str, Any]] = []
    for one in content:
        if one.get("type") == "heading" and (one.get("attrs") or {}).get("level", 1) == 1:
            articles.append({"heading": rich.plain(one).strip(), "words": "", "body": {"type": "doc", "content": []}})
        elif articles:
            articles[-1]["body"]["content"].append(one)
        else:
            articles.append({"heading": "", "words": rich.plain(one).strip(), "body": {"type": "doc", "content": []}})
    return articles


def _by_paragraph(content: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = []
    for one in content:
        if one.get("type") == "paragraph" or not articles:
            articles.append({"heading": "", "words": rich.plain(one).strip(), "body": {"type": "doc", "content": []}})
        else:  # a list or a table belongs to the paragraph before it
            articles[-1]["body"]["content"].append(one)
    return articles


def _from_conclusions(conclusions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = [(one["text"], notice.details_of(one)) for one in conclusions]
    return [{"heading": "", "words": text, "body": rich.paragraphs(details)} for text, details in rows]


def _basis(told: Mapping[str, Any]) -> list[str]:
    meeting, on = told["meeting"], held_on(told["meeting"])
    when = f" {day_in_words(on)}" if on else ""
    return [
        f"Căn cứ chức năng, nhiệm vụ, quyền hạn của {meeting['organiser']}",
        f"Căn cứ kết quả thảo luận tại {meeting['title']}{when}",
    ]


def _effect(told: Mapping[str, Any]) -> str:
    organiser = told["meeting"]["organiser"]
    return f"{organiser} và các đơn vị, địa phương dự Hội nghị tổ chức thực hiện Nghị quyết này."
