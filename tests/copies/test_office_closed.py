"""Office files that reach out: for pictures, templates, data and programs, on this machine and beyond. They get nothing.

Three locks hold them: what leads out is taken out of packages, LibreOffice's own settings, and a process that is closed off.
The last holds alone too; and a LibreOffice that is not closed off shows that these files are as bad as they look.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copies import office
from tests.copies import office_files as files
from tests.copies.trapping import Trap, trap

SECRET = "BI-MAT-CUA-MAY"
SIZE = (77, 78)


@pytest.fixture(scope="module")
def trapped() -> Iterator[Trap]:
    with trap() as made:
        yield made


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this machine with a text and a picture that are nobody's business."""
    folder = tmp_path_factory.mktemp("machine")
    (folder / "secret.txt").write_text(f"{SECRET}\n" * 5)
    (folder / "secret.csv").write_text(f"{SECRET},1\n")
    (folder / "secret.png").write_bytes(files.bomb_png(*SIZE))
    return folder


def reaching_odt(url: str, machine: Path) -> bytes:
    local = machine.as_uri()
    background = (
        '<office:automatic-styles><style:style style:name="P1" style:family="paragraph"><style:paragraph-properties>'
        f'<style:background-image xlink:href="{url}nen.png" xlink:type="simple"/></style:paragraph-properties></style:style>'
        "</office:automatic-styles>"
    )
    frame = '<text:p><draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="5cm">{}</draw:frame></text:p>'
    return files.odt(
        '<text:p text:style-name="P1">Báo cáo công tác</text:p>'
        + files.picture_frame(f"{url}a.png")
        + files.picture_frame(f"{local}/secret.png")
        + files.picture_frame("../" * 12 + f"{machine}/secret.png".lstrip("/"))
        + files.picture_frame("vnd.sun.star.webdav://127.0.0.1/a.png")
        + "".join(map(files.linked_section, (f"{local}/secret.txt", "file:///etc/passwd", f"{url}s.txt", "/etc/passwd")))
        + files.dde_section("soffice", f"{machine}/secret.txt", "a")
        + frame.format(f'<draw:object xlink:href="{local}/secret.txt" xlink:type="simple" xlink:actuate="onLoad"/>')
        + frame.format(f'<draw:floating-frame xlink:href="{url}f.html" xlink:type="simple"/>')
        + frame.format(f'<draw:plugin xlink:href="{url}p.mp4" xlink:type="simple" draw:mime-type="video/mp4"/>'),
        styles=background,
    )


def reaching_docx(url: str, machine: Path) -> bytes:
    local = machine.as_uri()
    fields = (
        f'INCLUDEPICTURE "{url}c.png" \\d', f'INCLUDEPICTURE "{machine}/secret.png"', f'INCLUDETEXT "{machine}/secret.txt"',
        f'INCLUDETEXT "{local}/secret.txt"', f'INCLUDETEXT "{url}t.txt"', 'DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"',
        f'DDE soffice "{machine}/secret.txt" a', f'LINK Excel.Sheet.8 "{machine}/secret.csv" "A1"', f'RD "{machine}/secret.txt"',
    )  # fmt: skip
    embedded = (
        '<w:p><w:r><w:object><v:shape id="o1" style="width:100pt;height:50pt"/>'
        '<o:OLEObject Type="Embed" ProgID="Package" ShapeID="o1" DrawAspect="Content" ObjectID="_1" r:id="rId3"/></w:object>'
        "</w:r>"
        '<w:r><w:object><v:shape id="o2" style="width:100pt;height:50pt"/>'
        '<o:OLEObject Type="Link" ProgID="Excel.Sheet.12" ShapeID="o2" DrawAspect="Content" ObjectID="_2" r:id="rId4" '
        'UpdateMode="Always"/></w:object></w:r></w:p>'
    )
    rels = files.related(
        ("rId1", "image", f"{url}b.png", True), ("rId2", "image", f"{local}/secret.png", True),
        ("rId3", "oleObject", "embeddings/o.bin", False), ("rId4", "oleObject", f"{url}o.xlsx", True),
        ("rId5", "settings", "settings.xml", False), ("rId6", "image", f"{url}inside.png", False),
    )  # fmt: skip
    settings = (
        f'<w:settings xmlns:w="{files.W}" xmlns:r="{files.R}"><w:attachedTemplate r:id="rId1"/>'
        '<w:updateFields w:val="true"/></w:settings>'
    )
    return files.docx(
        files.linked_picture("rId1") + files.linked_picture("rId2") + files.linked_picture("rId6") + embedded
        + "".join(map(files.field, (field.replace('"', "&quot;") for field in fields))),
        rels=rels,
        parts={
            "word/embeddings/o.bin": files.compound({"\x01Ole10Native": b"MZ calc.exe"}),
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": files.related(("rId1", "attachedTemplate", f"{url}t.dotm", True)),
        },
    )  # fmt: skip


