"""QR codes for pages and papers."""

from xml.etree import ElementTree

import pytest

from printing.qr import digits_matrix, digits_svg, qr_matrix, qr_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_the_svg_draws_exactly_the_modules_of_the_code() -> None:
    matrix = qr_matrix("https://hoinghi.example.vn/check/7QF2-K9XM/")
    root = ElementTree.fromstring(qr_svg("https://hoinghi.example.vn/check/7QF2-K9XM/"))
    drawn = [[False] * len(matrix) for _row in matrix]
    path = root.find(f"{SVG}path")
    assert path is not None
    for move in path.attrib["d"].split("M")[1:]:
        start, _, length = move.partition("h")
        x, y = (int(number) for number in start.split())
        for step in range(int(length.split("v")[0])):
            drawn[y][x + step] = True
    assert drawn == matrix
    assert root.attrib["viewBox"] == f"0 0 {len(matrix)} {len(matrix)}"


def test_there_is_a_quiet_zone_of_four_modules() -> None:
    matrix = qr_matrix("x")
    assert not any(any(row) for row in (*matrix[:4], *matrix[-4:]))
    assert not any(any((*row[:4], *row[-4:])) for row in matrix)


def test_the_label_is_escaped_and_nothing_needs_a_relaxed_content_policy() -> None:
    svg = qr_svg("x", '"><script>alert(1)</script>')
    assert "<script" not in svg
    assert "style" not in svg
    assert " id=" not in svg
    ElementTree.fromstring(svg)


def test_the_text_names_the_code_when_there_is_no_label() -> None:
    assert ElementTree.fromstring(qr_svg("Điểm cầu & <15>")).attrib["aria-label"] == "Điểm cầu & <15>"


def test_a_text_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="4000 characters"):
        qr_svg("x" * 4000)


def test_digits_are_drawn_as_strokes_through_exactly_their_modules() -> None:
    digits = "0123456789" * 20
    matrix = digits_matrix(digits)
    root = ElementTree.fromstring(digits_svg(digits, "Mã"))
    drawn = [[False] * len(matrix) for _row in matrix]
    path = root.find(f"{SVG}path")
    assert path is not None
    for row in path.attrib["d"].split("M")[1:]:
        start, *moves = row.replace("m", "h-").split("h")
        x, y = int(start.split()[0]), int(start.split()[1].split(".")[0])
        for move in moves:
            if move.startswith("-"):
                x += int(move[1:].split()[0])
                continue
            for _step in range(int(move)):
                drawn[y][x] = True
                x += 1
    assert drawn == matrix


def test_what_is_no_digit_is_refused() -> None:
    for text in ("", "12a", "１２", "1 2"):
        with pytest.raises(ValueError, match="no digits"):
            digits_svg(text, "x")
