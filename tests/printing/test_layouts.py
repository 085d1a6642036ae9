"""Every kind of paper under every layout rule, measured: the page, each component's letters, rules, signature block, annexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from minutes.papers.kinds import KINDS
from minutes.papers.samples import sample
from minutes.papers.setting import set_paper
from printing.order import Particulars
from printing.papers import press_html
from printing.press import Press
from printing.profiles import HD36_2018, PROFILES, Letters, Profile, adjusted
from tests.printing.measuring import Measured, Page, Run

ABOUT = Particulars("Bản mẫu", "layout", datetime(2026, 6, 24, 12, tzinfo=timezone(timedelta(hours=7))))
POINT = 25.4 / 72
VOID = {"meta", "br", "col", "rect", "path"}
#: Class in the vocabulary of papers → the component of a profile.
COMPONENTS = {
    "parent-body": "parent_body",
    "issuing-body": "issuing_body",
    "number": "number",
    "urgency": "urgency",
    "draft-mark": "draft_mark",
    "title": "title",
    "motto": "motto",
    "place-date": "place_date",
    "type-name": "type_name",
    "abstract": "abstract",
    "basis": "basis",
    "authority": "authority",
    "post": "post",
    "signer": "signer",
    "recipients-label": "recipients_label",
    "annex-name": "annex_name",
    "annex-note": "annex_note",
}


class Words(HTMLParser):
    """The lines of text of each component of a paper's page, by its class; those of a paragraph by what it stands in, too."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append((dict(attrs).get("class") or f"<{tag}>").split()[0])

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.found.setdefault(self._open[-1], []).append(" ".join(data.split()))
            if self._open[-1] == "<p>":
                self.found.setdefault(f"{self._open[-2]} p", []).append(" ".join(data.split()))


class Paper:
    """A printed sample with the words of its components."""

    def __init__(self, profile: Profile, kind: str, press: Press) -> None:
        self.profile, self.kind = profile, kind
        self.html = set_paper(sample(kind, profile.body), profile).html
        self.words = Words(self.html).found
        self.file = Measured(press_html(self.html, profile, ABOUT, press=press))
        self.first: Page = self.file.pages[0]

    def annexes(self) -> list[int]:
        """The pages on which annexes begin."""
        return [at for at, page in enumerate(self.file.pages) if any(run.text.startswith("Phụ lục") for run in page.runs[:3])]

    def in_margin(self, page: Page) -> list[Run]:
        """What stands above the text."""
        return [run for run in page.runs if run.bottom < self.profile.margin_top.value]

    def runs_of(self, css: str) -> Iterator[list[Run]]:
        """The runs of the first line of each text of a component, in the letters of the rule if it stands anywhere in them."""
        letters = getattr(self.profile, COMPONENTS[css])
        for words in self.words.get(css, []):
            start = (words.upper() if letters.capitals else words)[:24]
            lines = [line for _page, line in self.file.all_of(start)]
            yield next((line for line in lines if all(same_letters(run, letters) for run in line)), lines[0])


def same_letters(run: Run, letters: Letters) -> bool:
    return (run.size, run.bold, run.italic) == (letters.size, letters.bold, letters.italic)


SetOnce = Callable[[str, str], Paper]
every_paper = pytest.mark.parametrize(("code", "kind"), [pytest.param(c, k, id=f"{c}-{k}") for c in PROFILES for k in KINDS])


@pytest.fixture(scope="module")
def set_once(press: Press) -> SetOnce:
    """Each paper is set and printed once for all the tests of this module."""
    return cache(lambda code, kind: Paper(PROFILES[code], kind, press))


@pytest.fixture
def paper(set_once: SetOnce, code: str, kind: str) -> Paper:
    return set_once(code, kind)


@every_paper
def test_the_page_keeps_its_margins_and_its_fonts(paper: Paper) -> None:
    p = paper.profile
    for at, page in enumerate(paper.file.pages):
        assert (page.width, page.height) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
        left, top, right, bottom = page.ink(below=p.margin_top.value)
        assert left >= p.margin_left.value - 0.35
        assert 210 - right >= p.margin_right.value - 0.35
        assert 297 - bottom >= p.margin_bottom.value
        assert at > 0 or p.margin_top.value <= top <= p.margin_top.value + 2
    assert paper.file.fonts.keys() <= {f"Liberation-Serif{style}" for style in ("", "-Bold", "-Italic", "-Bold-Italic")}
    assert all(paper.file.fonts.values()), "a font is named but not laid into the file as a subset"


