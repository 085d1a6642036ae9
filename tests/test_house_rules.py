"""The rules of the house: floors, names, facts, pages. A rule that is broken names the file that breaks it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from meetings.accounts.facts import OfficeFact
from meetings.commands import commands
from meetings.fact_kinds import kinds

ROOT = Path(__file__).parent.parent
FLOORS = (
    "sheets", "copies", "texts", "printing", "people", "jobs", "mailing", "meetings", "issuing", "control", "attendance",
    "agenda", "packets", "voting", "minutes", "followup", "archive", "live", "demo", "config",
)  # fmt: skip
ROOMS = [room for room in FLOORS if (ROOT / room).is_dir()]
LONGEST = 400  # lines

IRREGULAR = {"set": "set", "reset": "reset", "give": "given", "withdraw": "withdrawn", "defer": "deferred", "send": "sent",
             "lose": "lost", "begin": "begun", "undo": "undone", "cancel": "cancelled",
             "show": "shown", "hide": "hidden",
             "take": "taken", "make": "made", "skip": "skipped", "hand_over": "handed_over"}  # fmt: skip
REFUSALS = ("OutOfOrder", "NotAllowed", "Changed")
# Functions in an actions module that change nothing, with the reason why they stand there.
NOT_ACTIONS = {
    "missing_provinces": "reads only: what add_bridge_points is given for all the provinces in one step",
    "missing_communes": "reads only: the same for all the communes of some provinces",
    "series_called": "finds a series, or has add_series make it",
}
# Actions whose fact has another one's name, with the reason.
SAME_FACT = {
    "appoint_administrator": "adds an account: the installation's first",
    "enrol_participants": "adds participants within the change that approves their registration",
    "enter_wish": "asks for the floor within another change: for who has registered a speech",
    "issue_within": "issues a site command within another change",
    "end_site_command": "withdraws a site command within another change",
    "end_speech": "yields the floor within another change",
    "end_all_outages": "ends outages within the change that adjourns the meeting",
    "write_body": "adds a body within the change that clones a meeting",
    "close_open_roll_call": "closes the roll call within the change that adjourns the meeting",
    "seal_scans_within": "seals scans within a change that must know who is there",
    "seal_ballots_within": "seals ballots within the change that closes the poll",
    "close_poll_within": "closes a poll within the change that cancels it, or by the service when its time is over",
    "remind_by_itself": "reminds of slips as the service does, one working day before the deadline",
    "hide_shown_conclusions": "hides conclusions within the change that adjourns the meeting",
}
# Actions nobody is asked by.
NOBODY_ASKS = {"appoint_administrator": "there is no account yet"}

# Where text goes to a page unescaped, with the reason why it is safe.
UNESCAPED = {
    "live/console.html": "parts rendered by our own templates",
    "live/display.html": "parts rendered by our own templates",
    "live/control.html": "parts rendered by our own templates",
    "live/chair.html": "parts rendered by our own templates",
    "live/delegate.html": "parts rendered by our own templates",
    "live/pieces/messages.html": "parts rendered by our own templates",
    "live/pieces/steer.html": "parts rendered by our own templates",
    "live/pieces/voting_card.html": "parts rendered by our own templates",
    "meetings/moulds.py": "a rendered template whose marks are filled with escaped words",
    "agenda/showing.py": "rows made by meetings/moulds.py, joined",
    "attendance/showing.py": "rows made by meetings/moulds.py, joined",
    "attendance/badges/lists.py": "the same for who has a badge",
    "issuing/invitations/paper.py": "the type of what printing/qr.py draws",
    "attendance/presence/showing.py": "rows made by meetings/moulds.py, joined",
    "meetings/templatetags/door.py": "the rendered content of the block between command and endcommand",
    "meetings/widgets.py": "options whose names are escaped one by one",
    "minutes/blocks/pages.py": "the type of what texts/writing.py has escaped",
    "minutes/layout.py": "the type of what texts/writing.py has escaped",
    "printing/qr.py": "SVG drawn from numbers",
    "texts/writing.py": "tags of its own around letters escaped one run after the other",
    "texts/comparing.py": "the type of what marking.py writes",
    "texts/marking.py": "the same, with marks of what changed",
    "printing/papers.py": "the type of what qr.py draws",
}


@cache
def tracked(*endings: str) -> tuple[Path, ...]:
    """The files of the project (committed or about to be) with one of the endings."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return tuple(sorted({path for path in found if path.is_file() and (not endings or path.suffix in endings)}))


def product(ending: str = ".py") -> list[Path]:
    """The product's own files: those of the rooms."""
    return [path for path in tracked(ending) if path.relative_to(ROOT).parts[0] in ROOMS]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


