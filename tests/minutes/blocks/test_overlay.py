"""What people have written over what the journal tells: order, numbers, proposals. Without a database."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from minutes.blocks.overlay import Current, lay, standing
from minutes.drafted import Drafted
from minutes.drafting import draft
from tests.minutes.telling import at, conference, entry, item, speech
from texts.reading import from_editor
from texts.writing import plain

NOW: datetime = at("10:00")


def row(key: str, text: str = "Chữ của thư ký.", **kw: Any) -> Any:
    values: dict[str, Any] = {
        "pk": 1, "key": key, "kind": "text", "heading": "", "text": text, "body": None, "anchor": "", "speaker_id": None,
        "is_left_out": False, "version": 1, "edited": True, "editor": "Thư ký", "changed_at": NOW, "drafted_heading": "",
        "drafted_text": "", "source_first": 0, "source_last": 0,
    }  # fmt: skip
    return SimpleNamespace(**values | kw)


def told(*blocks: tuple[str, str, str]) -> list[Drafted]:
    return [Drafted(key, kind, key.upper(), text) for key, kind, text in blocks]


BLOCKS = told(
    ("time", "section", "Lúc 8 giờ."), ("course", "section", ""), ("item:1", "point", "Mở đầu."), ("item:2", "point", "Sau."),
    ("chair", "signature", "A"), ("annex-outages", "annex", "TT | Điểm cầu\n1 | Lào Cai"),
)  # fmt: skip


def order(blocks: list[Current]) -> list[str]:
    return [block.key for block in blocks]


def test_a_block_nobody_wrote_in_shows_the_journal_s_words() -> None:
    laid = lay(BLOCKS, [])
    assert [(block.key, block.text, block.version) for block in laid] == [(one.key, one.text, 0) for one in BLOCKS]
    assert not any(block.is_written or block.proposal for block in laid)


def test_a_row_in_which_nobody_wrote_follows_the_journal() -> None:
    (time, *_rest) = lay(BLOCKS, [row("time", "Cũ.", edited=False, version=3)])
    assert (time.text, time.version, time.is_written) == ("Lúc 8 giờ.", 3, False)


def test_written_words_stand_over_the_journal_s_and_newer_ones_are_proposed() -> None:
    seen = row("time", heading="TIME", drafted_heading="TIME", drafted_text="Lúc 8 giờ.", kind="section")
    assert lay(BLOCKS, [seen])[0].proposal is None
    missed = row("time", heading="TIME", drafted_heading="TIME", drafted_text="Lúc 7 giờ.", kind="section")
    (time, *_rest) = lay(BLOCKS, [missed])
    assert (time.text, time.proposal and time.proposal.text) == ("Chữ của thư ký.", "Lúc 8 giờ.")


def test_words_the_journal_has_come_to_say_too_are_no_proposal() -> None:
    same = row("time", "Lúc 8 giờ.", heading="TIME", drafted_text="Lúc 7 giờ.", kind="section")
    assert lay(BLOCKS, [same])[0].proposal is None


def test_added_blocks_stand_behind_theirs_in_their_order_and_behind_each_other() -> None:
    rows = [row("own:1", anchor="item:1", position=0), row("own:2", anchor="item:1"), row("own:3", anchor="own:1")]
    assert order(lay(BLOCKS, rows))[2:6] == ["item:1", "own:1", "own:3", "own:2"]


def test_a_long_chain_of_added_blocks_breaks_nothing() -> None:
    rows = [row(f"own:{n}", anchor=f"own:{n - 1}" if n > 1 else "item:2") for n in range(1, 3000)]
    assert order(lay(BLOCKS, rows))[3:-2] == ["item:2", *(f"own:{n}" for n in range(1, 3000))]


def test_what_is_anchored_to_nothing_or_in_a_circle_stands_before_the_signatures_and_is_lost_nowhere() -> None:
    rows = [row("own:1", anchor="gone"), row("own:2", anchor="own:3"), row("own:3", anchor="own:2"), row("recess:9", anchor="x")]
    laid = order(lay(BLOCKS, rows))
    assert sorted(laid[4:8]) == ["own:1", "own:2", "own:3", "recess:9"]
    assert laid[8:] == ["chair", "annex-outages"]


def test_written_words_whose_subject_the_journal_dropped_stay_where_they_were() -> None:
    laid = lay(BLOCKS, [row("not_held", anchor="item:1")])
    found = next(block for block in laid if block.key == "not_held")
    assert order(laid)[3] == "not_held"
    assert found.is_gone
    assert "deferred" not in order(lay(BLOCKS, [row("deferred", edited=False, anchor="item:1")]))


def test_what_is_left_out_has_no_number_and_the_others_close_up() -> None:
    laid = lay(BLOCKS, [row("item:1", edited=False, is_left_out=True)])
    assert [(block.key, block.number) for block in laid] == [
        ("time", "I"), ("course", "II"), ("item:1", ""), ("item:2", "1"), ("chair", ""), ("annex-outages", "Phụ lục"),
    ]  # fmt: skip
    assert "item:1" not in order(standing(laid))


def test_two_annexes_are_numbered() -> None:
    more = [*BLOCKS, Drafted("annex-2", "annex", "Hai", "A | B")]
    assert [block.number for block in lay(more, [])][-2:] == ["Phụ lục I", "Phụ lục II"]


def test_before_the_meeting_there_are_no_blocks() -> None:
    assert lay([], [row("own:1", anchor="item:1")]) == []


def test_the_journal_s_words_are_documents_the_editor_would_write_itself() -> None:
    for block in lay(draft(conference()), []):
        assert from_editor(block.body) == block.body
        assert plain(block.body).replace("|", " ").split() == block.text.replace("|", " ").split()


def test_a_stamp_differs_when_anything_of_a_block_does() -> None:
    plain_one = lay(BLOCKS, [])[0]
    written = lay(BLOCKS, [row("time", "Lúc 8 giờ.", kind="section", heading="TIME")])[0]
    assert len({plain_one.stamp, written.stamp, lay(BLOCKS[1:], [])[0].stamp}) == 3


def test_the_words_of_a_long_meeting_are_told_soon_enough_for_a_page() -> None:
    from time import process_time

    entries = conference()[:10]
    for n in range(200):
        entries.append(entry("item.opened", "09:00", 100 + n, **item(n + 10, f"Nội dung {n}")))
        for m in range(12):
            said = speech(n * 100 + m, f"Đại biểu {n}-{m}", "Trưởng đoàn", "Tỉnh ủy Lào Cai")
            entries.append(entry("floor.given", "09:01", 100 + n, **said))
            entries.append(entry("floor.yielded", "09:02", 100 + n, **said, seconds=60))
        entries.append(entry("item.closed", "09:03", 100 + n, item=n + 10, position=n, title=f"Nội dung {n}"))
    began = process_time()
    laid = lay(draft(entries), [row(f"own:{n}", anchor=f"item:{n + 10}") for n in range(200)])
    took = process_time() - began
    assert len(entries) > 5000
    assert len(laid) > 400
    assert took < 1.0, took  # a tenth of it on an idle machine; with the database: docs/record/minutes.md
