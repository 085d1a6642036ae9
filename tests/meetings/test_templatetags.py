"""Names that are not torn apart, and the forms that knock at the command door."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from meetings.procedure import Ability
from meetings.templatetags.wording import nobreak, weekday

MEETING = {"slug": "vptw-2025"}
FORM = '{% load door %}{% command "item.open" item=5 confirm="Sure?" %}<button>{{ words }}</button>{% endcommand %}'


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Đại diện Tỉnh ủy Lào Cai", ["Đại diện", "Tỉnh ủy Lào Cai"]),
        ("Thành ủy Thành phố Hồ Chí Minh", ["Thành ủy", "Thành phố", "Hồ Chí Minh"]),
        ("các tỉnh ủy, thành ủy", ["các", "tỉnh ủy,", "thành ủy"]),
        ("tham luận của các điểm cầu", ["tham luận", "của", "các", "điểm cầu"]),
        ("", []),
    ],
)
def test_a_line_breaks_between_names_only(name: str, lines: list[str]) -> None:
    """No line begins with "ủy", and no name is cut."""
    assert [part.replace("\u00a0", " ") for part in nobreak(name).split(" ") if part] == lines


def test_html_in_a_name_stays_text() -> None:
    """The filter never marks anything as safe."""
    template = Template("{% load wording %}{{ name|nobreak }}")
    assert template.render(Context({"name": "<b> Lào Cai"})) == "&lt;b&gt; Lào\u00a0Cai"


def test_a_day_of_the_week_is_that_of_the_meetings_time_zone() -> None:
    """18:00 in UTC is already the next day in Hà Nội."""
    with translation.override("en"):
        assert weekday(datetime(2025, 11, 25, 18, 0, tzinfo=UTC)) == "Wednesday"


def test_a_part_for_everybody_carries_no_secret_and_names_what_it_needs() -> None:
    """Without a reader there is neither token nor id; the page leaves out what its reader may not do."""
    html = Template(FORM).render(Context({"meeting": MEETING, "words": "<Open>"}))
    assert 'action="/m/vptw-2025/do/item.open/"' in html
    assert 'data-needs="run_programme"' in html
    assert 'data-confirm="Sure?"' in html
    assert '<input type="hidden" name="item" value="5">' in html
    assert "&lt;Open&gt;" in html
    assert "csrfmiddlewaretoken" not in html
    assert "command_id" not in html


def test_a_page_without_scripts_gets_all_it_must_send() -> None:
    """With a request: token, an id of its own, and the page to come back to."""
    request = RequestFactory().get("/m/vptw-2025/control/?a=1")
    html = Template(FORM).render(Context({"meeting": MEETING, "request": request, "abilities": {Ability.RUN_PROGRAMME}}))
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'name="command_id"' in html
    assert 'name="next" value="/m/vptw-2025/control/?a=1"' in html


def test_a_reader_gets_no_button() -> None:
    """Who may not do it sees nothing of it."""
    assert Template(FORM).render(Context({"meeting": MEETING, "abilities": {Ability.SEE}})) == ""


def test_what_a_weak_line_must_not_lose_says_so() -> None:
    """The page keeps it until it is answered, and asks for its refusal when it comes too late; a plain form is as it was."""
    kept = '{% load door %}{% command "item.open" item=5 outbox=True expires=600 done="Opened." %}{% endcommand %}'
    html = Template(kept).render(Context({"meeting": MEETING}))
    assert 'data-outbox=""' in html
    assert 'data-expires="600"' in html
    assert 'data-done="Opened."' in html
    assert html.count("<input") == 1
    assert "data-outbox" not in Template(FORM).render(Context({"meeting": MEETING}))


def test_an_unknown_command_is_a_bug_of_the_page() -> None:
    """A form for a command nobody registered fails loudly."""
    with pytest.raises(TemplateSyntaxError, match="no command"):
        Template('{% load door %}{% command "nothing.at_all" %}{% endcommand %}').render(Context({"meeting": MEETING}))
