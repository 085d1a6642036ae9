"""Looks at copies with eyes of its own: a reader of bytes and PDFium, neither of which made them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from copies.identifying import IMAGES, identify
from copies.making import LIMITS
from copies.refusals import Refused
from tests.prepared import once

ACTIVE = frozenset(
    [
        "JS",
        "JavaScript",
        "AA",
        "OpenAction",
        "Launch",
        "URI",
        "GoToR",
        "GoToE",
        "SubmitForm",
        "ImportData",
        "ResetForm",
        "Rendition",
        "RichMedia",
        "RichMediaExecute",
        "Movie",
        "Sound",
        "3D",
        "GoTo3DView",
        "Screen",
        "FileAttachment",
        "EmbeddedFile",
        "EmbeddedFiles",
        "Filespec",
        "EF",
        "AF",
        "AcroForm",
        "XFA",
        "Collection",
        "OPI",
        "Alternates",
        "Subtype2",
        "PS",
        "Ref",
        "Hide",
        "Named",
        "SetOCGState",
        "OCProperties",
        "PieceInfo",
        "Metadata",
        "Names",
        "Perms",
        "Sig",
        "Widget",
        "Popup",
        "Action",
        "FFilter",
        "StructTreeRoot",
        "DSS",
        "Requirements",
        "Threads",
        "NeedsRendering",
        "Encrypt",
        "A",
    ]
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)")


def made_of(files: Mapping[str, tuple[bytes, str]], folder: Path, **limits: int) -> dict[str, dict[str, Any]]:
    """Return what becomes of files (name: bytes and ending), by name: what the child says, and the copy's path."""
    orders, said = {}, {}
    for number, (name, (data, ending)) in enumerate(files.items()):
        source = folder / f"{number}.{ending}"
        source.write_bytes(data)
        try:
            kind = identify(source, source.name)
        except Refused as refused:
            said[name] = {"refused": refused.word, "seconds": 0.0}
            continue
        orders[name] = {
            "source": str(source), "folder": str(folder / str(number)), "title": "", "kind": kind,
            "task": "images" if kind in IMAGES else "pdf", "limits": {**asdict(LIMITS), **limits},
        }  # fmt: skip
    lines = "".join(json.dumps(order) + "\n" for order in orders.values())
    program = Path(__file__).with_name("forking.py")
    done = subprocess.run([sys.executable, str(program)], input=lines, capture_output=True, text=True, check=True)
    for (name, order), line in zip(orders.items(), done.stdout.splitlines(), strict=True):
        said[name] = {**json.loads(line), "path": str(Path(order["folder"]) / "copy.pdf")}
    return said


def made_once(name: str, files: Mapping[str, tuple[bytes, str]], **limits: int) -> dict[str, dict[str, Any]]:
    """Return the same, worked out by whichever worker of this test run asks first."""

    def make(fresh: Path) -> None:
        fresh.mkdir()
        (fresh / "said.json").write_text(json.dumps(made_of(files, fresh, **limits)), "utf-8")

    folder = once(f"made-{name}", make)
    said: dict[str, dict[str, Any]] = json.loads((folder / "said.json").read_text("utf-8"))
    for one in said.values():
        if "path" in one:  # where it was made
            one["path"] = str(folder / Path(one["path"]).parent.name / Path(one["path"]).name)
    return said


def found_in(path: Path, traces: tuple[bytes, ...]) -> list[str]:
    """Return everything in a copy that acts, leads out, or was put there to be found."""
    data = path.read_bytes()
    outside = _STREAM.sub(b" ", data)
    found = [f"/{name}" for name in _names(outside) if name in ACTIVE]
    if re.search(rb"/F\s*(<<|\()", outside):
        found.append("/F")
    inside = b"".join(_unpacked(match.group(1)) for match in _STREAM.finditer(data))
    found += [trace.decode() for trace in traces if trace in data or trace in inside or trace.lower() in data.lower()]
    return found + _seen_by_pdfium(path)


def _names(text: bytes) -> set[str]:
    plain = re.sub(rb"\\[()\\]", b"", text)
    plain = re.sub(rb"\([^()]*\)", b" ", plain)
    return {
        re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), name).decode("latin-1")
        for name in _NAME.findall(plain)
    }


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 50_000_000)
    except zlib.error:
        return data


def _seen_by_pdfium(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        raw = document.raw
        counts = {
            "attachments": pdfium.FPDFDoc_GetAttachmentCount(raw), "programs": pdfium.FPDFDoc_GetJavaScriptActionCount(raw),
            "form": pdfium.FPDF_GetFormType(raw), "signatures": pdfium.FPDF_GetSignatureCount(raw),
        }  # fmt: skip
        found = [name for name, count in counts.items() if count]
        for number in range(min(len(document), 50)):
            page = document[number]
            for position in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
                annotation = pdfium.FPDFPage_GetAnnot(page.raw, position)
                link = pdfium.FPDFAnnot_GetLink(annotation)
                action = pdfium.FPDFLink_GetAction(link) if link else None
                if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_LINK or action:
                    found.append(f"an annotation on page {number + 1}")
                pdfium.FPDFPage_CloseAnnot(annotation)
            page.close()
        return found + (["nothing"] if not len(document) else [])
    finally:
        document.close()


def drawn(path: Path | bytes, number: int, *, dots: int = 700, forms: bool = True) -> Image.Image:
    """Return a page as PDFium draws it, in grey."""
    document = pypdfium2.PdfDocument(path)
    try:
        if forms:
            document.init_forms()
        page = document[number]
        return page.render(scale=dots / max(page.get_size()), may_draw_forms=forms).to_pil().convert("L")
    finally:
        document.close()


def without_mark(path: Path, target: Path) -> Path:
    """Return a copy without the loud mark across its pages: the form that draws it draws nothing."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        pdf.pages[0].obj.Resources.XObject["/DcMark"].write(b" ")
        pdf.save(target)
    return target


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of dots that differ strongly."""
    if one.size != other.size:
        other = other.resize(one.size)
    apart = ImageChops.difference(one, other).histogram()
    return sum(apart[80:]) / (one.width * one.height)


def size_of(path: Path) -> list[tuple[float, float]]:
    """Return the sizes of all pages, as they are shown."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [tuple(round(side, 1) for side in document[n].get_size()) for n in range(len(document))]  # type: ignore[misc]
    finally:
        document.close()


__all__ = ["difference", "drawn", "found_in", "made_of", "size_of", "without_mark"]
