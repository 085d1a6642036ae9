"""What ISO 19005-3 (PDF/A-3u) asks for, as far as a file's structure shows it: clause → what is wrong with it.

No validator is at hand (docs/record/printing.md): these are our own readings of single clauses, not a proof of the whole.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

FORBIDDEN_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView",
    "/JavaScript",
}  # fmt: skip
KINDS_OF_RELATION = {"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"}
DEVICE_INDEPENDENT_ENOUGH = {"rg", "RG", "g", "G"}  # allowed under an RGB output intent


def faults(data: bytes) -> list[str]:
    """Return what of a file breaks a clause, each with its number; nothing when all that is looked at is right."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [
            *_file(data, pdf), *_colours(pdf), *_fonts(pdf), *_actions(pdf), *_metadata(pdf), *_files(pdf), *_limits(pdf),
        ]  # fmt: skip
    return found


def _file(data: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    if not data.startswith(b"%PDF-1.") or data[7:8] > b"7" or data[8:9] != b"\n":
        yield "6.1.2: the header is not that of PDF 1.0 to 1.7"
    comment = data.split(b"\n", 2)[1]
    if not comment.startswith(b"%") or sum(byte > 127 for byte in comment[1:5]) < 4:
        yield "6.1.2: no comment of four bytes above 127 behind the header"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3: the file is encrypted"
    if "/ID" not in pdf.trailer:
        yield "6.1.3: the file has no identifier"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: something stands behind the end"
    for stream in _streams(pdf):
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield "6.1.7.1: data in another file"
        if "/LZWDecode" in str(stream.get("/Filter", "")):
            yield "6.1.7.2: LZW"
    if "/OCProperties" in pdf.Root and "/AS" in str(pdf.Root.OCProperties):
        yield "6.9: layers that show themselves"
    if "/Requirements" in pdf.Root:
        yield "6.11: the reader is asked for something"


def _colours(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [intent for intent in pdf.Root.get("/OutputIntents", []) if intent.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3: not one output intent"
    else:
        profile = intents[0].DestOutputProfile
        if profile.N != 3 or profile.read_bytes()[36:40] != b"acsp" or profile.read_bytes()[16:20] != b"RGB ":
            yield "6.2.3: the output intent has no profile of RGB"
    for page in pdf.pages:
        for _operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("k", "K"):
                yield "6.2.4.3: CMYK under an RGB output intent"
            if str(operator) in ("BX", "EX"):
                yield "6.2.2: operators nobody knows"
        if "/Group" in page and "/CS" not in page.Group and "/OutputIntents" not in pdf.Root:
            yield "6.2.10: transparency without a colour space"
    for stream in _streams(pdf):
        if stream.get("/Subtype") == "/Image" and stream.get("/Interpolate", False):
            yield "6.2.8.1: an interpolated picture"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"):
        name = str(font.get("/BaseFont", "?"))
        if font.Subtype == "/Type0":
            if "/ToUnicode" not in font:
                yield f"6.2.11.7.2: {name} does not say which letters its glyphs are"
            below = font.DescendantFonts[0]
            if below.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in below:
                yield f"6.2.11.3.2: {name} has no map of its glyphs"
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(below.FontDescriptor.keys()):
                yield f"6.2.11.4.1: {name} is not embedded"
            if name[7:8] != "+":
                yield f"6.2.11.4.2: {name} is no subset"
        elif font.Subtype not in ("/CIDFontType0", "/CIDFontType2"):
            yield f"6.2.11: a font of kind {font.Subtype}"


def _actions(pdf: pikepdf.Pdf) -> Iterator[str]:
    for each in (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)):
        if each.get("/S") in FORBIDDEN_ACTIONS:
            yield f"6.5.1: an action {each.S}"
        if each.get("/Type") == "/Annot" and (int(each.get("/F", 0)) & 0b100 == 0 or "/AA" in each):
            yield "6.3.2: a note that is not printed, or acts"
    if {"/AA", "/OpenAction"} & set(pdf.Root.keys()) or "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "6.5.2: the document acts when it is opened"
    if "/AcroForm" in pdf.Root:
        yield "6.4.1: a form"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "6.6.2.1: no metadata"
        return
    with pdf.open_metadata() as told:
        if told.get("pdfaid:part") != "3" or told.get("pdfaid:conformance") != "U":
            yield f"6.6.4: declared as {told.pdfa_status}"
        if told.get("dc:title") != str(pdf.docinfo.get("/Title", "")):
            yield "6.6.3: the title in the metadata is another one"


def _files(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = list(pdf.Root.get("/AF", []))
    for name, told in pdf.attachments.items():
        entry: Any = told.obj
        if not {"/F", "/UF", "/EF"} <= set(entry.keys()) or str(entry.UF) != str(entry.F):
            yield f"6.8: {name} is not named twice alike"
        if entry.get("/AFRelationship") not in KINDS_OF_RELATION:
            yield f"6.8: {name} does not say how it belongs to the paper"
        if "/" not in str(entry.EF.F.get("/Subtype", ""))[1:]:
            yield f"6.8: {name} does not say what it is"
        if "/ModDate" not in entry.EF.F.get("/Params", {}):
            yield f"6.8: {name} has no date"
        if sum(each.objgen == entry.objgen for each in associated) != 1:
            yield f"6.8: {name} is not associated with the document once"


def _limits(pdf: pikepdf.Pdf) -> Iterator[str]:
    if len(pdf.objects) > 8_388_607:
        yield "6.1.13: too many objects"
    for each in pdf.objects:
        if isinstance(each, pikepdf.String) and len(bytes(each)) > 32_767:
            yield "6.1.13: a string that is too long"
        if isinstance(each, pikepdf.Name) and len(str(each)) > 127:
            yield "6.1.13: a name that is too long"
    for page in pdf.pages:
        deep = deepest = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            deep += {"q": 1, "Q": -1}.get(str(operator), 0)
            deepest = max(deepest, deep)
        if deepest > 28:
            yield "6.1.13: graphics states nested too deep"
        if not all(3 <= float(page.mediabox[at]) <= 14_400 for at in (2, 3)):
            yield "6.1.13: a page too small or too large"


def _streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    return (each for each in pdf.objects if isinstance(each, pikepdf.Stream))
