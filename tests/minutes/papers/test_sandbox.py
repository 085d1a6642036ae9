"""Templates of strangers: what they may not say is found with its line, and what takes too long or too much is ended."""

from __future__ import annotations

import ast
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.papers import sandbox
from minutes.papers.rendering import Renderer, composed
from minutes.papers.vocabulary import LONGEST_TEMPLATE, Fault

ROOT = Path(__file__).parents[3]
DATA = {"head": {"number": "05-TB/VPTW", "empty": None}, "rows": [{"name": "A"}, {"name": "B", "note": "n"}], "text": "chữ"}
PAGE = '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>x</title></head>\n<body>\n%s\n</body></html>'


def rules(source: str) -> set[str]:
    return {fault.rule for fault in sandbox.check(PAGE % source, DATA)}


@pytest.mark.parametrize(
    "source",
    [
        "{{ range(10**9) }}",
        "{% for x in range(99999999) %}{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{0.__class__}'.format(text) }}",
        "{{ text.__class__.__mro__ }}",
        "{{ text.upper() }}",
        "{{ ''['__class__'] }}",
        "{{ head['num' ~ 'ber'] }}",
        "{{ text|attr('__class__') }}",
        "{{ text|format(1) }}",
        "{{ text|center(999999999) }}",
        "{{ rows|batch(999999999) }}",
        "{{ text|safe }}",
        "{{ text|tojson }}",
        "{{ rows|map(attribute='name') }}",
        "{{ text|indent(99999999) }}",
        "{{ text|replace('a', 'b') }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{{ namespace() }}",
        "{{ joiner() }}",
        "{{ dict(a=1) }}",
        "{% import 'x' as y %}",
        "{% from 'x' import y %}",
        "{% include 'x' %}",
        "{% extends 'x' %}",
        "{% block a %}{% endblock %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% call x() %}{% endcall %}",
        "{% set x = 1 %}",
        "{% with x = 1 %}{% endwith %}",
        "{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}",
        "{% for a, b in rows %}{% endfor %}",
        "{% filter upper %}x{% endfilter %}",
        "{% autoescape false %}{{ text }}{% endautoescape %}",
        "{{ [text, text] }}",
        "{{ {'a': 1} }}",
        "{{ (1, 2) }}",
        "{{ text[0:3] }}",
        "{{ 1 + 1 }}",
        "{{ 7 // 0 }}",
        "{{ -1 }}",
        "{% do x %}",
        "{{ text is callable }}",
        "{{ text is sameas(text) }}",
        "{{ text",
        "{% for %}",
        "{{ " + "(" * 3000 + ")" * 3000 + " }}",
        "{% if " + "not " * 3000 + "text %}{% endif %}",
        "{{ head._private }}",
        "{{ text|rich(end='.') }}",
        "{{ text|rich('a', 'b') }}",
        "{{ rows[text] }}",
        "{{ '" + "a" * LONGEST_TEMPLATE + "' }}",
    ],
)
def test_what_a_template_may_not_say_is_found_and_never_run(source: str) -> None:
    assert rules(source) & {"forbidden_expression", "unknown_filter", "syntax", "template_too_long"}
    page, found = sandbox.fill(PAGE % source, DATA, {})
    assert (page, bool(found)) == ("", True)


@pytest.mark.parametrize(
    ("source", "line", "name"),
    [
        ("\n{{ head.nmber }}", 5, "head.nmber"),
        ("{{ unknown }}", 4, "unknown"),
        ("{% for x in rows %}\n{{ x.nme }}\n{% endfor %}", 5, "x.nme"),
        ("{% for x in rows %}{% endfor %}{{ x }}", 4, "x"),
        ("{% if head.draft %}<p>x</p>{% endif %}", 4, "head.draft"),
        ("{{ text.items }}", 4, "text.items"),
        ("{{ 'x' if head.nope else '' }}", 4, "head.nope"),
        ("{{ (head.nope2)|upper }}", 4, "head.nope2"),
        ("{% for x in rows if x.nope3 %}{% endfor %}", 4, "x.nope3"),
    ],
)
def test_a_field_nobody_knows_is_named_with_its_line(source: str, line: int, name: str) -> None:
    assert [(one.line, one.rule, one.what) for one in sandbox.check(PAGE % source, DATA)] == [(line, "unknown_field", name)]