# Floors


def imported(path: Path) -> Iterator[str]:
    """Everything a module imports, wherever the import stands: under TYPE_CHECKING and inside functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{short(path)} imports relatively"
            yield node.module or ""


def test_rooms_import_only_downwards() -> None:
    upward = [
        f"{short(path)} imports {name}"
        for path in product()
        for name in imported(path)
        if (room := name.partition(".")[0]) in FLOORS and FLOORS.index(room) > FLOORS.index(path.relative_to(ROOT).parts[0])
    ]
    assert upward == []


def test_every_app_has_a_floor() -> None:
    from django.apps import apps

    ours = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert ours <= set(FLOORS)


def test_the_product_imports_neither_tests_nor_bench_nor_deploy() -> None:
    assert [short(p) for p in product() for name in imported(p) if name.partition(".")[0] in ("tests", "bench", "deploy")] == []


@pytest.mark.parametrize("package", ["weasyprint", "qrcode"])
def test_only_printing_imports(package: str) -> None:
    users = {
        path.relative_to(ROOT).parts[0] for path in product() for name in imported(path) if name.partition(".")[0] == package
    }
    assert users == {"printing"}


def test_the_web_process_never_loads_what_prints() -> None:
    code = "import config.asgi, sys; print(*{'weasyprint', 'fontTools', 'pydyf'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "")


# Three names


def participle(verb: str) -> str:
    return IRREGULAR.get(verb) or (verb + "d" if verb.endswith("e") else verb + "ed")


def parted(name: str) -> tuple[str, str]:
    """Verb and noun of an action; a verb of two words stands among the irregular ones."""
    verb = next((verb for verb in IRREGULAR if "_" in verb and name.startswith(f"{verb}_")), name.partition("_")[0])
    return verb, name.removeprefix(f"{verb}_")


@pytest.mark.parametrize("name", sorted(commands()))
def test_command_action_and_fact_share_their_words(name: str) -> None:
    noun, verb = name.split(".")
    assert commands()[name].action.__name__ == f"{verb}_{noun}"
    assert f"{noun}.{participle(verb)}" in kinds()


def test_every_fact_and_every_action_share_their_words() -> None:
    named = {f"{noun}.{participle(verb)}" for verb, noun in (parted(name) for name in actions() if name not in SAME_FACT)}
    assert named == set(kinds())


def test_commands_stand_in_the_room_of_their_action() -> None:
    rooms = {name: (c.form.__module__.split(".")[0], c.action.__module__.split(".")[0]) for name, c in commands().items()}
    assert [name for name, (form, action) in rooms.items() if form != action] == []


# Facts


def action_modules() -> list[Path]:
    return [p for p in product() if p.stem == "actions" or p.parent.name == "actions"]


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}


def actions() -> dict[str, ast.FunctionDef]:
    """Every public action of the product by name."""
    every = {name: f for path in action_modules() for name, f in functions(path).items()}
    return {name: f for name, f in every.items() if not name.startswith("_") and name not in NOT_ACTIONS}


def called(function: ast.FunctionDef) -> set[str]:
    """What a function calls: bare names, and the last word of dotted ones."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {f.attr if isinstance(f, ast.Attribute) else f.id for f in calls if isinstance(f, ast.Attribute | ast.Name)}


def recording() -> set[str]:
    """The names of functions in actions modules that record a fact, themselves or through another one."""
    every = {name: called(f) for path in action_modules() for name, f in functions(path).items()}
    found = {"record", "begin"}
    while more := {name for name, calls in every.items() if calls & found} - found:
        found |= more
    return found


@pytest.mark.parametrize("name", sorted(actions()))
def test_every_action_changes_within_a_transition_and_records_a_fact(name: str) -> None:
    function = actions()[name]
    inside_another = [arg.arg for arg in function.args.args][:1] == ["change"]
    assert inside_another or called(function) & {"transition", "office_transition", "begin"}, f"{name} takes no lock"
    assert name in recording(), f"{name} records nothing"


@pytest.mark.parametrize("name", sorted(set(actions()) - set(NOBODY_ASKS)))
def test_every_action_says_by_whom(name: str) -> None:
    arguments = actions()[name].args
    assert {arg.arg for arg in [*arguments.args, *arguments.kwonlyargs]} & {"by", "change"}


def test_every_fact_is_minuted_or_listed_as_not_minuted() -> None:

    from minutes.unsaid import NOT_MINUTED
    from minutes.writing import MINUTED

    minuted, not_minuted = set(MINUTED), set(NOT_MINUTED)
    assert minuted & not_minuted == set()
    assert minuted | not_minuted == {kind for kind, cls in kinds().items() if not issubclass(cls, OfficeFact)}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_fact_holds_plain_values_and_no_contact_data(kind: str) -> None:
    names = set(kinds()[kind].__annotations__)
    assert names & {"phone", "email", "telephone", "reason", "address"} == set()
    assert kinds()[kind].__module__.endswith(".facts")


