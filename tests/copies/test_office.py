"""Office files become PDF: each kind, within limits, without leftovers; a server that cannot says so."""

from __future__ import annotations

import shutil
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from config.checks import office_files_can_be_opened
from copies import isolation, office
from copies.office import Costs
from copies.refusals import Refused
from tests.copies import office_files as files

WORDS = "Báo cáo công tác ở Lào Cai, Huế và Cà Mau: đủ chữ, đủ dấu"
SLIDE = (
    '<draw:page draw:name="a"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="20cm" svg:height="3cm">'
    f"<draw:text-box><text:p>{WORDS}</text:p></draw:text-box></draw:frame></draw:page>"
)
TABLE = (
    '<table:table table:name="S"><table:table-column/><table:table-row><table:table-cell office:value-type="string">'
    f"<text:p>{WORDS}</text:p></table:table-cell></table:table-row></table:table>"
)
RTF = "{\\rtf1\\ansi " + "".join(f"\\u{ord(letter)}?" for letter in WORDS) + "}"
MADE = {
    "rtf": RTF.encode,
    "xlsx": lambda: files.xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{WORDS}</t></is></c></row>'),
}
#: Kinds of before 2007 (and slides of after) are made by LibreOffice itself: from what, and with which of its parts.
CONVERTED = {
    "doc": ("odt", "MS Word 97", lambda: files.odt(f"<text:p>{WORDS}</text:p>")),
    "xls": ("ods", "MS Excel 97", lambda: files.odf("ods", TABLE)),
    "ppt": ("odp", "MS PowerPoint 97", lambda: files.odf("odp", SLIDE)),
    "pptx": ("odp", "Impress MS PowerPoint 2007 XML", lambda: files.odf("odp", SLIDE)),
}


def text_of(pdf: Path) -> str:
    found = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(found.split())


def at_work(folder: Path) -> int:
    """How many LibreOffices work beneath a folder: each has a profile of its own."""
    profiles = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes().split(b"\0")
            profiles |= {word for word in words if word.startswith(b"-env:UserInstallation") and str(folder).encode() in word}
    return len(profiles)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@pytest.mark.parametrize("kind", MADE)
def test_it_becomes_a_pdf_with_every_letter(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "đề cương \u202e .. mật"
    source.write_bytes(MADE[kind]())
    made = office.to_pdf(source, kind, tmp_path)
    assert WORDS.split(":", maxsplit=1)[0] in text_of(made)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([source.name, "office.pdf"])


@pytest.mark.parametrize("kind", CONVERTED)
def test_old_kinds_become_a_pdf_too(kind: str, profile: Path, tmp_path: Path) -> None:
    ending, writer, make = CONVERTED[kind]
    (tmp_path / f"a.{ending}").write_bytes(make())
    program = shutil.which("soffice")
    assert program is not None
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", f"{kind}:{writer}"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / f"a.{ending}")], capture_output=True, check=True, timeout=60
    )
    made = office.to_pdf(tmp_path / f"a.{kind}", kind, tmp_path)
    assert "Báo cáo công tác" in text_of(made)


def test_what_takes_too_long_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "given"
    source.write_bytes(files.docx(files.words(WORDS)))
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(Refused, match="slow"):
        office.to_pdf(source, "docx", folder, costs=Costs(seconds=1, patience=0.3))
    assert list(folder.iterdir()) == []


def test_what_needs_too_much_memory_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "given"
    source.write_bytes(files.docx(files.words(WORDS)))
    with pytest.raises(Refused, match="broken"):
        office.to_pdf(source, "docx", tmp_path, costs=Costs(memory=200 << 20))
    assert list(tmp_path.iterdir()) == [source]


def test_a_sheet_of_pages_without_end_is_ended(tmp_path: Path) -> None:
    source = tmp_path / "given"
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in (1, 1_048_576))
    source.write_bytes(files.xlsx(rows))
    with pytest.raises(Refused, match="slow"):
        office.to_pdf(source, "xlsx", tmp_path, costs=Costs(seconds=4))


def test_two_at_once_wait_for_each_other(tmp_path: Path) -> None:
    most, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], at_work(tmp_path))

    def convert(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "given").write_bytes(files.docx())
        office.to_pdf(folder / "given", "docx", folder)

    watcher, threads = threading.Thread(target=watch), [threading.Thread(target=convert, args=(n,)) for n in range(2)]
    for thread in (watcher, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    watcher.join()
    assert most[0] == 1
    assert all((tmp_path / str(number) / "office.pdf").exists() for number in range(2))


def test_without_libreoffice_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PLACES", ())
    with pytest.raises(Refused, match="no_office"):
        office.to_pdf(tmp_path / "given", "docx", tmp_path)
    (warning,) = office_files_can_be_opened(None)
    assert warning.id == "config.W002"
    assert "libreoffice-writer-nogui" in str(warning.hint)


def test_a_system_that_cannot_close_it_off_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "is_possible", lambda: False)
    with pytest.raises(Refused, match="no_isolation"):
        office.to_pdf(tmp_path / "given", "docx", tmp_path)
    assert [warning.id for warning in office_files_can_be_opened(None)] == ["config.W003"]


def test_this_machine_opens_office_files() -> None:
    assert office_files_can_be_opened(None) == []