def test_what_some_rows_have_and_what_is_empty_is_known() -> None:
    source = "{% for x in rows %}{{ x.note }}{{ loop.index|roman }}{% endfor %}"
    source += "{% if head.empty is none %}<p>{{ head.empty }}</p>{% endif %}"
    assert sandbox.check(PAGE % source, DATA) == []


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("<p>\n<script>alert(1)</script></p>", 5),
        ('<img src="http://x/">', 4),
        ('<p style="color:red">', 4),
        ('<p onclick="x">', 4),
        ("<style>p{}</style>", 4),
        ('<link rel="stylesheet" href="x">', 4),
        ('<a href="javascript:x">', 4),
        ("<!-- x -->", 4),
        ('<p class="{{ text }}">', 4),
        ("<p class=centred>", 4),
        ('<table class="grid" background="x">', 4),
        ("<P>", 4),
        ('<base href="http://x">', 4),
        ("<iframe>", 4),
        ('<meta http-equiv="refresh" content="0">', 4),
        ("<svg/onload=x>", 4),
    ],
)
def test_a_tag_papers_do_not_have_is_named_with_its_line(tag: str, line: int) -> None:
    found = sandbox.check(PAGE % tag, DATA)
    assert found
    assert {one.line for one in found} >= {line}


@pytest.mark.parametrize(
    "source",
    [
        "<p>a&#x202e;b</p>", "<p>a\u202eb</p>", "<p>a\u200bb</p>", r"{{ 'a\u202eb' }}", "{{ 'a\u2066b' ~ text }}",
        r"{{ text|ended('\u200f') }}",
    ],
)  # fmt: skip
def test_signs_nobody_sees_are_named_with_their_line_and_reach_no_page(source: str) -> None:
    assert {(one.line, one.rule) for one in sandbox.check(PAGE % source, DATA)} == {(4, "unseen_letter")}
    page, found = sandbox.fill(PAGE % source, DATA, {})
    assert (page, {one.rule for one in found}) == ("", {"unseen_letter"})


def test_what_is_spelled_in_two_pieces_reaches_no_page_either() -> None:
    page, found = sandbox.fill(PAGE % "<p>&#{{ text }}</p>", {"text": "x202e;"}, {})
    assert (page, [(one.rule, one.what) for one in found]) == ("", [("unseen_letter", "U+202E")])


def test_the_code_and_the_marks_of_a_demonstration_are_the_system_s_own() -> None:
    drawing = '<svg class="qr" viewBox="0 0 9 9"><path d="M1 1h1v1z" fill="#000"/></svg>'
    box = '<div class="verification">%s</div>'
    assert sandbox.fill(PAGE % (box % "{{ qr }}"), DATA, {"qr": drawing})[1] == []
    assert [one.rule for one in sandbox.fill(PAGE % (box % drawing.replace("h1", "h2")), DATA, {"qr": drawing})[1]] == [
        "own_code"
    ]
    line = '<div class="demonstration-line">%s</div>'
    assert sandbox.fill(PAGE % (line % "{{ mark }}"), DATA | {"mark": "MẪU"}, {})[1] == []
    for wrong in (line % "Điều 3", line % "<p>{{ mark }}</p>", line % "{{ mark }}" * 2):
        assert [one.rule for one in sandbox.fill(PAGE % wrong, DATA | {"mark": "MẪU"}, {})[1]] == ["hidden"]


