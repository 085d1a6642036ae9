"""From a profile to CSS."""

from dataclasses import replace

from printing.profiles import HD36_2018, Evidence, Length, Letters
from printing.style import stylesheet


def test_the_numbers_of_the_profile_stand_in_the_css() -> None:
    css = stylesheet(HD36_2018)
    assert "size: 210mm 297mm; margin: 20mm 15mm 20mm 30mm" in css
    assert "font-size: 15pt; font-weight: 700; font-style: normal; text-transform: uppercase;" in css
    assert "line-height: 18pt" in css


def test_another_profile_gives_other_css() -> None:
    wide = replace(HD36_2018, margin_left=Length(35, "mm", Evidence.OURS), signer=Letters(13.5, Evidence.OURS, underlined=True))
    css = stylesheet(wide)
    assert "margin: 20mm 15mm 20mm 35mm" in css
    assert ".signer { font-size: 13.5pt; font-weight: 400; font-style: normal; text-decoration: underline;" in css


def test_the_css_names_no_address() -> None:
    css = stylesheet(HD36_2018)
    assert "url(" not in css
    assert "@import" not in css