def test_a_refusal_is_a_translatable_sentence() -> None:
    bare = [
        f"{short(path)}:{node.lineno}"
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS
        if not node.args or isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert bare == []


# Files


def test_every_module_says_what_lives_there() -> None:
    code = [p for p in tracked(".py") if p.read_text().strip() and "migrations" not in p.parts]
    silent = [
        short(p) for p in code if not (ast.get_docstring(tree(p)) or "").strip() or not p.read_text().startswith(('"""', "#!"))
    ]
    assert silent == []


def test_no_file_outgrows_the_eye() -> None:
    ours = [p for p in tracked(".py", ".js", ".html", "") if "migrations" not in p.parts and p.name != "package-lock.json"]
    lengths = {short(p): len(p.read_text(errors="replace").splitlines()) for p in ours}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_called_core_or_utils() -> None:
    forbidden = {"core", "common", "utils", "helpers", "misc"}
    assert [short(p) for p in tracked() if forbidden & {Path(part).stem for part in p.relative_to(ROOT).parts}] == []


def test_no_file_carries_a_registry_s_address_or_a_machine_s_path() -> None:
    forbidden = (
        "pypi" + ".org",
        "python" + "hosted",
        "registry.npm" + "js",
        "deb.debian" + ".org",
        ".." + "/shared",
        "/home" + "/",
    )
    texts = [(p, p.read_bytes()) for p in tracked() if p.suffix not in (".png", ".pdf", ".woff2")]
    assert [f"{short(p)}: {word}" for p, text in texts for word in forbidden if word.encode() in text] == []


# Pages


def templates(*, pages: bool = False) -> list[Path]:
    """All templates; with `pages`, without printed papers, Vietnamese in any language, and the gallery of samples."""
    found = [p for p in tracked(".html") if p.relative_to(ROOT).parts[0] == "templates"]
    return [p for p in found if "printing" not in p.parts and not p.stem.startswith("gallery")] if pages else found


COMMENTS = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)
INLINE = (
    re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    re.compile(r"<style\b", re.I),
    re.compile(r"\sstyle\s*=", re.I),
    re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    re.compile(r"javascript:", re.I),
)


def test_no_page_has_inline_script_style_or_handlers() -> None:
    found = [
        f"{short(path)}: {match.group()}"
        for path in templates(pages=True)
        for rule in INLINE
        if (match := rule.search(COMMENTS.sub("", path.read_text())))
    ]
    assert found == []


def test_text_goes_unescaped_only_where_it_is_listed() -> None:
    marks = re.compile(r"\|\s*safe\b|autoescape off|mark_safe|SafeString|html_safe|__html__|safeseq")
    users = {short(p).removeprefix("templates/") for p in [*templates(), *product()] if marks.search(p.read_text())}
    assert users - set(UNESCAPED) == set()


TAGS = re.compile(r"\{%\s*blocktranslate.*?\{%\s*endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
SAID = re.compile(r'\b(?:title|alt|placeholder|aria-label|data-confirm|data-confirm-title|data-confirm-do|data-done)="([^"]*)"')
SAID_IN_ONE_LANGUAGE = re.compile(r'<(\w+)[^>]*\slang="[^"{]*"[^>]*>[^<]*</\1>')
OF_ANY_LANGUAGE = {"Điểm", "Cầu", "ICT"}


OF_THE_STYLE = re.compile(r"\{%\s*block (theme|body|main_class|root)\s*%\}.*?\{%\s*endblock\b.*?%\}", re.S)


def spoken(text: str) -> set[str]:
    """The words of a template that a reader would see and no translation tag covers."""
    for rule in (COMMENTS, SAID_IN_ONE_LANGUAGE, OF_THE_STYLE, TAGS):
        text = rule.sub("", text)
    attributes = " ".join(SAID.findall(text))
    content = re.sub(r"<[^>]*>", " ", text)
    return set(re.findall(r"[^\W\d_]{2,}", content + " " + attributes)) - OF_ANY_LANGUAGE


def test_every_word_of_a_page_can_be_translated() -> None:
    found = {short(p): words for p in templates(pages=True) if (words := spoken(re.sub(r"&\w+;", " ", p.read_text())))}
    assert found == {}


def test_a_template_says_its_context() -> None:
    silent = [short(p) for p in templates(pages=True) if not p.read_text().startswith("{#") and "django/forms" not in short(p)]
    assert silent == []