def reaching_rtf(url: str, machine: Path) -> bytes:
    def field(code: str) -> str:
        return "{\\field{\\*\\fldinst " + code.replace("\\", "\\\\") + "}{\\fldrslt cu}}\\par "

    return (
        "{\\rtf1\\ansi{\\*\\template " + url + "t.dotm}Bao cao cong tac\\par "
        + field(f'INCLUDEPICTURE "{url}r.png" \\d') + field(f'INCLUDEPICTURE "{machine}/secret.png"')
        + field(f'INCLUDETEXT "{machine}/secret.txt"') + field("DDEAUTO cmd.exe /k")
        + "{\\object\\objautlink\\objupdate{\\*\\objclass Excel.Sheet.8}{\\*\\objdata 01050000}{\\result x}}}"
    ).encode()  # fmt: skip


def reaching_ods(url: str, machine: Path) -> bytes:
    local = machine.as_uri()
    formulas = (
        f"of:=WEBSERVICE(&quot;{url}w&quot;)", f"of:=DDE(&quot;soffice&quot;;&quot;{machine}/secret.csv&quot;;&quot;A1&quot;)",
        f"of:='{local}/secret.csv'#$secret.A1", f"of:=HYPERLINK(&quot;{url}h&quot;)",
    )  # fmt: skip
    cells = "".join(f'<table:table-cell table:formula="{one}"/>' for one in formulas)
    source = f'<table:table-source xlink:href="{local}/secret.csv" table:filter-name="Text - txt - csv (StarCalc)"/>'
    return files.odf(
        "ods",
        '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string">'
        f"<text:p>Bao cao cong tac</text:p></table:table-cell>{cells}</table:table-row></table:table>"
        f'<table:table table:name="T">{source}<table:table-row><table:table-cell/></table:table-row></table:table>'
        '<table:dde-links><table:dde-link><office:dde-source office:dde-application="soffice" '
        f'office:dde-topic="{machine}/secret.csv" office:dde-item="A1" office:automatic-update="true"/><table:table>'
        "<table:table-row><table:table-cell/></table:table-row></table:table></table:dde-link></table:dde-links>",
    )


def reaching_xlsx(url: str, machine: Path) -> bytes:
    link = f'<externalLink xmlns="{files.S}" xmlns:r="{files.R}">'
    cells = "".join(
        f'<c r="{chr(66 + at)}1"><f>{formula}</f><v>7</v></c>'
        for at, formula in enumerate(
            ("[1]secret!A1", f'WEBSERVICE("{url}x")', "[2]!a", "DDE(&quot;a&quot;,&quot;b&quot;,&quot;c&quot;)")
        )
    )
    return files.xlsx(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>Bao cao cong tac</t></is></c>{cells}</row>',
        book='<externalReferences><externalReference r:id="rId7"/><externalReference r:id="rId8"/></externalReferences>',
        rels=(
            ("rId7", "externalLink", "externalLinks/externalLink1.xml", False),
            ("rId8", "externalLink", "externalLinks/externalLink2.xml", False),
            ("rId9", "connections", "connections.xml", False),
        ),
        parts={
            "xl/externalLinks/externalLink1.xml": f'{link}<externalBook r:id="rId1"><sheetNames><sheetName val="secret"/>'
            "</sheetNames></externalBook></externalLink>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": files.related(
                ("rId1", "externalLinkPath", (machine / "secret.csv").as_uri(), True)
            ),
            "xl/externalLinks/externalLink2.xml": f'{link}<ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems>'
            '<ddeItem name="a" advise="1"/></ddeItems></ddeLink></externalLink>',
        },
    )


