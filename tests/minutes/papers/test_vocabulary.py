"""What a page may be made of: the list is short, and nothing on it fetches, runs or styles."""

from __future__ import annotations

import pytest

from minutes.papers.vocabulary import LARGEST, faults, tag_faults

START = '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>x</title></head><body>'


def page(words: str) -> str:
    return f"{START}{words}</body></html>"


@pytest.mark.parametrize(
    "words",
    [
        "<p>x</p>",
        '<p class="centred"><strong>x</strong><br>y</p>',
        '<div class="content"><h2>I- A</h2><ul><li>x</li></ul></div>',
        '<table class="grid"><colgroup><col class="w10"><col></colgroup><thead><tr><th colspan="2">x</th></tr></thead></table>',
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 33 33" role="img"><path d="M1 2h3v1z"/></svg>',
    ],
)
def test_what_papers_are_made_of_is_allowed(words: str) -> None:
    inside = f'<div class="verification">{words}</div>' if words.startswith("<svg") else words
    assert faults(page(inside)) == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("<script>x</script>", "forbidden_tag"),
        ('<img src="x">', "forbidden_tag"),
        ("<object></object>", "forbidden_tag"),
        ('<p style="x">y</p>', "forbidden_attribute"),
        ('<p id="x">y</p>', "forbidden_attribute"),
        ('<div class="number other">x</div>', "unknown_class"),
        ("<table><tr><td>x</td></tr></table>", "unknown_class"),
        ('<td class="left">x</td>', "misplaced"),
        ("<li>x</li>", "misplaced"),
        ("<p>x", "not_closed"),
        ("<p><strong>x</p></strong>", "not_closed"),
        ("</p>", "not_closed"),
        ("a < b", "no_tag"),
        ("<p>x</p", "no_tag"),
        ("<p class='centred'>x</p>", "no_tag"),
        ("<!-- x -->", "no_tag"),
        ("<![CDATA[x]]>", "no_tag"),
        ("<?xml x?>", "no_tag"),
        ("<p/>", "no_tag"),
        ("<br></br>", "no_tag"),
        ("<svg><script>", "unknown_class"),
        ("<math><mi>x</mi></math>", "forbidden_tag"),
        ('<p class="centred" class="x">y</p>', "unknown_class"),
        ('<p class="x" class="centred">y</p>', "forbidden_attribute"),
        ('<table class="grid"><tr><td colspan="9999">x</td></tr></table>', "forbidden_value"),
        ("<ul>" * 50 + "</ul>" * 50, "too_deep"),
        ('<p xmlns="x">y</p>', "forbidden_attribute"),
        ("<section>x</section>", "unknown_class"),
        ('<p\tonclick="x">y</p>', "forbidden_attribute"),
        ("<p\x00>y</p>", "no_tag"),
        ("<ſcript>", "no_tag"),
    ],
)
def test_what_is_not_on_the_list_is_a_fault(words: str, rule: str) -> None:
    assert rule in {one.rule for one in faults(page(words))}


QR = '<svg class="qr" viewBox="0 0 9 9">%s</svg>'
RECT, PATH = '<rect width="9" height="9" fill="#fff"/>', '<path d="M1 1h1v1z" fill="#000"/>'


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (f'<div class="verification">{QR % "chữ"}</div>', "hidden"),
        (f'<div class="verification">{QR % (RECT + "chữ" + PATH)}</div>', "hidden"),
        (f'<div class="verification">{QR % (PATH + RECT)}</div>', "hidden"),
        (f'<div class="verification">{QR % (RECT + PATH + RECT)}</div>', "hidden"),
        (f'<div class="verification">{QR % RECT.replace("#fff", "#000")}</div>', "forbidden_value"),
        (f'<div class="verification">{QR % PATH.replace("#000", "#fff")}</div>', "forbidden_value"),
        ('<table class="grid"><colgroup>chữ<col></colgroup></table>', "hidden"),
        ('<table class="grid">chữ<tr><td>x</td></tr></table>', "hidden"),
        ('<table class="grid"><tbody><tr>chữ<td>x</td></tr></tbody></table>', "hidden"),
        ('<table class="grid"><tr><p>chữ</p></tr></table>', "misplaced"),
        ('<table class="grid"><tr><td><table class="grid"></table></td></tr></table>', "misplaced"),
        ("<ul>chữ<li>x</li></ul>", "hidden"),
        ('<div class="body-rule">chữ</div>', "hidden"),
        ('<div class="abstract-rule"><em>chữ</em></div>', "hidden"),
        ('<div class="signature-gap">&#32;chữ</div>', "hidden"),
        (f'<div class="title">{"chữ " * 30}</div>', "too_long_line"),
        (f'<div><span class="motto">{"<em>chữ</em> " * 30}</span></div>', "too_long_line"),
        ("<ul><li>" * 7 + "x" + "</li></ul>" * 7, "too_deep"),
        ('<table class="grid"><colgroup><col class="w120"><col class="w50"></colgroup></table>', "too_wide"),
        ("</body>chữ<body>", "hidden"),
        ("<html></html>", "misplaced"),
        *(
            (f"<p>a{spelled}b</p>", "unseen_letter")
            for spelled in (
                "&#x202e;", "&#X202E;", "&#8238", "&#0;", "&#x1;", "&#xfeff;", "&zwj;", "&ZeroWidthSpace;", "&shy;", "&rlm;",
                "&#128;&#129;", "&#xad;", "&#x2066;", "&#0000008203;", "&#xE0041;", "&#xfe0f;", "&#12644;", "&#x110000;",
                "&NoBreak;", "&#x2029;",
            )
        ),
    ],
)  # fmt: skip
def test_what_nobody_would_see_or_would_read_in_another_order_is_a_fault(words: str, rule: str) -> None:
    assert rule in {one.rule for one in faults(page(words))}


def test_words_outside_the_page_are_a_fault() -> None:
    assert {one.rule for one in faults(page("<p>x</p>") + " chữ")} == {"hidden"}
    assert {one.rule for one in faults(page("<p>x</p>").replace("<head>", "chữ<head>"))} == {"hidden"}


def test_what_is_seen_is_no_fault() -> None:
    seen = "a &amp; b &lt; &#34;c&#39; &copy; R&D &nbsp;&mdash; &khong; \u200b\xad"  # letters of the data are cleaned elsewhere
    assert (
        faults(page(f'<p>{seen}</p><div class="title">CỘNG HÒA</div><div class="verification">{QR % (RECT + PATH)}</div>')) == []
    )
    assert faults(page("<ul><li>" * 6 + "x" + "</li></ul>" * 6)) == []


def test_a_page_begins_as_a_page_does_and_is_not_endless() -> None:
    assert [one.rule for one in faults("<html></html>")] == ["no_doctype", "forbidden_attribute"][:1]
    assert [one.rule for one in faults("x" * (LARGEST + 1))] == ["too_large"]


def test_faults_are_counted_up_to_a_bound_and_have_lines() -> None:
    assert len(faults(page("<b1>" * 500))) == 20
    assert [one.line for one in tag_faults("<p>\n\n<img>\n<img>")] == [3, 4]


def test_a_million_letters_are_read_quickly_and_a_million_brackets_are_refused() -> None:
    assert faults(page(f"<p>{'ạ' * 1_000_000}</p>")) == []
    assert faults(page("<" * 1_000_000))