def test_words_are_escaped_whatever_they_are() -> None:
    run = {"type": "text", "text": "<img src=x onerror=y>", "marks": [{"type": "strong"}, {"type": "x"}]}
    doc = {"type": "doc", "content": [{"type": "paragraph", "content": [run]}]}
    data = {"text": '<script>alert("x")</script>{{ 7 }}&amp;', "doc": doc}
    page, found = sandbox.fill(PAGE % "<p>{{ text }}</p>{{ doc|rich }}<p>{{ text|upper }}</p>{{ text|rich }}", data, {})
    assert found == []
    assert "<script" not in page.lower()
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;{{ 7 }}&amp;amp;" in page
    assert "<p><strong>&lt;img src=x onerror=y&gt;</strong></p>" in page


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    """Processes for these tests, with little time of their own and little memory."""
    made = Renderer(children=2, memory=256 * 1024 * 1024, seconds=1)
    yield made
    made.close()


def test_a_loop_without_end_is_ended_and_holds_up_no_other_paper(renderer: Renderer) -> None:
    loops = "".join("{% for x in rows %}" for _ in range(6)) + "".join("{% endfor %}" for _ in range(6))
    said: list[tuple[str, list[Fault]]] = []
    slow = threading.Thread(target=lambda: said.append(renderer.fill(PAGE % loops, {"rows": [1] * 3000}, {}, lane="slow")))
    slow.start()
    while renderer._turns._free == 2:
        time.sleep(0.001)
    assert renderer.fill(PAGE % "<p>{{ text }}</p>", DATA, {}, lane="other")[1] == []
    assert said == []  # it is still at it
    slow.join()
    assert [(page, [one.rule for one in found]) for page, found in said] == [("", ["too_long"])]
    assert renderer.fill(PAGE % "<p>{{ text }}</p>", DATA, {}, lane="slow")[1] == []


def test_a_page_that_grows_without_end_is_ended(renderer: Renderer) -> None:
    loops = "{% for x in rows %}{% for y in rows %}{{ text }}{% endfor %}{% endfor %}"
    page, found = renderer.fill(PAGE % loops, {"rows": [1] * 3000, "text": "x" * 5000}, {})
    assert page == ""
    assert found[0].rule in ("too_large", "too_long")
    assert renderer.fill(PAGE % "<p>{{ text }}</p>", DATA, {})[1] == []


def test_the_process_opens_no_file_and_no_connection() -> None:
    source = (ROOT / "minutes/papers/child.py").read_text()
    assert '_FORBIDDEN = ("socket.", "subprocess.", "os.", "open"' in source
    from minutes.papers import child

    for event in ("open", "socket.connect", "subprocess.Popen", "os.system", "import", "ctypes.dlopen"):
        with pytest.raises(PermissionError):
            child._forbid(event, ())


def test_only_the_sandbox_knows_jinja_and_only_the_child_knows_the_sandbox() -> None:
    users: dict[str, set[str]] = {"jinja2": set(), "markupsafe": set(), "minutes.papers.sandbox": set()}
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] in ("tests", ".venv", "node_modules", "var"):
            continue
        source = path.read_text()
        for node in ast.walk(ast.parse(source)) if any(name.split(".")[-1] in source for name in users) else ():
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
            for name in names:
                for package, found in users.items():
                    if name == package or name.startswith(f"{package}."):
                        found.add(path.relative_to(ROOT).as_posix())
    assert users == {
        "jinja2": {"minutes/papers/sandbox.py"},
        "markupsafe": {"minutes/papers/sandbox.py"},
        "minutes.papers.sandbox": {"minutes/papers/child.py"},
    }


def test_half_a_letter_that_a_template_spells_breaks_no_page_made_of_it(renderer: Renderer) -> None:
    page, found = renderer.fill(r'<!doctype html><html><body><p>{{ "\ud800ạ" }}</p></body></html>', {}, {})
    assert found == []
    assert "\ufffdạ".encode() in composed(page).encode()