@every_paper
def test_pages_are_numbered_from_the_second_on_in_the_top_margin(paper: Paper) -> None:
    p, count = paper.profile, len(paper.file.pages)
    starts = [0, *(paper.annexes() if p.keeps_its_pages_apart else []), count]
    expected = [str(number) if number > 1 else "" for a, b in pairwise(starts) for number in range(1, b - a + 1)]
    assert ["".join(run.text for run in paper.in_margin(page)) for page in paper.file.pages] == expected
    for run in (run for page in paper.file.pages for run in paper.in_margin(page)):
        assert same_letters(run, p.page_number)
        assert run.top == pytest.approx(p.page_number_top.value + 0.6, abs=0.6)
        assert run.middle == pytest.approx((p.margin_left.value + 210 - p.margin_right.value) / 2, abs=0.3)


@every_paper
def test_each_component_has_the_letters_of_its_rule(paper: Paper) -> None:
    seen = {css for css in COMPONENTS if css in paper.words}
    for css in seen:
        for run in (run for runs in paper.runs_of(css) for run in runs):
            assert same_letters(run, getattr(paper.profile, COMPONENTS[css])), f"{css}: {run}"
    assert {"parent-body", "issuing-body", "title", "type-name", "abstract"} <= seen
    assert ("motto" in seen) is (paper.profile.body == "state")
    assert ("place-date" in seen) is KINDS[paper.kind].bears_date(paper.profile.body)
    assert ("number" in seen) is bool(KINDS[paper.kind].register)


@every_paper
def test_the_rules_of_the_head_are_as_long_as_they_should_be(paper: Paper) -> None:
    p, name = paper.profile, next(paper.runs_of("type-name"))
    above = [rule for rule in paper.first.rules if rule.top < name[0].top]
    text = next(paper.runs_of("motto" if p.motto else "title"))
    (under,) = [rule for rule in above if rule.left > 95]
    assert (under.left, under.right) == (pytest.approx(text[0].left, abs=0.5), pytest.approx(text[-1].right, abs=0.5))
    assert 0.5 < under.top - text[0].baseline < 2.5
    left = [rule for rule in above if rule.left < 95]
    bodies = [run for runs in paper.runs_of("issuing-body") for run in runs]
    if p.body == "party":
        (star,) = [run for run in paper.first.runs if run.text == "*"]
        assert left == []
        assert star.middle == pytest.approx(bodies[-1].middle, abs=0.8)
        return
    (rule,) = left
    assert 1 / 3 <= rule.length / max(run.width for run in bodies) <= 1 / 2
    assert rule.middle == pytest.approx(bodies[-1].middle, abs=0.5)


@every_paper
def test_under_the_abstract_stand_dashes_or_a_rule_but_nothing_on_party_minutes(paper: Paper) -> None:
    p, abstract = paper.profile, [run for runs in paper.runs_of("abstract") for run in runs]
    last = max(run.baseline for run in abstract)
    dashes = [run for run in paper.first.runs if run.text.strip() == "-----"]
    rules = [rule for rule in paper.first.rules if 0.5 < rule.top - last < 4]
    assert (len(dashes), len(rules)) == ((KINDS[paper.kind].has_dashes, 0) if p.body == "party" else (0, 1))
    for thing in (*dashes, *rules):
        assert thing.middle == pytest.approx((p.margin_left.value + 210 - p.margin_right.value) / 2, abs=0.4)
    for rule in rules:
        assert 1 / 3 <= rule.length / max(run.width for run in abstract) <= 1 / 2


@every_paper
def test_text_has_the_size_the_spacing_and_the_indent_of_its_rule(paper: Paper) -> None:
    p, written = paper.profile, "\n".join(paper.words.get("content p", []))
    pages = paper.file.pages[: min(paper.annexes(), default=None)]
    pairs = [(a[0], b[0]) for page in pages for a, b in pairwise(page.lines())]
    told = [(a, b) for a, b in pairs if all(len(one.text) > 5 and one.text.strip() in written for one in (a, b))]
    if not told:
        assert paper.kind in ("DS", "CTr")  # tables alone
        return
    begins = p.margin_left.value + p.first_indent.value
    for a, b in told:
        assert same_letters(a, p.body_text)
        assert b.left == pytest.approx(p.margin_left.value, abs=0.6) or b.left == pytest.approx(begins, abs=0.6)
        gap = p.paragraph_gap.value if b.left > begins - 1 else 0
        assert b.baseline - a.baseline == pytest.approx((p.line_height.value + gap) * POINT, abs=0.1)
    full = [a for a, b in told if b.left < begins - 1]  # the line after it goes on with the same paragraph
    assert all(210 - line.right == pytest.approx(p.margin_right.value, abs=0.8) for line in full)


