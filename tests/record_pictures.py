"""The pictures of the record: minutes, conclusions, review, official papers and their issuing. Taken by tests/pictures.py."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.browser import DESK, PHONE, TABLET, People
from tests.client import Client

KINDS = ("BB", "TB", "NQ", "CTr", "GM", "DS")
BODIES = (("party", "HD05-2026"), ("state", "ND30-2020"))
SIGNED = datetime(2026, 6, 24, 2, tzinfo=UTC)
SIGNED_ABOVE = "Mã kiểm tra"  # what stands under the signatures
GAP = 12  # pixels between two pages
SMALL = "vptw-2025-q3"  # a conference of the demonstration whose record is finished

Take = Callable[..., None]


def running(guests: People, take: Take, slug: str) -> None:
    """The minutes while the meeting runs, and one of their blocks being written in."""
    minutes = f"/m/{slug}/minutes/"
    take(guests, "minutes", "secretary", minutes, DESK)
    take(guests, "minutes-writing", "secretary", minutes, DESK, press=":nth-match(.block.running [data-edit], 1)")


def concluding(guests: People, take: Take, take_public: Take, slug: str, display: str) -> None:
    """A conclusion while it is worded: at the desk, before the chair, on the wall."""
    take(guests, "conclusions", "secretary", f"/m/{slug}/minutes/conclusions/", DESK)
    take(guests, "chair-conclusion", "chair", f"/m/{slug}/chair/", TABLET)
    take_public(guests, "display-conclusion", display)


def afterwards(guests: People, take: Take, slug: str, secretary: Client) -> None:
    """The minutes before their readers, a notice of conclusions as it is prepared, and one that is out."""
    secretary.do(slug, "circulation.open", everywhere="on", deadline="2025-11-28T17:00", note="Đề nghị góp ý về phần kết luận.")
    take(guests, "minutes-review-phone", "operator-15", f"/m/{slug}/minutes/review/", PHONE)
    take(guests, "minutes-rounds", "secretary", f"/m/{SMALL}/minutes/rounds/", DESK)
    drafted = secretary.do(slug, "paper.draft", kind="TB")
    assert drafted["state"] == "done", drafted
    take(guests, "official-papers", "secretary", f"/m/{slug}/official/", DESK)
    take(guests, "official-paper", "secretary", f"/m/{slug}/official/1/", DESK, wait="paper-preview canvas")
    take(guests, "issuing", "secretary", f"/m/{SMALL}/issuance/1/", DESK)
    take(guests, "received-phone", "operator-15", "/received/", PHONE)


def official(folder: Path) -> None:
    """First page, page of the signatures and last page of each kind of paper, side by side, from made-up data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from minutes.papers import samples, setting
    from printing.order import Particulars
    from printing.papers import press_html
    from printing.profiles import PROFILES

    about = Particulars(title="Văn bản mẫu", identifier="mau", dated=SIGNED, author="Văn phòng")
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        for body, profile in BODIES:
            data = samples.sample(kind, body)
            pdf = press_html(setting.set_paper(data, PROFILES[profile], None).html, profile=PROFILES[profile], about=about)
            side_by_side(pdf).save(folder / f"{kind.lower()}-{body}.png", optimize=True)


def side_by_side(pdf: bytes) -> Image.Image:
    """Return the first page of a paper, the one with the signatures, and the last, each once."""
    document = pypdfium2.PdfDocument(pdf)
    signed = [n for n, page in enumerate(document) if SIGNED_ABOVE in page.get_textpage().get_text_range()]
    wanted = sorted({0, *signed[-1:], len(document) - 1})
    pages = [document[n].render(scale=1.3).to_pil() for n in wanted]
    sheet = Image.new("RGB", (sum(one.width + GAP for one in pages) - GAP, pages[0].height), "#8a8a8a")
    for n, one in enumerate(pages):
        sheet.paste(one, (n * (one.width + GAP), 0))
    return sheet.convert("P", palette=Image.Palette.ADAPTIVE, colors=32)
