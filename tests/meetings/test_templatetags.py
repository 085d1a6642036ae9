"""Names that are not torn apart, and the forms that knock at the command door."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from config import assets
from meetings import modules
from meetings.modules import imports_of
from meetings.procedure import Ability
from meetings.templatetags import modules as tags
from meetings.templatetags.wording import grouped, nobreak, span_words, weekday

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


@pytest.mark.parametrize(("language", "words"), [("vi", "1.741"), ("en", "1,741")])
def test_a_great_count_is_written_as_its_language_writes_it(language: str, words: str) -> None:
    with translation.override(language):
        assert (grouped(1741), grouped(51)) == (words, "51")
        assert Template("{{ n }}").render(Context({"n": 1741})) == "1741", "numbers of papers and years stay as they are"


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


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (416, "6 hours 56 minutes"), (1440, "1 day"),
     (-4400, "3 days 1 hour"), (1441, "1 day 1 minute")],
)  # fmt: skip
def test_a_length_of_time_is_said_in_its_two_greatest_units(minutes: int, words: str) -> None:
    with translation.override("en"):
        assert span_words(minutes) == words


def test_a_page_names_all_that_its_modules_import_once() -> None:
    """The browser asks for the whole tree at once; what one module has brought, the next does not bring again."""
    page = Template('{% load modules %}{% imports "js/app.js" %}|{% imports "js/minutes/page.js" "js/app.js" %}').render(
        Context()
    )
    app, minutes = page.split("|")
    assert app.count("js/toast.js") == app.count("js/outbox.js") == 1
    assert "js/minutes/store.js" in minutes
    assert "js/toast.js" not in minutes


def test_every_module_finds_what_it_imports() -> None:
    """No import names a file that is not there."""
    for path in sorted((settings.BASE_DIR / "static" / "js").rglob("*.js")):
        imports_of(path.relative_to(settings.BASE_DIR / "static").as_posix())


def test_the_stylesheets_of_every_page_are_one_file_where_files_are_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In their order, so that a later rule still wins; where nothing is collected each is named."""
    assert Template("{% load modules %}{% stylesheets %}").render(Context()).count("<link") == len(modules.STYLESHEETS)
    (tmp_path / "css").mkdir()
    for name, rule in (("css/a.css", "a { color: red }"), ("css/b.css", "a { color: blue }")):
        (tmp_path / name).write_text(rule)
    monkeypatch.setattr(assets, "STYLESHEETS", ("css/b.css", "css/a.css"))
    files = assets.HashedStaticFiles(location=tmp_path, base_url="/static/")
    list(files.post_process({name: (files, name) for name in ("css/a.css", "css/b.css")}))
    whole = (tmp_path / files.hashed_files[modules.STYLES]).read_text()
    assert whole.index("blue") < whole.index("red")
    monkeypatch.setattr(tags, "staticfiles_storage", files)
    assert Template("{% load modules %}{% stylesheets %}").render(Context()).count("<link") == 1