@every_paper
def test_who_signs_stands_in_the_middle_of_the_own_half_and_room_is_left(paper: Paper) -> None:
    p, kind = paper.profile, KINDS[paper.kind]
    places = (0.25, 0.75) if kind.signatures == "two" else (0.75,)
    for name, place in zip(paper.words.get("signer", []), places, strict=False):
        middle = p.margin_left.value + 165 * place
        found = [(at, run) for at, line in paper.file.all_of(name) for run in line if abs(run.middle - middle) < 1]
        page, signer = next((at, run) for at, run in found if same_letters(run, p.signer))
        over = [run for css in ("authority", "post") for runs in paper.runs_of(css) for run in runs]
        titles = [run for run in over if abs(run.middle - middle) < 1 and run in paper.file.pages[page].runs]
        room = signer.top - max(run.bottom for run in titles if run.bottom < signer.top)
        assert p.signature_gap.value * POINT - 1 <= room <= p.signature_gap.value * POINT + 8
    assert len(paper.words.get("signer", [])) >= (0 if paper.kind in ("CTr", "DS") else len(places))


@every_paper
def test_recipients_stand_under_their_label_with_the_signs_of_the_rule(paper: Paper) -> None:
    p, lines = paper.profile, paper.words.get("recipients p", [])
    assert bool(lines) is ("signer" in paper.words)
    assert all(line.startswith("- ") and line.endswith(str(p.recipients_separator)) for line in lines[:-1])
    for line in lines[-1:]:
        assert line.startswith(f"- {p.kept}")
        assert line.endswith(".")
        (label,) = next(paper.runs_of("recipients-label"))
        page = next(page for page in paper.file.pages if label in page.runs)
        first = next(run for run in page.runs if run.text.strip() in lines[0] and run.top > label.top)
        assert same_letters(first, p.recipients)
        assert first.left == pytest.approx(label.left, abs=0.3)
        drawn = [rule for rule in page.rules if 0 < rule.top - label.baseline < 1 and rule.left < label.right < rule.right + 2]
        assert bool(drawn) is p.recipients_label.underlined


@every_paper
def test_the_code_to_check_a_paper_by_never_stands_alone_on_a_page(paper: Paper) -> None:
    at, (code, *_rest) = paper.file.find("Mã kiểm tra")
    page = paper.file.pages[at]
    assert len([run for run in page.runs if run.baseline < code.baseline and run not in paper.in_margin(page)]) >= 3


@pytest.mark.parametrize("code", list(PROFILES))
def test_authority_has_a_slash_on_party_and_a_dot_on_state_papers(set_once: SetOnce, code: str) -> None:
    paper = set_once(code, "TB")
    (authority,), (post,) = paper.runs_of("authority"), paper.runs_of("post")
    words = "".join(run.text for run in authority)
    assert words.startswith("K/T CHÁNH VĂN PHÒNG" if paper.profile.body == "party" else "KT. GIÁM ĐỐC")
    assert post[0].top > authority[0].top
    assert post[0].bold is (paper.profile.body == "state")


@pytest.mark.parametrize("kind", ["BB", "TB"])
def test_state_minutes_bear_no_place_and_date_and_other_papers_have_them_in_the_line_of_the_number(
    set_once: SetOnce, kind: str
) -> None:
    paper = set_once("ND30-2020", kind)
    number = next(paper.runs_of("number"))[0]
    beside = [run for run in paper.first.runs if run.left > 105 and abs(run.baseline - number.baseline) < 0.3]
    assert bool(beside) is (kind == "TB")


def test_an_office_that_sets_numbers_finds_them_measured_on_paper(press: Press) -> None:
    settings = {"margin_left": 33, "line_height": 20, "body_text.size": 15, "post.bold": True, "dashes": ""}
    paper = Paper(adjusted(HD36_2018, settings), "TB", press)
    assert min(run.left for run in paper.first.runs) == pytest.approx(33, abs=0.3)
    assert not [run for run in paper.first.runs if run.text.strip() == "-----"]
    assert all(run.bold for runs in paper.runs_of("post") for run in runs)
    test_text_has_the_size_the_spacing_and_the_indent_of_its_rule(paper)
