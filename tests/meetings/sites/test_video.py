"""Addresses of video conferences: what is one, what kind, and what is refused, case by case."""

from __future__ import annotations

import pytest

from meetings.sites.video import BadAddress, Kind, as_written, read_address

GOOD = [
    ("https://hop.chinhphu.vn/j/8412?pwd=aB3", Kind.WEB, "https://hop.chinhphu.vn/j/8412?pwd=aB3"),
    ("HTTPS://Hop.vn/phong-1", Kind.WEB, "https://Hop.vn/phong-1"),
    ("https://10.20.30.40:8443/webrtc#/1234", Kind.WEB, "https://10.20.30.40:8443/webrtc#/1234"),
    ("https://[2001:db8::5]/r", Kind.WEB, "https://[2001:db8::5]/r"),
    ("zoommtg://zoom.us/join?confno=123456789&pwd=x", Kind.APP, "zoommtg://zoom.us/join?confno=123456789&pwd=x"),
    ("msteams:/l/meetup-join/19%3a", Kind.APP, "msteams:/l/meetup-join/19%3a"),
    ("sip:1234@hop.vn", Kind.SIP, "sip:1234@hop.vn"),
    ("sips:phong.1@10.1.2.3:5061;transport=tls", Kind.SIP, "sips:phong.1@10.1.2.3:5061;transport=tls"),
    ("sip:hop.vn", Kind.SIP, "sip:hop.vn"),
    ("h323:1234@10.1.2.3", Kind.H323, "h323:1234@10.1.2.3"),
    ("h323:84123456", Kind.H323, "h323:84123456"),
    ("h323:10.1.2.3:1720", Kind.H323, "h323:10.1.2.3:1720"),
    ("10.1.2.3", Kind.DIAL, "10.1.2.3"),
    ("10.1.2.3##1234", Kind.DIAL, "10.1.2.3##1234"),
    ("10.1.2.3:1720", Kind.DIAL, "10.1.2.3:1720"),
    ("hop.vn:1720", Kind.DIAL, "hop.vn:1720"),
    ("1234@hop.vn", Kind.DIAL, "1234@hop.vn"),
    ("*88#1234", Kind.DIAL, "*88#1234"),
    ("[2001:db8::5]:1720", Kind.DIAL, "[2001:db8::5]:1720"),
    ("  0841234  ", Kind.DIAL, "0841234"),
    ("tel:+84 24 3804 1234,,8412#", Kind.PHONE, "tel:+84 24 3804 1234,,8412#"),
]

BAD = [
    "", "   ", "javascript:alert(1)", "JavaScript:alert(1)//https://hop.vn", "java\nscript:alert(1)", "data:text/html,x",
    "file:///etc/passwd", "vbscript:x", "blob:https://hop.vn/1", "http://hop.vn/1", "ftp://hop.vn", "//hop.vn/1", "https://",
    "https:///duong-dan", "https:hop.vn", "https://nguoi:mat-khau@hop.vn/", "https://hop.vn:99999/", "https://hop..vn/",
    "https://-hop.vn/", "https://hop.vn/<b>", 'https://hop.vn/"onmouseover="x', "https://hop.vn/a b", "https://hộp.vn/",
    "https://hop.vn\\@xau.vn/", "https://hop.vn/\u202e", "https://999.1.2.3/", "sip:", "sip:a:b@hop.vn", "sip:1234@hop.vn;x=<",
    "sip:1234@", "h323:", "10.1.2.300", "10.1.2.3##", "10.1.2.3##abc", "1234@", "@hop.vn", "Phòng họp số 1", "phong-hop",
    "10.1.2.3 ## 1234", "10.1.2.3:0", "10.1.2.3:70000", "zoommtg:", "zoommtg://x'y", "tel:goi-dien", "tel:",
    "https://hop.vn/" + "a" * 300,
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kind", "kept"), GOOD)
def test_an_address_is_kept_with_its_kind(typed: str, kind: Kind, kept: str) -> None:
    found = read_address(typed)
    assert (found.kind, found.text, found.is_link) == (kind, kept, kind in (Kind.WEB, Kind.APP))
    assert read_address(found.text) == found


@pytest.mark.parametrize("typed", BAD)
def test_everything_else_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(BadAddress) as refused:
        read_address(typed)
    assert refused.value.reason.endswith((".", "”."))


def test_what_was_entered_before_is_shown_as_it_was_written_and_never_as_a_link() -> None:
    for typed in BAD:
        found = as_written(typed)
        assert (found.kind, found.is_link) == (Kind.DIAL, False)