def reaching_odp(url: str, machine: Path) -> bytes:
    frame = '<draw:frame svg:x="1cm" svg:y="1cm" svg:width="5cm" svg:height="5cm">{}</draw:frame>'
    return files.odf(
        "odp",
        '<draw:page draw:name="a">'
        + frame.format("<draw:text-box><text:p>Báo cáo công tác</text:p></draw:text-box>")
        + frame.format(f'<draw:image xlink:href="{url}p.png" xlink:type="simple" xlink:actuate="onLoad"/>')
        + frame.format(f'<draw:image xlink:href="{machine.as_uri()}/secret.png" xlink:type="simple" xlink:actuate="onLoad"/>')
        + frame.format(f'<draw:plugin xlink:href="{url}p.mp4" xlink:type="simple" draw:mime-type="video/mp4"/>')
        + "</draw:page>",
    )


REACHING: dict[str, Callable[[str, Path], bytes]] = {
    "odt": reaching_odt, "docx": reaching_docx, "rtf": reaching_rtf, "ods": reaching_ods, "xlsx": reaching_xlsx,
    "odp": reaching_odp,
}  # fmt: skip


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def holds_the_picture(pdf: Path) -> bool:
    listed = subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True).stdout
    return any(line.split()[3:5] == [str(size) for size in SIZE] for line in listed.splitlines()[2:])


def assert_it_got_nothing(pdf: Path, trapped: Trap) -> None:
    text = text_of(pdf)
    assert text.startswith(("Báo cáo", "Bao cao", "S\n\nBao cao"))
    assert SECRET not in text
    assert "root:" not in text
    assert not holds_the_picture(pdf)
    assert trapped.knocks == []


@pytest.mark.parametrize("kind", REACHING)
def test_it_becomes_a_paper_without_what_it_reached_for(kind: str, trapped: Trap, machine: Path, tmp_path: Path) -> None:
    source = tmp_path / "given"
    source.write_bytes(REACHING[kind](trapped.url, machine))
    assert_it_got_nothing(office.to_pdf(source, kind, tmp_path), trapped)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "office.pdf"]


def test_the_closed_process_holds_it_alone(trapped: Trap, machine: Path, tmp_path: Path) -> None:
    home = office._home()
    assert home is not None
    with office._workplace(tmp_path, home) as place:
        (place / "paper.odt").write_bytes(reaching_odt(trapped.url, machine))
        (place / "profile/user/registrymodifications.xcu").unlink()  # no settings of ours, nothing taken out before
        assert_it_got_nothing(office._convert(home, place, "odt", office.COSTS), trapped)


def test_a_libreoffice_that_is_not_closed_off_fetches_both(machine: Path, tmp_path: Path) -> None:
    source = tmp_path / "paper.odt"
    with trap() as own:
        source.write_bytes(files.odt("".join(map(files.picture_frame, (f"{own.url}a.png", f"{machine.as_uri()}/secret.png")))))
        program = shutil.which("soffice")
        assert program is not None
        subprocess.run(
            [program, f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to", "pdf", "--outdir",
             str(tmp_path), str(source)],
            capture_output=True, timeout=60, check=True, env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        assert own.knocks != []
    assert holds_the_picture(tmp_path / "paper.pdf")
